"""Component: dates and periods of the text, and the year and the day that the article speaks from."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

from miner import dates
from miner.dates import Period
from miner.extract.date_forms import Forms, Found, cue_before, find_openings
from miner.extract.date_patterns import OPENING, longest
from miner.extract.reading import DateMention, Reading, Span

#: How many tokens at the start of an article may hold its dateline.
_LEAD = 80
#: Cues of a limit that lies ahead.
_AHEAD = {"by", "before"}


@Language.component("miner_dates", requires=["doc._.hits", "doc._.sentences"], assigns=["doc._.dates"])
def find_dates(doc: Doc) -> Doc:
    """Fill `Reading.dates`, and `Reading.year` and `Reading.day`, from which the article speaks.

    What only the article's own day can fix (this month, today) is left out while that day is unknown.
    """
    reading = Reading.of(doc)
    openings = find_openings(reading, OPENING)
    found = [pair for block in reading.blocks for pair in _in_block(Forms(reading, block, openings))]
    reading.dates = [mention for mention, _ in found if mention is not None]
    reading.year = _year(reading)
    reading.day = article_day(reading)
    mentions: list[DateMention] = []
    for mention, span in found:
        if fixed := mention or _fixed(reading, span, mentions):
            mentions.append(fixed)
    reading.dates = mentions
    reading.day = article_day(reading)
    for mention in reading.dates if reading.notes is not None else ():
        rule = f"{reading.block_of(mention.start).language}.dates.{mention.period.grain}"
        reading.note("dates", mention, "matched", rule, f"{mention.period.first}..{mention.period.last} {mention.cue}")
    return doc


class _Open(Span):
    """A mention that waits for the article's day."""

    def __init__(self, start: int, end: int, cue: str | None, unit: str, shift: int) -> None:
        super().__init__(start, end)
        self.cue, self.unit, self.shift = cue, unit, shift


def _in_block(forms: Forms) -> list[tuple[DateMention | None, _Open | None]]:
    pairs: list[tuple[DateMention | None, _Open | None]] = []
    at = forms.first
    for i in _anchors(forms):
        if i < at:
            continue
        if found := longest(forms, i):
            pairs.append(_mention(forms, i, found))
            at = found.end
    return pairs


def _anchors(forms: Forms) -> list[int]:
    opened = filter(forms.openings.__contains__, range(forms.first, forms.stop))
    return sorted({*forms.reading.digits_in(Span(forms.first, forms.stop)), *opened})


def _mention(forms: Forms, i: int, found: Found) -> tuple[DateMention | None, _Open | None]:
    hit = cue_before(forms, i)
    cue = hit.code.replace("between", "from") if hit else None
    if found.relative:
        return None, _Open(i, found.end, cue, *found.relative)
    assert found.period is not None
    return DateMention(i, found.end, found.period, cue, found.complete), None


def _fixed(reading: Reading, span: _Open | None, before: list[DateMention]) -> DateMention | None:
    if span is not None and span.unit == "same":
        days = [m for m in before if m.period.grain == "day" and m.cue not in _AHEAD]
        return DateMention(span.start, span.end, days[-1].period, span.cue, False) if days else None
    anchor = reading.day
    if span is None or anchor is None or span.unit == "none":
        return None
    if span.unit == "weekday":
        day = anchor - timedelta(days=(anchor.weekday() - span.shift) % 7)
        beside = any(mention.end + 2 >= span.start for mention in before if mention.period.grain == "day")
        return None if beside else DateMention(span.start, span.end, dates.Period(day, day, "day"), span.cue, False)
    if span.unit == "run":
        over = anchor.month - span.shift in {0, 1}
        period = dates.months(anchor.year, 1, span.shift, "half" if span.shift == 6 else "months") if over else None
        return DateMention(span.start, span.end, period, span.cue, False) if period else None
    if span.unit == "lunar":
        period = _next_lunar(anchor)
        return DateMention(span.start, span.end, period, span.cue, False) if period else None
    period = dates.around(anchor, span.unit, span.shift)
    return DateMention(span.start, span.end, period, span.cue, False)


def _next_lunar(anchor: date) -> Period | None:
    """Return the lunar new year nearest to a day: the next one, or the one just past."""
    days = [day for day, _ in dates.lunar_new_years().values() if day >= anchor - timedelta(days=45)]
    return Period(min(days), min(days), "day") if days else None


def article_day(reading: Reading) -> date | None:
    """Return the day that the article speaks from: when it was published, or its dateline, or the first day named."""
    if reading.article.published:
        return date.fromisoformat(reading.article.published[:10])
    feasts = {hit.start for hit in reading.hits_of("date_lunar")}
    own = [m for m in reading.dates if m.period.grain == "day" and m.start not in feasts]
    named = [m for m in own if not _is_issue_date(reading, m) and (m.complete or not m.period.year_known)]
    days = [m for m in named if not is_as_of(reading, m) and not _is_closing(reading, m)]
    for mention in days:
        if mention.start < _LEAD and mention.complete:
            return mention.period.last
    for mention in days:
        if mention.start < 2 * _LEAD and mention.cue is None and reading.year:
            return mention.period.last if mention.complete else mention.period.in_year(reading.year).last
    return None


