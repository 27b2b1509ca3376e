"""What stands around the mention of a document: who issued it, when, for which place and on what."""

from __future__ import annotations

from dataclasses import dataclass

from miner.extract.dates import resolve
from miner.extract.directive_mentions import Mention
from miner.extract.reading import DateMention, Hit, Reading, Span

_LIGHT = {",", "(", "'", "’", "s", "|", '"', "”", "»", "“", "«"}
_QUOTES = {"“": "”", "«": "»", '"': '"'}
#: How many tokens around a mention its issuer or date may stand away.
_NEAR = 6
_TITLE = 40


@dataclass(slots=True)
class About:
    """What the text says of a document at one mention; `end` is the token after number, date and issuer."""

    end: int
    issuer: str | None
    issued: str | None
    place: str | None
    title: str | None


def contexts(reading: Reading, mentions: list[Mention]) -> list[About]:
    """Return what stands around each mention: up to the next one, and from where the one before is done."""
    found: list[About] = []
    for i, mention in enumerate(mentions):
        low = found[-1].end if found else 0
        high = mentions[i + 1].start if i + 1 < len(mentions) else len(reading.words)
        found.append(_context(reading, mention, low, high))
    return found


def _context(reading: Reading, mention: Mention, low: int, high: int) -> About:
    sentence = reading.sentence_of(mention.start)
    start = max(sentence.start, low)
    stops = [i + 1 for i in range(start, mention.start) if reading.words[i] == ";"]
    window = Span(stops[-1] if stops else start, min(sentence.end, high))
    after = _after(reading, mention, window)
    issuer = after.issuer or _before(reading, mention, window)
    issued = after.issued or _dated_before(reading, mention, window)
    verb = _verb(reading, mention, window)
    if issuer is None:
        issuer = _subject(reading, mention, window, verb)
    if issued is None and verb:
        issued = _day_of_act(reading, mention, window, verb)
    day = resolve(reading, issued).iso if issued else None
    return About(after.end, issuer, day, after.place, after.title)


@dataclass(slots=True)
class _Tail:
    end: int
    issuer: str | None = None
    issued: DateMention | None = None
    place: str | None = None
    title: str | None = None


def _after(reading: Reading, mention: Mention, window: Span) -> _Tail:
    """Read what follows: date and issuer in either order, then the title."""
    tail, at = _Tail(mention.end), mention.end
    while at < window.end:
        day = _day_at(reading, at)
        body = _body_at(reading, at) if _of(reading, at) else None
        same = next(iter(reading.hits_of("directive_same_day", Span(at, at + 1))), None)
        place = next((p for p in reading.within(reading.places, Span(at, at + 1))), None)
        if day and tail.issued is None:
            tail.issued, at, tail.end = day, day.end, day.end
        elif same and tail.issued is None:
            tail.issued, at, tail.end = _day_above(reading, mention), same.end, same.end
        elif body and tail.issuer is None:
            tail.issuer, at, tail.end = body[0], body[1], body[1]
        elif place:
            tail.place, at, tail.end = place.place, place.end, place.end
        elif step := _step(reading, at):
            at = step
        else:
            break
    tail.title = _title(reading, at, window)
    return tail


def _day_above(reading: Reading, mention: Mention) -> DateMention | None:
    """Return the last day that the text names before a mention."""
    days = [m for m in reading.dates if m.end <= mention.start and m.period.grain == "day"]
    return days[-1] if days else None


def _step(reading: Reading, at: int) -> int | None:
    """Return the token after a word that may stand between a number and its date or issuer."""
    if reading.words[at] in _LIGHT:
        return at + 1
    here = Span(at, at + 1)
    for group in ("directive_dated", "directive_of", "date_skip", "place_word", "date_lead"):
        if hits := reading.hits_of(group, here):
            return hits[-1].end
    return None


def _of(reading: Reading, at: int) -> bool:
    """Tell whether 'of' leads to the phrase at `at`, whose own article may be part of it."""
    before = reading.hits_of("directive_of", Span(max(0, at - 3), at))
    return any(at <= hit.end <= at + 1 for hit in before)


def _day_at(reading: Reading, at: int) -> DateMention | None:
    days = [m for m in reading.within(reading.dates, Span(at, at + 1)) if m.period.grain == "day"]
    return days[0] if days else None


