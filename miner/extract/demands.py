"""What a demand says: its strength, whom it tells, what is to be done, by when and under which document."""

from __future__ import annotations

from dataclasses import dataclass

from miner.extract.dates import resolve
from miner.extract.floor import modal
from miner.extract.reading import Actor, DateMention, Reading, Sentence, Span, Utterance

_STRENGTH = {"order": 6, "assign": 5, "request": 4, "urge": 3, "stress": 2, "propose": 1}
_BULLETS = {"-", "–", "—", "•", "+", "*", "·"}
#: How many tokens a dateline may have.
_DATELINE = 12
#: How many tokens may stand between a document and its day of issue.
_ISSUED = 3
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


def bounds(reading: Reading, sentence: Sentence) -> Span:
    """Return a sentence without the bullet or the dateline in brackets that it opens with."""
    start, words = sentence.start, reading.words
    if words[start] == "(":
        close = next((i for i in range(start, min(start + _DATELINE, sentence.end - 2)) if words[i] == ")"), None)
        start = close + 1 if close and words[close + 1] in _BULLETS else start
    while start < sentence.end - 1 and words[start] in _BULLETS:
        start += 1
    return Span(start, sentence.end)


def strength(reading: Reading, demand: Demand) -> int:
    """Return the strength of an act, 1 to 6; a modal of duty raises a continued request to an order."""
    found = modal(reading, demand.sentence) if demand.verb is None else None
    return max(_STRENGTH[demand.act], 6 if found and found.code == "must" else 0)


def deadline(reading: Reading, demand: Demand) -> str | None:
    """Return the last date by or before which something is to be done, else the last that it is to be done on or in.

    A year that the mention leaves out is the article's.
    """
    dates = [m for m in reading.within(reading.dates, demand.sentence) if _may_limit(reading, m)]
    cued = [m for m in dates if m.cue in {"by", "before", "until"}]
    uncued = [m for m in dates if m.cue is None] or [m for m in dates if m.cue == "from"]
    days = [day for m in cued or uncued if (day := _last_day(reading, m)) is not None]
    return max(days) if days else None


def _may_limit(reading: Reading, mention: DateMention) -> bool:
    """Tell whether a date may be a deadline: not a document's, not a span of years, not one after which to act."""
    reach = _ISSUED if mention.period.grain == "day" else 0
    documents = any(s.start <= mention.start < s.end + reach for s in reading.directive_spans)
    after = any(
        hit.start < mention.start <= hit.end
        for hit in reading.hits_of("act_after", Span(mention.start - 4, mention.start))
    )
    return not documents and not after and mention.period.grain != "span"


def _last_day(reading: Reading, mention: DateMention) -> str | None:
    """Return the last day of a period unless it was over when the article was written."""
    period = resolve(reading, mention)
    written = reading.day
    over = period.last.year < reading.year if reading.year else False
    over = over or (mention.cue is None and written is not None and period.year_known and period.last <= written)
    return None if over else period.iso


def addressees(reading: Reading, demand: Demand) -> tuple[str, ...]:
    """Return whom a demand tells: codes of bodies, else words for groups, in order of the text, each once."""
    start = demand.verb.end if demand.verb and demand.verb.end > demand.sentence.start else demand.sentence.start
    span = Span(start, demand.sentence.end)
    cited = reading.within(reading.directive_spans, span)
    actors = [a for a in reading.within(reading.actors, span) if not any(c.covers(a) for c in cited)]
    bodies = [(a.start, a.body) for a in actors if a.body and a.kind == "body"]
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
