"""When and where a figure holds: its date and its province."""

from __future__ import annotations

from datetime import date

from miner.dates import Period
from miner.extract.dates import article_day, resolve
from miner.extract.figure_units import Figured
from miner.extract.lookup import Lookup
from miner.extract.reading import DateMention, Reading, Sentence, Span

NATION = "Vietnam"
#: Within so many words after a number a date belongs to it, even if another date stands before.
_NEAR = 5
_LIMITS = frozenset({"by", "before"})
_AHEAD = _LIMITS | {"until"}


class Times:
    """Finds the dates of one article's figures."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup
        self.today = article_day(reading)
        self.dated = self._dated()
        self._horizon = self._latest_base()
        self.periods = [(m, resolve(reading, m)) for m in reading.dates]
        self.mentions = [(m, p) for m, p in self.periods if not self._is_base(m)]

    def _dated(self) -> bool:
        """Tell whether the article gives its own day in full."""
        days = [m for m in self.reading.dates if m.period.grain == "day" and m.complete]
        return bool(self.reading.article.published) or any(m.period.last == self.today for m in days)

    def _latest_base(self) -> int | None:
        """Return the year after the latest that numbers are compared with: no later than it is the present."""
        bases = [m.period.last.year for m in self.reading.dates if m.complete and self._is_base(m)]
        return max(bases) + 1 if bases else None

    def _is_base(self, mention: DateMention) -> bool:
        """Tell whether the date is one that a number is compared with, or one from which something runs."""
        before = Span(max(0, mention.start - 5), mention.start)
        compared = [h for h in self.reading.hits_of("figure_compared", before) if h.end >= mention.start - 3]
        return bool(compared) or mention.cue in {"since", "from"}

    def ahead(self, found: Figured) -> int | None:
        """Return the distance of the nearest date of the number's clause that lies ahead of the article's day."""
        best: int | None = None
        for mention, period in self._within(found.sentence):
            if self._is_ahead(mention, period):
                gap = self._gap(mention, found)
                best = gap if gap is not None and (best is None or gap < best) else best
        return best

    def _is_ahead(self, mention: DateMention, period: Period) -> bool:
        if self.today is None or not period.year_known:
            return period.last.year > self._horizon if self._horizon and period.year_known else mention.cue in _LIMITS
        return period.first > self.today or (mention.cue in _AHEAD and period.last > self.today)

    def _within(self, span: Span) -> list[tuple[DateMention, Period]]:
        return [(m, p) for m, p in self.mentions if span.start <= m.start < span.end]

    def _gap(self, mention: DateMention, found: Figured) -> int | None:
        """Return the words between date and number; None behind a semicolon after the number."""
        if mention.end <= found.quantity.start:
            return found.quantity.start - mention.end
        between = self.reading.words[found.quantity.end : mention.start]
        return None if ";" in between else mention.start - found.quantity.end

    def date_of(self, found: Figured, kind: str) -> Period | None:
        """Return the deadline of a target, or the period or day that another figure holds for."""
        for sentence in self._sentences(found.sentence):
            choices = self._choices(found, kind, sentence)
            if choices:
                return min(choices, key=lambda pair: pair[0])[1]
            if kind != "target" and self._to_date(sentence):
                return Period(self.today, self.today, "day") if self.dated and self.today else None
        return None

    def _sentences(self, sentence: Sentence) -> list[Sentence]:
        """Return the sentence and the one before it, captions aside."""
        sentences = self.reading.sentences
        i = sentences.index(sentence)
        before = [s for s in sentences[max(0, i - 4) : i] if s.kind not in {"caption", "noise"} and s.end - s.start > 2]
        return [sentence, *before[-1:]]

    def _to_date(self, sentence: Sentence) -> bool:
        return bool(self.reading.hits_of("figure_today", sentence))

    def _choices(self, found: Figured, kind: str, sentence: Sentence) -> list[tuple[float, Period]]:
        choices = []
        for mention, period in self._within(sentence):
            ahead = self._is_ahead(mention, period)
            if ahead != (kind == "target") and not self._either(period):
                continue
            if sentence is not found.sentence:
                choices.append((float(found.quantity.start - mention.end), period))
            elif (gap := self._gap(mention, found)) is not None:
                choices.append((self._cost(mention, found, gap, kind), period))
        return choices

    def _either(self, period: Period) -> bool:
        """Tell whether the period holds the article's day, so that it can be one of results or of targets."""
        return self.today is None or (period.first <= self.today <= period.last) or not period.year_known

    def _cost(self, mention: DateMention, found: Figured, gap: int, kind: str) -> float:
        after = mention.start >= found.quantity.end
        if not after:
            return gap + 0.5
        limit = kind == "target" and mention.cue in _AHEAD
        return gap if limit or gap <= _NEAR else gap + 30


class Places:
    """Finds the provinces of one article's figures."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup

    def place_of(self, found: Figured) -> str | None:
        """Return the province that a figure holds for, Vietnam, or None if unclear."""
        return self.reading.home

    @staticmethod
    def day(period: Period) -> date:
        """Return the last day of a period."""
        return period.last
