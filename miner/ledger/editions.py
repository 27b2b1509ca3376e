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


def once(rows: Iterable[Row], events: Mapping[str, str], languages: Mapping[str, str]) -> list[Row]:
    """Return each statement of an event once, in the order of `rows`, with ``editions`` counted.

    ``indicators`` is the indicator as each edition calls it, ``language: words``.

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
        for number, row in enumerate(editions[best]):
            same = [(article, own[number]) for article, own in sorted(editions.items()) if number < len(own)]
            kept.append({**row, "editions": len(editions), "indicators": _called(same, languages)})
    return sorted(kept, key=lambda row: (row["article"], row["start"], row["end"]))


def _called(rows: Iterable[tuple[str, Row]], languages: Mapping[str, str]) -> list[str]:
    """Return what the first edition of each language calls the indicator."""
    found: dict[str, str] = {}
    for article, row in rows:
        if row["indicator"] and article in languages:
            found.setdefault(languages[article], row["indicator"])
    return [f"{language}: {words}" for language, words in sorted(found.items())]
