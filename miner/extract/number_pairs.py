"""Numbers of a text, and pairs of them that say one thing: ratios (10/11, 18 out of 28) and ranges (8 - 10 %)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from miner.extract.lookup import Lookup
from miner.extract.reading import Hit, Span

#: How many words may stand between the first number of a ratio and its "out of".
_NOUN = 4
#: How far a verb of movement may stand before the "from" of two numbers.
_OBJECT = 6
_PUNCTUATION = frozenset(".,;:()!?")


@dataclass(slots=True)
class Quantity(Span):
    """A number; its span covers what the number itself is written with.

    `form` is numeral, word or ordinal, `of` the denominator of a ratio, `scale` the product of its scale words, `bound`
    low or high for an end of a range, `after` the token where the thing counted stands, `bare` True for plain digits.
    """

    value: Decimal
    form: str
    after: int
    of: Decimal | None = None
    percent: bool = False
    scale: Decimal = Decimal(1)
    bound: str | None = None
    about: bool = False
    bare: bool = False
    pattern: str = "number"

    @property
    def year_like(self) -> bool:
        """Whether it is written as years are."""
        return self.bare and self.end == self.start + 1 and 1900 <= self.value < 2100


class Pairing:
    """Joins a number to the one before it, where the two make a ratio or a range."""

    def __init__(self, words: Sequence[str], lookup: Lookup) -> None:
        self.words, self.lookup = words, lookup

    def join(self, last: Quantity, number: Quantity) -> list[Quantity]:
        """Return both numbers, as one if they make a ratio, with their bounds if they make a range."""
        if pattern := self._ratio(last, number):
            end = number.end
            shared = number.scale / last.scale  # 142,8/189 tỷ
            joined = replace(last, end=end, after=end, of=number.value, bare=False, pattern=pattern)
            return [replace(joined, value=last.value * shared, scale=number.scale)]
        return _range(last, number) if self._is_range(last, number) else [last, number]

    def _ratio(self, a: Quantity, b: Quantity) -> str | None:
        if a.of is not None or a.bound or a.percent or b.form == "ordinal" or a.scale not in {b.scale, 1}:
            return None
        if b.start == a.end + 1 and self.words[a.end] == "/":
            return "ratio"
        if a.scale != b.scale:
            return None
        hit = self.lookup.before("number_ratio", b.start) or self._apart(a, b)
        if hit is None or b.percent or a.value > b.value or b.year_like or (a.form == "word" and a.value == 1):
            return None
        if (unit := self.lookup.at("figure_unit", b.end)) and unit.code.startswith("time"):
            return None
        between = self.words[a.end : hit.start]
        if hit.code == "rank" and a.form != "ordinal":
            return None
        wide = hit.code == "wide" and len(between) <= _NOUN and not _PUNCTUATION.intersection(between)
        return "out_of" if wide or not between else None

    def _apart(self, a: Quantity, b: Quantity) -> Hit | None:
        """Return the "of" after a number whose whole has an owner or "about" before it: 8 of the district's 12."""
        word = self.lookup.before("number_before_whole", b.start)
        hit = self.lookup.at("number_ratio", a.end)
        near = word and hit and 0 <= word.start - hit.end <= _NOUN
        return hit if near and not _PUNCTUATION.intersection(self.words[a.end : b.start]) else None

    def _is_range(self, low: Quantity, high: Quantity) -> bool:
        if self.lookup.before("figure_by", low.start) and high.percent and low.percent:
            return False  # fell by 3 % to 5 %
        if low.of is not None or low.bound or "ordinal" in (low.form, high.form) or (low.percent and not high.percent):
            return False
        hit = self.lookup.at("number_range", low.end)
        if hit is None or hit.end != high.start or (low.year_like and (high.year_like or high.percent)):
            return False
        opened = self.lookup.before("number_range_open", low.start)
        if hit.code == "and" and not (opened and opened.code == "between"):
            return False
        moved = self.lookup.before("number_movement", low.start)
        if opened and opened.code == "from" and self._is_moved(opened):
            return False
        if not moved and not opened and not low.percent and high.percent:
            return True  # the sign of per cent is shared
        return not (moved and moved.code == "up") and _low_value(low, high) < high.value

    def _is_moved(self, opened: Span) -> bool:
        """Tell whether a verb and its object stand before: raise the rate from 3 to 5 million is no range."""
        hits = (self.lookup.at("number_movement", i) for i in range(max(0, opened.start - _OBJECT), opened.start - 1))
        return any(hit and hit.code == "verb" and hit.end < opened.start for hit in hits)


def _low_value(low: Quantity, high: Quantity) -> Decimal:
    shared = low.scale == 1 and low.value * high.scale < high.value
    return low.value * high.scale if shared else low.value


def _range(low: Quantity, high: Quantity) -> list[Quantity]:
    first = replace(low, value=_low_value(low, high), scale=high.scale, percent=high.percent, after=high.after)
    first.bound, first.pattern = "low", "range"
    return [first, replace(high, bound="high", pattern="range")]
