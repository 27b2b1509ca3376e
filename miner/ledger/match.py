"""Which result answers which target: same place, unit and measure, and an indicator in similar words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from miner.records import Figure
from miner.text import fold

#: From this weighted share of common words on, two indicators are taken for one.
SIMILAR = 0.5


class Indicators:
    """How alike the words of two indicators are; rare words count more than common ones."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._words = {text: words(text) for text in {figure.indicator for figure in figures if figure.indicator}}
        self._count = Counter(word for found in self._words.values() for word in found)

    def similarity(self, a: str | None, b: str | None) -> float:
        """Return the weighted share of common words, from 0 to 1."""
        first, second = self._words.get(a or "", frozenset()), self._words.get(b or "", frozenset())
        either = self._weight(first | second)
        return self._weight(first & second) / either if either else 0.0

    def _weight(self, found: frozenset[str]) -> float:
        return sum(math.log(1 + len(self._words) / self._count[word]) for word in found)


def words(text: str) -> frozenset[str]:
    """Return the folded words of an indicator, without numbers and single letters."""
    found = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    return frozenset(word for word in found if len(word) > 1 and not any(c.isdigit() for c in word))


class Results:
    """The results of a corpus, to be asked for the one that answers a target."""

    def __init__(self, figures: Iterable[Figure], days: Mapping[str, str]) -> None:
        ordered = list(figures)
        self._days = days
        self._indicators = Indicators(ordered)
        self._groups: dict[tuple[str | None, str], list[Figure]] = defaultdict(list)
        for figure in ordered:
            if figure.kind == "result" and figure.place and figure.indicator:
                self._groups[figure.place, figure.unit].append(figure)

    def answer(self, target: Figure) -> Figure | None:
        """Return the result that answers `target`: of its own article if there is one, else of a later one."""
        fitting = [result for result in self._groups[target.place, target.unit] if self._fits(target, result)]
        own = [result for result in fitting if result.article == target.article]
        later = [result for result in fitting if self._is_later(target, result)]
        return max(own or later, key=lambda result: self._rank(target, result), default=None)

    def _fits(self, target: Figure, result: Figure) -> bool:
        if target.measure and result.measure and fold(target.measure) != fold(result.measure):
            return False
        return self._indicators.similarity(target.indicator, result.indicator) >= SIMILAR

    def _is_later(self, target: Figure, result: Figure) -> bool:
        first, second = self._days.get(target.article), self._days.get(result.article)
        return not (first and second) or first <= second

    def _rank(self, target: Figure, result: Figure) -> tuple[float, str, str, int]:
        similarity = self._indicators.similarity(target.indicator, result.indicator)
        day = result.date or self._days.get(result.article) or ""
        return round(similarity, 6), day, result.article, -result.start
