"""How dates and periods are written: patterns over tokens and hits, the same for all languages.

Words come from the ``date_*`` groups of the languages' data; only the order of the parts is known here. Every pattern
takes the place where it would begin and returns what stands there, or None; the longest wins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from miner import dates
from miner.dates import Period
from miner.extract.reading import BlockSpan, Hit, Reading, Span

_DASHES = {"-", "–", "—", "‑", "−", "‐"}
_SEPARATORS = {"/", *_DASHES, "."}
_OPENERS = {"(", "[", '"', "“", "«", "‘", "'", "’", "|", ":", ",", ";", *_DASHES}
_OF_YEAR = {"of": 0, "previous": -1, "next": 1}
_GROUPS = (
    *("month", "month_unsure", "month_first", "head", "suffix", "ordinal", "number", "edge", "months", "half"),
    *("first_months", "part", "link", "of_year", "and", "relative", "lunar", "cue", "skip", "lead", "counted", "not"),
    *("duration", "law"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date or period that ends before token `end`.

    `relative` is (unit, shift) of one that only the article's own day can fix (this month); `complete` tells whether
    the year is written there.
    """

    end: int
    period: Period | None
    complete: bool = False
    relative: tuple[str, int] | None = None


class Forms:
    """One block of an article as the patterns see it."""

    def __init__(self, reading: Reading, block: BlockSpan) -> None:
        self.reading, self.words, self.stop, self.first = reading, reading.words, block.end, block.start
        self.begin: dict[tuple[str, int], Hit] = {}
        self.finish: dict[tuple[str, int], Hit] = {}
        for name in _GROUPS:
            for hit in reading.hits_of(f"date_{name}", Span(block.start, block.end)):
                self.begin[name, hit.start] = self.finish[name, hit.end] = hit
        self.number_words = {hit.end for hit in reading.hits_of("directive_number_word", Span(block.start, block.end))}

    def word(self, i: int) -> str:
        """Return the token at `i`, or nothing outside the block."""
        return self.words[i] if self.first <= i < self.stop else ""

    def at(self, group: str, i: int) -> Hit | None:
        """Return the hit of a group that starts at `i`."""
        return self.begin.get((group, i))

    def till(self, group: str, i: int) -> Hit | None:
        """Return the hit of a group that ends before `i`."""
        return self.finish.get((group, i))

    def glued(self, i: int) -> bool:
        """Tell whether no space stands between token `i` and the next one of the block."""
        return i + 1 < self.stop and self.reading.ends[i] == self.reading.starts[i + 1]

    def number(self, i: int, low: int, high: int) -> int | None:
        """Return the integer written at `i` if it lies within the bounds."""
        word = self.word(i)
        if not (word.isascii() and word.isdigit() and len(word) <= 4):
            return None
        return int(word) if low <= int(word) <= high else None

    def year(self, i: int) -> int | None:
        """Return the year written at `i`; a number that counts something or goes on (2025/QH15) is none."""
        if len(self.word(i)) != 4 or not self.ends_well(i + 1) or self.at("counted", i + 1):
            return None
        return self.number(i, 1930, 2099)

    def ends_well(self, i: int) -> bool:
        """Tell whether a number that ends before `i` does not run on in a longer one, a symbol or a per cent sign."""
        if i >= self.stop or not self.glued(i - 1):
            return self.word(i) != "%"
        if self.words[i] in _SEPARATORS | {",", ":"}:
            return not (self.glued(i) and self.words[i + 1][0].isalnum()) or self.words[i] in _DASHES
        return not (self.words[i][0].isalnum() or self.words[i] in {"%", "°"})

    def begins_well(self, i: int) -> bool:
        """Tell whether a number at `i` is not the rest of a longer one or of a symbol."""
        return i == self.first or not self.glued(i - 1) or self.words[i - 1] in _OPENERS

    def led(self, i: int) -> bool:
        """Tell whether a word of date stands before `i`, if need be across a bracket or a comma."""
        if self.till("lead", i) or self.till("head", i):
            return True
        return self.word(i - 1) in {"(", ","} and self.till("lead", i - 1) is not None


def _month(f: Forms, i: int) -> tuple[int, int, bool] | None:
    """Return (month, end, sure) of a month written at `i`, by name or by number after a word for month."""
    if hit := f.at("month", i):
        return int(hit.code), hit.end, True
    if hit := f.at("month_unsure", i):
        return int(hit.code), hit.end, False
    head = f.at("head", i)
    if head and head.code == "month" and (number := f.number(head.end, 1, 12)):
        if f.word(head.end + 1) == "/" and not f.year(head.end + 2):
            return None
        symbol = len(f.words[i]) == 1
        if symbol and not f.glued(i):
            return None
        return number, head.end + 1, not symbol
    return None


