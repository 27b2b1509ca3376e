"""One sentence of an event: the cues of parts in it and the persons whose parts they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from miner.extract.actors_of import actors_in, governed_in
from miner.extract.events import Event
from miner.extract.reading import Actor, Hit, Reading, Sentence, Span, Utterance

#: The groups of cues with the part that they give.
PARTS = {"part_chair": "chair", "part_attend": "attend", "part_speak": "speak"}
_TELLING = {"order", "assign", "request", "urge", "propose"}
_LISTED = {",", ";", "-", "–", "—", ":", "(", ")", "/", ".", "'", "’"}
#: How many tokens after the event is first spoken of a visit's leader may be named.
_LEAD = 250
#: What opens a part of an article that tells of another visit.
_PART = "*"
#: How many tokens (posts, bodies) may stand between two persons of one list.
_LIST_GAP = 60
#: How many tokens the opening of a sentence may have up to the verb of being after which its persons stand.
_OPENED = 30
#: How many tokens (a title, a post) may stand between that verb and the first person after it.
_FOLLOWS = 15
#: Within how many tokens of the first words whom they are about begins.
_NEXT = 2
#: Within how many tokens the colon of a further list stands.
_HEAD = 16
#: How many tokens (a day, adjectives) may stand between a verb of holding and the meeting.
_HELD = 7


@dataclass(slots=True)
class Part:
    """A person's part with its evidence."""

    actor: Actor
    part: str
    cue: Span
    rule: str


