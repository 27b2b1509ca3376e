"""What the components learn about one article: a `Reading`, carried by the spaCy Doc.

The Doc holds the article's words without its white space, so that a phrase matches across double spaces and hard line
breaks; the Reading maps every token to its place in `Article.text`, which is never changed. Spans of tokens are half
open pairs of indices into `Reading.words`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from spacy.tokens import Doc

from miner.dates import Period
from miner.extract.spans import Hit as Hit
from miner.extract.spans import Hits, Match
from miner.extract.spans import Span as Span
from miner.records import Article, Directive, Figure, Instruction, Participation

_KEY = "miner"
_start = attrgetter("start")


@dataclass(slots=True)
class BlockSpan(Span):
    """A block of the article: kind heading, paragraph, caption, list, quote or noise; language is never None."""

    kind: str
    language: str


@dataclass(slots=True)
class Sentence(Span):
    """A sentence; it lies within block number `block`."""

    block: int
    language: str
    kind: str


@dataclass(slots=True)
class DateMention(Span):
    """A date or period; `cue` is by, before, until, since, from or None; `complete` if its year is written there."""

    period: Period
    cue: str | None
    complete: bool


@dataclass(slots=True)
class PlaceMention(Span):
    """A province (its Vietnamese name) or ``Vietnam``."""

    place: str


@dataclass(slots=True)
class Person:
    """One person of the article: `name` is the fullest form."""

    name: str
    mentions: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class PersonMention(Span):
    """A mention of a person by full or short name."""

    person: Person


@dataclass(slots=True)
class Post(Span):
    """A mention of a post; `holder` is the person it is given to, or whom the office stands for.

    `named` is True where the text joins post and name (a position), False where the office stands alone.
    """

    role: str
    body: str | None
    place: str | None
    rule: str
    holder: Person | None = None
    modifier: str | None = None
    named: bool = False
    reason: str = ""


@dataclass(slots=True)
class Actor(Span):
    """Whoever can act in a sentence: a person (by name, office or pronoun) or a body (code).

    `kind` is name, office, pronoun or body.
    """

    kind: str
    person: Person | None
    body: str | None
    place: str | None = None


@dataclass(slots=True)
class Utterance(Span):
    """A verb of speech: `act` is order, assign, request, urge, propose, stress, report or praise.

    `needs` names what must follow for a demand (modal, complement, or nothing); `speaker` is None where the sentence
    names none; `own` is False where the speaker was taken from the verb before; `loose` where the word is also a noun.
    """

    act: str
    needs: str
    speaker: Actor | None
    own: bool = True
    loose: bool = False


@dataclass(slots=True)
class Note:
    """A step of the reasoning, for ``miner explain``: what a component matched or refused, and why."""

    component: str
    start: int
    end: int
    verdict: str
    rule: str
    detail: str


@dataclass(slots=True)
class Reading:
    """The annotations of one article, filled by the components in their order."""

    article: Article
    words: list[str]
    starts: list[int]
    ends: list[int]
    norms: list[str]
    capitals: list[int]
    digits: list[int]
    blocks: list[BlockSpan]
    sentences: list[Sentence] = field(default_factory=list)
    hits: Hits = field(default_factory=Hits)
    covers: dict[tuple[str, ...], Any] = field(default_factory=dict)
    dates: list[DateMention] = field(default_factory=list)
    numbers: list[Any] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    home: str | None = None
    home_reason: str = ""
    year: int | None = None
    day: date | None = None
    bodies: list[Hit] = field(default_factory=list)
    persons: list[PersonMention] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    utterances: list[Utterance] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    directive_spans: list[Span] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    instructions: list[Instruction] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    notes: list[Note] | None = None
    _sentence_starts: list[int] = field(default_factory=list)
    _block_starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, doc: Doc) -> Reading:
        """Return the reading that `doc` carries."""
        reading: Reading = doc.user_data[_KEY]
        return reading

    def attach(self, doc: Doc) -> Doc:
        """Let `doc` carry this reading."""
        doc.user_data[_KEY] = self
        return doc

    def text(self, span: Span) -> str:
        """Return the article's text of a token span, as written."""
        return self.article.text[self.starts[span.start] : self.ends[span.end - 1]] if span.end > span.start else ""

    def chars(self, span: Span) -> tuple[int, int]:
        """Return the character offsets [start, end) of a token span in the article's text."""
        return self.starts[span.start], self.ends[span.end - 1]

    def token_at(self, offset: int) -> int:
        """Return the index of the first token that ends after character `offset`."""
        return bisect_right(self.ends, offset)

    def hits_of(self, group: str, span: Span | None = None) -> list[Hit]:
        """Return the hits of a group that start within `span` (all of them without one), in order of the text."""
        found = self.hits.groups[group]
        if span is None:
            return found.all()
        starts, end = found.starts, span.end
        if not starts:
            return []
        first = bisect_left(starts, span.start)
        if first == len(starts) or starts[first] >= end:
            return []
        return found.slice(first, bisect_left(starts, end, first))

    def end_at(self, group: str, token: int) -> int | None:
        """Return the token after the hit of a group that begins at `token`, None if none begins there."""
        match = self.hits.begins[group].get(token)
        return match and match[1]

    def starts_of(self, group: str, span: Span) -> list[int]:
        """Return the first tokens of the hits that `hits_of` returns."""
        starts = self.hits.groups[group].starts
        first = bisect_left(starts, span.start)
        return starts[first : bisect_left(starts, span.end, first)]

    def matches_of(self, group: str, span: Span) -> list[Match]:
        """Return the hits that `hits_of` returns as (start, end, form): cheaper where only their bounds are asked."""
        found = self.hits.groups[group]
        first = bisect_left(found.starts, span.start)
        return found.matches[first : bisect_left(found.starts, span.end, first)]

    def capitals_in(self, span: Span) -> list[int]:
        """Return the tokens of a span that begin with a capital."""
        first = bisect_left(self.capitals, span.start)
        return self.capitals[first : bisect_left(self.capitals, span.end, first)]

    def digits_in(self, span: Span) -> list[int]:
        """Return the tokens of a span that begin with a digit."""
        first = bisect_left(self.digits, span.start)
        return self.digits[first : bisect_left(self.digits, span.end, first)]

    def within(self, mentions: list[Any], span: Span) -> list[Any]:
        """Return those of `mentions` (sorted by start) that start within `span`."""
        first = bisect_left(mentions, span.start, key=_start)
        if first == len(mentions) or mentions[first].start >= span.end:
            return []
        return mentions[first : bisect_left(mentions, span.end, first, key=_start)]

    def sentence_of(self, token: int) -> Sentence:
        """Return the sentence that holds `token`."""
        if len(self._sentence_starts) != len(self.sentences):
            self._sentence_starts = [sentence.start for sentence in self.sentences]
        return self.sentences[bisect_right(self._sentence_starts, token) - 1]

    def block_of(self, token: int) -> BlockSpan:
        """Return the block that holds `token`."""
        if len(self._block_starts) != len(self.blocks):
            self._block_starts = [block.start for block in self.blocks]
        return self.blocks[bisect_right(self._block_starts, token) - 1]

    def gap(self, token: int) -> str:
        """Return the white space between `token` and the next one."""
        last = token + 1 >= len(self.words)
        return "" if last else self.article.text[self.ends[token] : self.starts[token + 1]]

    def note(self, component: str, span: Span, verdict: str, rule: str, detail: str = "") -> None:
        """Keep a step of the reasoning if anybody asked for it; verdict is matched, refused or derived."""
        if self.notes is not None:
            self.notes.append(Note(component, span.start, span.end, verdict, rule, detail))
