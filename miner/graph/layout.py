"""Positions of nodes, computed with a fixed seed, so that an export opens as a picture in which names can be read."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx
import numpy as np
from threadpoolctl import threadpool_limits

from miner.graph.measures import SEED, simple

#: Up to so many nodes all distances are fitted; above, communities are laid out on their own and then as nodes.
FIT_LIMIT = 100
#: The mean room of a node, in the units of node sizes.
ROOM = 60.0
#: A name as Gephi's Preview writes it at font size 6, proportional and shortened to so many letters: its height as a
#: share of the node's diameter, and the width of a letter as a share of the height.
LETTERS, HEIGHT, WIDTH = 22, 0.66, 0.6
#: The room between two names.
GAP = 4.0
#: Nodes are pushed apart in so many rounds at most; every tenth makes the whole picture wider by so much.
_ROUNDS, _WIDER = 300, 1.05
_GOLDEN = math.pi * (3 - math.sqrt(5))

Positions = dict[str, tuple[float, float]]
Boxes = Mapping[str, tuple[float, float]]


def place_nodes(graph: nx.MultiDiGraph) -> None:
    """Set ``x`` and ``y`` of each node: components in rows, the largest first, so that no name covers another."""
    flat = simple(graph)
    boxes = {node: _box(values) for node, values in graph.nodes(data=True)}
    groups = {node: group for node, group in graph.nodes(data="community") if group is not None}
    parts = sorted((sorted(part) for part in nx.connected_components(flat)), key=lambda part: (-len(part), part))
    # On a busy machine the threads of linear algebra wait for one another for longer than they compute; only the
    # libraries that are loaded can be told.
    import scipy.optimize  # noqa: F401

    with threadpool_limits(1):
        drawn = [_part(_ordered(flat, part), boxes, groups) for part in parts]
    for positions, (dx, dy) in zip(drawn, _shelves([_extent(p, boxes) for p in drawn]), strict=True):
        for node, (x, y) in positions.items():
            graph.nodes[node]["x"], graph.nodes[node]["y"] = round(x + dx, 1), round(y + dy, 1)


def _box(values: Mapping[str, Any]) -> tuple[float, float]:
    """Return the width and height that a node takes with its name."""
    size = float(values.get("size", 10.0))
    name = HEIGHT * WIDTH * size * min(len(str(values.get("label", ""))), LETTERS)
    return max(size, name) + GAP, size + GAP


def _ordered(flat: nx.Graph, nodes: list[str]) -> nx.Graph:
    """Return a part of a graph in an order that does not depend on the input's."""
    part = nx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from(sorted(tuple(sorted(edge)) for edge in flat.subgraph(nodes).edges))
    return part


def _part(part: nx.Graph, boxes: Boxes, groups: Mapping[str, Any] | None = None) -> Positions:
    if len(part) > FIT_LIMIT:
        return _communities(part, boxes, groups or _groups(part))
    if len(part) == 1:
        return dict.fromkeys(part, (0.0, 0.0))
    scale = 0.5 * math.sqrt(sum(max(ROOM**2, 2 * width * height) for width, height in (boxes[node] for node in part)))
    found = nx.kamada_kawai_layout(part, weight=None, scale=scale)
    return _spread({node: (float(x), float(y)) for node, (x, y) in found.items()}, boxes)


def _communities(part: nx.Graph, boxes: Boxes, groups: Mapping[str, Any]) -> Positions:
    """Lay each community out on its own, then the communities as nodes that are as large as what they hold."""
    members: dict[str, list[str]] = defaultdict(list)
    for node in part:
        members[str(groups[node])].append(node)
    if len(members) in (1, len(part)):
        return _seeds(part, boxes)
    inside = {group: _centred(_part(_ordered(part, nodes), boxes), boxes) for group, nodes in members.items()}
    above = nx.Graph()
    above.add_nodes_from(sorted(members))
    above.add_edges_from(sorted({tuple(sorted((str(groups[a]), str(groups[b])))) for a, b in part.edges}))
    above.remove_edges_from(list(nx.selfloop_edges(above)))
    centres = _part(above, {group: size for group, (_, size) in inside.items()})
    return {
        node: (x + centres[group][0], y + centres[group][1])
        for group, (positions, _) in inside.items()
        for node, (x, y) in positions.items()
    }