class Scene:
    """One sentence: its cues of parts and the persons around them."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading = reading
        self.sentence = sentence
        hits = [hit for group in PARTS for hit in reading.hits_of(group, sentence)]
        self.people: list[Actor] = [a for a in actors_in(reading, sentence) if a.person]
        self.governed = governed_in(reading, sentence) if self.people else set()
        cues = [hit for hit in _longest([*hits, *self._held(), *self._opened()]) if hit.code != "none"]
        self.cues = [hit for hit in cues if self._is_cue(hit)]
        self.utterances: list[Utterance] = reading.within(reading.utterances, sentence)
        self.taken: set[int] = set()

    def _held(self) -> Iterator[Hit]:
        """Yield what a person right before the verb held or made: "Ms. Ly held, on Friday, a short meeting"."""
        yield from self._done("part_hold", "event_meeting", "meets")
        yield from self._done("part_make", "event_visit", "visits")
        yield from self._done("part_work", "part_with", "meets")

    def _done(self, verbs: str, events: str, code: str) -> Iterator[Hit]:
        """Yield the verbs whose object is an event and whose subject is a person right before them."""
        hits = self.reading.hits_of(verbs, self.sentence) if self.people else []
        objects = self.reading.starts_of(events, self.sentence) if hits else []
        for verb in hits:
            near = any(0 <= start - verb.end <= _HELD for start in objects)
            before = [a for a in self.people if a.end <= verb.start and a.start not in self.governed]
            if near and before and self._is_close(Span(before[-1].end, verb.start)):
                yield Hit(verb.start, verb.end, "part_chair", code, verb.form, loose=False)

    def _opened(self) -> Iterator[Hit]:
        """Yield the cue that reaches from the first words to a verb of being: "Joining him at the dyke was Ms. Ly"."""
        start = self.sentence.start
        reach = Span(start, min(self.sentence.end, start + _OPENED))
        for opener in self.reading.hits_of("part_open", Span(start, start + 1)) if self.people else ():
            for being in reversed(self.reading.hits_of("part_being", reach)):
                if opener.end <= being.start and self._parts_people(opener, being):
                    span = Span(start, being.end)
                    chairs = opener.code == "chair" or self._chairs(span)
                    group = "part_chair" if chairs else f"part_{opener.code}"
                    yield Hit(span.start, span.end, group, "after", opener.form, loose=False)
                    break

    def _chairs(self, span: Span) -> bool:
        """Tell 'attending and chairing' from attending somebody's working session."""
        return any(hit.code in {"any", "after"} for hit in self.reading.hits_of("part_chair", span))

    def _parts_people(self, opener: Hit, being: Hit) -> bool:
        """Tell whether somebody follows the verb, and before it at most whom the opener is about."""
        follows = any(0 <= a.start - being.end <= _FOLLOWS for a in self.people)
        between = [a for a in self.people if opener.end <= a.start < being.start]
        return follows and all(a.start - opener.end <= _NEXT for a in between[:1]) and len(between) < 2

    def _is_cue(self, hit: Hit) -> bool:
        """Tell whether a loose cue opens its sentence or stands before an event."""
        if not hit.loose or hit.start == self.sentence.start:
            return True
        return hit.end in self.reading.starts_of("event_meeting", self.sentence)

    def free(self) -> list[Actor]:
        """Return the persons that nothing governs."""
        return [a for a in self.people if a.start not in self.governed]

    def opens_list(self) -> Hit | None:
        """Return the cue whose persons follow in the next blocks."""
        ends = self.reading.words[self.sentence.end - 1] == ":" and self.cues
        return self.cues[-1] if ends else None

    def lists_guests(self) -> bool:
        """Tell whether the sentence lists who attended after a colon."""
        words = self.reading.words[self.sentence.start : self.sentence.end]
        return ":" in words and any(cue.group == "part_attend" for cue in self.cues)

    def is_further_list(self) -> bool:
        """Tell a paragraph that only goes on with a list: 'Members of the Committee: Ms. Ly, minister; Mr. Ba'."""
        start = self.sentence.start
        opens = any(post.start - start <= 1 for post in self.reading.within(self.reading.posts, self.sentence)[:1])
        head = self.reading.words[start : start + _HEAD]
        return opens and ":" in head and self.people != [] and not (self.cues or self.utterances)

    def parts(self, cue: Hit, event: Event) -> list[Part]:
        """Return the parts that a cue gives, nothing where it tells who is to lead a task."""
        if cue.group == "part_chair" and self._is_task(cue):
            return []
        if cue.group == "part_chair" and cue.code in {"after", "visits"} and self._is_planned(cue):
            return []
        if cue.group == "part_chair" and cue.code == "after" and not self._has_event(event):
            return []
        apart = self.reading.words[self.sentence.start] == _PART
        if cue.code == "visits" and self.sentence.start > event.first + _LEAD and not apart:
            return []
        rule = f"participations.{PARTS[cue.group]}"
        if cue.group == "part_speak":
            actors = self._speaker(cue)
        else:
            before = [] if cue.code == "after" else self._before(cue)
            after = self._after(cue) if not before and cue.code != "meets" else []
            actors = before or (after[:1] if cue.code == "visits" else after)
        return [Part(actor, PARTS[cue.group], cue, rule) for actor in actors]

    def speakers(self) -> Iterator[Part]:
        """Yield who says something at the meeting, unless the sentence turns to another time."""
        if not self.utterances or self.reading.hits_of("event_shift", self.sentence):
            return
        for utterance in self.utterances:
            if utterance.own and utterance.speaker and utterance.speaker.person:
                for actor in self._together(utterance.speaker):
                    yield Part(actor, "speak", utterance, "participations.says")

    def _together(self, speaker: Actor) -> list[Actor]:
        """Return the speaker and whom 'and' joins to him: "Ms. Ly and Mr. Ba asked"."""
        found = [speaker]
        for actor in reversed([a for a in self.people if a.end <= speaker.start and a.start not in self.governed]):
            gap = Span(actor.end, found[-1].start)
            if not (self.reading.hits_of("post_and", gap) and self._is_close(gap)):
                break
            found.append(actor)
        return found

    def _is_task(self, cue: Hit) -> bool:
        return any(u.act in _TELLING and u.end <= cue.start for u in self.utterances)

    def _is_planned(self, cue: Hit) -> bool:
        """Tell 'the delegation led by Ms. Ly will check' from what took place."""
        return bool(self.reading.hits_of("event_future", Span(cue.end, self.sentence.end)))

    def _has_event(self, event: Event) -> bool:
        groups = ("event_meeting", "event_visit")
        return event.kind == "meeting" or any(self.reading.hits_of(group, self.sentence) for group in groups)

    def _before(self, cue: Hit) -> list[Actor]:
        """Return the subject before a cue and the persons joined to it."""
        earlier = [a for a in self.people if a.end <= cue.start and a.start not in self.taken]
        subject = next((a for a in reversed(earlier) if self._is_subject(a, cue)), None)
        if subject is None:
            return []
        found = [subject]
        for actor in reversed(earlier[: earlier.index(subject)]):
            if not self._joined(actor, found[-1]):
                break
            found.append(actor)
        return found[::-1]

    def _is_subject(self, actor: Actor, cue: Hit) -> bool:
        between = Span(actor.end, cue.start)
        cut = any(c.code != "none" and actor.end <= c.start < cue.start for c in self.cues)
        if cut and not self._same_subject(between):
            return False
        return actor.start not in self.governed or self._is_close(between)

    def _same_subject(self, between: Span) -> bool:
        """Tell whether the words between hold no break of the clause."""
        return ";" not in self.reading.words[between.start : between.end]

    def _is_close(self, between: Span) -> bool:
        """Tell whether only posts, bodies, places and adverbs stand between a person and the cue."""
        known = self._known(between)
        return all(i in known or self.reading.words[i] in _LISTED for i in range(between.start, between.end))

    def _known(self, span: Span) -> set[int]:
        reading = self.reading
        groups = (
            "role",
            "post",
            "body",
            "place",
            "title",
            "act_bridge",
            "act_aux",
            "part_and",
            "post_link",
            "post_area",
        )
        spans = [hit for group in groups for hit in reading.hits_of(group, span)]
        spans += reading.within(reading.posts, span)
        return {token for s in spans for token in range(s.start, s.end)}

    def _joined(self, one: Actor, other: Actor) -> bool:
        """Tell whether two persons belong to one list."""
        gap = Span(one.end, other.start)
        if one.person is other.person:
            return True
        if gap.end - gap.start > _LIST_GAP or one.start in self.governed:
            return False
        words = self.reading.words[gap.start : gap.end]
        listed = any(w in {",", ";"} for w in words) or bool(self.reading.hits_of("act_join", gap))
        clauses = self.reading.hits_of("part_relative", gap)
        broken = [hit for hit in clauses if ";" not in words[hit.end - gap.start :]] or [
            c for c in self.cues if gap.covers(c)
        ]
        spoken = any(gap.start <= u.start < gap.end for u in self.utterances)
        return listed and not broken and not spoken

    def _after(self, cue: Hit) -> list[Actor]:
        """Return the persons listed after a cue, up to the next cue."""
        later = [c.start for c in self.cues if c.start >= cue.end]
        limit = min(later, default=self.sentence.end)
        stops = [u.start for u in self.utterances if u.own and cue.end <= u.start < limit]
        found = [a for a in self.people if cue.end <= a.start < limit]
        if stops:
            found = [a for a in found if a.end <= stops[0]][:-1] or found[:1]
        if cue.group == "part_chair":
            found = self._up_to_verb(found)
        self.taken |= {a.start for a in found}
        return found

    def _up_to_verb(self, people: list[Actor]) -> list[Actor]:
        """Return the persons before the first finite verb: "chaired by Ms. Ly, has elected Mr. Ba"."""
        verbs = [hit.start for hit in self.reading.hits_of("act_aux", self.sentence)]
        end = min((v for v in verbs if people and v > people[0].end), default=self.sentence.end)
        return [a for a in people if a.start < end]

    def _speaker(self, cue: Hit) -> list[Actor]:
        """Return who speaks: the subject before the cue, else the first speaker or person after it."""
        if cue.code == "after":
            return [a for a in self.people if cue.end <= a.start][:1]
        if before := self._before(cue):
            return before
        said = [u.speaker for u in self.utterances if u.speaker and u.speaker.person and u.speaker.start >= cue.end]
        return said[:1] or [a for a in self.free() if a.start >= cue.end][:1]


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of cues that overlap, of any part, keep the longest; speaking may share its words with another part."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if not any(hit.overlaps(k) for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
