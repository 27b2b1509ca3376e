"""Who carries out what: provinces against directives."""

from __future__ import annotations

from typing import Any

from miner.errors import InputError
from miner.explore.figure import BLUE, INK, LINE, canvas, fit, heading, heading_height, shorten
from miner.explore.plots.source import source_line
from miner.explore.words import Words
from miner.lexicon import provinces

_CELL, _ROW = 0.62, 0.36
#: The room that a letter of a slanted name of a directive takes upwards, in inches.
_LETTER = 0.055

Cell = tuple[int, str]


def plot_provinces(graph: Any, *, top: int = 14, language: str = "en") -> Any:
    """Plot which province carries out which directive, as a heat map.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The view ``provinces`` (`corpus.graph("provinces")`), of any time or place; with ``as_of`` merged provinces are
        their successors.
    top : int, default 14
        How many directives to show: those that most provinces carry out.
    language : str, default "en"
        The language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        Provinces from north to south as rows, directives as columns; a cell holds the number of independent articles
        and the month of the first.

    Raises
    ------
    InputError
        The view has no edges.
    """
    words = Words(language)
    cells = {(s, t): _cell(v) for s, t, kind, v in graph.edges(keys=True, data=True) if kind == "takes_up"}
    if not cells:
        raise InputError("no province carries out a directive here; choose another place, directive or time")
    columns = _directives(graph, cells)
    shown = columns[:top]
    rows = _from_north(graph, {place for place, directive in cells if directive in shown})
    counted = words("provinces_counted", places=len(rows), shown=len(shown), all=len(columns))
    subtitle = f"{counted} {words('provinces_unit')} {words('independent')}"
    width = max(3.2 + _CELL * len(shown), 8.5)
    names = [shorten(graph.nodes[one]["label"], 24) for one in shown]
    top_room = heading_height(width, subtitle) + 0.1 + _LETTER * max(map(len, names))
    with canvas(width, top_room + _ROW * len(rows) + 0.5) as (figure, axes):
        axes.set_yticks(range(len(rows)), [shorten(graph.nodes[row]["label"], 28) for row in rows], fontsize=9)
        fit(figure, axes, top=top_room, bottom=0.5, right=max(0.9, width - 2.6 - _CELL * len(shown)))
        _draw(axes, cells, rows, shown)
        look = {"rotation": 40, "ha": "left", "va": "bottom", "rotation_mode": "anchor", "fontsize": 8.5}
        axes.set_xticks(range(len(shown)), names, **look)
        heading(figure, words("provinces"), subtitle, source_line(graph, words))
    return axes


def _cell(values: dict[str, Any]) -> Cell:
    return values["weight"], (values["first_seen"] or "")[:7]


def _directives(graph: Any, cells: dict[tuple[str, str], Cell]) -> list[str]:
    """Return the directives, those of most provinces first, then of most articles."""
    found: dict[str, list[int]] = {}
    for (_, directive), (weight, _) in cells.items():
        found.setdefault(directive, []).append(weight)
    return sorted(found, key=lambda one: (-len(found[one]), -sum(found[one]), graph.nodes[one]["label"], one))


def _from_north(graph: Any, places: set[str]) -> list[str]:
    codes = {unit.name: unit.code for unit in provinces()}
    return sorted(places, key=lambda place: (codes.get(graph.nodes[place]["label"], "99"), place))


def _draw(axes: Any, cells: dict[tuple[str, str], Cell], rows: list[str], columns: list[str]) -> None:
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    most = max(weight for (_, directive), (weight, _) in cells.items() if directive in columns)
    shades = LinearSegmentedColormap.from_list("blues", ["#dcebf7", BLUE, "#00304d"])
    for y, place in enumerate(rows):
        for x, directive in enumerate(columns):
            weight, month = cells.get((place, directive), (0, ""))
            level = 0.0 if most == 1 else (weight - 1) / (most - 1)
            color = shades(level) if weight else "white"
            axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=color, edgecolor=LINE, linewidth=0.7))
            if weight:
                ink = "white" if level > 0.35 else INK
                axes.text(x, y - (0.17 if month else 0), str(weight), ha="center", va="center", fontsize=9, color=ink)
                axes.text(x, y + 0.25, month, ha="center", va="center", fontsize=6.5, color=ink)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
