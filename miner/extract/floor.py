"""Who has the floor: the last speaker of an article, and whether a sentence without a speaker goes on with demands.

Press reports and their machine translations name the speaker once and then list demands in sentences with a modal, in
headless infinitives and imperatives, and in a plain present whose subject is whoever is told to act.
"""

from __future__ import annotations

from dataclasses import dataclass

from miner.extract.reading import Actor, Hit, Reading, Sentence, Span
from miner.lexicon import load_lexicon

#: How many sentences without a demand a headless one, or one in the plain present, may stand after the last demand.
_HEADLESS_REACH = 3
_PLAIN_REACH = 2
#: How many sentences without a demand a modal one may stand after it: persons give speeches, bodies do not.
_MODAL_REACH = {True: 8, False: 1}
_SHORTEST = 5
#: How many words the name of an organisation may have.
_NAME = 6
_CLAUSE = {",", ";", ":"}


@dataclass(slots=True)
class Floor:
    """The last speaker: `issuer` as the record names it, `demanding` once a demand was made, `gap` sentences since."""

    issuer: str
    speaker: Actor
    act: str
    reports: bool
    demanding: bool = False
    gap: int = 0

    @property
    def reach(self) -> int:
        """How far a modal sentence may stand from the last demand."""
        return _MODAL_REACH[self.speaker.person is not None]


def modal(reading: Reading, span: Span, codes: tuple[str, ...] = ("must", "should", "told")) -> Hit | None:
    """Return the first modal of a span that demands: not one that gives a reason or a condition."""
    causes = [hit for hit in reading.hits_of("act_cause", span) if hit.code == "cause"]
    for hit in reading.hits_of("act_modal", span):
        counts = reading.words[min(hit.end, len(reading.words) - 1)][0].isdigit() and hit.code == "should"
        if hit.code in codes and not counts and not any(_governs(reading, cause, hit) for cause in causes):
            return hit
    return None


def _governs(reading: Reading, cause: Hit, hit: Hit) -> bool:
    return cause.end <= hit.start and not any(w in _CLAUSE for w in reading.words[cause.end : hit.start])


def clause_starts(reading: Reading, sentence: Sentence) -> list[int]:
    """Return where the main clause may start: after connectors, and after the comma of a leading phrase."""
    start = _after_connectors(reading, sentence, sentence.start)
    starts = [start]
    if reading.end_at("act_lead", start) or reading.end_at("act_governor", start):
        then = {hit.start for hit in reading.hits_of("act_then", sentence)}
        for i in range(start, min(start + 40, sentence.end - 1)):
            if reading.words[i] == "," or i in then:
                starts.append(_after_connectors(reading, sentence, i + 1))
    return starts


def _after_connectors(reading: Reading, sentence: Sentence, start: int) -> int:
    if start == sentence.start and reading.words[start + 1 : start + 2] in (["."], [")"]):
        start += 2
    while start < sentence.end:
        end = reading.end_at("act_manner", start) or reading.end_at("act_connector", start)
        if end is None and reading.words[start][0].isalnum():
            break
        start = end or start + 1
    return start


def goes_on(reading: Reading, sentence: Sentence, floor: Floor) -> str | None:
    """Return how a sentence goes on with the demands of the floor (modal, headless, plain), or None."""
    if floor.reports or reading.words[sentence.end - 1] == "?" or sentence.end - sentence.start < _SHORTEST:
        return None
    if floor.gap <= floor.reach and modal(reading, sentence):
        return "modal"
    if not floor.demanding:
        return None
    starts = clause_starts(reading, sentence)
    if floor.gap <= _HEADLESS_REACH and _is_headless(reading, sentence, starts):
        return "headless"
    if floor.gap <= _PLAIN_REACH and _is_plain(reading, sentence, starts, floor):
        return "plain"
    return None


def act_going_on(reading: Reading, sentence: Sentence, floor: Floor, how: str) -> str:
    """Return the act of a sentence that goes on: what should be done urges, unless the speaker stresses or proposes."""
    found = modal(reading, sentence)
    if floor.act == "propose":
        return floor.act
    if how == "modal" and found and found.code == "should":
        return "stress" if floor.act == "stress" else "urge"
    return "order" if how == "modal" and floor.act == "order" else "request"


def _is_headless(reading: Reading, sentence: Sentence, starts: list[int]) -> bool:
    ends = (_after_verb(reading, sentence, start) for start in starts if start < sentence.end)
    return any(end is not None and not _has_subject(reading, sentence, end) for end in ends)


