"""From the facts of one article to relations between entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from miner.records import Directive, Entity, Facts, Instruction, Participation

#: What a part in an event is called as an edge.
PARTS = {"chair": "chairs", "attend": "attends", "speak": "speaks_at"}


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation as one article tells it; `evidence` is ``article:start-end:rule``."""

    source: str
    target: str
    kind: str
    article: str
    evidence: str
    role: str | None = None


class Names:
    """What an article calls an entity → the entity's id; `former` names the province of those that were moved."""

    def __init__(self, entities: Iterable[Entity], former: Mapping[tuple[str, str, str], str] | None = None) -> None:
        self._ids = {(e.kind, article, name): e.id for e in entities for article, name in e.members}
        self._former = former or {}
        self.missing: set[str] = set()

    def find(self, kind: str, article: str, *names: str | None) -> str | None:
        """Return the id under the first name that is known in the article; a miss is remembered."""
        for name in names:
            found = self._ids.get((kind, article, name or ""))
            if found:
                return found
        if any(names):
            self.missing.add(f"{article}: {kind} {next(name for name in names if name)}")
        return None

    def peek(self, kind: str, article: str, name: str) -> str | None:
        """Return the id or None, without remembering a miss."""
        return self._ids.get((kind, article, name))

    def former(self, kind: str, article: str, *names: str | None) -> str | None:
        """Return the former province of what `find` finds, if it was moved to another."""
        known = (key for name in names if (key := (kind, article, name or "")) in self._ids)
        return self._former.get(next(known, (kind, article, "")))


def relations(facts: Facts, names: Names, post_kinds: Mapping[str, str]) -> Iterator[Relation]:
    """Yield the relations that one article tells.

    Parameters
    ----------
    facts : Facts
        The facts of the article.
    names : Names
        The entities' ids; relations whose ends have no entity are left out and noted in `names.missing`.
    post_kinds : mapping of str to str
        The kind of edge of posts of a role, where it is not `holds`.
    """
    yield from _holds(facts, names, post_kinds)
    yield from _parts(facts, names)
    yield from _directives(facts, names)
    for instruction in facts.instructions:
        yield from _instructs(facts, instruction, names)
    yield from _implements(facts, names)


def _proof(article: str, start: int, end: int, rule: str) -> str:
    return f"{article}:{start}-{end}:{rule}"


def _holds(facts: Facts, names: Names, post_kinds: Mapping[str, str]) -> Iterator[Relation]:
    for p in facts.positions:
        if not p.body or p.body == "other":
            continue
        person = names.find("official", p.article, p.person)
        called = (f"{p.body}@{p.place}" if p.place else None, p.body)
        body = names.find("body", p.article, *called)
        proof = _proof(p.article, p.start, p.end, p.rule)
        role = f"{p.modifier} {p.role}" if p.modifier else p.role
        was = names.former("body", p.article, *called)
        role += f" ({was})" if was else ""
        if person and body:
            yield Relation(person, body, post_kinds.get(p.role, "holds"), p.article, proof, role)
        place = names.find("place", p.article, p.place)
        if body and place and "@" in body:
            yield Relation(body, place, "located_in", p.article, proof)


def _parts(facts: Facts, names: Names) -> Iterator[Relation]:
    for p in facts.participations:
        event = names.find("event", p.article, "event")
        person = names.find("official", p.article, p.person)
        place = names.find("place", p.article, p.place)
        if event and person:
            yield Relation(person, event, PARTS[p.part], p.article, _participation_proof(p))
        if event and place:
            yield Relation(event, place, "located_in", p.article, _participation_proof(p))


def _participation_proof(p: Participation) -> str:
    return _proof(p.article, p.start, p.end, p.rule)


def _directives(facts: Facts, names: Names) -> Iterator[Relation]:
    for d in facts.directives:
        directive = names.find("directive", d.article, d.id)
        event = names.find("event", d.article, "event")
        proof = _proof(d.article, d.start, d.end, d.rule)
        if directive and event:
            yield Relation(event, directive, "cites", d.article, proof)
        issuer = names.find("body", d.article, f"{d.issuer}@{d.place}" if d.place else None, d.issuer)
        if directive and issuer:
            yield Relation(issuer, directive, "issues", d.article, proof)


def _instructs(facts: Facts, one: Instruction, names: Names) -> Iterator[Relation]:
    issuer = names.peek("official", one.article, one.issuer) or names.find("body", one.article, one.issuer)
    if not issuer:
        return
    proof = _proof(one.article, one.start, one.end, one.rule)
    known = {name: _addressee(one.article, name, names) for name in one.addressees}
    event = names.find("event", one.article, "event")
    targets = {target for target in known.values() if target} or ({event} if event else set())
    for target in sorted(targets - {issuer}):
        yield Relation(issuer, target, "instructs", one.article, proof, one.act)
    if issuer.startswith("official:"):
        for directive in sorted(_named_directives(facts, one, names)):
            yield Relation(issuer, directive, "cites", one.article, proof)


def _addressee(article: str, name: str, names: Names) -> str | None:
    return names.peek("body", article, name) or names.peek("place", article, name)


def _named_directives(facts: Facts, one: Instruction, names: Names) -> set[str]:
    """Return the documents that the sentence of an instruction names."""
    inside = {d.id for d in facts.directives if any(one.start <= s and e <= one.end for s, e in _spans(d))}
    inside |= {one.directive} if one.directive else set()
    found = {names.find("directive", one.article, name) for name in inside}
    return {directive for directive in found if directive}


def _implements(facts: Facts, names: Names) -> Iterator[Relation]:
    """Yield who carries out which document: the addressees of a demand, and whom a figure under it is about."""
    for one in facts.instructions:
        directive = names.find("directive", one.article, one.directive)
        doers = {_addressee(one.article, name, names) for name in one.addressees}
        for doer in sorted(doer for doer in doers if doer and directive):
            proof = _proof(one.article, one.start, one.end, one.rule)
            yield Relation(doer, str(directive), "implements", one.article, proof, one.act)
    for f in facts.figures:
        directive = names.find("directive", f.article, f.directive)
        place = names.find("place", f.article, f.place) if directive else None
        if directive and place:
            yield Relation(place, directive, "implements", f.article, _proof(f.article, f.start, f.end, f.rule), f.kind)


def _spans(directive: Directive) -> tuple[tuple[int, int], ...]:
    return directive.mentions or ((directive.start, directive.end),)


def independent(entities: Iterable[Entity]) -> Mapping[str, str]:
    """Return the event of each article: articles of one event are editions of one another and count once."""
    return {article: entity.id for entity in entities if entity.kind == "event" for article, _ in entity.members}
