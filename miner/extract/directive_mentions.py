"""Where a text speaks of numbered documents: full symbols, short forms (Resolution 57), lists of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from miner.directive_numbers import DirectiveNumber, match_number, padded, plain
from miner.extract.reading import Hit, Reading, Sentence, Span

#: How many tokens a symbol can have, and how far before it its noun may stand (Law on Residence No. 68/2020/QH14).
_SYMBOL = 24
_NOUN = 10
_STOPS = {".", ";", ":", "(", ")", "!", "?", "“", "”", '"'}
_JOINS = {",", ";"}
_SEPARATORS = {"/", "-", "–", "—", "‑", "−", "‐", "⁄", "∕", "／", "_"}
#: What a symbol holds beside letters and digits, and the signs that join its parts. Any other character ends it, as
#: does one gap more than those after its number, year and type without a sign.
_SIGNS = frozenset("/-.&?")
_HINGES = frozenset("/-")
_GAPS = 3
#: Types under whose nouns an organ alone after the number (06/CP) is press shorthand, no symbol.
_SHORTHAND = {"project", "programme"}


@dataclass(slots=True)
class Mention(Span):
    """A document at one place: `kind` is the type that its noun means, `number` its symbol if one stands there.

    `short` is the bare number, padded; `organ` the body behind a shorthand like 06/CP.
    """

    kind: str | None
    short: str
    number: DirectiveNumber | None
    rule: str
    organ: str | None = None


def find_mentions(reading: Reading) -> list[Mention]:
    """Return all mentions in order of the text; they do not overlap."""
    found: list[Mention] = []
    for sentence in reading.sentences:
        found += _in_sentence(reading, sentence)
    return found


def find_references(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Return where the text points back to a document by its kind alone: this decision, ladite dépêche."""
    found = []
    for noun in reading.hits_of("directive_type"):
        before = reading.hits_of("directive_this", Span(max(0, noun.start - 3), noun.start))
        after = reading.hits_of("directive_this", Span(noun.end, noun.end + 1))
        pointed = [h for h in before if h.code == "before" and h.end == noun.start]
        pointed += [h for h in after if h.code == "after"]
        if pointed and not any(mention.overlaps(noun) for mention in mentions):
            found.append(Mention(noun.start, noun.end, noun.code, "", None, "reference"))
    return found


def _in_sentence(reading: Reading, sentence: Sentence) -> list[Mention]:
    nouns = {hit.end: hit for hit in reading.hits_of("directive_type", sentence)}
    numbers = {hit.end: hit for hit in reading.hits_of("directive_number_word", sentence)}
    found: list[Mention] = []
    at = sentence.start
    for i in _anchors(reading, sentence, nouns, numbers):
        if i < at:
            continue
        mention = _at(reading, sentence, i, nouns, numbers, at)
        if mention:
            items = [mention, *_rest_of_list(reading, sentence, mention)]
            found += _shared(items)
            at = items[-1].end
    return found


def _anchors(reading: Reading, sentence: Sentence, nouns: dict[int, Hit], numbers: dict[int, Hit]) -> list[int]:
    return sorted({*reading.digits_in(sentence), *(i for i in (*nouns, *numbers) if i < sentence.end)})


def _at(
    reading: Reading, sentence: Sentence, i: int, nouns: dict[int, Hit], numbers: dict[int, Hit], floor: int
) -> Mention | None:
    """Return the document whose number starts at token `i`."""
    word = numbers.get(i)
    before = word.start if word else i
    noun = nouns.get(before)
    if not _begins_well(reading, i, word is not None or noun is not None):
        return None
    numbered = word is not None or noun is not None
    if (numbered or _goes_on(reading, sentence, i)) and (
        matched := symbol_at(reading, i, sentence.end, numbered=numbered)
    ):
        number, end = matched
        noun = noun or _noun_before(reading, nouns, before, max(sentence.start, floor))
        start = noun.start if noun else before
        return _full(reading, start, end, noun, number)
    if noun is None:
        return None
    if not _short_number(reading, sentence, i, noun, word is not None):
        _refuse(reading, noun, i, sentence)
        return None
    text, end = _bare(reading, i, sentence.end)
    return Mention(noun.start, end, noun.code, text, None, "short")


