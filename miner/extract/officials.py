"""Records of persons: every person whom the article speaks of."""

from __future__ import annotations

from miner.extract.reading import Person, PersonMention, Reading
from miner.records import Official


def officials_of(reading: Reading) -> tuple[Official, ...]:
    """Return one record for each person, in the order in which the article names them."""
    people: dict[int, tuple[Person, list[PersonMention]]] = {}
    for mention in reading.persons:
        people.setdefault(id(mention.person), (mention.person, []))[1].append(mention)
    return tuple(_official(reading, person, mentions) for person, mentions in people.values())


def _official(reading: Reading, person: Person, mentions: list[PersonMention]) -> Official:
    spans = tuple(reading.chars(mention) for mention in mentions)
    names = tuple(sorted({" ".join(reading.text(mention).split()) for mention in mentions}))
    start, end = spans[0]
    language = reading.block_of(mentions[0].start).language
    return Official(reading.article.id, person.name, start, end, f"{language}.persons.name", names, spans)
