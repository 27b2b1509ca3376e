"""Patterns of days and months: 22/12/2024, 26-6, 3 and 4 March, December 22, October 2025.

Every pattern takes the place where it would begin and returns what stands there, or None.
"""

from __future__ import annotations

from miner import dates
from miner.dates import Period
from miner.extract.date_forms import DASHES, SEPARATORS, Forms, Found, cue_before

_OF_YEAR = {"of": 0, "previous": -1, "next": 1}


def month_at(f: Forms, i: int) -> tuple[int, int, bool] | None:
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


def year_tail(f: Forms, i: int, *, comma: bool = False) -> tuple[int | None, int, bool]:
    """Return (year, end, written) of what follows a day or month: a year, 'of last year', or nothing."""
    if (hit := f.at("of_year", i)) and not f.year(hit.end):
        return dates.OPEN_YEAR + _OF_YEAR[hit.code], hit.end, False
    j = i
    if f.word(j) in {"/", *DASHES} or (comma and f.word(j) == ","):
        j += 1
    if hit := f.at("link", j):
        j = hit.end
    if year := f.year(j):
        return year, j + 1, True
    return None, i, False


def finish(period: Period | None, end: int, written: bool) -> Found | None:
    """Return what was found, its year open unless it was written or is relative."""
    if period is None:
        return None
    known = period if written or not period.year_known else Period(period.first, period.last, period.grain, False)
    return Found(end, known, written)


def numeric(f: Forms, i: int, *, ranged: bool = False) -> Found | None:
    """22/12/2024, 22.12.2024, 2024-12-22, 26-6, 5/6, 10/2025; `ranged` if another day of the range is led by a word."""
    head = f.at("head", i)
    j = head.end if head and head.code in {"day", "month"} else i
    first, sep = f.number(j, 1, 2099), f.word(j + 1)
    if not first or sep not in SEPARATORS or not (f.glued(j) and f.glued(j + 1)):
        return None
    if not f.begins_well(j) and not (f.behind_name(j) and f.year(j + 4)):
        return None
    second = f.number(j + 2, 1, 2099)
    if not second or j in f.number_words:
        return None
    if f.word(j + 3) == sep and f.glued(j + 2) and f.glued(j + 3) and (third := f.number(j + 4, 0, 2099)) is not None:
        return _full(f, i, j, (first, second, third))
    return _short(f, i, j, first, second, ranged=ranged)


def _full(f: Forms, i: int, j: int, parts: tuple[int, int, int]) -> Found | None:
    if not f.ends_well(j + 5):
        return None
    first, second, third = parts
    if first > 1900:
        return finish(dates.day(first, second, third), j + 5, True)
    year = third if third > 1900 else 2000 + third if len(f.word(j + 4)) == 2 and f.led(j) else None
    if year is None:
        return None
    period = dates.day(year, second, first) or dates.day(year, first, second)
    return finish(period, j + 5, True)


def _short(f: Forms, i: int, j: int, first: int, second: int, *, ranged: bool) -> Found | None:
    if not f.ends_well(j + 3) or f.at("not", j):
        return None
    if first > 1900:
        iso = f.word(j + 1) == "-" and len(f.word(j + 2)) == 2
        return finish(dates.month(first, second), j + 3, True) if iso and second <= 12 else None
    if second > 1900:
        month = dates.month(second, first) if first <= 12 and f.year(j + 2) and f.word(j + 1) != "." else None
        return finish(month, j + 3, True)
    if not (_is_day(f, j, first, second) or (ranged and second <= 12 and first <= 31 and f.word(j + 1) == "/")):
        return None
    period = dates.day(None, second, first)
    year, end, written = year_tail(f, j + 3)
    return finish(dates.day(year, second, first) if period and year else period, end, written)


def _is_day(f: Forms, j: int, first: int, second: int) -> bool:
    """Tell a day and month (on 5/6) from a fraction (5/6 targets), a range or a score."""
    if second > 12 or first > 31:
        return False
    led = f.led(j)
    if f.till("named", j) and not f.till("head", j):
        return False
    if f.word(j + 1) == ".":
        return _is_dotted_day(f, j, first)
    skip = f.at("skip", j + 3)
    counted = f.at("counted", j + 3) or (skip and f.at("counted", skip.end))
    if led:
        return not (counted and f.till("head", j) is None and first <= second)
    if counted:
        return False
    return cue_before(f, j) is not None or (f.word(j + 1) == "/" and first > max(second, 12))


def _is_dotted_day(f: Forms, j: int, first: int) -> bool:
    """Tell the day of 'by 31.12' from a decimal, where the language writes decimals with a comma."""
    if f.led(j) and f.till("head", j):
        return True
    announced = f.led(j) or cue_before(f, j) is not None
    return f.dots_days and announced and first > 12 and not f.counts(j + 3)


def day_range(f: Forms, i: int) -> Found | None:
    """7-8/11, 3 and 4 March, from 3 to 5/3: from the first day to the second."""
    head = f.at("head", i)
    j = head.end if head and head.code == "day" else i
    first = f.number(j, 1, 31)
    if not first or not f.begins_well(j):
        return None
    hit = f.at("and", j + 1)
    middle = hit.end if hit else j + 2 if f.word(j + 1) in {",", *DASHES} else 0
    if not middle or not (f.led(j) or cue_before(f, j) or f.at("month", middle + 1)):
        return None
    led = head is not None and head.code == "day"
    last = numeric(f, middle, ranged=led) or day_month(f, middle)
    if last is None or last.period is None or last.period.grain != "day" or last.period.first.day <= first:
        return None
    start = last.period.first.replace(day=first)
    return Found(last.end, Period(start, last.period.last, "span", last.period.year_known), last.complete)


def day_month(f: Forms, i: int) -> Found | None:
    """22 December 2024, 22 tháng 12 năm 2024, the 1st of July."""
    head = f.at("head", i)
    j = head.end if head and head.code == "day" else i
    day = f.number(j, 1, 31)
    if not day or not f.begins_well(j):
        return None
    suffix = f.at("suffix", j + 1)
    j = suffix.end if suffix and f.glued(j) else j + 1
    for k in (j, link.end if (link := f.at("link", j)) else j):
        if month := month_at(f, k):
            year, end, written = year_tail(f, month[1], comma=True)
            return finish(dates.day(year, month[0], day), end, written)
    return None


def month_day(f: Forms, i: int) -> Found | None:
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
    joined = f.at("and", j)
    k = j + 1 if f.word(j) in DASHES else joined.end if joined else 0
    last = f.number(k, day + 1, 31) if k and not f.at("counted", k + 1) else None
    j = k + 1 if last else j
    if not f.ends_well(j):
        return None
    year, end, written = year_tail(f, j, comma=True)
    if not written and not (f.at("month", i) or f.at("month_unsure", i)):
        return None
    first = dates.day(year, int(hit.code), day)
    period = dates.days(first, second) if first and last and (second := dates.day(year, int(hit.code), last)) else first
    return finish(period, end, written)


def month_alone(f: Forms, i: int) -> Found | None:
    """October 2025, tháng 10/2025, in May."""
    month = month_at(f, i)
    if not month:
        return None
    number, end, sure = month
    year, tail, written = year_tail(f, end, comma=True)
    if not sure and not written:
        before = f.till("link", i) or f.till("part", i) or f.till("skip", i)
        if len(f.words[i]) == 1 or not (before or cue_before(f, i)) or f.words[i].endswith("."):
            return None
    return finish(dates.month(year, number), tail, written)
