"""The numbers that follow from comparing gold with found facts, and the facts behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from miner.errors import InputError
from miner.evaluate.compare import ROWS, Compared, Count, Fact, compare
from miner.evaluate.gold import GoldArticle

#: The rows whose mean F1 is `strict`.
STRICT = ("positions+place", "directives+attributes", "figures+meaning", "instructions", "participations")


@dataclass(frozen=True, slots=True)
class Miss:
    """A fact that was missed (`sign` "-") or invented ("+"), with what a reader needs to see why."""

    article: str
    sign: str
    fact: str
    rule: str | None = None
    context: str | None = None


class Scores:
    """The comparison of found facts with gold, from which all numbers follow.

    Parameters
    ----------
    gold : sequence of GoldArticle
        The articles with what is in them.
    found : mapping of str to mapping
        The contract's object of each article by its id; an article without one counts as empty.
    """

    def __init__(self, gold: Iterable[GoldArticle], found: Mapping[str, Fact]) -> None:
        self._gold = sorted(gold, key=lambda article: article.id)
        self._compared = [_compared(article, found.get(article.id, {})) for article in self._gold]
        self.articles = len(self._gold)
        self.answered = sum(article.id in found for article in self._gold)
        self.unknown = sorted(set(found) - {article.id for article in self._gold})

    @cached_property
    def by_row(self) -> dict[str, Count]:
        """The counts of each row over all articles."""
        return self._sum(range(self.articles))

    @cached_property
    def by_language(self) -> dict[str, dict[str, Count]]:
        """The counts of each row for the articles of each language."""
        languages = sorted({article.language for article in self._gold})
        return {code: self._sum(i for i, a in enumerate(self._gold) if a.language == code) for code in languages}

    def _sum(self, chosen: Iterable[int]) -> dict[str, Count]:
        picked = [self._compared[i] for i in chosen]
        return {row: sum((compared[row].count for compared in picked), Count()) for row in ROWS}

    @property
    def strict(self) -> float:
        """Mean F1 of the rows that ask for everything."""
        return strict(self.by_row)

    def misses(self, row: str) -> Iterator[Miss]:
        """Yield what was missed and what was invented in one row, article by article.

        Raises
        ------
        InputError
            If there is no such row.
        """
        _check_row(row)
        for article, compared in zip(self._gold, self._compared, strict=True):
            for sign, facts in (("-", compared[row].missed), ("+", compared[row].invented)):
                yield from (_miss(article, sign, fact, compared[row].rules) for fact in facts)

    @property
    def by_rule(self) -> dict[str, dict[str, Count]]:
        """The counts of each rule in each row: hits and inventions; `missed` is 0, for no rule owns a miss."""
        table: dict[str, dict[str, Count]] = {}
        for row in ROWS:
            hits, wrong = Counter[str](), Counter[str]()
            for compared in (article[row] for article in self._compared):
                hits.update(_rule(match, compared.rules) for _, match in compared.pairs)
                wrong.update(_rule(fact, compared.rules) for fact in compared.invented)
            table[row] = {rule: Count(hits[rule], 0, wrong[rule]) for rule in sorted(hits | wrong)}
        return table

    def intervals(self, *, samples: int = 1000, seed: int = 0, level: float = 0.95) -> dict[str, tuple[float, float]]:
        """Return a bootstrap confidence interval of each row's F1 and of `strict`, over the articles.

        Parameters
        ----------
        samples : int
            How often the articles are drawn anew, with replacement.
        seed : int
            The same seed gives the same intervals.
        level : float
            The share of the samples that lie within.
        """
        import numpy as np

        counts = np.array([[_triple(article[row].count) for row in ROWS] for article in self._compared])
        draws = np.random.default_rng(seed).multinomial(self.articles, [1 / self.articles] * self.articles, samples)
        hits, missed, invented = np.moveaxis(np.einsum("sa,arc->src", draws, counts), 2, 0)
        f1 = 2 * hits / np.maximum(2 * hits + missed + invented, 1)
        mean = f1[:, [ROWS.index(row) for row in STRICT]].mean(axis=1, keepdims=True)
        tail = (1 - level) / 2
        low, high = np.quantile(np.hstack([f1, mean]), [tail, 1 - tail], axis=0)
        return {row: (float(low[i]), float(high[i])) for i, row in enumerate((*ROWS, "strict"))}


def strict(rows: Mapping[str, Count]) -> float:
    """Return the mean F1 of the rows of `STRICT`."""
    return sum(rows[row].f1 for row in STRICT) / len(STRICT)


def _compared(article: GoldArticle, found: Fact) -> dict[str, Compared]:
    try:
        return compare(article.facts, found)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        what = f"{type(error).__name__}: {error}"
        raise InputError(f"{article.id}: not in the form of the contract ({what}); see docs/records.md") from error


def _triple(count: Count) -> tuple[int, int, int]:
    return count.hits, count.missed, count.invented


def _check_row(row: str) -> None:
    if row not in ROWS:
        raise InputError(f"no kind {row!r}; choose one of {', '.join(ROWS)}")


def _rule(fact: Any, rules: Mapping[Any, str | None]) -> str:
    rule = rules.get(fact) if isinstance(fact, tuple) else fact.get("rule")
    return rule or "(none)"


def _miss(article: GoldArticle, sign: str, fact: Any, rules: Mapping[Any, str | None]) -> Miss:
    rule = None if sign == "-" else _rule(fact, rules)
    if isinstance(fact, tuple):
        return Miss(article.id, sign, " · ".join("-" if part is None else str(part) for part in fact), rule)
    start, end = fact["span"]
    shown = {key: value for key, value in fact.items() if key not in ("span", "rule") and value is not None}
    described = f"[{start},{end}) " + " ".join(f"{key}={value}" for key, value in shown.items())
    return Miss(article.id, sign, described, rule, article.text[max(0, start - 30) : end + 30])
