"""The subjects of verbs of speech in one sentence.

The subject of a verb stands right before it, but for adverbs, auxiliaries and appositions (posts, bodies, places); or
it is the subject of the verb that the verb is joined to; or it follows the verb of a quotation.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from miner.extract.actors_of import actors_in, can_speak, governed_in, named_in
from miner.extract.reading import Actor, Hit, Reading, Sentence, Span, Utterance
from miner.lexicon import load_lexicon

_STOPS = {",", ";", ":", "-", "–", "—", ")", ".", '"', "”", "»", "'", "’"}
_GLUE = {",", "(", ")", "-", "–", "—", "'", "’", '"', "“", "”", "/", "."}
#: How many tokens name a speaker before a colon.
_LONGEST_SPEAKER = 40
_LONGEST_POST = 16
#: How an apposition opens and closes, and how many tokens it may have.
_OPENS = {",", "-", "–", "—", "("}
_CLOSES = {",", ")", "-", "–", "—"}
_APPOSITION = 30
#: How many tokens back 'this agency' looks for its body.
_BODY_REACH = 60
#: Within how many tokens of 'according to' an actor begins: "according to Mr. Lam".
_TITLE = 3
_TELLS = {"order", "assign", "request", "urge"}
_SAYS = {"stress", "say", "report", "praise"}


class Clause:
    """A sentence with what each of its tokens is for the search of subjects."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading = reading
        self.sentence = sentence
        bridges = reading.matches_of("act_bridge", sentence)
        longer = {token for start, end, _ in bridges if end - start > 1 for token in range(start, end)}
        free = [a for a in actors_in(reading, sentence) if a.start not in longer]
        self.actors = sorted([*free, *self._same_bodies()], key=lambda a: a.start)
        self.actor_at = {t: actor for actor in self.actors for t in range(actor.start, actor.end)}
        self.dated = self._tokens(reading.within(reading.dates, sentence))
        self.bridge = self.dated | self._tokens_of("act_bridge")
        self.aux = self._tokens_of("act_aux")
        self.join = self._tokens_of("act_join")
        self.governed = governed_in(reading, sentence)
        nouns = (*reading.matches_of("act_noun", sentence), *reading.matches_of("act_article", sentence))
        named = named_in(reading, sentence)
        self.noun = {end for start, end, _ in nouns if start not in named} | self.governed
        self.documents = reading.within(reading.directive_spans, sentence)
        posts = self._tokens(reading.within(reading.posts, sentence))
        self.named = posts | self._tokens_of("role") | self._tokens_of("body")
        self.office_ends = {end for _, end, _ in reading.matches_of("role", sentence)}

    @cached_property
    def apposed(self) -> set[int]:
        """The tokens of posts, bodies, places and titles."""
        places = self.reading.within(self.reading.places, self.sentence)
        return self.named | self._tokens(places) | self._tokens_of("title")

    def _tokens(self, spans: list[Span]) -> set[int]:
        return {token for span in spans for token in range(span.start, span.end)}

    def _tokens_of(self, group: str) -> set[int]:
        return {token for start, end, _ in self.reading.matches_of(group, self.sentence) for token in range(start, end)}

    def _same_bodies(self) -> list[Actor]:
        """Return 'this agency' as the body named before it."""
        found = []
        for hit in self.reading.hits_of("act_same_body", self.sentence):
            near = Span(max(0, hit.start - _BODY_REACH), hit.start)
            named = [
                a
                for a in self.reading.within(self.reading.actors, near)
                if a.kind == "body" and can_speak(self.reading, a)
            ]
            if named:
                found.append(replace(named[-1], start=hit.start, end=hit.end, kind="pronoun"))
        return found

    def utterance(self, verb: Hit, before: list[Utterance]) -> Utterance | None:
        """Return the utterance of a verb, or None where the word is no verb here."""
        if verb.start in self.noun or verb.start in self.named:
            return None
        left = self._before_adverbs(verb.start)
        agent = verb.end < self.sentence.end and self.reading.end_at("act_agent", verb.end)
        if agent and not any(t in self.aux for t in range(left + 1, verb.start)):
            return None
        act, _, needs = verb.code.partition(".")
        found = Utterance(verb.start, verb.end, act, needs, self._adjacent(verb.start), loose=verb.loose)
        if speaker := found.speaker:
            return found if can_speak(self.reading, speaker) and not self._is_told(speaker, before) else None
        opens = left < self._opening
        if not opens and (speaker := self._apposed_to(found, left, before)):
            found.speaker = speaker
            return None if self._is_told(speaker, before) else found
        if act in _SAYS and (opens or self.reading.words[left] in _STOPS):
            found.speaker = self._inverted(verb.end)
        found.own = found.speaker is not None
        return found if found.own or opens else self._joined(found, left, before)

    def _joined(self, verb: Utterance, left: int, before: list[Utterance]) -> Utterance | None:
        """Give a verb after a comma or 'and' the subject of the verb before, or the sentence's first subject."""
        helped = any(t in self.aux for t in range(left + 1, verb.start))
        signs = any(span.start <= left < span.end for span in self.documents) or left in self.dated
        if not (left in self.join or helped):
            parted = self.reading.words[left] in _STOPS or signs
            if not parted or (verb.loose and not self._has_object(verb)):
                return None
        known = [u for u in before if u.speaker and u.start < verb.start]
        if known and helped and left not in self.join and self._is_reported(known[-1].end, left):
            return None
        if known:
            verb.speaker = known[-1].speaker
            return verb
        asks = self.reading.hits_of("act_complement", Span(verb.end, verb.end + 1))
        told = self._has_object(verb) if left in self.join else bool(asks)
        if verb.loose and not (helped or signs or told):
            return None
        subjects = [a for a in self.actors if a.end <= verb.start and self.is_free(a) and can_speak(self.reading, a)]
        people = [a for a in subjects if a.person]
        verb.speaker = next(iter(people or subjects), None)
        unknown = verb.speaker is None and helped and left not in self.join and self.reading.words[left] not in _STOPS
        return None if unknown else verb

    def _is_reported(self, start: int, left: int) -> bool:
        """Tell the verb of "said that the army had urged" by the subject that it has within the clause."""
        opened = [hit.end for hit in self.reading.hits_of("act_complement", Span(start, left)) if hit.code == "that"]
        return bool(opened) and self.reading.words[left] not in _STOPS

    def _apposed_to(self, verb: Utterance, left: int, before: list[Utterance]) -> Actor | None:
        """Return the person whom words the lexicon does not know part from the verb: "Ms. Ly, head of X, asked"."""
        earlier = [a for a in self.actors if a.person and a.end <= left and self.is_free(a)]
        if not earlier or (verb.loose and self.reading.words[left] not in _CLOSES):
            return None
        last = earlier[-1]
        opened = self.reading.words[last.end] in _OPENS and left - last.end <= _APPOSITION
        spoken = any(last.end <= u.start for u in before) or any(last.end <= t <= left for t in self.aux)
        return last if opened and not spoken else None

    def _is_told(self, actor: Actor, before: list[Utterance]) -> bool:
        """Tell whether an actor is the object of the verb before: "asked Ms. Ly to report"."""
        verb = next((u for u in reversed(before) if u.end <= actor.start), None)
        if verb is None or verb.act not in _TELLS or verb.needs:
            return False
        if verb.speaker is None and verb.start > self._opening:
            return False
        return all(t in self.apposed or t in self.actor_at for t in range(verb.end, actor.start))

    def _has_object(self, verb: Utterance) -> bool:
        """Tell whether somebody to be told, or what to do, follows a verb."""
        groups = ("act_addressee", "act_article", "act_start", "act_modal", "act_complement", "body")
        if verb.end in self.actor_at:
            return True
        return verb.end < self.sentence.end and any(self.reading.end_at(group, verb.end) for group in groups)

    @cached_property
    def _opening(self) -> int:
        """The first token that is no word leading into the sentence."""
        start = self.sentence.start
        for hit in self.reading.hits_of("act_connector", self.sentence):
            if hit.start == start:
                start = hit.end + (self.reading.words[hit.end : hit.end + 1] == [","])
        while start < self.sentence.end and not self.reading.words[start][0].isalnum():
            start += 1
        return start

    def _before_adverbs(self, start: int) -> int:
        left = start - 1
        while left >= self.sentence.start and (left in self.bridge or left in self.aux):
            left -= 1
        return left

    def _adjacent(self, start: int) -> Actor | None:
        """Walk left from the verb over adverbs and appositions to the actor that they belong to."""
        i, crossed = start - 1, False
        while i >= self.sentence.start:
            if actor := self.actor_at.get(i):
                if self.is_free(actor):
                    return self._owner(actor)
                i, crossed = actor.start - 1, True
            elif i in self.apposed:
                i, crossed = i - 1, True
            elif self._is_loose(i) or (crossed and i + 1 in self.governed):
                i -= 1
            else:
                return None
        return None

    def _owner(self, actor: Actor) -> Actor:
        """Return the body that a place only completes: 'the leaders of the province X'."""
        whole = self.actor_at.get(actor.start - 1)
        return whole if actor.kind == "place" and whole and whole.kind == "body" else actor

    def _is_loose(self, i: int) -> bool:
        return i in self.bridge or i in self.aux or self.reading.words[i] in _GLUE

    def is_free(self, actor: Actor) -> bool:
        """Tell whether nothing governs an actor: it is no object and no part of another's post."""
        part = actor.kind == "body" and actor.start in self.office_ends
        cited = any(span.covers(actor) for span in self.documents)
        owned = actor.kind == "place" and self._follows_noun(actor.start)
        return not (actor.start in self.governed or part or cited or owned)

    def _follows_noun(self, token: int) -> bool:
        """Tell the place of a noun right before it, 'voters of X' in Vietnamese, from a place that acts."""
        left = self._before_adverbs(token)
        free = left < self._opening or left in self.join or left in self.apposed
        return not free and self.reading.words[left][0].isalnum()

    def _inverted(self, end: int) -> Actor | None:
        """Return the actor right after a verb, as in "..., said Ms. Hoa", where the language allows it."""
        if load_lexicon(self.sentence.language).settings.get("subject_after_verb") != "true":
            return None
        while end < self.sentence.end and (end in self.bridge or self.reading.words[end] in {"-", "t"}):
            end += 1
        for token in range(end, min(end + 3, self.sentence.end)):
            if actor := self.actor_at.get(token):
                return actor if actor.start >= end else None
        return None

    def announced(self) -> Utterance | None:
        """Return the words that follow a speaker and a colon: "Chairman Ba: Work faster"."""
        words = self.reading.words
        if ":" not in words[self.sentence.start : self.sentence.end]:
            return None
        opening = self._opening
        limit = min(opening + _LONGEST_SPEAKER, self.sentence.end)
        colon = next((i for i in range(opening, limit) if words[i] == ":"), None)
        if colon is None or opening in self.governed or self._is_list(Span(opening, colon)):
            return None
        actors = [a for a in self.actors if a.start < opening + _LONGEST_POST and a.end <= colon and self.is_free(a)]
        named = [a for a in actors if a.kind == "name"]
        if self.sentence.kind == "heading":
            named = named or [a for a in actors if a.kind in {"office", "body"} and can_speak(self.reading, a)]
        return Utterance(colon, colon + 1, "request", "modal", named[0]) if named else None

    def _is_list(self, span: Span) -> bool:
        """Tell whether the words before a colon say something, or list persons, instead of naming who speaks."""
        groups = ("act_verb", "part_chair", "part_attend", "part_speak")
        hits = any(hit.code != "none" for group in groups for hit in self.reading.hits_of(group, span))
        return hits or ";" in self.reading.words[span.start : span.end]

    def according(self) -> Utterance | None:
        """Return the word of a person introduced by 'according to' at the start of the sentence."""
        for hit in self.reading.hits_of("act_according", self.sentence):
            near = (self.actor_at.get(token) for token in range(hit.end, hit.end + _TITLE))
            actor = next((a for a in near if a), None)
            parted = hit.start == self._opening or self.reading.words[hit.start - 1] == ","
            if parted and actor and (actor.person or actor.kind == "office"):
                return Utterance(hit.start, hit.end, "report", "modal", actor)
        return None
