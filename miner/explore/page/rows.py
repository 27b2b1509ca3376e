"""Targets with their results, and directives over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from miner.explore.page.proofs import Proofs

#: So many rows of each table are on the page; the page says how many there are.
MOST_ROWS = 3000
#: So many mentions of a directive are linked.
MOST_PROOFS = 12
_FIELDS = ("place", "indicator", "unit", "measure", "target", "comparator", "deadline", "result", "result_date")


def describe_targets(ledger: pd.DataFrame, proofs: Proofs) -> dict[str, Any]:
    """Return ``total`` and ``rows`` of the ledger, those with a result first."""
    aims = ledger[ledger["target"].notna()]
    both = aims["result"].notna()
    ordered = pd.concat([aims[both], aims[~both]])
    return {"total": len(ordered), "rows": [_target(row, proofs) for row in records(ordered.head(MOST_ROWS))]}


def _target(row: Mapping[str, Any], proofs: Proofs) -> dict[str, Any]:
    spans = [proofs.span(row["article"], row["start"], row["end"])]
    if row["result_article"] is not None and row["result_start"] is not None:
        spans.append(proofs.span(row["result_article"], row["result_start"], row["result_end"]))
    plain = {name: row[name] for name in (*_FIELDS, "reached", "warning") if row[name] is not None}
    names = dict(name.split(": ", 1) for name in row["indicators"] or ())
    return plain | ({"names": names} if names else {}) | {"proofs": list(dict.fromkeys(spans))}


def describe_directives(
    directives: pd.DataFrame, ids: Mapping[tuple[str, str, str], str], events: Mapping[str, str], proofs: Proofs
) -> dict[str, Any]:
    """Return ``total`` and ``rows`` of the linked directives, the most cited first: when issued, where cited.

    ``count`` is the number of independent articles: the editions of one event, by `events`, count once.
    """
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in records(directives):
        found[ids.get(("directive", row["article"], row["id"]), row["id"])].append(row)
    counts = {node: len({events.get(row["article"], row["article"]) for row in group}) for node, group in found.items()}
    ranked = sorted(found, key=lambda node: (-counts[node], -len(found[node]), node))
    rows = [_directive(node, found[node], proofs) | {"count": counts[node]} for node in ranked[:MOST_ROWS]]
    return {"total": len(ranked), "rows": rows}


def _directive(node: str, group: list[Mapping[str, Any]], proofs: Proofs) -> dict[str, Any]:
    described = {
        "node": node,
        "label": group[0]["id"],
        "type": group[0]["type"],
        **{key: min((row[key] for row in group if row[key]), default="") for key in ("issued", "title", "place")},
        "articles": sorted({proofs.article(row["article"]) for row in group}),
        "proofs": [proofs.span(row["article"], row["start"], row["end"]) for row in group[:MOST_PROOFS]],
    }
    return {key: value for key, value in described.items() if value}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame with None for what is missing."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]
