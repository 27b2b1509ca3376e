"""Texts with what pages leave in them: the same facts, with the spans of the text as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.extract import explain, extract
from miner.extract.plain import make_plain
from miner.records import Article

CLEAN = "Ông Đỗ Văn Sáu, Phó Chủ tịch UBND tỉnh Lai Châu, yêu cầu hoàn thành 1.250 km đường trước ngày 30/6/2025."
STRANGE = [
    CLEAN.replace(", Phó", " ― Phó").replace("Cai,", "Cai ‒"),
    CLEAN.replace("Đ", "Ð").replace("đ", "ð"),
    CLEAN.replace(" ", " \u200b"),
    CLEAN.replace("ạ", "ạ\u00ad"),
    CLEAN.replace("1.250 km", "1.250&nbsp;km").replace("ầ", "&#7847;"),
    "\ufeff" + CLEAN.replace("1", "\uff11"),
]


def said(text: str) -> dict[str, object]:
    facts = extract(Article("a", text, "vi"))
    return {
        "officials": [(o.name, text[o.start : o.end]) for o in facts.officials],
        "positions": [(p.person, p.role, p.place) for p in facts.positions],
        "figures": [(f.value, f.date, f.text) for f in facts.figures],
        "instructions": [(i.issuer, i.deadline) for i in facts.instructions],
    }


@pytest.mark.parametrize("text", STRANGE)
def test_strange_signs_change_no_fact(text: str) -> None:
    clean, strange = said(CLEAN), said(text)
    assert strange["positions"] == clean["positions"] == [("Đỗ Văn Sáu", "vice_chair", "Lai Châu")]
    assert strange["instructions"] == clean["instructions"] == [("Đỗ Văn Sáu", "2025-06-30")]
    assert [figure[:2] for figure in strange["figures"]] == [(1250.0, "2025-06-30")]


def test_spans_and_texts_of_figures_are_those_of_the_text_as_written() -> None:
    text = "The ti\u00adtle. Mr.&nbsp;Do\u200b Van\u200b Sau asked ﬁve com\u00admunes to build 4\u200b,800 homes."
    facts = extract(Article("a", text, "en"))
    assert [text[o.start : o.end] for o in facts.officials] == ["Do\u200b Van\u200b Sau"]
    assert [(f.value, f.text) for f in facts.figures] == [(5.0, "ﬁve"), (4800.0, "4\u200b,800")]


def test_unknown_entities_stay() -> None:
    article = Article("a", "R&D; 5 &unknown; tasks", "en")
    assert make_plain(article) == (article, None)


def test_an_explanation_shows_the_plain_text() -> None:
    assert "A plan for 5 communes." in explain("A p\u00adlan for 5 communes.", language="en")


@given(st.lists(st.sampled_from(["ab", " ", "\u200b", "\u00ad", "ﬁ", "&amp;", "&lt;", "ð", "Ⅷ"]), max_size=12))
def test_offsets_lead_back(parts: list[str]) -> None:
    """What a span of the plain text says is what the span of the written text says in plain letters."""
    written = "".join(parts)
    plain, back = make_plain(Article("a", written))
    for start in range(len(plain.text)):
        for end in range(start + 1, len(plain.text) + 1):
            first, last = (back(start, False), back(end, True)) if back else (start, end)
            assert 0 <= first < last <= len(written)
            assert plain.text[start:end] in make_plain(Article("a", written[first:last]))[0].text
