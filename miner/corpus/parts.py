"""The corpus folder on disk: parts that are written whole or not at all, and which of them count.

A part is a set of Parquet files of one name, one in each folder of `PART_KINDS`. Each file is written under a
temporary name, synced and renamed. The file of `sources/` comes last and names the part: only what a file there names
counts, so a kill at any moment leaves the corpus as it was. Files that nothing names are swept away by the next run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from miner.corpus.disk import explained
from miner.corpus.schema import KINDS, PART_KINDS, Source, schema_of, to_table
from miner.errors import CorpusError
from miner.records import Record

#: Rows that are kept in memory before they go to disk.
ROW_GROUP = 4096

#: The file of `failures/` for sources that could not even be opened.
LISTING = "listing"


def part_name(keys: Iterable[str], version: str) -> str:
    """Return the name of the part made from the sources `keys` by the rules of `version`, whatever the keys' order."""
    joined = "\n".join([version, *sorted(keys)])
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def parquet(folder: Path, kind: str, name: str) -> Path:
    """Return the path of one Parquet file of a part."""
    return folder / kind / f"{name}.parquet"


def create(folder: Path) -> None:
    """Make the corpus folder and its folders of records; an existing corpus is left as it is.

    Raises
    ------
    CorpusError
        If the folder holds other things, or cannot be made or written.
    """
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        known = {*KINDS, "archive", "decisions.csv"}
        if not is_corpus(folder) and any(path.name not in known for path in folder.iterdir()):
            raise CorpusError(f"{folder}: holds other files and is no corpus; name a new or an empty folder")
        for kind in KINDS:
            (folder / kind).mkdir(exist_ok=True)


def is_corpus(folder: Path) -> bool:
    """Tell whether `folder` has the folders of a corpus."""
    return (folder / "sources").is_dir() and (folder / "articles").is_dir()


class PartWriter:
    """Writes the records of one part, a row group at a time, and commits them together.

    Parameters
    ----------
    folder : Path
        The corpus folder.
    name : str
        The part's name, from `part_name`.

    Use it as a context manager: on an error nothing of the part is left.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self._rows: dict[str, list[Record]] = {kind: [] for kind in PART_KINDS}
        self._files: dict[str, _Temporary] = {}
        self.counts = dict.fromkeys(PART_KINDS, 0)

    def __enter__(self) -> PartWriter:
        return self

    def add(self, kind: str, rows: Iterable[Record]) -> None:
        """Append records of one kind."""
        waiting = self._rows[kind]
        for row in rows:
            waiting.append(row)
            self.counts[kind] += 1
            if len(waiting) >= ROW_GROUP:
                self._flush(kind)

    def _flush(self, kind: str) -> None:
        if kind not in self._files:
            self._files[kind] = _Temporary(parquet(self.folder, kind, self.name), schema_of(PART_KINDS[kind]))
        self._files[kind].write(to_table(PART_KINDS[kind], self._rows[kind]))
        self._rows[kind].clear()

    def commit(self, sources: Iterable[Source], replacing: str | None = None) -> None:
        """Put the files in place, then the file that names them; `replacing` is the part that this one stands for."""
        for kind in PART_KINDS:
            self._flush(kind)
        for file in self._files.values():
            file.commit()
        self._files.clear()
        write_whole(parquet(self.folder, "sources", replacing or self.name), Source, sources)

    def __exit__(self, *_: Any) -> None:
        for file in self._files.values():
            file.__exit__()


class _Temporary:
    """A Parquet file under a temporary name until it is committed; without a commit it goes when it is left."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path = path
        self._temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        with explained(path):
            self._file = open(self._temporary, "wb")  # noqa: SIM115
            self._writer = pq.ParquetWriter(self._file, schema, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def write(self, table: pa.Table) -> None:
        with explained(self._path):
            self._writer.write_table(table)

    def commit(self) -> None:
        with explained(self._path):
            self._writer.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            os.replace(self._temporary, self._path)
            _sync_folder(self._path.parent)

    def __exit__(self, *_: Any) -> None:
        # What is thrown away need not be written: errors of a full disk would hide the first one.
        for close in (self._writer.close, self._file.close, self._temporary.unlink):
            with contextlib.suppress(OSError, pa.ArrowException):
                close()


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_slot(folder: Path, slot: str) -> None:
    """Forget the part that the file `slot` of `sources/` names."""
    path = parquet(folder, "sources", slot)
    with explained(path):
        path.unlink(missing_ok=True)


def rewrite(
    folder: Path, slot: str, sources: Iterable[Source], name: str, change: Callable[[str, pa.Table], pa.Table]
) -> None:
    """Replace the part that the file `slot` of `sources/` names by one of changed tables, called `name`."""
    present = list(sources)
    for kind in PART_KINDS:
        with _Temporary(parquet(folder, kind, name), schema_of(PART_KINDS[kind])) as file:
            for table in _pieces(parquet(folder, kind, present[0].part)):
                file.write(change(kind, table))
            file.commit()
    write_whole(parquet(folder, "sources", slot), Source, (replace(source, part=name) for source in present))


def _pieces(path: Path) -> Iterator[pa.Table]:
    with explained(path), pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield file.read_row_group(group)


def write_whole(path: Path, record: type[Record], rows: Iterable[Record]) -> None:
    """Write one Parquet file atomically."""
    with _Temporary(path, schema_of(record)) as file:
        file.write(to_table(record, rows))
        file.commit()


def read_sources(folder: Path) -> dict[str, list[Source]]:
    """Return the sources of each file of `sources/`, by the file's name.

    Raises
    ------
    CorpusError
        If a file cannot be read.
    """
    found = {}
    for path in sorted((folder / "sources").glob("*.parquet")):
        found[path.stem] = [Source.from_dict(row) for row in read_table(path).to_pylist()]
    return found


def live_parts(sources: Mapping[str, Iterable[Source]]) -> list[str]:
    """Return the names of the parts that count, sorted."""
    return sorted({source.part for present in sources.values() for source in present})


def read_table(path: Path) -> pa.Table:
    """Read one Parquet file.

    Raises
    ------
    CorpusError
        If it is missing or damaged.
    """
    try:
        return pq.read_table(path, partitioning=None)
    except (OSError, pa.ArrowException) as error:
        raise CorpusError(f"{path}: cannot be read ({error}); remove the corpus and run again") from error


def sweep(folder: Path, live: Mapping[str, Iterable[Source]]) -> int:
    """Remove temporary files and parts that no source names; return how many files went."""
    named = set(live_parts(live))
    gone = 0
    with explained(folder):
        for kind in KINDS:
            for path in (folder / kind).iterdir():
                orphan = kind in PART_KINDS and path.suffix == ".parquet" and path.stem not in named
                if (orphan and path.stem != LISTING) or path.suffix == ".tmp":
                    path.unlink()
                    gone += 1
    return gone
