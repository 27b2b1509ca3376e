"""Which figures are scopes: sizes of meetings, plans and programmes, whom a measure covers, limits inside a rule."""

from __future__ import annotations

from collections.abc import Sequence

from miner.extract.figure_cues import Cue, Demands
from miner.extract.figure_units import Figured, Verdict
from miner.extract.lookup import Lookup
from miner.extract.reading import Hit, Reading, Span

#: Windows in words: from the word of a size to its number, and from a number of tasks to the document they stand in.
_SIZE, _COST, _SPEECH, _DOCUMENT = 3, 8, 4, 9
#: How far the verb of those who came may follow their number.
_COME = 6
#: How far behind a number the words may stand that a measure is about it.
_SUBJECT = 12
#: How far those of whom a limit holds may stand before it.
_HOLDERS = 10
#: How far the numbers of one description may stand apart.
_LIST = 7
#: So far from a size, a share of it follows its "of which".
_PART = 9
_BREAKS = frozenset(",;:(")


class Scopes:
    """Finds the scopes of one article; each method returns the name of a rule, or None."""

    def __init__(self, reading: Reading, lookup: Lookup, demands: Demands) -> None:
        self.reading, self.lookup, self.demands = reading, lookup, demands

    def at_once(self, found: Figured, earlier: Sequence[tuple[Figured, Verdict]]) -> str | None:
        """Find sizes that nothing else can overrule: who attends, and what a word of size stands right before."""
        if self._is_limit(found):
            return "limit"
        if found.unit in {"percent", "point"}:
            return None
        before = self._before(found)
        if self._attends(found, before):
            return "attendance"
        about = [hit for hit in before if hit.code == "about" and hit.end >= found.bound_start - 1]
        if about and found.unit != "money":
            return "measure"
        last = max((figured.quantity.end for figured, _ in earlier), default=found.sentence.start)
        if sizes := [hit for hit in before if self._is_size(hit, found, last)]:
            return "agenda" if sizes[-1].code == "agenda" else "size"
        if found.unit == "other" and self.lookup.at("figure_size_after", found.right):
            return "size"
        if found.noun == "admin" and self._is_subject(found):
            return "measure"
        spoken = [hit for hit in before if hit.code == "speech" and found.left - hit.end <= _SPEECH]
        summed = found.noun == "task" and found.quantity.of is None and spoken
        compound = found.quantity.pattern == "compound" and found.unit != "time"
        return "speech" if summed or compound else None

    def _attends(self, found: Figured, before: Sequence[Hit]) -> bool:
        """Tell whether the number counts those who are present: 440 delegates, leaders of 12 districts."""
        counted = found.unit in {"count", None}
        beside = [hit for hit in before if hit.end >= found.bound_start - 1 and hit.code in {"delegates", "with"}]
        if found.noun == "attendee" and (found.quantity.of is None or beside or self._come(found)):
            return True
        if counted and any(hit.code == "delegates" for hit in beside):
            return True
        for hit in before:
            said = self.reading.hits_of("figure_said", Span(hit.end, found.quantity.start))
            if hit.code == "attend" and counted and not said and not self._parts(hit.end, found.quantity.start, ";"):
                return True
        return False

    def _come(self, found: Figured) -> bool:
        """Tell whether a verb of attending follows what is counted: 52/56 delegates attended."""
        after = Span(found.right, min(found.right + _COME, found.sentence.end))
        return any(hit.code == "attend" for hit in self.reading.hits_of("figure_scope", after))

    def _is_subject(self, found: Figured) -> bool:
        """Tell whether the words after it say that a measure is about what is counted: 17 communes are subject to."""
        after = Span(found.right, min(found.right + _SUBJECT, found.sentence.end))
        marks = self.reading.hits_of("figure_subject_after", after)
        between = Span(after.start, marks[0].start) if marks else after
        return bool(marks) and self._plain(between) and not self._parts(between.start, between.end, ";:(.")

    def _parts(self, start: int, end: int, signs: str | frozenset[str] = _BREAKS) -> bool:
        return any(word in signs for word in self.reading.words[start:end])

    def _is_size(self, hit: Hit, found: Figured, last: int) -> bool:
        """Tell whether a word of size stands before the number, with no other cue between."""
        far = _COST if hit.code == "cost" else _SIZE
        if hit.start < last or found.bound_start - hit.end > far or self._parts(hit.end, found.bound_start):
            return False
        money = found.unit == "money"
        listed = found.noun in {"task", "paper", "thing"}
        wanted = {"cost": money, "size": not money, "agenda": listed}
        between = Span(hit.end, found.quantity.start)
        # "The cost amounts to" tells the size, not a result.
        amounts = hit.code == "cost" and self.reading.hits_of("figure_copula", between)
        return wanted.get(hit.code, False) and (bool(amounts) or self._plain(between))

    def _plain(self, between: Span) -> bool:
        """Tell whether no cue of a level, of a target or of a result stands in a span."""
        reached = any(level.code == "reach" for level in self.reading.hits_of("figure_level", between))
        return not reached and not self.reading.hits_of("figure_target", between)

    def is_part(self, last: Figured, verdict: Verdict, found: Figured) -> bool:
        """Tell whether the number is a share of the size before it: 3 billion, of which the State covers 45 %."""
        sized = verdict.kind == "scope" and verdict.rule in {"size", "conversion"}
        if not sized or found.unit not in {"money", "percent", last.unit}:
            return False
        between = Span(last.right, found.quantity.start)
        parts = [hit for hit in self.reading.hits_of("figure_part", between) if hit.code == "part"]
        near = between.end - between.start <= _PART and not self._parts(between.start, between.end, ";:(")
        return bool(parts) and near

    def goes_on(self, found: Figured, earlier: Sequence[tuple[Figured, Verdict]]) -> bool:
        """Tell whether the number goes on with the description of a size: 35 classes with 1,200 pupils, 24 rooms."""
        if not earlier or found.quantity.of is not None or not self._is_listed(found, earlier[-1][1].rule):
            return False
        if found.unit == "percent" or (found.unit == "money" and earlier[-1][0].unit not in {"other", "count"}):
            return False
        between = Span(earlier[-1][0].right, found.quantity.start)
        if between.end - between.start > _LIST:
            return False
        verbs = ("figure_target", "figure_change", "figure_level", "figure_target_after")
        return not any(self.reading.hits_of(group, between) for group in verbs)

    @staticmethod
    def _is_listed(found: Figured, rule: str) -> bool:
        """Tell whether a rule's size may be described by further numbers: parts of plans only by parts of plans."""
        return rule in {"size", "attendance"} or (rule in {"agenda", "plan", "speech"} and found.noun == "task")

    def _is_limit(self, found: Figured) -> bool:
        """Tell whether a bound tells which of many a rule holds for: projects with a rate below 30 %."""
        strict = found.comparator in {"<", ">"}
        if found.comparator in {"=", "~"} or found.quantity.bound or found.quantity.of is not None:
            return False
        if found.unit not in {"percent", "point", "other", "money"} or (found.unit == "percent" and not strict):
            return False
        start = found.bound_start
        if strict and any(self._plain(Span(hit.end, start)) for hit in self._conditions(found)):
            return True
        if found.unit == "percent" and not self.is_aimed(found):
            return False
        window = Span(max(found.sentence.start, start - _HOLDERS), start)
        nouns = [h for h in self.reading.hits_of("figure_noun", window) if h.code != "task" and not self._is_counted(h)]
        if not nouns or self._parts(nouns[-1].end, start):
            return False
        if self.reading.hits_of("figure_and", Span(nouns[-1].end, start)):
            return False
        marks = self.reading.hits_of("figure_whose", Span(nouns[-1].start, start))
        return bool(marks) and not self.reading.hits_of("figure_target", Span(nouns[-1].end, start))

    def _conditions(self, found: Figured) -> list[Hit]:
        """Return the "if" that a bound stands behind, with no other number between."""
        window = Span(max(found.sentence.start, found.bound_start - _HOLDERS), found.bound_start)
        hits = self.reading.hits_of("figure_if", window)
        return [hit for hit in hits if not self.reading.digits_in(Span(hit.end, found.bound_start))]

    def is_aimed(self, found: Figured) -> bool:
        """Tell whether the sentence tells what is to be: by a cue, or as an instruction."""
        cues = self.reading.hits_of("figure_target", found.sentence)
        return self.demands.holds(found.sentence) or any(hit.code == "target" for hit in cues)

    def _is_counted(self, noun: Hit) -> bool:
        numbers = self.reading.within(self.reading.numbers, Span(max(0, noun.start - 3), noun.start))
        return bool(numbers) and not self._parts(numbers[-1].end, noun.start)

    def at_length(self, found: Figured, earlier: Sequence[tuple[Figured, Verdict]], nearest: Cue | None) -> str | None:
        """Find what a plan holds and whom a measure covers, unless a nearer cue speaks of a target or a result."""
        if found.unit in {"percent", "point", "money"} or found.quantity.of is not None:
            return None
        if self._of_plan(found, earlier) or self._of_document(found):
            return "plan"
        aimed = nearest is not None and nearest.kind == "target"
        if found.noun in {"admin", "thing"} and self._is_about(found, aimed=aimed):
            return "measure"
        if found.noun != "admin":
            return None
        if self._is_receiver(found, alone=not earlier) and not self._is_moved(found, earlier):
            return "measure"
        measures = [hit for hit in self._before(found) if hit.code in {"measure", "delegates"}]
        if measures and (nearest is None or measures[-1].end >= nearest.hit.start):
            return None if self._parts(measures[-1].end, found.quantity.start, ";") else "measure"
        return None

    def _is_about(self, found: Figured, *, aimed: bool) -> bool:
        """Tell whether the number only says where something is to be done: in three zones, in all 12 communes."""
        where = self.lookup.before("figure_within", found.left)
        whole = where is not None and where.code == "all" and found.noun == "admin"
        return where is not None and found.comparator == "=" and (aimed or whole)

    def is_obliged(self, found: Figured) -> bool:
        """Tell whether units that are known are told to do something: the 21 provinces must report."""
        known = self.lookup.before("figure_known", found.left)
        return known is not None and found.noun == "admin" and found.quantity.of is None and found.comparator == "="

    def _is_receiver(self, found: Figured, *, alone: bool) -> bool:
        """Tell whether a word of receivers stands right before the number: for 12 communes, but not "home to"."""
        receiver = self.lookup.before("figure_for", found.left)
        verb = self.lookup.before("figure_target", found.left)
        return bool(receiver and not verb and (alone or receiver.code == "for"))

    def _is_moved(self, found: Figured, earlier: Sequence[tuple[Figured, Verdict]]) -> bool:
        """Tell whether the number is that to which another one moves: from 15 to 12 communes."""
        return bool(earlier) and found.bound_start - earlier[-1][0].right <= 2

    def _of_plan(self, found: Figured, earlier: Sequence[object]) -> bool:
        if earlier or found.noun == "person":
            return False
        before = self._before(found)
        near = [hit for hit in before if found.left - hit.end <= 1]
        plans = [hit for hit in before if hit.code == "plan"]
        if plans and found.noun == "task" and any(hit.code == "part" for hit in near):
            return True
        return any(hit.code == "include" for hit in near) and bool(plans or found.noun == "task")

    def _of_document(self, found: Figured) -> bool:
        window = Span(found.right, min(found.right + _DOCUMENT, found.sentence.end))
        return found.noun == "task" and bool(self.reading.within(self.reading.directive_spans, window))

    def _before(self, found: Figured) -> list[Hit]:
        window = Span(found.sentence.start, found.quantity.start)
        return [h for h in self.reading.hits_of("figure_scope", window) if h.end <= found.quantity.start]
