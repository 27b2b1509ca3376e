"""Component: sentences, each within one block.

A sentence ends at ``. ! ? …`` before white space and something that can begin a sentence; abbreviations of the
language (M., Mr., TP.) and initials do not end it. Closing quotes and brackets belong to the sentence they close.
"""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.reading import BlockSpan, Reading, Sentence
from miner.lexicon import load_lexicon

_ENDERS = {".", "!", "?", "…"}
_ASKS = {"!", "?"}
_OPENERS = {"“", "«"}
_QUOTE_ENDS = {"”", "»"}
_CLOSERS = {'"', "”", "’", "»", ")", "]", "'"}


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(load_lexicon(language).settings.get("abbreviations", ()))


@Language.component("miner_sentences", assigns=["doc._.sentences"])
def find_sentences(doc: Doc) -> Doc:
    """Fill `Reading.sentences`; together they cover every block."""
    reading = Reading.of(doc)
    for number, block in enumerate(reading.blocks):
        start = block.start
        for end in [*_ends(reading, block), block.end]:
            if end > start:
                reading.sentences.append(Sentence(start, end, number, block.language, block.kind))
                start = end
    return doc


def _ends(reading: Reading, block: BlockSpan) -> list[int]:
    ends = []
    quoted = _quoted(reading, block)
    for i, word in enumerate(reading.words[block.start : block.end - 1], block.start):
        if word in _ENDERS and not (word in _ASKS and i in quoted):
            after = _after_closers(reading, i + 1, block.end)
            if after < block.end and _is_boundary(reading, block, i, after):
                ends.append(after)
    return ends


def _quoted(reading: Reading, block: BlockSpan) -> set[int]:
    """Return the tokens within quotation marks of a block but for the last: a question there ends no sentence."""
    found: set[int] = set()
    opened: int | None = None
    words = reading.words[block.start : block.end]
    for i, word in enumerate(() if _OPENERS.isdisjoint(words) else words, block.start):
        if word in _OPENERS:
            opened = i
        elif word in _QUOTE_ENDS and opened is not None:
            found.update(range(opened, i - 1))
            opened = None
    return found


def _after_closers(reading: Reading, i: int, end: int) -> int:
    # French sets a space before its closing mark.
    while i < end and reading.words[i] in _CLOSERS | _ENDERS and (not reading.gap(i - 1) or reading.words[i] == "»"):
        i += 1
    return i


def _is_boundary(reading: Reading, block: BlockSpan, ender: int, after: int) -> bool:
    if not reading.gap(after - 1):
        return False
    following = reading.words[after]
    if following[0].islower() or following in {",", ";", ")"}:
        return False
    before = reading.words[ender - 1] if ender > block.start else ""
    if reading.words[ender] == "." and ender == block.start + 1 and (before.isdigit() or len(before) == 1):
        return False
    if reading.words[ender] == "." and not reading.gap(ender - 1):
        return before not in _abbreviations(block.language) and not (len(before) == 1 and before.isupper())
    return True
