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


def free_place(axes: Any, text: Any, offsets: Iterable[tuple[float, float]], taken: list[Any]) -> bool:
    """Move an annotation to the first offset where it covers nothing and note its box; remove it if there is none."""
    renderer = axes.figure.canvas.get_renderer()
    for offset in offsets:
        text.set_position(offset)
        box = text.get_window_extent(renderer)
        inside = axes.bbox.x0 <= box.x0 and box.x1 <= axes.bbox.x1
        if inside and not any(box.overlaps(other) for other in taken):
            taken.append(box)
            return True
    text.remove()
    return False
