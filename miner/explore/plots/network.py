"""Who is connected most, and in which communities."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import Any

from miner.errors import InputError
from miner.explore.figure import (
    BLUE,
    FAINT,
    GREEN,
    GREY,
    INK,
    MARGIN,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    canvas,
    heading,
    heading_height,
    name_width,
    shorten,
    whole,
    wrap,
)
from miner.explore.plots.source import source_line
from miner.explore.words import Words

#: The colours of the largest communities; all others are grey.
COLORS = (BLUE, ORANGE, GREEN, RED, PURPLE, SKY)
#: So many communities are shown by themselves, with so many names each.
_SHOWN, _NAMES = 12, 3
_WIDTH, _ROW = 13.0, 0.3
#: Bars are never thicker than if there were so many.
_FEWEST = 8

Values = dict[str, Any]


def plot_network(graph: Any, *, top: int = 24, language: str = "en") -> Any:
    """Plot the nodes with most edges and the communities of a graph.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A graph or a view of it, with measures (`corpus.graph`).
    top : int, default 24
        How many nodes to show.
    language : str, default "en"
        The language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        The degree of the best-connected nodes, by colour and number of their community. The second axes of the figure
        show the communities by size, each with its best-connected nodes.

    Raises
    ------
    InputError
        The graph has no edges.
    """
    words = Words(language)
    nodes = sorted(graph.nodes(data=True), key=lambda item: (-item[1]["degree"], -item[1]["strength"], item[0]))
    linked = [values for _, values in nodes if values["degree"]]
    if not linked:
        why = graph.graph.get("empty", "choose another view, place, directive or time")
        raise InputError(f"the graph has no edges: {why}")
    counted = words(
        "network_counted",
        nodes=len(graph),
        edges=graph.number_of_edges(),
        communities=len({values["community"] for values in linked}),
        median=int(median(values["degree"] for _, values in nodes)),
    )
    room = heading_height(_WIDTH, counted) + 0.3
    shown = min(_SHOWN, len({values["community"] for values in linked}))
    height = room + _ROW * max(min(top, len(linked)), 1.3 * shown, _FEWEST) + 0.75
    with canvas(_WIDTH, height) as (figure, axes):
        _degrees(axes, linked[:top], graph, words)
        other = figure.add_subplot()
        _communities(other, linked, words)
        _side_by_side(axes, other, top=room / height, bottom=0.75 / height)
        heading(figure, words("network"), counted, source_line(graph, words))
    return axes


def _color(community: int | None) -> str:
    return COLORS[community - 1] if community and community <= len(COLORS) else GREY


def _degrees(axes: Any, rows: list[Values], graph: Any, words: Words) -> None:
    kinds = graph.graph.get("node_kinds", {})
    several = len({values["kind"] for values in rows}) > 1
    names = [shorten(v["label"], 44) + (f" ({words.kind(kinds, v['kind']).lower()})" if several else "") for v in rows]
    axes.barh(range(len(rows)), [v["degree"] for v in rows], height=0.66, color=[_color(v["community"]) for v in rows])
    for number, values in enumerate(rows):
        axes.annotate(
            f"{words.number(values['degree'])}  · {values['community']}",
            (values["degree"], number),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=FAINT,
        )
    _bare(axes, len(rows), names)
    axes.set_title(words("degrees", n=len(rows)), loc="left", fontsize=10.5, color=INK)
    axes.set_xlabel(words("degree"), fontsize=8.5)


def _communities(axes: Any, rows: list[Values], words: Words) -> None:
    sizes = Counter(values["community"] for values in rows)
    members: dict[int, list[str]] = defaultdict(list)
    for values in rows:
        members[values["community"]].append(values["label"])
    shown = sorted(sizes)[:_SHOWN]
    names = [_members(number, members[number]) for number in shown]
    counts = [sizes[number] for number in shown]
    colors = [_color(number) for number in shown]
    rest = len(sizes) - len(shown)
    axes.barh(range(len(shown)), counts, height=0.66, color=colors)
    for number, count in enumerate(counts):
        axes.annotate(
            str(count), (count, number), (4, 0), textcoords="offset points", va="center", fontsize=8, color=FAINT
        )
    _bare(axes, len(shown), names)
    more = f" (+ {words('more_communities', n=rest)})" if rest else ""
    axes.set_title(words("communities") + more, loc="right", fontsize=10.5, color=INK)
    axes.set_xlabel(words("size"), fontsize=8.5)


def _members(number: int, labels: list[str]) -> str:
    return wrap(f"{number}: " + ", ".join(whole(shorten(label, 25)) for label in labels[:_NAMES]), 44)


def _side_by_side(left: Any, right: Any, *, top: float, bottom: float) -> None:
    """Share the width among the names and bars of two axes: each gets the room its names need."""
    width = left.figure.get_figwidth()
    names = [name_width(axes) / width for axes in (left, right)]
    gap = MARGIN / width
    bars = 1 - sum(names) - 7 * gap
    left.set_position((2 * gap + names[0], bottom, bars * 0.6, 1 - top - bottom))
    right.set_position((1 - 2 * gap - bars * 0.4, bottom, bars * 0.4, 1 - top - bottom))


def _bare(axes: Any, rows: int, names: list[str]) -> None:
    axes.set_yticks(range(rows), names, fontsize=8.5, linespacing=1.0)
    axes.set_ylim(max(rows, _FEWEST) - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.margins(x=0.12)