def _year_tail(f: Forms, i: int, *, comma: bool = False) -> tuple[int | None, int, bool]:
    """Return (year, end, written) of what follows a day or month: a year, 'of last year', or nothing."""
    if (hit := f.at("of_year", i)) and not f.year(hit.end):
        return dates.OPEN_YEAR + _OF_YEAR[hit.code], hit.end, False
    j = i
    if f.word(j) in {"/", *_DASHES} or (comma and f.word(j) == ","):
        j += 1
    if hit := f.at("link", j):
        j = hit.end
    if year := f.year(j):
        return year, j + 1, True
    return None, i, False


def _finish(period: Period | None, end: int, written: bool) -> Found | None:
    if period is None:
        return None
    known = period if written or not period.year_known else Period(period.first, period.last, period.grain, False)
    return Found(end, known, written)


def _numeric(f: Forms, i: int) -> Found | None:
    """22/12/2024, 22.12.2024, 2024-12-22, 26-6, 5/6, 10/2025."""
    head = f.at("head", i)
    j = head.end if head and head.code in {"day", "month"} else i
    first, sep = f.number(j, 1, 2099), f.word(j + 1)
    if not first or sep not in _SEPARATORS or not (f.glued(j) and f.glued(j + 1)) or not f.begins_well(j):
        return None
    second = f.number(j + 2, 1, 2099)
    if not second or j in f.number_words:
        return None
    if f.word(j + 3) == sep and f.glued(j + 2) and f.glued(j + 3) and (third := f.number(j + 4, 0, 2099)) is not None:
        return _full(f, i, j, (first, second, third))
    return _short(f, i, j, first, second)


def _full(f: Forms, i: int, j: int, parts: tuple[int, int, int]) -> Found | None:
    if not f.ends_well(j + 5):
        return None
    first, second, third = parts
    if first > 1900:
        return _finish(dates.day(first, second, third), j + 5, True)
    year = third if third > 1900 else 2000 + third if len(f.word(j + 4)) == 2 and f.led(j) else None
    if year is None:
        return None
    period = dates.day(year, second, first) or dates.day(year, first, second)
    return _finish(period, j + 5, True)


def _short(f: Forms, i: int, j: int, first: int, second: int) -> Found | None:
    if not f.ends_well(j + 3) or f.at("not", j):
        return None
    if second > 1900:
        month = dates.month(second, first) if first <= 12 and f.year(j + 2) and f.word(j + 1) != "." else None
        return _finish(month, j + 3, True)
    if not _is_day(f, j, first, second):
        return None
    period = dates.day(None, second, first)
    year, end, written = _year_tail(f, j + 3)
    return _finish(dates.day(year, second, first) if period and year else period, end, written)


def _is_day(f: Forms, j: int, first: int, second: int) -> bool:
    """Tell a day and month (on 5/6) from a fraction (5/6 targets), a range or a score."""
    if second > 12 or first > 31:
        return False
    led = f.led(j)
    if f.word(j + 1) == ".":
        return led and f.till("head", j) is not None
    if led:
        return not (f.at("counted", j + 3) and f.till("head", j) is None and first <= second)
    if f.at("counted", j + 3):
        return False
    return cue_before(f, j) is not None or (f.word(j + 1) == "/" and first > max(second, 12))


def _day_range(f: Forms, i: int) -> Found | None:
    """7-8/11, 3 and 4 March, from 3 to 5/3: from the first day to the second."""
    head = f.at("head", i)
    j = head.end if head and head.code == "day" else i
    first = f.number(j, 1, 31)
    if not first or not f.begins_well(j):
        return None
    hit = f.at("and", j + 1)
    middle = hit.end if hit else j + 2 if f.word(j + 1) in {",", *_DASHES} else 0
    if not middle or not (f.led(j) or cue_before(f, j) or f.at("month", middle + 1)):
        return None
    last = _numeric(f, middle) or _day_month(f, middle)
    if last is None or last.period is None or last.period.grain != "day" or last.period.first.day <= first:
        return None
    start = last.period.first.replace(day=first)
    return Found(last.end, Period(start, last.period.last, "span", last.period.year_known), last.complete)


def _day_month(f: Forms, i: int) -> Found | None:
    """22 December 2024, 22 tháng 12 năm 2024, the 1st of July."""
    head = f.at("head", i)
    j = head.end if head and head.code == "day" else i
    day = f.number(j, 1, 31)
    if not day or not f.begins_well(j):
        return None
    suffix = f.at("suffix", j + 1)
    j = suffix.end if suffix and f.glued(j) else j + 1
    for k in (j, link.end if (link := f.at("link", j)) else j):
        if month := _month(f, k):
            year, end, written = _year_tail(f, month[1], comma=True)
            return _finish(dates.day(year, month[0], day), end, written)
    return None


