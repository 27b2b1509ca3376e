"""The sample articles and their gold: the files fit the contract, and the editions of one event tell the same facts."""

import csv
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from miner.text import fold

REPO = Path(__file__).parents[1]
SAMPLE = REPO / "corpus" / "sample"
LANGUAGES = ("en", "fr", "vi")
GOLDS = sorted(SAMPLE.glob("*.json"))
EVENTS = sorted({path.name.split(".")[0] for path in GOLDS})

KEYS = {"id", "language", "officials", "directives", "figures", "instructions", "participations"}
FACT_KEYS = {
    "officials": {"name", "positions"},
    "directives": {"id", "type", "issuer", "issued"},
    "figures": {"span", "value", "of", "unit", "comparator", "kind", "date", "place"},
    "instructions": {"span", "issuer", "act", "deadline"},
    "participations": {"person", "part", "place"},
}
TYPES = """
resolution directive decision plan conclusion decree law circular dispatch telegram programme project notice regulation
instruction other
"""
WORDS = """
một hai ba bốn năm sáu bảy tám chín mười
un une deux trois quatre cinq six sept huit neuf dix douze quinze premier première
one two three four five six seven eight nine ten twelve fifteen first second third fourth fifth
"""
ALLOWED = {
    "type": set(TYPES.split()),
    "unit": {"percent", "money", "point", "count", "other"},
    "comparator": {"=", ">=", ">", "<=", "<", "~"},
    "kind": {"target", "result", "change", "rank", "scope"},
    "act": {"order", "request", "assign", "urge", "propose", "stress"},
    "part": {"chair", "attend", "speak"},
}
NUMBER_WORDS = set(WORDS.split())
SCALES = {
    "nghìn": 10**3,
    "thousand": 10**3,
    "triệu": 10**6,
    "million": 10**6,
    "millions": 10**6,
    "tỷ": 10**9,
    "billion": 10**9,
    "milliard": 10**9,
    "milliards": 10**9,
    "trillion": 10**12,
}
DOCUMENT_ID = re.compile(r"\d+(/\d{4})?/[A-ZĐƯ][\w&Đđ]*(-[A-ZĐƯ][\w&Đđ]*)*|\d+-[A-ZĐ][\wĐđ]*/[A-ZĐ][\wĐđ]*|[a-z]+ \d+")


def load(path):
    return json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".txt").read_text(encoding="utf-8")


def codes(name, column="code"):
    with (REPO / "miner" / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file)}


def spoken(gold, name):
    """The folded name of a person, or a body code as it is."""
    return fold(name) if name in {o["name"] for o in gold["officials"]} else name


def test_every_event_has_three_editions_with_gold():
    expected = {f"{event}.{language}" for event in EVENTS for language in LANGUAGES}
    assert {path.stem for path in GOLDS} == expected
    assert {path.stem for path in SAMPLE.glob("*.txt")} == expected


@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.stem)
def test_keys_and_closed_values(path):
    gold, text = load(path)
    assert set(gold) == KEYS
    assert gold["id"] == path.stem
    assert gold["language"] == path.stem.rsplit(".", 1)[1]
    assert 1200 <= len(text) <= 3000
    for kind, keys in FACT_KEYS.items():
        for fact in gold[kind]:
            assert set(fact) == keys
            for key, allowed in ALLOWED.items():
                assert fact.get(key) in allowed or key not in fact, fact


@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.stem)
def test_codes_places_and_dates(path):
    gold, _ = load(path)
    roles, bodies = codes("roles"), codes("bodies")
    places = codes("provinces", "name") | {None}
    for official in gold["officials"]:
        for post in official["positions"]:
            assert set(post) == {"role", "body", "place"}
            assert post["role"] in roles
            assert post["body"] in bodies | {None}
            assert post["place"] in places
    people = {o["name"] for o in gold["officials"]}
    for item in gold["directives"]:
        assert item["issuer"] in bodies | {None}
        assert DOCUMENT_ID.fullmatch(item["id"]), item["id"]
    for item in gold["instructions"]:
        assert item["issuer"] in people | bodies
    for item in gold["participations"]:
        assert item["person"] in people
    assert {f["place"] for f in gold["figures"]} <= places | {"Vietnam"}
    assert {p["place"] for p in gold["participations"]} <= places
    stated = [
        item[key] for kind in FACT_KEYS for item in gold[kind] for key in ("date", "issued", "deadline") if key in item
    ]
    assert all(date.fromisoformat(day).year >= 2000 for day in stated if day)


