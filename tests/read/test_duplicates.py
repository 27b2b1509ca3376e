"""Copies: hand-known pairs, and what must not matter."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.read.duplicates import find_copies
from miner.records import Article, Block

WORDS = [f"mot{n}" for n in range(400)]


def article(name: str, words: list[str], site: str = "a.example", published: str | None = None) -> Article:
    return Article(name, " ".join(words), site=site, published=published)


def pairs(*articles: Article, threshold: float = 0.7) -> list[tuple[str, str, str, float]]:
    return [(c.first, c.second, c.kind, c.similarity) for c in find_copies(articles, threshold)]


def test_same_near_and_syndicated() -> None:
    changed = [*WORDS[:200], "autre", *WORDS[201:]]
    found = pairs(
        article("late", WORDS, published="2025-06-02"),
        article("early", WORDS, published="2025-06-01"),
        article("near", changed, published="2025-06-03"),
        article("copy", WORDS, site="b.example", published="2025-06-04"),
        article("other", [f"x{w}" for w in WORDS]),
    )
    # 398 runs of three words each; one changed word is in three of them.
    near = round(395 / 401, 4)
    assert found == [
        ("early", "copy", "syndicated", 1.0),
        ("early", "late", "same", 1.0),
        ("early", "near", "near", near),
        ("late", "copy", "syndicated", 1.0),
        ("late", "near", "near", near),
        ("near", "copy", "syndicated", near),
    ]


def test_case_accents_and_space_do_not_matter() -> None:
    one, other = Article("a", "Xã Mẫu  sửa cầu\ntrong tháng này"), Article("b", "XÃ MẪU SUA CAU trong tháng này")
    assert pairs(one, other) == [("a", "b", "same", 1.0)]


def test_captions_and_noise_do_not_count() -> None:
    text = " ".join(WORDS[:50])
    caption = " Vue du pont. Photo : Mai Ví"
    blocks = (Block("paragraph", "fr", 0, len(text)), Block("caption", "fr", len(text) + 1, len(text + caption)))
    assert pairs(Article("a", text + caption, blocks=blocks), Article("b", text)) == [("a", "b", "same", 1.0)]


@pytest.mark.parametrize("text", ["", "...", "un", "un deux"])
def test_short_texts(text: str) -> None:
    assert [(f, s) for f, s, _, _ in pairs(Article("a", text), Article("b", text))] == ([("a", "b")] if text else [])


def test_threshold_is_exact() -> None:
    one, other = article("a", WORDS[:102]), article("b", WORDS[:52] + [f"y{n}" for n in range(5)] + WORDS[52:102])
    # 100 and 105 runs; 98 in both.
    similarity = round(98 / 107, 4)
    assert pairs(one, other, threshold=0.91) == [("a", "b", "near", similarity)]
    assert pairs(one, other, threshold=0.92) == []


@settings(max_examples=3, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_does_not_matter_and_each_copy_is_found(shuffle: random.Random) -> None:
    draw = random.Random(3)
    originals = [[f"w{draw.randrange(9_000)}" for _ in range(150)] for _ in range(30)]
    articles = [article(f"o{n:02}", words) for n, words in enumerate(originals)]
    articles += [replace(a, id=f"{a.id}c", text=a.text.replace(" w1", " v1", 2), site="b.example") for a in articles]
    expected = find_copies(articles)
    assert [(c.first, c.second) for c in expected] == [(f"o{n:02}", f"o{n:02}c") for n in range(30)]
    shuffle.shuffle(articles)
    assert find_copies(articles) == expected
