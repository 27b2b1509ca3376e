"""Articles of a WARC archive: its responses of HTML with status 200."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from miner.errors import ReadError
from miner.read.article import MAX_BYTES, host, iso_date
from miner.read.page import read_page
from miner.read.sources import Source
from miner.records import Article, Failure, content_id

_HTML = ("text/html", "application/xhtml+xml")


def read_archive(source: Source) -> Iterator[Article | Failure]:
    """Yield an article for each page; other records (requests, images, pages that were not found) are passed over.

    Files of a crawl may hold notes only: on pages that it left out or that had not changed. A truncated archive gives
    the articles before the damage and one Failure.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    _check_start(source)
    pages = notes = 0
    with source.open() as stream:
        try:
            for record in ArchiveIterator(stream):
                notes += record.rec_type in ("metadata", "revisit")
                if _is_page(record):
                    pages += 1
                    yield _article(record, source)
                _check_whole(record, source)
        except ArchiveLoadFailed as error:
            first = " ".join(str(error).split())[:200]
            remedy = "fetch it again; a WARC in one gzip member is mended by: warcio recompress OLD NEW"
            raise ReadError(source.name, f"is damaged after {pages} pages ({first})", remedy) from error
    if not pages and not notes:
        raise ReadError(source.name, "holds no HTML pages", "check what was crawled, or leave it out")


def _check_start(source: Source) -> None:
    with source.open_plain() as stream:
        if not stream.read(5) == b"WARC/":
            raise ReadError(
                source.name, "is no WARC", "check where it comes from; text and pages need their own ending"
            )


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        return _kind(record).lower().startswith(_HTML)
    if record.rec_type != "response" or record.http_headers is None:
        return False
    return record.http_headers.get_statuscode() == "200" and (_kind(record) or "text/html").lower().startswith(_HTML)


def _kind(record: Any) -> str:
    """Return the declared type: of the answer, or of a resource that came without one."""
    return (record.http_headers or record.rec_headers).get_header("Content-Type") or ""


def _article(record: Any, source: Source) -> Article | Failure:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    where = f"{source.name}, {url}" if url else source.name
    charset = _kind(record).lower().partition("charset=")[2].strip(" \"';") or None
    name = f"{host(url) or source.stem}-{content_id(url)[:10]}"
    try:
        # warcio fails on Brotli with current versions of it.
        if record.http_headers and (record.http_headers.get_header("Content-Encoding") or "").lower() == "br":
            raise ReadError(where, "is packed as Brotli, which is not read", "save or fetch the page as gzip or plain")
        data = record.content_stream().read(MAX_BYTES + 1)
        _check_whole(record, source)
        if len(data) > MAX_BYTES:
            raise ReadError(where, f"is longer than {MAX_BYTES} bytes", "it is no article: leave it out")
        article = read_page(data, where, id=name, url=url or None, charset=charset)
        moment = record.rec_headers.get_header("WARC-Date") or ""
        return replace(article, fetched=moment if iso_date(moment) else None)
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