@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.stem)
def test_names_stand_in_the_text(path):
    gold, text = load(path)
    running = " ".join(text.split())
    assert all(official["name"] in running for official in gold["officials"])
    assert len({fold(o["name"]) for o in gold["officials"]}) == len(gold["officials"])
    assert len({(p["person"], p["part"]) for p in gold["participations"]}) == len(gold["participations"])


@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.stem)
def test_figure_spans_hold_a_number(path):
    gold, text = load(path)
    spans = [tuple(figure["span"]) for figure in gold["figures"]]
    assert spans == sorted(spans)
    for figure in gold["figures"]:
        start, end = figure["span"]
        words = text[start:end].lower().split()
        assert text[start:end] == text[start:end].strip()
        assert not text[start - 1].isdigit()
        assert not text[end].isdigit()
        digits = re.sub(r"\D", "", text[start:end])
        assert digits or NUMBER_WORDS & set(words), text[start:end]
        scale = next((SCALES[word] for word in words if word in SCALES), 1)
        if digits and figure["of"] is None and scale > 1:
            assert re.sub(r"\D", "", f"{figure['value'] / scale:g}".replace(".", "")).strip("0") == digits.strip("0")
        elif digits and figure["of"] is not None:
            assert digits == f"{figure['value']}{figure['of']}"


@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.stem)
def test_instruction_spans_are_whole_sentences(path):
    gold, text = load(path)
    for instruction in gold["instructions"]:
        start, end = instruction["span"]
        sentence, before = text[start:end], text[:start].rstrip(" ")
        assert sentence == sentence.strip()
        assert not before or before[-1] in '\n.!?…”»"' or before.endswith(("\n-", "\n•", "\n+")), sentence
        assert sentence[-1] in '.!?…”»"' or text[end] == "\n", sentence


@pytest.mark.parametrize("event", EVENTS)
def test_editions_tell_the_same_facts(event):
    editions = {}
    for language in LANGUAGES:
        gold, _ = load(SAMPLE / f"{event}.{language}.json")
        posts = {(fold(o["name"]), *p.values()) for o in gold["officials"] for p in o["positions"]}
        figures = [tuple(v for k, v in figure.items() if k != "span") for figure in gold["figures"]]
        orders = [(spoken(gold, i["issuer"]), i["act"], i["deadline"]) for i in gold["instructions"]]
        editions[language] = {
            "people": {fold(o["name"]) for o in gold["officials"]},
            "posts": posts,
            "directives": {tuple(d.values()) for d in gold["directives"]},
            "figures": Counter(figures),
            "instructions": Counter(orders),
            "participations": {(fold(p["person"]), p["part"], p["place"]) for p in gold["participations"]},
        }
    assert editions["en"] == editions["vi"]
    assert editions["fr"] == editions["vi"]


def test_places_and_years_are_spread():
    golds = [load(path)[0] for path in GOLDS]
    places = {f["place"] for g in golds for f in g["figures"]} | {
        p["place"] for g in golds for o in g["officials"] for p in o["positions"]
    }
    assert len(EVENTS) == 12
    assert len(places - {None, "Vietnam"}) >= 15
    years = {figure["date"][:4] for g in golds for figure in g["figures"] if figure["date"]}
    assert {"2021", "2022", "2023", "2024", "2025", "2026"} <= years


def test_every_kind_of_fact_and_value_occurs():
    golds = [load(path)[0] for path in GOLDS]
    for gold in golds:
        assert all(gold[kind] for kind in FACT_KEYS)
    assert {f["kind"] for g in golds for f in g["figures"]} == ALLOWED["kind"]
    assert {f["unit"] for g in golds for f in g["figures"]} == ALLOWED["unit"]
    assert {f["comparator"] for g in golds for f in g["figures"]} == ALLOWED["comparator"]
    assert {i["act"] for g in golds for i in g["instructions"]} == ALLOWED["act"]
    assert {p["part"] for g in golds for p in g["participations"]} == ALLOWED["part"]
