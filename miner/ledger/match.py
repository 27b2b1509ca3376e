"""Which result answers which target: same place, unit and measure, and an indicator in similar words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from miner.records import Figure
from miner.text import fold

#: From this weighted share of common words on, two indicators are taken for one.
SIMILAR = 0.5


class Indicators:
    """How alike the words of two indicators are; rare words count more than common ones."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._words = {text: words(text) for text in {figure.indicator for figure in figures if figure.indicator}}
        count = Counter(word for found in self._words.values() for word in found)
        self._weights = {word: math.log(1 + len(self._words) / n) for word, n in count.items()}

    def similarity(self, a: str, b: str) -> float:
        """Return the weighted share of common words, from 0 to 1."""
        either = self._weight(self._words[a] | self._words[b])
        return self._weight(self._words[a] & self._words[b]) / either if either else 0.0

    def words_of(self, text: str) -> frozenset[str]:
        """Return the words that count."""
        return self._words[text]

    def telling(self, text: str) -> Iterator[str]:
        """Yield the rarest words, so many that every similar indicator has one of them."""
        rest = self._weight(self._words[text])
        least = rest * (SIMILAR - 1e-6)
        for word in sorted(self._words[text], key=lambda word: (-self._weights[word], word)):
            if rest < least:
                return
            yield word
            rest -= self._weights[word]

    def _weight(self, found: frozenset[str]) -> float:
        # An exact sum: the order of a set differs from run to run.
        return math.fsum(self._weights[word] for word in found)


def words(text: str) -> frozenset[str]:
    """Return the folded words of an indicator, without numbers and single letters."""
    found = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    return frozenset(word for word in found if len(word) > 1 and not any(c.isdigit() for c in word))


class Results:
    """The results of a corpus, to be asked for the one that answers a target.

    Results are found by place, unit and the rare words of their indicator, and stand with the latest first, so that a
    target looks at few of them, however many there are.
    """

    def __init__(self, figures: Iterable[Figure], days: Mapping[str, str]) -> None:
        ordered = list(figures)
        self._days = days
        self._indicators = Indicators(ordered)
        self._named: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._results: dict[tuple[str, str, str, str | None], list[Figure]] = defaultdict(list)
        for figure in sorted(ordered, key=self._recency, reverse=True):
            if figure.kind == "result" and figure.place and figure.indicator:
                self._add(figure, figure.place, figure.indicator)

    def _add(self, result: Figure, place: str, indicator: str) -> None:
        for article in (result.article, None):
            self._results[place, result.unit, indicator, article].append(result)
        for word in self._indicators.words_of(indicator):
            self._named[place, result.unit, word].add(indicator)

    def answer(self, target: Figure) -> Figure | None:
        """Return the result that answers `target`: of its own article if there is one, else of a later one."""
        if not target.place or not target.indicator:
            return None
        alike = self._alike(target.place, target.unit, target.indicator)
        return self._best(target, target.place, alike, target.article) or self._best(target, target.place, alike, None)

    def _alike(self, place: str, unit: str, indicator: str) -> dict[str, float]:
        telling = self._indicators.telling(indicator)
        others = set().union(*(self._named.get((place, unit, word), ()) for word in telling))
        found = {other: self._indicators.similarity(indicator, other) for other in others}
        return {other: round(similarity, 6) for other, similarity in found.items() if similarity >= SIMILAR}

    def _best(self, target: Figure, place: str, alike: Mapping[str, float], article: str | None) -> Figure | None:
        found = []
        for other, similarity in alike.items():
            results = self._results.get((place, target.unit, other, article), ())
            first = next((result for result in results if self._fits(target, result)), None)
            if first:
                found.append((similarity, self._recency(first), first))
        return max(found, key=lambda each: each[:2])[2] if found else None

    def _fits(self, target: Figure, result: Figure) -> bool:
        if target.measure and result.measure and fold(target.measure) != fold(result.measure):
            return False
        first, second = self._days.get(target.article), self._days.get(result.article)
        return not (first and second) or first <= second

    def _recency(self, result: Figure) -> tuple[str, str, int]:
        return result.date or self._days.get(result.article) or "", result.article, -result.start