def _after_verb(reading: Reading, sentence: Sentence, start: int) -> int | None:
    """Return the token after a verb that opens a demand: a listed one, or by its ending an infinitive."""
    if end := reading.end_at("act_start", start):
        return end
    settings, word = load_lexicon(sentence.language).settings, reading.norms[start]
    endings = tuple(settings.get("infinitive_endings", ()))
    named = _is_person(reading, start) or word in settings.get("infinitive_not", ())
    return start + 1 if endings and word.endswith(endings) and len(word) > _SHORTEST - 1 and not named else None


def _is_plain(reading: Reading, sentence: Sentence, starts: list[int], floor: Floor) -> bool:
    if reading.hits_of("act_so_far", sentence):
        return False
    addressees = _addressees(reading, sentence)
    articles = {hit.start: hit.end for hit in reading.hits_of("act_article", sentence)}
    for start in (_after_numbers(reading, sentence, start) for start in starts):
        subject = start if start in addressees else articles.get(start, start)
        own = any(a.start == subject and a.body == floor.issuer for a in reading.within(reading.actors, sentence))
        if subject in addressees and not own and not _is_person(reading, subject):
            return addressees[subject] < sentence.end - 1 and not _past_after(reading, sentence, addressees[subject])
        if end := _organ(reading, sentence, subject):
            return _opens_task(reading, sentence, end)
    return False


def _addressees(reading: Reading, sentence: Sentence) -> dict[int, int]:
    """Return where bodies and those who are told in general begin and end."""
    after = {hit.end for hit in reading.hits_of("act_article", sentence)}
    found = {hit.start: hit.end for hit in reading.hits_of("act_addressee_one", sentence) if hit.start in after}
    found |= {hit.start: hit.end for hit in reading.hits_of("act_addressee", sentence)}
    return found | {hit.start: hit.end for hit in reading.hits_of("body", sentence)}


def _organ(reading: Reading, sentence: Sentence, start: int) -> int:
    """Return where the noun of another organisation ends, with a name of capitals before it; 0 if there is none."""
    near = Span(start, min(start + _NAME, sentence.end))
    hits = [hit for group in ("post_organ", "post_unit") for hit in reading.hits_of(group, near)]
    hits += [hit for hit in reading.hits_of("act_addressee_one", near) if hit.start > start]
    joins = {t for g in ("act_join", "act_governor") for h in reading.hits_of(g, near) for t in range(h.start, h.end)}
    named = (h for h in hits if all(reading.words[t][0].isupper() or t in joins for t in range(start, h.start)))
    return max((h.end for h in named if reading.words[start][0].isupper() or h.start == start), default=0)


def _opens_task(reading: Reading, sentence: Sentence, start: int) -> bool:
    """Tell whether a verb of demands, and none that reports, follows a subject closely."""
    near = Span(start, min(start + 2 * _NAME, sentence.end))
    tasks = [h for group in ("act_start", "act_present", "act_task") for h in reading.hits_of(group, near)]
    return bool(tasks) and not _past_after(reading, sentence, start)


def _after_numbers(reading: Reading, sentence: Sentence, start: int) -> int:
    while start < sentence.end - 1 and (reading.words[start].isdigit() or reading.words[start] in {"/", "%", ".", ","}):
        start += 1
    return start


def _is_person(reading: Reading, token: int) -> bool:
    near = reading.within(reading.actors, Span(max(0, token - 3), token + 1))
    return any(actor.person and actor.start <= token < actor.end for actor in near)


def _past_after(reading: Reading, sentence: Sentence, start: int) -> bool:
    """Tell whether a report's verb follows the subject before any verb that may open a demand."""
    limit = min(sentence.end, start + 40)
    clause = Span(start, next((i for i in range(start, limit) if reading.words[i] == ";"), limit))
    past = next(iter(reading.hits_of("act_past", clause)), None)
    openers = [*reading.hits_of("act_start", clause)[:1], *reading.hits_of("act_present", clause)[:1]]
    return past is not None and all(past.start < opener.start for opener in openers)


def _has_subject(reading: Reading, sentence: Sentence, start: int) -> bool:
    """Tell whether an actor follows the next comma: the sentence only opens with a verb."""
    limit = min(sentence.end, start + 40)
    comma = next((i for i in range(start, limit) if reading.words[i] == ","), limit)
    after = reading.within(reading.actors, Span(comma, min(comma + 3, sentence.end)))
    spoke = {u.speaker.start for u in reading.within(reading.utterances, sentence) if u.speaker}
    return any(actor.kind in {"name", "pronoun"} or actor.start in spoke for actor in after)
