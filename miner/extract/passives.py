"""Passives that tell their subject to do something: 'communes were asked to report', with or without who asked."""

from __future__ import annotations

from dataclasses import dataclass

from miner.extract.reading import Actor, Hit, Reading, Sentence, Span, Utterance

#: Within how many tokens of 'by' its actor begins, and of the actor what is to be done.
_AGENT = 3
_CONTENT = 2


@dataclass(slots=True)
class Passive(Span):
    """A passive of telling: its act, and who tells where the sentence says so."""

    act: str
    agent: Actor | None = None


def passives(reading: Reading, sentence: Sentence) -> list[Passive]:
    """Return the passives of a sentence that ask something of their subject, in order of the text."""
    found = [Passive(hit.start, hit.end, hit.code) for hit in reading.hits_of("act_passive", sentence)]
    for hit in reading.hits_of("act_told", sentence):
        act, _, needs = hit.code.partition(".")
        if act == "none" or not _after_be(reading, sentence, hit.start):
            continue
        agent = _agent(reading, sentence, hit)
        end = agent.end if agent else hit.end
        reach = Span(end, min(end + (_CONTENT if agent else 1), sentence.end))
        if not needs or reading.hits_of("act_start" if needs == "start" else "act_told_to", reach):
            found.append(Passive(hit.start, end, act, agent))
    return sorted(found, key=lambda passive: passive.start)


def by_agents(found: list[Passive]) -> list[Utterance]:
    """Return the passives that name who tells as utterances of theirs."""
    return [Utterance(p.start, p.end, p.act, "", p.agent) for p in found if p.agent]


def _after_be(reading: Reading, sentence: Sentence, start: int) -> bool:
    """Tell whether a form of 'to be' stands before a participle, but for adverbs."""
    near = Span(max(sentence.start, start - 2 * _AGENT), start)
    ends = {hit.end for hit in reading.hits_of("act_be", near)}
    adverbs = {hit.end: hit.start for hit in reading.hits_of("act_bridge", near)}
    while start not in ends and start in adverbs:
        start = adverbs[start]
    return start in ends


def _agent(reading: Reading, sentence: Sentence, hit: Hit) -> Actor | None:
    """Return the person or body after 'by', past the post that stands before the name."""
    cues = reading.hits_of("act_agent", Span(hit.end, hit.end + 1))
    if not cues:
        return None
    start = cues[-1].end
    posts = reading.within(reading.posts, Span(start, start + _AGENT))
    end = max([post.end for post in posts], default=start) + _AGENT
    actors: list[Actor] = reading.within(reading.actors, Span(start, min(end, sentence.end)))
    return next((actor for actor in actors if actor.kind != "place"), None)
