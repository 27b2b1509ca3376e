"""Periods of time with their precision; their forms in each language are data of the extract stage."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

#: The precisions of a period, from fine to coarse.
GRAINS = ("day", "month", "quarter", "half", "months", "year", "span")


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month, quarter, half-year, run of months, year or span: its first and last day.

    `year_known` is False while the text has given no year; the days then lie in the leap year 4, until
    `in_year` sets it.
    """

    first: date
    last: date
    grain: str
    year_known: bool = True

    def in_year(self, year: int) -> Period:
        """Return the same period of another year (29 February becomes the 28th outside leap years)."""
        shift = year - self.first.year
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
        found = date(year or 4, month, dom)
    except ValueError:
        return None
    return Period(found, found, "day", year is not None)


def months(year: int | None, first: int, last: int, grain: str) -> Period | None:
    """Return the period from the month `first` to the month `last` of a year, both within 1..12."""
    if not 1 <= first <= last <= 12:
        return None
    y = year or 4
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


def before(period: Period) -> date:
    """Return the day before a period begins."""
    return period.first - timedelta(days=1)
