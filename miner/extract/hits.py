"""Component: every form of the lexicon that stands in the text, by group.

One PhraseMatcher per language holds all forms of all groups and runs over the blocks of that language once; all later
components choose among its hits. Matching is on folded norms; where the language asks for it, a hit must also agree in
its diacritics with a text that has any.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from miner.extract.reading import BlockSpan, Hit, Reading
from miner.extract.tokens import blank, split
from miner.lexicon import languages, load_lexicon
from miner.text import has_diacritics, lowered

_START = attrgetter("start")


class _Entry(NamedTuple):
    """A form ready for matching: its words as written (if case counts) and in lower case, joined by spaces."""

    group: str
    code: str
    text: str
    loose: bool
    words: str | None
    lows: str


@cache
def _compiled(language: str) -> tuple[PhraseMatcher, dict[int, list[_Entry]]]:
    vocab = blank().vocab
    matcher = PhraseMatcher(vocab, attr="NORM")
    entries: dict[int, list[_Entry]] = defaultdict(list)
    lexicon = load_lexicon(language)
    for form in lexicon.forms:
        words = [m.group() for m in split(form.text)]
        phrase = Doc(vocab, words=words)
        key = " ".join(token.norm_ for token in phrase)
        matcher.add(key, [phrase])
        exact = " ".join(words) if form.exact else None
        lows = " ".join(lowered(word) or word for word in words)
        entry = _Entry(form.group, form.code, form.text, form.loose, exact, lows)
        if not any(_is_double(entry, other, lexicon.strict_diacritics) for other in entries[vocab.strings[key]]):
            entries[vocab.strings[key]].append(entry)
    return matcher, dict(entries)


def _is_double(entry: _Entry, other: _Entry, strict: bool) -> bool:
    """Tell whether two entries of one folded key (déjà, deja) would always give the same hit."""
    same = (entry.group, entry.code, entry.words) == (other.group, other.code, other.words)
    return same and (not strict or entry.lows == other.lows)


@cache
def _word_groups() -> frozenset[str]:
    """Return the groups whose forms are single words in all languages: their hits cannot overlap."""
    forms = [form for language in languages() for form in load_lexicon(language).forms]
    return frozenset(form.group for form in forms) - {form.group for form in forms if len(split(form.text)) > 1}


@Language.component("miner_hits", assigns=["doc._.hits"])
def find_hits(doc: Doc) -> Doc:
    """Fill `Reading.hits`; overlapping hits of one group are settled by length, then by order of the text."""
    reading = Reading.of(doc)
    found: dict[str, list[Hit]] = defaultdict(list)
    for block in reading.blocks:
        _add_hits(found, doc, reading, block)
    single = _word_groups()
    reading.hits = {group: hits if group in single else longest(hits) for group, hits in found.items()}
    return doc


def _add_hits(found: dict[str, list[Hit]], doc: Doc, reading: Reading, block: BlockSpan) -> None:
    matcher, entries = _compiled(block.language)
    strict = load_lexicon(block.language).strict_diacritics and any(map(has_diacritics, _sample(reading, block)))
    for key, start, end in matcher(doc[block.start : block.end]):
        low = _joined(reading.lows, start, end) if strict else None
        for group, code, text, loose, words, lows in entries[key]:
            if low is not None and low != lows:
                continue
            if words is not None and _joined(reading.words, start, end) != words:
                continue
            found[group].append(Hit(start, end, group, code, text, loose))


def _joined(words: list[str], start: int, end: int) -> str:
    return words[start] if end == start + 1 else " ".join(words[start:end])


def _sample(reading: Reading, block: BlockSpan) -> list[str]:
    return reading.words[block.start : min(block.end, block.start + 40)]


def longest(hits: list[Hit]) -> list[Hit]:
    """Return the hits that no longer hit of the list overlaps, in order of the text.

    Hits of the same span are kept once for each code: the component that asks decides.
    """
    kept: list[Hit] = []
    cluster: list[Hit] = []
    end = 0
    for hit in sorted(hits, key=_START):
        if hit.start >= end:
            kept += cluster if len(cluster) < 2 else _settled(cluster)
            cluster = []
        cluster.append(hit)
        if hit.end > end:
            end = hit.end
    return kept + (cluster if len(cluster) < 2 else _settled(cluster))


def _settled(hits: list[Hit]) -> list[Hit]:
    """Settle a run of overlapping hits."""
    once = {(hit.start, hit.end, hit.code): hit for hit in sorted(hits, key=lambda h: h.loose, reverse=True)}
    kept: list[Hit] = []
    taken: dict[int, tuple[int, int]] = {}
    for hit in sorted(once.values(), key=lambda h: (h.start - h.end, h.start, h.loose)):
        span = (hit.start, hit.end)
        if all(taken.get(token, span) == span for token in range(*span)):
            kept.append(hit)
            taken.update(dict.fromkeys(range(*span), span))
    return sorted(kept, key=lambda h: (h.start, h.end, h.loose))
