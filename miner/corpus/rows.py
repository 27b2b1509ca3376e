"""The rows of a kind as records, a few in memory at a time, or as a pandas frame."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from miner.corpus.query import select_sorted
from miner.corpus.schema import KINDS, schema_of
from miner.records import Record

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R", bound=Record)

#: Rows that are taken from DuckDB at a time.
BATCH = 1024


def stored(connection: duckdb.DuckDBPyConnection, kind: str, record: type[R]) -> Iterator[R]:
    """Yield the rows of a kind as records, sorted."""
    names = schema_of(record).names
    result = connection.execute(select_sorted(kind))
    while rows := result.fetchmany(BATCH):
        for row in rows:
            yield record.from_dict(dict(zip(names, row, strict=True)))


def frame_of(connection: duckdb.DuckDBPyConnection, kind: str) -> pd.DataFrame:
    """Return the rows of a kind as a frame, sorted; whole numbers stay whole where some are missing."""
    frame = connection.execute(select_sorted(kind)).df()
    for column in schema_of(KINDS[kind]):
        if str(column.type) == "int64":
            frame[column.name] = frame[column.name].astype("Int64" if column.nullable else "int64")
    return frame


class Grouped:
    """Rows sorted by article, taken article by article in the same order."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._groups = groupby(rows, key=lambda row: row.article)
        self._next: tuple[str, Any] | None = next(self._groups, None)

    def take(self, article: str) -> tuple[Any, ...]:
        """Return the rows of an article, none if it has none; articles are asked for in their order."""
        if self._next is None or self._next[0] != article:
            return ()
        rows = tuple(self._next[1])
        self._next = next(self._groups, None)
        return rows