def _groups(part: nx.Graph) -> dict[str, int]:
    found = nx.community.louvain_communities(part, weight=None, seed=SEED)
    ordered = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    return {node: number for number, group in enumerate(ordered) for node in group}


def _seeds(nodes: Iterable[str], boxes: Boxes) -> Positions:
    """Lay nodes out like the seeds of a sunflower, the largest in the middle: linear in their number."""
    ranked = sorted(nodes, key=lambda node: (-boxes[node][1], node))
    found, area = {}, 0.0
    for number, node in enumerate(ranked):
        radius, angle = math.sqrt(area / math.pi), number * _GOLDEN
        found[node] = (radius * math.cos(angle), radius * math.sin(angle))
        area += max(boxes[node]) ** 2
    return found


def _centred(positions: Positions, boxes: Boxes) -> tuple[Positions, tuple[float, float]]:
    """Return positions around the middle of what they take, and its width and height."""
    (left, right), (low, high) = _extent(positions, boxes)
    middle = (left + right) / 2, (low + high) / 2
    moved = {node: (x - middle[0], y - middle[1]) for node, (x, y) in positions.items()}
    return moved, (right - left + ROOM / 2, high - low + ROOM / 2)


def _extent(positions: Positions, boxes: Boxes) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return from where to where nodes with their names reach, to the right and upwards."""
    at, size = np.array(list(positions.values())), np.array([boxes[node] for node in positions])
    low, high = (at - size / 2).min(axis=0), (at + size / 2).max(axis=0)
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


def _spread(positions: Positions, boxes: Boxes) -> Positions:
    """Push nodes apart until no two boxes overlap, each pair along the axis on which it overlaps less."""
    at, size = np.array(list(positions.values())), np.array([boxes[node] for node in positions])
    needed = (size[:, None] + size[None]) / 2
    before = np.tril(np.ones(needed.shape[:2]), -1) - np.triu(np.ones(needed.shape[:2]), 1)
    for number in range(_ROUNDS):
        apart = at[:, None] - at[None]
        over = needed - np.abs(apart)
        hit = (over > 1e-6).all(axis=2)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        upwards = hit & (over[..., 1] <= over[..., 0])
        for axis, moved in ((0, hit & ~upwards), (1, upwards)):
            way = np.where(apart[..., axis] == 0, before, np.sign(apart[..., axis]))
            push = np.where(moved, way * over[..., axis], 0).sum(axis=1)
            at[:, axis] += 0.55 * push / np.maximum(moved.sum(axis=1), 1)
        if number % 10 == 9:
            at *= _WIDER
    return {node: (float(x), float(y)) for node, (x, y) in zip(positions, at, strict=True)}


def _shelves(extents: list[tuple[tuple[float, float], tuple[float, float]]]) -> list[tuple[float, float]]:
    """Return how far to move parts, given from large to small, so that they stand in rows from the top."""
    sizes = [(right - left + ROOM, high - low + ROOM) for (left, right), (low, high) in extents]
    areas = [width * height for width, height in sizes]
    widest = max((width for width, _ in sizes), default=0.0)
    # One part that is most of the picture has its row for itself, or the small ones would make it wide for nothing.
    width = widest if areas and max(areas) > sum(areas) / 2 else max(widest, 1.3 * math.sqrt(sum(areas)))
    moves: list[tuple[float, float]] = []
    left, top, height = 0.0, 0.0, 0.0
    for (wide, high), ((x, _), (_, y)) in zip(sizes, extents, strict=True):
        if left and left + wide > width:
            left, top, height = 0.0, top - height, 0.0
        height = max(height, high)
        moves.append((left - x, top - y))
        left += wide
    return moves
