"""Bodies and places: the code or name decides which it is, within the province where one is needed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from miner.lexicon import body_codes, languages, load_lexicon
from miner.records import Directive, Entity, Facts, Figure, Participation, Position, content_id
from miner.text import fold

#: What an article calls a thing (its member name), by entity id.
Found = dict[str, set[tuple[str, str]]]


def link_bodies(facts: Iterable[Facts]) -> list[Entity]:
    """Return the bodies: a central body once, every other body once for each province.

    A member's name is ``CODE@PLACE``, as positions tell it, or ``CODE`` where an article names the body alone.
    """
    found: Found = defaultdict(set)
    places: dict[str, str | None] = {}
    for one in facts:
        for code, place in _named_bodies(one):
            known = None if body_codes()[code] == "central" else place or _implied_place(one, code)
            entity_id = _body_id(code, known, one.article)
            found[entity_id].add((one.article, f"{code}@{place}" if place else code))
            places[entity_id] = known
    return [_body(entity_id, members, places[entity_id]) for entity_id, members in sorted(found.items())]


def _named_bodies(facts: Facts) -> Iterator[tuple[str, str | None]]:
    codes = body_codes()
    named: list[tuple[str | None, str | None]] = [(p.body, p.place) for p in facts.positions]
    named += [(i.issuer, None) for i in facts.instructions]
    named += [(addressee, None) for i in facts.instructions for addressee in i.addressees]
    named += [(d.issuer, d.place) for d in facts.directives]
    named += [(f.body, f.place) for f in facts.figures]
    for body, place in named:
        if body in codes and body != "other":
            yield body, place if place != "Vietnam" else None


def _implied_place(facts: Facts, code: str) -> str | None:
    """Return the province of a body that is named alone: where its posts are, else the article's province."""
    if body_codes()[code] in {"central", "any"}:
        return None
    own = {p.place for p in facts.positions if p.body == code and p.place}
    return own.pop() if len(own) == 1 else article_place(facts)


def article_place(facts: Facts) -> str | None:
    """Return the province that most facts of the article name; None for a tie or where none is named."""
    named: list[Position | Participation | Figure] = [*facts.positions, *facts.participations, *facts.figures]
    ranked = Counter(fact.place for fact in named if fact.place and fact.place != "Vietnam").most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _placed(facts: Facts) -> tuple[Position | Participation | Figure | Directive, ...]:
    return (*facts.positions, *facts.participations, *facts.figures, *facts.directives)


def _body_id(code: str, place: str | None, article: str) -> str:
    if place:
        return f"body:{code}@{slug(place)}"
    if body_codes()[code] in {"central", "any"}:
        return f"body:{code}"
    return f"body:{code}#{content_id(article)}"


def _body(entity_id: str, members: set[tuple[str, str]], place: str | None) -> Entity:
    code = entity_id.removeprefix("body:").split("@")[0].split("#")[0]
    level = body_codes()[code]
    names = _body_names(code, place)
    words = f"code {code}, level {level}"
    if "#" in entity_id:
        words += "; the article does not tell the province, so it stays apart"
    elif level in {"district", "commune"}:
        words += "; articles give the province only, so all of its bodies of this kind are one"
    return Entity(entity_id, "body", names[0].split(": ", 1)[1], tuple(sorted(names)), tuple(sorted(members)), words)


def _body_names(code: str, place: str | None) -> list[str]:
    """Return the first form of each language, Vietnamese first, with the place where there is one."""
    found = []
    for language in sorted(languages(), key=lambda code: (code != "vi", code)):
        form = _first_forms(language).get(code)
        if form:
            found.append(f"{language}: {form}" + (f" ({place})" if place else ""))
    return found or [f"und: {code}" + (f" ({place})" if place else "")]


@cache
def _first_forms(language: str) -> Mapping[str, str]:
    forms = [form for form in load_lexicon(language).group("body") if not form.loose]
    return {form.code: form.text for form in reversed(forms)}


def link_places(facts: Iterable[Facts]) -> list[Entity]:
    """Return the provinces that any fact names, and Vietnam."""
    found: Found = defaultdict(set)
    for one in facts:
        for place in {fact.place for fact in _placed(one)} | {article_place(one)}:
            if place:
                found[f"place:{slug(place)}"].add((one.article, place))
    return [_place(entity_id, members) for entity_id, members in sorted(found.items())]


def _place(entity_id: str, members: set[tuple[str, str]]) -> Entity:
    name = min(name for _, name in members)
    return Entity(entity_id, "place", name, (f"vi: {name}",), tuple(sorted(members)), "the province's name")


def slug(name: str) -> str:
    """Return a name as part of an id.

    Examples
    --------
    >>> slug("Thừa Thiên Huế")
    'thua-thien-hue'
    """
    return fold(name).replace(" ", "-")
