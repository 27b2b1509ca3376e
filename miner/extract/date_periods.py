"""Patterns of quarters, halves, runs of months, years, and of what lies relative to the article's day."""

from __future__ import annotations

from miner import dates
from miner.dates import Period
from miner.extract.date_days import finish, year_tail
from miner.extract.date_forms import DASHES, Forms, Found, cue_before
from miner.extract.reading import Hit


def quarter(f: Forms, i: int) -> Found | None:
    """Quý III/2025, T3 2025, third quarter of 2025, 1er semestre."""
    number, head, end = _numbered(f, i)
    if not head or head.code not in {"quarter", "half", "half_of"} or not number:
        return None
    make, most = (dates.quarter, 4) if head.code == "quarter" else (dates.half, 2)
    year, end, written = year_tail(f, end)
    needs_year = head.code == "half_of" or len(f.words[head.start]) == 1
    if number > most or (needs_year and year is None):
        return None
    return finish(make(year, number), end, written)


def _numbered(f: Forms, i: int) -> tuple[int | None, Hit | None, int]:
    """Return (number, head, end) of a head with its number on either side."""
    if head := f.at("head", i):
        if ordinal := f.at("ordinal", head.end):
            return int(ordinal.code), head, ordinal.end
        symbol = len(f.words[i]) == 1
        return (None if symbol and not f.glued(i) else f.number(head.end, 1, 4)), head, head.end + 1
    if (ordinal := f.at("ordinal", i)) and not f.at("number", i):
        return int(ordinal.code), f.at("head", ordinal.end), _end(f.at("head", ordinal.end))
    suffix = f.at("suffix", i + 1)
    if suffix and f.glued(i):
        return f.number(i, 1, 4), f.at("head", suffix.end), _end(f.at("head", suffix.end))
    return None, None, i


def _end(hit: Hit | None) -> int:
    return hit.end if hit else 0


def half(f: Forms, i: int) -> Found | None:
    """Nửa đầu năm 2025, Q1."""
    hit = f.at("half", i) or f.at("quarter", i)
    if not hit:
        return None
    make = dates.half if hit.group == "date_half" else dates.quarter
    year, end, written = year_tail(f, hit.end)
    return finish(make(year, int(hit.code)), end, written)


def run_of_months(f: Forms, i: int) -> Found | None:
    """The first nine months of 2025, 6 tháng đầu năm, ba quý đầu năm: number, edge and unit, the unit after it."""
    j, number, edge, unit = i, None, "", 0
    for _ in range(3):
        if number and not unit and (hit := f.at("months", j)):
            j, unit = hit.end, 3 if hit.code == "quarters" else 1
        elif not edge and (hit := f.at("edge", j)):
            j, edge = hit.end, hit.code
        elif number is None and (value := f.number(j, 1, 11)):
            j, number = j + 1, value
        elif number is None and (hit := f.at("number", j)):
            j, number = hit.end, int(hit.code)
        else:
            break
    if not number or not unit or number * unit >= 12:
        return None
    year, end, written = year_tail(f, j)
    if not edge and not written and unit == 1 and f.till("so_far", i):
        return Found(end, None, relative=("run", number))
    trailing = edge == "last" and year is None and f.at("edge", i) is not None
    return None if trailing or not (edge or written) else _run(year, number * unit, edge, end, written)


def _run(year: int | None, size: int, edge: str, end: int, written: bool) -> Found | None:
    first, last = (13 - size, 12) if edge == "last" else (1, size)
    return finish(dates.months(year, first, last, "half" if size == 6 else "months"), end, written)


def first_months(f: Forms, i: int) -> Found | None:
    """6 tháng, by which Vietnamese means the first six; not after a word of duration."""
    hit = f.at("first_months", i)
    if not hit or f.till("duration", i) or not f.begins_well(i):
        return None
    number = int(hit.code)
    return finish(dates.months(None, 1, number, "half" if number == 6 else "months"), hit.end, False)


def years(f: Forms, i: int) -> Found | None:
    """2022-2025, from 2022 to 2025, năm 2025, a bare 2025 where the words around leave no doubt."""
    head = f.at("head", i)
    j = head.end if head and head.code == "year" else i
    first = f.number(j, 1930, 2099) if len(f.word(j)) == 4 else None
    if not first or not f.begins_well(j) or j in f.number_words:
        return None
    if found := _year_span(f, j, first):
        return found
    if not f.year(j, named=j > i) or _of_law(f, i, j + 1):
        return None
    if j > i or _dated(f, j):
        return Found(j + 1, dates.year(first), True)
    return None


def _year_span(f: Forms, j: int, first: int) -> Found | None:
    hit, cue = f.at("and", j + 1), cue_before(f, j)
    joined = hit and (f.till("link", j) if cue is None else hit.code == "to" or cue.code == "between")
    to = hit.end if hit and joined else j + 2 if f.word(j + 1) in DASHES else 0
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
    if any(f.till(group, j) for group in ("link", "part", "skip", "index")) or cue_before(f, j):
        return True
    after = f.word(j + 1)
    return not after or not (after[0].isalnum() or after in {"/", "%", "$", "€"})


def relative(f: Forms, i: int) -> Found | None:
    """This year, last month, today."""
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


def lunar(f: Forms, i: int) -> Found | None:
    """Tết Nguyên đán Quý Mão, Lunar New Year 2026."""
    hit = f.at("lunar", i)
    if not hit:
        return None
    j = hit.end
    for _ in range(2):
        if skip := f.at("link", j) or f.at("skip", j):
            j = skip.end
    name = " ".join(f.reading.norms[j : min(j + 2, f.stop)])
    for day, written in dates.lunar_new_years().values():
        end = j + 2 if written == name else j
        if f.year(end) == day.year:
            return Found(end + 1, Period(day, day, "day"), True)
        if written == name:
            return Found(end, Period(day, day, "day"), True)
    return Found(hit.end, None, relative=("lunar", 0))
