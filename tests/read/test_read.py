"""Reading: good sources of every kind, and each kind of bad input with its message."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from miner.read import language_failure, list_sources, read_articles, read_source
from miner.read.article import MAX_BYTES, MAX_TEXT, iso_date
from miner.records import Article, Failure

VI = "Tỉnh đã ban hành kế hoạch cho các xã, và các sở báo cáo kết quả thực hiện trong ngày.\nNgười dân được thông báo."
FR = "La province a publié un plan pour les communes, et les services ont présenté leurs résultats dans la journée."
PAGE = """<!DOCTYPE html><html lang="vi"><head><meta charset="{charset}"><title>Tỉnh Mẫu ban hành kế hoạch</title>
<meta property="og:title" content="Tỉnh Mẫu ban hành kế hoạch"><meta name="author" content="Mai Ví">
<meta property="article:published_time" content="2025-06-30T08:00:00+07:00"></head><body>
<nav><a href="/">Trang chủ</a><a href="/a">Thời sự</a></nav><article><h1>Tỉnh Mẫu ban hành kế hoạch</h1>
<p>Ngày 30/6, UBND tỉnh Mẫu ban hành kế hoạch số 12 về chuyển đổi số cho các xã, phường trong tỉnh.</p>
<figure><img src="a.jpg"><figcaption>Quang cảnh hội nghị tại <b>tỉnh</b> Mẫu</figcaption></figure>
<p>Theo kế hoạch, đến hết năm 2025, tỷ lệ hồ sơ trực tuyến phải đạt ít nhất 80%. Các sở, ngành báo cáo kết quả.</p>
<table class="picture"><tr><td><img src="b.jpg"></td></tr><tr><td class="pCaption">Cán bộ xã làm việc</td></tr></table>
<p>Chủ tịch UBND tỉnh yêu cầu các địa phương khẩn trương triển khai, bảo đảm tiến độ và chất lượng công việc.</p>
<ul><li>Rà soát hồ sơ tồn đọng trong tháng;</li></ul>
</article><div class="related"><figure><figcaption>Ảnh của tin khác</figcaption></figure></div></body></html>"""


def read(*paths: Path | str, **options: str) -> tuple[list[Article], list[Failure]]:
    failures: list[Failure] = []
    articles = list(read_articles(paths, on_failure=failures.append, **options))  # type: ignore[arg-type]
    return articles, failures


def write(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def warc(*pages: tuple[str, str, bytes], compressed: bool = True) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=compressed)
    for url, kind, body in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        stream, size = io.BytesIO(body), len(body)
        writer.write_record(writer.create_warc_record(url, "response", stream, size, http_headers=headers))
    return buffer.getvalue()


def page(number: int, charset: str = "utf-8") -> bytes:
    return PAGE.format(charset=charset).replace("kế hoạch số 12", f"kế hoạch số {number}").encode(charset)


# Good sources


@pytest.mark.parametrize("name", ["a01.fr.txt", "a01.fr.md", "a01.fr.txt.gz"])
def test_text_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    data = VI.encode()
    write(tmp_path / name, gzip.compress(data) if name.endswith(".gz") else data)
    (article,), failures = read(tmp_path)
    assert (article.id, article.text, article.language, failures) == ("a01.fr", VI, "vi", [])
    assert [article.text[b.start : b.end] for b in article.blocks] == VI.split("\n")


def test_line_ends_are_read_as_python_reads_them(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", VI.replace("\n", "\r\n"))
    assert read(path)[0][0].text == path.read_text(encoding="utf-8")


def test_byline_date_and_source_line(tmp_path: Path) -> None:
    text = f"Un titre\n\nMai Vi  7 novembre 2022 17:47\n\n{FR}\n\nSource : https://www.baomau.example/a-1.html"
    (article,), _ = read(write(tmp_path / "a.txt", text))
    assert (article.title, article.published) == ("Un titre", "2022-11-07")
    assert (article.url, article.site) == ("https://www.baomau.example/a-1.html", "baomau.example")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3/10/2025", "2025-10-03"),
        ("2025-06-30T08:00:00+07:00", "2025-06-30"),
        ("30.6.2025 08:00", "2025-06-30"),
        ("November 7, 2022 17:47", "2022-11-07"),
        ("le 1er août 2024", "2024-08-01"),
        ("ngày 5 tháng 12 năm 2025", "2025-12-05"),
        ("31/02/2025", None),
        ("13:15", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert iso_date(text) == date


def test_page_keeps_captions_in_place(tmp_path: Path) -> None:
    (article,), failures = read(write(tmp_path / "p.html", page(12)))
    assert not failures
    assert (article.title, article.published, article.authors) == (
        "Tỉnh Mẫu ban hành kế hoạch",
        "2025-06-30",
        ("Mai Ví",),
    )
    kinds = [(b.kind, article.text[b.start : b.end][:9]) for b in article.blocks]
    assert kinds == [
        ("heading", "Tỉnh Mẫu "),
        ("paragraph", "Ngày 30/6"),
        ("caption", "Quang cản"),
        ("paragraph", "Theo kế h"),
        ("caption", "Cán bộ xã"),
        ("paragraph", "Chủ tịch "),
        ("list", "Rà soát h"),
    ]


def test_page_keeps_the_lead_that_stands_apart(tmp_path: Path) -> None:
    lead = "Sáng 5/6, UBND tỉnh Mẫu tổ chức hội nghị triển khai kế hoạch cho các sở, ngành và địa phương."
    body = PAGE.format(charset="utf-8").replace("<article>", "").replace("</article>", "</div>")
    body = body.replace("</h1>", f'</h1><div class="box-sapo"><b>{lead}</b></div><div class="content">')
    (article,), _ = read(write(tmp_path / "p.html", body))
    assert article.text.split("\n\n")[:2] == ["Tỉnh Mẫu ban hành kế hoạch", lead]
    assert article.text.count(lead) == 1


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1258"])
def test_page_in_its_own_encoding(tmp_path: Path, charset: str) -> None:
    text = PAGE.format(charset=charset)
    if charset == "windows-1258":
        text = as_1258(text)
    (article,), failures = read(write(tmp_path / "p.html", text.encode(charset)))
    assert not failures
    assert unicodedata.normalize("NFC", article.text).startswith("Tỉnh Mẫu ban hành kế hoạch")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv(tmp_path: Path, delimiter: str, mark: str) -> None:
    rows = [["Text", "date", "Link", "id"], ['"Một, hai; ba. ' + VI + '"', "30/06/2025", "https://b.example/x", "k1"]]
    rows.append([VI.replace("\n", " "), "", "", ""])
    path = write(tmp_path / "t.csv", mark + "\n".join(delimiter.join(f'"{c.strip(chr(34))}"' for c in r) for r in rows))
    articles, failures = read(path)
    assert [(a.id, a.published, a.url, a.site) for a in articles] == [
        ("k1", "2025-06-30", "https://b.example/x", "b.example"),
        ("t-4", None, None, None),
    ]
    assert articles[0].text.endswith(VI)
    assert not failures


def test_csv_with_a_named_column(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", f'body,where\n"{VI}",https://b.example/x\n')
    (article,), failures = read(path, column="body", url_column="where")
    assert (article.text, article.url, failures) == (VI, "https://b.example/x", [])


def test_json_lines(tmp_path: Path) -> None:
    lines = [{"id": "j1", "text": VI, "authors": ["Mai Ví", "Lê Thử"]}, {"text": FR, "url": "https://b.example/y"}]
    path = write(tmp_path / "t.jsonl", "\n".join(json.dumps(line) for line in lines))
    articles, failures = read(path)
    assert [(a.id, a.language, a.authors) for a in articles] == [("j1", "vi", ("Mai Ví", "Lê Thử")), ("t-2", "fr", ())]
    assert not failures


@pytest.mark.parametrize("compressed", [True, False])
def test_warc(tmp_path: Path, compressed: bool) -> None:
    pages = [(f"https://www.b.example/{n}", "text/html; charset=utf-8", page(n)) for n in (1, 2)]
    data = warc(*pages, ("https://b.example/a.jpg", "image/jpeg", b"\xff\xd8"), compressed=compressed)
    articles, failures = read(write(tmp_path / ("x.warc.gz" if compressed else "x.warc"), data))
    assert [(a.url, a.site, a.language) for a in articles] == [
        ("https://www.b.example/1", "b.example", "vi"),
        ("https://www.b.example/2", "b.example", "vi"),
    ]
    assert len({a.id for a in articles}) == 2
    assert not failures


def test_folder_glob_and_order(tmp_path: Path) -> None:
    names = ["b/c.txt", "a.txt", "b/d/e.md", "b/.hidden.txt", ".git/f.txt", "b/g.json", "b/h.png"]
    for name in names:
        write(tmp_path / name, VI + name)
    ids = [a.id for a in read(tmp_path)[0]]
    assert ids == ["a", "c", "e"]
    assert [a.id for a in read(tmp_path / "b", tmp_path / "a.txt", tmp_path)[0]] == ids
    assert [a.id for a in read(f"{tmp_path}/**/*.txt")[0]] == ["a", "c"]
    assert read(tmp_path)[1] == []


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, kind in [
        (VI.encode(), "text"),
        (json.dumps({"text": VI}).encode(), "jsonl"),
        (page(1), "html"),
        (warc(("https://b.example/1", "text/html", page(1))), "warc"),
    ]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        (source,) = list_sources(["-"])
        assert source.kind == kind
        assert [type(item) for item in read_source(source)] == [Article]


def test_same_id_in_two_folders(tmp_path: Path) -> None:
    write(tmp_path / "a/x.txt", VI)
    write(tmp_path / "b/x.txt", VI + "!")
    write(tmp_path / "c/x.txt", VI + "!")
    articles, _ = read(tmp_path)
    assert [a.id for a in articles] == ["x", f"x-{articles[1].digest[:8]}", f"x-{articles[1].digest[:8]}-2"]


# Bad input: each gives one failure and leaves the rest alone


def as_1258(text: str) -> str:
    """Return `text` in the form that windows-1258 can hold: base letters with their marks, tones apart."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        try:
            char.encode("cp1258")
            out.append(char)
        except UnicodeEncodeError:
            base, *tones = unicodedata.normalize("NFD", char)
            marks = [t for t in tones if t in "\u0300\u0301\u0303\u0309\u0323"]
            rest = unicodedata.normalize("NFC", base + "".join(t for t in tones if t not in marks))
            out.append(rest + "".join(marks))
    return "".join(out)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-16", VI),
        ("utf-16-le", VI),
        ("utf-16-be", VI),
        ("utf-32", VI),
        ("cp1258", as_1258(VI)),
        ("cp1252", FR),
        ("utf-8", unicodedata.normalize("NFD", VI)),
        ("utf-8", "\ufeff" + VI),
    ],
)
def test_encodings_that_are_certain(tmp_path: Path, encoding: str, text: str) -> None:
    (article,), failures = read(write(tmp_path / "a.txt", text.encode(encoding)))
    assert article.text == text
    assert article.language == ("fr" if text == FR else "vi")
    assert not failures


