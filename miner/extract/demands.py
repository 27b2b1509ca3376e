"""What a demand says: its strength, whom it tells, what is to be done, by when and under which document."""

from __future__ import annotations

from dataclasses import dataclass

from miner.extract.floor import modal
from miner.extract.reading import Actor, DateMention, Reading, Sentence, Span, Utterance

_STRENGTH = {"order": 6, "assign": 5, "request": 4, "urge": 3, "stress": 2, "propose": 1}
_GRAINS = {"month", "quarter", "half", "months", "year"}
_MAX_CONTENT = 400


@dataclass(slots=True)
class Demand:
    """A sentence that demands: who, by which act and rule, and the verb where it has its own."""

    sentence: Sentence
    issuer: str
    act: str
    rule: str
    verb: Utterance | None
    speaker: Actor | None


def strength(reading: Reading, demand: Demand) -> int:
    """Return the strength of an act, 1 to 6; a modal of duty raises a continued request to an order."""
    found = modal(reading, demand.sentence) if demand.verb is None else None
    return max(_STRENGTH[demand.act], 6 if found and found.code == "must" else 0)


def deadline(reading: Reading, demand: Demand) -> str | None:
    """Return the last date by or before which something is to be done, else the last period it is to be done in."""
    dates = [m for m in reading.within(reading.dates, demand.sentence) if not _is_documents(reading, m)]
    cued = [m for m in dates if m.cue in {"by", "before", "until"}]
    within = [m for m in dates if m.cue is None and m.period.grain in _GRAINS]
    known = [m.period.iso for m in cued or within if m.period.iso]
    return max(known) if known else None


def _is_documents(reading: Reading, mention: DateMention) -> bool:
    return any(s.start <= mention.start < s.end + 3 for s in reading.directive_spans)


def addressees(reading: Reading, demand: Demand) -> tuple[str, ...]:
    """Return whom a demand tells: codes of bodies, else words for groups, in order of the text, each once."""
    start = demand.verb.end if demand.verb and demand.verb.end > demand.sentence.start else demand.sentence.start
    span = Span(start, demand.sentence.end)
    bodies = [(a.start, a.body) for a in reading.within(reading.actors, span) if a.body and a.kind == "body"]
    groups = [(hit.start, hit.code) for hit in reading.hits_of("act_addressee", span)]
    return tuple(dict.fromkeys(code for _, code in sorted(bodies + groups) if code))


def content(reading: Reading, demand: Demand) -> str:
    """Return what is demanded, as the text says it: what follows the verb, else the whole sentence."""
    verb, sentence = demand.verb, demand.sentence
    follows = verb is not None and sentence.end - verb.end > 3
    span = Span(verb.end, sentence.end) if verb and follows else sentence
    return " ".join(reading.text(span).split())[:_MAX_CONTENT]


def directive_of(reading: Reading, demand: Demand) -> str | None:
    """Return the id of the first document that the sentence names."""
    start, end = reading.chars(demand.sentence)
    found = [(s, d.id) for d in reading.directives for s, e in d.mentions or ((d.start, d.end),) if start <= s < end]
    return min(found)[1] if found else None
