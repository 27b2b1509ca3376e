"""Component: every form of the lexicon that stands in the text, by group.

One PhraseMatcher per language holds all forms of all groups and runs over the blocks of that language once; all later
components choose among its hits. Matching is on folded norms; where the language asks for it, a hit must also agree in
its diacritics with a text that has any.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from miner.extract.reading import BlockSpan, Hit, Reading
from miner.extract.tokens import blank, split
from miner.lexicon import Form, load_lexicon
from miner.text import has_diacritics, lowered

#: Forms by their folded key, each with its words and its words in lower case, joined by spaces.
_Entries = dict[int, list[tuple[Form, str, str]]]


@cache
def _compiled(language: str) -> tuple[PhraseMatcher, _Entries]:
    vocab = blank().vocab
    matcher = PhraseMatcher(vocab, attr="NORM")
    entries: _Entries = defaultdict(list)
    for form in load_lexicon(language).forms:
        words = [m.group() for m in split(form.text)]
        phrase = Doc(vocab, words=words)
        key = " ".join(token.norm_ for token in phrase)
        matcher.add(key, [phrase])
        lows = " ".join(lowered(word) or word for word in words)
        entries[vocab.strings[key]].append((form, " ".join(words), lows))
    return matcher, entries


@Language.component("miner_hits", assigns=["doc._.hits"])
def find_hits(doc: Doc) -> Doc:
    """Fill `Reading.hits`; overlapping hits of one group are settled by length, then by order of the text."""
    reading = Reading.of(doc)
    found: dict[str, list[Hit]] = defaultdict(list)
    for block in reading.blocks:
        for hit in _block_hits(doc, reading, block):
            found[hit.group].append(hit)
    reading.hits = {group: longest(hits) for group, hits in found.items()}
    return doc


def _block_hits(doc: Doc, reading: Reading, block: BlockSpan) -> list[Hit]:
    matcher, entries = _compiled(block.language)
    strict = load_lexicon(block.language).strict_diacritics and any(map(has_diacritics, _sample(reading, block)))
    hits = []
    for key, start, end in matcher(doc[block.start : block.end]):
        low = _joined(reading.lows, start, end) if strict else ""
        for form, words, lows in entries[key]:
            if strict and low != lows:
                continue
            if form.exact and _joined(reading.words, start, end) != words:
                continue
            hits.append(Hit(start, end, form.group, form.code, form.text, form.loose))
    return hits


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
    for hit in sorted(hits, key=_start):
        if hit.start >= end:
            kept += cluster if len(cluster) < 2 else _settled(cluster)
            cluster = []
        cluster.append(hit)
        end = max(end, hit.end)
    return kept + (cluster if len(cluster) < 2 else _settled(cluster))


def _start(hit: Hit) -> int:
    return hit.start


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