RANDOM = random.Random(1).randbytes(5_000)

BAD = [
    ("a.txt", b"", "is empty", "remove it"),
    ("a.txt", b" \n\t\n", "is empty", "remove it"),
    ("a.txt", "\ufeff\n\u00a0".encode(), "holds no text", "remove it"),
    ("a.txt", RANDOM, "is binary", "convert it"),
    ("a.txt", b"\x7fELF" + RANDOM, "is binary", "convert it"),
    ("a.txt", b"%PDF-1.7 " + RANDOM, "is a PDF", "pdftotext"),
    ("a.txt", b"PK\x03\x04" + RANDOM, "office document", "as text"),
    ("a.txt", VI.encode() + b"\x00" + VI.encode(), "NUL byte (byte ", "export it again"),
    ("a.txt", VI.encode()[:-40] + b"\xff\xfe" + VI.encode(), "damaged UTF-8", "UTF-8"),
    ("a.txt", b"\xaf\xb0\xb1 qu\xb5 xyz\xe8 " * 20, "unknown encoding", "UTF-8"),
    ("a.txt", b"x" * 50_000_000, "is longer than 7 MB", "split it"),
    ("a.txt", b"la province " * 200_000, f"at most {MAX_TEXT}", "split it"),
    ("a.txt.gz", gzip.compress(VI.encode() * 99)[:-40], "truncated or damaged gzip", "fetch it again"),
    ("a.txt.gz", gzip.compress(b"x" * 60_000_000), "is longer than 7 MB", "split it"),
    (
        "a.html",
        b"<html><head><title></title></head><body><script>x()</script></body></html>",
        "without text",
        "leave it out",
    ),
    ("a.html", b"", "is empty", "remove it"),
    ("a.csv", f'id,body\n1,"{VI}"\n'.encode(), "has no column 'text'; there are 'id', 'body'", "name the column"),
    ("a.csv", b"", "is empty", "remove it"),
    ("a.csv", b"text\n", "has no rows", "remove it"),
    ("a.csv", b'text\n"' + b"x" * 3_000_000 + b'"\n', "is no CSV from here on", "length of its cells"),
    ("a.csv", b'text\n"' + b"x\n" * 3_000_000, "is no CSV from here on", "quotes"),
    ("a.csv", b"text\n" + b"x" * 50_000_000, "longer than", "split the file"),
    ("a.jsonl", b"", "is empty", "remove it"),
    ("a.jsonl", b'{"text": "x"', "line 1|is not JSON", "one JSON object a line"),
    ("a.jsonl", b"[" * 100_000, "line 1|is not JSON", "one JSON object a line"),
    ("a.jsonl", b"\n[1]\n", "line 2|is a JSON list", "one JSON object a line"),
    ("a.jsonl", b'{"body": "x"}\n', "line 1|has no column 'text'; there are 'body'", "name the column"),
    ("a.jsonl", b'{"text": 5}\n', "line 1|is int, not text", "string"),
    ("a.jsonl", b'{"text": "x\\ud800"}\n', "half characters", "export it again"),
    ("a.jsonl", b'{"text": "x\\u0000"}\n', "NUL", "export it again"),
    ("a.jsonl", b'{"text": "\xff"}\n', "line 1|is not UTF-8", "UTF-8"),
    ("a.jsonl", b'{"text": "' + b"x" * 50_000_000 + b'"}', "line 1|is longer than", "split it"),
    ("a.warc", VI.encode(), "is no WARC", "check where"),
    ("a.warc.gz", gzip.compress(VI.encode()), "is no WARC", "check where"),
    ("a.warc.gz", warc(("https://b.example/a.png", "image/png", b"x")), "holds no HTML pages", "leave it out"),
    ("a.pdf", b"%PDF", "the ending .pdf", "convert it"),
]


