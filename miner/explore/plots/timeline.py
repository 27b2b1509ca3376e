"""A directive over time: issued, named in articles, met about, reported on, due."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from miner.errors import InputError
from miner.explore.figure import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    RED,
    canvas,
    fit,
    heading,
    heading_height,
    ink_on,
    shorten,
    whole,
    wrap,
)
from miner.explore.page.rows import records
from miner.explore.plots.days import as_date, free_place, time_axis
from miner.explore.plots.source import source_line
from miner.explore.words import Words
from miner.text import fold

#: The rows of the plot, from top to bottom, with their colours.
LANES = {"issued": RED, "named": BLUE, "meetings": PURPLE, "results": GREEN, "due": ORANGE}
_PARTS = ("chairs", "attends", "speaks_at")
_WIDTH, _LANE = 11.0, 1.05
#: So many circles have room side by side.
_CIRCLES = 38
#: So many names stand at one circle.
_NAMED = 2

#: The lane of a circle and its first day.
Spot = tuple[int, date]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One thing that happened: its lane, its day (None where nothing tells it) and its name."""

    lane: str
    day: date | None
    name: str


def plot_timeline(graph: Any, figures: pd.DataFrame, directive: str | None = None, *, language: str = "en") -> Any:
    """Plot a directive over time: when issued, named, met about, reported on, and when its targets are due.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The whole graph (`corpus.graph()`).
    figures : pandas.DataFrame
        The figures of the corpus (`corpus.figures`), for results and deadlines.
    directive : str, optional
        Id or symbol of the directive; by default the one that most events cite.
    language : str, default "en"
        The language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        Days along x, a row for each kind of thing. A circle holds what happened on one day, or within the few days that
        the subtitle tells, and its number; editions of one article count once. Articles and meetings stand at the day
        of the article, results at the day that they describe. The subtitle counts what has no date.

    Raises
    ------
    InputError
        No such directive, or nothing of it has a date.
    """
    words = Words(language)
    node = _find(graph, directive)
    marks = sorted(set(_marks(graph, node, figures, words)), key=lambda mark: (mark.lane, str(mark.day), mark.name))
    dated = [mark for mark in marks if mark.day]
    name = graph.nodes[node]["label"]
    if not dated:
        raise InputError(f"directive {name}: {words('nothing_dated')}; choose another one")
    undated = words("undated", n=len(marks) - len(dated)) if len(marks) > len(dated) else ""
    width = _bin(dated)
    number = words("timeline_days", n=width) if width > 1 else words("timeline_day")
    subtitle = " ".join(filter(None, [number, words("timeline_unit"), words("independent"), undated]))
    top = heading_height(_WIDTH, subtitle)
    lanes = [lane for lane in LANES if any(mark.lane == lane for mark in dated)]
    with canvas(_WIDTH, top + _LANE * len(lanes) + 0.75) as (figure, axes):
        axes.set_yticks(range(len(lanes)), [wrap(words(lane), 18) for lane in lanes], fontsize=10)
        axes.set_ylim(len(lanes) - 0.62, -0.72)
        axes.tick_params(axis="y", length=0)
        fit(figure, axes, top=top, bottom=0.75)
        time_axis(axes, [mark.day for mark in dated if mark.day], room=0.1)
        _draw(axes, _grouped(dated, lanes, width), lanes)
        heading(figure, words("timeline", name=name), subtitle, f"{source_line(graph, words)} {words('room')}")
    return axes


def _find(graph: Any, name: str | None) -> str:
    """Return the node of a directive by its id or symbol, or the one that most events cite."""
    cited: dict[str, int] = defaultdict(int)
    for _, target, kind in graph.edges(keys=True):
        cited[target] += kind == "cites"
    known = [node for node, values in graph.nodes(data=True) if values["kind"] == "directive"]
    ranked = sorted(known, key=lambda node: (-cited[node], -graph.nodes[node]["n_articles"], node))
    if not ranked:
        raise InputError("the graph has no directive; a timeline needs articles that name one")
    if name is None or name in known:
        return name or str(ranked[0])
    fitting = [node for node in ranked if _is_called(graph.nodes[node], name)]
    if len(fitting) != 1:
        some = ", ".join((fitting or ranked)[:5])
        raise InputError(f"directive {name!r}: {len(fitting) or 'none'} fits; give the id of one, such as {some}")
    return str(fitting[0])


def _is_called(values: dict[str, Any], name: str) -> bool:
    return fold(name) in {fold(values["label"]), *map(fold, values["names"])}