def _month_day(f: Forms, i: int) -> Found | None:
    """December 22, 2024; Dec. 22; November 7-8."""
    hit = f.at("month_first", i)
    if not hit:
        return None
    j = hit.end + 1 if f.word(hit.end) == "." else hit.end
    day = f.number(j, 1, 31)
    if not day or len(f.word(j)) > 2:
        return None
    suffix = f.at("suffix", j + 1)
    j = suffix.end if suffix and f.glued(j) else j + 1
    last = f.number(j + 1, day + 1, 31) if f.word(j) in _DASHES else None
    j = j + 2 if last else j
    if not f.ends_well(j):
        return None
    year, end, written = _year_tail(f, j, comma=True)
    if not written and not (f.at("month", i) or f.at("month_unsure", i)):
        return None
    first = dates.day(year, int(hit.code), day)
    period = dates.days(first, second) if first and last and (second := dates.day(year, int(hit.code), last)) else first
    return _finish(period, end, written)


def _month_alone(f: Forms, i: int) -> Found | None:
    """October 2025, tháng 10/2025, in May."""
    month = _month(f, i)
    if not month:
        return None
    number, end, sure = month
    year, tail, written = _year_tail(f, end, comma=True)
    if not sure and not written:
        before = f.till("link", i) or f.till("part", i) or f.till("skip", i)
        if len(f.words[i]) == 1 or not (before or cue_before(f, i)) or f.words[i].endswith("."):
            return None
    return _finish(dates.month(year, number), tail, written)


def _quarter(f: Forms, i: int) -> Found | None:
    """Quý III/2025, T3 2025, third quarter of 2025, 1er semestre."""
    number, head, end = _numbered(f, i)
    if not head or head.code not in {"quarter", "half", "half_of"} or not number:
        return None
    make, most = (dates.quarter, 4) if head.code == "quarter" else (dates.half, 2)
    year, end, written = _year_tail(f, end)
    needs_year = head.code == "half_of" or len(f.words[head.start]) == 1
    if number > most or (needs_year and year is None):
        return None
    return _finish(make(year, number), end, written)


def _numbered(f: Forms, i: int) -> tuple[int | None, Hit | None, int]:
    """Return (number, head, end) of a head with its number on either side."""
    if head := f.at("head", i):
        if ordinal := f.at("ordinal", head.end):
            return int(ordinal.code), head, ordinal.end
        symbol = len(f.words[i]) == 1
        return (None if symbol and not f.glued(i) else f.number(head.end, 1, 4)), head, head.end + 1
    if ordinal := f.at("ordinal", i):
        return int(ordinal.code), f.at("head", ordinal.end), _end(f.at("head", ordinal.end))
    suffix = f.at("suffix", i + 1)
    if suffix and f.glued(i):
        return f.number(i, 1, 4), f.at("head", suffix.end), _end(f.at("head", suffix.end))
    return None, None, i


def _end(hit: Hit | None) -> int:
    return hit.end if hit else 0


def _half(f: Forms, i: int) -> Found | None:
    hit = f.at("half", i)
    if not hit:
        return None
    year, end, written = _year_tail(f, hit.end)
    return _finish(dates.half(year, int(hit.code)), end, written)


def _months(f: Forms, i: int) -> Found | None:
    """The first nine months of 2025, 6 tháng đầu năm: a number, an edge and a word for months in any order."""
    j, number, edge, word = i, None, "", False
    for _ in range(3):
        if hit := (None if word else f.at("months", j)):
            j, word = hit.end, True
        elif hit := (None if edge else f.at("edge", j)):
            j, edge = hit.end, hit.code
        elif number is None and (value := f.number(j, 1, 11)):
            j, number = j + 1, value
        elif number is None and (hit := f.at("number", j)):
            j, number = hit.end, int(hit.code)
        else:
            break
    if number is None or not word:
        return None
    year, end, written = _year_tail(f, j)
    if not edge and not written:
        return None
    if edge == "last" and year is None and j == i + 3 and f.word(j - 1) == f.words[i + 2] and f.at("edge", i):
        return None
    first, last = (13 - number, 12) if edge == "last" else (1, number)
    return _finish(dates.months(year, first, last, "half" if number == 6 else "months"), end, written)


