"""Targets against results: how far, by when, and what is missing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from miner.errors import InputError
from miner.explore.figure import (
    BLUE,
    FAINT,
    GREY,
    INK,
    LINE,
    ORANGE,
    RED,
    canvas,
    fit,
    heading,
    heading_height,
    legend,
    whole,
    wrap,
)
from miner.explore.page.rows import records
from miner.explore.plots.source import source_of
from miner.explore.words import Words
from miner.text import fold

#: Bars end here, in per cent of the target; the columns beside them have the numbers.
MOST = 150
VERDICTS = {"reached": BLUE, "ahead": ORANGE, "missed": RED, "unknown": GREY}
_WIDTH, _ROW = 12.25, 0.37
#: The columns beside the bars: where each ends, in inches from the axes.
_COLUMNS = {"result": 1.0, "target": 2.0, "gap": 3.05, "as_of": 3.95, "until": 4.85}
_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ "}

Row = dict[str, Any]


def plot_targets(
    ledger: pd.DataFrame, articles: pd.DataFrame, *, place: str | None = None, top: int = 20, language: str = "en"
) -> Any:
    """Plot how far results are on the way to their targets.

    Parameters
    ----------
    ledger : pandas.DataFrame
        What `miner.ledger.build_ledger` returns (`corpus.ledger`).
    articles : pandas.DataFrame
        The articles of the corpus with ``published``, for the source line.
    place : str, optional
        Only targets of this province.
    top : int, default 20
        How many targets to show at most: those that most articles tell, then in the order of the ledger.
    language : str, default "en"
        The language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        A bar for each target that has a result, as a share of the target in per cent, the largest first; pale is what
        is missing. Beside it stand result, target, their difference, the day of the result and the deadline. A target
        that is a ceiling has ``≤``; its result is good below 100 %. The subtitle counts targets without a result.

    Raises
    ------
    InputError
        No target has a result.
    """
    words = Words(language)
    aims = records(ledger[ledger["target"].notna()])
    aims = [row for row in aims if place is None or fold(row["place"] or "") == fold(place)]
    both = [row for row in aims if row["result"] is not None and row["target"]]
    if not both:
        where = f" of {place}" if place else ""
        raise InputError(f"none of {len(aims)} targets{where} has a result; a bar needs both")
    chosen = sorted(both, key=lambda row: -(row["editions"] or 0))[:top]
    shown = sorted(chosen, key=lambda row: (-share(row), row["place"] or "", row["indicator"] or ""))
    some = words("targets_shown", shown=len(shown)) if len(shown) < len(both) else ""
    counted = words("targets_counted", both=len(both), all=len(aims), shown=some)
    cut = words("targets_cut", most=MOST) if any(share(row) > MOST for row in shown) else ""
    subtitle = " ".join(filter(None, [counted, cut]))
    top_room = heading_height(_WIDTH, subtitle) + 0.25
    with canvas(_WIDTH, top_room + _ROW * len(shown) + 1.15) as (figure, axes):
        axes.set_yticks(range(len(shown)), [_name(row, words) for row in shown], fontsize=8.5, linespacing=1.0)
        axes.set_ylim(len(shown) - 0.45, -0.55)
        fit(figure, axes, top=top_room, bottom=1.15, right=max(_COLUMNS.values()) + 0.3)
        _bars(axes, shown, words)
        _columns(axes, shown, words)
        legend(figure, _legend_marks(shown, words))
        heading(figure, words("targets") + (f": {place}" if place else ""), subtitle, source_of(articles, words))
    return axes


def share(row: Row) -> float:
    """Return the result as a share of the target, in per cent."""
    return 100 * float(row["result"]) / float(row["target"])


def verdict(row: Row) -> str:
    """Return one of `VERDICTS`: what the ledger says, and whether the deadline was still ahead of the result."""
    if row["reached"] == "no":
        return "ahead" if (row["deadline"] or "") > (row["result_date"] or "9999") else "missed"
    return "reached" if row["reached"] == "yes" else "unknown"


def _bars(axes: Any, rows: list[Row], words: Words) -> None:
    places = range(len(rows))
    shares = [min(max(share(row), 0), MOST) for row in rows]
    colors = [VERDICTS[verdict(row)] for row in rows]
    axes.barh(places, [max(100 - s, 0) for s in shares], left=shares, height=0.5, color=colors, alpha=0.16, zorder=1)
    axes.barh(places, shares, height=0.5, color=colors, zorder=2)
    axes.axvline(100, color=INK, linewidth=1.1, zorder=3)
    for number, row in enumerate(rows):
        if share(row) > MOST:
            axes.plot([MOST + 2.5], [number], marker=">", markersize=5, color=colors[number], clip_on=False, zorder=3)
    axes.set_xlim(0, max([105.0, *(s + 4 for s in shares)]))
    axes.set_xlabel(words("targets_unit"), fontsize=8.5)
    axes.tick_params(length=0)
    axes.xaxis.set_major_formatter(lambda value, _: words.number(value))


def _columns(axes: Any, rows: list[Row], words: Words) -> None:
    """Write the numbers beside the bars, as columns that end flush."""
    width = axes.figure.get_figwidth() * axes.get_position().width
    for column, inches in _COLUMNS.items():
        look = {"transform": axes.get_yaxis_transform(), "ha": "right", "va": "center", "fontsize": 8.5}
        x = 1 + (inches + 0.15) / width
        axes.text(x, -0.95, words(column), **look | {"color": FAINT})
        for number, row in enumerate(rows):
            axes.text(x, number, _cell(column, row, words), **look)
    axes.plot([0, x], [-0.6, -0.6], transform=axes.get_yaxis_transform(), color=LINE, linewidth=0.8, clip_on=False)


def _cell(column: str, row: Row, words: Words) -> str:
    if column in ("as_of", "until"):
        return str(row["result_date" if column == "as_of" else "deadline"] or "–")
    measure = row["measure"] if row["unit"] == "money" else None
    if column == "gap":
        gap = float(row["result"]) - float(row["target"])
        unit = "point" if row["unit"] == "percent" else row["unit"]
        return ("+" if gap > 0 else "−" if gap < 0 else "") + words.amount(abs(round(gap, 9)), unit, measure)
    sign = _SIGNS.get(row["comparator"] or "", "") if column == "target" else ""
    return sign + words.amount(row[column], row["unit"], measure)


def _name(row: Row, words: Words) -> str:
    place = f" {whole('· ' + row['place'])}" if row["place"] else ""
    return wrap((words.called(row["indicator"], row["indicators"]) or words("no_indicator")) + place, 46)


def _legend_marks(rows: list[Row], words: Words) -> list[Any]:
    from matplotlib.patches import Patch

    used = {verdict(row) for row in rows}
    return [Patch(color=color, label=words(name)) for name, color in VERDICTS.items() if name in used]
