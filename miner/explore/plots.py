"""Targets against results as a plot."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd

from miner.errors import InputError
from miner.explore.figure import FAINT, canvas, heading, save, shorten
from miner.explore.tables import number

COLORS = {"yes": "#3b9a5f", "no": "#c2413b", "unknown": "#9aa0a8"}
_UNITS = {"percent": " %", "point": " points"}


def plot_targets(ledger: pd.DataFrame, path: str | Path, rows: int = 20) -> Path:
    """Plot how far results are on the way to their targets.

    Parameters
    ----------
    ledger : pandas.DataFrame
        What `miner.ledger.build_ledger` returns.
    path : str or Path
        The picture, ``.png`` or ``.svg``.
    rows : int, default 20
        How many targets to show at most: those with a result, in the order of the ledger.

    Returns
    -------
    Path
        The picture: a bar for each target that has a result, as a share of the target; the subtitle tells how many
        targets have none.

    Raises
    ------
    InputError
        The ending is neither ``.png`` nor ``.svg``.
    """
    if Path(path).suffix not in (".png", ".svg"):
        raise InputError(f"{path}: a picture is written as .png or .svg; change the ending")
    aims = ledger[ledger["target"].notna()]
    both = aims[aims["result"].notna() & (aims["target"] != 0)]
    shown = both.head(rows)
    height = 1.6 + 0.34 * max(len(shown), 1)
    with canvas(11.0, height) as (figure, axes):
        figure.subplots_adjust(left=0.40, right=0.84, top=1 - 0.9 / height, bottom=0.62 / height)
        _bars(axes, shown)
        open_aims = len(aims) - len(both)
        counted = f"{len(shown)} of {len(aims)} targets; for {open_aims} no result is known."
        source = "Source: the articles of the corpus; compared by miner."
        heading(
            figure,
            "Targets and results",
            f"{counted} Share of the target in per cent; green: reached, red: not reached.",
            source,
        )
        return save(figure, path)


def _bars(axes: Any, shown: pd.DataFrame) -> None:
    shares = [min(100 * float(r) / float(t), 150.0) for r, t in zip(shown["result"], shown["target"], strict=True)]
    places = range(len(shown))
    axes.barh(places, [100] * len(shares), height=0.62, color="#eef0f3", zorder=1)
    axes.barh(places, shares, height=0.62, color=[COLORS[verdict] for verdict in shown["reached"]], zorder=2)
    axes.axvline(100, color=FAINT, linewidth=1, linestyle=(0, (3, 2)), zorder=3)
    for place, row in zip(places, shown.to_dict("records"), strict=True):
        axes.text(1.02, place, _values(row), transform=axes.get_yaxis_transform(), va="center", fontsize=8.5)
    axes.set_yticks(list(places), [_name(row) for row in shown.to_dict("records")], fontsize=8.5)
    axes.set_xlim(0, max([105.0, *shares]))
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.tick_params(length=0)


def _name(row: dict[Hashable, Any]) -> str:
    indicator = row["indicator"] if isinstance(row["indicator"], str) else "(no indicator)"
    place = f" · {row['place']}" if isinstance(row["place"], str) else ""
    return shorten(indicator, 52 - len(place)) + place


def _values(row: dict[Hashable, Any]) -> str:
    unit = _UNITS.get(row["unit"], "")
    return f"{number(float(row['result']))} of {number(float(row['target']))}{unit}"
