"""Which figures are scopes: sizes of meetings, plans and programmes, and whom a measure covers."""

from __future__ import annotations

from collections.abc import Sequence

from miner.extract.figure_units import Figured
from miner.extract.lookup import Lookup
from miner.extract.reading import Hit, Reading, Span

#: Windows in words: from the word of a size to its number, and from a number of tasks to the document they stand in.
_SIZE, _SPEECH, _DOCUMENT = 5, 4, 9
#: How far the verb of those who came may follow their number.
_COME = 6


class Scopes:
    """Finds the scopes of one article; each method returns the name of a rule, or None."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup

    def at_once(self, found: Figured, others: Sequence[Span]) -> str | None:
        """Find sizes that nothing else can overrule: who attends, and what a word of size stands right before."""
        if found.unit in {"percent", "point"}:
            return None
        start = found.quantity.start
        before = self._before(found)
        if found.noun == "attendee" and (found.quantity.of is None or self._come(found)):
            return "attendance"
        for hit in before:
            between = self.reading.words[hit.end : start]
            said = self.reading.hits_of("figure_said", Span(hit.end, start))
            if hit.code == "attend" and found.unit in {"count", None} and ";" not in between and not said:
                return "attendance"
        last = max((other.end for other in others), default=found.sentence.start)
        size = [hit for hit in before if hit.code == "size" and hit.start >= last]
        if size and found.bound_start - size[-1].end <= _SIZE and self._plain(size[-1], found):
            return "size"
        spoken = [hit for hit in before if hit.code == "speech" and found.left - hit.end <= _SPEECH]
        summed = found.noun == "task" and found.quantity.of is None and spoken
        return "speech" if summed or found.quantity.pattern == "compound" else None

    def _come(self, found: Figured) -> bool:
        """Tell whether a verb of attending follows what is counted: 52/56 delegates attended."""
        after = Span(found.right, min(found.right + _COME, found.sentence.end))
        return any(hit.code == "attend" for hit in self.reading.hits_of("figure_scope", after))

    def _plain(self, hit: Hit, found: Figured) -> bool:
        """Tell whether no other cue stands between a word of size and its number."""
        between = Span(hit.end, found.quantity.start)
        reached = any(level.code == "reach" for level in self.reading.hits_of("figure_level", between))
        return not reached and not self.reading.hits_of("figure_target", between)

    def at_length(self, found: Figured, earlier: Sequence[tuple[Figured, object]], nearest: Hit | None) -> str | None:
        """Find what a plan holds and whom a measure covers, unless a nearer cue speaks of a target or a result."""
        if found.unit in {"percent", "point"} or found.quantity.of is not None:
            return None
        if self._of_plan(found, earlier) or self._of_document(found):
            return "plan"
        if found.noun != "admin":
            return None
        if self.lookup.before("figure_for", found.left) and not earlier:
            return "measure"
        if nearest and nearest.code == "target" and self.lookup.before("figure_within", found.left):
            return "measure"
        measures = [hit for hit in self._before(found) if hit.code == "measure"]
        if measures and (nearest is None or measures[-1].end >= nearest.start):
            between = self.reading.words[measures[-1].end : found.quantity.start]
            return None if ";" in between else "measure"
        return None

    def _of_plan(self, found: Figured, earlier: Sequence[object]) -> bool:
        if earlier or found.noun == "person":
            return False
        before = self._before(found)
        included = [hit for hit in before if hit.code == "include" and found.left - hit.end <= 1]
        plans = [hit for hit in before if hit.code == "plan"]
        return bool(included) and bool(plans or found.noun == "task")

    def _of_document(self, found: Figured) -> bool:
        window = Span(found.right, min(found.right + _DOCUMENT, found.sentence.end))
        return found.noun == "task" and bool(self.reading.within(self.reading.directive_spans, window))

    def _before(self, found: Figured) -> list[Hit]:
        window = Span(found.sentence.start, found.quantity.start)
        return [h for h in self.reading.hits_of("figure_scope", window) if h.end <= found.quantity.start]
