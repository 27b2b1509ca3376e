"""Reads the bodies of posts that nobody listed: unknown names, villages, and what stands before a role."""

from __future__ import annotations

from miner.extract.body_phrase import Phrase
from miner.extract.families import Kind, is_open_part
from miner.extract.phrases import NAME_WORDS, STOPS, PhraseReader


class BodyReader(PhraseReader):
    """Reads the bodies of the posts of one article."""

    def read_unknown(self, phrase: Phrase, limit: int, *, plain: bool = False, family: str = "other") -> None:
        """Take a name that is no known body as another body: 'Chánh Văn phòng Điều phối …', 'Director of Samsung'.

        Its kind is `family`, unless an article before it tells an agency from a company. With `plain`, words without a
        capital are a name too: 'chef du bureau de coordination'.
        """
        token = phrase.end
        while link := self.links.starts.get(token):
            token = link.end
        end = self._name_end(token, limit)
        known = phrase.kind is not None and not is_open_part(phrase.kind.family)
        if known or token >= limit or token in self.places.inside:
            return
        if end == token:
            if plain or phrase.kind is not None:
                self._read_plain(phrase, token)
            return
        office = self.bodies.starts.get(end)
        is_office = office is not None and office.code == "office"
        family = family if token - phrase.end <= 1 else "other"
        phrase.kind = Kind("other_office" if is_office else family)
        phrase.end = office.end if office is not None and is_office else end

    def read_unit(self, start: int, limit: int) -> Phrase | None:
        """Read the unit that ends a role, 'phòng' of 'Trưởng phòng', if the body that it belongs to follows."""
        unit = self.bodies.starts[start]
        phrase = self.read(start, limit)
        known = phrase.kind is not None and phrase.kind.family == "other"
        return phrase if known and phrase.end > unit.end else None

    def _read_plain(self, phrase: Phrase, token: int) -> None:
        """Tell 'chef du Bureau de coordination' from the office of the people's committee."""
        word = self.reading.words[token]
        covers = (self.bodies, self.levels, self.areas, self.offices, self.titles)
        free = word.islower() and len(word) > 2 and not any(token in cover.inside for cover in covers)
        if token > phrase.end and free and token not in self.inside_persons:
            phrase.kind = Kind("other_office" if phrase.kind and phrase.kind.family == "office" else "other")
            phrase.end = self._plain_end(phrase, token)

    def _plain_end(self, phrase: Phrase, token: int) -> int:
        """Return the end of a name in small letters if a comma, dash or person ends it, else that of the phrase."""
        words, end = self.reading.words, token
        while end < min(token + NAME_WORDS + 2, len(words)) and words[end].islower() and end not in self.offices.starts:
            end += 1
        closed = end < len(words) and (words[end] in STOPS or end in self.persons)
        return end if closed else phrase.end

    def read_village(self, start: int, limit: int) -> Phrase:
        """Read the village of a village head: 'chef du hameau de X'."""
        phrase = Phrase(start, start, said="village")
        token = start
        while link := self.links.starts.get(token):
            token = link.end
        if (end := self._name_end(token, limit)) > token:
            phrase.end = end
        return phrase

    def read_before(self, end: int, limit: int, *, fields: bool = False) -> Phrase:
        """Read the phrase right before token `end`, from `limit` on: 'Health' of 'Health Minister'."""
        owner = self.owners.ends.get(end)
        start = stop = owner.start if owner else end
        while start > limit and (size := 3 * self.tails.is_acronym(start - 3) or self._is_part(start - 1)):
            start -= size
        for first in range(start, stop):
            phrase = self.read(first, stop, fields=fields)
            if phrase.end == stop and not phrase.empty and first not in self.links.starts:
                phrase.end = end
                return phrase
        return Phrase(end, end)

    def _is_part(self, token: int) -> bool:
        covers = (self.bodies, self.levels, self.places, self.areas, self.links)
        known = any(token in cover.inside for cover in covers) or self.reading.words[token][0].isupper()
        return known and token not in self.inside_persons
