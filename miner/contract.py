"""The extraction contract: facts as the JSON object that `miner extract` prints and `miner evaluate` reads.

The keys and their meaning are described in `docs/records.md`. Every item carries, besides the keys that are scored, its
`span` and the `rule` that found it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from miner.records import FACT_KINDS, Facts, Record

#: Fields that the contract says in another way: the article is the object itself, the offsets are the `span`.
_REPLACED = frozenset({"article", "start", "end"})

#: First characters that make a spreadsheet take a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_contract(facts: Facts) -> dict[str, Any]:
    """Return the facts of one article as the contract's object, ready for `json.dumps`.

    Parameters
    ----------
    facts : Facts
        What was extracted from one article.

    Returns
    -------
    dict
        `id`, `language` and a list for each kind except positions, which stand under their official. Items are in the
        order of the text. Someone who holds a position without being among the officials is added to them.
    """
    found: dict[str, Any] = {"id": facts.article, "language": facts.language, "officials": _officials(facts)}
    for kind in FACT_KINDS:
        if kind not in ("officials", "positions"):
            found[kind] = [_item(fact) for fact in _ordered(getattr(facts, kind))]
    return found


def _officials(facts: Facts) -> list[dict[str, Any]]:
    people = {official.name: {**_item(official), "positions": []} for official in _ordered(facts.officials)}
    for position in _ordered(facts.positions):
        item = _item(position)
        name = item.pop("person")
        owner = people.setdefault(name, {"name": name, "span": item["span"], "rule": item["rule"], "positions": []})
        owner["positions"].append(item)
    return list(people.values())


def _ordered(facts: tuple[Any, ...]) -> list[Any]:
    return sorted(facts, key=lambda fact: (fact.start, fact.end))


def _item(fact: Record) -> dict[str, Any]:
    values = fact.to_dict()
    kept = {key: value for key, value in values.items() if key not in _REPLACED}
    return {**kept, "span": [values["start"], values["end"]]}


def columns(kind: str | None = None) -> list[str]:
    """Return the columns of `rows`: `article`, `language`, `fact`, then the fields of the record or of all records."""
    records = [FACT_KINDS[kind]] if kind else list(FACT_KINDS.values())
    fields = [field.name for record in records for field in dataclasses.fields(record)]  # type: ignore[arg-type]
    return list(dict.fromkeys(["article", "language", "fact", *fields]))


def rows(facts: Facts, kind: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield one flat row for each fact, of one kind or of all, with the keys of `columns` that the fact has."""
    for name in [kind] if kind else FACT_KINDS:
        for fact in _ordered(getattr(facts, name)):
            yield {"article": facts.article, "language": facts.language, "fact": name, **fact.to_dict()}


def cell(value: Any) -> str:
    """Return `value` as the text of a spreadsheet cell: lists joined, nothing that would run as a formula.

    Examples
    --------
    >>> cell(None), cell(-2.5), cell(["a", "b"]), cell("=HYPERLINK(1)")
    ('', '-2.5', 'a; b', "'=HYPERLINK(1)")
    """
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return repr(value)
    text = "; ".join(map(_inner, value)) if isinstance(value, (list, tuple)) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _inner(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{key}={item}" for key, item in value.items())
    return "-".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
