"""Periods of time with their precision; their forms in each language are data of the extract stage."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from miner.lexicon import read_table
from miner.records import Article
from miner.text import fold

#: The year in which a period lies while its own year is unknown.
OPEN_YEAR = 4


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month, quarter, half-year, run of months, year or span: its first and last day.

    `year_known` is False while the text has given no year; the days then lie in the leap year 4 (in year 3 for
    'last year', in year 5 for 'next year'), until `in_year` sets it.
    """

    first: date
    last: date
    grain: str
    year_known: bool = True

    def in_year(self, year: int) -> Period:
        """Return the period seen from `year`: an open year becomes it, a known one is replaced by it.

        29 February becomes the 28th outside leap years.
        """
        shift = year - (self.first.year if self.year_known else OPEN_YEAR)
        return Period(_moved(self.first, shift), _moved(self.last, shift), self.grain, True)

    @property
    def iso(self) -> str | None:
        """The last day as ISO 8601, or None while the year is unknown."""
        return self.last.isoformat() if self.year_known else None


def _moved(day: date, years: int) -> date:
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def day(year: int | None, month: int, dom: int) -> Period | None:
    """Return one day, or None where the calendar has no such day (30 February)."""
    try:
        found = date(year or OPEN_YEAR, month, dom)
    except ValueError:
        return None
    return Period(found, found, "day", year is not None)


def months(year: int | None, first: int, last: int, grain: str) -> Period | None:
    """Return the period from the month `first` to the month `last` of a year, both within 1..12."""
    if not 1 <= first <= last <= 12:
        return None
    y = year or OPEN_YEAR
    return Period(date(y, first, 1), date(y, last, calendar.monthrange(y, last)[1]), grain, year is not None)


def month(year: int | None, number: int) -> Period | None:
    """Return a month."""
    return months(year, number, number, "month")


def quarter(year: int | None, number: int) -> Period | None:
    """Return a quarter, 1 to 4."""
    return months(year, 3 * number - 2, 3 * number, "quarter")


def half(year: int | None, number: int) -> Period | None:
    """Return a half-year, 1 or 2."""
    return months(year, 6 * number - 5, 6 * number, "half")


def year(number: int) -> Period:
    """Return a whole year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year")


def span(first: int, last: int) -> Period | None:
    """Return the years `first` to `last`, or None if they are in the wrong order."""
    return Period(date(first, 1, 1), date(last, 12, 31), "span") if first <= last else None


def days(first: Period, last: Period) -> Period | None:
    """Return the span from one day to another, or None if they are in the wrong order."""
    if last.first < first.first or last.year_known != first.year_known:
        return None
    return Period(first.first, last.last, "span", first.year_known)


def relative_year(shift: int) -> Period:
    """Return the year that lies `shift` years after the one that the text speaks from."""
    y = OPEN_YEAR + shift
    return Period(date(y, 1, 1), date(y, 12, 31), "year", False)


def shifted(period: Period, years: int) -> Period:
    """Return the period `years` years later; an open year stays open."""
    return Period(_moved(period.first, years), _moved(period.last, years), period.grain, period.year_known)


def part(period: Period, code: str) -> Period:
    """Return the start or the middle of a period by its last day; its end is the period itself.

    The start of a year is its first quarter, its middle the first half; the start of a month its first ten days.
    """
    if code == "end" or period.grain in {"day", "span"}:
        return period
    first, length = period.first, (period.last - period.first).days + 1
    if period.grain == "year":
        last = date(first.year, 3, 31) if code == "start" else date(first.year, 6, 30)
    else:
        last = first + timedelta(days=length // (3 if code == "start" else 2) - 1)
    return Period(first, last, "span", period.year_known)


def around(anchor: date, unit: str, shift: int) -> Period:
    """Return the day, month or quarter that lies `shift` units from the one that holds `anchor`."""
    if unit == "day":
        moved = anchor + timedelta(days=shift)
        return Period(moved, moved, "day")
    size = 3 if unit == "quarter" else 1
    index = (anchor.year * 12 + anchor.month - 1) // size + shift
    y, first = divmod(index * size, 12)
    last = first + size
    return Period(date(y, first + 1, 1), date(y, last, calendar.monthrange(y, last)[1]), unit)


@cache
def lunar_new_years() -> dict[int, tuple[date, str]]:
    """Return, by year, the first day of the lunar year in Vietnam and its folded name (``quy mao``)."""
    rows = read_table("lunar_new_year.csv", ("year", "day", "name"))
    return {int(row["year"]): (date.fromisoformat(row["day"]), fold(row["name"])) for row in rows}


def before(period: Period) -> date:
    """Return the day before a period begins."""
    return period.first - timedelta(days=1)


def day_of(article: Article | None) -> str:
    """Return the day on which an article appeared, or an empty text."""
    appeared = (article.published or "")[:10] if article else ""
    try:
        date.fromisoformat(appeared)
    except ValueError:
        return ""
    return appeared
