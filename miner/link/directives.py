"""Directives: canonical id and year decide which document it is, within the province where numbers restart there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from miner.lexicon import body_codes
from miner.link.things import article_place, slug
from miner.records import Directive, Entity, Facts, content_id
from miner.text import fold

#: Levels at which every province counts its own documents.
_PROVINCIAL = frozenset({"provincial", "local", "district", "commune"})


@dataclass(frozen=True, slots=True)
class _Entry:
    """A directive of one article with its province, its year where known and the id that follows from them."""

    directive: Directive
    place: str | None
    year: str
    id: str


def link_directives(facts: Iterable[Facts], days: Mapping[str, str]) -> list[Entity]:
    """Return the directives: by canonical id and year; of a province or below, within the province.

    An id of unknown year joins the same id of known year, a short form ('resolution 57') the full id of the same type,
    number, issuer and province, if only one fits and is not younger than the article; else it stays apart.

    Parameters
    ----------
    facts : iterable of Facts
        The facts of each article.
    days : mapping of str to str
        The date of each article.
    """
    entries = [_entry(one, directive) for one in facts for directive in one.directives]
    dated = [entry for entry in entries if entry.year and not is_short(entry.directive)]
    undated = [entry for entry in entries if not entry.year and not is_short(entry.directive)]
    short = [entry for entry in entries if is_short(entry.directive)]
    home = {entry: entry.id for entry in entries}
    _join(home, undated, dated, _symbol, days)
    _join(home, short, [*dated, *undated], _kinship, days)
    groups: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        groups[home[entry]].append(entry)
    return [_entity(entity_id, groups[entity_id]) for entity_id in sorted(groups)]


def is_short(directive: Directive) -> bool:
    """Tell whether the article gives only kind and number ('plan 78')."""
    return fold(directive.id).startswith(directive.type + " ")


def _entry(facts: Facts, directive: Directive) -> _Entry:
    place = _place(facts, directive)
    year = str(directive.issued or directive.year or "")[:4]
    return _Entry(directive, place, year, _id(directive, place, year))


def _place(facts: Facts, directive: Directive) -> str | None:
    if directive.level == "central" or body_codes().get(directive.issuer or "") == "central":
        return None
    needed = directive.level in _PROVINCIAL or body_codes().get(directive.issuer or "") in _PROVINCIAL
    return directive.place or (article_place(facts) if needed or is_short(directive) else None)


def _id(directive: Directive, place: str | None, year: str) -> str:
    base = f"directive:{slug(directive.id)}"
    base += f"~{year}" if year and f"/{year}/" not in base else ""
    if place:
        return f"{base}@{slug(place)}"
    if is_short(directive) and directive.issuer:
        return f"{base}@{directive.issuer}"
    anywhere = not is_short(directive) and directive.level not in _PROVINCIAL
    return base if anywhere else f"{base}#{content_id(directive.article)}"


def _symbol(entry: _Entry) -> tuple[str, ...] | None:
    return (fold(entry.directive.id), entry.place or "")


def _kinship(entry: _Entry) -> tuple[str, ...] | None:
    directive = entry.directive
    number = directive.number or next(iter("".join(c if c.isdigit() else " " for c in directive.id).split()), "")
    return (directive.type, number.lstrip("0"), directive.issuer, entry.place or "") if directive.issuer else None


def _join(
    home: dict[_Entry, str],
    loose: Iterable[_Entry],
    settled: Iterable[_Entry],
    key: Callable[[_Entry], tuple[str, ...] | None],
    days: Mapping[str, str],
) -> None:
    """Send each loose entry home to the one settled entity of the same key, if there is only one."""
    fitting: dict[tuple[str, ...] | None, dict[str, str]] = defaultdict(dict)
    for entry in settled:
        fitting[key(entry)][home[entry]] = entry.year
    for entry in loose:
        found = fitting[key(entry)] if key(entry) else {}
        published = (days.get(entry.directive.article) or "9999")[:4]
        if len(found) == 1 and min(found.values()) <= published:
            home[entry] = min(found)


def _entity(entity_id: str, entries: list[_Entry]) -> Entity:
    members = tuple(sorted({(entry.directive.article, entry.directive.id) for entry in entries}))
    joined = sorted({entry.directive.id for entry in entries if entry.id != entity_id})
    forms = sorted({name for _, name in members}, key=lambda name: (fold(name).partition(" ")[2] != "", name))
    where = entity_id.partition("@")[2]
    words = f"number and symbol, within {where}, where numbers restart" if where else "number and symbol"
    words += "; the article tells neither province nor issuer, so it stays apart" if "#" in entity_id else ""
    words += f"; joined by {', '.join(joined)} without year or symbol: no other fits" if joined else ""
    return Entity(entity_id, "directive", forms[0], tuple(forms), members, words)
