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
from miner.text import fold

_TOKEN = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|\d+|\S")
#: So many different pieces of text the table of their tokens keeps before it starts anew.
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
    forms = [form for piece in article.text.split() for form in FORMS[piece]]
    words, norms = [form.word for form in forms], [form.norm for form in forms]
    starts = _starts(article.text, words)
    ends = list(map(add, starts, map(len, words)))
    capitals = [i for i, form in enumerate(forms) if form.capital]
    digits = [i for i, form in enumerate(forms) if form.digit]
    reading = Reading(article, words, starts, ends, norms, capitals, digits, [])
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
    """A token with what is asked of it again and again.

    Its folded form, whether it begins with a capital or a digit, and its number in the vocabulary, by which a Doc finds
    it sooner than by its letters.
    """

    word: str
    norm: str
    capital: bool
    digit: bool
    orth: int


def _form(word: str) -> _Form:
    return _Form(word, norm_of(word), word[0].isupper(), word[0].isdigit(), blank().vocab.strings.add(word))


class _Forms(dict[str, list[_Form]]):
    """The tokens of what stands between white space, kept from article to article."""

    def __missing__(self, piece: str) -> list[_Form]:
        if len(self) >= MOST:
            self.clear()
        forms = self[piece] = list(map(_form, split(piece)))
        return forms


#: The tokens of all pieces of late; to be cleared with the vocabulary.
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