def is_as_of(reading: Reading, mention: DateMention) -> bool:
    """Tell whether something was counted up to a date (as of June 30), so that it is over, but not the present."""
    near = reading.hits_of("figure_as_of", Span(max(0, mention.start - 7), mention.start + 1))
    return any(hit.code == "as_of" for hit in near)


def _is_closing(reading: Reading, mention: DateMention) -> bool:
    """Tell whether a day closes a count (au 30 juin); a limit may be written so, too."""
    hits = reading.hits_of("figure_as_of", Span(max(0, mention.start - 3), mention.start))
    return any(hit.code == "day" and hit.end == mention.start for hit in hits)


def resolve(reading: Reading, mention: DateMention) -> Period:
    """Return the period of a mention with its year, as far as the article tells it.

    An open year is that of a date which closes the same range (from 1/3 to 30/6/2025), else the article's; a limit
    that would lie far in the past of a dated article is of the next year. `Period.iso` is None if nothing tells.
    """
    period = mention.period
    if period.year_known:
        return period
    if year := _year_of_range(reading, mention):
        return period.in_year(year)
    if reading.year is None:
        return period
    known = period.in_year(reading.year)
    anchor = reading.day
    if anchor is None or period.grain in {"year", "span"} or period.first.year != dates.OPEN_YEAR:
        return known
    if mention.cue in _AHEAD and known.last < anchor - timedelta(days=90):
        return period.in_year(reading.year + 1)
    if mention.cue not in _AHEAD and known.first > anchor + timedelta(days=240):
        return period.in_year(reading.year - 1)
    return known


def _year_of_range(reading: Reading, mention: DateMention) -> int | None:
    following = reading.within(reading.dates, Span(mention.end, mention.end + 5))
    if not following or not following[0].complete or following[0].period.grain == "span":
        return None
    between = Span(mention.end, following[0].start)
    joined = reading.hits_of("date_and", between) or between.start == between.end - 1
    same = following[0].period.grain == mention.period.grain
    year: int = following[0].period.last.year
    return year if joined and same else None


def _is_issue_date(reading: Reading, mention: DateMention) -> bool:
    """Tell whether a day is that of a document: a document's number stands just before it."""
    if mention.period.grain != "day":
        return False
    window = Span(max(reading.block_of(mention.start).start, mention.start - 9), mention.start)
    numbered = (hit for hit in reading.hits_of("directive_number_word", window) if hit.end < window.end)
    words = reading.words
    return any(words[hit.end].isdigit() for hit in numbered) or any(
        words[i] == "/" and words[i + 1][0].isalpha() for i in range(window.start, window.end - 1)
    )


def _year(reading: Reading) -> int | None:
    """Return the year of publication, of the dateline, or else the one that the text's dates speak from.

    Days, months and quarters with their year tell it best; years alone only where they lie close together, so that
    goals and comparisons do not stand for the present.
    """
    if reading.article.published:
        return int(reading.article.published[:4])
    own = [m for m in reading.dates if m.complete and m.period.grain != "span" and not _is_issue_date(reading, m)]
    fine = [m for m in own if m.period.grain != "year"]
    if lead := [m for m in fine if m.period.grain == "day" and m.start < _LEAD]:
        return lead[0].period.last.year
    issued = [m.period.last.year for m in reading.dates if m.complete and _is_issue_date(reading, m)]
    if fine and issued and (_is_past_limits(reading, fine) or _are_limits(own, fine, max(issued))):
        return max(issued)
    if fine:
        return _most([(m.period.last.year, 2 - _is_new_year(m)) for m in fine])
    if issued:
        return max(issued)
    years = [m for m in own if m.cue is None and not _compared(reading, m)]
    found = [m.period.last.year for m in years]
    if not found:
        bases = [m.period.last.year for m in own if _compared(reading, m, code="same")]
        return max(bases) + 1 if bases else None  # over the same period of 2022: said in 2023
    return max(found) if max(found) - min(found) <= 1 else None


def _is_past_limits(reading: Reading, fine: list[DateMention]) -> bool:
    """Tell whether all dates are limits that the article's own day, in their year, would lie behind."""
    limit = min(m.period.last for m in fine)
    opening = [m for m in reading.dates if m.start < _LEAD and m.cue is None and m.period.grain == "day"]
    own = next((m.period.in_year(limit.year).last for m in opening if not m.complete), None)
    return own is not None and own > limit and all(m.cue in _AHEAD for m in fine)


def _are_limits(own: list[DateMention], fine: list[DateMention], year: int) -> bool:
    """Tell whether all dates are limits, and another limit lies in `year` already, so that this is the present."""
    limits = {m.period.last.year for m in own if m.cue in _AHEAD}
    return year in limits and all(m.cue in _AHEAD for m in fine)


def _is_new_year(mention: DateMention) -> bool:
    """Tell whether a day is 1 January, from which rules take effect: a weak sign of the present."""
    first = mention.period.first
    return mention.period.grain == "day" and (first.month, first.day) == (1, 1)


def _most(weighted: list[tuple[int, int]]) -> int:
    counts: Counter[int] = Counter()
    for year, weight in weighted:
        counts[year] += weight
    return max(counts, key=lambda year: (counts[year], year))


def _compared(reading: Reading, mention: DateMention, code: str | None = None) -> bool:
    near = Span(max(0, mention.start - 5), mention.start)
    hits = [hit for hit in reading.hits_of("date_compare", near) if code in {None, hit.code}]
    return any(hit.end <= mention.start for hit in hits)
