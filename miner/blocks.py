"""The blocks of a text: where each begins and ends, of which kind it is, in which language it is written.

A block is a line, or the lines of a paragraph that was wrapped by hand at some 80 columns. What the press puts around
its articles (photo credits, bylines, headings of other articles) is data: ``miner/data/lang/<code>/reading.yaml``, read
for all languages at once, as pages mix them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from miner.block_cues import cues
from miner.language import block_language, detect_language
from miner.marks import credit_of, is_glued, mark_doubled, placeholders
from miner.records import Block
from miner.text import fold

__all__ = ["detect_language", "split_blocks"]

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"
_LIST = re.compile(r"(?:[-•*+–—●▪]|\d{1,2}[.)]|[a-zđ][.)])\s")
_MARKDOWN = {"#": "heading", ">": "quote"}
_IMAGE = re.compile(r"!?\[.*\]\(.*\)|[\w\-(). ]{1,150}\.(?:jpe?g|png|gif|webp|svg|bmp)", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S+")
_SLUG = re.compile(r"(?=(?:[^-]*-){2})[a-z0-9]+(?:[-_ ][a-z0-9]+)*")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\b\d{1,2}[:hg]\d{2}\b|\b(?:19|20)\d\d\b")
_BRACKETS = re.compile(r"\s*\([^()]{2,30}\)$")
_WORD = re.compile(r"[^\W\d_]+")
_TERMINAL = tuple('.!?…:;,|"”»)')
#: Lines wrapped by hand are neither shorter nor longer than this; longer lines are whole paragraphs.
_WRAP = range(60, 121)
#: A page flattened to one line keeps its paragraphs as double spaces; in shorter lines these are the typist's habit.
_FLAT = 1_000
_SHORT = 150
_TITLE = 250
_CAPTION = 700
#: Bylines stand within so many blocks of the start.
_TOP = 6


def split_blocks(text: str, language: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of `text` in order; they do not overlap and hold no white space at their ends.

    Parameters
    ----------
    text : str
        The text of an article; it is not changed.
    language : str, optional
        The article's main language, for blocks that do not tell their own; detected if not given.

    Returns
    -------
    tuple of Block
        `kind` is heading, paragraph, caption, list, quote or noise (file names, bylines, lists of other articles);
        of noise, only titles of other articles have a language. A block may hold line ends where a paragraph was
        wrapped by hand.
    """
    main = language or detect_language(text)
    lines = _spans(text)
    spans = [_unlabelled(text, span) for span in lines]
    parts = [text[start:end] for start, end in spans]
    under = [False, *(_adjacent(text, a, b) for a, b in pairwise(spans))][: len(spans)]
    related = _related(parts)
    kinds = _kinds(parts, under, related)
    marked = placeholders(text)
    blocks = []
    for index, (kind, part, span) in enumerate(zip(kinds, parts, spans, strict=True)):
        spoken = block_language(part, main) if kind != "noise" or (related[index] and not _is_noise(part)) else None
        marks = ["language-name"] if span != lines[index] else []
        marks += ["placeholder"] if any(span[0] <= place < span[1] for place in marked) else []
        marks += ["glued"] if is_glued(part) else []
        blocks.append(Block(kind, spoken, *span, credit_of(text, span) if kind == "caption" else None, tuple(marks)))
    return mark_doubled(text, blocks, under)


def _spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the blocks: lines, joined where wrapped, cut where flattened."""
    lines = [span for match in _LINE.finditer(text) for span in _cut(text, match.start(), match.end())]
    joined: list[tuple[int, int]] = []
    regular = _is_wrapped(text, lines)
    last = (0, 0)
    for span in lines:
        if joined and _continues(text, last, span, regular):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
        last = span
    return joined


def _cut(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Yield the parts of a line without their white space; a long line is cut at double spaces before a capital."""
    marks = list(re.finditer(r" {2,}|\t+", text[start:end])) if end - start > _FLAT else []
    cuts = [start + m.end() for m in marks if text[start + m.end() : start + m.end() + 1].isupper()]
    # Where most stand before small letters, they part no paragraphs.
    cuts = cuts if 2 * len(cuts) > len(marks) else []
    for first, last in zip([start, *cuts], [*cuts, end], strict=True):
        part = text[first:last]
        lead = len(part) - len(part.lstrip().lstrip(_INVISIBLE).lstrip())
        size = len(part.rstrip().rstrip(_INVISIBLE).rstrip())
        if size > lead:
            yield first + lead, first + size