def _refuse(reading: Reading, noun: Hit, i: int, sentence: Sentence) -> None:
    if i < sentence.end and reading.words[i].isdigit():
        rule = f"{sentence.language}.directives.short"
        reading.note("directives", Span(noun.start, i + 1), "refused", rule, "the number counts, dates or goes on")


def _goes_on(reading: Reading, sentence: Sentence, i: int) -> bool:
    """Tell whether a separator or a capital follows a number soon, as in a symbol."""
    following = reading.words[i + 1 : min(i + 4, sentence.end)]
    return any(word in _SEPARATORS or word[0].isupper() for word in following[:1]) or any(
        word in _SEPARATORS for word in following
    )


def _full(reading: Reading, start: int, end: int, noun: Hit | None, number: DirectiveNumber) -> Mention:
    kind = noun.code if noun else None
    if kind in _SHORTHAND and not number.code and len(number.orgs) == 1:
        return Mention(start, end, kind, number.number, None, "shorthand", number.body)
    return Mention(start, end, kind, number.number, number, "symbol")


def symbol_at(reading: Reading, i: int, stop: int, *, numbered: bool) -> tuple[DirectiveNumber, int] | None:
    """Return the symbol that starts at token `i` with the token after it."""
    text, offsets, gaps = "", [], 0
    for k in range(i, min(stop, i + _SYMBOL)):
        word = plain(reading.words[k])
        offsets.append(len(text))
        text += word
        if not (word[0].isalnum() or word in _SIGNS):
            break
        if reading.gap(k):
            gaps += word not in _HINGES and plain(reading.words[k + 1]) not in _HINGES
            if gaps > _GAPS:
                break
            text += " "
    matched = match_number(text, numbered=numbered)
    if matched is None:
        return None
    number, length = matched
    return number, i + bisect_left(offsets, length)


def _begins_well(reading: Reading, i: int, numbered: bool) -> bool:
    """Tell whether a number at `i` is not the tail of a longer number, a plate or an address."""
    if i == 0 or reading.gap(i - 1):
        return True
    before = reading.words[i - 1]
    return numbered or not (before[0].isalnum() or before in {"/", "-", ".", ",", "_", "–"})


def _noun_before(reading: Reading, nouns: dict[int, Hit], at: int, floor: int) -> Hit | None:
    """Return the nearest noun before a symbol, with no stop between: Law on Residence No. 68/2020/QH14."""
    for k in range(at, max(floor, at - _NOUN), -1):
        if k in nouns and nouns[k].start >= floor:
            return nouns[k]
        if reading.words[k - 1] in _STOPS | {","}:
            return None
    return None


def _bare(reading: Reading, i: int, stop: int) -> tuple[str, int]:
    """Return the padded number at `i` with a letter glued to it (30a), and the token after it."""
    word = reading.words[i]
    glued = i + 1 < stop and not reading.gap(i) and len(reading.words[i + 1]) == 1 and reading.words[i + 1] in "abcdđ"
    return (padded(word + reading.words[i + 1]), i + 2) if glued else (padded(word), i + 1)


def _short_number(reading: Reading, sentence: Sentence, i: int, noun: Hit, numbered: bool) -> bool:
    """Tell whether the bare number after a noun is a document's: Resolution 57, but not a plan of 30 tasks."""
    word = reading.words[i] if i < sentence.end else ""
    if not (word.isascii() and word.isdigit() and len(word) <= 5) or not _ends_number(reading, sentence, i):
        return False
    if numbered:
        return True
    if noun.code in {"law", "other"} or (len(word) == 4 and 1930 <= int(word) <= 2099):
        return False
    if word[0] == "0":
        return True
    if len(word) == 1 or (reading.words[noun.start].islower() and not _sure(reading, noun)):
        return len(word) > 1 and _closes(reading, sentence, i + 1)
    return _sure(reading, noun) or noun.start > sentence.start or _closes(reading, sentence, i + 1)


