"""Places, quarters and counts of themes, by hand-known answers."""

from __future__ import annotations

import pandas as pd

from miner.topics import places_of, quarters_of, trends

ARTICLES = pd.DataFrame(
    [("a", "2025-07-01", None), ("b", None, None), ("c", "2024-12-31", "Huế"), ("d", None, None)],
    columns=["id", "published", "province"],
)
FACTS = {
    "participations": pd.DataFrame(
        [("a", "Huế", None), ("a", "An Giang", None), ("a", "An Giang", None), ("b", None, "2026-01-31")],
        columns=["article", "place", "date"],
    ),
    "positions": pd.DataFrame([("a", "Lào Cai"), ("b", "Sơn La"), ("b", "Lai Châu")], columns=["article", "place"]),
    "figures": pd.DataFrame([("x", "Cà Mau")], columns=["article", "place"]),
}


def test_a_place_is_that_of_the_meeting_else_of_posts_else_of_the_outlet() -> None:
    assert places_of(ARTICLES, FACTS).to_dict() == {"a": "An Giang", "b": "Lai Châu", "c": "Huế"}


def test_a_quarter_is_that_of_publication_else_of_the_meeting() -> None:
    assert quarters_of(ARTICLES, FACTS).to_dict() == {"a": "2025Q3", "b": "2026Q1", "c": "2024Q4"}


def test_no_article_is_lost() -> None:
    themes = pd.DataFrame(
        [("a", "vi", 1, "lúa"), ("b", "vi", 1, "lúa"), ("d", "vi", 2, "biển")],
        columns=["article", "language", "theme", "words"],
    )
    found = trends(ARTICLES, themes, FACTS)
    assert found.articles.sum() == 3
    assert found[["place", "quarter", "theme", "share"]].to_numpy().tolist() == [
        ["-", "-", 2, 1.0],
        ["An Giang", "2025Q3", 1, 1.0],
        ["Lai Châu", "2026Q1", 1, 1.0],
    ]


def test_nothing_gives_nothing() -> None:
    none = pd.DataFrame(columns=["article", "language", "theme", "words"])
    assert len(trends(ARTICLES, none, FACTS)) == 0
