"""What a figure belongs to: the thing it measures, the whole it is a part of, the document that sets it."""

from __future__ import annotations

from miner.extract.figure_units import Figured
from miner.extract.lookup import Lookup
from miner.extract.reading import Reading, Span

#: Windows in words: what is measured, after and before the number; the word of a part and its number.
_AFTER, _BEFORE, _PART = 9, 12, 3
_BARRIERS = frozenset('.,;:()!?…“”"«»')
_Chars = tuple[int, int]


class Links:
    """Finds what the figures of one article belong to; to be asked in the order of the text."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup
        self._mentions = sorted((span, item.id) for item in reading.directives for span in item.mentions)
        self._wholes: dict[int, _Chars] = {}

    def indicator(self, found: Figured) -> str | None:
        """Return the words for what the number measures: those that follow it, or else those before it."""
        after = self._trimmed(self._following(found))
        return self.reading.text(after) or self.reading.text(self._trimmed(self._preceding(found))) or None

    def _trimmed(self, span: Span) -> Span:
        """Leave out words at the edges that name nothing: of the plan and -> plan."""
        start, end = span.start, span.end
        while start < end and (hit := self.lookup.at("figure_edge", start)):
            start = min(hit.end, end)
        while start < end and (hit := self.lookup.before("figure_edge", end)):
            end = max(hit.start, start)
        return Span(start, end)

    def _following(self, found: Figured) -> Span:
        counted = found.unit in {"count", "percent", None}
        start = end = found.quantity.after if counted else found.right
        last = min(start + _AFTER, found.sentence.end)
        if self.lookup.at("figure_base", start) or self.lookup.at("figure_compared", start):
            return Span(start, start)
        days = {day.start for day in self.reading.within(self.reading.dates, Span(start, last))}
        while end < last and end not in days and not self._stops(end, end == start):
            end += 1
        return Span(start, end)

    def _stops(self, token: int, first: bool) -> bool:
        word = self.reading.words[token]
        verb = not first and (self.lookup.at("figure_target_after", token) or self.lookup.at("figure_target", token))
        return word in _BARRIERS or word.isdigit() or bool(verb)

    def _preceding(self, found: Figured) -> Span:
        numbers = self.reading.within(self.reading.numbers, Span(found.sentence.start, found.quantity.start))
        last = max((number.end for number in numbers), default=found.sentence.start)
        first = max(last, found.bound_start - _BEFORE)
        start = found.bound_start
        while start > first and self.reading.words[start - 1] not in _BARRIERS:
            start -= 1
        return Span(start, found.bound_start)

    def whole(self, found: Figured, earlier: list[Figured]) -> _Chars | None:
        """Return the span of the figure that this one is a part of (63 tasks, of which 55)."""
        if not earlier:
            return None
        start = found.quantity.start
        parts = self.reading.hits_of("figure_part", Span(max(found.sentence.start, start - _PART), start))
        named = [hit for hit in parts if hit.code == "part" and hit.start >= earlier[-1].quantity.end]
        whole = next((e for e in reversed(earlier) if self._holds(e, found)), None)
        span = self.reading.chars(whole.quantity) if named and whole else self._sibling(found, earlier[-1])
        if span:
            self._wholes[start] = span
        return span

    @staticmethod
    def _holds(whole: Figured, part: Figured) -> bool:
        return _unit(whole) == _unit(part) and whole.quantity.value > part.quantity.value and part.unit != "percent"

    def _sibling(self, found: Figured, last: Figured) -> _Chars | None:
        """Return the whole of the part just before, if this number is the next of the same list."""
        between = self.reading.words[last.right : found.quantity.start]
        same = _unit(last) == _unit(found) and not {".", ";", ":"} & set(between)
        return self._wholes.get(last.quantity.start) if same else None

    def directive(self, found: Figured) -> str | None:
        """Return the id of the document that the sentence names, the one nearest before the number first."""
        if not self._mentions:
            return None
        sentence = self.reading.chars(found.sentence)
        at = self.reading.starts[found.quantity.start]
        within = [(span, name) for span, name in self._mentions if sentence[0] <= span[0] < sentence[1]]
        before = [name for span, name in within if span[0] < at]
        return before[-1] if before else within[0][1] if within else None


def _unit(found: Figured) -> str:
    return found.unit or "count"
