"""Whom an office stands for that the text joins to no name: 'the director of the provincial police'."""

from __future__ import annotations

from miner.extract import families
from miner.extract.cover import Cover
from miner.extract.levels import BY_HOLDER
from miner.extract.office import Office
from miner.extract.reading import Person, Reading
from miner.lexicon import role_codes
from miner.text import fold


def give_alone(reading: Reading, offices: list[Office]) -> None:
    """Give an office that stands alone to the one person who holds it; its apposition goes with it."""
    _follow_pronouns(reading, offices)
    held = [office for office in offices if office.holder is not None and office.named]
    for office in held:
        if office.phrase.kind is None and not office.phrase.place:
            _tell_namesakes(reading, office, held)
    for office in offices:
        if office.holder is None and not office.plural and not _empty(office):
            office.holder = _holder(reading, office, held)
    first = [office for office in offices if office.chain == office.start and not office.named and office.phrase.kind]
    chains = {office.chain: office.holder for office in first if office.holder is not None}
    for office in offices:
        if office.holder is None and not office.plural and (holder := chains.get(office.chain)) is not None:
            office.holder, office.named = holder, True
            office.rule = office.rule.replace(".composed", ".apposition")


def _empty(office: Office) -> bool:
    return office.phrase.kind is None and families.needs_body(office.role)


def _follow_pronouns(reading: Reading, offices: list[Office]) -> None:
    """'Il a été directeur …': a post after a pronoun and a verb is the person's last spoken of."""
    copulas, pronouns = Cover.of(reading, "post_copula"), Cover.of(reading, "actor_pronoun")
    for office in offices:
        verb = copulas.ends.get(office.start)
        pronoun = pronouns.ends.get(verb.start) if verb and office.holder is None else None
        before = [m for m in reading.persons if pronoun and m.start < pronoun.start]
        if before:
            office.holder, office.named = before[-1].person, True


def _tell_namesakes(reading: Reading, office: Office, held: list[Office]) -> None:
    """'Chairman Châu' is the Châu who chairs something, whoever of that name was spoken of last."""
    mine = [other for other in held if other.holder is office.holder and other.role == office.role and other.body]
    mention = next((m for m in reading.persons if m.start >= office.end and m.person is office.holder), None)
    if mine or mention is None or mention.end - mention.start > 1:
        return
    given = reading.norms[mention.start]
    for other in held:
        if other.role == office.role and other.body and other.holder and fold(other.holder.name).endswith(" " + given):
            office.holder = mention.person = other.holder
            return


def _holder(reading: Reading, office: Office, held: list[Office]) -> Person | None:
    fitting = [other for other in held if _fits(office, other, office.role)]
    if not fitting and (standing := f"standing_{office.role}") in role_codes():
        fitting = [other for other in held if _fits(office, other, standing)]
        office.role = standing if fitting else office.role
    people = {id(other.holder): other.holder for other in fitting}
    if len(people) <= 1:
        return next(iter(people.values()), None)
    before = [other for other in fitting if other.start < office.start]
    phrase = office.phrase
    bare = phrase.kind is None
    return before[-1].holder if before and bare else None


def _fits(office: Office, other: Office, role: str) -> bool:
    """Tell whether `other` is the office of that role; a standing deputy is a deputy too."""
    if other.role != role:
        return False
    bare = office.phrase.kind is None
    if not bare and office.body != other.body and not _same_family(office, other):
        return False
    explicit = office.phrase.place
    return explicit is None or other.place is None or explicit == other.place


def _same_family(office: Office, other: Office) -> bool:
    if office.body is None or other.body is None:
        return False
    mine, theirs = families.kind_of(office.body), families.kind_of(other.body)
    return mine.family == theirs.family and mine.family in BY_HOLDER
