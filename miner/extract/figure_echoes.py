"""Numbers that go on with the one before them: the same amount in other words, in brackets, or for something else."""

from __future__ import annotations

from miner.extract.figure_cues import Cue
from miner.extract.figure_units import Figured, Verdict
from miner.extract.lookup import Lookup
from miner.extract.reading import Reading, Span

#: So many words may stand between "that is" and the number that it introduces, or open a bracket before its number.
_SAME, _BRACKETS = 3, 8
#: A word that introduces the same amount has at most so many words more than one.
_LONG = 5
#: A verb of change serves for a second share at most so many words on.
_ELLIPSIS, _CLOSE = 8, 3
_CHANGES = frozenset({"change", "planned_change"})


class Echoes:
    """Tells which numbers of one article share the verdict of the one before them."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup

    def is_conversion(self, last: Figured, found: Figured) -> bool:
        """Tell whether an amount in brackets is the one before it in another currency: 3 billion VND (120,000 USD)."""
        opened = self.reading.words[last.right : last.right + 1] == ["("]
        near = found.bound_start - last.right <= _SAME and not self.reading.digits_in(Span(last.right, found.left))
        moved = self.reading.hits_of("figure_change", Span(last.right, found.left))
        return opened and near and not moved and last.unit == found.unit == "money" and last.measure != found.measure

    def same(self, found: Figured, earlier: list[tuple[Figured, Verdict]], planned: Cue | None) -> Verdict | None:
        """Return the verdict of the number before, where this one only says it in other words."""
        alike = [pair for pair in earlier if pair[0].unit == found.unit and pair[1].kind not in {"change", "rank"}]
        if earlier and earlier[-1][1].kind == "change" and self._goes_on(earlier[-1][0], found):
            return Verdict("change", "same")
        if alone := self._in_brackets(found, earlier):
            return alone
        if not earlier or earlier[-1][1].kind in {"change", "rank"}:
            return None
        last, verdict = alike[-1] if alike else earlier[-1]
        start = max(found.sentence.start, found.bound_start - _SAME - _LONG)
        near = self.reading.hits_of("figure_same", Span(start, found.left))
        hits = [hit for hit in near if hit.end > found.bound_start - _SAME]
        joined = [hit for hit in hits if hit.code == "same" or hit.end == found.bound_start]
        said = [hit for hit in joined if hit.start >= last.quantity.end]
        if said and not (planned and planned.hit.start >= last.quantity.end):
            return Verdict(verdict.kind, "same")
        return None

    def _in_brackets(self, found: Figured, earlier: list[tuple[Figured, Verdict]]) -> Verdict | None:
        """Return a change whose like elsewhere stands in brackets: up 6.6 % (the whole country 6.4 %)."""
        changes = [pair for pair in earlier if pair[0].unit == found.unit == "percent"]
        start = max(found.sentence.start, found.bound_start - _BRACKETS)
        opened = [i for i in range(start, found.bound_start) if self.reading.words[i] == "("]
        if not changes or not opened or changes[-1][1].kind != "change" or changes[-1][0].right > opened[-1]:
            return None
        inside = Span(opened[-1], found.bound_start)
        elsewhere = self.reading.within(self.reading.places, inside) or self.reading.hits_of("figure_national", inside)
        other = self.reading.hits_of("figure_level", inside) or self.reading.hits_of("figure_target", inside)
        return Verdict("change", "aside") if elsewhere and not other else None

    def repeats(self, last: Figured, verdict: Verdict, found: Figured) -> bool:
        """Tell whether a "by" repeats the verb of change before it: industry rose by 7 %, services by 8.9 %."""
        by = self.lookup.before("figure_by", found.bound_start)
        if by is None or verdict.rule not in _CHANGES or not last.unit == found.unit == "percent":
            return False
        between = Span(last.right, by.start)
        words = set(self.reading.words[between.start : between.end])
        joined = {",", ";"} & words or self.reading.hits_of("figure_and", between)
        parted = {".", "("} & words or not joined
        verbs = ("figure_target", "figure_level", "figure_change", "figure_said")
        told = any(self.reading.hits_of(group, between) for group in verbs)
        return by.start > last.right and between.end - between.start <= _ELLIPSIS and not parted and not told

    def _goes_on(self, last: Figured, found: Figured) -> bool:
        """Tell whether a share shares the verb of change before it: services grew 7 % and farming 2 %."""
        between = Span(last.right, found.bound_start)
        words = self.reading.words[between.start : between.end]
        groups = ("figure_target", "figure_level", "figure_same")
        verbs = [hit for group in groups for hit in self.reading.hits_of(group, between)]
        joined = self.reading.hits_of("figure_and", between)
        plain = [hit for hit in verbs if hit not in joined and hit.form.lower() != "and"]
        alike = last.unit == found.unit == "count" and len(words) <= _CLOSE
        shares = (alike or last.unit == found.unit == "percent") and found.quantity.of is None
        return shares and bool(joined) and len(words) <= _ELLIPSIS and not {";", ".", "("} & set(words) and not plain
