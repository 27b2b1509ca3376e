"""Where speakers stand: who chairs, who holds a central post, and whose own body is spoken of."""

from __future__ import annotations

from miner.extract.events import central_people
from miner.extract.reading import Actor, Reading, Sentence, Span, Utterance
from miner.lexicon import body_codes

#: How many tokens after a verb of asking the one who is asked may begin.
_NEAR = 4
_CENTRAL = "central"
_RANKS = {"commune": 1, "district": 2, "provincial": 3, "regional": 3, _CENTRAL: 4}


class Standing:
    """What the posts and parts of an article tell about its speakers."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._chairs = {p.person for p in reading.participations if p.part == "chair"}
        self._central = central_people(reading)
        self._bodies: dict[int, set[str]] = {}
        for post in reading.posts:
            if post.holder and post.body:
                self._bodies.setdefault(id(post.holder), set()).add(post.body)

    def is_central(self, speaker: Actor) -> bool:
        """Tell whether a person holds a central post, or a body is of the centre."""
        if speaker.person:
            return id(speaker.person) in self._central
        return body_codes().get(speaker.body or "") == _CENTRAL

    def is_senior(self, speaker: Actor) -> bool:
        """Tell whether what a person merely says may lead to demands: who chairs, and who holds a central post."""
        person = speaker.person
        return person is not None and (person.name in self._chairs or id(person) in self._central)

    def is_own(self, verb: Utterance, sentence: Sentence, at: int) -> bool:
        """Tell whether the modal at token `at` says what the speaker's own body must do: a commitment."""
        person = verb.speaker.person if verb.speaker else None
        subjects = [a for a in self._reading.within(self._reading.actors, sentence) if verb.end <= a.start < at]
        own = self._bodies.get(id(person), set()) - {"government"} if person else set()
        return bool(subjects) and subjects[-1].kind == "body" and subjects[-1].body in own

    def is_upward(self, verb: Utterance, sentence: Sentence) -> bool:
        """Tell whether whoever is asked stands above the speaker."""
        near = Span(verb.end, min(verb.end + _NEAR, sentence.end))
        if verb.speaker is None or self.is_central(verb.speaker):
            return False
        if self._reading.hits_of("act_superior", near):
            return True
        asked = self._asked(near)
        return asked is not None and rank(asked.body) > self._rank_of(verb.speaker)

    def is_downward(self, verb: Utterance, sentence: Sentence) -> bool:
        """Tell whether one who leads the meeting only suggests to those below."""
        near = Span(verb.end, min(verb.end + _NEAR, sentence.end))
        if verb.speaker is None or not self.is_senior(verb.speaker):
            return False
        asked = self._asked(near)
        if asked is not None:
            return rank(asked.body) < self._rank_of(verb.speaker)
        return bool(self._reading.hits_of("act_addressee", near))

    def _asked(self, near: Span) -> Actor | None:
        told: list[Actor] = self._reading.within(self._reading.actors, near)
        return next((actor for actor in told[:1] if actor.kind in {"body", "place"}), None)

    def _rank_of(self, speaker: Actor) -> int:
        if speaker.person is None:
            return rank(speaker.body)
        return max((rank(body) for body in self._bodies.get(id(speaker.person), ())), default=0)


def rank(body: str | None) -> int:
    """Return how high a body stands, 0 where its level is unknown."""
    return _RANKS.get(body_codes().get(body or "", ""), 0)
