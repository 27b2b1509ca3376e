"""Texts that hold several articles."""

import pytest

from miner.extract import extract
from miner.extract.parts import split_article
from miner.records import Article

FIRST = """Son La reviews its digital plan

12/05/2025 08:10

Son La - Chairman of the Provincial People's Committee Lo Van Tinh chaired the meeting. {filler}
The province has completed 12 of 15 targets."""
SECOND = """Ca Mau repairs its dykes

Ca Mau Newspaper | 03/06/2025 17:45

Ca Mau - Director of the Department of Health Kha Thi Men inspected the site. {filler}
The Chairman requested communes to finish 30 km before June 30, 2025."""
FILLER = "The delegates listened to reports on the work of the communes and wards of the province. " * 8


def glued() -> str:
    return FIRST.format(filler=FILLER) + "\n\n" + SECOND.format(filler=FILLER)


def test_each_dateline_begins_an_article() -> None:
    text = glued()
    assert [offset for offset, _ in split_article(Article("a", text, "en"))] == [0, text.index("Ca Mau repairs")]


def test_people_keep_their_own_province_and_spans_those_of_the_whole_text() -> None:
    text = glued()
    facts = extract(Article("a", text, "en"))
    places = {position.person: position.place for position in facts.positions}
    assert places == {"Lo Van Tinh": "Sơn La", "Kha Thi Men": "Cà Mau"}
    assert all(figure.text == text[figure.start : figure.end] for figure in facts.figures)
    assert {text[o.start : o.end] for o in facts.officials} == {"Lo Van Tinh", "Kha Thi Men"}


def test_two_stamps_above_one_article_part_nothing() -> None:
    text = "Published 12/05/2025 08:10\nUpdated 12/05/2025 09:00\n\n" + FILLER
    assert len(split_article(Article("a", text, "en"))) == 1


def test_a_date_in_a_sentence_parts_nothing() -> None:
    text = FILLER + "\n- Communes report before 15/6/2025.\n" + FILLER
    assert len(split_article(Article("a", text, "en"))) == 1


@pytest.mark.parametrize(
    "end",
    [
        "Mai Sẻ",
        "MAI SẺ",
        "P.V",
        "(TTXVN)",
        "Source: https://example.vn/x.html",
        "Báo và phát thanh, truyền hình Cà Mau",
        "Comment (0)",
    ],
)
def test_a_headline_below_a_signature_begins_an_article(end: str) -> None:
    text = f"{FILLER}\n\n{end}\n\nCa Mau repairs its dykes\n\n{FILLER}"
    assert [offset for offset, _ in split_article(Article("a", text, "en"))] == [0, text.index("Ca Mau")]


def test_a_signature_may_stand_right_behind_the_last_sentence() -> None:
    for headline in ("Ca Mau repairs its dykes\n\n", "Ca Mau has repaired its dykes. "):
        text = f"{FILLER}It ends here. Mai Sẻ\n\n{headline}{FILLER}\n\n{FILLER}"
        assert [offset for offset, _ in split_article(Article("a", text, "en"))] == [0, text.index("Ca Mau")]


@pytest.mark.parametrize(
    "opening",
    ["Ca Mau (VNA) - {}", "date 2025-06 {}", "Ca Mau (VNA/CVN) – {}", "(Baocamaumoi.vn) - {}", "baocamaumoi.vn {}"],
)
def test_marks_of_agencies_and_crawlers_begin_an_article(opening: str) -> None:
    second = "Ca Mau repairs its dykes\n\n" * (not opening.startswith("date")) + opening.format(FILLER)
    text = f"{FILLER}\n\n{second}"
    assert [offset for offset, _ in split_article(Article("a", text, "en"))] == [0, text.index(second)]


@pytest.mark.parametrize("heading", ["Dykes and roads", "Ảnh: Mai Sẻ", "MAI SẺ", "The end of it. Mai Sẻ"])
def test_headings_within_an_article_part_nothing(heading: str) -> None:
    assert len(split_article(Article("a", f"{FILLER}\n\n{heading}\n\n{FILLER}", "en"))) == 1