@pytest.mark.parametrize(("name", "data", "what", "remedy"), BAD, ids=[f"{n}-{w[:25]}" for n, _, w, _ in BAD])
def test_bad_file_is_one_failure_and_the_rest_goes_on(
    tmp_path: Path, name: str, data: bytes, what: str, remedy: str
) -> None:
    write(tmp_path / name, data)
    write(tmp_path / "good.txt", VI)
    articles, failures = read(tmp_path)
    assert [a.id for a in articles] == ["good"]
    (failure,) = failures
    where, _, message = what.rpartition("|")
    assert failure.source.startswith(str(tmp_path / name))
    assert where in failure.source
    assert message in failure.what
    assert remedy in failure.remedy
    assert failure.stage == "read"


def test_bad_rows_leave_good_rows(tmp_path: Path) -> None:
    write(tmp_path / "t.csv", f'id,text\n1,"{VI}"\n2,\n3,"{VI}"\n')
    write(tmp_path / "u.jsonl", json.dumps({"text": VI}) + "\nnot json\n" + json.dumps({"text": FR}) + "\n")
    articles, failures = read(tmp_path)
    assert [a.id for a in articles] == ["1", "3", "u-1", "u-3"]
    assert [(f.source.rpartition("/")[2], f.what) for f in failures] == [
        ("t.csv, line 4", "holds no text"),
        ("u.jsonl, line 2", "is not JSON (Expecting value: line 1 column 1 (char 0))"),
    ]


