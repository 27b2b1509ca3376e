"""What a run has to do: sources that are new or changed, in batches that depend on nothing but the sources."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from miner.corpus.schema import Source
from miner.read import Source as Reader
from miner.read import list_sources, read_source
from miner.records import Failure

#: A batch has at most so many sources and, unless one source is larger, so many bytes.
MOST_SOURCES, MOST_BYTES = 256, 8_000_000

#: Many sources make about so many batches, of no fewer than `FEWEST_SOURCES`.
BATCHES, FEWEST_SOURCES = 32, 8

_CHUNK = 1 << 20

Key = tuple[str, str]
Columns = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Item:
    """A source in a batch.

    It is read through `reader`; without one, its articles and failures are taken from the stored part, where they stand
    from `first` and `first_failure` on.
    """

    row: Source
    reader: Reader | None
    first: int = 0
    first_failure: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Sources that become one part; `replacing` is the file of `sources/` whose part `stored` this one takes over."""

    items: tuple[Item, ...]
    replacing: str | None = None
    stored: str | None = None

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(item.reader.size for item in self.items if item.reader)


@dataclass(slots=True)
class Plan:
    """The batches of a run and what it need not do.

    `emptied` are files of `sources/` of which nothing is left, `known` the given sources that the corpus has already,
    `failures` what is wrong with paths that could not be opened, `opened` the names of all others, `new` the number of
    sources that the corpus did not have, `duplicates` how many were given twice.
    """

    batches: list[Batch] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    known: list[Source] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)
    new: int = 0
    duplicates: int = 0

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(batch.size for batch in self.batches)


@dataclass(slots=True)
class _Given:
    """The sources given, by name and digest, and which of them lies where."""

    items: dict[Key, Item] = field(default_factory=dict)
    origins: dict[str, Key] = field(default_factory=dict)


def make_plan(
    paths: Iterable[str | Path],
    folder: Path,
    stored: Mapping[str, Sequence[Source]],
    version: str,
    columns: Columns = ("text", None),
) -> Plan:
    """Compare what was given with what the corpus has.

    Parameters
    ----------
    paths : iterable of path
        What `list_sources` takes.
    folder : Path
        The corpus.
    stored : mapping of str to sequence of Source
        The corpus's sources by the file that names them.
    version : str
        The version of rules and data; what another one made is made again.
    columns : tuple
        The columns of text and address in tables.
    """
    plan = Plan()
    given = _open_all(paths, folder, columns, plan)
    rows = {_key(row): row for present in stored.values() for row in present}
    gone = {key for key, row in rows.items() if key not in given.items and row.origin in given.origins}
    plan.known = [rows[key] for key in sorted(given.items) if key in rows and rows[key].version == version]
    fresh = [item for key, item in sorted(given.items.items()) if key not in rows]
    plan.new = len(fresh)
    plan.batches = [Batch(tuple(items)) for items in cut(fresh)]
    for name, present in sorted(stored.items()):
        kept = [item for item in _stored_items(present) if _key(item.row) not in gone]
        if not kept:
            plan.emptied.append(name)
        elif len(kept) < len(present) or present[0].version != version:
            items = tuple(_with_reader(item, given, folder, columns) for item in kept)
            plan.batches.append(Batch(items, name, present[0].part))
    return plan


def _open_all(paths: Iterable[str | Path], folder: Path, columns: Columns, plan: Plan) -> _Given:
    given = _Given()
    for reader in list_sources(paths):
        digest = None if reader.failure else _digest(reader, columns)
        if digest is None:
            plan.failures += [item for item in read_source(reader) if isinstance(item, Failure)]
            continue
        row = Source(_origin(reader, folder, digest), digest, reader.stem, "", "", reader.name, 0, 0)
        plan.opened.add(reader.name)
        plan.duplicates += _key(row) in given.items
        given.items.setdefault(_key(row), Item(row, reader))
        given.origins[row.origin] = _key(row)
    return given


def _key(row: Source) -> Key:
    return row.name, row.digest


def _digest(reader: Reader, columns: Columns) -> str | None:
    """Return the digest of a source's bytes and of how its table is read; None if it cannot be opened."""
    digest = hashlib.sha256()
    try:
        with reader.open() as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return None
    if reader.kind in ("csv", "jsonl") and columns != ("text", None):
        digest.update(repr(columns).encode())
    return digest.hexdigest()


def _origin(reader: Reader, folder: Path, digest: str) -> str:
    """Return where a source lies, seen from the corpus; what came from standard input lies nowhere."""
    if not reader.path:
        return f"-{digest}"
    try:
        path = os.path.relpath(os.path.realpath(reader.path), os.path.realpath(folder))
    except ValueError:  # another drive
        path = reader.path
    return os.fsencode(Path(path).as_posix()).decode("utf-8", "backslashreplace")


def cut(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Cut items, sorted by key, into batches of bounded number and size."""
    most = min(MOST_SOURCES, max(FEWEST_SOURCES, -(-len(items) // BATCHES)))
    batch: list[Item] = []
    size = 0
    for item in items:
        more = item.reader.size if item.reader else 0
        if batch and (len(batch) == most or size + more > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += more
    if batch:
        yield batch


def _stored_items(rows: Sequence[Source]) -> Iterator[Item]:
    first = first_failure = 0
    for row in rows:
        yield Item(row, None, first, first_failure)
        first += row.articles
        first_failure += row.failures


def _with_reader(item: Item, given: _Given, folder: Path, columns: Columns) -> Item:
    """Let a stored source be read again if it is given or still lies where it was, unchanged."""
    if _key(item.row) in given.items:
        return replace(item, reader=given.items[_key(item.row)].reader)
    path = folder / item.row.origin
    if not path.is_file():
        return item
    (reader,) = list_sources([path])
    same = not reader.failure and _digest(reader, columns) == item.row.digest
    return replace(item, reader=replace(reader, name=item.row.source)) if same else item
