from datetime import date
from pathlib import Path

import pytest
import yaml

from miner import dates
from miner.extract.dates import article_day, resolve
from miner.extract.pipeline import read
from miner.records import Article, Block

CASES = [
    (path.suffixes[0][1:], case)
    for path in sorted((Path(__file__).parent / "cases").glob("dates.*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
]


def found(text, language, published=None):
    block = Block("paragraph", language, 0, len(text))
    reading = read(Article("a", text, language=language, published=published, blocks=(block,)))
    return [(resolve(reading, m), m.cue) for m in reading.dates]


@pytest.mark.parametrize(("language", "case"), CASES, ids=lambda x: x if isinstance(x, str) else x["text"][:40])
def test_dates_of_a_sentence(language, case):
    got = [f"{period.iso} {period.grain} {cue or '-'}" for period, cue in found(case["text"], language, case.get("in"))]
    assert got == case["dates"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Báo | 06/06/2025 09:14\nChiều 5/6, tỉnh họp về Nghị quyết số 57-NQ/TW ngày 22/12/2024.", 2025),
        ("Sáng 18/3, họp bàn Nghị quyết số 57-NQ/TW ngày 22/12/2024; xong trong quý II/2025.", 2025),
        ("Chiều 9/5, họp. Năm 2015 có 10 xã, đến năm 2030 có 40 xã.", 2015),
        ("Chiều 9/5, họp. Năm 2015 có 10 xã, năm 2030 có 40 xã.", None),
        ("Chiều 9/5, họp.", None),
    ],
)
def test_year_of_an_article(text, year):
    assert read(Article("a", text, language="vi")).year == year


def test_article_day_is_dateline_or_event():
    def day(text):
        return article_day(read(Article("a", text, language="fr")))

    assert day("Vinh, 10/10/2025 07:45. Le 9 octobre, la province a inspecté.") == date(2025, 10, 10)
    assert day("Le 9 octobre, la province a inspecté. Objectif fixé au T4 2025.") == date(2025, 10, 9)


@pytest.mark.parametrize("year", range(2015, 2031))
def test_lunar_new_year_lies_in_late_january_or_february(year):
    day, name = dates.lunar_new_years()[year]
    assert date(year, 1, 20) <= day <= date(year, 2, 21)
    assert len(name.split()) == 2
