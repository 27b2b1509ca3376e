import json
from pathlib import Path

import pytest
import yaml

from miner.extract.pipeline import read
from miner.records import Article, Block

CASES = [
    (path.suffixes[0][1:], case)
    for path in sorted((Path(__file__).parent / "cases").glob("directives.*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
]
DOMAIN = Path(__file__).parents[2] / ".." / "shared" / "domain" / "document_numbers.md"


def directives(text, language):
    return reading(text, language).directives


def reading(text, language):
    return read(Article("a", text, language=language, blocks=(Block("paragraph", language, 0, len(text)),)))


@pytest.mark.parametrize(("language", "case"), CASES, ids=lambda x: x if isinstance(x, str) else x["text"][:40])
def test_documents_of_a_sentence(language, case):
    found = [f"{d.id}, {d.type}, {d.issuer or '-'}, {d.issued or '-'}" for d in directives(case["text"], language)]
    assert found == case["documents"]


def test_mentions_take_their_numbers_away_from_dates():
    text = "Công văn số 12/3 không có; Quyết định số 05/2025/QĐ-UBND ngày 3/7/2025."
    found = reading(text, "vi")
    taken = [found.text(span) for span in found.directive_spans]
    assert "Quyết định số 05/2025/QĐ-UBND" in taken
    assert not any(d.overlaps(span) for d in found.dates for span in found.directive_spans)


def test_attributes_of_a_document():
    text = (
        "Quyết định số 05/2025/QĐ-UBND ngày 3/7/2025 của UBND tỉnh Tây Ninh về giá nước. Quyết định số 05/2025/QĐ-UBND."
    )
    (found,) = directives(text, "vi")
    assert (found.number, found.year, found.series, found.level, found.place) == (
        "05",
        2025,
        "state",
        "provincial",
        "Tây Ninh",
    )
    assert found.title == "giá nước"
    assert [text[a:b] for a, b in found.mentions] == ["Quyết định số 05/2025/QĐ-UBND"] * 2


def test_a_reference_by_kind_is_a_mention():
    text = "La dépêche n° 17/CĐ-TTg est claire. En application de ladite dépêche, la province agit ; ce plan avance."
    (found,) = directives(text, "fr")
    assert [text[a:b] for a, b in found.mentions] == ["dépêche n° 17/CĐ-TTg", "dépêche"]


def test_explanation_tells_what_was_matched_and_refused():
    text = "Plan No. 12 was issued. A plan 30 percent larger is drafted."
    notes = read(Article("a", text, language="en"), explain=True).notes
    told = {(note.verdict, note.rule) for note in notes if note.component == "directives"}
    assert told == {("matched", "en.directives.short"), ("refused", "en.directives.short")}


@pytest.mark.skipif(not DOMAIN.exists(), reason="the domain reference is not there")
def test_examples_of_the_domain_reference():
    rows = [json.loads(line) for line in DOMAIN.read_text(encoding="utf-8").splitlines() if line.startswith('{"i"')]
    wrong = []
    for row in rows:
        found = directives(row["s"], row["lang"])
        ids = {d.id for d in found} | {d.issued for d in found}
        short = row["note"].startswith("short") if "note" in row else False
        if not short and not {row["id"], row["date"]} <= ids | {None}:
            wrong.append((row["s"], row["id"], row["date"], found))
    assert not wrong
