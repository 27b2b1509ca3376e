"""The trained model: rebuilt to the same bytes, right on articles that it has not seen, in every language."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import miner
from miner.errors import InputError
from miner.topics import FEATURES, relevance

MODELS = Path(__file__).parents[2] / "models" / "relevance"
CORPUS = Path(__file__).parents[2] / "corpus"


def test_the_script_makes_the_same_bytes(tmp_path: Path) -> None:
    script = [sys.executable, str(MODELS / "train.py"), "--into", str(tmp_path)]
    environment = {"PYTHONPATH": str(MODELS.parents[1]), "PATH": ""}
    subprocess.run(script, check=True, env=environment, stdout=subprocess.DEVNULL)
    for name in ("model.json", "scores.json"):
        assert (tmp_path / name).read_bytes() == (MODELS / name).read_bytes(), name


def test_scores_are_those_of_the_card() -> None:
    scores = json.loads((MODELS / "scores.json").read_text("utf-8"))
    card = (MODELS / "README.md").read_text("utf-8")
    for row in scores.values():
        (low, high), value = row["F1 interval"], row["F1"]
        assert f"| {row['articles']} | " in card
        assert f" {value:.3f} ({low:.3f}–{high:.3f}) |" in card


def tables(corpus: miner.Corpus) -> dict[str, pd.DataFrame]:
    return {kind: getattr(corpus, kind) for kind, _ in FEATURES.values()}


def test_unseen_articles_are_told_apart_with_the_present_rules(tmp_path: Path) -> None:
    miner.run([CORPUS / "held-out", MODELS / "other-held-out.jsonl"], tmp_path, workers=1)
    corpus = miner.open_corpus(tmp_path)
    found = relevance(corpus.articles, tables(corpus))
    wrong = [row.article for row in found.itertuples() if row.relevant != row.article.startswith("held")]
    assert len(found) == len(list((CORPUS / "held-out").glob("*.txt"))) + 9
    assert len(wrong) <= 1, wrong
    assert found.score.between(0, 1).all()


def frame(*rows: tuple[str, ...], columns: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


NONE = {kind: frame(columns="article kind") for kind, _ in FEATURES.values()}


def test_facts_raise_the_score() -> None:
    articles = frame(("a",), ("b",), columns="id")
    facts = NONE | {
        "directives": frame(*[("b", "x")] * 3, columns="article kind"),
        "figures": frame(*[("b", "target")] * 5, *[("a", "result")] * 50, columns="article kind"),
    }
    score = relevance(articles, facts).set_index("article").score
    assert score["a"] < 0.5 < score["b"]


def test_no_article_gives_no_row() -> None:
    assert len(relevance(frame(columns="id"), NONE)) == 0


def test_a_missing_table_is_named() -> None:
    with pytest.raises(InputError, match="no table directives"):
        relevance(frame(("a",), columns="id"), {k: v for k, v in NONE.items() if k != "directives"})
