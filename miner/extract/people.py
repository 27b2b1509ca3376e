"""Which mentions are one person: the fullest name of each, short forms linked to it, bylines left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from miner.extract.names import is_syllable
from miner.extract.reading import Person, PersonMention, Reading, Span
from miner.extract.runs import is_upper
from miner.extract.surroundings import Surroundings
from miner.lexicon import load_lexicon
from miner.text import has_diacritics

_ENOUGH = 3
_STRAIGHT = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'"))
_JOINS = {",", "&", ";"}
_LISTS = {",", "-", "–", "—", "/"}


@dataclass(slots=True)
class Candidate(Span):
    """A possible name: `points` of evidence, whether a title or post supports it, whether it is a
    `whole` name and not a given name alone, why it is refused (or ''), whether it is a `place`."""

    folded: str
    size: int
    upper: bool
    points: int = 0
    supported: bool = False
    whole: bool = True
    blocked: str = ""
    place: bool = False


def link_people(reading: Reading, candidates: list[Candidate], around: Surroundings) -> list[PersonMention]:
    """Decide among the candidates and return the mentions of persons, in order of the text."""
    _refuse_bylines(reading, candidates, around)
    _trim(candidates)
    _spread_support(reading, candidates)
    _spread_refusal(reading, candidates)
    known = {c.folded for c in candidates if c.points >= _ENOUGH and not c.blocked and not c.upper and c.whole}
    full = [c for c in candidates if not c.blocked and c.whole and (c.folded in known or _proven(c))]
    for candidate in candidates if reading.notes is not None else ():
        verdict = "matched" if candidate in full else "refused"
        reading.note("persons", candidate, verdict, "person.full", candidate.blocked or f"points {candidate.points}")
    mentions = _full_mentions(reading, full)
    mentions += _short_mentions(reading, candidates, mentions, around)
    return sorted(mentions, key=lambda m: m.start)


def _proven(candidate: Candidate) -> bool:
    return candidate.points >= _ENOUGH and (candidate.supported or not candidate.upper)


def _refuse_bylines(reading: Reading, candidates: list[Candidate], around: Surroundings) -> None:
    """A sentence of nothing but names, dates and outlets is a byline."""
    for candidate in candidates:
        sentence = reading.sentence_of(candidate.start)
        words = reading.words[sentence.start : sentence.end]
        if candidate.blocked or not all(word[0].isupper() for word in words if word[0].isalpha()):
            continue
        tokens = range(sentence.start, sentence.end)
        if not any(k in around.offices.starts or k in around.titles.starts for k in tokens):
            candidate.blocked = "a byline"


def _trim(candidates: list[Candidate]) -> None:
    """Cut a name that runs on into the next words back to a name that stands elsewhere on its own."""
    proven = [c.folded for c in candidates if not c.upper and c.points >= _ENOUGH and c.size > 1]
    alone = Counter(proven)
    for candidate in candidates:
        if candidate.upper and candidate.folded not in alone:
            _cut(candidate, alone, 3)
        elif candidate.size > 3 and alone[candidate.folded] < 2:
            _cut(candidate, alone, candidate.size)


def _cut(candidate: Candidate, alone: Counter[str], default: int) -> None:
    syllables = candidate.folded.split()
    sizes = range(len(syllables) - 1, 1, -1)
    size = next((k for k in sizes if " ".join(syllables[:k]) in alone), min(default, candidate.size))
    candidate.end -= candidate.size - size
    candidate.folded, candidate.size = " ".join(syllables[:size]), size


def _spread_support(reading: Reading, candidates: list[Candidate]) -> None:
    """Let a title or post speak for the names joined to its own: 'vice-présidents A et B'."""
    ordered = sorted(candidates, key=lambda c: c.start)
    ands = {hit.start for hit in reading.hits_of("post_and")}
    for first, second in [*pairwise(ordered), *pairwise(reversed(ordered))]:
        gap = range(min(first.end, second.end), max(first.start, second.start))
        joined = 0 < len(gap) <= 2 and all(reading.words[k] in _JOINS or k in ands for k in gap)
        if joined and first.supported and not first.blocked and not second.supported:
            second.supported = True
            second.points += 2


def _spread_refusal(reading: Reading, candidates: list[Candidate]) -> None:
    """Let a street or commune speak for the same name elsewhere and for those listed after it: 'các xã A, B và C'."""
    supported = {c.folded for c in candidates if c.supported}
    places = {c.folded: c.blocked for c in candidates if c.place and c.folded not in supported}
    for candidate in candidates:
        if not candidate.blocked and candidate.folded in places:
            candidate.blocked, candidate.place = places[candidate.folded], True
    ands = {hit.start for hit in reading.hits_of("post_and")}
    for first, second in pairwise(sorted(candidates, key=lambda c: c.start)):
        gap = range(first.end, second.start)
        joined = len(gap) == 1 and (reading.words[gap[0]] in _LISTS or gap[0] in ands)
        if first.place and joined and not second.blocked and second.folded not in supported:
            second.blocked, second.place = first.blocked, True


def _full_mentions(reading: Reading, full: list[Candidate]) -> list[PersonMention]:
    people: dict[str, Person] = {}
    spellings: dict[str, Counter[str]] = {}
    mentions = []
    for candidate in full:
        person = people.setdefault(candidate.folded, Person(""))
        mentions.append(PersonMention(candidate.start, candidate.end, person))
        person.mentions.append(candidate)
        own = reading.block_of(candidate.start).language == reading.article.language
        spellings.setdefault(candidate.folded, Counter())[_name(reading, candidate)] += 1000 * own + 1 - candidate.upper
    for folded, person in people.items():
        counts = spellings[folded]
        person.name = max(counts, key=lambda name: (counts[name], name))
    return _merge_suffixes(people, mentions)


def _name(reading: Reading, span: Span) -> str:
    name = " ".join(reading.text(span).translate(_STRAIGHT).split())
    return name.title() if name.isupper() and len(name) > 4 else name


def _is_short(folded: str, full: str) -> bool:
    """Tell 'Hồng Sẻ' of 'Lê Hồng Sẻ', and 'Y Te' of 'Y Te Bkrông', where the clan stands last."""
    clan_last = len(folded.split()[0]) == 1 and full.startswith(folded + " ")
    return full.endswith(" " + folded) or clan_last


def _merge_suffixes(people: dict[str, Person], mentions: list[PersonMention]) -> list[PersonMention]:
    """Make a short form one with the only full name that it fits."""
    for folded, person in people.items():
        longer = [full for full in people if _is_short(folded, full)]
        if len(longer) == 1:
            for mention in mentions:
                if mention.person is person:
                    mention.person = people[longer[0]]
                    people[longer[0]].mentions.append(Span(mention.start, mention.end))
    return mentions


def _short_mentions(
    reading: Reading, candidates: list[Candidate], full: list[PersonMention], around: Surroundings
) -> list[PersonMention]:
    """Link 'Mr. Binh' and 'Bình said' to the person last named so; a title alone makes a person known so."""
    taken = {token for m in full for token in range(m.start, m.end)}
    taken |= {token for c in candidates if c.blocked and c.whole for token in range(c.start, c.end)}
    mentions: list[PersonMention] = []
    newcomers: dict[str, Person] = {}
    given = {norm for m in full for norm in reading.norms[m.start + 1 : m.end]}
    for token in reading.capitals:
        if token in taken or len(reading.words[token]) < 2:
            continue
        titled = around.honorific_before(token)
        if not (titled or reading.norms[token] in given):
            continue
        if short := _short(reading, token, taken, given, around):
            office = titled or around.office_before(token)
            person = _latest(reading, short, full)
            if (
                person is None
                and titled
                and not _is_listed(reading, short)
                and not is_upper(reading, reading.sentence_of(token))
            ):
                person = _newcomer(reading, short, newcomers)
            if person and (office or _may_stand_alone(reading, short, around)):
                person.mentions.append(short)
                mentions.append(PersonMention(short.start, short.end, person))
                taken.update(range(short.start, short.end))
    return mentions


def _is_listed(reading: Reading, short: Span) -> bool:
    """Tell the lake 'Ông Kinh' in a list of names from Mr. Kinh."""
    before = reading.words[max(0, short.start - 2) : short.start]
    vietnamese = load_lexicon(reading.block_of(short.start).language).strict_diacritics
    return vietnamese and len(before) == 2 and before[0] in _JOINS and before[1][0].isupper()


def _short(reading: Reading, token: int, taken: set[int], given: set[str], around: Surroundings) -> Span | None:
    end = token
    limit = reading.block_of(token).end
    while end < min(limit, token + 2) and reading.words[end][0].isupper() and end not in taken:
        if end in around.offices.starts or end in around.titles.starts or end in around.places.starts:
            break
        known = is_syllable(reading.norms[end]) or reading.norms[end] in given
        if not known or len(reading.words[end]) < 2:
            break
        end += 1
    follows = end < limit and reading.words[end][0].isupper() and reading.gap(end - 1) != ""
    blocked = end > token and (around.blocked_before(token) or around.blocked_after(end))
    covers = (around.bodies, around.places, around.glue)
    inside = any(token in cover.inside for cover in covers) and not _is_titled_country(token, around)
    inside = inside or around.credited(Span(token, end))
    inside = inside or around.named_before(token)
    return None if end == token or blocked or inside or (follows and end - token == 2) else Span(token, end)


def _is_titled_country(token: int, around: Surroundings) -> bool:
    """Tell Mr. Đức from the country Đức: an honorific stands before the given name."""
    hit = around.bodies.inside.get(token)
    return hit is not None and hit.group == "post_country" and around.honorific_before(token)


def _latest(reading: Reading, short: Span, full: list[PersonMention]) -> Person | None:
    folded = " ".join(reading.norms[short.start : short.end])
    before = [m for m in full if m.start < short.start] or full
    for mention in reversed(before):
        syllables = " ".join(reading.norms[mention.start : mention.end])
        if syllables.endswith(" " + folded):
            return mention.person
    return None


def _may_stand_alone(reading: Reading, short: Span, around: Surroundings) -> bool:
    """Tell whether a bare given name is one: the language writes them so, and it is no frequent word."""
    settings = load_lexicon(reading.block_of(short.start).language).settings
    particle = short.start in around.particles and not has_diacritics(reading.words[short.start])
    return settings.get("given_name_alone") == "true" and not particle


def _newcomer(reading: Reading, short: Span, newcomers: dict[str, Person]) -> Person:
    folded = " ".join(reading.norms[short.start : short.end])
    return newcomers.setdefault(folded, Person(_name(reading, short)))
