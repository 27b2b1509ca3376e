"""Whether a result reaches a target, in three words: yes, no, unknown."""

from __future__ import annotations

from miner.ledger.cues import cue
from miner.records import Figure
from miner.text import fold

#: How far 'about 80' may lie from 80.
ABOUT = 0.05


def reached(target: Figure, value: float, comparator: str = "=") -> str:
    """Tell whether a result (`value` with its `comparator`) reaches `target`.

    A target without comparator is a floor, or a ceiling where the indicator is one that is to fall (poverty, backlog).

    Examples
    --------
    >>> floor = Figure("a", 0, 1, "80 %", 80, None, "percent", ">=", "target", "r")
    >>> reached(floor, 85), reached(floor, 75), reached(floor, 75, ">")
    ('yes', 'no', 'unknown')
    """
    low, high = _interval(value, comparator)
    edge = target.value
    if is_ceiling(target):
        low, high, edge = -high, -low, -edge
    edge -= abs(edge) * ABOUT if target.comparator == "~" else 0
    strict = target.comparator in (">", "<")
    return _word(low > edge if strict else low >= edge, high <= edge if strict else high < edge)


def _word(good: bool, bad: bool) -> str:
    return "yes" if good else "no" if bad else "unknown"


def _interval(value: float, comparator: str) -> tuple[float, float]:
    if comparator == "~":
        return value - abs(value) * ABOUT, value + abs(value) * ABOUT
    low = float("-inf") if comparator in ("<", "<=") else value
    return low, float("inf") if comparator in (">", ">=") else value


def is_ceiling(target: Figure) -> bool:
    """Tell whether a smaller result is the better one."""
    if target.comparator in ("<", "<="):
        return True
    return target.comparator not in (">", ">=") and bool(cue("falling").search(fold(target.indicator or "")))
