"""Component: the numbers of the text, in digits or words, with their scale words, signs of per cent, ratios and ranges.

Whether a number is a figure, a date or part of a name is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.lookup import Lookup
from miner.extract.number_pairs import Pairing, Quantity
from miner.extract.reading import BlockSpan, Hit, Reading
from miner.numbers import Part, Use, compose, find_numerals, notation, numeral_value

#: The digits of a group that goes on with thousands in words.
_THOUSAND, _GROUP = 1000, 3


@Language.component("miner_numbers", requires=["doc._.hits"], assigns=["doc._.numbers"])
def find_numbers(doc: Doc) -> Doc:
    """Fill `Reading.numbers` with the `Quantity` of every number outside noise, in order of the text."""
    reading = Reading.of(doc)
    lookup = Lookup(reading)
    for block in reading.blocks:
        if block.kind != "noise":
            reading.numbers += _Scanner(reading, lookup, block).pairs()
    return doc


class _Scanner:
    """Finds the numbers of one block."""

    def __init__(self, reading: Reading, lookup: Lookup, block: BlockSpan) -> None:
        self.reading, self.lookup, self.block = reading, lookup, block
        self.words, self.style = reading.words, notation(block.language)
        self.numerals = dict(self._numerals())

    def _numerals(self) -> Iterator[tuple[int, tuple[int, str]]]:
        reading = self.reading
        first, last = reading.chars(self.block)
        for match in find_numerals(reading.article.text, first, last, self.style):
            start, end = reading.token_at(match.start()), reading.token_at(match.end() - 1) + 1
            if not self._in_a_name(start, end):
                yield start, (end, match.group())

    def _glued(self, token: int) -> bool:
        """Tell whether no space stands between `token` and the next one."""
        return self.block.start <= token < self.block.end - 1 and not self.reading.gap(token)

    def _letters(self, token: int) -> bool:
        return self.block.start <= token < self.block.end and self.words[token][0].isalpha()

    def _in_a_name(self, start: int, end: int) -> bool:
        """Tell whether the digits belong to a name or a time: Covid-19, H5, 5G, 57-NQ, 17:45, /1 vạn dân."""
        if self._glued(start - 1):
            before = self.words[start - 1]
            if self._letters(start - 1) and not self.lookup.before("figure_currency", start):
                return True
            if before in "-/_" and self._glued(start - 2) and self._letters(start - 2):
                return True
            if before in ":_+" and self._glued(start - 2):
                return True
        if self._glued(end - 1):
            if self._letters(end):
                return not self._is_suffix(end)
            if self.words[end] in "-/" and self._glued(end) and self.words[end + 1][0].isupper():
                return not self.lookup.at("figure_currency", end + 1)
            return self.words[end] in ":_" and self._glued(end) and self.words[end + 1][0].isalnum()
        return False

    def _is_suffix(self, token: int) -> bool:
        groups = ("number_ordinal_mark", "number_scale", "figure_unit", "figure_currency", "figure_percent")
        return any(self.lookup.at(group, token) for group in groups)

    def numbers(self) -> Iterator[Quantity]:
        """Yield the single numbers in order, without ratios and ranges."""
        at = self.block.start
        for start in sorted(self._starts()):
            if start >= at:
                found = self._number(start)
                if found is not None:
                    at = found.end
                    yield found

    def _starts(self) -> set[int]:
        groups = ("number_unit", "number_ordinal", "number_about")
        starts = {hit.start for group in groups for hit in self.reading.hits_of(group, self.block)}
        links = {i for hit in self.reading.hits_of("number_ratio", self.block) for i in range(hit.start, hit.end)}
        return set(self.numerals) | starts - links

    def _number(self, start: int) -> Quantity | None:
        for group in () if start in self.numerals else ("number_ordinal", "number_about"):
            if hit := self.lookup.at(group, start):
                form = "ordinal" if group == "number_ordinal" else "word"
                return Quantity(start, hit.end, Decimal(hit.code), form, hit.end, about=form == "word")
        end, parts = self._parts(start)
        if not parts:
            return None
        scale = compose([Part(Decimal(1), "unit"), *(p for p in parts if p.role == "scale")])
        bare = start in self.numerals and self.numerals[start][1].isdigit()
        form = "numeral" if start in self.numerals else "word"
        found = Quantity(start, end, compose(parts), form, end, scale=scale, bare=bare)
        return self._signed(found)

    def _signed(self, found: Quantity) -> Quantity:
        """Add what follows or precedes a number and belongs to it: an ordinal's mark, per cent."""
        start, end = found.start, found.end
        mark = self.lookup.at("number_ordinal_mark", end)
        if mark and mark.code == "after" and self._glued(end - 1):
            return replace(found, end=mark.end, after=mark.end, form="ordinal")
        mark = self.lookup.before("number_ordinal_mark", start)
        if mark and mark.code == "before":
            found.form = "ordinal"
        if self._is_compound(end):
            return replace(found, after=end + 1, pattern="compound")
        percent = self.lookup.at("figure_percent", end)
        if percent and not self.lookup.at("figure_unit", end):
            return replace(found, end=percent.end, after=percent.end, percent=True)
        return found

    def _is_compound(self, end: int) -> bool:
        """Tell whether a hyphen joins the number to what it counts: a 27.5-km road."""
        hyphen = self._glued(end - 1) and self._glued(end) and self.words[end] == "-"
        return hyphen and bool(self.lookup.at("figure_unit", end + 1) or self.lookup.at("figure_noun", end + 1))

    def _parts(self, start: int) -> tuple[int, list[Part]]:
        parts: list[Part] = []
        end = start
        while step := self._part(start, end, parts):
            end, part = step
            parts.append(part)
        return end, parts

    def _part(self, start: int, at: int, parts: list[Part]) -> tuple[int, Part] | None:
        if at in self.numerals and (not parts or self._goes_on(at, parts)):
            end, numeral = self.numerals[at]
            value = numeral_value(numeral, self.style, self._use(end))
            return (end, Part(value, "unit")) if value is not None else None
        if parts and not self.lookup.at("number_scale_not", at):
            for group, role in (("number_scale", "scale"), ("number_half", "half")):
                if (hit := self.lookup.at(group, at)) and (role == "scale" or parts[-1].role == "scale"):
                    return hit.end, Part(Decimal(hit.code), role)  # type: ignore[arg-type]
        return self._unit(start, at, parts)

    def _unit(self, start: int, at: int, parts: list[Part]) -> tuple[int, Part] | None:
        if start in self.numerals and parts:
            return None
        for joined in (at, self._joiner(at) if parts else at):
            hit = self.lookup.at("number_unit", joined) or (parts and self.lookup.at("number_tail", joined)) or None
            if hit and (not parts or self._adds(parts[-1], Decimal(hit.code))):
                value = Decimal(hit.code)
                return hit.end, Part(value, "scale" if value >= 100 else "unit")
        return None

    def _joiner(self, at: int) -> int:
        if at < self.block.end and self.words[at] == "-" and self._glued(at - 1) and self._glued(at):
            return at + 1
        hit = self.lookup.at("number_joiner", at)
        return hit.end if hit else at

    @staticmethod
    def _adds(last: Part, value: Decimal) -> bool:
        return last.role == "scale" or (last.value >= 10 and not last.value % 10 and value < last.value and value < 20)

    def _goes_on(self, at: int, parts: list[Part]) -> bool:
        """Tell whether the numeral goes on with the number: 2 tỷ 500 triệu, tres mil 513."""
        end, numeral = self.numerals[at]
        scale = self._scale(end)
        if parts[-1].role != "scale":
            return False
        thousand = parts[-1].value == _THOUSAND and len(numeral) == _GROUP and numeral.isdigit()
        return thousand or (scale is not None and Decimal(scale.code) < parts[-1].value)

    def _use(self, end: int) -> Use:
        unit = self.lookup.at("figure_unit", end)
        if unit is None and self.lookup.at("figure_percent", end):
            return "percent"
        measured = unit is not None and not unit.code.startswith("count")
        return "measure" if measured or self._scale(end) else "count"

    def _scale(self, at: int) -> Hit | None:
        return None if self.lookup.at("number_scale_not", at) else self.lookup.at("number_scale", at)

    def pairs(self) -> list[Quantity]:
        """Return the numbers of the block, ratios as one, ranges as two."""
        pairing = Pairing(self.words, self.lookup)
        found: list[Quantity] = []
        for number in self.numbers():
            found[-1:] = pairing.join(found[-1], number) if found else [number]
        return found
