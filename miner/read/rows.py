"""Tables of articles: CSV with a named text column, JSON lines with a text key."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from miner.errors import ReadError
from miner.read.article import MAX_BYTES, MAX_TEXT, make_article
from miner.read.decode import find_encoding
from miner.read.sources import Source
from miner.records import Article, Failure

#: The usual names of the other columns, the first that is there is taken.
_USUAL = {
    "id": ("id", "article_id", "key", "uid"),
    "url": ("url", "link", "address", "source_url"),
    "published": ("published", "date", "published_at", "pubdate", "publish_date", "created_at"),
    "title": ("title", "headline"),
    "authors": ("authors", "author", "byline"),
    "site": ("site", "source", "newspaper", "outlet"),
}
_SAMPLE = 65_536
#: A line of JSON may escape each character with six and carry other keys.
_LINE = 2 * MAX_BYTES
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns to read: `text` must be there, `url` is found by its usual names if not given."""

    text: str = "text"
    url: str | None = None


def read_csv(source: Source, columns: Columns) -> Iterator[Article | Failure]:
    """Yield an article for each row; a row without text is a Failure with its line."""
    csv.field_size_limit(MAX_TEXT)
    with source.open_plain() as stream:
        head = stream.read(_SAMPLE)
        stream.seek(0)
        encoding = find_encoding(head, source.name, partial=True)
        delimiter = _delimiter(head.decode(encoding, "ignore"), columns.text)
        with io.TextIOWrapper(stream, "utf-8-sig" if encoding == "utf-8" else encoding, newline="") as lines:
            rows = _rows(csv.reader(_lines(lines, source.name), delimiter=delimiter), source.name)
            _, header = next(rows, (1, []))
            header = [name.strip() for name in header]
            _named(header, columns.text, source.name)
            line = 0
            for line, row in rows:
                if any(row):
                    yield _row(dict(zip(header, row, strict=False)), source, line, columns)
    if not line:
        raise ReadError(source.name, "has no rows", "export it again, or remove it")


def _rows(reader: Any, where: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of its first line and the cells of each row."""
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        what, remedy = f"is no CSV from here on ({error})", "check its quotes and the length of its cells"
        raise ReadError(f"{where}, line {line}", what, remedy) from error


def read_jsonl(source: Source, columns: Columns) -> Iterator[Article | Failure]:
    """Yield an article for each line; a line that is no object with text is a Failure with its number."""
    number = 0
    with source.open_plain() as stream:
        for number, line in enumerate(_bounded(stream), 1):
            where = f"{source.name}, line {number}"
            if line is None:
                what, remedy = f"is longer than {_LINE} bytes", "one article a line is expected: split it"
                yield Failure(where, "read", what, remedy)
            elif line.strip():
                try:
                    values = _object(line, where)
                except ReadError as error:
                    yield Failure(where, "read", error.what, error.remedy)
                else:
                    yield _row(values, source, number, columns)
    if number == 0:
        raise ReadError(source.name, "is empty", "export it again, or remove it")


def _row(values: Mapping[str, Any], source: Source, line: int, columns: Columns) -> Article | Failure:
    where = f"{source.name}, line {line}"
    try:
        text = values.get(_named(list(values), columns.text, where))
        if not isinstance(text, str):
            raise ReadError(
                where, f"{columns.text!r} is {type(text).__name__}, not text", "give the article as a string"
            )
        found = {field: _first(values, names) for field, names in _USUAL.items()}
        url = _first(values, (columns.url,)) if columns.url else found["url"]
        authors = [name.strip() for name in (found["authors"] or "").split(";") if name.strip()]
        return make_article(
            found["id"] or f"{source.stem}-{line}",
            text,
            where,
            url=url,
            site=found["site"],
            title=found["title"],
            authors=authors,
            published=found["published"],
        )
    except ReadError as error:
        return Failure(where, "read", error.what, error.remedy)


def _named(header: list[str], name: str, where: str) -> str:
    """Return the column called `name`, whatever its case."""
    column = next((c for c in header if c == name), None) or next(
        (c for c in header if c.lower() == name.lower()), None
    )
    if column is None:
        there = ", ".join(repr(c[:40]) for c in header[:20])
        raise ReadError(where, f"has no column {name!r}; there are {there}", "name the column that holds the text")
    return column


def _first(values: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    lowered = {key.lower(): value for key, value in values.items()}
    value = next((lowered[name.lower()] for name in names if lowered.get(name.lower()) not in (None, "", [])), None)
    if isinstance(value, list):
        return "; ".join(str(item) for item in value[:50])
    return None if value is None or isinstance(value, dict) else str(value)[:2_000]


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        values = json.loads(line.removeprefix(_MARK).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReadError(where, f"is not UTF-8 from byte {error.start}", "save it again as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(where, f"is not JSON ({error})", "write one JSON object a line") from error
    if not isinstance(values, dict):
        raise ReadError(where, f"is a JSON {type(values).__name__}, not an object", "write one JSON object a line")
    return values


def _bounded(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Yield lines, None for those that are longer than the limit; no more than the limit is held in memory."""
    while line := stream.readline(_LINE):
        if line.endswith(b"\n") or len(line) < _LINE:
            yield line
            continue
        while (rest := stream.readline(_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None


def _lines(stream: IO[str], where: str) -> Iterator[str]:
    """Yield lines with their ends, each bounded."""
    number = 0
    try:
        while line := stream.readline(_LINE):
            number += 1
            if len(line) == _LINE:
                raise ReadError(f"{where}, line {number}", f"is longer than {_LINE} characters", "split the file")
            if "\x00" in line:
                raise ReadError(f"{where}, line {number}", "holds a NUL byte", "export it again as UTF-8 text")
            yield line
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{where}, after line {number}", f"is not {error.encoding}", "save it again as UTF-8"
        ) from error


def _delimiter(head: str, column: str) -> str:
    """Return the delimiter that shows the named column in the header, else the most frequent one."""
    header = (head.lstrip("\ufeff").splitlines() or [""])[0]
    for mark in ",;\t|":
        names = next(csv.reader([header], delimiter=mark), [])
        if column.lower() in (name.strip().lower() for name in names):
            return mark
    return max(",;\t|", key=header.count)
