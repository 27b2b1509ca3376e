"""Whether a verb of speech makes a demand: by its own meaning, or by a modal in what is said."""

from __future__ import annotations

from miner.extract.floor import modal
from miner.extract.passives import passives
from miner.extract.reading import Reading, Sentence, Span, Utterance
from miner.extract.standing import Standing, rank
from miner.lexicon import load_lexicon

#: The acts that tell somebody to do something.
DIRECT = {"order", "assign", "request", "urge", "propose", "stress"}
#: The acts of districts and communes that a report tells in the past: "the district had assigned …".
_COMMITTEE = "provincial_peoples_committee"
_DONE = {"order", "assign", "urge"}
_CUTS = {",", ";", ".", ")", "”", '"'}
_OPENING = {"“", '"', "«"}
_CLOSERS = {"”", '"', "»"}
_QUOTES = {"”", '"', "»"}
#: A demand tells at least so many tokens of what is demanded.
_CONTENT = 3
#: How many tokens after its verb a complement, or a colon, may stand.
_COMPLEMENT = 25
_THAT = 4
_COLON = 12
#: How many tokens at most name the speaker between the comma after a demand and its verb.
_CLOSING = 8
#: How many tokens after a verb the meeting that it only directs may stand.
_DIRECTED = 3


def demands(reading: Reading, sentence: Sentence, verbs: list[Utterance], standing: Standing) -> list[Utterance]:
    """Return those of `verbs` that demand, direct ones alone where there are any."""
    if not verbs:
        return []
    direct = [u for u in verbs if u.act in DIRECT and u.needs != "modal" and _tells(reading, sentence, u)]
    return direct or [u for u in verbs if u.needs == "modal" and _must(reading, sentence, u, standing)]


def act_of(reading: Reading, sentence: Sentence, verb: Utterance, standing: Standing) -> str:
    """Return the act: what is merely said urges, what others ask of a body of the centre proposes."""
    if verb.act not in DIRECT:
        return "urge"
    if verb.needs == "modal" and reading.words[verb.start] == ":":
        found = modal(reading, sentence)
        return "urge" if found and found.code == "should" else verb.act
    if verb.act == "propose" and standing.is_downward(verb, sentence):
        return "request"
    return "propose" if verb.act in {"request", "urge"} and standing.is_upward(verb, sentence) else verb.act


def _tells(reading: Reading, sentence: Sentence, verb: Utterance) -> bool:
    """Tell whether a verb of demand has a content and is no report of what was done."""
    cut = verb.loose and reading.words[min(verb.end, sentence.end - 1)] in _CUTS
    if sentence.end - verb.end < _CONTENT - (sentence.kind == "heading") or cut:
        return _is_quoted(reading, sentence, verb)
    if _is_reported(reading, sentence, verb) or _is_told(reading, sentence, verb) or _asks(reading, sentence, verb):
        return False
    return not verb.needs or _has_complement(reading, sentence, verb)


def _asks(reading: Reading, sentence: Sentence, verb: Utterance) -> bool:
    """Tell whether a verb of asking closes a question in quotation marks: "Why?", she asked."""
    start = max(sentence.start, verb.start - _CLOSING)
    closed = zip(reading.words[start : verb.start], reading.words[start + 1 : verb.start], strict=False)
    return any(one == "?" and other in _CLOSERS for one, other in closed)


def _is_told(reading: Reading, sentence: Sentence, verb: Utterance) -> bool:
    """Tell who is asked in a headline from who asks: "Police asked to help", without the verb to be and an object."""
    if sentence.kind != "heading" or verb.speaker is None or verb.speaker.end != verb.start:
        return False
    short = load_lexicon(sentence.language).settings.get("short_passive") == "true"
    told = short and reading.end_at("act_told", verb.start) == verb.end
    following = reading.hits_of("act_complement", Span(verb.end, verb.end + 1)) if told else []
    return any(hit.code == "complement" for hit in following)


def _is_reported(reading: Reading, sentence: Sentence, verb: Utterance) -> bool:
    """Tell whether a verb tells what was done: a meeting directed, attention paid, what a body did to date."""
    near = Span(verb.end, min(verb.end + _DIRECTED, sentence.end))
    if verb.act == "order" and not verb.needs and reading.hits_of("event_meeting", near):
        return True
    if verb.speaker is None:
        return False
    body = verb.speaker.person is None
    done = body and verb.act in _DONE and 0 < rank(verb.speaker.body) < rank(_COMMITTEE)
    done = done and bool(reading.hits_of("act_done", Span(verb.speaker.end, verb.start)))
    so_far = body and reading.hits_of("act_so_far", sentence)
    return bool(done or so_far or reading.hits_of("act_reported", Span(verb.speaker.end, verb.start)))


