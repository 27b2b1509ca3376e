"""The structure of personal names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.extract import read
from miner.extract.names import is_excluded, is_syllable, lore, surname_strength
from miner.records import Article, Block
from miner.text import fold

SURNAMES = sorted(name for name, strength in lore().accented.items() if strength == 2)
MIDDLES = ["văn", "thị", "đức", "hữu", "ngọc", "minh", "xuân", "quốc"]
GIVEN = ["tâm", "hiền", "quyết", "thuận", "nghĩa", "diệu", "hoài", "chuyên", "phượng", "khoát"]


@pytest.mark.parametrize(
    "word", ["nghieng", "quoc", "gi", "khuynh", "uyen", "y", "oanh", "ky", "ngoc", "gia", "thuong"]
)
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["premier", "comite", "photo", "ksor", "kha2", "ngi", "cinh", "street", "tp", "ubnd", ""]
)
def test_no_syllables(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("word", "strict", "strength"),
    [
        ("Nguyễn", True, 2),
        ("Nguyen", False, 2),
        ("Đỗ", True, 2),
        ("Do", True, 0),
        ("Do", False, 2),
        ("Văn", True, 1),
        ("Ủy", True, 0),
        ("Ðinh", True, 2),
    ],
)
def test_surnames(word, strict, strength):
    assert surname_strength(word, strict) == strength


def test_history_the_calendar_and_places_are_no_persons():
    assert all(map(is_excluded, ["ho chi minh", "quy mao", "tran van thoi"]))
    assert not is_excluded("ho van minh")


#: The pipeline is built at its first call.
UNTIMED = settings(deadline=None)


@UNTIMED
@given(st.sampled_from(SURNAMES), st.sampled_from(MIDDLES), st.sampled_from(GIVEN), st.booleans())
def test_any_name_after_any_title_is_one_person(surname, middle, given_name, capitals):
    name = " ".join(word.capitalize() for word in (surname, middle, given_name))
    shown = name.upper() if capitals else name
    text = f"Chiều nay, đồng chí {shown} phát biểu tại hội nghị."
    reading = read(Article("a", text, language="vi", blocks=(Block("paragraph", "vi", 0, len(text)),)))
    assert [fold(mention.person.name) for mention in reading.persons] == [fold(name)]


@UNTIMED
@given(st.sampled_from(SURNAMES), st.sampled_from(MIDDLES), st.sampled_from(GIVEN))
def test_a_short_form_is_the_person_named_before(surname, middle, given_name):
    name = " ".join(fold(word).capitalize() for word in (surname, middle, given_name))
    text = f"M. {name} a pris la parole. Selon M. {fold(given_name).capitalize()}, le projet est en retard."
    reading = read(Article("a", text, language="fr", blocks=(Block("paragraph", "fr", 0, len(text)),)))
    assert len(reading.persons) == 2
    assert reading.persons[0].person is reading.persons[1].person
