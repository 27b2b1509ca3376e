"""Positions of nodes, computed with a fixed seed, so that an export opens as a picture."""

from __future__ import annotations

import math

import networkx as nx

from miner.graph.measures import SEED, simple

#: Above this number of nodes a force layout takes too long; communities are then laid out as discs.
FORCE_LIMIT = 2000
#: The mean room of a node, in the units of node sizes.
ROOM = 60.0
_GOLDEN = math.pi * (3 - math.sqrt(5))

Positions = dict[str, tuple[float, float]]


def place_nodes(graph: nx.MultiDiGraph) -> None:
    """Set ``x`` and ``y`` of each node: components beside one another, the largest in the middle."""
    flat = simple(graph)
    parts = sorted((sorted(part) for part in nx.connected_components(flat)), key=lambda part: (-len(part), part))
    drawn = [_part(flat.subgraph(part)) for part in parts]
    for positions, (dx, dy) in zip(drawn, _centres([_radius(p) for p in drawn]), strict=True):
        for node, (x, y) in positions.items():
            graph.nodes[node]["x"], graph.nodes[node]["y"] = round(x + dx, 1), round(y + dy, 1)


def _part(part: nx.Graph) -> Positions:
    size = len(part)
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(part))
    ordered.add_edges_from(sorted(map(sorted, part.edges)))
    scale = ROOM * math.sqrt(size)
    if size == 1:
        return dict.fromkeys(ordered, (0.0, 0.0))
    if size > FORCE_LIMIT:
        return _discs(ordered)
    found = nx.spring_layout(ordered, seed=SEED, iterations=200, scale=scale, k=2.2 / math.sqrt(size))
    return {node: (float(x), float(y)) for node, (x, y) in found.items()}


def _discs(part: nx.Graph) -> Positions:
    """Lay communities out as discs of sunflower seeds: linear in the number of nodes."""
    groups = sorted((sorted(g) for g in nx.community.label_propagation_communities(part)), key=lambda g: (-len(g), g))
    discs = [{node: _seed(number) for number, node in enumerate(group)} for group in groups]
    centres = _centres([_radius(disc) for disc in discs])
    shifted = zip(discs, centres, strict=True)
    return {node: (x + dx, y + dy) for disc, (dx, dy) in shifted for node, (x, y) in disc.items()}


def _seed(number: int) -> tuple[float, float]:
    radius, angle = ROOM * math.sqrt(number), number * _GOLDEN
    return radius * math.cos(angle), radius * math.sin(angle)


def _radius(positions: Positions) -> float:
    return ROOM + max(math.hypot(x, y) for x, y in positions.values())


def _centres(radii: list[float]) -> list[tuple[float, float]]:
    """Return centres of discs, given from large to small: the first in the middle, the others in rings around it."""
    centres: list[tuple[float, float]] = [(0.0, 0.0)] if radii else []
    inner = radii[0] if radii else 0.0
    start = 1
    while start < len(radii):
        ring = inner + radii[start]
        room = int(math.pi * ring / radii[start]) or 1
        count = min(room, len(radii) - start)
        centres += [(ring * math.cos(a), ring * math.sin(a)) for a in (2 * math.pi * i / count for i in range(count))]
        inner, start = ring + radii[start], start + count
    return centres
