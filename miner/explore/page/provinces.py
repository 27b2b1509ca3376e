"""Maps of the provinces as grids of tiles, before and after the mergers of July 2025, with what is known of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd

from miner.explore.page.rows import records
from miner.lexicon import provinces, read_table
from miner.text import fold

#: From this day on the provinces of the second map are valid.
MERGED_ON = "2025-07-01"
#: An indicator of the press is offered where so many provinces report a value, and so many indicators at most.
FEWEST_PLACES, MOST_INDICATORS = 3, 40
_COUNTED = {"official": "officials", "directive": "directives", "event": "events", "body": "bodies"}

Values = dict[str, dict[str, float]]


def describe_maps(graph: Any, ledger: pd.DataFrame, figures: pd.DataFrame) -> dict[str, Any]:
    """Return ``tiles`` of the two maps (name, row, column, node) and ``values`` (map → indicator → name → number).

    Counts are unions: what belongs to several old provinces of a new one counts once. On the first map a province that
    lasts counts what was told until June 2025. Values of the press are the
    latest result of a province within the time of the map; ``units`` has their units.
    """
    tiles = read_table("page/tiles.csv", ("map", "name", "row", "column"))
    nodes = {fold(values["label"]): node for node, values in graph.nodes(data=True) if values["kind"] == "place"}
    values: dict[str, Values] = {"before": {}, "after": {}}
    drawn = {side: {tile["name"] for tile in tiles if tile["map"] == side} for side in values}
    for side, names in drawn.items():
        values[side] = _counts(graph, side, names, drawn["after"]) | _targets(ledger, side, names)
    reported, units = _reported(figures)
    for side in values:
        values[side] |= reported[side]
    described = [
        {"map": t["map"], "name": t["name"], "row": int(t["row"]), "column": int(t["column"])}
        | ({"node": nodes[fold(t["name"])]} if fold(t["name"]) in nodes else {})
        for t in tiles
    ]
    return {"tiles": described, "values": values, "units": units}


def _successors() -> dict[str, str]:
    """Return the province of the second map for each province that was merged or renamed."""
    return {fold(u.name): u.merged_into.split(" (")[0] for u in provinces() if u.merged_into and u.valid_to < MERGED_ON}


def _on_map(name: str, side: str, names: set[str]) -> str | None:
    if side == "after":
        name = _successors().get(fold(name), name)
    return name if name in names else None


def _counts(graph: Any, side: str, names: set[str], lasting: set[str]) -> Values:
    """Return how many nodes of each kind, and how many events, touch each province.

    Before the mergers a province that lasts counts only what was told of it then: later on it may be another land.
    """
    near: dict[tuple[str, str], set[str]] = defaultdict(set)
    labels = {n: _on_map(v["label"], side, names) for n, v in graph.nodes(data=True) if v["kind"] == "place"}
    where: dict[str, set[str]] = defaultdict(set)

    def counts(values: Any, name: str) -> bool:
        return side == "after" or name not in lasting or (values["first_seen"] or "") < MERGED_ON

    for source, target, kind, values in graph.edges(keys=True, data=True):
        name = labels.get(target)
        if kind == "located_in" and name and graph.nodes[source]["kind"] in ("body", "event") and counts(values, name):
            where[source].add(name)
            near[_COUNTED[graph.nodes[source]["kind"]], name].add(source)
    for source, target, values in graph.edges(data=True):
        for one, other in ((source, target), (target, source)):
            if graph.nodes[one]["kind"] in ("official", "directive"):
                for name in where.get(other, ()):
                    near[_COUNTED[graph.nodes[one]["kind"]], name] |= {one} if counts(values, name) else set()
    found: Values = {name: {} for name in _COUNTED.values()}
    for (indicator, name), members in sorted(near.items()):
        if members:
            found[indicator][name] = len(members)
    return found


def _targets(ledger: pd.DataFrame, side: str, names: set[str]) -> Values:
    """Return the number of targets and the share reached of those with a verdict, in per cent, of each province."""
    targets: Counter[str] = Counter()
    verdicts: dict[str, list[bool]] = defaultdict(list)
    for row in records(ledger[ledger["target"].notna() & ledger["place"].notna()]):
        name = _on_map(row["place"], side, names)
        if name:
            targets[name] += 1
            verdicts[name] += [row["reached"] == "yes"] if row["reached"] != "unknown" else []
    shares = {name: round(100 * sum(v) / len(v), 1) for name, v in verdicts.items() if v}
    return {"targets": dict(sorted(targets.items())), "reached": dict(sorted(shares.items()))}


def _reported(figures: pd.DataFrame) -> tuple[dict[str, Values], dict[str, str]]:
    """Return the latest dated result of each province for indicators that enough provinces report, with units."""
    rows = records(figures[(figures["kind"] == "result") & figures["indicator"].notna() & figures["place"].notna()])
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        unit = row["measure"] or row["unit"]
        if row["date"]:
            groups[f"{row['indicator'].strip().lower()} · {unit}"].append(row | {"shown": unit})
    ranked = sorted(groups.items(), key=lambda item: (-_spread(item[1]), item[0]))
    kept = [(name, group) for name, group in ranked if _spread(group) >= FEWEST_PLACES][:MOST_INDICATORS]
    sides = {"before": {n: _latest(g, False) for n, g in kept}, "after": {n: _latest(g, True) for n, g in kept}}
    return sides, {name: group[0]["shown"] for name, group in kept}


def _spread(group: Iterable[dict[str, Any]]) -> int:
    return len({row["place"] for row in group})


def _latest(group: list[dict[str, Any]], after: bool) -> dict[str, float]:
    ordered = sorted(group, key=lambda row: (row["date"], row["article"], row["start"]))
    return {row["place"]: float(row["value"]) for row in ordered if (row["date"] >= MERGED_ON) is after}
