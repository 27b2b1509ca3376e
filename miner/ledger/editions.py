"""Rows that editions of one article repeat: kept once, with the number of articles that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

Row = dict[str, Any]
#: What two editions must agree on to say the same; the words of the indicator differ by language.
_SAME = ("place", "unit", "target", "comparator", "deadline", "result", "result_date", "reached")


def events_of(entities: pd.DataFrame | None) -> Mapping[str, str]:
    """Return the event of each article, from the entities that `miner.link.link` found."""
    if entities is None:
        return {}
    events = entities[entities["kind"] == "event"]
    pairs = zip(events["id"], events["members"], strict=True)
    return {str(member[0]): str(event) for event, members in pairs for member in members}


def once(rows: Iterable[Row], events: Mapping[str, str]) -> list[Row]:
    """Return each statement of an event once, in the order of `rows`, with ``editions`` counted.

    The edition that makes a statement most often (two targets of 100 % in one article are two) stands for all; the
    first in order where several do.
    """
    groups: dict[tuple[Any, ...], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        event = events.get(row["article"], row["article"])
        groups[event, *(row.get(name) for name in _SAME)][row["article"]].append(row)
    kept = []
    for editions in groups.values():
        best = min(editions, key=lambda article: (-len(editions[article]), article))
        kept += [{**row, "editions": len(editions)} for row in editions[best]]
    return sorted(kept, key=lambda row: (row["article"], row["start"], row["end"]))
