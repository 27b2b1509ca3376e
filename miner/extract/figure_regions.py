"""Numbers that count provinces or stand for the whole country."""

from __future__ import annotations

from miner.extract.figure_units import Figured
from miner.extract.lookup import Lookup
from miner.extract.reading import Hit, Reading, Span

#: Windows in words: the country right before or after its number; a counted unit after its number.
_BESIDE, _UNIT = 4, 5
#: From so many on, localities are those of the whole country.
_MANY = 10


class Regions:
    """Tells which numbers of one article are of more than a province."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup

    def is_average(self, found: Figured) -> bool:
        """Tell whether the number is that of the country, that another one is compared with: (37,8 % for it)."""
        before = Span(max(found.sentence.start, found.bound_start - _BESIDE - 1), found.bound_start)
        after = Span(found.right, min(found.right + _BESIDE, found.sentence.end))
        country = [hit for hit in self.reading.hits_of("figure_national", before) if hit.code == "country"]
        named = [hit for hit in self.reading.hits_of("figure_national", after) if hit.code == "country"]
        if named and self.lookup.before("figure_compared", found.bound_start):
            return True
        return bool(country) and self.is_compared(country[-1], found.sentence.start)

    def is_compared(self, country: Hit, start: int) -> bool:
        """Tell whether the country is only named for comparison: below the national average (29 %)."""
        words = Span(max(start, country.start - _BESIDE - 2), country.start)
        return any(self.reading.hits_of(group, words) for group in ("figure_compared", "figure_base", "figure_change"))

    def for_each(self, found: Figured) -> bool:
        """Tell whether each of several places gets the amount."""
        return bool(self.reading.hits_of("figure_each", Span(found.left - 3, found.right + 3)))

    def region(self, found: Figured) -> bool | None:
        """Tell whether the number counts provinces of the country; None if it counts something else."""
        after = Span(found.quantity.after, min(found.quantity.after + _UNIT, found.sentence.end))
        if found.unit == "money":
            return self._shared(found)
        hits = self.reading.hits_of("figure_region", after)
        if found.unit in {"percent", "point", "other"} or not hits:
            return None
        if found.noun == "admin" and hits[0].form.lower() != found.measure:
            return None
        if self.reading.hits_of("figure_area", Span(hits[0].end, min(hits[0].end + _UNIT, found.sentence.end))):
            return False
        if hits[0].code == "province" or found.quantity.value >= _MANY:
            return True
        return bool(self.lookup.before("figure_one_of", found.quantity.start)) or None

    def _shared(self, found: Figured) -> bool | None:
        """Tell whether an amount goes to several provinces that the sentence counts."""
        for quantity in self.reading.within(self.reading.numbers, found.sentence):
            region = self.lookup.at("figure_region", quantity.after)
            if region and quantity.of is None and 2 <= quantity.value < 34 and quantity.form != "ordinal":
                return True
        return None
