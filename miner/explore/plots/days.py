"""An axis of days, and names beside marks where they cover nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from miner.explore.figure import LINE

#: An axis is never shorter than so many days.
SHORTEST = 60


def as_date(day: object) -> date | None:
    """Return an ISO day as a date, or None for what is none."""
    try:
        return date.fromisoformat(str(day)[:10])
    except ValueError:
        return None


def time_axis(axes: Any, days: Iterable[date], room: float = 0.06) -> None:
    """Let the x axis span the days, with ISO dates on it and a share of `room` at both ends."""
    import matplotlib.dates

    # matplotlib leaves these functions without types.
    dates: Any = matplotlib.dates
    ordered = sorted(days)
    middle = ordered[0] + (ordered[-1] - ordered[0]) / 2
    half = max(ordered[-1] - ordered[0], timedelta(days=SHORTEST)).days / 2 * (1 + 2 * room)
    axes.set_xlim(dates.date2num(middle) - half, dates.date2num(middle) + half)
    locator = dates.AutoDateLocator(minticks=3, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    form = "%Y" if half > 365 * 3 else "%Y-%m" if half > 100 else "%Y-%m-%d"
    axes.xaxis.set_major_formatter(dates.DateFormatter(form))
    axes.grid(axis="x", color=LINE, linewidth=0.6, alpha=0.6)
    axes.set_axisbelow(True)


def free_place(axes: Any, text: Any, heights: Iterable[float], taken: list[Any]) -> bool:
    """Move an annotation, within the axes, to the first height where it covers nothing, else remove it.

    Parameters
    ----------
    axes, text
        The axes and an annotation with offsets in points.
    heights : iterable of float
        Where its lower end may stand, in points above the spot.
    taken : list
        The boxes of other annotations; that of this one is added.
    """
    renderer, scale = axes.figure.canvas.get_renderer(), 72 / axes.figure.dpi
    for height in heights:
        text.set_position((0, height))
        box = text.get_window_extent(renderer)
        aside = max(axes.bbox.x0 - box.x0, 0) - max(box.x1 - axes.bbox.x1, 0)
        text.set_position((aside * scale, height))
        box = text.get_window_extent(renderer)
        if not any(box.overlaps(other) for other in taken):
            taken.append(box)
            return True
    text.remove()
    return False
