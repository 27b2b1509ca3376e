"""Articles of a WARC archive: its responses of HTML with status 200."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from miner.errors import ReadError
from miner.read.article import MAX_BYTES, host
from miner.read.page import read_page
from miner.read.sources import Source
from miner.records import Article, Failure, content_id

_HTML = ("text/html", "application/xhtml+xml")


def read_archive(source: Source) -> Iterator[Article | Failure]:
    """Yield an article for each page; other records (requests, images, pages that were not found) are passed over.

    A truncated archive gives the articles before the damage and one Failure.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    _check_start(source)
    pages = 0
    with source.open() as stream:
        try:
            for record in ArchiveIterator(stream):
                if _is_page(record):
                    pages += 1
                    yield _article(record, source)
                _check_whole(record, source)
        except ArchiveLoadFailed as error:
            first = " ".join(str(error).split())[:200]
            remedy = "fetch it again; a WARC in one gzip member is mended by: warcio recompress OLD NEW"
            raise ReadError(source.name, f"is damaged after {pages} pages ({first})", remedy) from error
    if not pages:
        raise ReadError(source.name, "holds no HTML pages", "check what was crawled, or leave it out")


def _check_start(source: Source) -> None:
    with source.open_plain() as stream:
        if not stream.read(5) == b"WARC/":
            raise ReadError(
                source.name, "is no WARC", "check where it comes from; text and pages need their own ending"
            )


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "text/html").lower()
    return record.http_headers.get_statuscode() == "200" and kind.startswith(_HTML)


def _article(record: Any, source: Source) -> Article | Failure:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    where = f"{source.name}, {url}" if url else source.name
    kind = record.http_headers.get_header("Content-Type") or ""
    charset = kind.lower().partition("charset=")[2].strip(" \"';") or None
    name = f"{host(url) or source.stem}-{content_id(url)[:10]}"
    try:
        data = record.content_stream().read(MAX_BYTES + 1)
        _check_whole(record, source)
        if len(data) > MAX_BYTES:
            raise ReadError(where, f"is longer than {MAX_BYTES} bytes", "it is no article: leave it out")
        return read_page(data, where, id=name, url=url or None, charset=charset)
    except ReadError as error:
        if error.where == source.name:
            raise
        return Failure(where, "read", error.what, error.remedy)


def _check_whole(record: Any, source: Source) -> None:
    """Raise if the file ended inside the record."""
    raw = record.raw_stream
    while raw.read(65_536):
        pass
    if getattr(raw, "limit", 0) > 0:
        remedy = "fetch it again; what stands before the damage is kept"
        raise ReadError(source.name, "is truncated: it ends inside a record", remedy)
