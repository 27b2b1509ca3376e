"""What counts as the same fact: one article's gold against what was found in it.

People, positions, directives and participations are sets in an article: a hit is the same key. Figures and instructions
have spans: a gold fact takes the first found fact that overlaps it and agrees, and each found fact is taken once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

Fact = Mapping[str, Any]
Key = tuple[Any, ...]

#: The rows of the score, in the order in which they are shown.
ROWS = (
    "officials",
    "positions",
    "positions+place",
    "directives",
    "directives+attributes",
    "participations",
    "figures",
    "figures+meaning",
    "figures+context",
    "instructions",
)


@dataclass(frozen=True, slots=True)
class Count:
    """Hits, misses (gold only) and inventions (found only) of one row, with what follows from them."""

    hits: int = 0
    missed: int = 0
    invented: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.hits + other.hits, self.missed + other.missed, self.invented + other.invented)

    @property
    def gold(self) -> int:
        """Number of facts in the gold."""
        return self.hits + self.missed

    @property
    def found(self) -> int:
        """Number of facts found."""
        return self.hits + self.invented

    @property
    def precision(self) -> float:
        """Share of the found facts that are right; 0 when nothing was found."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold facts that were found; 0 when there are none."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def to_dict(self) -> dict[str, float]:
        """Return precision, recall, f1, gold and found."""
        names = ("precision", "recall", "f1", "gold", "found")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of one article: the gold facts that were hit with their match, the missed and the invented."""

    pairs: list[tuple[Any, Any]]
    missed: list[Any]
    invented: list[Any]
    rules: Mapping[Any, str | None] = field(default_factory=dict)

    @property
    def count(self) -> Count:
        """The numbers of the three."""
        return Count(len(self.pairs), len(self.missed), len(self.invented))


def compare(gold: Fact, found: Fact) -> dict[str, Compared]:
    """Compare the contract's objects of one article, row by row."""
    wanted, given = _keys(gold), _keys(found)
    rows = {row: _compare_sets(wanted[row], given[row]) for row in wanted}
    for row, same in _FIGURES.items():
        rows[row] = _match(gold.get("figures", []), found.get("figures", []), same)
    people = {_person(official["name"]) for official in gold.get("officials", [])}

    def same_issuer(a: Fact, b: Fact) -> bool:
        return _issuer(a.get("issuer"), people) == _issuer(b.get("issuer"), people)

    rows["instructions"] = _match(gold.get("instructions", []), found.get("instructions", []), same_issuer)
    return rows


def _compare_sets(gold: Mapping[Key, str | None], found: Mapping[Key, str | None]) -> Compared:
    common = [(key, key) for key in sorted(gold.keys() & found.keys(), key=str)]
    return Compared(common, sorted(gold.keys() - found, key=str), sorted(found.keys() - gold, key=str), found)


def _match(gold: Iterable[Fact], found: Iterable[Fact], same: Callable[[Fact, Fact], bool]) -> Compared:
    free = list(found)
    pairs, missed = [], []
    for fact in gold:
        at = next((i for i, other in enumerate(free) if _overlap(fact, other) and same(fact, other)), None)
        if at is None:
            missed.append(fact)
        else:
            pairs.append((fact, free.pop(at)))
    return Compared(pairs, missed, free)


def _overlap(a: Fact, b: Fact) -> bool:
    return bool(a["span"][0] < b["span"][1] and b["span"][0] < a["span"][1])


def _keys(facts: Fact) -> dict[str, dict[Key, str | None]]:
    """Return the keys of each set-like row with the rule that gave them."""
    rows: dict[str, dict[Key, str | None]] = {row: {} for row in ROWS[:6]}
    for official in facts.get("officials", []):
        name = _person(official["name"])
        rows["officials"].setdefault((name,), official.get("rule"))
        for post in official.get("positions", []):
            key = (name, post.get("role"), post.get("body"))
            rows["positions"].setdefault(key, post.get("rule"))
            rows["positions+place"].setdefault((*key, _place(post.get("place"))), post.get("rule"))
    for item in facts.get("directives", []):
        number = _directive(item["id"])
        rows["directives"].setdefault((number,), item.get("rule"))
        attributes = tuple(item.get(name) for name in ("type", "issuer", "issued"))
        rows["directives+attributes"].setdefault((number, *attributes), item.get("rule"))
    for item in facts.get("participations", []):
        rows["participations"].setdefault((_person(item["person"]), item.get("part")), item.get("rule"))
    return rows


def _same_value(a: Fact, b: Fact) -> bool:
    x, y = _number(a.get("value")), _number(b.get("value"))
    if x is None or y is None or abs(x - y) > 1e-6 * max(1.0, abs(x)):
        return False
    return _number(a.get("of")) == _number(b.get("of"))


def _same_meaning(a: Fact, b: Fact) -> bool:
    return _same_value(a, b) and all(a.get(key) == b.get(key) for key in ("unit", "comparator", "kind"))


def _same_context(a: Fact, b: Fact) -> bool:
    same_date = a.get("date") == b.get("date")
    return same_date and _place(a.get("place")) == _place(b.get("place")) and _same_meaning(a, b)


_FIGURES = {"figures": _same_value, "figures+meaning": _same_meaning, "figures+context": _same_context}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


# Names as they are compared


def _fold(text: str | None) -> str:
    # Not `text.fold`: what that levels further (quotes, dashes, look-alikes of đ) the score does not forgive.
    bare = unicodedata.normalize("NFD", (text or "").replace("đ", "d").replace("Đ", "D"))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split()).casefold()


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    import yaml

    data = yaml.safe_load(files("miner").joinpath("data", "evaluation.yaml").read_text(encoding="utf-8"))
    titles = "|".join(sorted(map(re.escape, data["honorifics"]), key=len, reverse=True))
    prefixes = "|".join(sorted(map(re.escape, data["place_prefixes"]), key=len, reverse=True))
    return {
        "titles": re.compile(rf"(?:(?:{titles})\.? )+(?=\S+ \S)"),
        "surnames": frozenset(data["surnames"]),
        "prefixes": re.compile(rf"(?:{prefixes}) "),
        "places": data["place_names"],
    }


@lru_cache(maxsize=50_000)
def _person(name: str | None) -> str:
    folded = _fold(name)
    parts = folded.split(" ")
    if parts[0] in _words()["surnames"] and len(parts) > 2:
        return folded
    title = _words()["titles"].match(folded)
    return folded[title.end() :] if title else folded


def _issuer(name: str | None, people: set[str]) -> str:
    person = _person(name)
    return person if person in people else _fold(name).replace(" ", "_")


def _directive(identifier: str | None) -> str:
    plain = _fold(identifier).upper().replace("N°", "").strip()
    return re.sub(r"\b0+(?=\d)", "", plain)


def _place(name: str | None) -> str | None:
    folded = _fold(name)
    prefix = _words()["prefixes"].match(folded)
    bare = folded[prefix.end() :] if prefix else folded
    return _words()["places"].get(bare, bare) or None