def test_truncated_archives_keep_what_stands_before(tmp_path: Path) -> None:
    noise = [f"<!-- {random.Random(n).randbytes(20_000).hex()} -->".encode() for n in range(3)]
    pages = [(f"https://b.example/{n}", "text/html", page(n) + noise[n]) for n in range(3)]
    write(tmp_path / "x.warc.gz", warc(*pages)[:-8_000])
    write(tmp_path / "y.warc", warc(*pages, compressed=False)[:-8_000])
    lines = "".join(json.dumps({"text": VI + str(random.Random(n).random())}) + "\n" for n in range(2_000))
    write(tmp_path / "z.jsonl.gz", gzip.compress(lines.encode())[:-3_000])
    articles, failures = read(tmp_path)
    assert [a.url for a in articles[:4]] == ["https://b.example/0", "https://b.example/1"] * 2
    assert len(articles) > 1_000
    assert [f.source for f in failures] == [str(tmp_path / n) for n in ("x.warc.gz", "y.warc", "z.jsonl.gz")]
    assert all("truncated" in f.what for f in failures)


def test_page_without_text_in_an_archive(tmp_path: Path) -> None:
    data = warc(("https://b.example/1", "text/html", b"<html></html>"), ("https://b.example/2", "text/html", page(2)))
    articles, failures = read(write(tmp_path / "x.warc.gz", data))
    assert [a.url for a in articles] == ["https://b.example/2"]
    assert [f.source for f in failures] == [f"{tmp_path / 'x.warc.gz'}, https://b.example/1"]


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("nothing.txt", "does not exist"),
        ("*.txt", "matches no file"),
        ("empty", "holds no articles"),
        ("a.xyz", ".xyz"),
    ],
)
def test_bad_paths(tmp_path: Path, given: str, what: str) -> None:
    write(tmp_path / "empty/photo.png", b"x")
    write(tmp_path / "a.xyz", VI)
    articles, (failure,) = read(tmp_path / given)
    assert not articles
    assert what in failure.what
    assert failure.source == str(tmp_path / given)
    assert failure.remedy


