"""Numerals of each language, number words, and the way back from a formatted number to its value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.lexicon import languages
from miner.numbers import Notation, Part, compose, find_numerals, notation, numeral_value

VI, FR, EN = Notation(",", "."), Notation(",", " "), Notation(".", ",")


@pytest.mark.parametrize(
    ("numeral", "style", "use", "value"),
    [
        ("1.931", VI, "count", "1931"),
        ("599.066,64", VI, "measure", "599066.64"),
        ("5,62", VI, "percent", "5.62"),
        ("02", VI, "count", "2"),
        ("8.125", VI, "percent", "8.125"),
        ("1.200", VI, "percent", "1200"),
        ("4.800", VI, "measure", "4800"),
        ("111\u00a0828", FR, "count", "111828"),
        ("111\u202f828,5", FR, "measure", "111828.5"),
        ("1.050", FR, "measure", "1050"),
        ("436,167", FR, "count", "436167"),
        ("907,45", FR, "measure", "907.45"),
        ("907,453", FR, "measure", "907.453"),
        ("0,125", FR, "count", "0.125"),
        ("1,200", EN, "measure", "1200"),
        ("2.350", EN, "measure", "2350"),
        ("2.356", EN, "measure", "2.356"),
        ("1,234,567.5", EN, "count", "1234567.5"),
        ("1.234.567", EN, "count", "1234567"),
    ],
)
def test_numeral(numeral: str, style: Notation, use: str, value: str) -> None:
    assert numeral_value(numeral, style, use) == Decimal(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("numeral", ["22.12.2024", "0912.345.678", "1.2.3", "1,2.3,4", "12.34.567"])
def test_no_number(numeral: str) -> None:
    assert numeral_value(numeral, VI) is None


@pytest.mark.parametrize(
    ("text", "style", "found"),
    [
        ("en 2022 17:47", FR, ["2022", "17", "47"]),
        ("1 931 tâches, 45 000 points.", FR, ["1 931", "45 000"]),
        ("Projet 06 100 tâches", FR, ["06", "100"]),
        ("in 2024 120 tasks", EN, ["2024", "120"]),
        ("2\u202f026 dossiers", EN, ["2\u202f026"]),
        ("2.026.", VI, ["2.026"]),
    ],
)
def test_find_numerals(text: str, style: Notation, found: list[str]) -> None:
    assert [m.group() for m in find_numerals(text, 0, len(text), style)] == found


def unit(value: int) -> Part:
    return Part(Decimal(value), "unit")


def scale(value: int) -> Part:
    return Part(Decimal(value), "scale")


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ([unit(2), scale(10), unit(5)], 25),
        ([unit(1), scale(100), unit(5)], 105),
        ([unit(4), scale(1000), scale(10**9)], 4 * 10**12),
        ([unit(2), scale(10**9), unit(500), scale(10**6)], 2_500_000_000),
        ([unit(3), scale(10**6), Part(Decimal("0.5"), "half")], 3_500_000),
        ([unit(80), unit(10), unit(7)], 97),
        ([scale(1000), unit(2), scale(100), unit(12)], 1212),
        ([unit(1), scale(10**6), scale(10**9)], 10**15),
    ],
)
def test_compose(parts: list[Part], value: int) -> None:
    assert compose(parts) == value


def written(value: Decimal, style: Notation, gap: str) -> str:
    """Write a number as the language does, with `gap` between thousands."""
    whole, _, fraction = f"{value:,f}".partition(".")
    return whole.replace(",", gap) + (style.decimal + fraction if fraction else "")


GAPS = {"vi": ["."], "en": [","], "fr": [" ", "\u00a0", "\u202f", "\u2009"]}


@given(st.sampled_from(languages()), st.integers(0, 10**15), st.integers(0, 99), st.data())
def test_round_trip(language: str, whole: int, cents: int, data: st.DataObject) -> None:
    style = notation(language)
    gap = data.draw(st.sampled_from(GAPS.get(language, [style.thousands])))
    value = Decimal(whole) + Decimal(cents) / 100 if cents else Decimal(whole)
    text = f"({written(value, style, gap)})"
    found = [m.group() for m in find_numerals(text, 0, len(text), style)]
    assert found == [text[1:-1]]
    assert numeral_value(found[0], style) == value


@given(st.text(alphabet="0123456789., \u00a0\u202f-/", max_size=30), st.sampled_from([VI, FR, EN]))
def test_numerals_never_break(text: str, style: Notation) -> None:
    for match in find_numerals(text, 0, len(text), style):
        value = numeral_value(match.group(), style)
        assert value is None or value >= 0
