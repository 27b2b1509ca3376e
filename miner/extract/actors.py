"""Component: everyone who can act in a sentence: names, offices for their holders, pronouns, bodies, provinces.

The kinds are name, office, pronoun, body and place ('Bình Thuận proposes'); a place acts as its people's committee.
"""

from __future__ import annotations

from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.office import Office
from miner.extract.reading import Actor, Hit, Person, Reading

#: How many sentences back a pronoun looks for its person.
_PRONOUN_REACH = 2
_QUOTES = {"“", "”", '"', "«", "»"}
_COMMITTEE = "provincial_peoples_committee"


@Language.component(
    "miner_actors",
    requires=["doc._.persons", "doc._.posts", "doc._.bodies", "doc._.places"],
    assigns=["doc._.actors"],
)
def find_actors(doc: Doc) -> Doc:
    """Fill `Reading.actors`, in order of the text; no two overlap."""
    reading = Reading.of(doc)
    actors = [Actor(m.start, m.end, "name", m.person, None) for m in reading.persons]
    actors += _offices(reading)
    taken = {token for actor in actors for token in range(actor.start, actor.end)}
    taken |= {token for post in reading.posts for token in range(post.start, post.end)}
    actors += [actor for actor in [*_bodies(reading), *_places(reading)] if actor.start not in taken]
    actors.sort(key=lambda actor: (actor.start, actor.kind))
    reading.actors = sorted([*actors, *_pronouns(reading, actors, taken)], key=lambda actor: actor.start)
    return doc


def _offices(reading: Reading) -> list[Actor]:
    """An office that stands alone acts for its holder, or as its body where the article names nobody."""
    found = []
    for post in reading.posts:
        several = post.start > 0 and reading.words[post.start - 1].isdigit()
        if isinstance(post, Office) and not (post.plural or several) and not _beside_name(reading, post):
            found.append(Actor(post.start, post.end, "office", post.holder, post.body, post.place))
    return found


def _beside_name(reading: Reading, post: Office) -> bool:
    """A post that the text joins to a name leaves the acting to the name."""
    return post.named and not post.rule.endswith(".apposition")


def _bodies(reading: Reading) -> list[Actor]:
    places = {body.start: getattr(body, "place", None) for body in reading.bodies}
    found = [Actor(body.start, body.end, "body", None, body.code, places[body.start]) for body in reading.bodies]
    covered = {token for actor in found for token in range(actor.start, actor.end)}
    for hit in reading.hits_of("actor_body"):
        if hit.start not in covered:
            found.append(Actor(hit.start, hit.end, "body", None, hit.code, reading.home))
    return found


def _places(reading: Reading) -> list[Actor]:
    return [Actor(m.start, m.end, "place", None, _COMMITTEE, m.place) for m in reading.places if m.place != "Vietnam"]


def _pronouns(reading: Reading, actors: list[Actor], taken: set[int]) -> list[Actor]:
    known = [actor for actor in actors if actor.person is not None]
    starts = [actor.start for actor in known]
    found = []
    for hit in reading.hits_of("actor_pronoun"):
        if hit.code == "none" or hit.start in taken or hit.end in taken:
            continue
        if hit.code == "speaker":
            found += _first_person(reading, known, starts, hit)
            continue
        last = bisect_right(starts, hit.start) - 1
        found.append(Actor(hit.start, hit.end, "pronoun", _antecedent(reading, known, last, hit.start), None))
    return found


def _first_person(reading: Reading, known: list[Actor], starts: list[int], hit: Hit) -> list[Actor]:
    """Return 'I' within a quotation as whoever the same sentence names after it, if anybody."""
    sentence = reading.sentence_of(hit.start)
    signs = [i for i in range(sentence.start, sentence.end) if reading.words[i] in _QUOTES]
    close = next((i for i in signs if i > hit.end), None)
    if close is None or not any(i < hit.start for i in signs):
        return []
    after = known[bisect_right(starts, close) :][:1]
    return [Actor(hit.start, hit.end, "self", a.person, None) for a in after if a.end <= sentence.end]


def _antecedent(reading: Reading, known: list[Actor], last: int, token: int) -> Person | None:
    """Return the person last spoken of, within a few sentences."""
    if last < 0:
        return None
    sentences = reading.sentences
    here = bisect_right(sentences, token, key=lambda s: s.start)
    there = bisect_right(sentences, known[last].start, key=lambda s: s.start)
    return known[last].person if here - there <= _PRONOUN_REACH else None
