"""Component: verbs of speech, each with the person or body that speaks.

The subject of a verb stands right before it, but for adverbs, auxiliaries and appositions (posts, bodies, places); or
it is the subject of the verb that the verb is joined to; or it follows the verb of a quotation.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.reading import Actor, Hit, Reading, Sentence, Span, Utterance

_STOPS = {",", ";", ":", "-", "–", "—", ")", ".", '"', "”", "»", "'", "’"}
_GLUE = {",", "(", ")", "-", "–", "—", "'", "’", '"', "“", "”", "/", "."}
#: How many tokens name a speaker before a colon.
_LONGEST_SPEAKER = 40
_SAYS = {"stress", "say", "report", "praise"}


@Language.component("miner_speakers", requires=["doc._.actors"], assigns=["doc._.utterances"])
def find_speakers(doc: Doc) -> Doc:
    """Fill `Reading.utterances`, in order of the text."""
    reading = Reading.of(doc)
    for sentence in reading.sentences:
        if sentence.kind != "noise":
            reading.utterances += sorted(_utterances(reading, sentence), key=lambda u: u.start)
    return doc


def _utterances(reading: Reading, sentence: Sentence) -> list[Utterance]:
    verbs = [hit for hit in _distinct(reading.hits_of("act_verb", sentence)) if hit.code != "none"]
    clause = _Clause(reading, sentence) if verbs or _has_colon(reading, sentence) else None
    if clause is None:
        return []
    found = [u for u in (clause.announced(), clause.according()) if u]
    for verb in verbs:
        if utterance := clause.utterance(verb, found):
            found.append(utterance)
    return found


def _distinct(hits: list[Hit]) -> list[Hit]:
    """Keep one hit of each span, a firm one before a loose one."""
    best: dict[int, Hit] = {}
    for hit in hits:
        if hit.start not in best or (best[hit.start].loose and not hit.loose):
            best[hit.start] = hit
    return list(best.values())


def _has_colon(reading: Reading, sentence: Sentence) -> bool:
    return ":" in reading.words[sentence.start : min(sentence.end, sentence.start + 40)]


class _Clause:
    """A sentence with what each of its tokens is for the search of subjects."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading = reading
        self.sentence = sentence
        self.actors: list[Actor] = reading.within(reading.actors, sentence)
        self.actor_at = {t: actor for actor in self.actors for t in range(actor.start, actor.end)}
        self.bridge = self._tokens(reading.hits_of("act_bridge", sentence), reading.within(reading.dates, sentence))
        self.aux = self._tokens(reading.hits_of("act_aux", sentence))
        self.join = self._tokens(reading.hits_of("act_join", sentence))
        self.noun = {hit.end for hit in reading.hits_of("act_noun", sentence)}
        self.governed = {hit.end for hit in reading.hits_of("act_governor", sentence)}
        self.documents = reading.within(reading.directive_spans, sentence)
        posts = [reading.within(reading.posts, sentence), reading.hits_of("role", sentence)]
        bodies = [reading.hits_of("body", sentence), reading.within(reading.places, sentence)]
        self.apposed = self._tokens(*posts, *bodies, reading.hits_of("title", sentence))
        self.office_ends = {hit.end for hit in reading.hits_of("role", sentence)}

    def _tokens(self, *spans: list[Hit] | list[Span]) -> set[int]:
        return {token for group in spans for span in group for token in range(span.start, span.end)}

    def utterance(self, verb: Hit, before: list[Utterance]) -> Utterance | None:
        """Return the utterance of a verb, or None where the word is no verb here."""
        act, _, needs = verb.code.partition(".")
        if verb.start in self.noun:
            return None
        if speaker := self._adjacent(verb.start):
            return Utterance(verb.start, verb.end, act, needs, speaker)
        left = self._before_adverbs(verb.start)
        if left < self._opening():
            after = self._inverted(verb.end) if act in _SAYS else None
            return Utterance(verb.start, verb.end, act, needs, after, own=after is not None)
        if act in _SAYS and self.reading.words[left] in _STOPS and (after := self._inverted(verb.end)):
            return Utterance(verb.start, verb.end, act, needs, after)
        return self._joined(verb, act, needs, left, before)

    def _joined(self, verb: Hit, act: str, needs: str, left: int, before: list[Utterance]) -> Utterance | None:
        """Give a verb after a comma or 'and' the subject of the verb before, or the sentence's first subject."""
        helped = any(t in self.aux for t in range(left + 1, verb.start))
        strong = left in self.join or helped
        if not strong and self.reading.words[left] not in _STOPS:
            return None
        known = [u for u in before if u.speaker and u.start < verb.start]
        if known:
            return Utterance(verb.start, verb.end, act, needs, known[-1].speaker, own=False)
        if verb.loose and not helped:
            return None
        subjects = [a for a in self.actors if a.end <= verb.start and self.is_free(a)]
        return Utterance(verb.start, verb.end, act, needs, subjects[0] if subjects else None, own=False)

    def _opening(self) -> int:
        """Return the first token that is no word leading into the sentence."""
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
                    return actor
                i, crossed = actor.start - 1, True
            elif i in self.apposed:
                i, crossed = i - 1, True
            elif self._is_loose(i) or (crossed and i + 1 in self.governed):
                i -= 1
            else:
                return None
        return None

    def _is_loose(self, i: int) -> bool:
        return i in self.bridge or i in self.aux or self.reading.words[i] in _GLUE

    def is_free(self, actor: Actor) -> bool:
        """Tell whether nothing governs an actor: it is no object and no part of another's post."""
        part = actor.kind == "body" and actor.start in self.office_ends
        cited = any(span.covers(actor) for span in self.documents)
        return actor.start not in self.governed and not part and not cited

    def _inverted(self, end: int) -> Actor | None:
        """Return the actor right after a verb, as in "..., said Ms. Hoa"."""
        while end < self.sentence.end and (end in self.bridge or self.reading.words[end] in {"-", "t"}):
            end += 1
        for token in range(end, min(end + 3, self.sentence.end)):
            if actor := self.actor_at.get(token):
                return actor if actor.start >= end else None
        return None

    def announced(self) -> Utterance | None:
        """Return the words that follow a speaker and a colon: "Chairman Ba: Work faster"."""
        opening, words = self._opening(), self.reading.words
        limit = min(opening + _LONGEST_SPEAKER, self.sentence.end)
        colon = next((i for i in range(opening, limit) if words[i] == ":"), None)
        if colon is None or self.reading.hits_of("act_verb", Span(opening, colon)) or opening in self.governed:
            return None
        actors = [a for a in self.actors if a.start < opening + 8 and a.end <= colon and self.is_free(a)]
        named = [a for a in actors if a.person] or actors
        return Utterance(colon, colon + 1, "stress", "modal", named[0]) if named else None

    def according(self) -> Utterance | None:
        """Return the word of a person introduced by 'according to' at the start of the sentence."""
        opening = self._opening()
        for hit in self.reading.hits_of("act_according", self.sentence):
            actor = self.actor_at.get(hit.end) or self.actor_at.get(hit.end + 1)
            if hit.start == opening and actor and actor.kind != "body":
                return Utterance(hit.start, hit.end, "report", "modal", actor)
        return None
