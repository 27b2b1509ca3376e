"""The day that a text speaks from, and which of its dates are no time of a figure."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from miner.extract.lookup import Lookup
from miner.extract.reading import BlockSpan, DateMention, Reading, Span

#: How far the word of a comparison may stand before its date: over the same period in 2024.
_BASE, _NEAR = 4, 2
#: So many words may stand between the number of a document and its date.
_TITLE = 6
#: A line with no more words than this and a day in full is a dateline.
_DATELINE = 20
#: So many words may stand between a document and its date, and between "under" and a document.
_TIED, _UNDER = 2, 5
#: A person within so many words of its start speaks in a sentence.
_TURN = 20
ASIDE = frozenset({"caption", "noise"})


class Days:
    """Tells the days of one article; `dated` is True where it gives its own day in full.

    `horizon` is the year after the latest that numbers are compared with, or None: no later than it is the present.
    """

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup
        self._today = reading.day
        self._datelines = self._days_of_articles()
        self.dated = self._dated()
        self.horizon = self._latest_base()

    def _days_of_articles(self) -> list[tuple[int, date]]:
        """Return the days that stand in full in lines of their own: each begins an article, if a text holds several."""
        if self.reading.article.published:
            return []
        days = [m for m in self.reading.dates if m.period.grain == "day" and m.complete]
        alone = [m for m in days if self._is_dateline(self.reading.block_of(m.start))]
        return [(mention.start, mention.period.last) for mention in alone]

    @staticmethod
    def _is_dateline(block: BlockSpan) -> bool:
        return block.end - block.start <= _DATELINE and block.kind not in ASIDE

    def today_at(self, token: int) -> date | None:
        """Return the day that the article around `token` speaks from."""
        i = bisect_left(self._datelines, token, key=lambda line: line[0])
        return self._datelines[i - 1][1] if i else self._today

    def _dated(self) -> bool:
        """Tell whether the article gives its own day in full."""
        days = [m for m in self.reading.dates if m.period.grain == "day" and m.complete]
        return bool(self.reading.article.published) or any(m.period.last == self._today for m in days)

    def _latest_base(self) -> int | None:
        """Return the year after the latest that numbers are compared with: no later than it is the present."""
        bases = [m.period.last.year for m in self.reading.dates if m.complete and self.is_base(m)]
        return max(bases) + 1 if bases else None

    def is_base(self, mention: DateMention) -> bool:
        """Tell whether the date is one that a number is compared with, or one from which something runs."""
        before = Span(max(0, mention.start - _BASE - _NEAR), mention.start)
        hits = self.reading.hits_of("figure_compared", before)
        near = [h for h in hits if h.start >= mention.start - _BASE or mention.start - h.end <= _NEAR]
        words = self.reading.words
        compared = [
            h
            for h in near
            if not {"(", ",", ";"} & set(words[h.end : mention.start])
            and not self.reading.within(self.reading.numbers, Span(h.end, mention.start))
        ]
        return (
            bool(compared)
            or self._is_over(mention)
            or self._is_founding(mention)
            or self._is_vague(mention)
            or mention.cue == "since"
            or self._is_name(mention)
        )

    def is_of_base(self, mention: DateMention, between: Span) -> bool:
        """Tell whether a date is that of the number compared with: 86 homes, against 58 in February."""
        compared = self.reading.hits_of("figure_compared", between)
        base = Span(compared[-1].end, mention.start) if compared else None
        return bool(base and self.reading.within(self.reading.numbers, base))

    def _is_over(self, mention: DateMention) -> bool:
        """Tell whether a year or month is what a difference is measured from: a rise of 4 million over 2018."""
        over = self.lookup.before("figure_over", mention.start)
        return over is not None and mention.period.grain not in {"day", "span"}

    def _is_founding(self, mention: DateMention) -> bool:
        """Tell whether a year set off by commas is that of a beginning: the dam, built in 1986, …"""
        begun = self.reading.hits_of("figure_founded", Span(max(0, mention.start - _BASE), mention.start))
        if not begun or begun[-1].end != mention.start or mention.period.grain != "year":
            return False
        words, first = self.reading.words, begun[-1].start
        opens = self.reading.sentence_of(first).start == first or words[first - 1] in {",", "("}
        return opens and words[mention.end : mention.end + 1] in ([","], [")"])

    def _is_vague(self, mention: DateMention) -> bool:
        """Tell whether the date is only the past year or the beginning of the year, without a number."""
        near = self.reading.hits_of("figure_vague", Span(mention.start - 3, mention.start + 2))
        first = mention.start
        counted = self.reading.words[first].isdigit() or self.lookup.at("number_unit", first)
        return not counted and any(hit.end >= mention.end for hit in near)

    def _is_name(self, mention: DateMention) -> bool:
        """Tell whether a year closes a name or a title: Hà Nội 2017, “Năm kỷ cương 2017”."""
        if mention.end != mention.start + 1 or mention.period.grain != "year" or not mention.start:
            return False
        words, start = self.reading.words, self.reading.sentence_of(mention.start).start
        last = words[mention.start - 1]
        if self.lookup.before("date_index", mention.start):
            return False
        named = mention.start - 1 > start and last[:1].isupper() and not (last.isupper() and len(last) > 2)
        return named or words[mention.end : mention.end + 1] in (["”"], ["»"])

    def is_issue_date(self, mention: DateMention) -> bool:
        """Tell whether the day is the one on which a document was issued: its number stands right before."""
        spans = self.reading.directive_spans
        return mention.period.grain == "day" and any(span.start <= mention.start <= span.end + _TITLE for span in spans)

    def is_turn(self, sentence: Span) -> bool:
        """Tell whether a sentence turns to someone who speaks of something else: a person opens it."""
        opening = Span(sentence.start, min(sentence.start + _TURN, sentence.end))
        said = self.reading.hits_of("figure_said", sentence)
        return bool(said) and any(opening.start <= person.start < opening.end for person in self.reading.persons)

    def is_then(self, sentence: Span) -> bool:
        """Tell whether a sentence goes on with the time of the one before: by that date."""
        return bool(self.reading.hits_of("figure_then", sentence))

    def is_today(self, sentence: Span) -> bool:
        """Tell whether a sentence speaks of what is so to this day."""
        return bool(self.reading.hits_of("figure_today", sentence))

    def is_aside(self, mention: DateMention) -> bool:
        """Tell whether the day is that of a document which is only the ground of what happens: under Decision 12 of."""
        spans = self.reading.directive_spans
        tied = [s for s in spans if mention.period.grain == "day" and s.start <= mention.start <= s.end + _TIED]
        return any(self.reading.hits_of("figure_under", Span(max(0, s.start - _UNDER), s.start)) for s in tied)
