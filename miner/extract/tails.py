"""What may follow a post before the next one: the short name of its body in brackets, the term of the office."""

from __future__ import annotations

from miner.extract.cover import Cover
from miner.extract.reading import Reading

#: How many tokens a term of office may have, and the signs in it.
_WORDS = 9
_SIGNS = {"-", "–", "/"}
_ROMAN = "IVX"


class Tails:
    """Reads on after the posts of one article."""

    def __init__(self, reading: Reading) -> None:
        self._words = reading.words
        self._links = Cover.of(reading, "post_link")
        self._terms = Cover.of(reading, "post_term")
        self._regions = {hit.start for hit in reading.hits_of("post_aside") if hit.code == "region"}

    def after_acronym(self, token: int) -> int:
        """Return the token after the short name of a body in brackets: 'Parti communiste du Vietnam (PCV)'."""
        return token + 3 if self.is_acronym(token) else token

    def is_acronym(self, token: int) -> bool:
        """Tell whether a short name, or the part of the country, stands in brackets from `token` on."""
        words = self._words[token : token + 3]
        closed = words[:1] == ["("] and words[2:] == [")"]
        return closed and (words[1].isupper() or token + 1 in self._regions)

    def after_term(self, token: int) -> int:
        """Return the token after the term of an office: 'for the 2021-2026 term', 'khóa XV, nhiệm kỳ 2021 - 2026'."""
        end, known = token, False
        while end < min(token + _WORDS, len(self._words)) and self._is_term_part(end):
            known = known or end in self._terms.inside
            end += 1
        while end > token and not self._is_term(end - 1):
            end -= 1
        return end if known else token

    def _is_term(self, token: int) -> bool:
        word = self._words[token]
        return token in self._terms.inside or word[0].isdigit() or not word.strip(_ROMAN)

    def _is_term_part(self, token: int) -> bool:
        if self._words[token] == ",":
            return token + 1 in self._terms.inside
        return self._is_term(token) or token in self._links.inside or self._words[token] in _SIGNS
