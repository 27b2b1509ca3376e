"""Copies among articles: the same text, nearly the same text, and one agency's story in several papers.

MinHash finds pairs that may be copies; each is then compared word for word, so that a similarity is exact. Nothing is
left out of the corpus for being a copy.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from miner.records import Article, Copy
from miner.text import fold

#: The sorted numbers of a text's runs of words.
Shingles = npt.NDArray[np.uint64]

#: Words of a shingle.
_WIDTH = 3
#: Tells the places of words in a run apart; odd, so that no bits are lost.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_PERMUTATIONS = 128
#: Bands and rows: 9 999 of 10 000 pairs of similarity 0.7 share a band, 87 of 100 of similarity 0.5.
_BANDS = (32, 4)
_BATCH = 2_000
#: What no reader takes for text of the article.
_APART = ("noise", "caption")


def find_copies(articles: Iterable[Article], threshold: float = 0.7) -> list[Copy]:
    """Return all pairs of copies, sorted; the result does not depend on the articles' order.

    Parameters
    ----------
    articles : iterable of Article
        With ids that are unique. Translations are no copies: editions have no words in common.
    threshold : float
        The least similarity, from 0.5 to 1; of pairs below 0.7, some are not found.
    """
    # Texts would fill the memory.
    read = ((replace(article, text="", blocks=()), _shingles(article)) for article in articles)
    ordered = sorted(read, key=lambda one: (one[0].published or "9999", one[0].id))
    known, shingles = [article for article, _ in ordered], [runs for _, runs in ordered]
    copies = []
    for one, other in _candidates(shingles):
        alike = _alike(shingles[one], shingles[other])
        if alike >= threshold:
            copies.append(_copy(known[one], known[other], alike))
    return sorted(copies, key=lambda copy: (copy.first, copy.second))


def find_versions(articles: Iterable[Article]) -> list[Copy]:
    """Return the pairs of the last state of a page and each state that was fetched before, sorted.

    States are articles of one address, each with the moment when it was fetched; others are passed over.
    """
    pages: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.url and article.fetched:
            pages[article.url].append(article)
    found = []
    for states in pages.values():
        last, *earlier = sorted(states, key=_moment, reverse=True)
        found += [Copy(last.id, one.id, "version", _alike(_shingles(last), _shingles(one))) for one in earlier]
    return sorted(found, key=lambda copy: (copy.first, copy.second))


def _moment(article: Article) -> tuple[str, ...]:
    return article.fetched or "", article.modified or "", article.published or "", article.digest, article.id


def _alike(one: Shingles, other: Shingles) -> float:
    """Return the share of shingles that both have; 1 if neither has any."""
    shared = np.intersect1d(one, other, assume_unique=True).size
    union = one.size + other.size - shared
    return round(shared / union, 4) if union else 1.0


def _copy(one: Article, other: Article, similarity: float) -> Copy:
    across = one.site and other.site and one.site != other.site
    kind = "syndicated" if across else "same" if similarity == 1 else "near"
    return Copy(one.id, other.id, kind, similarity)


def _shingles(article: Article) -> Shingles:
    """Return numbers that stand for the runs of words of the article's own text."""
    blocks = [b for b in article.blocks if b.kind not in _APART]
    text = " ".join(article.text[b.start : b.end] for b in blocks) if blocks else article.text
    # The cache of fold is for words.
    words = fold.__wrapped__(text).split()
    numbers = np.array([_number(word) for word in words], dtype=np.uint64)
    width = min(_WIDTH, len(words)) or 1
    runs = np.zeros(max(0, len(words) - width + 1), dtype=np.uint64)
    for place in range(width):
        runs = runs * _FACTOR + numbers[place : place + runs.size]
    return np.unique(runs)


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _candidates(shingles: list[Shingles]) -> Iterator[tuple[int, int]]:
    """Yield pairs that may reach the threshold, each once, the earlier article first."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=_PERMUTATIONS, params=_BANDS)
    alike: dict[bytes, list[int]] = {}
    for number, runs in enumerate(shingles):
        if runs.size:
            alike.setdefault(hashlib.sha256(runs.tobytes()).digest(), []).append(number)
    distinct = list(alike.values())
    for start in range(0, len(distinct), _BATCH):
        batch = distinct[start : start + _BATCH]
        sketches = MinHash.bulk(
            [shingles[numbers[0]].tolist() for numbers in batch], num_perm=_PERMUTATIONS, hashfunc=_low
        )
        for place, sketch in enumerate(sketches, start):
            for other in index.query(sketch):
                for one, two in product(distinct[other], distinct[place]):
                    yield min(one, two), max(one, two)
            index.insert(place, sketch)
    for numbers in alike.values():
        yield from combinations(numbers, 2)


def _low(value: int) -> int:
    return value & 0xFFFFFFFF