def _sure(reading: Reading, noun: Hit) -> bool:
    return any(hit.end == noun.end for hit in reading.hits_of("directive_sure", noun))


def _ends_number(reading: Reading, sentence: Sentence, i: int) -> bool:
    """Tell whether the number at `i` ends there and counts nothing: no decimals, per cent, fraction, unit or noun."""
    after = reading.words[i + 1] if i + 1 < sentence.end else ""
    if after and not reading.gap(i):
        digits = i + 2 < sentence.end and not reading.gap(i + 1) and reading.words[i + 2][0].isdigit()
        if after == "%" or (after in {".", ",", "/", "-", ":"} and digits):
            return False
    here = Span(i + 1, i + 2)
    counted = any(
        h.start == i + 1 for group in ("date_counted", "date_head", "date_months") for h in reading.hits_of(group, here)
    )
    return after != "%" and not (counted and not _dated(reading, i + 1))


def _dated(reading: Reading, i: int) -> bool:
    """Tell whether a date begins at `i` (ngày 3/4, năm 2025), as after the number of a document."""
    return any(m.start == i for m in reading.within(reading.dates, Span(i, i + 1)))


def _closes(reading: Reading, sentence: Sentence, i: int) -> bool:
    """Tell whether what follows a bare number can follow a document: an end, its issuer, date or subject."""
    if i >= sentence.end or not reading.words[i][0].isalnum():
        return True
    here = Span(i, i + 1)
    groups = ("directive_of", "directive_dated", "directive_about", "date_and")
    return any(reading.hits_of(group, here) for group in groups) or _dated(reading, i)


def _rest_of_list(reading: Reading, sentence: Sentence, first: Mention) -> list[Mention]:
    """Return the further items of 'resolutions 57-NQ/TW, 59 and 66'."""
    found: list[Mention] = []
    at = first.end
    while (start := _after_join(reading, sentence, at)) and start < sentence.end:
        word = next((h for h in reading.hits_of("directive_number_word", Span(start, start + 1))), None)
        i = word.end if word else start
        if not reading.words[i : i + 1] or not reading.words[i][0].isdigit():
            break
        if matched := symbol_at(reading, i, sentence.end, numbered=True):
            found.append(Mention(start, matched[1], first.kind, matched[0].number, matched[0], "list"))
        elif _lists(reading, sentence, i):
            found.append(Mention(start, i + 1, first.kind, padded(reading.words[i]), None, "list"))
        else:
            break
        at = found[-1].end
    return found


def _after_join(reading: Reading, sentence: Sentence, at: int) -> int | None:
    i = at + 1 if at < sentence.end and reading.words[at] in _JOINS else at
    hits = [h for h in reading.hits_of("date_and", Span(i, min(i + 1, sentence.end))) if h.code == "and"]
    return hits[0].end if hits else i if i > at else None


def _lists(reading: Reading, sentence: Sentence, i: int) -> bool:
    """Tell whether a bare number goes on a list of documents rather than counting what follows."""
    word = reading.words[i]
    year = len(word) == 4 and 1930 <= int(word) <= 2099
    plain_end = len(word) <= 4 and not year and _ends_number(reading, sentence, i)
    return plain_end and not _dated(reading, i) and _closes(reading, sentence, i + 1)


def _shared(items: list[Mention]) -> list[Mention]:
    """Give the one symbol of a list to its bare numbers: 57, 59 and 66-NQ/TW."""
    symbols = [m.number for m in items if m.number]
    if len(symbols) == 1 and symbols[0].year is None and symbols[0].code:
        for mention in items:
            if mention.number is None:
                mention.number = replace(symbols[0], number=mention.short)
    return items
