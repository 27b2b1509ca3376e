"""DuckDB over the Parquet files of a corpus."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from miner.corpus.schema import KINDS, schema_of
from miner.errors import CorpusError
from miner.records import FACT_KINDS

#: What the rows of a table are sorted by before their other columns.
_ORDER = {
    "articles": ("id",),
    "duplicates": ("first", "second"),
    "entities": ("id",),
    "failures": ("source",),
    "sources": ("source",),
}


def connect(
    files: Mapping[str, Iterable[Path]], *, filename: bool = False, without: Collection[str] = ()
) -> duckdb.DuckDBPyConnection:
    """Return a connection that sees the files of each kind as a table of that name.

    Parameters
    ----------
    files : mapping of str to iterable of Path
        The Parquet files of each kind; a kind without files is an empty table.
    filename : bool
        Whether each row names its file in a column `filename`.
    without : collection of str
        The ids of articles that are left out, with their facts.

    Raises
    ------
    CorpusError
        If a file is missing or damaged.
    """
    connection = duckdb.connect()
    connection.execute("SET temp_directory = ?", [tempfile.gettempdir()])
    if without:
        connection.register("left_out", pa.table({"id": sorted(without)}))
    for kind, paths in files.items():
        key = {"articles": "id"}.get(kind, "article" if kind in FACT_KINDS else None) if without else None
        _create_view(connection, kind, list(paths), filename, key)
    return connection


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """Turn an error of DuckDB over a kind's folder into one that names the corpus and what to do."""
    try:
        yield
    except duckdb.Error as error:
        lacking = _lacking(folder)
        if lacking:
            raise CorpusError(
                f"{folder}: made by an older version of miner (no {', '.join(lacking)}); "
                f"run again from the same articles: miner run ARTICLES --into {folder.parent}"
            ) from error
        first = str(error).splitlines()[0]
        raise CorpusError(f"{folder}: damaged ({first}); remove the corpus and run again") from error


def _lacking(folder: Path) -> list[str]:
    """Return the columns of today's records that a file of the folder has not."""
    found: set[str] = set()
    for path in folder.glob("*.parquet"):
        with suppress(OSError, pa.ArrowException):
            found |= set(schema_of(KINDS[folder.name]).names) - set(pq.read_schema(path).names)
    return sorted(found)


def _create_view(
    connection: duckdb.DuckDBPyConnection, kind: str, paths: list[Path], filename: bool, key: str | None
) -> None:
    if not paths:
        connection.register(kind, schema_of(KINDS[kind]).empty_table())
        return
    for path in paths:
        if not path.exists():
            raise CorpusError(f"{path}: missing though the corpus names it; run again from the same sources")
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    rows = f"read_parquet([{listed}], filename = {str(filename).lower()})"
    kept = f" WHERE {key} NOT IN (SELECT id FROM left_out)" if key else ""  # noqa: S608
    with readable(paths[0].parent):
        connection.execute(f"CREATE VIEW {kind} AS SELECT * FROM {rows}{kept}")  # noqa: S608


def select_sorted(kind: str) -> str:
    """Return the query for all rows of a kind in their order."""
    names = schema_of(KINDS[kind]).names
    first = _ORDER.get(kind, ("article", "start", "end"))
    order = ", ".join(f'"{name}"' for name in dict.fromkeys([*first, *names]) if name != "text")
    columns = ", ".join(f'"{name}"' for name in names)
    return f"SELECT {columns} FROM {kind} ORDER BY {order}"  # noqa: S608
