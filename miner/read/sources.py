"""What there is to read: files, folders, globs and standard input as a list of sources."""

from __future__ import annotations

import glob
import gzip
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from miner.errors import ReadError
from miner.records import Failure

#: File endings and how their files are read; each may be followed by ``.gz``.
KINDS = {".txt": "text", ".md": "text", ".html": "html", ".htm": "html", ".csv": "csv", ".jsonl": "jsonl"} | {
    ".ndjson": "jsonl",
    ".warc": "warc",
}
#: Endings that hold articles which miner cannot read: told, where other endings in a folder are passed over.
_TOLD = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".xls", ".xlsx", ".ods", ".pptx"})
_STDIN_LIMIT = 256 * 1024 * 1024
_CONVERT = "convert it to text, HTML, CSV or JSON lines"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: a file, or what came from standard input (`data`), or what is wrong with it (`failure`).

    `name` is how messages name it, `kind` text, html, csv, jsonl, warc or failure, `size` its bytes on disk.
    """

    name: str
    kind: str
    path: str = ""
    size: int = 0
    data: bytes | None = None
    failure: Failure | None = None

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return shown(stem(Path(self.path).name)) if self.path else "stdin"

    def open(self) -> IO[bytes]:
        """Return the bytes as a stream, as they lie on disk."""
        return io.BytesIO(self.data) if self.data is not None else open(self.path, "rb")

    @contextmanager
    def open_plain(self) -> Iterator[IO[bytes]]:
        """Give the bytes as a stream, decompressed where they begin as gzip does."""
        with self.open() as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            yield cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if packed else raw


def shown(path: str) -> str:
    """Return a path as text that can be written: bytes that are no UTF-8 are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def stem(name: str) -> str:
    """Return a file's name without its ending (and without ``.gz`` before it).

    Examples
    --------
    >>> stem("a01.fr.txt"), stem("pages.warc.gz")
    ('a01.fr', 'pages')
    """
    bare = name[:-3] if name.lower().endswith(".gz") else name
    return bare[: -len(Path(bare).suffix)] if Path(bare).suffix.lower() in KINDS else bare


def list_sources(paths: Iterable[str | Path]) -> list[Source]:
    """Return what the paths hold, sorted by path, each file once.

    Parameters
    ----------
    paths : iterable of str or Path
        Files, folders (read with all that lies below, without hidden files), globs, or ``-`` for standard input.

    Returns
    -------
    list of Source
        What cannot be read (a missing path, a folder without articles) is in the list as a source of kind failure.
    """
    found = {source.path or source.name: source for path in paths for source in _expand(str(path))}
    return [found[key] for key in sorted(found)]


def _expand(path: str) -> list[Source]:
    if path == "-":
        return [_stdin()]
    if os.path.isdir(path):
        return _folder(path)
    if os.path.exists(path):
        return [_file(path)]
    if glob.has_magic(path):
        hits = sorted(glob.glob(path, recursive=True))
        return [source for hit in hits for source in _expand(hit)] or [
            _failed(path, "matches no file", "check the pattern; quote it, so that the shell leaves it alone")
        ]
    return [_failed(path, "does not exist", "check the path")]


def _folder(path: str) -> list[Source]:
    found: list[Source] = []
    others: set[str] = set()
    for folder, folders, names in os.walk(path, onerror=lambda error: found.append(_unlisted(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            ending = _ending(name)
            if ending in KINDS or ending in _TOLD:
                found.append(_file(os.path.join(folder, name)))
            else:
                others.add(ending or "none")
    if found:
        return found
    seen = f" (endings there: {', '.join(sorted(others)[:10])})" if others else ""
    return [_failed(path, f"holds no articles{seen}", f"endings that are read: {' '.join(KINDS)}")]


def _unlisted(error: OSError) -> Source:
    return _failed(str(error.filename), f"cannot be listed: {error.strerror}", "check its permissions")


def _ending(name: str) -> str:
    return Path(name[:-3] if name.lower().endswith(".gz") else name).suffix.lower()


def _file(path: str) -> Source:
    kind = KINDS.get(_ending(path))
    if kind is None:
        return _failed(path, f"has the ending {_ending(path) or 'of no kind'}, which is not read", _CONVERT)
    if not os.path.isfile(path):
        return _failed(path, "is not a regular file", "name a file, or use - for standard input")
    return Source(shown(path), kind, os.path.abspath(path), os.path.getsize(path))


def _failed(path: str, what: str, remedy: str) -> Source:
    return Source(shown(path), "failure", failure=Failure(shown(path), "read", what, remedy))


def _stdin() -> Source:
    data = sys.stdin.buffer.read(_STDIN_LIMIT + 1)
    if len(data) > _STDIN_LIMIT:
        return _failed("-", "standard input is longer than 256 MB", "write it to a file and name that")
    return Source("-", _sniff(data), size=len(data), data=data)


def _sniff(data: bytes) -> str:
    """Return the kind of what came without a name."""
    start = Source("-", "", data=data)
    try:
        with start.open_plain() as stream:
            head = stream.read(512).lstrip(b"\xef\xbb\xbf").lstrip()
    except (OSError, EOFError):
        return "text"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"{") and not head.startswith(b"{\\rtf"):
        return "jsonl"
    return "html" if head.startswith(b"<") else "text"


def first_bytes(stream: IO[bytes], limit: int, where: str) -> bytes:
    """Return all bytes of a stream that holds no more than `limit`.

    Raises
    ------
    ReadError
        There is more.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        what = f"is longer than {limit // (1024 * 1024)} MB"
        raise ReadError(where, what, "one article is expected: split it, or give it as CSV or JSON lines")
    return data
