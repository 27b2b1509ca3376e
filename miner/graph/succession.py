"""Provinces that were merged or renamed: who succeeded whom, and the graph as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import networkx as nx

from miner.graph.schema import Schema
from miner.lexicon import Province, provinces
from miner.text import fold

#: What describes a province and not its successor.
_OF_UNIT = frozenset({"valid_from", "valid_to", "merged_into", "explanation"})


def merged_into(unit: Province) -> str:
    """Return the name of the unit's successor, without what the table says about it."""
    return unit.merged_into.partition(" (")[0]


@cache
def _successions() -> dict[str, Province]:
    """Return by folded name the units that live on under another name."""
    return {fold(u.name): u for u in provinces() if u.merged_into and merged_into(u) != u.name}


def add_successions(graph: nx.MultiDiGraph, schema: Schema) -> None:
    """Join each merged province to its successor, where both are in the graph."""
    places = {fold(v["label"]): node for node, v in graph.nodes(data=True) if v["kind"] == "place"}
    edge = schema.edges["succeeded_by"]
    for name, unit in sorted(_successions().items()):
        source, target = places.get(name), places.get(fold(merged_into(unit)))
        if source and target:
            shown = {"kind": edge.name, "label": edge.label["en"], "color": edge.color}
            proof = {"weight": 1, "roles": [], "evidence": [f"provinces.csv:{unit.id}"], "languages": [], "days": []}
            graph.add_edge(source, target, key=edge.name, **shown, **proof, first_seen=None, last_seen=None)


def as_of(graph: nx.MultiDiGraph, day: str) -> nx.MultiDiGraph:
    """Return the graph in which a province that was gone on `day` is its successor.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A graph as `build_graph` makes it.
    day : str
        An ISO date: as of 2025-07-01 an edge to Bắc Kạn is one to Thái Nguyên.

    Returns
    -------
    networkx.MultiDiGraph
        Edges that fall together are united: evidence, languages, roles and days are joined, independent articles
        counted again. Bodies stay what they were.
    """
    moved = _moved(graph, day)
    found = nx.MultiDiGraph()
    found.graph |= graph.graph
    for node, values in graph.nodes(data=True):
        if node not in moved:
            found.add_node(node, **values)
    for node, (target, unit) in moved.items():
        if target not in found:
            kept = {key: value for key, value in graph.nodes[node].items() if key not in _OF_UNIT}
            found.add_node(target, **kept | {"label": merged_into(unit), "names": [f"vi: {merged_into(unit)}"]})
    for source, target, kind, values in graph.edges(keys=True, data=True):
        ends = [moved[end][0] if end in moved else end for end in (source, target)]
        if ends[0] != ends[1]:
            _unite(found, ends[0], ends[1], kind, values)
    return in_order(found)


def _moved(graph: nx.MultiDiGraph, day: str) -> dict[str, tuple[str, Province]]:
    """Return by node the id of its last successor before `day` and the unit that was merged into it."""
    ids = {fold(values["label"]): node for node, values in graph.nodes(data=True) if values["kind"] == "place"}
    found: dict[str, tuple[str, Province]] = {}
    for name, node in sorted(ids.items()):
        gone = name
        while (unit := _successions().get(gone)) and unit.valid_to < day:
            gone = fold(merged_into(unit))
            found[node] = (ids.get(gone, f"place:{gone.replace(' ', '-')}"), unit)
    return found


def _unite(graph: nx.MultiDiGraph, source: str, target: str, kind: str, values: Mapping[str, Any]) -> None:
    if not graph.has_edge(source, target, kind):
        graph.add_edge(source, target, key=kind, **values)
        return
    edge = graph.edges[source, target, kind]
    for name in ("evidence", "languages", "roles", "days"):
        edge[name] = sorted({*edge.get(name, ()), *values.get(name, ())})
    edge["weight"] = len(independent_of(graph, edge["evidence"]))
    edge |= seen(edge["days"])


def independent_of(graph: nx.MultiDiGraph, evidence: Iterable[str]) -> list[str]:
    """Return the events of the articles that evidence names: editions of one event count once."""
    events = graph.graph.get("event_of", {})
    articles = {proof.rsplit(":", 2)[0] for proof in evidence}
    return sorted({events.get(article, article) for article in articles})


def seen(days: Iterable[str]) -> dict[str, str | None]:
    """Return the first and the last of some days, under the names that nodes and edges carry."""
    known = [day for day in days if day]
    return {"first_seen": min(known, default=None), "last_seen": max(known, default=None)}


def in_order(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return the graph with nodes and edges sorted, so that what is computed from it does not hang on their order."""
    ordered = nx.MultiDiGraph()
    ordered.graph |= graph.graph
    ordered.add_nodes_from((node, dict(graph.nodes[node])) for node in sorted(graph))
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    ordered.add_edges_from((source, target, kind, dict(values)) for source, target, kind, values in edges)
    return ordered
