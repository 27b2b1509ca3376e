"""The event that an article reports: from which sentence on it is spoken of, its name, day and place."""

from __future__ import annotations

from dataclasses import dataclass

from miner.extract.dates import resolve
from miner.extract.reading import Hit, Person, Reading, Sentence, Span
from miner.lexicon import body_codes, role_codes

_LONGEST_NAME = 14
_ENDS = {",", ".", ";", ":", "(", "!", "?"}
#: How many tokens may stand between 'at' and the event, or between the event and the verb of holding it.
_NEAR = 3


@dataclass(slots=True)
class Event:
    """A meeting, or a visit: `first` is the token from which on its participants speak at it."""

    kind: str
    first: int
    name: str | None
    date: str | None
    place: str | None
    central: bool


def event_of(reading: Reading) -> Event:
    """Return the meeting that the article reports, else the visit, else an event without a kind."""
    central = bool(reading.hits_of("event_seat"))
    for sentence in reading.sentences:
        if sentence.kind != "noise" and (hit := _meeting(reading, sentence)):
            place, first = _place(reading, sentence), min(sentence.start, _gathered(reading))
            return Event("meeting", first, _name(reading, sentence, hit), _day(reading, sentence), place, central)
    for hit in reading.hits_of("event_visit"):
        sentence = reading.sentence_of(hit.start)
        if sentence.kind != "noise":
            return Event("visit", hit.start, None, _day(reading, sentence), _place(reading, sentence), central)
    return Event("none", len(reading.words), None, None, None, central)


def _meeting(reading: Reading, sentence: Sentence) -> Hit | None:
    """Return the meeting that the sentence says was held, chaired, attended or spoken at."""
    if sentence.kind == "heading" or reading.hits_of("event_shift", sentence):
        return None
    if met := next((hit for hit in reading.hits_of("part_chair", sentence) if hit.code == "meets"), None):
        return met
    hits = reading.hits_of("event_meeting", sentence)
    groups = ("part_chair", "part_attend", "part_speak", "event_hold")
    held = any(hit.code != "none" for group in groups for hit in reading.hits_of(group, sentence))
    at = [hit.end for hit in reading.hits_of("event_at", sentence)]
    return next((h for h in hits if held or any(0 <= h.start - end < _NEAR for end in at)), None)


def _gathered(reading: Reading) -> int:
    """Return the start of the first sentence that tells who was there."""
    for hit in reading.hits_of("part_attend"):
        sentence = reading.sentence_of(hit.start)
        if sentence.kind == "paragraph" and hit.code == "after" and not reading.hits_of("event_shift", sentence):
            return sentence.start
    return len(reading.words)


def _name(reading: Reading, sentence: Sentence, hit: Hit) -> str:
    end = hit.end
    limit = min(sentence.end, hit.start + _LONGEST_NAME)
    while end < limit and reading.words[end] not in _ENDS:
        end += 1
    return " ".join(reading.text(Span(hit.start, end)).split())


def _day(reading: Reading, sentence: Sentence) -> str | None:
    """Return the first day that the sentence names, else the day of publication."""
    for mention in reading.within(reading.dates, sentence):
        if mention.period.grain == "day" and (day := resolve(reading, mention).iso):
            return day
    return reading.article.published


def _place(reading: Reading, sentence: Sentence) -> str | None:
    """Return the one province of a sentence that is no part of a post, else the article's."""
    posts = reading.within(reading.posts, sentence)
    free = [m.place for m in reading.within(reading.places, sentence) if not any(post.covers(m) for post in posts)]
    places = set(free) - {"Vietnam"}
    return places.pop() if len(places) == 1 else reading.home


def central_people(reading: Reading) -> set[int]:
    """Return the ids of the `Person` objects who hold a central post."""
    bodies, roles = body_codes(), role_codes()
    named = [post for post in reading.posts if post.holder and post.named]
    local = {id(post.holder) for post in named if post.place and not post.modifier}
    levels = ((id(p.holder), bodies.get(p.body) if p.body else roles.get(p.role)) for p in named if not p.place)
    return {holder for holder, level in levels if level == "central"} - local


def place_of(reading: Reading, event: Event, person: Person, near: Sentence) -> str | None:
    """Return the province where a person took part: the venue, or the person's own bridge point of an online event.

    Central officials at a seat of the centre take part in no province.
    """
    own = [post.place for post in reading.posts if post.holder is person and post.named]
    places = [place for place in own if place]
    if not event.central:
        return event.place or (places[0] if places else None)
    if places:
        return places[0]
    return None if own else _place(reading, near)
