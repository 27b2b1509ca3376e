"""The archive: WARC 1.1 that others read, revisits, notes, a memory that is what the files say."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcs import check, largest_file, pages_of

from miner.collect.addresses import canonical
from miner.collect.archive import Archive
from miner.collect.memory import read_memory
from miner.collect.warc import Exchange
from miner.errors import CorpusError

ROOT = Path(__file__).parents[2]
URL = "https://paper.example/bai-10001.html"
BODY = gzip.compress("<p>Kế hoạch</p>".encode(), mtime=0)
HEADERS = [
    ("Content-Type", "text/html"),
    ("Content-Encoding", "gzip"),
    ("ETag", '"1"'),
    ("Transfer-Encoding", "chunked"),
]
KINDS = ["text/html", "warc/revisit", "warc/revisit", "text/html"]
REQUEST = [("User-Agent", "miner"), ("Accept-Encoding", "gzip")]


def exchange(url: str = URL, body: bytes = BODY, status: int = 200) -> Exchange:
    return Exchange(url, status, HEADERS, body, REQUEST, "192.0.2.1")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    archive = Archive(tmp_path)
    assert archive.page(exchange(), "2025-06-30", ["https://paper.example/fr/bai-10001.html"])
    archive.redirect(exchange("https://paper.example/cu-10000.html", b"moved", 301), URL)
    archive.note("https://paper.example/mat-10002.html", "gone")
    archive.note("https://paper.example/xua-10003.html", "out-of-period", "2019-01-01")
    assert not archive.page(exchange(), "2025-06-30", [])
    archive.unchanged(exchange(body=b"", status=304))
    assert archive.page(exchange(body=b"<p>new</p>"), "2025-06-30", [])
    archive.close()
    return tmp_path


def records(folder: Path) -> list[tuple[Any, bytes]]:
    (path,) = folder.glob("*.warc.gz")
    with open(path, "rb") as file:
        return [(record, record.raw_stream.read()) for record in ArchiveIterator(file)]


def test_records_in_their_order(written: Path) -> None:
    kinds = [record.rec_type for record, _ in records(written)]
    page, redirect = ["request", "metadata", "response"], ["request", "metadata", "response"]
    revisit = ["request", "revisit"]
    assert kinds == [
        "warcinfo",
        *page,
        *redirect,
        "metadata",
        "metadata",
        *revisit,
        *revisit,
        "request",
        "metadata",
        "response",
    ]
    assert {record.rec_headers.protocol for record, _ in records(written)} == {"WARC/1.1"}
    check(written)


def test_a_response_is_what_came(written: Path) -> None:
    record, payload = next((r, p) for r, p in records(written) if r.rec_type == "response")
    assert payload == BODY
    assert record.http_headers.get_statuscode() == "200"
    assert record.http_headers.get_header("Content-Encoding") == "gzip"
    assert record.http_headers.get_header("Content-Length") == str(len(BODY))
    assert record.http_headers.get_header("Transfer-Encoding") is None
    assert record.rec_headers.get_header("WARC-IP-Address") == "192.0.2.1"
    assert record.rec_headers.get_header("WARC-Payload-Digest").startswith("sha1:")


def test_a_request_belongs_to_its_response(written: Path) -> None:
    found = [record for record, _ in records(written)]
    request = next(r for r in found if r.rec_type == "request")
    response = next(r for r in found if r.rec_type == "response")
    assert request.rec_headers.get_header("WARC-Concurrent-To") == response.rec_headers.get_header("WARC-Record-ID")
    assert request.http_headers.statusline == "/bai-10001.html HTTP/1.1"
    assert request.http_headers.get_header("Host") == "paper.example"
    assert request.http_headers.get_header("User-Agent") == "miner"


def test_revisits_refer_to_what_they_stand_for(written: Path) -> None:
    found = [record for record, _ in records(written)]
    first = next(r for r in found if r.rec_type == "response")
    same, unchanged = (r for r in found if r.rec_type == "revisit")
    for revisit in (same, unchanged):
        assert revisit.rec_headers.get_header("WARC-Refers-To-Target-URI") == URL
        digest = revisit.rec_headers.get_header("WARC-Payload-Digest")
        assert digest == first.rec_headers.get_header("WARC-Payload-Digest")
    assert same.rec_headers.get_header("WARC-Refers-To-Date") == first.rec_headers.get_header("WARC-Date")
    assert same.rec_headers.get_header("WARC-Profile").endswith("identical-payload-digest")
    assert unchanged.rec_headers.get_header("WARC-Profile").endswith("server-not-modified")


def test_the_memory_is_what_the_files_say(written: Path) -> None:
    archive = Archive(written)
    archive.close()
    pages = read_memory(written).pages
    assert pages == archive.memory.pages
    assert {page.url.rpartition("/")[2]: page.outcome for page in pages.values()} == {
        "bai-10001.html": "page",
        "cu-10000.html": "redirect",
        "mat-10002.html": "gone",
        "xua-10003.html": "out-of-period",
    }
    assert pages["paper.example/xua-10003.html"].published == "2019-01-01"
    assert pages["paper.example/cu-10000.html"].links == (URL,)
    assert pages["paper.example/bai-10001.html"].etag == '"1"'


def test_each_record_is_a_gzip_member(written: Path) -> None:
    (path,) = written.glob("*.warc.gz")
    data, members = path.read_bytes(), 0
    while data:
        unpacker = zlib.decompressobj(31)
        text = unpacker.decompress(data)
        assert text.startswith(b"WARC/1.1\r\n")
        assert text.count(b"WARC-Record-ID") == 1
        data, members = unpacker.unused_data, members + 1
    assert members == len(records(written))


def test_fastwarc_reads_the_files(written: Path) -> None:
    (path,) = written.glob("*.warc.gz")
    data = path.read_bytes()
    found = list(FastIterator(io.BytesIO(data)))
    assert len(found) == len(records(written))
    for is_parsed in (False, True):
        for record in FastIterator(io.BytesIO(data), record_types=WarcRecordType.response, parse_http=is_parsed):
            assert record.verify_payload_digest() if is_parsed else record.verify_block_digest()


@pytest.mark.parametrize("indexer", ["cdxj-indexer", "cdx-indexer"])
def test_indexers_read_the_files(written: Path, indexer: str) -> None:
    places = [os.environ.get("PATH", ""), str(Path(sys.executable).parent), str(ROOT / ".venv-pywb" / "bin")]
    program = shutil.which(indexer, path=os.pathsep.join(places))
    if program is None:
        pytest.skip(f"{indexer} is not installed; pywb's comes with: make pywb")
    (path,) = written.glob("*.warc.gz")
    arguments = ["-j", str(path)] if indexer == "cdx-indexer" else [str(path)]
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=True)
    lines = [json.loads(line[line.index("{") :]) for line in done.stdout.splitlines() if "{" in line]
    assert [line["mime"] for line in lines if line["url"] == URL] == KINDS


@pytest.mark.parametrize("room", [0, 1, 300, 700])
def test_a_full_disk_leaves_whole_groups(tmp_path: Path, room: int) -> None:
    archive = Archive(tmp_path)
    archive.page(exchange(), None, [])
    (path,) = tmp_path.glob("*.open")
    size = path.stat().st_size
    with largest_file(size + room), pytest.raises(CorpusError, match="cannot be written"):
        archive.page(exchange("https://paper.example/b-10002.html"), None, [])
    assert path.stat().st_size == size
    archive.page(exchange("https://paper.example/c-10003.html"), None, [])
    archive.close()
    check(tmp_path)
    assert set(read_memory(tmp_path).pages) == {"paper.example/bai-10001.html", "paper.example/c-10003.html"}


def test_a_disk_without_room_for_a_new_file(tmp_path: Path) -> None:
    archive = Archive(tmp_path, rotate=1)
    archive.page(exchange(), None, [])
    with largest_file(100), pytest.raises(CorpusError, match="cannot be written"):
        archive.page(exchange("https://paper.example/b-10002.html"), None, [])
    archive.page(exchange("https://paper.example/c-10003.html"), None, [])
    archive.close()
    Archive(tmp_path).close()
    assert not list(tmp_path.glob("*.open"))
    check(tmp_path)
    assert len(read_memory(tmp_path).pages) == 2


def test_one_crawl_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("miner.collect.archive._PATIENCE", 0.1)
    archive = Archive(tmp_path)
    with pytest.raises(BlockingIOError):
        Archive(tmp_path)
    archive.close()
    Archive(tmp_path).close()


def test_an_unused_archive_leaves_no_file(tmp_path: Path) -> None:
    Archive(tmp_path).close()
    assert not list(tmp_path.glob("*.warc*"))


@given(
    body=st.binary(max_size=300),
    value=st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=20).map(str.strip),
    path=st.text(alphabet="abcé/-%?=&;. 1", max_size=20),
    links=st.lists(st.from_regex(r"https://paper\.example/[a-z]{1,9}-[0-9]{5}", fullmatch=True), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read(body: bytes, value: str, path: str, links: list[str]) -> None:
    with TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        url = canonical(f"https://paper.example/{path}")
        archive.page(Exchange(url, 200, [("X-Any", value), ("ETag", value)], body, [("X-Any", value)]), None, links)
        archive.close()
        check(Path(folder))
        assert pages_of(Path(folder)) == {url: [body]}
        assert read_memory(Path(folder)).pages == archive.memory.pages
