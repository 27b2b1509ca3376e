"""The gold of the further articles keeps the contract: known codes and places, spans that hold what they say."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from miner.evaluate import evaluate
from miner.lexicon import body_codes, province_names, role_codes

CORPUS = Path(__file__).parent.parent / "corpus"
FILES = sorted([*(CORPUS / "development").glob("*.json"), *(CORPUS / "held-out").glob("*.json")])
KINDS = {"target", "result", "change", "rank", "scope"}
PARTS = {"chair", "attend", "speak"}
ACTS = {"order", "request", "assign", "urge", "propose", "stress"}


def read(path: Path) -> tuple[str, dict[str, Any]]:
    return path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_gold_keeps_the_contract(path: Path) -> None:
    text, gold = read(path)
    assert gold["id"] == path.stem
    assert gold["language"] == path.stem.rsplit(".", 1)[1]
    posts = [post for official in gold["officials"] for post in official["positions"]]
    assert {post["role"] for post in posts} <= role_codes().keys()
    assert {post["body"] for post in posts} - {None} <= body_codes().keys()
    places = {fact["place"] for fact in (*posts, *gold["figures"], *gold["participations"])}
    assert places - {None, "Vietnam"} <= province_names()
    for fact in (*gold["figures"], *gold["instructions"]):
        start, end = fact["span"]
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_gold_speaks_of_its_own_people(path: Path) -> None:
    _, gold = read(path)
    people = {official["name"] for official in gold["officials"]}
    assert {part["person"] for part in gold["participations"]} <= people
    assert {i["issuer"] for i in gold["instructions"]} <= people | body_codes().keys()
    assert {part["part"] for part in gold["participations"]} <= PARTS
    assert {i["act"] for i in gold["instructions"]} <= ACTS


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_figures_cover_numbers(path: Path) -> None:
    text, gold = read(path)
    for figure in gold["figures"]:
        start, end = figure["span"]
        assert figure["kind"] in KINDS
        assert re.search(r"\d|[^\W\d_]{2,}", text[start:end])
        assert figure["date"] is None or date.fromisoformat(figure["date"])


@pytest.mark.parametrize("folder", ["development", "held-out"])
def test_gold_equals_itself(folder: str) -> None:
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in (CORPUS / folder).glob("*.json")]
    assert golds
    assert evaluate(CORPUS / folder, golds).strict == 1.0
