"""The archive of a crawl: WARC 1.1 files that are only added to, one gzip member a record."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from miner import __version__
from miner.collect.addresses import key_of
from miner.collect.memory import Known, read_memory, whole_length
from miner.collect.warc import (
    Exchange,
    field_record,
    fields_of,
    packed,
    request_record,
    response_record,
    revisit_record,
)
from miner.errors import CorpusError

CONTACT = "https://github.com/miner-press/miner"
_OPEN = ".open"
_SYNC_EVERY = 64
_PATIENCE = 10.0


class Archive:
    """A folder of WARC files and the memory of what is in it.

    The file under way ends in ``.open``; what a killed crawl left is cut behind its last whole group of records. A page
    is a request, a note (its date, its editions) and a response: with the response, written last, it counts.

    Parameters
    ----------
    folder : Path
        Where the files are; must be there.
    rotate : int
        Bytes after which a new file is begun.

    Raises
    ------
    BlockingIOError
        Another crawl writes there.
    """

    def __init__(self, folder: Path, rotate: int = 1_000_000_000) -> None:
        self.folder, self.rotate = folder, rotate
        self._lock = _locked(folder / ".lock")
        for path in sorted(folder.glob(f"*{_OPEN}")):
            _mend(path)
        self.memory = read_memory(folder)
        self._file: IO[bytes] | None = None
        self._groups = 0

    def page(self, exchange: Exchange, published: str | None, links: Sequence[str]) -> bool:
        """Add a page; return False if it is as it was: then a revisit record stands for it."""
        record = response_record(exchange)
        digest, before = record.rec_headers.get_header("WARC-Payload-Digest"), self._known(exchange.url)
        if before and before.digest == digest:
            record.raw_stream.close()
            self._revisit(exchange, before, "identical-payload-digest")
            return False
        self._write_page(exchange, record, fields_of(published, links, "edition"))
        self._remember(
            Known(exchange.url, "page", _date(record), published, tuple(links), *_validators(exchange), digest)
        )
        return True

    def redirect(self, exchange: Exchange, target: str) -> None:
        """Add a redirect, without its text."""
        record = response_record(replace(exchange, body=b""))
        self._write_page(exchange, record, fields_of(None, [target], "redirect"))
        self._remember(Known(exchange.url, "redirect", _date(record), links=(target,)))

    def unchanged(self, exchange: Exchange) -> None:
        """Add the answer 304 to a conditional request."""
        before = self._known(exchange.url)
        if before and before.digest:
            self._revisit(exchange, before, "server-not-modified")

    def note(self, url: str, outcome: str, published: str | None = None, links: Sequence[str] = ()) -> None:
        """Add that an address is not to be asked for again, and why."""
        record = field_record(url, "metadata", f"outcome: {outcome}\r\n" + fields_of(published, links, "refers"))
        self._write([record])
        self._remember(Known(url, outcome, _date(record), published, tuple(links)))

    def close(self) -> None:
        """Finish the file under way and let others write."""
        with self._lock:
            self._finish()

    def _known(self, url: str) -> Known | None:
        return self.memory.pages.get(key_of(url))

    def _remember(self, known: Known) -> None:
        self.memory.pages[key_of(known.url)] = known

    def _write_page(self, exchange: Exchange, response: Any, fields: str) -> None:
        belongs = {"WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}
        records = [request_record(exchange, belongs)]
        records += [field_record(exchange.url, "metadata", fields, belongs)] if fields else []
        self._write([*records, response])

    def _revisit(self, exchange: Exchange, before: Known, profile: str) -> None:
        record = revisit_record(exchange, before, profile)
        self._write_page(exchange, record, "")
        self._remember(replace(before, fetched=_date(record)))

    def _write(self, records: Sequence[Any]) -> None:
        """Write records at once; a write that fails (a full disk) leaves no part of them behind."""
        data = packed(records)
        with _explained(self.folder):
            file = self._file or self._begin()
            _append(file, data)
            self._groups += 1
            if self._groups % _SYNC_EVERY == 0:
                os.fsync(file.fileno())
        if file.tell() >= self.rotate:
            self._finish()

    def _begin(self) -> IO[bytes]:
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
        name = f"crawl-{stamp}.warc.gz"
        file = open(self.folder / f"{name}{_OPEN}", "xb", buffering=0)  # noqa: SIM115
        info = f"software: miner/{__version__} ({CONTACT})\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n"
        try:
            _append(file, packed([field_record("", "warcinfo", info, {"WARC-Filename": name})]))
        except OSError:
            file.close()
            raise
        self._file = file
        return file

    def _finish(self) -> None:
        if self._file is not None:
            with _explained(self.folder), self._file as file:
                self._file = None
                os.fsync(file.fileno())
                os.replace(file.name, file.name.removesuffix(_OPEN))


def _append(file: IO[bytes], data: bytes) -> None:
    """Write all of `data` at the end of an unbuffered file, or nothing of it."""
    start, rest = file.tell(), memoryview(data)
    try:
        while rest:
            # A disk that is filling up takes a part without an error.
            rest = rest[file.write(rest) :]
    except OSError:
        file.seek(start)
        file.truncate()
        raise


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CorpusError(f"{folder}: cannot be written: {error.strerror}") from error


def _date(record: Any) -> str:
    return str(record.rec_headers.get_header("WARC-Date"))


def _validators(exchange: Exchange) -> tuple[str | None, str | None]:
    headers = {name.lower(): value for name, value in exchange.headers}
    return headers.get("etag"), headers.get("last-modified")


def _locked(path: Path) -> IO[bytes]:
    """Return the lock of a folder; a crawl that was just killed may hold it for a moment."""
    lock = open(path, "ab")  # noqa: SIM115
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except BlockingIOError:
            if time.monotonic() > end:
                lock.close()
                raise
            time.sleep(0.05)


def _mend(path: Path) -> None:
    """Cut a file that a killed crawl left behind its last whole group of records and close it."""
    length = whole_length(path)
    if not length:
        path.unlink()
        return
    with open(path, "r+b") as file:
        file.truncate(length)
        os.fsync(file.fileno())
    os.replace(path, path.with_name(path.name.removesuffix(_OPEN)))
