"""Records survive the way to a dictionary and back."""

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.records import FACT_KINDS, Article, Block, Figure, Official, content_id


def test_article_round_trip_through_json() -> None:
    article = Article("a", "Xin chào.", "vi", authors=("PV",), blocks=(Block("paragraph", "vi", 0, 9),))
    assert Article.from_dict(json.loads(json.dumps(article.to_dict()))) == article


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=4), st.text(max_size=9))
def test_official_round_trip(mentions: list[tuple[int, int]], name: str) -> None:
    official = Official("a", name, 0, 1, "r", (name,), tuple(mentions))
    assert Official.from_dict(json.loads(json.dumps(official.to_dict()))) == official


def test_figure_round_trip_keeps_its_whole() -> None:
    figure = Figure("a", 3, 5, "55", 55.0, None, "count", "=", "target", "r", part_of=(0, 2))
    assert Figure.from_dict(json.loads(json.dumps(figure.to_dict()))) == figure


def test_unknown_key_is_refused() -> None:
    with pytest.raises(TypeError):
        Official.from_dict({"article": "a", "colour": "red"})


def test_every_fact_names_article_and_rule() -> None:
    for record in FACT_KINDS.values():
        assert {"article", "start", "end", "rule"} <= {f.name for f in fields(record)}


def test_content_id_keeps_parts_apart() -> None:
    assert content_id("ab", "c") != content_id("a", "bc")
