"""Article → spaCy Doc: one tokenizer for all languages, Vietnamese by syllables.

A token is a run of letters (with combining marks), a run of digits, or one other character. White space makes no
token. A blank pipeline of spaCy's own would tokenize Vietnamese only with pyvi or leave punctuation glued to words,
and would differ by language where one article mixes several.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import spacy
from spacy.language import Language
from spacy.symbols import NORM  # type: ignore[import-not-found]
from spacy.tokens import Doc

from miner.blocks import split_blocks
from miner.extract.reading import BlockSpan, Reading
from miner.records import Article
from miner.text import fold, lowered

_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*|\d+|\S")


@cache
def blank() -> Language:
    """Return the blank pipeline whose vocabulary all Docs and matchers share; a lexeme's norm is its folded form."""
    nlp = spacy.blank("xx")
    getters: dict[int, Callable[[str], str]] = nlp.vocab.lex_attr_getters  # type: ignore[attr-defined]
    getters[NORM] = _norm
    return nlp


def _norm(word: str) -> str:
    return fold(word) or word


def split(text: str) -> list[re.Match[str]]:
    """Return the tokens of `text` as regex matches."""
    return list(_TOKEN.finditer(text))


def make_doc(article: Article) -> Doc:
    """Return a Doc of the article's words that carries an empty `Reading`."""
    matches = split(article.text)
    words = [m.group() for m in matches]
    starts = [m.start() for m in matches]
    ends = [m.end() for m in matches]
    spaces = [a < b for a, b in zip(ends, [*starts[1:], *ends[-1:]], strict=True)]
    doc = Doc(blank().vocab, words=words, spaces=spaces)
    norms, lows = _forms(words)
    reading = Reading(article, words, starts, ends, norms, lows, [])
    reading.blocks = _block_spans(article, reading)
    return reading.attach(doc)


def _forms(words: list[str]) -> tuple[list[str], list[str]]:
    distinct = {word: (_norm(word), lowered(word) or word) for word in set(words)}
    return [distinct[word][0] for word in words], [distinct[word][1] for word in words]


def _block_spans(article: Article, reading: Reading) -> list[BlockSpan]:
    main = article.language or "en"
    blocks = article.blocks or split_blocks(article.text, article.language)
    spans = []
    for block in blocks:
        start, end = reading.token_at(block.start), reading.token_at(max(block.start, block.end - 1))
        end = min(end + 1, len(reading.words))
        if end > start:
            spans.append(BlockSpan(start, end, block.kind, block.language or main))
    return spans
