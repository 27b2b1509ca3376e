"""When a figure holds: the deadline of a target, the period or day of a result."""

from __future__ import annotations

from bisect import bisect_left

from miner.dates import Period, shifted
from miner.extract.dates import is_as_of, resolve
from miner.extract.figure_cues import Leads
from miner.extract.figure_days import ASIDE, Days
from miner.extract.figure_units import Figured, Verdict
from miner.extract.lookup import Lookup
from miner.extract.reading import DateMention, Reading, Sentence, Span

#: Dates farther from their number than this are not its own; those on which a document was issued seem farther.
_FAR, _ISSUED, _OPEN = 75, 60, 40
#: A date with so many words of its clause before it closes that clause.
_CLAUSE = 5
#: So many days before its end, a year's results are told.
_SOON = 31
#: So far behind "the same period of 2023", its number stands.
_AGAIN = 14
_OPENS = frozenset(",;(.")
_ENDS = frozenset(",;:.")
_LIMITS = frozenset({"by", "before"})
_AHEAD = _LIMITS | {"until"}
_STARTS = frozenset({"from", "since"})
#: Parts of a year: what is told of one that still runs is a result so far.
_PARTS = frozenset({"month", "quarter", "half", "months"})


class Times:
    """Finds the dates of one article's figures."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup
        self.days, self.leads = Days(reading, lookup), Leads(reading)
        self.periods = [(m, resolve(reading, m)) for m in reading.dates]
        self.mentions = [(m, p) for m, p in self.periods if not self.days.is_base(m)]

    def ahead(self, found: Figured) -> int | None:
        """Return the distance of the number's date if that lies ahead of the article's day."""
        near = self._near(found)
        if near is None or not self._is_ahead(near[1], near[2]) or self._is_present(near[1], near[2]):
            return None
        other = near[1].start > found.quantity.start and self._is_parted(near[1], found)
        return None if other else int(near[0])

    def is_told(self, found: Figured) -> bool:
        """Tell whether the number stands in brackets behind a time that is over: more than in May (13 %)."""
        at = found.bound_start - 1
        named = [p for m, p in self.periods if m.end == at and self._is_over(m, p)]
        return bool(named) and self.reading.words[at] == "("

    def _is_present(self, mention: DateMention, period: Period) -> bool:
        """Tell whether a year ends so soon that what is said of it is known."""
        today = self.days.today_at(mention.start)
        near = today is not None and 0 <= (period.last - today).days <= _SOON
        return near and period.grain in {"year", "span"} and mention.cue != "before"

    def _is_ahead(self, mention: DateMention, period: Period) -> bool:
        """Tell whether a date lies ahead of the article's day; from then on, or as of then, speaks of what is."""
        if mention.cue in _STARTS or self.days.is_issue_date(mention) or is_as_of(self.reading, mention):
            return False
        done = self.lookup.at("figure_done", mention.end)
        if done and mention.period.grain == "day":
            return False
        today = self.days.today_at(mention.start)
        if today is None or not period.year_known:
            limit = mention.cue in _LIMITS
            bound = self.days.horizon - (mention.cue == "before") if self.days.horizon else None
            return period.last.year > bound if bound and period.year_known else limit
        if mention.cue in _LIMITS and not self.reading.article.published and period.last == today:
            return True  # a limit that is the first day named passes for the article's own day
        return period.first > today or (mention.cue in _AHEAD and period.last > today)

    def _within(self, span: Span) -> list[tuple[DateMention, Period]]:
        return [(m, p) for m, p in self.mentions if span.start <= m.start < span.end]

    def _near(self, found: Figured) -> tuple[float, DateMention, Period] | None:
        """Return the date of the sentence that is nearest to the number, with its cost."""
        costs = [(self._cost(mention, found), mention, period) for mention, period in self._within(found.sentence)]
        near = [choice for choice in costs if choice[0] <= _FAR]
        return min(near, key=lambda choice: choice[0], default=None)

    def _cost(self, mention: DateMention, found: Figured) -> float:
        """Return how far a date stands from the number; breaks between them and other numbers make it farther."""
        quantity, words = found.quantity, self.reading.words
        issued = _ISSUED if self.days.is_issue_date(mention) else 0
        if mention.end <= quantity.start:
            between = words[mention.end : quantity.start]
            joined = 5 * bool(self.reading.hits_of("figure_and", Span(mention.end, mention.end + 1)))
            return len(between) + 2 * between.count(",") + issued + joined + 0.5
        between = words[found.right : mention.start]
        others = self.reading.within(self.reading.numbers, Span(found.right, mention.start))
        joined = 12 * bool(self.reading.hits_of("figure_and", Span(found.right, mention.start)))
        breaks = joined + 25 * between.count(",") + 200 * between.count(";") + 12 * len(others)
        return len(between) + breaks + issued

    def inherited(self, found: Figured, verdict: Verdict, last: Period | None) -> Period | None:
        """Return the date of a figure whose sentence has none; `last` is that of the last result in the one before."""
        if period := self._led(found, verdict):
            return period
        if verdict.kind == "target" or (verdict.kind == "scope" and verdict.rule != "attendance"):
            return None
        if self.days.is_today(found.sentence):
            today = self.days.today_at(found.quantity.start)
            return Period(today, today, "day") if self.days.dated and today else None
        if self.reading.hits_of("figure_now", found.sentence):
            return None
        return last or self._before(found)

    def _led(self, found: Figured, verdict: Verdict) -> Period | None:
        """Return the date that the line before a list tells for its items."""
        lead = self.leads.of(found.sentence)
        if lead is None:
            return None
        aimed = verdict.kind == "target"
        fits = self._is_ahead if aimed else self._is_over
        told = [period for mention, period in self._within(lead) if fits(mention, period)]
        return told[-1] if told else None

    def is_dated(self, sentence: Span) -> bool:
        """Tell whether a sentence names a time that is over."""
        return any(self._is_over(mention, period) for mention, period in self._within(sentence))

    def again(self, found: Figured, last: Period | None) -> Period | None:
        """Return the time spoken of before, in the year that opens a clause: the same period of 2023 saw 31 %."""
        words, start = self.reading.words, found.sentence.start
        window = Span(max(start, found.quantity.start - _AGAIN), found.quantity.start)
        opened = [
            h for h in self.reading.hits_of("figure_again", window) if h.start == start or words[h.start - 1] in _OPENS
        ]
        if last is None or not opened:
            return None
        near = Span(opened[-1].end, opened[-1].end + 2)
        years = [resolve(self.reading, m) for m in self.reading.within(self.reading.dates, near)]
        known = [year for year in years if year.grain == "year" and year.year_known and last.year_known]
        return shifted(last, known[0].last.year - last.last.year) if known else None

    def own(self, found: Figured, verdict: Verdict) -> Period | None:
        """Return the date in the figure's sentence: a target's deadline, the period or day of another figure."""
        fitting = [
            (self._cost(mention, found) + self._doubt(mention, period, found, verdict), period)
            for mention, period in self._within(found.sentence)
            if self._fits(mention, period, found, verdict)
        ]
        near = [choice for choice in fitting if choice[0] <= _FAR + _ISSUED]
        if near or verdict.kind != "target":
            return min(near, key=lambda choice: choice[0])[1] if near else None
        return self._missed(found)

    def _missed(self, found: Figured) -> Period | None:
        """Return the year or quarter of a target of the past: below last year's target of 8 %."""
        near = self._near(found)
        if near is None or near[1].period.grain in {"day", "span"} or near[1].cue in _STARTS:
            return None
        return None if self._is_parted(near[1], found) else near[2]

    def _doubt(self, mention: DateMention, period: Period, found: Figured, verdict: Verdict) -> int:
        """Return what makes a date behind a result doubtful: that the period is not over."""
        after = mention.start >= found.quantity.end and verdict.kind != "target"
        today = self.days.today_at(mention.start)
        return _OPEN if after and today is not None and period.last > today else 0

    def _fits(self, mention: DateMention, period: Period, found: Figured, verdict: Verdict) -> bool:
        """Tell whether a date can be that of the figure: one ahead for targets, one that is not for results."""
        if mention.cue is None and self.days.is_aside(mention):
            return False
        if verdict.kind == "scope":
            return self._fits_scope(mention, period, found, verdict)
        behind = mention.start >= found.quantity.end
        if verdict.kind == "target":
            if not behind and self._closes(mention, found):
                return False
            same_day = behind and period.last == self.days.today_at(mention.start)
            ahead = same_day or self._is_ahead(mention, period)
            return ahead or (period.grain != "day" and self._holds_today(mention, period))
        if self._is_parted(mention, found) or (behind and mention.cue == "before"):
            return False
        if verdict.kind == "change":
            return True
        if mention.cue == "from" and period.grain == "year" and verdict.kind == "result":
            return False
        return mention.cue == "from" or not self._is_ahead(mention, period) or self._holds_today(mention, period)

    def _fits_scope(self, mention: DateMention, period: Period, found: Figured, verdict: Verdict) -> bool:
        """Tell whether a date can be that of a size: the day of a meeting, or a period that stands before the number.

        A limit is that of the task, not of its size; a rule holds at any time.
        """
        if verdict.rule == "attendance":
            return period.grain == "day"
        between = Span(found.right, mention.start)
        if verdict.rule == "limit" and found.unit == "percent" and 0 <= between.end - between.start <= _CLAUSE:
            return "," not in self.reading.words[between.start : between.end]
        if verdict.rule in {"limit", "threshold"} or mention.cue in _LIMITS:
            return False
        return verdict.rule == "measure" or mention.end <= found.quantity.start

    def _closes(self, mention: DateMention, found: Figured) -> bool:
        """Tell whether a day ends a clause before that of the number: finish by May 5, and send 20 boats."""
        ranged = self.reading.within(self.reading.dates, Span(mention.start - _CLAUSE, mention.start))
        if mention.period.grain != "day" or ranged:
            return False
        words, after = self.reading.words, mention.end
        comma = words[after] == ","
        joined = self.lookup.at("figure_and", after + comma)
        start = max((i + 1 for i in range(found.sentence.start, mention.start) if words[i] in _ENDS), default=0)
        long = mention.start - max(start, found.sentence.start) >= _CLAUSE
        return bool(long and joined and joined.end < found.quantity.start)

    def _is_parted(self, mention: DateMention, found: Figured) -> bool:
        """Tell whether a date belongs to another clause than a result: behind it, or before a "by now"."""
        if mention.start < found.quantity.start:
            window = Span(mention.end, found.quantity.start)
            if mention.period.grain == "day" and mention.period.last == self.days.today_at(mention.start):
                return False  # reported on 6 August that so far
            return any(self.reading.hits_of(group, window) for group in ("figure_now", "figure_today"))
        between = Span(found.right, mention.start)
        joined = self.reading.hits_of("figure_and", between) or self.days.is_of_base(mention, between)
        return bool(joined) or ";" in self.reading.words[between.start : between.end]

    def _holds_today(self, mention: DateMention, period: Period) -> bool:
        """Tell whether the period holds the article's day, so that it can be one of results or of targets."""
        today = self.days.today_at(mention.start)
        if today is None and self.days.horizon and period.year_known:
            return period.last.year <= self.days.horizon
        return today is None or not period.year_known or period.first <= today <= period.last

    def _before(self, found: Figured) -> Period | None:
        """Return the last date of the sentence before, captions aside, that is over."""
        if self.days.is_turn(found.sentence):
            return None
        sentences = self.reading.sentences
        i = bisect_left(sentences, found.sentence.start, key=lambda sentence: sentence.start)
        earlier = [s for s in sentences[max(0, i - 4) : i] if s.kind not in ASIDE and s.end - s.start > 2]
        if not earlier or not goes_on(earlier[-1], found.sentence):
            return None
        over = [p for m, p in self._within(earlier[-1]) if self._is_over(m, p)]
        return over[-1] if over else None

    def _is_over(self, mention: DateMention, period: Period) -> bool:
        today = self.days.today_at(mention.start)
        if self.days.is_issue_date(mention) or self._is_ahead(mention, period):
            return False
        running = today is not None and period.grain in _PARTS and period.first <= today
        return today is None or not period.year_known or period.last <= today or running


def goes_on(last: Sentence, sentence: Sentence) -> bool:
    """Tell whether a sentence goes on with what the one before it speaks of: in the same paragraph or list."""
    return last.block == sentence.block or last.kind == sentence.kind == "list"
