"""All patterns of dates and periods; the longest that begins at a token wins."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

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


_Pattern = Callable[[Forms, int], Found | None]
#: The patterns, each with the groups that it can begin with; ``digit`` stands for a number in digits.
_PATTERNS: tuple[tuple[_Pattern, frozenset[str]], ...] = (
    (numeric, frozenset({"digit", "head"})),
    (day_range, frozenset({"digit", "head"})),
    (day_month, frozenset({"digit", "head"})),
    (month_day, frozenset({"month_first"})),
    (month_alone, frozenset({"month", "month_unsure", "head"})),
    (quarter, frozenset({"digit", "head", "ordinal"})),
    (half, frozenset({"half", "quarter"})),
    (run_of_months, frozenset({"digit", "edge", "number"})),
    (first_months, frozenset({"first_months"})),
    (years, frozenset({"digit", "head"})),
    (relative, frozenset({"relative"})),
    (lunar, frozenset({"lunar"})),
    (_part, frozenset({"part"})),
)
#: All groups that a date can begin with.
OPENING = sorted(frozenset[str]().union(*(groups for _, groups in _PATTERNS)) - {"digit"})


@cache
def _opened(groups: tuple[str, ...]) -> tuple[_Pattern, ...]:
    """Return the patterns that can begin with one of `groups`."""
    return tuple(pattern for pattern, openings in _PATTERNS if not openings.isdisjoint(groups))


def longest(f: Forms, i: int) -> Found | None:
    """Return the longest date or period that begins at `i`."""
    groups = f.openings.get(i, ())
    if f.word(i).isdigit():
        groups = (*groups, "digit")
    found = [x for pattern in _opened(groups) if (x := pattern(f, i))]
    return max(found, key=lambda x: x.end, default=None)
