"""Component: verbs of speech, each with the person or body that speaks."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.clauses import Clause
from miner.extract.reading import Actor, Hit, Person, Reading, Sentence, Utterance

#: How many sentences back a pronoun looks for a speaker.
_PRONOUN_REACH = 2


@Language.component("miner_speakers", requires=["doc._.actors"], assigns=["doc._.utterances"])
def find_speakers(doc: Doc) -> Doc:
    """Fill `Reading.utterances`, in order of the text."""
    reading = Reading.of(doc)
    for sentence in reading.sentences:
        if sentence.kind != "noise":
            for utterance in sorted(_utterances(reading, sentence), key=lambda u: u.start):
                reading.utterances.append(_resolved(reading, utterance))
    return doc


def _resolved(reading: Reading, utterance: Utterance) -> Utterance:
    """Let a pronoun stand for who spoke last, rather than for who was named last; else for nobody in particular."""
    speaker = utterance.speaker
    if speaker and speaker.kind == "office" and speaker.person is None and (holder := _last_holder(reading, speaker)):
        return replace(utterance, speaker=replace(speaker, person=holder))
    if speaker is None or speaker.kind != "pronoun" or speaker.body:
        return utterance
    person = _last_speaker(reading, speaker.start) or speaker.person
    return replace(utterance, speaker=replace(speaker, person=person) if person else None, own=person is not None)


def _last_speaker(reading: Reading, token: int) -> Person | None:
    here = bisect_right(reading.sentences, token, key=lambda s: s.start)
    for utterance in reversed(reading.utterances):
        there = bisect_right(reading.sentences, utterance.start, key=lambda s: s.start)
        if here - there > _PRONOUN_REACH:
            return None
        if utterance.own and utterance.speaker and utterance.speaker.person and utterance.start < token:
            return utterance.speaker.person
    return None


def _last_holder(reading: Reading, speaker: Actor) -> Person | None:
    """Return who was last spoken of among several holders of the speaker's office."""
    office = next((post for post in reading.posts if post.start == speaker.start), None)
    if office is None:
        return None
    held = [post for post in reading.posts if post.named and not post.modifier]
    same = [post for post in held if (post.role, post.body) == (office.role, office.body)]
    mentions = [(m.start, p.holder) for p in same if p.holder for m in p.holder.mentions if m.start < speaker.start]
    return max(mentions, key=lambda pair: pair[0])[1] if mentions else None


def _utterances(reading: Reading, sentence: Sentence) -> list[Utterance]:
    verbs = [hit for hit in _distinct(reading.hits_of("act_verb", sentence)) if hit.code != "none"]
    clause = Clause(reading, sentence) if verbs or _has_colon(reading, sentence) else None
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
