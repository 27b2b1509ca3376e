"""Numerals and number words → values; the notation of each language is data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from miner.lexicon import load_lexicon

#: What a numeral counts: whole things, a measure (a scale word or a unit follows) or a percentage.
Use = Literal["count", "measure", "percent"]

_TIGHT = "\u00a0\u202f\u2009\u2007"
_DIGITS = re.compile(r"\d+")


class Notation(NamedTuple):
    """How a language writes numerals: its decimal sign and its sign between thousands."""

    decimal: str
    thousands: str


class Part(NamedTuple):
    """A word of a number: `role` is unit (adds up), scale (multiplies the words before) or half (of the last scale)."""

    value: Decimal
    role: Literal["unit", "scale", "half"]


@cache
def notation(language: str) -> Notation:
    """Return the notation of a language."""
    settings = load_lexicon(language).settings
    return Notation(str(settings["decimal"]), str(settings["thousands"]))


@cache
def _pattern(spaced: bool) -> re.Pattern[str]:
    gap = f"[{_TIGHT} \n]" if spaced else f"[{_TIGHT}]"
    # A class in front lets the search pass over all other characters at once.
    return re.compile(rf"\d(?<!\d\d)(?:(?<=[1-9])\d{{0,2}}(?:{gap}\d{{3}})+(?!\d)|\d*)(?:[.,]\d+)*(?!\d)")


def find_numerals(text: str, start: int, end: int, style: Notation) -> Iterator[re.Match[str]]:
    """Yield the numerals of ``text[start:end]`` with the signs within them.

    A space joins groups of three digits where the language writes thousands so, an unbreakable space anywhere.
    """
    return _pattern(style.thousands == " ").finditer(text, start, end)


def numeral_value(numeral: str, style: Notation, use: Use = "count") -> Decimal | None:
    """Return the value of a numeral as `find_numerals` yields it.

    A single sign before three digits can mean thousands or decimals: the language's own sign decides, unless what the
    numeral counts speaks against it (things are whole, a percentage has no thousands).

    Returns
    -------
    Decimal or None
        None where the groups make no number (a date, a phone number, the number of a section).

    Examples
    --------
    >>> numeral_value("599.066,64", Notation(",", ".")), numeral_value("0912.345.678", Notation(",", "."))
    (Decimal('599066.64'), None)
    """
    groups = _DIGITS.findall(numeral)
    signs = [c for c in numeral if c in ".,"]
    spaces = len(groups) - 1 - len(signs)
    if not signs:
        return Decimal("".join(groups))
    if _is_decimal(groups, signs, spaces, style, use):
        whole, thousands = groups[:-1], signs[:-1]
        if len(set(thousands)) > 1 or (thousands and not _grouped(whole)):
            return None
        return Decimal("".join(whole) + "." + groups[-1])
    return Decimal("".join(groups)) if len(set(signs)) == 1 and _grouped(groups) else None


def _grouped(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(group) == 3 for group in groups[1:])


def _is_decimal(groups: list[str], signs: list[str], spaces: int, style: Notation, use: Use) -> bool:
    last = signs[-1]
    if len(signs) > 1 or spaces:
        return signs.count(last) == 1
    if not _grouped(groups):
        return True
    own, round_end = last == style.decimal, groups[-1].endswith("0")
    if use == "count":
        return False
    return own and not round_end if use == "measure" else not round_end


def compose(parts: Iterable[Part]) -> Decimal:
    """Return the value of number words in their order.

    Examples
    --------
    >>> four, thousand, billion = Part(Decimal(4), "unit"), Part(Decimal(1000), "scale"), Part(Decimal(10**9), "scale")
    >>> five, hundred = Part(Decimal(5), "unit"), Part(Decimal(100), "scale")
    >>> compose([four, thousand, billion]), compose([four, thousand, five, hundred, billion])
    (Decimal('4000000000000'), Decimal('4500000000000'))
    """
    total, current, last = Decimal(0), Decimal(0), Decimal(1)
    for value, role in parts:
        if role == "half":
            total += last / 2
        elif role == "unit":
            current += value
        elif value < 1000:
            current, last = (current or 1) * value, value
        elif 0 < total < value:
            total, current, last = (total + current) * value, Decimal(0), value
        else:
            total, current, last = total + (current or 1) * value, Decimal(0), value
    return total + current
