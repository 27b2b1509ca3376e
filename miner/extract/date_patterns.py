"""All patterns of dates and periods; the longest that begins at a token wins."""

from __future__ import annotations

from collections.abc import Callable

from miner import dates
from miner.extract.date_days import day_month, day_range, month_alone, month_day, numeric
from miner.extract.date_forms import DASHES, Forms, Found
from miner.extract.date_periods import first_months, half, lunar, quarter, relative, run_of_months, years


def _part(f: Forms, i: int) -> Found | None:
    hit = f.at("part", i)
    if not hit:
        return None
    j = hit.end
    if f.word(j) in DASHES:
        j += 1
    found = longest(f, j)
    skip = f.at("skip", j)
    if found is None and skip:
        found = longest(f, skip.end)
    if found is None or found.period is None:
        return None
    return Found(found.end, dates.part(found.period, hit.code), found.complete)


_PATTERNS: tuple[Callable[[Forms, int], Found | None], ...] = (
    *(numeric, day_range, day_month, month_day, month_alone, quarter, half, run_of_months, first_months),
    *(years, relative, lunar, _part),
)


def longest(f: Forms, i: int) -> Found | None:
    """Return the longest date or period that begins at `i`."""
    found = [x for pattern in _PATTERNS if (x := pattern(f, i))]
    return max(found, key=lambda x: x.end, default=None)
