"""When an edge lies in time, as Gephi takes it: closed intervals of days that neither touch nor overlap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from miner.graph.schema import load_schema

Spell = tuple[str, str]


@cache
def time_of(kind: str) -> str:
    """Return how a kind of edge lies in time: span, days or none; days for a kind that the schema does not know."""
    edge = load_schema().edges.get(kind)
    return edge.time if edge else "days"


def spells(values: Mapping[str, Any]) -> list[Spell]:
    """Return when an edge lies in time, as closed intervals of days that neither touch nor overlap.

    An edge whose kind lasts (`time: span` in the schema) has one interval from first to last seen, one that happens the
    days on which it was seen, neighbouring days united; a timeless one none.
    """
    days = values.get("days")
    if not days:
        return []
    how = time_of(str(values.get("kind")))
    if how == "none":
        return []
    if len(days) == 1:
        (day,) = days
        return [(day, day)]
    ordered = sorted(set(days))
    return [(ordered[0], ordered[-1])] if how == "span" else _united(ordered)


def _united(days: Iterable[str]) -> list[Spell]:
    found: list[Spell] = []
    for day in days:
        if found and day == _day_after(found[-1][1]):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


@lru_cache(4096)
def _day_after(day: str) -> str:
    found = date.fromisoformat(day)
    return (found + timedelta(days=1)).isoformat() if found < date.max else ""
