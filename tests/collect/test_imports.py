"""Adding what is there already: WARC files of others, saved pages, tables."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter
from warcs import largest_file

from miner.cli import main
from miner.collect import add_files
from miner.collect.memory import read_memory
from miner.errors import CorpusError, InputError
from miner.read import read_articles
from miner.records import Failure

TEXT = "Ngày 30/6, UBND tỉnh Mẫu ban hành kế hoạch về chuyển đổi số cho các xã, phường trong tỉnh. " * 3
BODY = f"<body><article><h1>Kế hoạch</h1><p>{TEXT}</p></article></body>"
PAGE = f"<html><head><meta charset='utf-8'>{{head}}</head>{BODY}</html>"


def news(path: Path, count: int = 3) -> Path:
    """Write a file as CC-NEWS has it: WARC 1.0, a response and its request, other kinds between."""
    from warcio.statusandheaders import StatusAndHeaders

    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "other"}))
        for i in range(count):
            data = PAGE.format(head=f"<title>{i}</title>").encode()
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=UTF-8")], protocol="HTTP/1.1")
            url = f"https://paper.example/bai-{10_000 + i}.html"
            record = writer.create_warc_record(url, "response", io.BytesIO(data), len(data), http_headers=headers)
            writer.write_record(record)
    return path


def urls(out: Path) -> list[str]:
    failures: list[Failure] = []
    found = [str(article.url) for article in read_articles([out / "archive"], on_failure=failures.append)]
    assert failures == []
    return sorted(found)


def test_files_of_others_are_taken_as_they_are(tmp_path: Path) -> None:
    given = news(tmp_path / "CC-NEWS-20240101000000-00001.warc.gz")
    report = add_files([given], tmp_path / "out")
    assert (report.archives, report.known, report.failures) == (1, 0, ())
    (kept,) = (tmp_path / "out" / "archive").glob("*.warc.gz")
    assert kept.read_bytes() == given.read_bytes()
    assert len(urls(tmp_path / "out")) == 3
    assert add_files([given], tmp_path / "out").known == 1


def test_what_was_added_is_not_crawled_again(tmp_path: Path) -> None:
    add_files([news(tmp_path / "a.warc.gz")], tmp_path / "out")
    known = read_memory(tmp_path / "out" / "archive").pages
    assert {page.outcome for page in known.values()} == {"page"}
    assert "paper.example/bai-10000.html" in known


@pytest.mark.parametrize(
    "head",
    [
        "<link rel='canonical' href='https://paper.example/bai-10001.html'>",
        '<link href="https://paper.example/bai-10001.html" rel="canonical">',
        '<meta property="og:url" content="https://paper.example/bai-10001.html">',
        "<!-- saved from url=(0039)https://paper.example/bai-10001.html -->",
    ],
)
def test_saved_pages_keep_their_address(tmp_path: Path, head: str) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "page.html").write_text(PAGE.format(head=head), encoding="utf-8")
    (tmp_path / "saved" / "picture.jpg").write_bytes(b"x")
    assert add_files([tmp_path / "saved"], tmp_path / "out").pages == 1
    assert urls(tmp_path / "out") == ["https://paper.example/bai-10001.html"]
    assert add_files([tmp_path / "saved"], tmp_path / "out").known == 1


def test_tables(tmp_path: Path) -> None:
    csv = tmp_path / "a.csv"
    csv.write_text(f'link,body,date\nhttps://paper.example/a,"{TEXT}",2025-06-30\nhttps://paper.example/b,,\n', "utf-8")
    lines = [{"url": "https://paper.example/c", "text": TEXT, "title": "C"}, {"url": "https://paper.example/d"}]
    with gzip.open(tmp_path / "b.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, lines)) + "\nno json\n")
    first = add_files([csv], tmp_path / "out", column="body", url_column="link")
    second = add_files([tmp_path / "b.jsonl.gz"], tmp_path / "out")
    assert (first.rows, second.rows) == (1, 1)
    assert [failure.source for failure in (*first.failures, *second.failures)] == [
        f"{csv}, line 3",
        f"{tmp_path / 'b.jsonl.gz'}, line 2",
        f"{tmp_path / 'b.jsonl.gz'}, line 3",
    ]
    articles = {a.url: a for a in read_articles([tmp_path / "out" / "archive"])}
    assert set(articles) == {"https://paper.example/a", "https://paper.example/c"}
    assert articles["https://paper.example/a"].published == "2025-06-30"
    assert articles["https://paper.example/c"].title == "C"


def test_what_cannot_be_added_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"no warc")
    (tmp_path / "b.html").write_bytes(b"")
    (tmp_path / "c.html").write_bytes(b"x" * 8_000_001)
    report = add_files([tmp_path / name for name in ("a.warc.gz", "b.html", "c.html")], tmp_path / "out")
    assert [failure.what for failure in report.failures] == [
        "is no WARC file",
        "is empty",
        "is longer than 8000000 bytes",
    ]
    with pytest.raises(InputError, match="does not exist"):
        add_files([tmp_path / "none"], tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="nothing that can be added"):
        add_files([tmp_path / "empty"], tmp_path / "out")


def test_add_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = news(tmp_path / "a.warc.gz", 2)
    assert main(["add", str(given), "--into", str(tmp_path / "out")]) == 0
    assert "added: 1 WARC files" in capsys.readouterr().out
    assert main(["add", str(tmp_path / "none"), "--into", str(tmp_path / "out")]) == 2


def test_sources_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "list", "--province", "Nghệ An", "--format", "jsonl"]) == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["site"], row["languages"]) == ("baonghean.vn", "vi en fr")
    assert main(["sources", "list", "--language", "xx"]) == 2


@pytest.mark.parametrize("kind", ["archive", "page", "table"])
def test_a_full_disk_leaves_nothing_half_added(tmp_path: Path, kind: str) -> None:
    given = news(tmp_path / "a.warc.gz")
    if kind == "page":
        given = tmp_path / "a.html"
        given.write_text(PAGE.format(head=""), encoding="utf-8")
    elif kind == "table":
        given = tmp_path / "a.jsonl"
        given.write_text(json.dumps({"text": TEXT}), encoding="utf-8")
    out = tmp_path / "out"
    with largest_file(50), pytest.raises(CorpusError, match="cannot be read or written"):
        add_files([given], out)
    assert not list((out / "archive").iterdir())
    report = add_files([given], out)
    assert report.archives + report.pages + report.rows == 1
