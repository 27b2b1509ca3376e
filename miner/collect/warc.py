"""The records of an archive: requests, responses, revisits and notes in WARC 1.1."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from miner.collect.memory import Known

_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
_FIELDS = "application/warc-fields"

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer as they went over the line; `body` is still encoded as ``Content-Encoding`` says."""

    url: str
    status: int
    headers: Headers
    body: bytes
    request: Headers
    address: str = ""


def response_record(exchange: Exchange) -> Any:
    """Return the record of an answer."""
    from warcio.statusandheaders import StatusAndHeaders

    http = StatusAndHeaders(_status(exchange.status), _kept(exchange), protocol="HTTP/1.1")
    extra = {"WARC-Record-ID": _new_id(), **_address(exchange)}
    return _builder().create_warc_record(
        exchange.url, "response", io.BytesIO(exchange.body), http_headers=http, warc_headers_dict=extra
    )


def request_record(exchange: Exchange, extra: Mapping[str, Any]) -> Any:
    """Return the record of a request."""
    from warcio.statusandheaders import StatusAndHeaders

    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    http = StatusAndHeaders(f"GET {target} HTTP/1.1", [("Host", parts.netloc), *exchange.request], is_http_request=True)
    return _builder().create_warc_record(
        exchange.url, "request", io.BytesIO(), http_headers=http, warc_headers_dict=dict(extra)
    )


def field_record(url: str, kind: str, text: str, extra: Mapping[str, Any] | None = None) -> Any:
    """Return a record of lines ``name: value``."""
    data = text.encode("utf-8", "replace")
    return _builder().create_warc_record(
        url, kind, io.BytesIO(data), len(data), warc_content_type=_FIELDS, warc_headers_dict=dict(extra or {})
    )


def revisit_record(exchange: Exchange, before: Known, profile: str) -> Any:
    """Return the record of an answer that brought what was known before."""
    from warcio.statusandheaders import StatusAndHeaders

    http = StatusAndHeaders(_status(exchange.status), _kept(replace(exchange, body=b"")), protocol="HTTP/1.1")
    extra = {"WARC-Record-ID": _new_id(), **_address(exchange)}
    record = _builder().create_revisit_record(
        exchange.url, before.digest, before.url, before.fetched, http_headers=http, warc_headers_dict=extra
    )
    record.rec_headers.replace_header("WARC-Profile", _PROFILES + profile)
    return record


def _builder() -> Any:
    from warcio.recordbuilder import RecordBuilder

    return RecordBuilder(warc_version="1.1")


def packed(records: Sequence[Any]) -> bytes:
    """Return records as they stand in a file, each a gzip member; they are used up."""
    from warcio.warcwriter import WARCWriter

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    for record in records:
        writer.write_record(record)
        record.raw_stream.close()
    return buffer.getvalue()


def _new_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _address(exchange: Exchange) -> dict[str, str]:
    return {"WARC-IP-Address": exchange.address} if exchange.address else {}


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _kept(exchange: Exchange) -> list[tuple[str, str]]:
    """Return the headers of an answer; those of a transfer that is undone are renamed, so that no reader undoes it."""
    kept = [(k, v) for k, v in exchange.headers if k.lower() != "content-length"]
    kept = [(f"X-Crawler-{k}" if k.lower() == "transfer-encoding" else k, v) for k, v in kept]
    return [*kept, ("Content-Length", str(len(exchange.body)))]


def fields_of(published: str | None, links: Sequence[str], relation: str) -> str:
    """Return the lines of a note: the date of a page and where it leads to."""
    lines = [f"published: {published}\r\n"] if published else []
    return "".join([*lines, *(f"outlink: {link} {relation}\r\n" for link in links)])
