"""Copies and versions in a corpus: linked, counted once, never gone; what outlets' pages give no longer is told."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from miner.cli import cli
from miner.corpus import open_corpus
from miner.pipeline import run

BODY = """Sáng 5/6, Chủ tịch UBND tỉnh Nghệ An Mai Văn Ví chủ trì cuộc họp về Kế hoạch số 12/KH-UBND của tỉnh.

Tại cuộc họp, Chủ tịch UBND tỉnh Mai Văn Ví yêu cầu các sở khẩn trương triển khai, báo cáo kết quả trước ngày 30/6.

Đến nay, tỉnh đã có {n} xã đạt chuẩn nông thôn mới, và các xã còn lại phải xong trước cuối năm theo kế hoạch."""


def page(body: str, meta: str = '<meta property="article:published_time" content="2025-06-05">') -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n\n"))
    head = f'<html lang="vi"><head><meta charset="utf-8"><title>Nghệ An họp về nông thôn mới</title>{meta}</head>'
    return f"{head}<body><article><h1>Nghệ An họp về nông thôn mới</h1>{paragraphs}</article></body></html>".encode()


def archive(path: Path, *pages: tuple[str, str, bytes]) -> Path:
    """Write an archive of pages: address, moment, body."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for url, moment, body in pages:
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        stream = io.BytesIO(body)
        record = writer.create_warc_record(
            url, "response", stream, len(body), warc_headers_dict={"WARC-Date": moment}, http_headers=http
        )
        writer.write_record(record)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(buffer.getvalue())
    return path


URL = "https://baomau.example/tin-1.html"
OLD, NEW = ("2025-06-05T08:00:00Z", page(BODY.format(n=210))), ("2025-06-05T19:30:00Z", page(BODY.format(n=211)))


@pytest.mark.parametrize("files", [1, 2])
def test_a_page_that_was_fetched_again_is_one_article_its_last_version(tmp_path: Path, files: int) -> None:
    if files == 1:
        archive(tmp_path / "in/a.warc.gz", (URL, *NEW), (URL, *OLD))
    else:
        archive(tmp_path / "in/a.warc.gz", (URL, *NEW))
        archive(tmp_path / "in/b.warc.gz", (URL, *OLD))
    run([tmp_path / "in"], tmp_path / "out")
    corpus, whole = open_corpus(tmp_path / "out"), open_corpus(tmp_path / "out", versions=True)
    (last,) = corpus.iter_articles()
    assert "211 xã" in last.text
    assert {f.article for f in corpus.iter_facts()} == {last.id}
    assert set(corpus.figures.value) & {210, 211} == {211}
    assert set(whole.figures.value) >= {210, 211}
    (earlier,) = (article for article in whole.iter_articles() if article.id != last.id)
    assert "210 xã" in earlier.text
    (link,) = corpus.duplicates.to_dict("records")
    assert (link["first"], link["second"], link["kind"]) == (last.id, earlier.id, "version")
    assert 0.8 < link["similarity"] < 1
    for proof in (proof for *_, values in corpus.graph().edges(data=True) for proof in values["evidence"]):
        assert proof.startswith(last.id + ":")


def test_a_later_version_takes_over_in_a_later_run(tmp_path: Path) -> None:
    archive(tmp_path / "in/a.warc.gz", (URL, *OLD))
    run([tmp_path / "in"], tmp_path / "out")
    (first,) = open_corpus(tmp_path / "out").iter_articles()
    archive(tmp_path / "in/b.warc.gz", (URL, *NEW))
    run([tmp_path / "in"], tmp_path / "out")
    (last,) = open_corpus(tmp_path / "out").iter_articles()
    assert ("210 xã" in first.text, "211 xã" in last.text) == (True, True)


def test_syndicated_copies_are_linked_and_count_once(tmp_path: Path) -> None:
    other = page(BODY.format(n=210).replace("khẩn trương", "nhanh chóng"))
    pages = [(URL, *OLD), ("https://baokhac.example/9.html", "2025-06-06T01:00:00Z", other)]
    archive(tmp_path / "in/a.warc.gz", *pages)
    run([tmp_path / "in"], tmp_path / "out")
    corpus = open_corpus(tmp_path / "out")
    assert list(corpus.duplicates.kind) == ["syndicated"]
    assert len(corpus.articles) == 2
    weights = {values["weight"] for *_, values in corpus.graph().edges(data=True)}
    assert weights == {1}
    told = (tmp_path / "out/tables/duplicates.csv").read_text(encoding="utf-8-sig").splitlines()
    assert told[0] == "first,second,kind,similarity"
    assert len(told) == 2


def invoke(*arguments: str) -> tuple[str, str]:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_duplicates_prints_copies_and_versions(tmp_path: Path) -> None:
    copy = ("https://baokhac.example/9.html", *NEW)
    archive(tmp_path / "in/a.warc.gz", (URL, *OLD), (URL, *NEW), copy)
    run([tmp_path / "in"], tmp_path / "out")
    rows = [
        json.loads(line) for line in invoke("duplicates", str(tmp_path / "out"), "--format", "jsonl")[0].splitlines()
    ]
    assert [(row["kind"], row["similarity"] == 1) for row in rows] == [("syndicated", True), ("version", False)]


def test_watch_and_status_name_a_field_that_is_gone(tmp_path: Path) -> None:
    start, pages = date(2025, 4, 7), []
    for n in range(42):
        day = (start + timedelta(days=n)).isoformat()
        meta = f'<meta property="article:published_time" content="{day}">' if n < 21 else ""
        body = BODY.format(n=100 + n).replace("Sáng 5/6, ", "").replace("trước ngày 30/6", "sớm")
        pages.append((f"https://baomau.example/tin-{n}x.html", f"{day}T02:00:00Z", page(body, meta)))
    archive(tmp_path / "in/a.warc.gz", *pages)
    run([tmp_path / "in"], tmp_path / "out", workers=1)
    warning = "baomau.example: no date in 21 of 21 pages since 28 April 2025"
    rows, told = invoke("watch", str(tmp_path / "out"), "--share", "--format", "csv")
    assert told.strip() == f"warning: {warning}"
    lines = [line.split(",") for line in rows.strip("\ufeff").splitlines()]
    dated = lines[0].index("published")
    assert [(line[1], line[2], line[dated]) for line in lines[1:]] == [
        (str(start + timedelta(weeks=week)), "7", "100" if week < 3 else "0") for week in range(6)
    ]
    assert f"warning {warning}" in invoke("status", str(tmp_path / "out"))[0]
    assert json.loads(invoke("status", str(tmp_path / "out"), "--format", "json")[0])["warnings"] == [warning]
