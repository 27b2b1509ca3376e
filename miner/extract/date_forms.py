"""How the patterns of dates see a text: one block with its tokens and the hits of the ``date_*`` groups.

Words come from the languages' data; the patterns (`date_days`, `date_periods`) know only the order of the parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from miner.dates import Period
from miner.extract.reading import BlockSpan, Hit, Reading
from miner.extract.spans import hit_of
from miner.numbers import notation

DASHES = {"-", "–", "—", "‑", "−", "‐"}
SEPARATORS = {"/", *DASHES, "."}
_OPENERS = {"(", "[", '"', "“", "«", "‘", "'", "’", "|", ":", ",", ";", *DASHES}
#: The groups that the patterns name without ``date_``.
_GROUPS = {
    name: f"date_{name}"
    for name in (
        *("month", "month_unsure", "month_first", "head", "suffix", "ordinal", "number", "edge", "months", "half"),
        *("first_months", "quarter", "part", "link", "of_year", "and", "relative", "lunar", "cue", "skip", "lead"),
        *("counted", "not", "duration", "law", "time", "named", "index", "so_far"),
    )
}


#: What makes the number before it an amount.
_AMOUNTS = ("number_scale", "figure_unit", "figure_currency", "figure_percent")


#: The groups that start at each token where any does; only those that dates can begin with.
Openings = dict[int, tuple[str, ...]]


def find_openings(reading: Reading, groups: Iterable[str]) -> Openings:
    """Return which of `groups` (named without ``date_``) start at each token where any does."""
    found: Openings = {}
    for group in groups:
        for start in reading.hits.begins[_GROUPS[group]]:
            found[start] = (*found.get(start, ()), group)
    return found


@dataclass(frozen=True, slots=True)
class Found:
    """A date or period that ends before token `end`.

    `relative` is (unit, shift) of one that only the article's own day can fix (this month); `complete` tells whether
    the year is written there.
    """

    end: int
    period: Period | None
    complete: bool = False
    relative: tuple[str, int] | None = None


class Forms:
    """One block of an article as the patterns see it."""

    def __init__(self, reading: Reading, block: BlockSpan, openings: Openings) -> None:
        self.openings = openings
        self.reading, self.words, self.stop, self.first = reading, reading.words, block.end, block.start
        self._begins, self._finishes = reading.hits.begins, reading.hits.finishes
        #: Whether a full stop between two numbers is no decimal point.
        self.dots_days = notation(block.language).decimal == ","
        self.number_words = {end for _, end, _ in reading.matches_of("directive_number_word", block)}

    def word(self, i: int) -> str:
        """Return the token at `i`, or nothing outside the block."""
        return self.words[i] if self.first <= i < self.stop else ""

    def at(self, group: str, i: int) -> Hit | None:
        """Return the hit of a group that starts at `i`."""
        match = self._begins[_GROUPS[group]].get(i)
        return hit_of(match) if match and self.first <= i < self.stop else None

    def till(self, group: str, i: int) -> Hit | None:
        """Return the hit of a group that ends before `i`."""
        match = self._finishes[_GROUPS[group]].get(i)
        return hit_of(match) if match and self.first < i <= self.stop else None

    def glued(self, i: int) -> bool:
        """Tell whether no space stands between token `i` and the next one of the block."""
        return i + 1 < self.stop and self.reading.ends[i] == self.reading.starts[i + 1]

    def number(self, i: int, low: int, high: int) -> int | None:
        """Return the integer written at `i` if it lies within the bounds."""
        word = self.word(i)
        if not (word.isascii() and word.isdigit() and len(word) <= 4):
            return None
        return int(word) if low <= int(word) <= high else None

    def year(self, i: int, *, named: bool = False) -> int | None:
        """Return the year written at `i`; a number that goes on (2025/QH15) or, unless named a year, counts is none."""
        if len(self.word(i)) != 4 or not self.ends_well(i + 1) or (self.at("counted", i + 1) and not named):
            return None
        return self.number(i, 1930, 2099)

    def ends_well(self, i: int) -> bool:
        """Tell whether a number that ends before `i` does not run on in a longer one, a symbol or a per cent sign."""
        if i >= self.stop or not self.glued(i - 1):
            return self.word(i) != "%"
        if self.words[i] in SEPARATORS | {",", ":"}:
            return not (self.glued(i) and self.words[i + 1][0].isalnum()) or self.words[i] in DASHES
        return not (self.words[i][0].isalnum() or self.words[i] in {"%", "°"})

    def begins_well(self, i: int) -> bool:
        """Tell whether a number at `i` is not the rest of a longer one or of a symbol."""
        return i == self.first or not self.glued(i - 1) or self.words[i - 1] in _OPENERS

    def behind_name(self, i: int) -> bool:
        """Tell whether a number is stuck to the word before it, as pages without space write datelines."""
        return i > self.first and len(self.words[i - 1]) > 2 and self.words[i - 1][1:].islower()

    def counts(self, i: int) -> bool:
        """Tell whether a unit or a scale word starts at `i`, so that the number before it is an amount."""
        return any(self._begins[group].get(i) for group in _AMOUNTS)

    def led(self, i: int) -> bool:
        """Tell whether a word of date stands before `i`, if need be across a bracket or a comma."""
        if self.till("lead", i) or self.till("head", i):
            return True
        return self.word(i - 1) in {"(", ","} and self.till("lead", i - 1) is not None


def cue_before(f: Forms, i: int) -> Hit | None:
    """Return the cue (by, before, until, since, from) that a date at `i` follows, across articles and such."""
    for _ in range(4):
        if cue := next((c for k in (i, i + 1, i + 2) if (c := f.till("cue", k)) and c.start < i), None):
            return cue
        step = f.till("skip", i) or f.till("lead", i) or f.till("part", i)
        clock = f.till("time", i)
        if step:
            i = step.start
        elif clock and f.word(clock.start - 1).isdigit():
            i = clock.start - 1
        else:
            return None
    return None
