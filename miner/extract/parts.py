"""Texts that hold several articles: where each begins, and the facts of all as one.

Saved pages, newsletters and database exports glue articles together. Each is read by itself, so that the people, the
province and the day of one never attach to the facts of another. An article begins with the headline above a dateline
(a short line with its full date, or a paragraph that opens with the paper's mark) or above a page that was flattened
to one line, with a crawler's date, or with the headline below the signature or the source of the one before.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from miner.block_cues import cues
from miner.blocks import split_blocks
from miner.extract.names import is_syllable
from miner.extract.plain import moved_by
from miner.records import Article, Block, Facts, Record
from miner.text import fold

_DAY = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b")
_YEAR, _CLOCK = re.compile(r"\b(?:19|20)\d\d\b"), re.compile(r"\b\d{1,2}[:hg]\d{2}\b")
_MARK = re.compile(
    r"\(?[A-ZĐ][\w.]{2,25}\)?\s?[-–]\s"
    r"|(?:[A-ZĐ][^\W\d_]*\s){1,4}\([A-Z]{2,8}(?:/[A-Z]{2,8})?\)\s?[-–—]\s"
)
#: What follows the last sentence of a paragraph: a signature set right behind it.
_TAIL = re.compile(r"(?:^|.*[.!?…”»\"]\s+)((?:[^.!?…”»\"]|(?<=\b[A-ZĐ])\.){2,40})$", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
#: A dateline has no more characters than this, a headline no more than that.
_SHORT, _HEADLINE = 120, 250
#: A line of so many characters is a page that lost its line breaks.
_FLAT = 2_500
#: Less text than this between two datelines is one article with two stamps (published, updated).
_LEAST = 600
#: So many lines above its opening an article may begin: a headline, and a lead or a line of the site.
_ABOVE = 2
_ENDS = frozenset({"caption", "noise", "list"})


def split_article(article: Article) -> list[tuple[int, Article]]:
    """Return the articles that a text holds, each with its offset: one for an ordinary text.

    Parameters
    ----------
    article : Article
        Its blocks are found if they are missing.

    Returns
    -------
    list of (int, Article)
        The offset of each part in the text, and the part as an article with the same id.
    """
    blocks = article.blocks or split_blocks(article.text, article.language)
    starts = _starts(article.text, blocks)
    if len(starts) < 2:
        return [(0, article if article.blocks else dataclasses.replace(article, blocks=blocks))]
    ends = [*starts[1:], len(article.text)]
    return [(start, _part(article, start, end)) for start, end in zip(starts, ends, strict=True)]


def _part(article: Article, start: int, end: int) -> Article:
    return dataclasses.replace(article, text=article.text[start:end], blocks=(), title=None, published=None)


def _starts(text: str, blocks: tuple[Block, ...]) -> list[int]:
    starts = [0]
    for i in _openings(text, blocks):
        start = blocks[i].start
        if start - starts[-1] >= _LEAST and len(text) - start >= _LEAST:
            starts.append(start)
    return starts


def _openings(text: str, blocks: tuple[Block, ...]) -> Iterator[int]:
    """Yield the first blocks of articles, some of them twice."""
    for i, block in enumerate(blocks):
        line = text[block.start : block.end]
        short = len(line) <= _SHORT and block.kind != "caption" and _is_short(text, block)
        marked = (
            block.kind == "paragraph"
            and (_MARK.match(line) or cues().site.match(line))
            and _is_short(text, blocks[i - 1])
        )
        if (short and _is_stamped(line)) or marked or _begins_flat_page(text, blocks, i):
            yield _headline(text, blocks, i)
        elif cues().crawled.match(line) or _follows_end(text, blocks, i):
            yield i


def _follows_end(text: str, blocks: tuple[Block, ...], i: int) -> bool:
    """Tell whether an article begins here, below the end of another: a headline, or text behind a signed paragraph."""
    if not 1 <= i < len(blocks) - 1 or blocks[i].kind not in {"heading", "paragraph"}:
        return False
    above = blocks[i - 1]
    line = text[above.start : above.end]
    if not (_is_short(text, blocks[i]) and _is_long(blocks[i + 1])):
        return above.kind == "paragraph" and _is_long(blocks[i]) and _is_signed(line)
    if above.kind == "noise":
        lines = (text[block.start : block.end] for block in blocks[max(0, i - _ABOVE) : i] if block.kind == "noise")
        return any(cues().noise.fullmatch(fold(line)) for line in lines)
    alone = above.kind == "heading" and i > 1 and blocks[i - 2].kind in {"paragraph", "list"}
    return (alone or above.kind == "paragraph") and _is_signed(line)


def _is_long(block: Block) -> bool:
    return block.kind == "paragraph" and block.end - block.start > _SHORT


def _is_signed(line: str) -> bool:
    """Tell whether a line ends in the name of its author or agency, after a full stop or alone."""
    tail = _TAIL.match(line)
    if tail is None or any(c.isdigit() for c in tail.group(1)):
        return False
    words = _WORD.findall(tail.group(1))
    agency = 0 < len(words) <= 2 and all(word.isupper() and len(word) <= 5 for word in words)
    return agency or (1 < len(words) <= 4 and all(word[0].isupper() and is_syllable(fold(word)) for word in words))


def _is_stamped(line: str) -> bool:
    return bool(_DAY.search(line) or (_YEAR.search(line) and _CLOCK.search(line)))


def _begins_flat_page(text: str, blocks: tuple[Block, ...], i: int) -> bool:
    """Tell whether a flattened line begins here, below a headline and perhaps a lead."""
    first = "\n" in text[blocks[i - 1].end : blocks[i].start] if i else False
    above = blocks[max(0, i - _ABOVE) : i]
    return first and _line_length(text, blocks[i]) >= _FLAT and any(_is_short(text, block) for block in above)


def _line_length(text: str, block: Block) -> int:
    start, end = text.rfind("\n", 0, block.start) + 1, text.find("\n", block.start)
    return (end if end >= 0 else len(text)) - start


def _is_short(text: str, block: Block) -> bool:
    line = text[block.start : block.end].rstrip()
    return len(line) <= _HEADLINE and not line.endswith((".", ";", ":", ",", "|"))


def _headline(text: str, blocks: tuple[Block, ...], i: int) -> int:
    """Return the headline above an opening: the topmost short line that no wider gap parts from it."""
    best, widest = i, 0
    for above in range(i - 1, max(-1, i - 1 - _ABOVE), -1):
        gap = text.count("\n", blocks[above].end, blocks[above + 1].start)
        if _line_length(text, blocks[above]) > 2 * _HEADLINE or (widest and gap > widest):
            break
        if above < i - 1 and blocks[above].kind in _ENDS:
            break
        widest = max(widest, gap)
        if _is_short(text, blocks[above]):
            best = above
    return best


def join_facts(parts: Iterable[tuple[int, Facts]]) -> Facts:
    """Return the facts of all parts as those of one article; what several parts say of one person stands once."""
    found = list(parts)
    if len(found) == 1:
        return found[0][1]
    merged: dict[str, Any] = {}
    for field in dataclasses.fields(Facts)[2:]:
        moved = [
            moved_by(fact, partial(_shift, offset)) for offset, facts in found for fact in getattr(facts, field.name)
        ]
        merged[field.name] = tuple({_key(fact): fact for fact in reversed(moved)}.values())[::-1]
    return Facts(found[0][1].article, found[0][1].language, **merged)


def _shift(offset: int, at: int, is_end: bool) -> int:
    return at + offset


#: What makes two facts of one kind the same, by the record's name; others are told apart by their span.
_IDENTITY = {
    "Official": ("name",),
    "Position": ("person", "role", "body", "place"),
    "Directive": ("id",),
    "Participation": ("person", "part"),
}


def _key(fact: Record) -> tuple[str, ...]:
    names = _IDENTITY.get(type(fact).__name__, ("start", "end"))
    return tuple(fold(str(getattr(fact, name))) for name in names)
