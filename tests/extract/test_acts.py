from pathlib import Path

import pytest
import yaml

from miner.extract import extract
from miner.records import Article

CASES = [
    (path.suffixes[0][1:], case)
    for path in sorted((Path(__file__).parent / "cases").glob("acts.*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
]
each_case = pytest.mark.parametrize(
    ("language", "case"), CASES, ids=lambda x: x if isinstance(x, str) else x["text"][:40]
)


@each_case
def test_instructions_of_a_text(language, case):
    facts = extract(Article("a", case["text"], language=language))
    wanted = [entry.partition(": ") for entry in case.get("instructions", [])]
    got = [(f"{i.issuer} {i.act}", case["text"][i.start : i.end]) for i in facts.instructions]
    assert [who for who, _ in got] == [who for who, _, _ in wanted], got
    for (_, sentence), (_, _, begins) in zip(got, wanted, strict=True):
        assert sentence.startswith(begins)


@each_case
def test_parts_of_a_text(language, case):
    facts = extract(Article("a", case["text"], language=language))
    got = sorted(f"{p.person} {p.part} {p.place or '-'}" for p in facts.participations)
    if "parts" in case:
        assert got == sorted(case["parts"])


def test_what_an_instruction_says():
    text = (
        "Chủ tịch UBND tỉnh Lâm Quý Thạo giao Sở Tài chính bố trí vốn trước ngày 30/6/2024 theo Kế hoạch số 45/KH-UBND."
    )
    (found,) = extract(Article("a", text, language="vi")).instructions
    assert (found.strength, found.deadline, found.addressees) == (5, "2024-06-30", ("dept_finance",))
    assert found.content == "Sở Tài chính bố trí vốn trước ngày 30/6/2024 theo Kế hoạch số 45/KH-UBND."
    assert found.directive == "45/KH-UBND"
    assert text[found.start : found.end] == text


def test_one_who_chairs_does_not_also_attend():
    text = "Ông Tô Văn Lực chủ trì hội nghị. Cùng dự có ông Tô Văn Lực và bà Mạc Thị Lài."
    facts = extract(Article("a", text, language="vi"))
    assert {(p.person, p.part) for p in facts.participations} == {("Tô Văn Lực", "chair"), ("Mạc Thị Lài", "attend")}


def test_the_event_has_a_name_and_a_day():
    text = "Ngày 12/3/2024, bà Mạc Thị Lài chủ trì hội nghị về đê biển, tại Cà Mau."
    (found,) = extract(Article("a", text, language="vi")).participations
    assert (found.event, found.date, found.place) == ("hội nghị về đê biển", "2024-03-12", "Cà Mau")