def _has_complement(reading: Reading, sentence: Sentence, verb: Utterance) -> bool:
    """Tell whether what the verb needs follows it, or the demand stands in quotation marks before it.

    A verb of will asks nothing of anybody where its infinitive follows at once: "he hopes to finish".
    """
    if verb.needs == "other":
        return not reading.hits_of("act_complement", Span(verb.end, verb.end + 1))
    wanted = "complement" if verb.needs == "to" else verb.needs
    reach = Span(verb.end, min(verb.end + (_THAT if wanted == "that" else _COMPLEMENT), sentence.end))
    found = any(hit.code == wanted for hit in reading.hits_of("act_complement", reach))
    return found or _is_quoted(reading, sentence, verb)


def _is_quoted(reading: Reading, sentence: Sentence, verb: Utterance) -> bool:
    """Tell whether the demand stands before its verb: in quotation marks, or before "…, she ordered"."""
    before = reading.words[sentence.start : verb.start]
    told = modal(reading, sentence) is not None or _has_imperative(reading, sentence)
    parted = verb.own and "," in before[-_CLOSING:]
    return (parted or any(word in _QUOTES for word in before)) and told


def _has_imperative(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a quotation opens with a demand: "Do not wait", she stressed."""
    openers = {hit.start: hit.code for hit in reading.hits_of("act_start", sentence)}
    for start, code in openers.items():
        opened = start > sentence.start and reading.words[start - 1] in _OPENING
        if opened and (code == "imperative" or not _turns(reading, sentence, start)):
            return True
    return any(start in openers for start in _quoted_starts(reading, sentence))


def _turns(reading: Reading, sentence: Sentence, start: int) -> bool:
    """Tell whether a quotation that opens with a verb tells what somebody did: its close is far, or it has a past."""
    end = next((i for i in range(start, sentence.end) if reading.words[i] in _QUOTES), sentence.end)
    return bool(reading.hits_of("act_past", Span(start, end)))


def _quoted_starts(reading: Reading, sentence: Sentence) -> list[int]:
    """Return where the main clause of a quotation starts that opens with a leading phrase."""
    first = sentence.start
    if reading.words[first] not in _OPENING:
        return []
    lead = any(reading.hits_of(group, Span(first + 1, first + 2)) for group in ("act_lead", "act_governor"))
    comma = next((i for i in range(first, sentence.end) if reading.words[i] == ","), None)
    return [comma + 1] if lead and comma else []


def _must(reading: Reading, sentence: Sentence, verb: Utterance, standing: Standing) -> bool:
    """Tell whether what is said demands: by a modal, or by a verb that opens it after a colon."""
    if reading.words[sentence.end - 1] == "?":
        return False
    leads = verb.act in DIRECT or (verb.act == "say" and verb.speaker and standing.is_senior(verb.speaker))
    codes = ("must", "should", "told") if leads else ("must", "should")
    found = modal(reading, sentence if verb.act != "report" else _reported(reading, sentence, verb), codes)
    if found is None and verb.act != "report":
        told = verb.own and any(passive.end <= verb.start for passive in passives(reading, sentence))
        if told or _has_imperative(reading, sentence):
            return True
    if found is not None:
        return not standing.is_own(verb, sentence, found.start)
    opened = {hit.start for hit in reading.hits_of("act_start", sentence)}
    colons = [i for i in range(verb.start, min(verb.end + _COLON, sentence.end)) if reading.words[i] == ":"]
    return verb.act in DIRECT and any(i + 1 in opened or i + 2 in opened for i in colons)


def _reported(reading: Reading, sentence: Sentence, verb: Utterance) -> Span:
    """Return what a verb of reporting tells, up to the first clause of cause or contrast."""
    if reading.hits_of("act_according", Span(verb.start, verb.end)):
        return sentence
    rest = Span(verb.end, sentence.end)
    causes = [hit.start for hit in reading.hits_of("act_cause", rest) if hit.code == "cause"]
    return Span(verb.end, min(causes, default=sentence.end))
