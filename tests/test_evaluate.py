"""Scores against hand-known counts, and against the reference scorer on perturbed gold."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.errors import InputError
from miner.evaluate import ROWS, STRICT, Count, evaluate, load_found, load_gold

SHARED = Path(__file__).resolve().parents[2] / "shared" / "gold"

TEXT = "Bà Lê Thị Xuân Mai yêu cầu các xã đạt 90% trước ngày 30/9. Năm ngoái đạt 10/11 chỉ tiêu."
GOLD = {
    "id": "a",
    "language": "vi",
    "officials": [
        {
            "name": "Lê Thị Xuân Mai",
            "positions": [{"role": "chair", "body": "provincial_peoples_committee", "place": "Nghệ An"}],
        },
        {"name": "Hồ Văn Tám", "positions": []},
    ],
    "directives": [{"id": "07-NQ/TU", "type": "resolution", "issuer": "provincial_party_committee", "issued": None}],
    "figures": [
        {
            "span": [38, 41],
            "value": 90,
            "of": None,
            "unit": "percent",
            "comparator": "=",
            "kind": "target",
            "date": "2024-09-30",
            "place": "Nghệ An",
        },
        {
            "span": [73, 78],
            "value": 10,
            "of": 11,
            "unit": "count",
            "comparator": "=",
            "kind": "result",
            "date": None,
            "place": "Nghệ An",
        },
    ],
    "instructions": [{"span": [0, 58], "issuer": "Lê Thị Xuân Mai", "act": "request", "deadline": "2024-09-30"}],
    "participations": [{"person": "Lê Thị Xuân Mai", "part": "chair", "place": "Nghệ An"}],
}


def folder(tmp_path: Path, *documents: dict) -> Path:
    for document in documents:
        (tmp_path / f"{document['id']}.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / f"{document['id']}.json").write_text(json.dumps(document), encoding="utf-8")
    return tmp_path


def changed(**changes: object) -> dict:
    return {**copy.deepcopy(GOLD), **changes}


def test_gold_against_itself_is_perfect(tmp_path: Path) -> None:
    scores = evaluate(folder(tmp_path, GOLD), {"a": GOLD})
    assert [scores.by_row[row].f1 for row in ROWS] == [1.0] * len(ROWS)
    assert scores.strict == 1.0
    assert (scores.articles, scores.answered, scores.unknown) == (1, 1, [])


def test_no_answer_counts_as_missed(tmp_path: Path) -> None:
    scores = evaluate(folder(tmp_path, GOLD), [])
    assert scores.by_row["officials"] == Count(0, 2, 0)
    assert (scores.strict, scores.answered) == (0.0, 0)


@pytest.mark.parametrize(
    ("row", "change", "counts"),
    [
        # honorific, case and diacritics do not matter
        ("officials", {"officials": [{"name": "LE THI XUAN MAI"}, {"name": "Mr. Ho Van Tam"}]}, (2, 0, 0)),
        ("officials", {"officials": [{"name": "Lê Thị Xuân"}]}, (0, 2, 1)),
        # Lê is a surname here and no article
        ("officials", {"officials": [{"name": "Thị Xuân Mai"}]}, (0, 2, 1)),
        (
            "positions+place",
            {
                "officials": [
                    {
                        "name": "Lê Thị Xuân Mai",
                        "positions": [
                            {"role": "chair", "body": "provincial_peoples_committee", "place": "tỉnh Nghệ An"},
                            {"role": "member", "body": "central_committee", "place": None},
                        ],
                    }
                ]
            },
            (1, 0, 1),
        ),
        ("directives", {"directives": [{"id": "7-nq/tu"}]}, (1, 0, 0)),
        ("directives+attributes", {"directives": [{"id": "7-NQ/TU", "type": "resolution"}]}, (0, 1, 1)),
        # one found figure answers one gold figure only
        ("figures", {"figures": [{"span": [38, 40], "value": 90.0, "of": None}] * 2}, (1, 1, 1)),
        ("figures", {"figures": [{"span": [73, 78], "value": 10, "of": None}]}, (0, 2, 1)),
        # touching spans do not overlap
        ("figures", {"figures": [{"span": [41, 44], "value": 90, "of": None}]}, (0, 2, 1)),
        ("instructions", {"instructions": [{"span": [50, 60], "issuer": "Le Thi Xuan Mai"}]}, (1, 0, 0)),
        ("instructions", {"instructions": [{"span": [0, 58], "issuer": "government"}]}, (0, 1, 1)),
        ("participations", {"participations": [{"person": "Le Thi Xuan Mai", "part": "attend"}]}, (0, 1, 1)),
    ],
)
def test_counts(tmp_path: Path, row: str, change: dict, counts: tuple[int, int, int]) -> None:
    assert evaluate(folder(tmp_path, GOLD), [changed(**change)]).by_row[row] == Count(*counts)


def test_count_follows_the_formulas() -> None:
    count = Count(hits=6, missed=4, invented=2)
    assert (count.precision, count.recall, count.gold, count.found) == (0.75, 0.6, 10, 8)
    assert count.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert (Count().precision, Count().recall, Count().f1) == (0.0, 0.0, 0.0)


def test_languages_are_counted_apart(tmp_path: Path) -> None:
    other = changed(id="b", language="fr")
    scores = evaluate(folder(tmp_path, GOLD, other), [GOLD])
    assert scores.by_language["vi"]["officials"] == Count(2, 0, 0)
    assert scores.by_language["fr"]["officials"] == Count(0, 2, 0)
    assert scores.by_row["officials"] == Count(2, 2, 0)
    assert evaluate(tmp_path, [GOLD], language="fr").by_row["officials"] == Count(0, 2, 0)


def test_misses_name_fact_rule_and_context(tmp_path: Path) -> None:
    found = changed(figures=[{"span": [38, 41], "value": 9, "of": None, "rule": "vi.percent"}])
    missed, other, invented = list(evaluate(folder(tmp_path, GOLD), [found]).misses("figures"))
    assert (missed.sign, other.sign, invented.sign) == ("-", "-", "+")
    assert missed.context is not None
    assert "90%" in missed.context
    assert (invented.article, invented.rule) == ("a", "vi.percent")
    assert "value=9" in invented.fact


def test_by_rule_gives_the_precision_of_each_rule(tmp_path: Path) -> None:
    people = [
        {"name": "Lê Thị Xuân Mai", "rule": "title", "positions": []},
        {"name": "Ngân Hàng", "rule": "title", "positions": []},
        {"name": "Hồ Văn Tám", "rule": "surname", "positions": []},
    ]
    table = evaluate(folder(tmp_path, GOLD), [changed(officials=people)]).by_rule["officials"]
    assert {rule: count.precision for rule, count in table.items()} == {"title": 0.5, "surname": 1.0}


def test_intervals_are_seeded_and_hold_the_value(tmp_path: Path) -> None:
    documents = [changed(id=f"d{i}") for i in range(8)]
    scores = evaluate(folder(tmp_path, *documents), documents[:5])
    first, again = scores.intervals(samples=200, seed=3), scores.intervals(samples=200, seed=3)
    assert first == again
    assert set(first) == {*ROWS, "strict"}
    low, high = first["strict"]
    assert low < scores.strict < high


def test_perfect_answers_have_a_point_as_interval(tmp_path: Path) -> None:
    documents = [changed(id=f"d{i}") for i in range(3)]
    assert evaluate(folder(tmp_path, *documents), documents).intervals(samples=50)["officials"] == (1.0, 1.0)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("{", "found.jsonl:1: not JSON"),
        ("[]", "found.jsonl:1: list found"),
        ('{"language": "vi"}', "found.jsonl:1: an object has no 'id'"),
        ('{"id": "a"}\n\n{"id": "a"}', "found.jsonl:3: the id 'a' comes twice"),
    ],
)
def test_found_that_is_no_contract_is_refused(tmp_path: Path, lines: str, message: str) -> None:
    path = tmp_path / "found.jsonl"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_found(path)


def test_gold_errors_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold articles"):
        load_gold(tmp_path)
    (tmp_path / "x.json").write_text("{}")
    with pytest.raises(InputError, match=r"x\.txt: missing"):
        load_gold(tmp_path)
    (tmp_path / "x.txt").write_text("x")
    (tmp_path / "x.json").write_text("{")
    with pytest.raises(InputError, match=r"x\.json: not valid"):
        load_gold(tmp_path)


def test_a_fact_without_its_keys_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a: not in the form of the contract.*span"):
        evaluate(folder(tmp_path, GOLD), [changed(figures=[{"value": 90}])])


def test_an_unknown_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no kind 'people'"):
        list(evaluate(folder(tmp_path, GOLD), [GOLD]).misses("people"))


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_f1_lies_between_precision_and_recall(hits: int, missed: int, invented: int) -> None:
    count = Count(hits, missed, invented)
    assert min(count.precision, count.recall) - 1e-12 <= count.f1 <= max(count.precision, count.recall) + 1e-12


# The reference scorer


def perturbed(document: dict, chance: random.Random) -> dict:
    """Return the gold with facts dropped, doubled, moved and changed."""
    result = copy.deepcopy(document)
    for official in result["officials"]:
        official["positions"] = disturb(official["positions"], chance)
    for kind in ("officials", "directives", "figures", "instructions", "participations"):
        result[kind] = disturb(result[kind], chance)
    return result


def disturb(facts: list[dict], chance: random.Random) -> list[dict]:
    kept = [copy.deepcopy(fact) for fact in facts if chance.random() > 0.2]
    kept += [copy.deepcopy(fact) for fact in facts if chance.random() > 0.8]
    for fact in kept:
        if chance.random() < 0.4:
            key = chance.choice(sorted(fact))
            fact[key] = other_value(key, fact[key], chance)
    chance.shuffle(kept)
    return kept


def other_value(key: str, value: object, chance: random.Random) -> object:
    if key == "span":
        assert isinstance(value, list)
        moved = [offset + chance.randint(-20, 20) for offset in value]
        return [min(moved), max(moved) + 1]
    if key == "positions":
        return []
    if key in ("value", "of"):
        return chance.choice([value, 1, 2.5, 1e9])
    title = chance.choice(["ông ", "Mme. ", "Le ", "đồng chí ", "Colonel ", "tỉnh ", "0", "N°"])
    text = str(value or "x")
    return chance.choice([title + text, text.upper(), f"  {text}\u00a0y", text.swapcase(), text[1:] or "q"])


def reference(gold: Path, found: Path, *options: str) -> dict:
    command = [sys.executable, str(SHARED / "score.py"), str(gold), str(found), "--json", *options]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="the reference scorer lies outside the repository")
@pytest.mark.parametrize("seed", range(6))
def test_numbers_equal_those_of_the_reference_scorer(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    gold = SHARED / "dev"
    documents = [perturbed(dict(article.facts), chance) for article in load_gold(gold) if chance.random() > 0.1]
    found = tmp_path / "found.jsonl"
    found.write_text("\n".join(json.dumps(document) for document in documents), encoding="utf-8")
    scores = evaluate(gold, load_found(found))
    expected = reference(gold, found)
    assert {row: scores.by_row[row].to_dict() for row in ROWS} == {row: expected[row] for row in ROWS}
    assert scores.strict == expected["strict"]["f1"]
    assert set(expected) == {*ROWS, "strict"}
    language = ("fr", "en", "vi")[seed % 3]
    apart = reference(gold, found, "--lang", language)
    counts = scores.by_language[language]
    assert {row: counts[row].to_dict() for row in ROWS} == {row: apart[row] for row in ROWS}
    assert 0 < sum(counts[row].f1 for row in STRICT) < len(STRICT)
