"""Targets as nodes: who sets them, where they hold, and which result answers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from miner.graph.relations import Names, Relation
from miner.records import Facts, Figure, content_id

Span = tuple[str, int, int]


class Targets:
    """The targets of a corpus: their nodes by id, and their ids by the span of each figure.

    Editions of one event state a target once where value, unit, comparator, place and deadline agree; the words for
    it differ by language. Where an article states two such targets, they are told apart by their order.
    """

    def __init__(self, facts: Iterable[Facts], events: Mapping[str, str]) -> None:
        self.nodes: dict[str, dict[str, Any]] = {}
        self.ids: dict[Span, str] = {}
        self.articles: dict[str, set[str]] = {}
        for one in facts:
            seen: Counter[tuple[str, ...]] = Counter()
            for figure in one.figures:
                if figure.kind == "target":
                    self._add(figure, one.language, events.get(figure.article, figure.article), seen)

    def _add(self, f: Figure, language: str | None, event: str, seen: Counter[tuple[str, ...]]) -> None:
        key = (event, f.place or "", f.unit, f.comparator, repr(f.value), f.date or "")
        seen[key] += 1
        name = f"target:{content_id(*key, str(seen[key]))}"
        self.ids[f.article, f.start, f.end] = name
        self.articles.setdefault(name, set()).add(f.article)
        label = f"{f.indicator}: {f.text}" if f.indicator else f.text
        values = {"label": label, "value": f.value, "unit": f.unit, "comparator": f.comparator, "deadline": f.date}
        self.nodes.setdefault(name, {"names": [], **{key: v for key, v in values.items() if v is not None}})
        self.nodes[name]["names"] += [f"{language}: {label}"] if language and f.indicator else []

    def relations(self, facts: Facts, names: Names) -> Iterator[Relation]:
        """Yield who sets the targets of one article, and where they hold."""
        for f in facts.figures:
            target = self.ids.get((f.article, f.start, f.end)) if f.kind == "target" else None
            if not target:
                continue
            proof = f"{f.article}:{f.start}-{f.end}:{f.rule}"
            source = _setter(f, names)
            place = names.find("place", f.article, f.place)
            if source:
                yield Relation(source, target, "sets", f.article, proof)
            if place:
                yield Relation(target, place, "located_in", f.article, proof)

    def answers(self, ledger: Iterable[Mapping[str, Any]], names: Names) -> Iterator[Relation]:
        """Yield which event reports the result of a target, from the rows of the ledger; note the result.

        Parameters
        ----------
        ledger : iterable of mapping
            Rows with the columns of `miner.ledger`.
        names : Names
            The entities' ids.
        """
        for row in ledger:
            target = self.ids.get((row["article"], int(row["start"]), int(row["end"])))
            article = row.get("result_article")
            if not target or not isinstance(article, str):
                continue
            self.nodes[target] |= {"result": float(row["result"]), "reached": str(row["reached"])}
            event = names.find("event", article, "event")
            if event:
                proof = f"{article}:{int(row['result_start'])}-{int(row['result_end'])}:ledger"
                yield Relation(event, target, "reports", article, proof)


def _setter(f: Figure, names: Names) -> str | None:
    """Return the document that sets a target, else the body, else the event at which it is stated."""
    directive = names.find("directive", f.article, f.directive)
    body = names.peek("body", f.article, f"{f.body}@{f.place}") or names.peek("body", f.article, f.body or "")
    return directive or body or names.find("event", f.article, "event")
