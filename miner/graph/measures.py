"""Measures as node attributes, and the backbone of dense projections.

networkx is the interface. Where igraph is installed (the extra ``fast``) it finds communities by Leiden, and computes
betweenness and PageRank of large graphs; else networkx does, with Louvain and sampled betweenness.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import networkx as nx

#: The diameters of the smallest and the largest node.
SMALLEST, LARGEST = 6.0, 30.0
SEED = 1
#: From so many nodes on igraph computes, and betweenness takes the shortest paths from so many nodes only.
LARGE, PIVOTS = 2000, 200


def simple(graph: nx.MultiDiGraph) -> nx.Graph:
    """Return the undirected graph without loops in which the edges of two nodes are one, their weights added.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The graph; its order of nodes is kept.
    """
    flat = nx.Graph()
    flat.add_nodes_from(graph)
    for source, target, weight in graph.edges(data="weight", default=1):
        if source != target:
            before = flat.edges[source, target]["weight"] if flat.has_edge(source, target) else 0
            flat.add_edge(source, target, weight=before + weight)
    return flat


def measure(graph: nx.MultiDiGraph) -> None:
    """Set the measures and the ``size`` of each node.

    ``degree`` counts edges, ``strength`` their weights. The others are those of the simple graph (`simple`):
    ``betweenness`` (share of shortest paths, from 0 to 1), ``pagerank`` (weighted), ``core`` (the k of the innermost
    k-core), ``community`` (Leiden or Louvain with a fixed seed, numbered from 1 by falling size; a node without edges
    has none) and ``brokerage`` (see `brokerage`).
    """
    flat = simple(graph)
    degree, strength = dict(graph.degree()), dict(graph.degree(weight="weight"))
    found: dict[str, Mapping[str, Any]] = {
        "degree": degree,
        "strength": strength,
        "betweenness": betweenness(flat),
        "pagerank": pagerank(flat),
        "core": nx.core_number(flat),
        "community": communities(flat),
        "brokerage": brokerage(flat, {node: level_of(values) for node, values in graph.nodes(data=True)}),
    }
    most = max(strength.values(), default=0) or 1
    for node, values in graph.nodes(data=True):
        values |= {name: measured.get(node) for name, measured in found.items()}
        values["size"] = round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(strength[node] / most), 1)


def communities(flat: nx.Graph) -> dict[str, int]:
    """Return the number of the community of each node that has an edge."""
    linked = flat.subgraph([node for node, degree in flat.degree() if degree])
    if not linked:
        return {}
    other = _igraph(linked)
    found = _leiden(other) if other else nx.community.louvain_communities(linked, weight="weight", seed=SEED)
    ordered = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    return {node: number for number, group in enumerate(ordered, 1) for node in group}


def betweenness(flat: nx.Graph) -> dict[str, float]:
    """Return the share of shortest paths between two other nodes that pass each node.

    From `LARGE` nodes on it is estimated from the paths that start at `PIVOTS` nodes, evenly spread over the sorted
    ids.
    """
    size = len(flat)
    if size < LARGE:
        return {node: round(value, 6) for node, value in nx.betweenness_centrality(flat).items()}
    pivots = sorted(flat)[:: max(size // PIVOTS, 1)]
    other = _igraph(flat)
    if other:
        numbers = {name: number for number, name in enumerate(other.vs["name"])}
        values = other.betweenness(directed=False, sources=[numbers[name] for name in pivots])
        scale = size / len(pivots) * 2 / ((size - 1) * (size - 2))
        return {name: round(value * scale, 9) for name, value in zip(other.vs["name"], values, strict=True)}
    subset = nx.betweenness_centrality_subset(flat, pivots, list(flat))
    scale = size / len(pivots) * 2 / ((size - 1) * (size - 2))
    return {node: round(value * scale, 9) for node, value in subset.items()}


def pagerank(flat: nx.Graph) -> dict[str, float]:
    """Return the weighted PageRank of each node, of the undirected graph."""
    other = _igraph(flat) if len(flat) >= LARGE else None
    if other:
        values = other.pagerank(weights="weight", directed=False)
        return {name: round(value, 9) for name, value in zip(other.vs["name"], values, strict=True)}
    return {node: round(value, 9) for node, value in nx.pagerank(flat, weight="weight").items()}


def _igraph(flat: nx.Graph) -> Any:
    """Return the graph for igraph, or None where igraph is not installed."""
    try:
        import igraph
    except ImportError:
        return None
    names = sorted(flat)
    numbers = {name: number for number, name in enumerate(names)}
    rows = sorted((*sorted((numbers[a], numbers[b])), weight) for a, b, weight in flat.edges(data="weight", default=1))
    other = igraph.Graph(n=len(names), edges=[row[:2] for row in rows], vertex_attrs={"name": names})
    other.es["weight"] = [row[2] for row in rows]
    return other


def _leiden(other: Any) -> list[list[str]]:
    import igraph

    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 - communities are no secret
    try:
        found = other.community_leiden(objective_function="modularity", weights="weight", n_iterations=10)
    finally:
        igraph.set_random_number_generator(random)
    return [[other.vs[number]["name"] for number in group] for group in found]


def level_of(values: Mapping[str, Any]) -> str | None:
    """Return the level of a node: its own where it has one, provincial for a province, else None."""
    level = values.get("level")
    if level and level != "any":
        return str(level)
    return "provincial" if values.get("kind") == "place" else None


def brokerage(flat: nx.Graph, levels: Mapping[str, str | None]) -> dict[str, int]:
    """Count the pairs of neighbours of different levels, not linked to one another, that each node joins.

    Parameters
    ----------
    flat : networkx.Graph
        A simple graph.
    levels : mapping of str to str or None
        The level of each node (central, provincial, …); nodes without one can join others but are no end of a pair.
    """
    near: dict[str, Counter[str]] = defaultdict(Counter)
    for node in flat:
        near[node].update(level for other in flat[node] if (level := levels.get(other)))
    found = {node: (sum(c.values()) ** 2 - sum(n * n for n in c.values())) // 2 for node, c in near.items()}
    for a, b in flat.edges:
        if levels.get(a) and levels.get(b) and levels[a] != levels[b]:
            for node in flat[a].keys() & flat[b].keys():
                found[node] -= 1
    return found


def backbone(graph: nx.MultiDiGraph, alpha: float = 0.05) -> nx.MultiDiGraph:
    """Return the graph with the edges that the disparity filter keeps (Serrano, Boguñá and Vespignani, 2009).

    An edge stays if its weight is larger than chance would share out at one of its ends, at the level `alpha`; an end
    with a single edge tells nothing. Nodes that lose all edges are left out. Each edge gets its ``significance``.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A projection, such as officials by shared events; edges count in both directions.
    alpha : float
        From 0 to 1; the smaller, the fewer edges stay.
    """
    degree, strength = dict(graph.degree()), dict(graph.degree(weight="weight"))
    kept = graph.__class__()
    kept.graph |= graph.graph
    for source, target, key, values in graph.edges(keys=True, data=True):
        chances = [
            (1 - values["weight"] / strength[end]) ** (degree[end] - 1) if degree[end] > 1 else 1.0
            for end in (source, target)
        ]
        if min(chances) < alpha or degree[source] == degree[target] == 1:
            kept.add_edge(source, target, key=key, **values, significance=round(min(chances), 9))
    ordered = graph.__class__()
    ordered.graph |= graph.graph
    ordered.add_nodes_from((node, values) for node, values in graph.nodes(data=True) if node in kept)
    ordered.add_edges_from((s, t, key, kept.edges[s, t, key]) for s, t, key in sorted(kept.edges(keys=True)))
    return ordered
