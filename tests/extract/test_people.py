"""Persons and their posts, sentence by sentence."""

from pathlib import Path

import pytest
import yaml

from miner.extract import extract
from miner.records import Article, Block

CASES = [
    (path.suffixes[0][1:], case)
    for path in sorted((Path(__file__).parent / "cases").glob("people.*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
]


def facts(text, language):
    return extract(Article("a", text, language=language, blocks=(Block("paragraph", language, 0, len(text)),)))


def people(text, language):
    found = facts(text, language)
    posts = {official.name: [] for official in found.officials}
    for p in found.positions:
        posts[p.person].append(f"{p.role}" + (f"/{p.body}" if p.body else "") + (f"@{p.place}" if p.place else ""))
    return sorted(f"{name}: {post}" if post else name for name, mine in posts.items() for post in mine or [""])


@pytest.mark.parametrize(("language", "case"), CASES, ids=lambda x: x if isinstance(x, str) else x["text"][:50])
def test_people_of_a_sentence(language, case):
    assert people(case["text"], language) == sorted(case["people"])


def test_the_name_of_a_file_tells_nothing_about_words_without_capitals():
    text = "Le camarade Y Thuel Nie est venu à Son La.\n\nle-camarade-y-thuel-nie.jpg\n"
    assert [official.name for official in extract(Article("a", text, language="fr")).officials] == ["Y Thuel Nie"]
