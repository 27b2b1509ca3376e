"""Pages that are already there: WARC files of others, saved pages, tables of texts; into the archive, offline."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from miner.collect.addresses import may_be_page
from miner.errors import CorpusError, InputError
from miner.records import Failure

_WARC = (".warc", ".warc.gz")
_PAGES = (".html", ".htm", ".xhtml")
_TABLES = (".csv", ".jsonl", ".ndjson")
_PAGE_BYTES = 8_000_000
_HEAD = 64_000
_OWN = re.compile(
    rb"<!--\s*saved from url=\(\d+\)(?P<saved>\S+)|<link[^>]+rel=[\"']?canonical[\"']?[^>]*href=[\"'](?P<own>[^\"']+)"
    rb"|<link[^>]+href=[\"'](?P<own2>[^\"']+)[\"'][^>]*rel=[\"']?canonical|<meta[^>]+property=[\"']og:url[\"']"
    rb"[^>]*content=[\"'](?P<og>[^\"']+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AddReport:
    """What was added: WARC files, saved pages and rows of tables; files that were there already; failures."""

    archives: int = 0
    pages: int = 0
    rows: int = 0
    known: int = 0
    failures: tuple[Failure, ...] = ()


def add_files(
    paths: Iterable[str | Path], into: str | Path, *, column: str = "text", url_column: str = "url"
) -> AddReport:
    """Add files to the archive ``INTO/archive``, each content once.

    WARC files (CC-NEWS, other crawlers') are copied as they are; saved pages of a folder become ``resource`` records of
    a WARC file, under the address that they give as their own; tables become JSON lines with the keys text and url.

    Parameters
    ----------
    paths : iterable of str or Path
        Files and folders.
    column, url_column : str
        Columns or keys of tables that hold the text and the address.

    Raises
    ------
    InputError
        A path is missing or holds nothing that can be added.
    CorpusError
        The archive cannot be written.
    """
    archive = Path(into) / "archive"
    failures: list[Failure] = []
    counts = {"archives": 0, "pages": 0, "rows": 0, "known": 0}
    try:
        archive.mkdir(parents=True, exist_ok=True)
        for path in map(Path, paths):
            files = _files(path)
            if pages := [file for file in files if _is(file, _PAGES)]:
                _count(counts, "pages", *_add_pages(pages, archive, failures))
            for file in (file for file in files if _is(file, _WARC)):
                _count(counts, "archives", *_add_archive(file, archive, failures))
            for file in (file for file in files if _is(file, _TABLES)):
                _count(counts, "rows", *_add_table(file, archive, (column, url_column), failures))
    except OSError as error:
        raise CorpusError(f"{error.filename or archive}: cannot be read or written: {error.strerror}") from error
    return AddReport(**counts, failures=tuple(failures))


def _count(counts: dict[str, int], kind: str, added: int, known: int) -> None:
    counts[kind] += added
    counts["known"] += known


def _is(path: Path, endings: tuple[str, ...]) -> bool:
    return path.name.lower().removesuffix(".gz").endswith(tuple(e.removesuffix(".gz") for e in endings))


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise InputError(f"{path}: does not exist; give addresses, WARC files, folders of saved pages or tables")
    found = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    usable = [file for file in found if _is(file, _WARC + _PAGES + _TABLES) and not file.name.startswith(".")]
    if not usable:
        raise InputError(f"{path}: holds nothing that can be added; endings: {' '.join(_WARC + _PAGES + _TABLES)}")
    return usable


def _add_archive(path: Path, archive: Path, failures: list[Failure]) -> tuple[int, int]:
    with open(path, "rb") as file:
        start = file.read(5)
    if start[:2] != b"\x1f\x8b" and start != b"WARC/":
        failures.append(Failure(str(path), "collect", "is no WARC file", "check where it comes from"))
        return 0, 0
    ending = ".warc.gz" if start[:2] == b"\x1f\x8b" else ".warc"
    target = archive / f"added-{_digest(path)}{ending}"
    if target.exists():
        return 0, 1
    with _whole(target) as part:
        shutil.copyfile(path, part)
    return 1, 0


def _add_pages(paths: list[Path], archive: Path, failures: list[Failure]) -> tuple[int, int]:
    from warcio.warcwriter import WARCWriter

    good = [path for path in paths if _fits(path, failures)]
    names = hashlib.sha256("".join(map(_digest, good)).encode()).hexdigest()[:16]
    target = archive / f"added-{names}.warc.gz"
    if not good or target.exists():
        return 0, len(good)
    with _whole(target) as part, open(part, "wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for path in good:
            data = path.read_bytes()
            record = writer.create_warc_record(
                _own_address(data, path),
                "resource",
                io.BytesIO(data),
                len(data),
                warc_content_type="text/html",
                warc_headers_dict={"WARC-Date": _time_of(path)},
            )
            writer.write_record(record)
            record.raw_stream.close()
    return len(good), 0


def _fits(path: Path, failures: list[Failure]) -> bool:
    size = path.stat().st_size
    if 0 < size <= _PAGE_BYTES:
        return True
    what = f"is longer than {_PAGE_BYTES} bytes" if size else "is empty"
    failures.append(Failure(str(path), "collect", what, "it is no article: leave it out"))
    return False


def _own_address(data: bytes, path: Path) -> str:
    for found in _OWN.finditer(data[:_HEAD]):
        url = next(value for value in found.groups() if value).decode("utf-8", "replace")
        if _is_address(url):
            return url
    return path.resolve().as_uri()


def _is_address(url: str) -> bool:
    try:
        return may_be_page(url)
    except ValueError:
        return False


def _time_of(path: Path) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add_table(path: Path, archive: Path, columns: tuple[str, str], failures: list[Failure]) -> tuple[int, int]:
    target = archive / f"added-{_digest(path)}.jsonl"
    if target.exists():
        return 0, 1
    count = 0
    with _whole(target) as part, open(part, "w", encoding="utf-8") as out:
        for line, values in _rows(path):
            text, url = (values.pop(name, None) for name in columns)
            if not isinstance(text, str) or not text.strip():
                there = ", ".join(map(str, values)) or "nothing else"
                what, remedy = f"has no {columns[0]!r}; there are {there}", "name the column that holds the text"
                failures.append(Failure(f"{path}, line {line}", "collect", what[:300], remedy))
                continue
            row = {"text": text, **({"url": url} if url else {}), **values}
            out.write(json.dumps(row, ensure_ascii=False, sort_keys=True, default=str) + "\n")
            count += 1
    if not count:
        target.unlink()
    return count, 0


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with _opened(path) as file:
        if _is(path, (".csv",)):
            csv.field_size_limit(_PAGE_BYTES)
            reader = csv.DictReader(file)
            for row in reader:
                yield reader.line_num, {key: value for key, value in row.items() if key and value}
        else:
            for number, text in enumerate(file, 1):
                if text.strip():
                    yield number, _object(text)


def _object(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return dict(values) if isinstance(values, Mapping) else {}


def _opened(path: Path) -> IO[str]:
    import gzip

    if path.name.endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8-sig", errors="replace", newline="")
    return open(path, encoding="utf-8-sig", errors="replace", newline="")


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """Give a file to write that becomes the target when all is written, and is gone when not."""
    part = target.with_name(f".{target.name}.part")
    try:
        yield part
        with open(part, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
