"""What a number counts, and its bound: unit, measure and comparator of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from miner.extract.lookup import Lookup
from miner.extract.number_pairs import Quantity
from miner.extract.reading import Reading, Sentence, Span

#: How far a bound may follow its number (500 hồ sơ/năm/xã trở lên), in words.
_AFTER = 8
#: How far the "per 10,000 people" of a rate may follow.
_RATE = 6
#: How far the word of a part may stand before its amount.
_PART = 3
#: From this scale on, an amount without a noun is money.
_LARGE = 10**9
#: From this scale on, it is money behind an amount of money.
_MILLION = 10**6
_BARRIERS = frozenset(".,;:()!?")


@dataclass(slots=True)
class Figured:
    """A number with what surrounds it; `left` is its first token with its currency, `right` ends its unit.

    `unit` is None while nothing tells what is counted; `noun` is the code of the counted noun (admin, task, person,
    thing); `reach` is True where the bound is a limit only for what is to come (up to 30 hectares were lost).
    """

    quantity: Quantity
    sentence: Sentence
    left: int
    right: int
    unit: str | None
    measure: str | None
    noun: str | None = None
    comparator: str = "="
    bound_start: int = 0
    reach: bool = False


@dataclass(slots=True)
class Verdict:
    """The kind of a figure and the name of the rule that decided; `comparator` where the rule settles that, too."""

    kind: str
    rule: str
    comparator: str | None = None


class Units:
    """Reads units and bounds of one article's numbers."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup

    def read(self, quantity: Quantity, sentence: Sentence, earlier: Sequence[Figured]) -> Figured:
        """Return the number with its unit, measure and comparator; `earlier` are those before it in its sentence."""
        found = self._counted(quantity, sentence)
        amounts = [figured for figured in earlier if figured.unit == "money" and figured.quantity.scale > 1]
        scale = amounts[-1].quantity.scale if amounts else Decimal(1)
        # A part is no larger than its whole: "fined 4.7 billion, among them 649" counts whom.
        if amounts and self._is_share(found) and quantity.value * scale <= amounts[-1].quantity.value:
            share = replace(quantity, value=quantity.value * scale, scale=scale, pattern="share")
            found = replace(found, quantity=share, unit="money", measure=amounts[-1].measure, noun=None)
        elif amounts and quantity.scale >= _MILLION and found.unit in {None, "count"} and not found.noun:
            found = replace(found, unit="money", measure=amounts[-1].measure)
        elif earlier and earlier[-1].unit == "other" and self._is_part(found):
            found = replace(found, unit="other", measure=earlier[-1].measure)
        found.comparator, found.bound_start = self._comparator(found)
        return found

    def _counted(self, quantity: Quantity, sentence: Sentence) -> Figured:
        left, right = quantity.start, quantity.after
        unit = self.lookup.at("figure_unit", right)
        if unit and unit.code == "point|percentage_point":
            return Figured(quantity, sentence, left, unit.end, "point", "percentage_point")
        if quantity.percent:
            return Figured(quantity, sentence, left, right, "percent", None, self._noun(right, sentence)[0])
        if money := self._money(quantity, sentence):
            return money
        if unit and not (unit.code == "other|times" and quantity.scale > 1):
            kind, measure = unit.code.split("|")
            kind = "count" if measure == "times" and self._is_occasion(quantity, unit.end, sentence) else kind
            kind = "count" if measure == "point" and not self._is_score(quantity, sentence) else kind
            kind = "other" if self._is_rate(unit.end, sentence) else kind
            return Figured(quantity, sentence, left, unit.end, kind, measure)
        return self._things(quantity, sentence)

    def _money(self, quantity: Quantity, sentence: Sentence) -> Figured | None:
        before = self.lookup.before("figure_currency", quantity.start)
        after = self.lookup.at("figure_currency", quantity.after)
        left = before.start if before else quantity.start
        if after and after.code != "none":
            return Figured(quantity, sentence, left, after.end, "money", after.code)
        if before and before.code != "none" and before.start >= sentence.start:
            return Figured(quantity, sentence, left, quantity.after, "money", before.code)
        return None

    def _is_occasion(self, quantity: Quantity, end: int, sentence: Sentence) -> bool:
        """Tell whether times are counted (power failed 19 times), not multiplied (3 times the plan)."""
        before = self.reading.hits_of("figure_change", Span(max(sentence.start, quantity.start - 3), quantity.start))
        more = self.lookup.at("figure_more", quantity.after) or self.lookup.at("figure_more", end)
        base = self.lookup.at("figure_compared", end) or self.lookup.at("figure_base", end)
        moved = any(hit.code in {"times", "up", "down"} for hit in before)
        whole = quantity.value == int(quantity.value)
        return bool(whole and not moved and not more and not base)

    def _is_score(self, quantity: Quantity, sentence: Sentence) -> bool:
        """Tell whether points are a score, not places: they have decimals, or a word of scores stands before."""
        whole = quantity.value == int(quantity.value)
        window = Span(max(sentence.start, quantity.start - 12), quantity.start)
        return not whole or bool(self.reading.hits_of("figure_score", window))

    def _things(self, quantity: Quantity, sentence: Sentence) -> Figured:
        code, end, word = self._noun(quantity.after, sentence)
        if self._is_rate(quantity.after, sentence):
            return Figured(quantity, sentence, quantity.start, end, "other", word, code)
        if quantity.scale >= _LARGE and code is None:
            return Figured(quantity, sentence, quantity.start, end, "money", None)
        unit = "count" if code or quantity.value == int(quantity.value) else "other"
        sure = code is not None or unit == "other"
        return Figured(quantity, sentence, quantity.start, end, unit if sure else None, word, code)

    def _noun(self, at: int, sentence: Sentence) -> tuple[str | None, int, str | None]:
        """Return code, end and text of the noun that is counted; adjectives may stand before it."""
        for start in range(at, min(at + 4, sentence.end)):
            hit = self.lookup.at("figure_noun", start)
            if hit:
                return hit.code, hit.end, hit.form.lower()
            if not self.reading.words[start][0].isalpha() and self.reading.words[start] not in "«“\"'’-":
                break
        first = self.reading.words[at] if at < sentence.end else ""
        return None, at, first.lower() if first[:1].isalpha() else None

    def _is_rate(self, at: int, sentence: Sentence) -> bool:
        window = Span(at, min(at + _RATE, sentence.end))
        return bool(self.reading.hits_of("figure_rate", window))

    def _is_share(self, found: Figured) -> bool:
        """Tell whether the number is a part of the amount before it, without its own scale: dont 50 pour la ville."""
        return found.quantity.scale == 1 and self._is_part(found)

    def _is_part(self, found: Figured) -> bool:
        """Tell whether the number is a part of the one before it, without its own unit: dont 8 millions pour Hue."""
        quantity = found.quantity
        if found.noun or found.unit not in {None, "count"} or quantity.form != "numeral":
            return False
        part = self.reading.hits_of("figure_part", Span(quantity.start - _PART, quantity.start))
        end = quantity.end
        plain = end >= found.sentence.end or not self.reading.words[end][0].isalpha()
        given = self.lookup.at("figure_receiver", end) or self.lookup.at("figure_target_after", end)
        return bool(part) and quantity.of is None and bool(plain or given)

    def _comparator(self, found: Figured) -> tuple[str, int]:
        at = found.left
        if found.quantity.bound:
            return ("<=", at) if found.quantity.bound == "high" else (">=", at)
        if found.quantity.about:
            return "~", at
        for _ in range(4):
            if hit := self.lookup.before("figure_comparator", at):
                found.reach = hit.code == "reach"
                adopted = hit.code == "passed" and found.noun == "paper"
                termed = found.unit == "time" and self.lookup.at("figure_term", hit.start)
                if adopted or termed:
                    return self._comparator_after(found), hit.start
                return _SIGNS[hit.code], hit.start
            gap = self.lookup.before("figure_gap", at)
            if gap is None or gap.start < found.sentence.start:
                break
            at = gap.start
        return self._comparator_after(found), found.left

    def _opens_number(self, at: int, sentence: Sentence) -> bool:
        """Tell whether a number follows, so that a bound before it is its own (and at least 50 doctors)."""
        return at < sentence.end and (self.reading.words[at].isdigit() or bool(self.lookup.at("number_unit", at)))

    def _comparator_after(self, found: Figured) -> str:
        words = self.reading.words
        window = Span(found.quantity.after, min(found.quantity.after + _AFTER, found.sentence.end))
        if not self.reading.starts_of("figure_comparator_after", window):
            return "="
        for at in range(window.start, window.end):
            hit = self.lookup.at("figure_comparator_after", at)
            if hit and hit.code != "none" and not self._opens_number(hit.end, found.sentence):
                return _SIGNS[hit.code]
            if hit or words[at] in _BARRIERS or words[at].isdigit() or self.lookup.at("figure_target_after", at):
                break
        return "="


_SIGNS = {"reach": "<=", "passed": ">", "ge": ">=", "gt": ">", "le": "<=", "lt": "<", "approx": "~", "none": "="}