def test_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/proc/self/mem")
    if not os.path.exists("/proc/self/mem"):
        pytest.skip("needs a file that even root cannot read")
    articles, (failure,) = read(tmp_path)
    assert not articles
    assert "cannot be read" in failure.what


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", VI).chmod(0)
    articles, (failure,) = read(tmp_path)
    assert not articles
    assert "Permission denied" in failure.what


def test_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"a\xff.txt")).write_text(VI, encoding="utf-8")
    (article,), _ = read(tmp_path)
    assert article.id == "a\\xff"
    assert article.source.encode()


def test_language_that_miner_does_not_speak(tmp_path: Path) -> None:
    italian = "Il sindaco ha visitato oggi il cantiere del nuovo ponte e ha chiesto di finire prima delle piogge."
    write(tmp_path / "a.txt", italian)
    write(tmp_path / "b.txt", "12 34 56")
    write(tmp_path / "c.txt", VI)
    articles, failures = read(tmp_path)
    assert not failures
    messages = [failure.what if (failure := language_failure(a)) else None for a in articles]
    assert messages == ["a: is written in 'it'", "b: is in no language that can be told", None]


# What holds for any bytes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode),
    ending=st.sampled_from([".txt", ".html", ".csv", ".jsonl", ".warc", ".txt.gz", ".warc.gz"]),
)
def test_any_bytes_give_articles_or_failures(folder: Path, data: bytes, ending: str) -> None:
    path = write(folder / f"a{ending}", data)
    items = [item for source in list_sources([path]) for item in read_source(source)]
    assert items
    for item in items:
        assert isinstance(item, Failure) or all(0 <= b.start < b.end <= len(item.text) for b in item.blocks)


def test_limits_agree() -> None:
    assert MAX_BYTES == 4 * MAX_TEXT
