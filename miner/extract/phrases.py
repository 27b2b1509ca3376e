"""Reads body phrases: what posts are composed with.

A phrase is a chain of a body's parts, its level (an adjective, or a district with its name) and its province, joined by
words like 'of the': 'vice-président' + 'du Comité populaire' + 'du district de X'.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from miner.extract.body_parts import countries, parts_of_bodies
from miner.extract.body_phrase import Phrase
from miner.extract.cover import Cover
from miner.extract.families import Kind, code_of, is_open_part, kind_of, nested
from miner.extract.reading import Hit, Reading
from miner.extract.tails import Tails
from miner.lexicon import provinces

#: The code of other countries than Vietnam.
_ABROAD = "country"
#: The longest name of a district or commune, in words.
NAME_WORDS = 4
#: How many words the name of a company or a hospital may have.
_ORGAN_WORDS = 10
#: How many words may stand between a unit and the body that it belongs to.
_OWNER_WORDS = 6
#: Units that keep their kind whatever name stands before them: 'Civil Defence Steering Committee'.
_QUALIFIED = frozenset({"steering_committee", "task_force"})
STOPS = {",", ";", ":", ".", "-", "–", "—"}


class PhraseReader:
    """Reads body phrases of one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.bodies = parts_of_bodies(reading)
        self.departments = Cover.of(reading, "post_department")
        self.links = Cover.of(reading, "post_link")
        self.owners = Cover.over(h for h in reading.hits_of("post_link") if h.code == "possessive")
        self.tails = Tails(reading)
        self.countries = Cover.over(countries(reading))
        self.areas = Cover.of(reading, "post_area")
        self.levels = Cover.of(reading, "post_level")
        self.places = Cover.of(reading, "place")
        self.offices = Cover.of(reading, "role", "post", "post_plural")
        self.titles = Cover.of(reading, "title")
        self.persons = {mention.start for mention in reading.persons}
        self.inside_persons = {k for m in reading.persons for k in range(m.start, m.end)}

    def read(self, start: int, limit: int, known: Kind | None = None, *, fields: bool = False) -> Phrase:
        """Read the phrase that begins at token `start` and ends before `limit`.

        `known` is what precedes it; with `fields`, the field of a ministry stands for the ministry.
        """
        phrase = Phrase(start, start, kind=known, fields=fields)
        while (after := self._step(phrase, phrase.end, limit)) > phrase.end:
            phrase.end = after
        if not phrase.empty:
            phrase.end = min(self.tails.after_acronym(phrase.end), limit)
        if phrase.kind is not None and phrase.kind.family in {"other", "company"}:
            self._read_organ(phrase, limit)
            self._read_owner(phrase, limit)
        return self._with_tail(phrase, limit)

    def _read_organ(self, phrase: Phrase, limit: int) -> None:
        """Read the name of another body up to the person that it stands before, with its ministry in brackets."""
        words, token = self.reading.words, phrase.end
        while (
            token < min(limit, phrase.end + _ORGAN_WORDS)
            and words[token] not in STOPS
            and token not in self.titles.starts
        ):
            if token in self.persons:
                phrase.end = token
                return
            body = self.bodies.starts.get(token + 1) if words[token] == "(" else None
            if body is not None and words[body.end : body.end + 1] == [")"]:
                self._take_body(phrase, body)
                phrase.end = body.end + 1
                token = body.end
            token += 1

    def _read_owner(self, phrase: Phrase, limit: int) -> None:
        """Read on at the body or area that a unit with a name of its own belongs to: 'Vụ Địa phương Bộ Nội vụ'."""
        end = min(limit, phrase.end + _OWNER_WORDS)
        words, token = self.reading.words, phrase.end
        while token < end and words[token][0].isalpha() and not self._ends_name(token):
            body = self.bodies.starts.get(token)
            if token > phrase.end and ((body and body.group != "post_organ") or token in self.areas.starts):
                after = self._step(phrase, token, limit)
                while after > phrase.end:
                    phrase.end = after
                    after = self._step(phrase, phrase.end, limit)
                return
            token += 1

    @cached_property
    def _before_areas(self) -> set[int]:
        """The tokens before the nouns of areas: the 2 of 'Da Huoai 2 commune'."""
        return {start - 1 for start in self.areas.starts}

    @cached_property
    def _verbs(self) -> Cover:
        groups = ("act_verb", "act_aux", "act_passive", "part_chair", "part_attend", "part_speak")
        return Cover.of(self.reading, *groups)

    def _ends_name(self, token: int) -> bool:
        taken = token in self.inside_persons or token in self.offices.inside or token in self.titles.inside
        return taken or token in self._verbs.inside

    def _step(self, phrase: Phrase, at: int, limit: int) -> int:
        token = self.tails.after_acronym(at) if at > phrase.start else at
        while (link := self.links.starts.get(token)) and not self._opens_body(token, link) and link.end < limit:
            token = link.end
        token = self._after_ordinal(token, limit)
        if token >= limit or token in self.persons:
            return at
        if country := self.countries.starts.get(at) or self.countries.starts.get(token):
            phrase.foreign = phrase.foreign or country.code == _ABROAD
            return country.end
        if (place := self._place(token)) and place.end <= limit:
            phrase.place = phrase.place or place.code
            shared = self.bodies.starts.get(place.end - 1)
            return place.end - 1 if shared and shared.end > place.end > token + 1 else place.end
        body = self.bodies.starts.get(token)
        area = self.areas.starts.get(token)
        unit = area is not None and body is not None and area.end == body.end
        noun = self.departments.starts.get(body.end) if body and body.group == "post_field" else None
        if body and noun and noun.end <= limit:
            self._add(phrase, Kind(body.code, noun.code))
            return noun.end
        if body and not unit and body.end <= limit and (phrase.fields or body.group != "post_field"):
            return self._take_body(phrase, body)
        if area:
            return self._take_area(phrase, area, limit)
        if level := self.levels.starts.get(token):
            phrase.said = level.code
            return level.end
        known = token in self.reading.hits.begins["district"]
        own = self._take_own_name(phrase, token, limit) if token == at or known or phrase.level != "city" else 0
        return self._take_named(phrase, token, limit) or own or at

    def _after_ordinal(self, token: int, limit: int) -> int:
        """Return the token after the number of '4e Région militaire', else `token`."""
        if token >= limit or not self.reading.words[token][0].isdigit():
            return token
        return next((k for k in range(token + 1, token + 3) if k in self.bodies.starts), token)

    def _opens_body(self, token: int, link: Hit) -> bool:
        """Tell 'the Government', a body, from the article of 'the Party Committee', and An Giang from an article."""
        body, inner = self.bodies.starts.get(token), self.bodies.starts.get(link.end)
        opens = body is not None and (inner is None or inner.end <= body.end)
        return opens or self._place(token) is not None

    def _place(self, token: int) -> Hit | None:
        hit = self.places.starts.get(token)
        return hit if hit and self.reading.words[token][0].isupper() else None

    def _take_body(self, phrase: Phrase, hit: Hit) -> int:
        if hit.group == "post_department":
            return self._take_department(phrase, hit)
        family, _, level = hit.code.partition("@")
        coded = hit.group == "body"
        self._add(phrase, kind_of(hit.code) if coded else Kind(family))
        if level:
            phrase.said = level
        return hit.end

    def _take_department(self, phrase: Phrase, hit: Hit) -> int:
        """'Département provincial de la Santé': the noun gives the level, the field the family."""
        end = hit.end
        while following := (self.levels.starts.get(end) or self.areas.starts.get(end) or self.links.starts.get(end)):
            end = following.end
        field = self.bodies.starts.get(end)
        if field and field.group == "post_field":
            self._add(phrase, Kind(field.code, hit.code))
            return field.end
        self._add(phrase, Kind("department" if hit.code == "provincial" else "other"))
        return hit.end

    def _add(self, phrase: Phrase, new: Kind) -> None:
        old = phrase.kind
        if old is None:
            phrase.kind = new
        elif whole := nested(old.family, new.family):
            phrase.kind = Kind(whole, new.level or old.level)
        elif whole := nested(new.family, old.family):
            phrase.kind = Kind(whole, old.level or new.level)
        elif old.family == new.family and new.level:
            phrase.kind = new
        elif old.family == "other" and new.level == "central" and code_of(new.family, "central").startswith("ministry"):
            phrase.kind, phrase.inner = Kind(new.family, "central"), True
        elif is_open_part(old.family):
            phrase.kind = new
        elif old.level is None and new.level:
            phrase.kind = replace(old, level=new.level)

    def _take_area(self, phrase: Phrase, area: Hit, limit: int) -> int:
        token = area.end
        while link := self.links.starts.get(token):
            token = link.end
        place = self._place(token)
        if place and place.end <= limit:
            phrase.place = phrase.place or place.code
            phrase.said = _city_level(place.code) if area.code == "city" else area.code
            return place.end
        before = self.places.ends.get(area.start)
        if before and area.code in {"city", "provincial"}:
            phrase.said = _city_level(before.code) if area.code == "city" else "provincial"
            return area.end
        name_end = self._name_end(token, limit) if area.code != "provincial" else token
        named = name_end > token
        phrase.said = "district" if area.code == "city" and named else area.code
        return name_end if named else area.end

    def _name_end(self, token: int, limit: int) -> int:
        end = token
        while end < min(limit, token + NAME_WORDS) and self._is_name_word(end):
            end += 1
        return end

    def _is_name_word(self, token: int) -> bool:
        word = self.reading.words[token]
        if not word[0].isupper():
            return word.isdigit() and len(word) < 3 and token in self._before_areas
        body = self.bodies.starts.get(token)
        if body is not None:
            return body.group == "post_field"
        taken = (self.areas.starts, self.offices.starts, self.titles.starts, self.inside_persons)
        return not any(token in index for index in taken)

    def _take_named(self, phrase: Phrase, token: int, limit: int) -> int:
        """'Huu Lung district': the name stands before the noun."""
        end = self._name_end(token, limit)
        area, body = self.areas.starts.get(end), self.bodies.starts.get(end)
        if (
            end > token
            and body is not None
            and body.code != "office"
            and body.group in {"post_organ", "post_unit"}
            and body.end <= limit
        ):
            qualified = body.group == "post_unit" and "@" not in body.code and body.code not in _QUALIFIED
            return self._take_body(phrase, replace(body, code="other") if qualified else body)
        if end == token or area is None or end >= limit or area.end > limit:
            return 0
        phrase.said = "district" if area.code == "city" else area.code
        return area.end

    def _take_own_name(self, phrase: Phrase, token: int, limit: int) -> int:
        """'Huyện ủy Diễn Châu': the name stands right after the body of a district."""
        if phrase.kind is None or phrase.place or phrase.level not in {"city", "district", "commune"}:
            return 0
        end = self._name_end(token, limit)
        if end > token and phrase.level == "city":
            phrase.said = "district"
        return end if end > token else 0

    def _with_tail(self, phrase: Phrase, limit: int) -> Phrase:
        """Read ', tỉnh X' and '(X)' after a district or commune."""
        words, token = self.reading.words, phrase.end
        local = phrase.level in {"district", "commune"} and phrase.place is None
        if not local or token >= limit or words[token] not in {",", "("}:
            return phrase
        area = self.areas.starts.get(token + 1)
        place = self._place(area.end if area else token + 1)
        if place and (area is None or area.code in {"provincial", "city"}):
            phrase.place, phrase.end = place.code, place.end + (words[token] == "(")
        return phrase


def _city_level(place: str) -> str:
    """A city that is a province is provincial; another city of the same name lies within its province."""
    return "provincial" if any(u.name == place and u.type == "municipality" for u in provinces()) else "district"
