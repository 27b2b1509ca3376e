"""When an edge lies in time, as Gephi takes it: closed intervals of days that neither touch nor overlap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from miner.graph.schema import load_schema

Spell = tuple[str, str]


@cache
def time_of(kind: Any) -> str:
    """Return how a kind of edge lies in time: span, days or none; days for a kind that the schema does not know."""
    edge = load_schema().edges.get(str(kind))
    return edge.time if edge else "days"


def spells(values: Mapping[str, Any]) -> list[Spell]:
    """Return when an edge lies in time, as closed intervals of days that neither touch nor overlap.

    An edge whose kind lasts (`time: span` in the schema) has one interval from first to last seen, one that happens the
    days on which it was seen, neighbouring days united; a timeless one none.
    """
    days = values.get("days")
    if not days:
        return []
    how = time_of(values.get("kind"))
    if how == "none":
        return []
    if len(days) == 1:
        (day,) = days
        return [(day, day)]
    ordered = sorted(days)
    return [(ordered[0], ordered[-1])] if how == "span" else _united(ordered)


def _united(ordered: list[str]) -> list[Spell]:
    found = []
    start = end = ordered[0]
    for day in ordered[1:]:
        if day > _day_after(end):
            found.append((start, end))
            start = day
        end = day
    return [*found, (start, end)]


@lru_cache(4096)
def _day_after(day: str) -> str:
    found = date.fromisoformat(day)
    return (found + timedelta(days=1)).isoformat() if found < date.max else day
