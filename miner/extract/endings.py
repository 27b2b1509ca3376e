"""Where a speech ends: delegates, a source or a document speak, or the article turns to who held the meeting."""

from __future__ import annotations

from miner.extract.floor import clause_starts, modal
from miner.extract.reading import Hit, Reading, Sentence, Span, Utterance

#: How many tokens after a document its verb may stand.
_REACH = 10
_TELLING = {"order", "assign", "request", "urge", "propose"}


def ends_speech(reading: Reading, sentence: Sentence, utterances: list[Utterance]) -> bool:
    """Tell whether a sentence takes the floor from the last speaker without giving it to another."""
    speaks = any(u.own or u.act in _TELLING for u in utterances)
    if not speaks and _opens_event(reading, sentence):
        return True
    ends, sources = reading.hits_of("act_end", sentence), reading.hits_of("act_according", sentence)
    if not (ends or sources):
        return False
    starts = clause_starts(reading, sentence)
    if any(hit.start in starts and _takes_over(reading, sentence, hit) for hit in ends):
        return True
    cited = {hit.end for hit in sources if hit.start in starts}
    cited |= {end for start in cited if (end := reading.end_at("act_article", start))}
    return any(span.start in cited for span in reading.within(reading.directive_spans, sentence))


def _opens_event(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence says that a meeting was held, or who took part."""
    return (_tells_event(reading, sentence) or tells_parts(reading, sentence)) and not modal(reading, sentence)


def _tells_event(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence says that a meeting was held."""
    events = reading.hits_of("event_meeting", sentence)
    if not events:
        return False
    planned = [hit.end for hit in reading.hits_of("act_planned", sentence)]
    verbs = [hit for hit in reading.hits_of("event_hold", sentence) if not any(e.overlaps(hit) for e in events)]
    verbs = [hit for hit in verbs if hit.start not in planned]
    return bool(verbs) and not reading.hits_of("act_future", sentence)


def tells_parts(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence says who chaired or attended."""
    cues = reading.hits_of("part_chair", sentence) + reading.hits_of("part_attend", sentence)
    if not any(cue.code != "none" and not cue.loose for cue in cues):
        return False
    return any(actor.kind == "name" for actor in reading.within(reading.actors, sentence))


def _takes_over(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    if hit.code == "group":
        past, must = reading.hits_of("act_past", sentence), modal(reading, sentence)
        return bool(past) and (must is None or past[0].start < must.start)
    if hit.code != "document":
        return True
    reach = Span(hit.end, min(hit.end + _REACH, sentence.end))
    return bool(reading.hits_of("act_document_verb", reach)) and modal(reading, reach) is None
