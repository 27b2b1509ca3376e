"""Copies among articles: the same text, nearly the same text, and one agency's story in several papers.

MinHash finds pairs that may be copies; each is then compared word for word, so that a similarity is exact. Nothing is
left out of the corpus for being a copy.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from miner.records import Article, Copy
from miner.text import fold

#: The sorted numbers of a text's runs of words; 32 bits each, as those of all texts are held in memory.
Shingles = npt.NDArray[np.uint32]

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
    read = ((article.published or "9999", article.id, article.site, _shingles(article)) for article in articles)
    ordered = sorted(read, key=lambda one: one[:2])
    copies = []
    for one, other in _candidates([runs for *_, runs in ordered]):
        (_, first, site, runs), (_, second, elsewhere, others) = ordered[one], ordered[other]
        alike = _alike(runs, others)
        if alike >= threshold:
            across = site and elsewhere and site != elsewhere
            kind = "syndicated" if across else "same" if alike == 1 else "near"
            copies.append(Copy(first, second, kind, alike))
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


def _shingles(article: Article) -> Shingles:
    """Return numbers that stand for the runs of words of the article's own text."""
    blocks = [b for b in article.blocks if b.kind not in _APART]
    text = " ".join(article.text[b.start : b.end] for b in blocks) if blocks else article.text
    words = text.split()
    numbers = np.array([_number(word) for word in words], dtype=np.uint64)
    width = min(_WIDTH, len(words)) or 1
    runs = np.zeros(max(0, len(words) - width + 1), dtype=np.uint64)
    for place in range(width):
        runs = runs * _FACTOR + numbers[place : place + runs.size]
    return np.unique(runs.astype(np.uint32))


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    """Return the number of a word however it is spelled."""
    return int.from_bytes(hashlib.blake2b(fold(word).encode(), digest_size=8).digest(), "little")


def _candidates(shingles: list[Shingles]) -> Iterator[tuple[int, int]]:
    """Yield pairs that may reach the threshold, each once, the earlier article first."""
    alike: dict[bytes, list[int]] = {}
    for number, runs in enumerate(shingles):
        if runs.size:
            alike.setdefault(hashlib.sha256(runs.tobytes()).digest(), []).append(number)
    distinct = list(alike.values())
    for one, other in _sharing(_sketches([shingles[numbers[0]] for numbers in distinct])):
        for first, second in product(distinct[one], distinct[other]):
            yield min(first, second), max(first, second)
    for numbers in distinct:
        yield from combinations(numbers, 2)


def _sketches(texts: list[Shingles]) -> npt.NDArray[np.uint32]:
    """Return the MinHash of each text: texts x permutations."""
    from datasketch import MinHash

    sketches = np.zeros((len(texts), _PERMUTATIONS), dtype=np.uint32)
    for start in range(0, len(texts), _BATCH):
        batch = [runs.tolist() for runs in texts[start : start + _BATCH]]
        hashes = MinHash.bulk(batch, num_perm=_PERMUTATIONS, hashfunc=int)
        sketches[start : start + len(hashes)] = [sketch.hashvalues for sketch in hashes]
    return sketches


def _sharing(sketches: npt.NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of sketches that agree in all rows of a band, each once.

    datasketch's index would do the same with twenty times the memory.
    """
    bands, rows = _BANDS
    for band in range(bands):
        part = sketches[:, band * rows : (band + 1) * rows]
        order = np.lexsort(part.T)
        same = (part[order[1:]] == part[order[:-1]]).all(axis=1)
        edges = np.flatnonzero(np.diff(np.concatenate(([False], same, [False])).astype(np.int8)))
        for start, end in edges.reshape(-1, 2).tolist():
            for one, other in combinations(sorted(order[start : end + 1].tolist()), 2):
                agreed = (sketches[one] == sketches[other]).reshape(bands, rows).all(axis=1)
                if agreed.argmax() == band:
                    yield one, other
