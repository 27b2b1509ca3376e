"""In which language a text is written: by letters and function words, by langdetect where these do not decide.

The evidence is data: ``letters`` and ``function_words`` of ``miner/data/lang/<code>/reading.yaml``. Names are
capitalised, so only words in lower case count: a French text full of Vietnamese names stays French.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from typing import Any

from miner.lexicon import languages, read_yaml

_WORD = re.compile(r"[^\W\d_]+")
#: An article's language is told by its words when the share of evidence reaches this much of the words ...
_SHARE = 0.10
#: ... and that many times the evidence for the next language.
_LEAD = 2.0
#: The start of an article tells its language; reading on costs time only.
_HEAD = 20_000
#: langdetect is slow: it sees this many characters.
_SAMPLE = 1_000
_SURE = 0.80
#: Of the letters of a text, so many are of its script; Japanese mixes two.
_WRITTEN = 0.2
#: A block of so many words in lower case without any evidence is in no language that miner speaks.
_FOREIGN = 15
#: Fewer words prove nothing by their form alone.
_SYLLABLES = 3


@cache
def reading_data(language: str) -> dict[str, Any]:
    """Return the content of a language's ``reading.yaml``."""
    return read_yaml(f"lang/{language}/reading.yaml") or {}


def detect_language(text: str, declared: str | None = None) -> str | None:
    """Return the ISO 639-1 code of a text's main language, None where nothing tells it.

    The code may be of a language that miner does not speak. The same text always gives the same answer.

    Parameters
    ----------
    declared : str, optional
        What the source says; asked where words prove nothing, and believed unless miner speaks it.

    Examples
    --------
    >>> detect_language("La province a publié un plan pour les communes et les quartiers.")
    'fr'
    """
    foreign = declared if declared not in languages() else None
    return words_language(text) or _by_script(text) or foreign or _statistical(text)


def words_language(text: str) -> str | None:
    """Return the language of miner's own that letters and function words prove, None where they do not."""
    words, counts = _evidence(text[:_HEAD])
    ranked = counts.most_common(2)
    proved = ranked and ranked[0][1] >= max(2, _SHARE * len(words)) and _leads(ranked)
    return ranked[0][0] if proved else _by_syllables(words)


def block_language(text: str, main: str | None) -> str | None:
    """Return the language of a part of an article whose main language is `main`.

    A part without evidence (a caption of three words, a list of names) has the main language.
    """
    if main and main not in languages():
        return words_language(text) or main
    words, counts = _evidence(text)
    ranked = counts.most_common(2)
    proved = ranked and _leads(ranked) and (ranked[0][1] >= 2 or len(words) <= 12)
    if ranked and ranked[0][1] >= 2:
        return ranked[0][0] if proved else main
    if guess := _by_syllables(words, against=len(ranked)):
        return guess
    if ranked:
        return ranked[0][0] if proved else main
    # Articles in a language that miner does not speak go no further than this: the time would be lost.
    if main and sum(word.islower() for word in words) >= _FOREIGN:
        return _statistical(text) or main
    return _by_script(text) or main


def _by_script(text: str) -> str | None:
    """Return the language whose script most of the text is written in."""
    if text.isascii():
        return None
    sample = text[:_SAMPLE]
    letters = max(1, sum(map(str.isalpha, sample)))
    return next((code for code, script in _scripts() if len(script.findall(sample)) >= _WRITTEN * letters), None)


@cache
def _scripts() -> list[tuple[str, re.Pattern[str]]]:
    return [(code, re.compile(f"[{characters}]")) for code, characters in read_yaml("scripts.yaml").items()]


def _by_syllables(words: Sequence[str], against: int = 0) -> str | None:
    """Return the language all of whose words are syllables of one form, if all of these are (names say nothing).

    `against` words are known from other languages; they may be syllables of the form by chance.
    """
    spoken = {word for word in words if word.islower()}
    if len(spoken) - against < _SYLLABLES:
        return None
    return next((code for code, form in _syllables() if all(map(form.fullmatch, spoken))), None)


def _leads(ranked: list[tuple[str, int]]) -> bool:
    return len(ranked) == 1 or ranked[0][1] >= _LEAD * ranked[1][1]


def _evidence(text: str) -> tuple[list[str], Counter[str]]:
    """Return the words of `text` and the number of those that speak for each language."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if text.isupper():
        text = text.lower()
    words = _WORD.findall(text)
    counts: Counter[str] = Counter()
    for word, number in Counter(words).items():
        for language in _spoken(word):
            counts[language] += number
    return words, counts


@lru_cache(maxsize=100_000)
def _spoken(word: str) -> Collection[str]:
    """Return the languages that a word speaks for."""
    of_word, of_letter = _indexes()
    if not word[0].islower():
        return ()
    return of_word.get(word) or ({of_letter[c] for c in word if c in of_letter} if not word.isascii() else ())


@cache
def _syllables() -> list[tuple[str, re.Pattern[str]]]:
    forms = {language: reading_data(language).get("syllable") for language in languages()}
    return [(language, re.compile(form)) for language, form in forms.items() if form]


@cache
def _indexes() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return the languages of each function word and the language of each distinctive letter."""
    of_word: dict[str, tuple[str, ...]] = {}
    of_letter: dict[str, str] = {}
    for language in languages():
        data = reading_data(language)
        for word in data.get("function_words", ()):
            of_word[word] = (*of_word.get(word, ()), language)
        of_letter |= dict.fromkeys(data.get("letters", ""), language)
    return of_word, of_letter


def _statistical(text: str) -> str | None:
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0
    try:
        best = detect_langs(text[:_SAMPLE])[0]
    except LangDetectException:
        return None
    return str(best.lang).split("-")[0] if best.prob >= _SURE else None
