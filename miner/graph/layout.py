"""Positions of nodes, computed with a fixed seed, so that an export opens as a picture."""

from __future__ import annotations

import math

import networkx as nx

from miner.graph.measures import SEED, simple

#: Up to so many nodes all distances are fitted (clearest), up to so many forces are simulated; above, communities are
#: laid out as discs, in linear time.
FIT_LIMIT, FORCE_LIMIT = 300, 800
#: The mean room of a node, in the units of node sizes.
ROOM = 60.0
_GOLDEN = math.pi * (3 - math.sqrt(5))

Positions = dict[str, tuple[float, float]]


def place_nodes(graph: nx.MultiDiGraph) -> None:
    """Set ``x`` and ``y`` of each node: components in rows, the largest first."""
    flat = simple(graph)
    parts = sorted((sorted(part) for part in nx.connected_components(flat)), key=lambda part: (-len(part), part))
    drawn = [_part(flat.subgraph(part)) for part in parts]
    for positions, (dx, dy) in zip(drawn, _shelves([_radius(p) for p in drawn]), strict=True):
        for node, (x, y) in positions.items():
            graph.nodes[node]["x"], graph.nodes[node]["y"] = round(x + dx, 1), round(y + dy, 1)


def _part(part: nx.Graph) -> Positions:
    size = len(part)
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(part))
    ordered.add_edges_from(sorted(map(sorted, part.edges)))
    scale = ROOM / 2 * size**0.6
    if size == 1:
        return dict.fromkeys(ordered, (0.0, 0.0))
    if size > FORCE_LIMIT:
        return _discs(ordered)
    if size <= FIT_LIMIT:
        found = nx.kamada_kawai_layout(ordered, weight=None, scale=scale)
    else:
        found = nx.spring_layout(ordered, seed=SEED, iterations=60, scale=scale, k=2.2 / math.sqrt(size))
    return {node: (float(x), float(y)) for node, (x, y) in found.items()}


def _discs(part: nx.Graph) -> Positions:
    """Lay communities out as discs of sunflower seeds: linear in the number of nodes."""
    groups = sorted((sorted(g) for g in nx.community.label_propagation_communities(part)), key=lambda g: (-len(g), g))
    discs = [{node: _seed(number) for number, node in enumerate(group)} for group in groups]
    centres = _shelves([_radius(disc) for disc in discs])
    shifted = zip(discs, centres, strict=True)
    return {node: (x + dx, y + dy) for disc, (dx, dy) in shifted for node, (x, y) in disc.items()}


def _seed(number: int) -> tuple[float, float]:
    radius, angle = ROOM * math.sqrt(number), number * _GOLDEN
    return radius * math.cos(angle), radius * math.sin(angle)


def _radius(positions: Positions) -> float:
    return ROOM * 0.7 + max(math.hypot(x, y) for x, y in positions.values())


def _shelves(radii: list[float]) -> list[tuple[float, float]]:
    """Return centres of discs, given from large to small, in rows from the top, somewhat wider than high."""
    width = max([2 * radius for radius in radii[:1]] + [1.3 * math.sqrt(sum(4 * r * r for r in radii))])
    centres: list[tuple[float, float]] = []
    left, top, height = 0.0, 0.0, 0.0
    for radius in radii:
        if left and left + 2 * radius > width:
            left, top, height = 0.0, top - height, 0.0
        height = max(height, 2 * radius)
        centres.append((left + radius, top - radius))
        left += 2 * radius
    return centres
