"""The archive of a crawl: WARC 1.1 files that are only added to, and the addresses in them."""

from __future__ import annotations

import fcntl
import io
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRANSFER = {"content-encoding", "transfer-encoding", "content-length"}
_PART = ".part"


def normal(url: str) -> str:
    """Return an address without fragment and campaign parameters: under it a page is asked for and remembered."""
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query, True) if not key.lower().startswith("utm_")]
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", urlencode(query), ""))


class Archive:
    """A folder of WARC files: `known` holds the addresses in it, `write` adds a response.

    The file under way ends in ``.part`` and is locked; what a killed crawl left is cut behind its last whole record.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in sorted(folder.glob(f"*{_PART}")):
            _recover(part)
        self.known = {normal(url) for path in sorted(folder.glob("*.warc*")) for url, _ in _records(path)}
        self._file: IO[bytes] | None = None
        self._writer: Any = None

    def write(self, url: str, status: str, headers: Iterable[tuple[str, str]], body: bytes, address: str) -> None:
        """Add a response; `body` is decoded, so the headers of its transfer are left out."""
        from warcio.statusandheaders import StatusAndHeaders

        kept = [(key, value) for key, value in headers if key.lower() not in _TRANSFER]
        http = StatusAndHeaders(status, [*kept, ("Content-Length", str(len(body)))], protocol="HTTP/1.1")
        writer = self._writer or self._open()
        extra = {"WARC-IP-Address": address} if address else {}
        stream, size = io.BytesIO(body), len(body)
        writer.write_record(
            writer.create_warc_record(url, "response", stream, size, http_headers=http, warc_headers_dict=extra)
        )
        self.known.add(normal(url))

    def close(self) -> None:
        """Finish the file under way."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            os.replace(self._file.name, self._file.name.removesuffix(_PART))
            self._file.close()

    def _open(self) -> Any:
        from warcio.warcwriter import WARCWriter

        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self._file = open(self.folder / f"crawl-{stamp}-{os.getpid()}.warc.gz{_PART}", "xb")  # noqa: SIM115
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._writer = WARCWriter(self._file, gzip=True, warc_version="WARC/1.1")
        return self._writer


def _recover(part: Path) -> None:
    with open(part, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        end = max((end for _, end in _records(part)), default=0)
        file.truncate(end)
    if end:
        part.rename(part.with_name(part.name.removesuffix(_PART)))
    else:
        part.unlink()


def _records(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the address and the end of each whole response."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with open(path, "rb") as file:
        records = ArchiveIterator(file)
        try:
            for record in records:
                while record.raw_stream.read(65_536):
                    pass
                if getattr(record.raw_stream, "limit", 0) == 0 and record.rec_type == "response":
                    url = record.rec_headers.get_header("WARC-Target-URI") or ""
                    yield url, records.get_record_offset() + records.get_record_length()
        except (ArchiveLoadFailed, EOFError):
            return
