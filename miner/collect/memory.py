"""The memory of a crawl: what the WARC files of its archive say of each address."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from miner.collect.addresses import key_of, may_be_page

#: What ends a group of records: what stands before it in the file counts only with it.
CLOSING = ("response", "revisit", "metadata")
_BLOCK = 1 << 17
_FIELDS = "application/warc-fields"
_NOTE = 100_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address.

    `outcome` is ``page``, ``redirect`` or why nothing was kept; `fetched` the date and time of the last answer;
    `links` leads on: to the editions of a page, the target of a redirect, the own address of a copy.
    """

    url: str
    outcome: str
    fetched: str
    published: str | None = None
    links: tuple[str, ...] = ()
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None


@dataclass(slots=True)
class Memory:
    """What is known, by key of the address (`addresses.key_of`)."""

    pages: dict[str, Known] = field(default_factory=dict)
    _notes: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def add(self, record: Any) -> None:
        """Take in a record of a WARC file; its content must not have been read."""
        headers = record.rec_headers
        url = headers.get_header("WARC-Target-URI") or ""
        if record.rec_type not in ("response", "revisit", "metadata", "resource") or not _is_web(url):
            return
        key, fetched = key_of(url), headers.get_header("WARC-Date") or ""
        if record.rec_type == "metadata":
            if (headers.get_header("Content-Type") or "").startswith(_FIELDS):
                self._note(key, Known(url, "", fetched), _fields(record.content_stream().read(_NOTE)))
        elif record.rec_type == "revisit" and key in self.pages:
            self.pages[key] = replace(self.pages[key], fetched=fetched)
        elif record.rec_type == "resource":
            self.pages[key] = Known(url, "page", fetched)
        elif record.http_headers is not None:
            self._response(key, Known(url, "page", fetched), record)

    def _note(self, key: str, known: Known, fields: dict[str, list[str]]) -> None:
        if "outcome" not in fields:
            self._notes[key] = fields
            return
        self.pages[key] = _with_fields(replace(known, outcome=fields["outcome"][0]), fields)

    def _response(self, key: str, known: Known, record: Any) -> None:
        status, http = record.http_headers.get_statuscode(), record.http_headers
        if status == "200":
            known = replace(
                known,
                etag=http.get_header("ETag"),
                modified=http.get_header("Last-Modified"),
                digest=record.rec_headers.get_header("WARC-Payload-Digest"),
            )
        elif status.startswith("3"):
            known = replace(known, outcome="redirect")
        elif status in ("404", "410"):
            known = replace(known, outcome="gone")
        else:
            return
        self.pages[key] = _with_fields(known, self._notes.pop(key, {}))


def read_memory(folder: Path) -> Memory:
    """Return what the WARC files of a folder hold; a file under way by another is passed over."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    memory = Memory()
    for path in sorted([*folder.glob("*.warc.gz"), *folder.glob("*.warc")]):
        with open(path, "rb") as file:
            try:
                for record in ArchiveIterator(file):
                    memory.add(record)
            except (ArchiveLoadFailed, EOFError, ValueError, zlib.error):
                # A damaged file of others: the reader reports it; what stands before the damage is known.
                continue
    return memory


def whole_length(path: Path) -> int:
    """Return the length of a WARC file of the crawl up to the end of its last whole group of records.

    Groups end in a record of one of the types `CLOSING`; each record is a gzip member of its own.
    """
    from warcio.archiveiterator import ArchiveIterator

    length = 0
    with open(path, "rb") as file:
        for end, data in _members(file):
            record = next(iter(ArchiveIterator(io.BytesIO(data))), None)
            if record is not None and (record.rec_type in CLOSING and not _is_part(record)):
                length = end
    return length


def _is_part(record: Any) -> bool:
    """Tell whether a metadata record belongs to the response after it."""
    return record.rec_type == "metadata" and record.rec_headers.get_header("WARC-Concurrent-To") is not None


def _members(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the end and the decompressed content of each whole gzip member."""
    start, parts, unpacker = 0, [], zlib.decompressobj(31)
    data = file.read(_BLOCK)
    end = len(data)
    try:
        while data:
            parts.append(unpacker.decompress(data))
            data = unpacker.unused_data
            if unpacker.eof:
                start = end - len(data)
                yield start, b"".join(parts)
                parts, unpacker = [], zlib.decompressobj(31)
            if not data:
                data = file.read(_BLOCK)
                end += len(data)
    except zlib.error:
        return


def _fields(data: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in data.decode("utf-8", "replace").splitlines():
        name, mark, value = line.partition(":")
        if mark:
            found.setdefault(name.strip(), []).append(value.strip())
    return found


def _with_fields(known: Known, fields: dict[str, list[str]]) -> Known:
    links = tuple(value.split(" ")[0] for value in fields.get("outlink", ()))
    return replace(known, published=fields.get("published", [None])[0], links=links)


def _is_web(url: str) -> bool:
    try:
        return may_be_page(url)
    except ValueError:
        return False
