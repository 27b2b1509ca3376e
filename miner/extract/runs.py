"""Runs of capitalised words: where a personal name can stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from miner.extract.hits import is_strict
from miner.extract.names import is_syllable, lore
from miner.extract.reading import BlockSpan, Reading, Span

_APOSTROPHES = {"'", "’", "‘", "ʼ", "`", "´", "′"}
#: From this share of capitals a sentence is a headline in upper case.
_UPPER_SHARE = 0.7


@dataclass(slots=True)
class Unit(Span):
    """One word of a name: a syllable, a letter, a clan (a minority word) or foreign; `folded` without apostrophes."""

    folded: str
    kind: str


@dataclass
class Run:
    """Adjacent units within one block; `strict` where surnames must agree in their diacritics."""

    reading: Reading
    units: list[Unit]
    strict: bool

    @cached_property
    def upper(self) -> bool:
        """Whether the run stands in a headline of capitals."""
        return is_upper(self.reading, self.reading.sentence_of(self.units[0].start))


def find_runs(reading: Reading) -> Iterator[Run]:
    """Yield all runs of capitalised words outside noise, in order of the text."""
    for block in reading.blocks:
        if block.kind != "noise":
            yield from _block_runs(reading, block)


def _block_runs(reading: Reading, block: BlockSpan) -> Iterator[Run]:
    strict = is_strict(reading, block)
    units: list[Unit] = []
    for unit in _units(reading, block):
        if units and (unit.start != units[-1].end or reading.ends[unit.start - 1] == reading.starts[unit.start]):
            yield Run(reading, units, strict)
            units = []
        units.append(unit)
    if units:
        yield Run(reading, units, strict)


def is_upper(reading: Reading, span: Span) -> bool:
    """Tell whether a span is set in capitals."""
    capitals = [reading.words[i] for i in reading.capitals_in(span)]
    upper = [word for word in capitals if len(word) > 1 and word.isupper() and word[0].isalpha()]
    if not upper:
        return False
    letters = [word for word in reading.words[span.start : span.end] if len(word) > 1 and word[0].isalpha()]
    return len(letters) >= 3 and len(upper) >= _UPPER_SHARE * len(letters)


def _units(reading: Reading, block: BlockSpan) -> Iterator[Unit]:
    end = block.start
    for i in reading.capitals_in(block):
        if i < end:
            continue
        end = _apostrophe_end(reading, i, block.end)
        if end > i + 1:
            yield Unit(i, end, reading.norms[i] + reading.norms[end - 1], "clan")
        elif kind := _kind(reading, i):
            yield Unit(i, end, reading.norms[i], kind)


def _apostrophe_end(reading: Reading, i: int, end: int) -> int:
    if i + 2 >= end or reading.words[i + 1] not in _APOSTROPHES or reading.norms[i] not in lore().apostrophe:
        return i + 1
    joined = not reading.gap(i) and (not reading.gap(i + 1) or reading.words[i + 2][0].isupper())
    return i + 3 if joined and reading.words[i + 2][0].isalpha() else i + 1


def _kind(reading: Reading, i: int) -> str:
    word, folded = reading.words[i], reading.norms[i]
    if len(folded) == 1:
        return "letter"
    if folded in lore().clans and not is_syllable(folded):
        return "clan"
    if is_syllable(folded):
        return "syllable" if not _is_acronym(reading, i) else ""
    return "foreign" if not word.isupper() or _in_capitals(reading, i, -1) else ""


def _is_acronym(reading: Reading, i: int) -> bool:
    """Tell TU (the committee) from Tú: capitals among words that are not."""
    word = reading.words[i]
    return word.isupper() and len(word) <= 4 and not (_in_capitals(reading, i, -1) or _in_capitals(reading, i, 1))


def _in_capitals(reading: Reading, i: int, step: int) -> bool:
    """Tell whether the word beside `i`, or beyond a letter or an apostrophe, is a syllable or a clan in capitals."""
    k = i + step
    while 0 <= k < len(reading.words) and (reading.words[k] in _APOSTROPHES or _is_letter(reading.words[k])):
        k += step
    if not 0 <= k < len(reading.words) or abs(k - i) > 3:
        return False
    word, norm = reading.words[k], reading.norms[k]
    return word.isupper() and len(word) > 1 and (is_syllable(norm) or norm in lore().clans)


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isupper()
