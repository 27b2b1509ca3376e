"""Article → spaCy Doc: one tokenizer for all languages, Vietnamese by syllables.

A token is a run of letters (with combining marks), a run of digits, or one other character. White space makes no
token. A blank pipeline of spaCy's own would tokenize Vietnamese only with pyvi or leave punctuation glued to words,
and would differ by language where one article mixes several.
"""

from __future__ import annotations

import re
from functools import cache
from operator import add
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.symbols import NORM  # type: ignore[import-not-found]
from spacy.tokens import Doc

from miner.blocks import split_blocks
from miner.extract.reading import BlockSpan, Reading
from miner.records import Article
from miner.text import fold, lowered

_TOKEN = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|\d+|\S")
#: So many different words the table of their forms keeps before it starts anew.
MOST = 200_000


@cache
def blank() -> Language:
    """Return the blank pipeline whose vocabulary all Docs and matchers share; a lexeme's norm is its folded form."""
    nlp = spacy.blank("xx")
    # All other attributes of a lexeme would be worked out for every new word, and nothing asks for them.
    nlp.vocab.lex_attr_getters = {NORM: norm_of}  # type: ignore[attr-defined]
    return nlp


def norm_of(word: str) -> str:
    """Return the form under which spellings of a word meet; never empty."""
    return fold(word) or word


def split(text: str) -> list[str]:
    """Return the tokens of `text`."""
    found: list[str] = _TOKEN.findall(text)
    return found


def make_doc(article: Article) -> Doc:
    """Return a Doc of the article's words that carries an empty `Reading`."""
    words = split(article.text)
    starts = _starts(article.text, words)
    ends = list(map(add, starts, map(len, words)))
    forms = list(map(FORMS.__getitem__, words))
    norms, lows = [form.norm for form in forms], [form.low for form in forms]
    capitals = [i for i, form in enumerate(forms) if form.capital]
    digits = [i for i, form in enumerate(forms) if form.digit]
    reading = Reading(article, words, starts, ends, norms, lows, capitals, digits, [])
    reading.blocks = _block_spans(article, reading)
    orths: list[Any] = [form.orth for form in forms]
    return reading.attach(Doc(blank().vocab, words=orths))


def _starts(text: str, words: list[str]) -> list[int]:
    """Return where the tokens begin: only white space stands between them, so that each is the next of its kind."""
    starts, end, index = [], 0, text.index
    for word in words:
        start = index(word, end)
        starts.append(start)
        end = start + len(word)
    return starts


class _Form(NamedTuple):
    """What is asked of a word again and again.

    Its folded and lowered form, whether it begins with a capital or a digit, and its number in the vocabulary, by which
    a Doc finds it sooner than by its letters.
    """

    norm: str
    low: str
    capital: bool
    digit: bool
    orth: int


class _Forms(dict[str, _Form]):
    """The forms of words, kept from article to article."""

    def __missing__(self, word: str) -> _Form:
        if len(self) >= MOST:
            self.clear()
        orth = blank().vocab.strings.add(word)
        first = word[0]
        form = _Form(norm_of(word), lowered(word) or word, first.isupper(), first.isdigit(), orth)
        self[word] = form
        return form


#: The forms of all words of late; to be cleared with the vocabulary.
FORMS = _Forms()


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
