"""The graph as a picture: kinds by colour, the largest nodes named, the rest of it to be explored in Gephi."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from miner.explore.figure import FAINT, INK, canvas, check_picture, heading, save, shorten
from miner.explore.plots.source import source_line
from miner.explore.words import Words

#: More nodes than these are not drawn, and no more names than these are written.
MOST_NODES, MOST_NAMES = 1500, 48
#: The largest nodes get their name even where it covers other nodes.
ALWAYS_NAMED = 20
WIDTH, HEIGHT = 13.0, 9.5

#: How much of a node's size is drawn, in points.
_SHOWN = 0.7
#: Where a name may stand beside its node: direction and alignment, the best first.
_SIDES = (
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
)

Point = tuple[float, float]


def draw_graph(graph: Any, path: str | Path, title: str = "Who does what, where") -> Path:
    """Draw a graph as PNG, SVG or PDF.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A graph as `miner.graph.build_graph` makes it, with positions, sizes and colours.
    path : str or Path
        The picture; its ending, ``.png``, ``.svg`` or ``.pdf``, tells the form.
    title : str, optional
        The line above the picture.

    Returns
    -------
    Path
        The picture. The same graph gives the same bytes. Nodes without edges are left out; of a large graph the
        strongest nodes are drawn: the subtitle says how many of how many.

    Raises
    ------
    InputError
        The ending is none of these.
    """
    path = check_picture(path)
    nodes = _strongest(graph)
    edges = [(s, t, v) for s, t, v in graph.edges(data=True) if s in nodes and t in nodes]
    with canvas(WIDTH, HEIGHT) as (figure, axes):
        figure.subplots_adjust(left=0.02, right=0.98, top=1 - 0.85 / HEIGHT, bottom=0.85 / HEIGHT)
        axes.set_axis_off()
        spots = {node: (values["x"], values["y"]) for node, values in nodes.items()}
        _frame(axes, list(spots.values()))
        _draw_edges(axes, edges, spots)
        _draw_nodes(axes, nodes)
        _write_names(figure, axes, nodes)
        _legend(figure, graph, nodes, edges)
        heading(figure, title, _subtitle(graph, nodes, edges), _source(graph))
        return save(figure, path)


def _strongest(graph: Any) -> dict[str, dict[str, Any]]:
    linked = [(node, values) for node, values in graph.nodes(data=True) if values["degree"]]
    ranked = sorted(linked, key=lambda item: (-item[1]["strength"], item[0]))[:MOST_NODES]
    return dict(ranked)


def _frame(axes: Any, spots: list[Point]) -> None:
    """Fit the axes to the points, with a margin for names."""
    if not spots:
        return
    xs, ys = zip(*spots, strict=True)
    axes.set_xlim(min(xs) - 0.07 * _extent(xs), max(xs) + 0.07 * _extent(xs))
    axes.set_ylim(min(ys) - 0.06 * _extent(ys), max(ys) + 0.06 * _extent(ys))


def _extent(values: tuple[float, ...]) -> float:
    return max(max(values) - min(values), 60.0)


def _draw_edges(axes: Any, edges: list[tuple[str, str, dict[str, Any]]], spots: dict[str, Point]) -> None:
    from matplotlib.collections import LineCollection

    (left, bottom), (right, top) = axes.transData.transform([(0, 0), (1, 1)])
    stretch = abs((top - bottom) / (right - left))
    curves = [_curve(spots[s], spots[t], stretch) for s, t, _ in edges]
    widths = [min(0.9 + 0.6 * math.log2(values["weight"]), 3.5) for *_, values in edges]
    colors = [values["color"] for *_, values in edges]
    axes.add_collection(LineCollection(curves, linewidths=widths, colors=colors, alpha=0.9, zorder=1), autolim=False)


def _curve(a: Point, b: Point, stretch: float, bend: float = 0.12, steps: int = 14) -> list[Point]:
    """Return points of a slightly bent line, so that both directions between two nodes can be told apart.

    `stretch` tells how much longer a unit is drawn upwards than to the right; the line bends as it is seen.
    """
    dx, dy = b[0] - a[0], b[1] - a[1]
    cx, cy = (a[0] + b[0]) / 2 - bend * dy * stretch, (a[1] + b[1]) / 2 + bend * dx / stretch
    shares = [step / steps for step in range(steps + 1)]
    return [(_bezier(a[0], cx, b[0], t), _bezier(a[1], cy, b[1], t)) for t in shares]


def _bezier(a: float, b: float, c: float, t: float) -> float:
    return (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c


def _draw_nodes(axes: Any, nodes: dict[str, dict[str, Any]]) -> None:
    rows = sorted(nodes.values(), key=lambda values: -values["size"])
    axes.scatter(
        [values["x"] for values in rows],
        [values["y"] for values in rows],
        s=[(values["size"] * _SHOWN) ** 2 for values in rows],
        c=[values["color"] for values in rows],
        edgecolors="white",
        linewidths=0.9,
        zorder=2,
    )


def _write_names(figure: Any, axes: Any, nodes: dict[str, dict[str, Any]]) -> None:
    """Write names where they cover no other name and, but for the largest, no node; events come last."""
    from matplotlib.transforms import Bbox

    renderer = figure.canvas.get_renderer()
    discs = [_disc_box(axes, figure, values, Bbox) for values in nodes.values()]
    names: list[Any] = []
    ranked = sorted(nodes.values(), key=lambda values: (values["kind"] == "event", -values["size"], values["label"]))
    for values in ranked:
        if len(names) == MOST_NAMES:
            break
        box = _write_name(axes, values, names if len(names) < ALWAYS_NAMED else names + discs, renderer)
        names += [box] if box is not None else []


def _disc_box(axes: Any, figure: Any, values: dict[str, Any], box: Any) -> Any:
    x, y = axes.transData.transform((values["x"], values["y"]))
    radius = values["size"] * _SHOWN / 2 * figure.dpi / 72
    return box.from_extents(x - radius, y - radius, x + radius, y + radius)


def _write_name(axes: Any, values: dict[str, Any], taken: list[Any], renderer: Any) -> Any:
    """Write one name at the first free side of its node and return its box, or None where no side is free."""
    from matplotlib import patheffects

    event = values["kind"] == "event"
    gap = values["size"] * _SHOWN / 2 + 2
    look: dict[str, Any] = {"style": "italic", "color": FAINT} if event else {"color": INK}
    halo = [patheffects.withStroke(linewidth=2.4, foreground="white")]
    for dx, dy, horizontal, vertical in _SIDES:
        text = axes.annotate(
            shorten(values["label"], 30 if event else 38),
            (values["x"], values["y"]),
            (dx * gap, dy * gap),
            textcoords="offset points",
            ha=horizontal,
            va=vertical,
            fontsize=7 + values["size"] / 12,
            path_effects=halo,
            zorder=3,
            **look,
        )
        box = text.get_window_extent(renderer)
        inside = axes.bbox.x0 <= box.x0 and box.x1 <= axes.bbox.x1
        if inside and not any(box.overlaps(other) for other in taken):
            return box
        text.remove()
    return None


#: A row of the legend with more kinds than this is set small.
_WIDE_LEGEND = 9


def _legend(figure: Any, graph: Any, nodes: dict[str, Any], edges: list[tuple[str, str, dict[str, Any]]]) -> None:
    """Name the kinds of nodes, and below them the kinds of edges, in two rows under the picture."""
    from matplotlib.lines import Line2D

    rows: tuple[tuple[str, set[str], dict[str, Any]], ...] = (
        (
            "node_kinds",
            {values["kind"] for values in nodes.values()},
            {"marker": "o", "linestyle": "", "markersize": 8},
        ),
        ("edge_kinds", {values["kind"] for *_, values in edges}, {"linewidth": 2.2}),
    )
    for number, (group, used, look) in enumerate(rows):
        kinds = [kind for name, kind in graph.graph.get(group, {}).items() if name in used]
        marks = [Line2D([], [], color=kind["color"], label=kind["label"]["en"], **look) for kind in kinds]
        small = {"fontsize": 8.5, "handlelength": 1.2, "columnspacing": 1.1} if len(marks) > _WIDE_LEGEND else {}
        if marks:
            place = (0.012, (0.62 - 0.26 * number) / HEIGHT)
            figure.legend(
                handles=marks, loc="center left", bbox_to_anchor=place, ncols=len(marks), frameon=False, **small
            )


def _subtitle(graph: Any, nodes: dict[str, Any], edges: list[Any]) -> str:
    alone = sum(1 for _, degree in graph.degree() if not degree)
    parts = [f"{len(nodes):,} nodes and {len(edges):,} edges"]
    hidden = len(graph) - alone - len(nodes)
    parts += [f"the strongest of {len(graph) - alone:,} nodes"] if hidden else []
    parts += [f"{alone:,} without edges are not drawn"] if alone else []
    return "; ".join(parts) + ". Size: number of independent articles over all edges of a node."


def _source(graph: Any) -> str:
    return f"{source_line(graph, Words('en'))} Names stand where there is room; graph.gexf has them all."
