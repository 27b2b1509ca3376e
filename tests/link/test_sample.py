"""Linking on the sample: twelve events in three languages, with a namesake among the officials."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from miner.extract import extract
from miner.link import link
from miner.read import read_articles
from miner.records import Article, Entity
from miner.text import fold

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"


@pytest.fixture(scope="module")
def entities() -> list[Entity]:
    articles = [found for found in read_articles([SAMPLE]) if isinstance(found, Article)]
    return link([extract(article) for article in articles], articles)


def of(kind: str, entities: list[Entity]) -> list[Entity]:
    return [entity for entity in entities if entity.kind == kind]


def test_three_editions_are_one_event(entities: list[Entity]) -> None:
    events = of("event", entities)
    stems = [{article.rsplit(".", 1)[0] for article, _ in event.members} for event in events]
    assert all(len(stem) == 1 for stem in stems)
    assert [len(event.members) for event in events] == [3] * 12


def test_a_person_is_one_across_languages(entities: list[Entity]) -> None:
    people = of("official", entities)
    assert all(len({fold(name) for _, name in person.members}) == 1 for person in people)
    whole = [person for person in people if len(person.members) >= 3]
    assert len(whole) >= 0.9 * len(people)


def test_namesakes_in_two_provinces_stay_two(entities: list[Entity]) -> None:
    names = Counter(person.name for person in of("official", entities))
    assert names["Nghiêm Đình Trứ"] == 2
