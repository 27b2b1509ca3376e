"""Copies among articles: the same text, nearly the same text, and one agency's story in several papers.

MinHash finds pairs that may be copies; each is then compared word for word, so that a similarity is exact. Nothing is
left out of the corpus for being a copy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from miner.records import Article
from miner.text import fold

#: The sorted digests of a text's runs of words.
Shingles = npt.NDArray[np.uint64]

#: Words of a shingle.
_WIDTH = 3
_PERMUTATIONS = 128
#: Bands and rows: 9 999 of 10 000 pairs of similarity 0.7 share a band, 87 of 100 of similarity 0.5.
_BANDS = (32, 4)
_BATCH = 2_000
#: What no reader takes for text of the article.
_APART = ("noise", "caption")


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles that are copies of one another: `first` is the one published first, else the lesser id.

    `kind` is same (all words), near (one paper) or syndicated (two papers); `similarity` is the share of runs of three
    words that both have among those that either has (Jaccard).
    """

    first: str
    second: str
    kind: str
    similarity: float


def find_copies(articles: Iterable[Article], threshold: float = 0.7) -> list[Copy]:
    """Return all pairs of copies, sorted; the result does not depend on the articles' order.

    Parameters
    ----------
    articles : iterable of Article
        With ids that are unique. Translations are no copies: editions have no words in common.
    threshold : float
        The least similarity, from 0.5 to 1; of pairs below 0.7, some are not found.
    """
    known = sorted(articles, key=lambda article: (article.published or "9999", article.id))
    shingles = [_shingles(article) for article in known]
    copies = []
    for one, other in _candidates(shingles):
        shared = np.intersect1d(shingles[one], shingles[other], assume_unique=True).size
        similarity = shared / (shingles[one].size + shingles[other].size - shared)
        if similarity >= threshold:
            copies.append(_copy(known[one], known[other], round(similarity, 4)))
    return sorted(copies, key=lambda copy: (copy.first, copy.second))


def _copy(one: Article, other: Article, similarity: float) -> Copy:
    across = one.site and other.site and one.site != other.site
    kind = "syndicated" if across else "same" if similarity == 1 else "near"
    return Copy(one.id, other.id, kind, similarity)


def _shingles(article: Article) -> Shingles:
    """Return the digests of all runs of words of the article's own text."""
    blocks = [b for b in article.blocks if b.kind not in _APART]
    text = " ".join(article.text[b.start : b.end] for b in blocks) if blocks else article.text
    # The cache of fold is for words.
    words = fold.__wrapped__(text).split()
    runs = {" ".join(words[i : i + _WIDTH]) for i in range(max(1, len(words) - _WIDTH + 1))} if words else set()
    digests = b"".join(hashlib.blake2b(run.encode(), digest_size=8).digest() for run in runs)
    return np.unique(np.frombuffer(digests, dtype="<u8"))


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
