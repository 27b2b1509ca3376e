"""The records that stages exchange: frozen dataclasses, the same names in Python, Parquet and JSON.

Offsets are in characters of `Article.text`, half open. Dates are ISO 8601 strings (`2025-06-30`). Every fact names the
article, the span and the rule that it comes from.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from typing import Any, Self

#: Strings of at most so many characters are kept once, however often they stand.
_SHORT = 80


class Record:
    """Conversion that all records share."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return a plain dictionary; tuples become lists, nested records dictionaries."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}  # type: ignore[attr-defined]

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """Build the record from `to_dict`'s result; unknown keys are refused with a TypeError."""
        return cls(**{key: _held(value) for key, value in values.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.to_dict() if isinstance(value, Record) else value


def _held(value: Any) -> Any:
    if isinstance(value, str):
        # Names, codes and rules come back many thousand times.
        return sys.intern(value) if len(value) <= _SHORT else value
    if isinstance(value, list):
        return tuple(_held(item) for item in value)
    return Block.from_dict(value) if isinstance(value, dict) else value


def content_id(*parts: str) -> str:
    """Return a short stable id of `parts`; the parts are kept apart, so ("ab", "c") differs from ("a", "bc")."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Block(Record):
    """A part of an article's text: kind is heading, lead, paragraph, list, quote, table, caption or noise.

    `credit` is the span of a caption's photo credit; `marks` tell what translation or the site's software did to it.
    """

    kind: str
    language: str | None
    start: int
    end: int
    credit: tuple[int, int] | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article(Record):
    """One article: its text unchanged and what is known about it.

    `id` is the file's name without its ending (made unique within a corpus), `source` where it was read,
    `digest` the SHA-256 of the text, `published` and `modified` ISO dates or None, `date_clue` what told `published`,
    `province` that of the outlet, `editions` the language and address of each edition, `fetched`
    the moment when the page was fetched, in UTC.
    """

    id: str
    text: str
    language: str | None = None
    source: str = ""
    url: str | None = None
    site: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    blocks: tuple[Block, ...] = ()
    digest: str = ""
    modified: str | None = None
    date_clue: str | None = None
    province: str | None = None
    editions: tuple[tuple[str, str], ...] = ()
    fetched: str | None = None


@dataclass(frozen=True, slots=True)
class Failure(Record):
    """A source that could not be read or an article that could not be processed: what, where and what to do."""

    source: str
    stage: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Official(Record):
    """A person whom an article names; `name` is the fullest form, `names` all forms, `mentions` their spans."""

    article: str
    name: str
    start: int
    end: int
    rule: str
    names: tuple[str, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Position(Record):
    """A post that an article gives to a person.

    `role` and `body` are codes, `place` the province's Vietnamese name or None for a central post, `modifier` former,
    acting or None, `reason` why this place was taken.
    """

    article: str
    person: str
    role: str
    body: str | None
    place: str | None
    start: int
    end: int
    rule: str
    modifier: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Directive(Record):
    """A numbered document under its canonical id, or under kind and number where the article gives no more.

    `series` is state, party, assembly or None; `level` central, provincial, local or None; `mentions` the spans.
    """

    article: str
    id: str
    type: str
    issuer: str | None
    issued: str | None
    start: int
    end: int
    rule: str
    number: str = ""
    year: int | None = None
    series: str | None = None
    level: str | None = None
    place: str | None = None
    title: str | None = None
    mentions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure(Record):
    """A number with a meaning for policy.

    `value` is in base units (4 800 milliards is 4.8e12); `of` the denominator; `unit` percent, money, point, count or
    other, with the word in `measure` (VND, ha, tasks); `kind` target, result, change, rank or scope; `date` the
    deadline or the end of the period, `grain` its precision; `part_of` the span of the whole that it is a part of.
    """

    article: str
    start: int
    end: int
    text: str
    value: float
    of: float | None
    unit: str
    comparator: str
    kind: str
    rule: str
    date: str | None = None
    grain: str | None = None
    place: str | None = None
    measure: str | None = None
    indicator: str | None = None
    body: str | None = None
    directive: str | None = None
    part_of: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Instruction(Record):
    """A sentence in which `issuer` (a person's name, or a body's code) tells someone to do something.

    `strength` runs from 1 (propose) to 6 (order).
    """

    article: str
    start: int
    end: int
    issuer: str
    act: str
    rule: str
    strength: int = 0
    deadline: str | None = None
    addressees: tuple[str, ...] = ()
    content: str | None = None
    directive: str | None = None


@dataclass(frozen=True, slots=True)
class Participation(Record):
    """A person's part (chair, attend or speak) in the event that the article reports."""

    article: str
    person: str
    part: str
    place: str | None
    start: int
    end: int
    rule: str
    event: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Facts(Record):
    """All facts of one article."""

    article: str
    language: str | None
    officials: tuple[Official, ...] = ()
    positions: tuple[Position, ...] = ()
    directives: tuple[Directive, ...] = ()
    figures: tuple[Figure, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    participations: tuple[Participation, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity(Record):
    """A thing of the world: `kind` official, body, place or directive; `members` are (article, name) pairs."""

    id: str
    kind: str
    name: str
    names: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Copy(Record):
    """Two articles that are copies of one another: `first` is the one published first, else the lesser id.

    `kind` is same (all words), near (one paper), syndicated (two papers) or version (of one page: `first` is the
    last); `similarity` is the share of runs of three words that both have among those that either has (Jaccard).
    """

    first: str
    second: str
    kind: str
    similarity: float


#: The kinds of facts of an article, in the order of the contract, with their record.
FACT_KINDS: dict[str, type[Record]] = {
    "officials": Official,
    "positions": Position,
    "directives": Directive,
    "figures": Figure,
    "instructions": Instruction,
    "participations": Participation,
}
