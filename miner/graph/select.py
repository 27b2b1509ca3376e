"""Which articles a graph is made from: by day, language, place and directive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from miner.dates import day_of
from miner.errors import InputError
from miner.records import Article, Entity, Facts
from miner.text import fold

Inputs = tuple[list[Article], list[Facts], list[Entity]]


@dataclass(frozen=True, slots=True)
class Selection:
    """What an article must be to count; None does not ask.

    `since` and `until` are ISO days of publication, both included; `place` is a province's name that its facts give,
    `directive` the id or symbol of a document that it names.
    """

    since: str | None = None
    until: str | None = None
    language: str | None = None
    place: str | None = None
    directive: str | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            check_day(name, getattr(self, name))


def check_day(name: str, day: str | None) -> None:
    """Raise an InputError for a text that is no ISO day; None passes."""
    try:
        date.fromisoformat(day or "2000-01-01")
    except ValueError as error:
        raise InputError(f"{name}: {day!r} is no day; write it as 2025-07-01") from error


def select(
    articles: Iterable[Article], facts: Iterable[Facts], entities: Iterable[Entity], wanted: Selection
) -> Inputs:
    """Return articles, facts and entities of the selected articles, so that weights and days are theirs alone.

    Raises
    ------
    InputError
        No entity has the name of the place or directive.
    """
    things = list(entities)
    kept = {a.id: a for a in articles if _fits(a, wanted)}
    for kind in ("place", "directive"):
        name = getattr(wanted, kind)
        if name:
            naming = _naming(things, kind, name)
            kept = {key: article for key, article in kept.items() if key in naming}
    own = [replace(thing, members=tuple(m for m in thing.members if m[0] in kept)) for thing in things]
    return list(kept.values()), [one for one in facts if one.article in kept], [one for one in own if one.members]


def _fits(article: Article, wanted: Selection) -> bool:
    day = day_of(article)
    if wanted.language and article.language != wanted.language:
        return False
    if (wanted.since or wanted.until) and not day:
        return False
    return (wanted.since or "") <= day and (not wanted.until or day <= wanted.until)


def _naming(entities: Iterable[Entity], kind: str, name: str) -> set[str]:
    """Return the articles that name a thing; under a name that only some of them use, those alone."""
    own = [entity for entity in entities if entity.kind == kind]
    fitting = [e for e in own if name == e.id] or [e for e in own if fold(name) in {fold(e.name), *map(fold, e.names)}]
    calling = {article for entity in own for article, called in entity.members if fold(called) == fold(name)}
    if not fitting and calling:
        return calling
    if not fitting:
        some = ", ".join(sorted(e.name for e in sorted(own, key=lambda e: -len(e.members))[:5]))
        raise InputError(f"{kind} {name!r}: no article names it; there are {some or 'none'}, …")
    return {article for entity in fitting for article, _ in entity.members}