def _marks(graph: Any, node: str, figures: pd.DataFrame, words: Words) -> Iterator[Mark]:
    values = graph.nodes[node]
    for day in filter(None, (values.get("issued") or "").split(", ")):
        yield Mark("issued", as_date(day), day)
    events = sorted({source for source, _, kind in graph.in_edges(node, keys=True) if kind == "cites"} & _events(graph))
    for event in events:
        day = as_date(graph.nodes[event]["first_seen"])
        places = _names(graph, [t for _, t, kind in graph.out_edges(event, keys=True) if kind == "located_in"])
        yield Mark("named", day, f"{places or graph.nodes[event]['label']}\x00{event}")
        people = {source for source, _, kind in graph.in_edges(event, keys=True) if kind in _PARTS}
        chairs = {source for source, _, kind in graph.in_edges(event, keys=True) if kind == "chairs"}
        if people:
            yield Mark("meetings", day, f"{_names(graph, chairs or people)}\x00{event}")
    yield from _figures(graph, figures, {a for event in events for a in graph.nodes[event]["articles"]}, values, words)


def _events(graph: Any) -> set[str]:
    return {node for node, values in graph.nodes(data=True) if values["kind"] == "event"}


def _names(graph: Any, nodes: Iterable[str]) -> str:
    return _some(sorted({graph.nodes[node]["label"] for node in nodes}), ", ")


def _some(names: list[str], joint: str) -> str:
    """Return the first names, and how many there are more."""
    more = f"\u00a0+{len(names) - _NAMED}" if len(names) > _NAMED else ""
    return joint.join(whole(shorten(name, 60)) for name in names[:_NAMED]) + more


def _figures(
    graph: Any, figures: pd.DataFrame, articles: set[str], values: dict[str, Any], words: Words
) -> Iterator[Mark]:
    """Yield results and deadlines that articles state for the directive; editions state them once."""
    lanes = {"result": "results", "target": "due"}
    event_of = graph.graph.get("event_of", {})
    for row in records(figures[figures["article"].isin(articles) & figures["kind"].isin(list(lanes))]):
        if row["directive"] and _is_called(values, row["directive"]):
            value = words.amount(row["value"], row["unit"], row["measure"] if row["unit"] == "money" else None)
            whole = words("of", value=value, whole=words.number(row["of"])) if row["of"] else value
            place = f" · {row['place']}" if row["place"] else ""
            lane = lanes[row["kind"]]
            event = event_of.get(row["article"], row["article"])
            yield Mark(lane, as_date(row["date"]), f"{whole}{place}\x00{event}")


def _bin(marks: Iterable[Mark]) -> int:
    """Return how many days share a circle: one, unless circles of a lane would cover one another."""
    spots = sorted({(mark.lane, mark.day) for mark in marks if mark.day})
    days = [day for _, day in spots]
    width = -(-(max(days) - min(days)).days // _CIRCLES) or 1
    close = any(a[0] == b[0] and (b[1] - a[1]).days < width for a, b in pairwise(spots))
    return width if close else 1


def _grouped(marks: list[Mark], lanes: list[str], width: int) -> dict[Spot, list[str]]:
    """Return the names of each circle: of the days of a lane that are less than `width` from the first of them."""
    found: dict[Spot, list[str]] = {}
    spot: Spot | None = None
    for mark in sorted(marks, key=lambda mark: (lanes.index(mark.lane), mark.day or date.min, mark.name)):
        if mark.day:
            row = lanes.index(mark.lane)
            if spot is None or spot[0] != row or (mark.day - spot[1]).days >= width:
                spot = row, mark.day
            found.setdefault(spot, []).append(mark.name.partition("\x00")[0])
    return found


def _draw(axes: Any, circles: dict[Spot, list[str]], lanes: list[str]) -> None:
    """Draw circles, their areas growing with their numbers, and beside them names where there is room."""
    largest_first = sorted(circles.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
    for (row, day), names in largest_first:
        color = LANES[lanes[row]]
        look = {"s": _size(len(names)), "edgecolors": "white", "linewidths": 0.8, "zorder": 3}
        axes.scatter([day], [row], color=color, **look)
        if len(names) > 1:
            ink = {"fontsize": 7.5, "color": ink_on(color), "zorder": 4}
            axes.text(day, row, str(len(names)), ha="center", va="center_baseline", **ink)
    taken: list[Any] = []
    for (row, day), names in largest_first:
        lines = wrap(_some(list(dict.fromkeys(names)), "; "), 34)
        ink = {"fontsize": 8, "color": INK, "linespacing": 1.1, "textcoords": "offset points"}
        text = axes.annotate(lines, (day, row), (0, 0), ha="center", va="bottom", **ink)
        above = math.sqrt(_size(len(names)) / math.pi) + 4
        free_place(axes, text, (above, above + 15), taken)


def _size(number: int) -> float:
    """Return the area of a circle, in square points."""
    return 110.0 + 7 * min(number - 1, 12)
