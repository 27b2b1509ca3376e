"""What a figure is: a target, a result, a change, a rank or the scope of a plan or meeting."""

from __future__ import annotations

from collections.abc import Sequence

from miner.extract.figure_context import Times
from miner.extract.figure_cues import STOPS, Cue, Cues, Demands
from miner.extract.figure_echoes import Echoes
from miner.extract.figure_scopes import Scopes
from miner.extract.figure_units import Figured, Verdict
from miner.extract.lookup import Lookup
from miner.extract.reading import Hit, Reading, Span

#: Windows in words: from a verb of change to its "by", from a number to the "best" of a rank, and to the base of a
#: difference.
_BY, _TOP, _BASE = 8, 9, 10
#: A verb of change so near behind a semicolon is an item of a list of targets.
_LISTED = 3
_PARTS = frozenset(";:(.")


class Kinds:
    """Decides the kinds of one article's figures, in order of the text."""

    def __init__(self, reading: Reading, lookup: Lookup, times: Times) -> None:
        self.reading, self.lookup, self.times = reading, lookup, times
        self.demands, self.cues = Demands(reading), Cues(reading, lookup)
        self.scopes = Scopes(reading, lookup, self.demands)
        self.leads, self.echoes = times.leads, Echoes(reading, lookup)

    def rank(self, found: Figured) -> Verdict | None:
        """Return the verdict if the number is a place among others."""
        quantity, end = found.quantity, found.quantity.end
        before = self.lookup.before("figure_rank_before", self._over_gaps(found.left))
        after = self.lookup.at("figure_rank_after", end)
        if found.unit in {"percent", "money", "point", "other"}:
            return None
        if quantity.form == "ordinal" and (after or quantity.of is not None):
            return Verdict("rank", "rank", "=")
        if before and (quantity.of is not None or before.code == "rank") and quantity.value < 200:
            return Verdict("rank", "rank", "=")
        top = self.lookup.before("figure_top_before", found.left)
        if top and quantity.form != "ordinal" and quantity.value < 100 and quantity.of is None:
            near = Span(end, min(end + _TOP, found.sentence.end))
            if top.code == "sure" or self.reading.hits_of("figure_top_after", near):
                return Verdict("rank", "top", "<=")
        return None

    def decide(self, found: Figured, earlier: list[tuple[Figured, Verdict]]) -> Verdict:
        """Return the verdict on a figure; `earlier` holds the figures before it in its sentence with theirs."""
        if earlier and found.quantity.bound == "high" and earlier[-1][0].quantity.bound == "low":
            return earlier[-1][1]
        if earlier and earlier[-1][1].kind != "result" and self.echoes.is_conversion(earlier[-1][0], found):
            return Verdict(earlier[-1][1].kind, "conversion")
        others = [figured.quantity for figured, _ in earlier]
        planned = self.cues.nearest(found, others)
        if change := self._change(found, others):
            if planned and planned.kind == "target" and self._governs(planned.hit, change):
                return Verdict("target", "planned_change", self._own_comparator(found))
            least = found.comparator == ">=" and not found.quantity.bound
            if least and not (planned and planned.kind == "result" and not self._is_parted(planned, change)):
                return Verdict("target", "planned_change")
            return Verdict("change", "change", self._own_comparator(found, difference=change.code == "difference"))
        if earlier and self.echoes.repeats(*earlier[-1], found):
            return earlier[-1][1]
        if self._is_baseline(found):
            aimed = self.lookup.at("figure_target_after", found.right)
            moved = self.lookup.at("figure_move_to", found.right)
            kind = "target" if aimed and aimed.code == "target" else "result"
            bounded = moved or self.lookup.before("figure_compared", found.bound_start)
            return Verdict(kind, "baseline", None if bounded else "=")
        if found.unit == "time" and found.comparator == ">" and self.scopes.is_aimed(found):
            return Verdict("scope", "threshold")
        if rule := self.scopes.at_once(found, earlier):
            return Verdict("scope", rule)
        following = self.cues.following(found)
        if following and (planned is None or following.distance < planned.distance):
            if following.kind == "target" and self.scopes.is_obliged(found):
                return Verdict("scope", "obliged")
            return Verdict(following.kind, "verb_after")
        if earlier and self.scopes.is_part(*earlier[-1], found):
            return Verdict("scope", earlier[-1][1].rule)
        if self.scopes.goes_on(found, earlier):
            return Verdict("scope", earlier[-1][1].rule)
        if rule := self.scopes.at_length(found, earlier, planned):
            return Verdict("scope", rule)
        if planned and planned.hit.code == "faint" and earlier:
            return Verdict(earlier[-1][1].kind if earlier[-1][1].kind in {"target", "result"} else "result", "list")
        return self.echoes.same(found, earlier, planned) or self._by_cues(found, planned)

    def _by_cues(self, found: Figured, planned: Cue | None) -> Verdict:
        ahead = self.times.ahead(found)
        if self.times.is_told(found):
            return Verdict("result", "aside")
        if self._is_plan(found):
            return Verdict("target", "plan")
        if planned and (planned.kind == "target" or ahead is None or ahead >= planned.distance):
            return Verdict(planned.kind, "cue")
        if ahead is not None:
            return Verdict("target", "date_ahead")
        if found.comparator == ">=" and not found.quantity.bound:
            return Verdict("target", "at_least")
        if self.leads.aims(found.sentence) and not self.times.is_dated(found.sentence):
            return Verdict("target", "list")
        return Verdict("target", "demand") if self.demands.holds(found.sentence) else Verdict("result", "stated")

    def _is_plan(self, found: Figured) -> bool:
        """Tell whether the number is the amount of a plan: the investment plan for 2025 totals 6 trillion."""
        copula = self.lookup.before("figure_copula", found.bound_start)
        if copula is None:
            return False
        numbers = self.reading.within(self.reading.numbers, Span(found.sentence.start, copula.start))
        breaks = STOPS | {"%"} if any(not self._is_named(number) for number in numbers) else _PARTS
        start = copula.start
        while start > found.sentence.start and self.reading.words[start - 1] not in breaks:
            start -= 1
        plans = self.reading.hits_of("figure_plan", Span(start, copula.start))
        verbs = self.reading.hits_of("figure_said", Span(start, copula.start))
        return bool(plans) and not any(verb.start > plans[-1].start for verb in verbs)

    def _is_named(self, quantity: Span) -> bool:
        """Tell whether a number belongs to a date or to the name of a document."""
        near = Span(quantity.start - _BASE, quantity.end)
        named = (self.reading.dates, self.reading.directive_spans)
        return any(span.overlaps(quantity) for spans in named for span in self.reading.within(spans, near))

    def _over_gaps(self, at: int) -> int:
        for _ in range(2):
            hit = self.lookup.before("figure_gap", at)
            if hit is None:
                break
            at = hit.start
        return at

    def _is_baseline(self, found: Figured) -> bool:
        """Tell whether the number is what another one is compared with: compared with 7.8 per cent."""
        if any(self.lookup.before("figure_compared", at) for at in (found.bound_start, found.left)):
            return True
        start = found.left
        opened = self.lookup.before("number_range_open", start)
        moved = self.lookup.at("figure_move_to", found.right)
        return bool(moved and opened and opened.code == "from" and not found.quantity.bound)

    def _own_comparator(self, found: Figured, *, difference: bool = False) -> str | None:
        return "=" if difference and found.comparator in {">", "<"} else None

    def _change(self, found: Figured, others: Sequence[Span]) -> Hit | None:
        """Return the verb or noun of change that the number is the amount of."""
        at = found.left
        for _ in range(5):
            hit = self.lookup.before("figure_change", at)
            if hit and hit.start >= found.sentence.start and self._is_amount(hit, found):
                return hit
            step = self.lookup.before("figure_gap", at) or self.lookup.before("figure_comparator", at)
            if step is None or self.lookup.before("figure_level", at):
                break
            at = step.start
        ends = (found.quantity.after, found.right, found.right + 1)
        after = next((hit for end in ends if (hit := self._more(end, found))), None)
        return after or self._change_by(found, others)

    def _more(self, at: int, found: Figured) -> Hit | None:
        """Return the "more than" of a difference, which may stand behind the thing counted: 850 troops more than."""
        if at >= found.sentence.end:
            return None
        plain = at <= found.right or (found.noun is None and self.reading.words[found.right][0].isalpha())
        hit = self.lookup.at("figure_more", at)
        rate = hit is not None and hit.code == "noun"
        fits = not rate or (at == found.quantity.after and found.unit in {"percent", "money", "point"})
        return hit if plain and fits else None

    def _is_amount(self, hit: Hit, found: Figured) -> bool:
        if hit.code == "growth":
            return False
        if hit.code == "difference":
            after = Span(found.right, min(found.right + _BASE, found.sentence.end))
            bases = self.reading.hits_of("figure_base", after)
            between = self.reading.words[found.right : bases[0].start] if bases else [","]
            return not any(word in STOPS or word.isdigit() for word in between)
        if hit.code == "share":
            return found.unit in {"percent", "time"} or found.measure == "rank"
        return hit.code != "times" or found.measure == "times"

    def _change_by(self, found: Figured, others: Sequence[Span]) -> Hit | None:
        by = self.lookup.before("figure_by", found.bound_start)
        if by is None or (by.code == "percent" and found.unit != "percent"):
            return None
        last = max((other.end for other in others), default=found.sentence.start)
        window = Span(max(last, found.sentence.start, by.start - _BY), by.start)
        verbs = [hit for hit in self.reading.hits_of("figure_change", window) if hit.code in {"up", "down"}]
        return verbs[-1] if verbs else None

    def _is_parted(self, cue: Cue, change: Hit) -> bool:
        return ";" in self.reading.words[cue.hit.end : change.start]

    def _governs(self, cue: Hit, change: Hit) -> bool:
        """Tell whether a cue of target stands in the clause of the verb of change, before it or as its "to"."""
        if cue.start < change.start < cue.end <= change.end:
            return True
        listed = ";" in self.reading.words[max(cue.end, change.start - _LISTED) : change.start]
        opens = self.reading.sentence_of(cue.start).start >= cue.start - 1
        if listed or (opens and ";" not in self.reading.words[cue.end : change.start]):
            return cue.end <= change.start
        between = Span(cue.end, change.start)
        words = self.reading.words[cue.end : change.start]
        joined = self.reading.hits_of("figure_and", between)
        return cue.end <= change.start and len(words) <= 14 and not joined and not {";", ","} & set(words)
