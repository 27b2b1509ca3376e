"""Spans of tokens, and the hits of the lexicon by group."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from operator import itemgetter

from miner.lexicon import Form


@dataclass(slots=True)
class Span:
    """A span of tokens [start, end)."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a token."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(slots=True)
class Hit(Span):
    """A form of the lexicon found in the text."""

    group: str
    code: str
    form: str
    loose: bool


#: A form at its tokens [start, end).
Match = tuple[int, int, Form]
#: Matches by group, in order of the text.
Matches = dict[str, list[Match]]
_START, _END = itemgetter(0), itemgetter(1)


class Hits:
    """The hits of an article by group; only groups that are asked for are put in order.

    `groups`, `begins` and `finishes` know every group; one without hits is empty there.
    """

    def __init__(self, words: Matches | None = None, phrases: Matches | None = None) -> None:
        self.groups = _Groups(words or {}, phrases or {})
        self.begins = _Begins(self.groups)
        self.finishes = _Finishes(self.groups)

    def names(self) -> list[str]:
        """Return the groups that have hits."""
        return sorted({*self.groups.words, *self.groups.phrases})


class GroupHits:
    """The hits of one group in order of the text; `Hit` objects are made where one is asked for."""

    __slots__ = ("_hits", "matches", "starts")

    def __init__(self, words: list[Match], phrases: list[Match]) -> None:
        self.matches = _together(words, longest(phrases)) if phrases else words
        self.starts = list(map(_START, self.matches))
        self._hits: list[Hit] | None = None

    def all(self) -> list[Hit]:
        """Return all hits."""
        if self._hits is None:
            self._hits = list(map(hit_of, self.matches))
        return self._hits

    def slice(self, first: int, last: int) -> list[Hit]:
        """Return the hits of these numbers."""
        return list(map(hit_of, self.matches[first:last])) if self._hits is None else self._hits[first:last]


#: The hits of every group that has none.
_NONE = GroupHits([], [])


class _Groups(dict[str, GroupHits]):
    def __init__(self, words: Matches, phrases: Matches) -> None:
        self.words, self.phrases = words, phrases

    def __missing__(self, group: str) -> GroupHits:
        words, phrases = self.words.get(group, []), self.phrases.get(group, [])
        made = self[group] = GroupHits(words, phrases) if words or phrases else _NONE
        return made


class _Begins(dict[str, dict[int, Match]]):
    """The matches of each group by their first token."""

    def __init__(self, groups: _Groups) -> None:
        self._groups = groups

    def __missing__(self, group: str) -> dict[int, Match]:
        found = self._groups[group]
        made = self[group] = dict(zip(reversed(found.starts), reversed(found.matches), strict=True))
        return made


class _Finishes(dict[str, dict[int, Match]]):
    """The matches of each group by the token after them."""

    def __init__(self, groups: _Groups) -> None:
        self._groups = groups

    def __missing__(self, group: str) -> dict[int, Match]:
        matches = self._groups[group].matches[::-1]
        made = self[group] = dict(zip(map(_END, matches), matches, strict=True))
        return made


def hit_of(match: Match) -> Hit:
    """Return a match as a hit."""
    start, end, form = match
    return Hit(start, end, form.group, form.code, form.text, form.loose)


def _together(words: list[Match], phrases: list[Match]) -> list[Match]:
    """Return phrases, and words outside them, in order of the text."""
    starts = list(map(_START, words))
    found: list[Match] = []
    at = 0
    for phrase in phrases:
        first = bisect_left(starts, phrase[0], at)
        found += words[at:first]
        found.append(phrase)
        at = bisect_left(starts, phrase[1], first)
    return found + words[at:]


def longest(matches: list[Match]) -> list[Match]:
    """Return the matches that no longer one of the list overlaps; the list and the result are in order of the text.

    Matches of the same span are kept once for each code: the component that asks decides.
    """
    kept: list[Match] = []
    first = end = 0
    for match in matches:
        if match[0] >= end:
            if len(kept) - first > 1:
                kept[first:] = _settled(kept[first:])
            first = len(kept)
        kept.append(match)
        if match[1] > end:
            end = match[1]
    kept[first:] = _settled(kept[first:])
    return kept


def _settled(matches: list[Match]) -> list[Match]:
    """Settle a run of overlapping matches."""
    if len(matches) < 2:
        return matches
    bounds = (matches[0][0], max(match[1] for match in matches))
    whole = [match for match in matches if match[:2] == bounds]
    if len(whole) == 1:
        return whole
    once = {(start, end, form.code): (start, end, form) for start, end, form in sorted(whole or matches, key=_firm)}
    kept: list[Match] = []
    taken: dict[int, tuple[int, int]] = {}
    for start, end, form in sorted(once.values(), key=lambda m: (m[0] - m[1], m[0], m[2].loose)):
        span = (start, end)
        if all(taken.get(token, span) == span for token in range(start, end)):
            kept.append((start, end, form))
            taken.update(dict.fromkeys(range(start, end), span))
    return sorted(kept, key=lambda m: (m[0], m[1], m[2].loose))


def _firm(match: Match) -> bool:
    return not match[2].loose