def _first_months(f: Forms, i: int) -> Found | None:
    hit = f.at("first_months", i)
    if not hit or f.till("duration", i) or not f.begins_well(i):
        return None
    number = int(hit.code)
    return _finish(dates.months(None, 1, number, "half" if number == 6 else "months"), hit.end, False)


def _years(f: Forms, i: int) -> Found | None:
    """2022-2025, from 2022 to 2025, năm 2025, a bare 2025 where the words around leave no doubt."""
    head = f.at("head", i)
    j = head.end if head and head.code == "year" else i
    first = f.number(j, 1930, 2099) if len(f.word(j)) == 4 else None
    if not first or not f.begins_well(j) or j in f.number_words:
        return None
    if found := _year_span(f, j, first):
        return found
    if not f.year(j) or _of_law(f, i, j + 1):
        return None
    if j > i or _dated(f, j):
        return Found(j + 1, dates.year(first), True)
    return None


def _year_span(f: Forms, j: int, first: int) -> Found | None:
    hit = f.at("and", j + 1)
    to = hit.end if hit and hit.code == "to" and cue_before(f, j) else j + 2 if f.word(j + 1) in _DASHES else 0
    last = f.year(to) if to else None
    if not last or not 0 < last - first <= 40:
        return None
    return Found(to + 1, dates.span(first, last), True)


def _of_law(f: Forms, i: int, end: int) -> bool:
    """Tell whether a year belongs to the name of a law (Law on Residence 2020, loi de 2020)."""
    if f.at("law", end):
        return True
    for k in range(i, max(f.first, i - 6), -1):
        if f.till("law", k):
            return cue_before(f, i) is None
        if not f.word(k - 1)[:1].isalpha():
            return False
    return False


def _dated(f: Forms, j: int) -> bool:
    if f.till("link", j) or f.till("part", j) or f.till("skip", j) or cue_before(f, j):
        return True
    after = f.word(j + 1)
    return not after or not (after[0].isalnum() or after in {"/", "%", "$", "€"})


def _relative(f: Forms, i: int) -> Found | None:
    hit = f.at("relative", i)
    if not hit:
        return None
    if hit.code == "none":
        return Found(hit.end, None, relative=("none", 0))
    part = "start" if hit.code == "year-start" else "end"
    if hit.code.startswith("year") and (year := f.year(hit.end)):
        return Found(hit.end + 1, dates.part(dates.year(year), part), True)
    if part == "start":
        return Found(hit.end, dates.part(dates.relative_year(0), part))
    if f.at("ordinal", hit.end) or f.number(hit.end, 1, 12):
        return None
    unit, shift = hit.code[:-2], int(hit.code[-2:])
    if unit == "year":
        return Found(hit.end, dates.relative_year(shift))
    return Found(hit.end, None, relative=(unit, shift))


def _lunar(f: Forms, i: int) -> Found | None:
    hit = f.at("lunar", i)
    if not hit:
        return None
    j = hit.end
    for _ in range(2):
        if skip := f.at("link", j) or f.at("skip", j):
            j = skip.end
    name = " ".join(f.reading.norms[j : min(j + 2, f.stop)])
    for day, written in dates.lunar_new_years().values():
        if written == name or f.year(j) == day.year:
            return Found(j + 2 if written == name else j + 1, Period(day, day, "day"), True)
    return Found(hit.end, None, relative=("lunar", 0))


def _part(f: Forms, i: int) -> Found | None:
    hit = f.at("part", i)
    if not hit:
        return None
    j = hit.end
    if f.word(j) in _DASHES:
        j += 1
    found = longest(f, j)
    skip = f.at("skip", j)
    if found is None and skip:
        found = longest(f, skip.end)
    if found is None or found.period is None:
        return None
    return Found(found.end, dates.part(found.period, hit.code), found.complete)


_PATTERNS: tuple[Callable[[Forms, int], Found | None], ...] = (
    *(_numeric, _day_range, _day_month, _month_day, _month_alone, _quarter, _half, _months, _first_months),
    *(_years, _relative, _lunar, _part),
)


def longest(f: Forms, i: int) -> Found | None:
    """Return the longest date or period that begins at `i`."""
    found = [x for pattern in _PATTERNS if (x := pattern(f, i))]
    return max(found, key=lambda x: x.end, default=None)


def cue_before(f: Forms, i: int) -> Hit | None:
    """Return the cue (by, before, until, since, from) that a date at `i` follows, across articles and such."""
    for _ in range(4):
        if cue := next((c for k in (i, i + 1, i + 2) if (c := f.till("cue", k)) and c.start < i), None):
            return cue
        step = f.till("skip", i) or f.till("lead", i) or f.till("part", i)
        if not step:
            return None
        i = step.start
    return None