def _body_at(reading: Reading, at: int) -> tuple[str, int] | None:
    """Return the body that a phrase at `at` names as issuer, with its end; the longest wins, '6th plenum' counts."""
    if reading.words[at].isdigit() and at + 2 < len(reading.words):
        at += 2 if reading.gap(at) == "" else 1
    here = Span(at, at + 1)
    found = [(hit.end, hit.code) for hit in reading.hits_of("body", here) if not hit.loose]
    found += [(hit.end, hit.code) for hit in reading.hits_of("directive_issuer", here)]
    if not found:
        return None
    end, code = max(found)
    return code, end


def _before(reading: Reading, mention: Mention, window: Span) -> str | None:
    """Return the body right before the noun: the Government's Decree, National Assembly Resolution."""
    at = mention.start
    while at > window.start and reading.words[at - 1] in {"'", "’", "s"}:
        at -= 1
    near = Span(max(window.start, at - 8), at)
    found = [h for group in ("directive_issuer", "body") for h in reading.hits_of(group, near) if h.end == at]
    return found[0].code if found else None


def _verb(reading: Reading, mention: Mention, window: Span) -> Hit | None:
    """Return the last verb of issuing before the mention; 'has' only between a body and the document."""
    verbs = reading.hits_of("directive_issue", Span(window.start, mention.start))
    fitting = [hit for hit in verbs if hit.code == "issue" or _owns(reading, hit, mention)]
    return fitting[-1] if fitting else None


def _owns(reading: Reading, verb: Hit, mention: Mention) -> bool:
    """Tell whether a body, if need be with the name of its place, stands right before 'has'."""
    near = Span(max(0, verb.start - 2 * _NEAR), verb.start)
    bodies = [*reading.hits_of("body", near), *reading.hits_of("directive_issuer", near)]
    return verb.end == mention.start and any(_named(reading, hit.end, verb.start) for hit in bodies)


def _named(reading: Reading, start: int, end: int) -> bool:
    return start <= end <= start + 4 and all(word[0].isupper() for word in reading.words[start:end])


def _subject(reading: Reading, mention: Mention, window: Span, verb: Hit | None) -> str | None:
    """Return the body that issues: before the verb, or after 'by Decision 12,'."""
    if verb and mention.start - verb.end <= 2 * _NEAR:
        before = Span(window.start, verb.start)
        subjects = [*reading.hits_of("body", before), *reading.hits_of("directive_issuer", before)]
        if subjects:
            last = max(subjects, key=lambda hit: (hit.end, hit.end - hit.start, hit.group == "directive_issuer"))
            return last.code
    if _by(reading, mention) and mention.end < window.end and reading.words[mention.end] == ",":
        for at in range(mention.end + 1, min(mention.end + 4, window.end)):
            if body := _body_at(reading, at):
                return body[0]
    return None


def _by(reading: Reading, mention: Mention) -> bool:
    near = Span(max(0, mention.start - 3), mention.start)
    return any(hit.end == mention.start for hit in reading.hits_of("directive_by", near))


def _dated_before(reading: Reading, mention: Mention, window: Span) -> DateMention | None:
    """Return the day of 'On 8 October, by Decision 12'."""
    if not _by(reading, mention):
        return None
    days = _days(reading, Span(max(window.start, mention.start - 2 * _NEAR), mention.start))
    return days[-1] if days else None


def _day_of_act(reading: Reading, mention: Mention, window: Span, verb: Hit) -> DateMention | None:
    """Return the day on which the verb says that the document was issued."""
    if mention.start - verb.end > 2 * _NEAR:
        return None
    days = _days(reading, Span(window.start, mention.start))
    return days[-1] if days else None


def _days(reading: Reading, span: Span) -> list[DateMention]:
    return [m for m in reading.within(reading.dates, span) if m.period.grain == "day" and m.cue is None]


def _title(reading: Reading, at: int, window: Span) -> str | None:
    """Return the title in quotes, or what follows 'on' up to the next stop."""
    if at >= window.end:
        return None
    words = reading.words
    start = at
    if hits := reading.hits_of("directive_about", Span(at, at + 1)):
        start = hits[-1].end
    if start < window.end and words[start] in _QUOTES:
        close = _QUOTES[words[start]]
        for end in range(start + 1, min(start + _TITLE, window.end)):
            if words[end] == close:
                return _text(reading, start + 1, end)
    if start == at:
        return None
    end = start
    while end < min(start + _TITLE, window.end) and words[end] not in {",", ";", ".", "(", ")", ":"}:
        end += 1
    return _text(reading, start, end)


def _text(reading: Reading, start: int, end: int) -> str | None:
    return " ".join(reading.text(Span(start, end)).split()) or None
