"""Records as Arrow tables and back: the schema of a part is derived from the record's dataclass."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from miner.records import FACT_KINDS, Article, Copy, Entity, Failure, Record

_PLAIN: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


@dataclasses.dataclass(frozen=True, slots=True)
class Source(Record):
    """A source that a corpus knows: which file, what it gave, in which part its records lie.

    `origin` is the path from the corpus folder, `digest` that of its bytes, `name` the start of its articles' ids,
    `part` the name of the Parquet files, `version` that of the rules and data, `articles` and `failures` counts.
    """

    origin: str
    digest: str
    name: str
    part: str
    version: str
    source: str
    articles: int
    failures: int


#: The folders of a part, with the record of their rows.
PART_KINDS: dict[str, type[Record]] = {"articles": Article, **FACT_KINDS, "failures": Failure}

#: All folders of Parquet files in a corpus.
KINDS: dict[str, type[Record]] = {**PART_KINDS, "sources": Source, "entities": Entity, "duplicates": Copy}


#: The schemas that were asked for; type hints are slow to read, and each article's facts are checked.
_SCHEMAS: dict[type[Record], pa.Schema] = {}


def schema_of(record: type[Record]) -> pa.Schema:
    """Return the Arrow schema of `record`: a column a field, in the field's order; tuples are lists."""
    if record not in _SCHEMAS:
        hints = typing.get_type_hints(record)
        fields = dataclasses.fields(record)  # type: ignore[arg-type]
        _SCHEMAS[record] = pa.schema([pa.field(f.name, *_arrow(hints[f.name])) for f in fields])
    return _SCHEMAS[record]


def _arrow(hint: Any) -> tuple[pa.DataType, bool]:
    """Return the Arrow type of a type hint and whether it may be null."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        (inner,) = (part for part in typing.get_args(hint) if part is not types.NoneType)
        return _arrow(inner)[0], True
    if typing.get_origin(hint) is tuple:
        return pa.list_(_arrow(typing.get_args(hint)[0])[0]), False
    if dataclasses.is_dataclass(hint):
        return pa.struct(list(schema_of(typing.cast(type[Record], hint)))), False
    return _PLAIN[hint], False


def to_table(record: type[Record], rows: Iterable[Record]) -> pa.Table:
    """Return `rows` as a table of the record's schema, in the order given."""
    return pa.Table.from_pylist([row.to_dict() for row in rows], schema=schema_of(record))


def check(record: type[Record], rows: Iterable[Record]) -> None:
    """Raise what a row would raise when it is written: a ValueError or TypeError.

    Written in one go, a row that does not fit would take all others of its part with it.
    """
    table = to_table(record, rows)
    for field, column in zip(table.schema, table.columns, strict=True):
        if column.null_count and not field.nullable:
            raise ValueError(f"{record.__name__}.{field.name} is missing")
