"""Component: every form of the lexicon that stands in the text, by group.

Forms of one word are looked up in a table of words, those of several by one PhraseMatcher per language; all later
components choose among these hits. Matching is on folded norms; where the language asks for it, a hit must also agree
in its diacritics with a text that has any.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache
from operator import attrgetter

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from miner.extract.reading import BlockSpan, Reading
from miner.extract.spans import Hits, Matches
from miner.extract.tokens import blank, norm_of, split
from miner.lexicon import Form, load_lexicon
from miner.text import has_diacritics, lowered

_is_loose = attrgetter("loose")
#: So many different words and phrases of texts a table keeps before it starts anew.
MOST = 100_000


class _Table(dict[str, list[tuple[str, Form]]]):
    """The groups and forms of words as written, learnt from the texts; a phrase is its words joined by spaces."""

    def __init__(self, forms: dict[str, list[Form]], *, strict: bool) -> None:
        super().__init__()
        self._forms, self._strict = forms, strict

    def __missing__(self, written: str) -> list[tuple[str, Form]]:
        if len(self) >= MOST:
            self.clear()
        forms = self._forms.get(_folded(written.split(" ")), ())
        once: dict[tuple[str, str], Form] = {}
        for form in sorted(forms, key=_is_loose):
            if self._fits(form, written):
                once.setdefault((form.group, form.code), form)
        found = self[written] = [(form.group, form) for form in once.values()]
        return found

    def _fits(self, form: Form, written: str) -> bool:
        words = split(form.text)
        alike = not self._strict or _lows(words) == _lows(written.split(" "))
        return alike and (not form.exact or " ".join(words) == unicodedata.normalize("NFC", written))


@cache
def compiled(language: str) -> tuple[PhraseMatcher, dict[bool, _Table]]:
    """Return the matcher of the phrases of a language, and the tables of its forms: lenient and strict."""
    vocab = blank().vocab
    matcher = PhraseMatcher(vocab, attr="NORM")
    forms: dict[str, list[Form]] = defaultdict(list)
    for form in load_lexicon(language).forms:
        words = split(form.text)
        key = _folded(words)
        if len(words) > 1:
            matcher.add(key, [Doc(vocab, words=words)])
        forms[key].append(form)
    return matcher, {strict: _Table(forms, strict=strict) for strict in (False, True)}


def _folded(words: list[str]) -> str:
    return " ".join(map(norm_of, words))


def _lows(words: list[str]) -> str:
    return " ".join(lowered(word) or word for word in words)


@Language.component("miner_hits", assigns=["doc._.hits"])
def find_hits(doc: Doc) -> Doc:
    """Fill `Reading.hits` with the forms of the lexicon in the text."""
    reading = Reading.of(doc)
    words: Matches = defaultdict(list)
    phrases: Matches = defaultdict(list)
    for block in reading.blocks:
        matcher, tables = compiled(block.language)
        table = tables[is_strict(reading, block)]
        _add_words(words, table, reading.words, block)
        for _, start, end in matcher(doc[block.start : block.end]):
            for group, form in table[" ".join(reading.words[start:end])]:
                phrases[group].append((start, end, form))
    reading.hits = Hits(words, phrases)
    return doc


def _add_words(found: Matches, table: _Table, words: list[str], block: BlockSpan) -> None:
    for start, forms in enumerate(map(table.__getitem__, words[block.start : block.end]), block.start):
        if forms:
            end = start + 1
            for group, form in forms:
                found[group].append((start, end, form))


def is_strict(reading: Reading, block: BlockSpan) -> bool:
    """Tell whether the words of a block are compared with their diacritics: its language asks for it, it has any."""
    asked = load_lexicon(block.language).strict_diacritics
    return asked and any(map(has_diacritics, reading.words[block.start : min(block.end, block.start + 40)]))
