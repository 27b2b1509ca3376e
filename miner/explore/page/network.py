"""The network of the page: its nodes and edges, or the backbone of a network that is too large to be read."""

from __future__ import annotations

import re
from typing import Any

from miner.explore.page.proofs import Proofs, is_span

#: What the page shows at most; of a larger graph, the backbone.
MOST_NODES, MOST_EDGES = 2000, 10_000
#: So many pieces of evidence of an edge are shown; the rest is counted.
MOST_PROOFS = 12
_SPOKEN = re.compile(r"([a-z]{2,3}): (.*)", re.DOTALL)
#: Kinds whose name depends on the language; people, places and documents are called the same in all.
_TRANSLATED = {"body", "event", "target"}
#: What lies in a place, and what takes its places from it.
_PLACED, _PLACING = {"body", "event", "target"}, {"official", "directive"}

Key = tuple[str, str, str]


def backbone(graph: Any) -> tuple[list[str], list[Key]]:
    """Return the nodes and edges that are shown: all, or those that stand out for one of their ends.

    Edges are ranked by the disparity filter (how unlikely their share of an end's strength is by chance, Serrano
    et al. 2009), then by weight, and taken until `MOST_NODES` or `MOST_EDGES` is reached.
    """
    keys = sorted(graph.edges(keys=True))
    if len(graph) <= MOST_NODES and len(keys) <= MOST_EDGES:
        return sorted(graph), keys
    nodes: set[str] = set()
    taken: list[Key] = []
    for key in sorted(keys, key=lambda key: _rank(graph, key)):
        new = {key[0], key[1]} - nodes
        if len(taken) < MOST_EDGES and len(nodes) + len(new) <= MOST_NODES:
            nodes |= new
            taken.append(key)
    return sorted(nodes), sorted(taken)


def _rank(graph: Any, key: Key) -> tuple[float, int, Key]:
    weight = graph.edges[key]["weight"]
    return min(_chance(graph.nodes[end], weight) for end in key[:2]), -weight, key


def _chance(node: dict[str, Any], weight: int) -> float:
    """Return the probability that one of a node's edges has at least this share of its strength by chance."""
    share = weight / max(node["strength"], weight)
    return float((1 - share) ** (node["degree"] - 1)) if node["degree"] > 1 else 1.0


def describe_network(graph: Any, nodes: list[str], edges: list[Key], proofs: Proofs) -> dict[str, Any]:
    """Return the network as the page's script reads it: ``about``, ``kinds``, ``places``, ``nodes``, ``edges``."""
    number = {node: i for i, node in enumerate(nodes)}
    places = _places(graph)
    names = sorted({place for node in nodes for place in places.get(node, ())}, key=lambda p: graph.nodes[p]["label"])
    about = graph.graph
    return {
        "about": {
            "articles": about.get("articles", 0),
            "first": about.get("first_seen") or "",
            "last": about.get("last_seen") or "",
            "nodes": len(graph),
            "edges": graph.number_of_edges(),
        },
        "kinds": {"node": about.get("node_kinds", {}), "edge": about.get("edge_kinds", {})},
        "places": [{"id": place, "label": graph.nodes[place]["label"]} for place in names],
        "nodes": [
            _node(node, graph.nodes[node], [names.index(p) for p in sorted(places.get(node, ()))]) for node in nodes
        ],
        "edges": [_edge(key, graph.edges[key], number, proofs) for key in edges],
    }


def _places(graph: Any) -> dict[str, set[str]]:
    """Return the places of each node: where a body or event is, and where what an official or directive touches is."""
    found: dict[str, set[str]] = {n: {n} for n, values in graph.nodes(data=True) if values["kind"] == "place"}
    for source, target, kind in graph.edges(keys=True):
        if kind == "located_in":
            found.setdefault(source, set()).add(target)
    near = {node: set(places) for node, places in found.items()}
    for ends in graph.edges():
        for one, other in (ends, ends[::-1]):
            if graph.nodes[one]["kind"] in _PLACING and graph.nodes[other]["kind"] in _PLACED | {"place"}:
                near.setdefault(one, set()).update(found.get(other, ()))
    return near


def _node(node: str, values: dict[str, Any], places: list[int]) -> dict[str, Any]:
    spoken, others = _names(values)
    described = {
        "id": node,
        "kind": values["kind"],
        "label": values["label"],
        "spoken": spoken if values["kind"] in _TRANSLATED else {},
        "names": others,
        "x": values["x"],
        "y": values["y"],
        "size": values["size"],
        "articles": values.get("n_articles", 0),
        "first": values.get("first_seen") or "",
        "last": values.get("last_seen") or "",
        "places": places,
        "facts": {k: str(values[k]) for k in ("document_type", "issued", "level", "merged_into") if values.get(k)},
    }
    return {key: value for key, value in described.items() if value not in ("", [], {})}


def _names(values: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Return the first name in each language, and all names besides the label."""
    spoken: dict[str, str] = {}
    others: dict[str, None] = {}
    for name in values.get("names", ()):
        match = _SPOKEN.fullmatch(name)
        if match:
            spoken.setdefault(*match.groups())
        others[match[2] if match else name] = None
    others.pop(values["label"], None)
    return spoken, list(others)


def _edge(key: Key, values: dict[str, Any], number: dict[str, int], proofs: Proofs) -> dict[str, Any]:
    evidence = [one for one in values["evidence"] if is_span(one)]
    described = {
        "source": number[key[0]],
        "target": number[key[1]],
        "kind": key[2],
        "weight": values["weight"],
        "roles": values["roles"],
        "months": sorted({day[:7] for day in values["days"]}),
        "proofs": [proofs.evidence(one) for one in evidence[:MOST_PROOFS]],
        "tables": [one for one in values["evidence"] if not is_span(one)],
        "more": max(0, len(evidence) - MOST_PROOFS),
    }
    return {name: value for name, value in described.items() if value not in ([], 0) or name in ("source", "target")}
