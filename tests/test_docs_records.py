"""The page on records names each field of each record, in order, and says which may be missing."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from pathlib import Path

import pytest

from miner import records
from miner.corpus.schema import Source
from miner.records import FACT_KINDS, Record

PAGE = Path(__file__).resolve().parents[1] / "docs" / "records.md"
DOCUMENTED = [
    *FACT_KINDS.values(),
    *(records.Article, records.Block, records.Failure, records.Entity, records.Copy, Source),
]


def documented(name: str) -> list[list[str]]:
    """Return the rows of the table under a record's heading."""
    section = re.search(rf"^##+ {name}\n(.*?)(?=^##|\Z)", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert section, f"docs/records.md has no section {name}"
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in re.findall(r"^\| `.*$", section[1], re.M)
    ]


def kind(hint: object) -> str:
    if typing.get_origin(hint) is types.UnionType:
        return kind(typing.get_args(hint)[0]) + ", optional"
    if typing.get_origin(hint) is tuple:
        inner, *more = typing.get_args(hint)
        if more != [Ellipsis]:
            return "pair"
        return "list of " + {"pair": "pairs"}.get(kind(inner), kind(inner))
    return {str: "text", int: "number", float: "number"}.get(hint) or hint.__name__  # type: ignore[call-overload]


@pytest.mark.parametrize("record", DOCUMENTED, ids=lambda record: record.__name__)
def test_each_field_is_documented(record: type[Record]) -> None:
    hints = typing.get_type_hints(record)
    fields = [(field.name, kind(hints[field.name])) for field in dataclasses.fields(record)]  # type: ignore[arg-type]
    assert [(row[0].strip("`"), row[1]) for row in documented(record.__name__)] == fields
    assert all(row[2] for row in documented(record.__name__))


def test_no_record_is_forgotten() -> None:
    there = {value for value in vars(records).values() if isinstance(value, type) and issubclass(value, Record)}
    assert there - set(DOCUMENTED) == {Record, records.Facts}
