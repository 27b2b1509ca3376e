"""What photographers, translators and the site's software left in a block: credits apart, marks for the rest.

Nothing is taken out: a reader of the blocks decides what to do with a marked one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from miner.block_cues import cues
from miner.records import Block
from miner.text import fold

_WORD = re.compile(r"[^\W\d_]+")
#: A name printed twice and glued (``Báo MẫuBáo Mẫu``), or a date glued to a word.
_TWICE = re.compile(r"([^\W\d].{3,60})\1(?=\d|$)")
_GLUED_DATE = re.compile(r"[^\W\d_]\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b")
_SHORT = 150
#: No credit is longer.
_CREDIT = 160


def credit_of(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """Return the span of the photo credit that ends a caption, None where it has none.

    Examples
    --------
    >>> caption = "Vue de la salle. Photo : Mai Ví"
    >>> start, end = credit_of(caption, (0, len(caption)))
    >>> caption[start:end]
    'Photo : Mai Ví'
    """
    part = text[slice(*span)]
    tail = max(0, len(part) - _CREDIT)
    found = cues().credit.search(part, tail) or _credited(part, tail)
    if found:
        start, end = found.start(1), len(part.rstrip(" |)"))
    elif ending := cues().ending.search(fold(part[tail:])):
        # Folding keeps the number of words, not of characters.
        start, end = _last_words(part, len(ending.group(1).split()))
    else:
        return None
    return span[0] + start, span[0] + end


def _credited(part: str, tail: int) -> re.Match[str] | None:
    match = cues().credited.search(part, tail)
    return match if match and all(word[0].isupper() for word in _WORD.findall(match.group(2))) else None


def _last_words(part: str, count: int) -> tuple[int, int]:
    words = list(_WORD.finditer(part))[-count:]
    return words[0].start(), words[-1].end()


def placeholders(text: str) -> list[int]:
    """Return where placeholders stand that translation or a template failed to fill."""
    return [match.start() for match in cues().placeholder.finditer(text)]


def is_glued(part: str) -> bool:
    """Tell whether a line is glued together: a source named twice, a date behind it without a space."""
    return len(part) <= _SHORT and bool(_GLUED_DATE.search(part) or _TWICE.match(part))


def mark_doubled(text: str, blocks: Sequence[Block], under: Sequence[bool]) -> tuple[Block, ...]:
    """Mark captions that repeat an earlier one, or stand under one as its translation."""
    seen: set[str] = set()
    marked: list[Block] = []
    for block, directly in zip(blocks, under, strict=True):
        if block.kind == "caption":
            said = fold(text[block.start : block.end]).strip(" |.")
            above = marked[-1] if directly and marked else None
            translated = above and above.kind == "caption" and above.language != block.language
            if said in seen or translated:
                block = replace(block, marks=(*block.marks, "doubled"))
            seen.add(said)
        marked.append(block)
    return tuple(marked)
