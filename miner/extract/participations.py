"""Component: participations, a named person's part in the event that the article reports.

Cues of chairing, attending and speaking take the persons that stand before them as subjects or after them as a list;
whoever is reported to say something from the moment a meeting is spoken of speaks at it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.events import Event, central_people, event_of, place_of
from miner.extract.reading import Hit, Reading, Span
from miner.extract.scenes import PARTS, Part, Scene
from miner.records import Participation


@Language.component(
    "miner_participations", requires=["doc._.utterances", "doc._.dates"], assigns=["doc._.participations"]
)
def find_participations(doc: Doc) -> Doc:
    """Fill `Reading.participations`, in order of the text, one for each person and part."""
    reading = Reading.of(doc)
    if not reading.actors:
        return doc
    event = event_of(reading)
    found: dict[tuple[str, str], Part] = {}
    central = central_people(reading)
    parts = list(_parts(reading, event))
    visitors = _named_with(reading, event)
    led = event.kind != "visit" or bool(visitors) or any(part.part != "speak" for part in parts)
    for part in parts:
        person = part.actor.person
        assert person is not None
        there = person.name in visitors or any((person.name, known) in found for known in PARTS.values())
        if not led and part.rule.endswith(".says"):
            reading.note("participations", part.cue, "refused", part.rule, "nobody is on the visit")
        elif event.kind == "visit" and part.rule.endswith(".says") and id(person) in central and not there:
            reading.note("participations", part.cue, "refused", part.rule, f"{person.name} is not on the visit")
        else:
            found.setdefault((person.name, part.part), part)
    for (name, kind), part in found.items():
        if kind == "attend" and {(name, "chair"), (name, "speak")} & set(found):
            reading.note("participations", part.cue, "refused", part.rule, f"{name} chairs or speaks")
        else:
            reading.participations.append(_record(reading, event, part))
    return doc


def _named_with(reading: Reading, event: Event) -> set[str]:
    """Return the names of those in the sentence that tells of the event."""
    if event.first >= len(reading.words):
        return set()
    return {a.person.name for a in reading.within(reading.actors, reading.sentence_of(event.first)) if a.person}


def _record(reading: Reading, event: Event, part: Part) -> Participation:
    actor, person = part.actor, part.actor.person
    assert person is not None
    sentence = reading.sentence_of(part.cue.start)
    span = Span(min(actor.start, part.cue.start), max(actor.end, part.cue.end))
    start, end = reading.chars(span)
    reading.note("participations", span, "matched", part.rule, f"{person.name}: {part.part}")
    return Participation(
        article=reading.article.id,
        person=person.name,
        part=part.part,
        place=place_of(reading, event, person, sentence),
        start=start,
        end=end,
        rule=f"{sentence.language}.{part.rule}",
        event=event.name,
        date=event.date,
    )


def _parts(reading: Reading, event: Event) -> Iterator[Part]:
    listing: Hit | None = None
    attended = False
    for sentence in reading.sentences:
        if sentence.kind == "noise":
            continue
        scene = Scene(reading, sentence)
        if listing and sentence.kind == "list" and not scene.cues:
            yield from (Part(a, PARTS[listing.group], a, "participations.list") for a in scene.free())
            continue
        if attended and scene.is_further_list():
            yield from (Part(a, "attend", a, "participations.list") for a in scene.free())
            continue
        listing = scene.opens_list()
        attended = scene.lists_guests()
        for cue in scene.cues:
            yield from scene.parts(cue, event)
        if event.kind != "none" and sentence.start >= event.first and sentence.kind != "heading":
            yield from scene.speakers()
