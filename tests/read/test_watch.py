"""Watching outlets: a field that stays away is named with its outlet, its number of pages and its first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from miner.read.watch import Rate, by_week, fill_rates, find_drops
from miner.records import Article, Block

START = date(2025, 4, 7)


def pages(site: str, days: int, gone: int | None = None, back: int | None = None) -> list[Article]:
    """Return two pages a day, without dates from day `gone` to day `back`."""
    found = []
    for n in range(days):
        day = (START + timedelta(days=n)).isoformat()
        missing = gone is not None and gone <= n < (back or days)
        published = None if missing else day
        found += [
            Article(f"{site}-{n}-{m}", "x", site=site, title="T", published=published, fetched=day) for m in (0, 1)
        ]
    return found


def test_rates_by_outlet_and_week() -> None:
    blocks = (Block("lead", "vi", 0, 1), Block("caption", "vi", 0, 1), Block("caption", "vi", 0, 1))
    articles = [
        Article("a", "x", site="a.example", title="T", authors=("M",), published="2025-05-02", blocks=blocks),
        Article("b", "x", site="a.example", title="T", fetched="2025-04-28"),
        Article("c", "x", site="a.example", fetched="2025-05-05"),
        Article("d", "x", site="b.example", fetched="2025-05-05"),
        Article("e", "x", site="b.example"),
        Article("f", "x", fetched="2025-05-05"),
    ]
    assert by_week(fill_rates(articles)) == [
        Rate("a.example", "2025-04-28", 2, (2, 1, 1, 1, 1)),
        Rate("a.example", "2025-05-05", 1, (0, 0, 0, 0, 0)),
        Rate("b.example", "2025-05-05", 1, (0, 0, 0, 0, 0)),
    ]


def test_a_drop_is_named() -> None:
    articles = pages("a.example", 49, gone=28) + pages("b.example", 49)
    articles.append(Article("one", "x", site="a.example", title="T", published="2025-05-08", fetched="2025-05-08"))
    assert [str(drop) for drop in find_drops(fill_rates(articles))] == [
        "a.example: no date in 42 of 43 pages since 5 May 2025"
    ]


def test_a_drop_has_its_day_within_a_week() -> None:
    articles = pages("a.example", 49, gone=26)
    articles[2 * 10] = replace(articles[2 * 10], published=None)
    articles[2 * 40] = replace(articles[2 * 40], published="2025-05-17")
    assert [str(drop) for drop in find_drops(fill_rates(articles))] == [
        "a.example: no date in 45 of 46 pages since 3 May 2025"
    ]


@pytest.mark.parametrize(
    "articles",
    [
        pages("a.example", 49),
        pages("a.example", 49, gone=0),
        pages("a.example", 49, gone=14, back=28),
        pages("a.example", 10, gone=7),
        [],
    ],
    ids=["steady", "never there", "back again", "too few", "none"],
)
def test_no_warning(articles: list[Article]) -> None:
    assert find_drops(fill_rates(articles)) == []
