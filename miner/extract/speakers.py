"""Component: verbs of speech, each with the person or body that speaks."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.actors_of import actors_in
from miner.extract.clauses import Clause
from miner.extract.passives import by_agents, passives
from miner.extract.reading import Actor, Hit, Person, Post, Reading, Sentence, Span, Utterance

#: How many sentences back a pronoun looks for a speaker.
_PRONOUN_REACH = 2
#: How many sentences back a bare office looks for a speaker who holds it.
_OFFICE_REACH = 8


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
    if speaker and speaker.kind == "office" and (holder := _holder(reading, speaker)):
        return replace(utterance, speaker=replace(speaker, person=holder))
    if speaker is None or speaker.kind != "pronoun" or speaker.body:
        return utterance
    person = _topic(reading, speaker.start) or _last_subject(reading, utterance) or speaker.person
    return replace(utterance, speaker=replace(speaker, person=person) if person else None, own=person is not None)


def _topic(reading: Reading, token: int) -> Person | None:
    """Return the person whom the sentence opens with: 'As for Ms. Hoa, she …'."""
    before = Span(reading.sentence_of(token).start, token)
    cues = reading.hits_of("act_topic", before)
    named = [a for a in reading.within(reading.actors, before) if a.person and a.kind == "name"]
    return named[0].person if cues and named and cues[0].start == before.start else None


def _last_subject(reading: Reading, utterance: Utterance) -> Person | None:
    """Return the person who spoke last, or of whom alone a later sentence tells something, but for one who is told."""
    token = utterance.speaker.start if utterance.speaker else utterance.start
    told = reading.hits_of("act_object", Span(token, utterance.end + 1))
    here = bisect_right(reading.sentences, token, key=lambda s: s.start) - 1
    spoke = _last_speaker(reading, token)
    since = spoke.start if spoke else -1
    for sentence in reversed(reading.sentences[max(0, here - _PRONOUN_REACH) : here]):
        if sentence.start > since and (person := (_acting_in if told else _told_of)(reading, sentence)):
            return person
    return spoke.speaker.person if spoke and spoke.speaker else None


def _acting_in(reading: Reading, sentence: Sentence) -> Person | None:
    """Return the person who is the first subject of a sentence that names another one too."""
    people = [a for a in actors_in(reading, sentence) if a.person]
    free = [a for a in people if Clause(reading, sentence).is_free(a)]
    return free[0].person if free and len({id(a.person) for a in people}) > 1 else None


def _told_of(reading: Reading, sentence: Sentence) -> Person | None:
    """Return the one person whom a sentence names, as its subject."""
    people = [a for a in actors_in(reading, sentence) if a.person]
    if sentence.kind != "paragraph" or len({id(a.person) for a in people}) != 1:
        return None
    listed = any(hit.code != "none" for hit in reading.hits_of("part_attend", sentence))
    first = people[0]
    return first.person if first.kind == "name" and not listed and Clause(reading, sentence).is_free(first) else None


def _last_speaker(reading: Reading, token: int) -> Utterance | None:
    here = bisect_right(reading.sentences, token, key=lambda s: s.start)
    aside = reading.sentence_of(token).kind == "caption"
    for utterance in reversed(reading.utterances):
        there = bisect_right(reading.sentences, utterance.start, key=lambda s: s.start)
        if here - there > _PRONOUN_REACH:
            return None
        own = utterance.own and utterance.speaker and utterance.speaker.person and utterance.start < token
        if own and (aside or reading.sentence_of(utterance.start).kind != "caption"):
            return utterance
    return None


def _spoke_as(reading: Reading, token: int, posts: list[Post]) -> Person | None:
    """Return the last speaker, some sentences back, who holds one of these posts."""
    here = bisect_right(reading.sentences, token, key=lambda s: s.start)
    near = reading.sentences[max(0, here - _OFFICE_REACH)].start
    holders = {id(post.holder) for post in posts}
    spoke = (u.speaker.person for u in reversed(reading.utterances) if u.own and u.speaker and near <= u.start < token)
    return next((person for person in spoke if person and id(person) in holders), None)


def _holder(reading: Reading, speaker: Actor) -> Person | None:
    """Return the holder of an office: who has the floor, of several with that office, else who was last spoken of."""
    office = next((post for post in reading.posts if post.start == speaker.start), None)
    if office is None:
        return None
    held = [post for post in reading.posts if post.named and not post.modifier and post.holder]
    alike = [post for post in held if post.role == office.role]
    if not reading.hits_of("body", speaker) and (person := _spoke_as(reading, speaker.start, alike)):
        return person
    if speaker.person:
        return None
    same = [post for post in alike if post.body == office.body]
    mentions = [(m.start, p.holder) for p in same if p.holder for m in p.holder.mentions]
    before = [mention for mention in mentions if mention[0] < speaker.start]
    heads = reading.sentence_of(speaker.start).kind == "heading"
    after = sorted((m for m in mentions if heads and not before), key=lambda pair: pair[0])
    return max(before, key=lambda pair: pair[0])[1] if before else after[0][1] if after else None


def _utterances(reading: Reading, sentence: Sentence) -> list[Utterance]:
    told = passives(reading, sentence)
    verbs = [hit for hit in _distinct(reading.hits_of("act_verb", sentence)) if hit.code != "none"]
    verbs = [hit for hit in verbs if not any(hit.overlaps(passive) for passive in told)]
    cited = _has_colon(reading, sentence) or reading.hits_of("act_according", sentence)
    clause = Clause(reading, sentence) if verbs or cited else None
    found = by_agents(told)
    if clause is None:
        return found
    found += [u for u in (clause.announced(), clause.according()) if u]
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
