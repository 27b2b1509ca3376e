"""Folding and tone placement."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.text import fold, has_diacritics, lowered, unaccented


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        ("Ðắk Lắk", "dak lak"),
        ("L’État", "l'etat"),
        ("n º 57", "n ° 57"),
        ("K'Thoan", "k'thoan"),
        ("  a\n b ", "a b"),
        ("2021–2025", "2021-2025"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("new", "old"),
    [("Hoà Bình", "Hòa Bình"), ("uỷ ban", "ủy ban"), ("Khoẻ", "Khỏe"), ("THUỶ", "THỦY")],
)
def test_both_tone_placements_meet(new: str, old: str) -> None:
    assert lowered(new) == lowered(old)


@pytest.mark.parametrize("word", ["quý", "quà", "hoàn", "quỳnh", "toán"])
def test_tone_stays_where_both_styles_agree(word: str) -> None:
    assert lowered(word) == word


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặốồổỗộờớởỡợ ", max_size=30))
def test_normal_forms_meet(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)
        assert lowered(unicodedata.normalize(form, text)) == lowered(text)


@given(st.text(alphabet="abcđĐÐêỗ’“–º .,-'", max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_has_diacritics() -> None:
    assert has_diacritics("đ")
    assert not has_diacritics("Nghe An – 2025")


def test_unaccented_keeps_case() -> None:
    assert unaccented("Nguyễn ĐỨC") == "Nguyen DUC"
