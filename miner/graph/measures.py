"""Measures as node attributes: degree, strength, community and the size they are drawn in."""

from __future__ import annotations

import math

import networkx as nx

#: The diameters of the smallest and the largest node.
SMALLEST, LARGEST = 6.0, 30.0
SEED = 1


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
    """Set ``degree`` (edges), ``strength`` (their weights), ``community`` and ``size`` of each node.

    Communities are those of Louvain with a fixed seed on the simple graph, numbered from 1 by falling size; a node
    without edges has none.
    """
    degree, strength = dict(graph.degree()), dict(graph.degree(weight="weight"))
    community = communities(graph)
    most = max(strength.values(), default=0) or 1
    for node, values in graph.nodes(data=True):
        values["degree"], values["strength"] = degree[node], strength[node]
        values["community"] = community.get(node)
        values["size"] = round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(strength[node] / most), 1)


def communities(graph: nx.MultiDiGraph) -> dict[str, int]:
    """Return the number of the Louvain community of each node that has an edge."""
    flat = simple(graph)
    flat.remove_nodes_from([node for node, degree in graph.degree() if not degree])
    if not flat:
        return {}
    found = nx.community.louvain_communities(flat, weight="weight", seed=SEED)
    ordered = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    return {node: number for number, group in enumerate(ordered, 1) for node in group}