def _is_wrapped(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the whole text is wrapped by hand.

    No line is long, and most lines go on in lower case or are as full as they can be.
    """
    following = [pair for pair in pairwise(lines) if _adjacent(text, *pair)]
    width = max((end - start for start, end in lines), default=0)
    if len(following) < 3 or width >= _WRAP.stop:
        return False
    lower = sum(text[start].islower() for _, (start, _end) in following)
    full = sum(_is_full(text, *pair, width) for pair in following)
    return 2 * lower >= len(following) or (len(following) >= 8 and 3 * full >= 2 * len(following))


def _is_full(text: str, one: tuple[int, int], other: tuple[int, int], width: int) -> bool:
    """Tell whether the first word of the next line would not have fitted on a line."""
    word = text[slice(*other)].split(maxsplit=1)[0]
    return one[1] - one[0] + 1 + len(word) > width


def _adjacent(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    between = text[one[1] : other[0]]
    return max(between.count("\n"), between.count("\r")) == 1


def _continues(text: str, one: tuple[int, int], other: tuple[int, int], regular: bool) -> bool:
    size, line = one[1] - one[0], text[other[0] : other[1]]
    if (
        size < _WRAP.start
        or (size >= _WRAP.stop and not regular)
        or not _adjacent(text, one, other)
        or _LIST.match(line)
        or _is_file_name(line)
    ):
        return False
    return regular or (line[0].islower() and not text[: one[1]].endswith(_TERMINAL))


def _unlabelled(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return the span without a language's name that machine translation left at its start."""
    match = cues().label.match(text, *span)
    return (match.end(), span[1]) if match and text[match.end()].isupper() else span


def _related(parts: Sequence[str]) -> list[bool]:
    """Tell which parts head a list of other articles or stand in one."""
    found = [False]
    for part in parts:
        heads_list = len(part) <= _SHORT and bool(cues().related.fullmatch(fold(part).strip(" :")))
        found.append(heads_list or (found[-1] and len(part) <= _TITLE))
    return found[1:]


def _kinds(parts: Sequence[str], under: Sequence[bool], related: Sequence[bool]) -> list[str]:
    """Return the kind of each part; `under` tells which stand directly under the part before."""
    kinds: list[str] = []
    for index, part in enumerate(parts):
        after_file = under[index] and _is_file_name(parts[index - 1])
        kinds.append("noise" if related[index] else _kind(part, index, after_file))
    _mark_titles(parts, kinds)
    _mark_signature(parts, kinds)
    return kinds


def _kind(part: str, index: int, after_file: bool) -> str:
    if _is_noise(part) or (index < _TOP and _is_byline(part)):
        return "noise"
    if len(part) <= _CAPTION and (after_file or _is_caption(part)):
        return "caption"
    if part[0] in _MARKDOWN:
        return _MARKDOWN[part[0]]
    if _LIST.match(part):
        return "list"
    short = len(part) <= (_TITLE if index == 0 else _SHORT)
    return "heading" if short and (part.isupper() or not part.endswith(_TERMINAL)) else "paragraph"


def _is_file_name(part: str) -> bool:
    return bool(_IMAGE.fullmatch(part) or (len(part) <= _SHORT and _SLUG.fullmatch(part)))


def _is_noise(part: str) -> bool:
    if _is_file_name(part) or _URL.fullmatch(part) or not any(c.isalnum() for c in part):
        return True
    return len(part) <= _TITLE and bool(cues().noise.fullmatch(fold(part)))


def _is_byline(part: str) -> bool:
    """Tell whether a line holds a date or a time and, besides names, no words of a sentence."""
    if len(part) > _SHORT or not _DATE.search(part) or part.endswith((".", "!", "?")):
        return False
    words = [word for word in _WORD.findall(_DATE.sub(" ", part)) if word.lower() not in cues().byline]
    return len(words) <= 8 and not any(word.islower() for word in words)


def _is_caption(part: str) -> bool:
    return part.endswith("|") or bool(credit_of(part, (0, len(part))))


def _mark_titles(parts: Sequence[str], kinds: list[str]) -> None:
    """Make headings of the short blocks above the byline."""
    top = next((i for i, part in enumerate(parts[:_TOP]) if kinds[i] == "noise" and _is_byline(part)), 0)
    for index in range(top):
        if kinds[index] == "paragraph" and len(parts[index]) <= _TITLE:
            kinds[index] = "heading"


def _mark_signature(parts: Sequence[str], kinds: list[str]) -> None:
    """Make noise of the author's name that closes an article."""
    last = max((i for i, kind in enumerate(kinds) if kind != "noise"), default=0)
    if last >= 2 and kinds[last] in ("heading", "paragraph") and _signed(parts[last]):
        kinds[last] = "noise"


def signature(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the author's name that closes an article, None where none does."""
    parts = (text[b.start : b.end] for b in reversed(blocks[-_TOP:]) if b.kind == "noise")
    return next((name for part in parts if not _is_noise(part) and (name := _signed(part))), None)


def _signed(part: str) -> str | None:
    """Return the name that a line consists of, without what stands behind it in brackets."""
    name = _BRACKETS.sub("", part)
    words = _WORD.findall(name)
    named = 0 < len(words) <= 6 and all(word[0].isupper() for word in words) and not name.endswith(_TERMINAL)
    return name if named and not re.search(r"\d", part) else None
