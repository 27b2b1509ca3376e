"""Reads posts: a form of a role or of a whole title, with the phrase of its body and its modifiers.

What follows the role is read as a body phrase; in languages that put the body first ('Health Minister') also what
precedes. Fixed titles win over composed ones unless the phrase reads on.
"""

from __future__ import annotations

from miner.extract import families
from miner.extract.body_phrase import Phrase
from miner.extract.body_reader import BodyReader
from miner.extract.cover import Cover
from miner.extract.office import Office
from miner.extract.reading import Hit, Reading
from miner.extract.runs import is_upper
from miner.lexicon import load_lexicon

_ASSEMBLIES = frozenset({"national_assembly", "peoples_council", "na_delegation"})


class PostReader:
    """Reads the posts of one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.bodies = BodyReader(reading)
        self.heads = Cover.of(reading, "role", "post", "post_plural")
        self._twins = {(h.start, h.end): h for h in reading.hits_of("role") if not families.is_closed(h.code)}
        self.fixed = Cover.of(reading, "post")
        self.roles = Cover.of(reading, "role", "post_plural")
        marks = (h for h in reading.hits_of("title") if h.code.startswith("mod_"))
        self.modifiers = Cover.over(h for h in marks if not self._is_named(h))
        self.refused = Cover.of(reading, "post_refused")
        self._constituencies = Cover.of(reading, "post_constituency").starts
        self.plurals = Cover.of(reading, "post_plural_marker")

    def _is_named(self, hit: Hit) -> bool:
        """Tell the 'Cựu' of the veterans' association from a mark of a past post."""
        body = self.bodies.bodies.inside.get(hit.start)
        return body is not None and body.start < hit.start

    def read(self) -> list[Office]:
        """Return all posts outside noise, in order of the text."""
        offices: list[Office] = []
        end = 0
        for start in sorted(self.heads.starts):
            if start < end or start in self.bodies.inside_persons:
                continue
            office = self._office(start, end)
            if office:
                offices.append(office)
                end = office.end
        return offices

    def _office(self, start: int, last: int) -> Office | None:
        block = self.reading.block_of(start)
        if block.kind == "noise":
            return None
        head = self._head(start)
        role, phrase = self._phrase(head, block.end)
        refused = self.refused.starts.get(start)
        if refused and refused.end >= head.end and (phrase.kind is None or phrase.kind.family != "na_delegation"):
            self.reading.note("posts", refused, "refused", "post.delegation", "leading a delegation is no post")
            return None
        office = Office(
            start, max(phrase.end, head.end), role, None, None, f"{block.language}.posts.composed", phrase=phrase
        )
        country = self.bodies.countries.ends.get(start)
        phrase.foreign = phrase.foreign or (country is not None and country.code == "country")
        if phrase.empty and load_lexicon(block.language).settings.get("body_before_role") == "true":
            self._body_before(office, max(block.start, last))
        if (head.loose or head.code == "deputy") and not self._is_meant(head, office.phrase):
            return None
        self._modify(office, head)
        self._read_tails(office)
        office.plural = head.group == "post_plural" or self._marked_plural(start)
        return office

    def _read_tails(self, office: Office) -> None:
        """Read on after a short name, a country's adjective and a term: 'Premier ministre (PM) vietnamien'."""
        tails = self.bodies.tails
        office.end = tails.after_acronym(office.end)
        country = self.bodies.countries.starts.get(office.end)
        if country is not None and country.start not in self.bodies.inside_persons:
            office.end = country.end
            office.phrase.foreign = office.phrase.foreign or country.code == "country"
        office.end = tails.after_term(office.end)

    def _is_meant(self, head: Hit, phrase: Phrase) -> bool:
        """Tell whether a doubtful form is a post here: a deputy needs an assembly, a name or a constituency."""
        if head.code != "deputy":
            return phrase.kind is not None or (head.code == "chair" and phrase.said is not None)
        if phrase.kind is not None:
            return phrase.kind.family in _ASSEMBLIES
        if phrase.place is not None:
            return True
        mention = next((m for m in self.reading.persons if m.start == head.end), None)
        constituency = self._constituencies.get(mention.end + 1) if mention else None
        if constituency:
            phrase.kind = families.kind_of(constituency.code)
        elif mention and (place := self._province_in_brackets(mention.end)):
            phrase.kind, phrase.place = families.kind_of("national_assembly"), place
            return True
        return constituency is not None or (not head.loose and (mention is not None or head.group == "post_plural"))

    def _province_in_brackets(self, token: int) -> str | None:
        """Return the province of 'Đại biểu A (Hải Dương)' where the article speaks of the National Assembly."""
        place = self.bodies.places.starts.get(token + 1)
        words = self.reading.words
        closed = place is not None and words[token] == "(" and words[place.end : place.end + 1] == [")"]
        named = closed and any(hit.code == "national_assembly" for hit in self.reading.hits_of("body"))
        return place.code if place is not None and named else None

    def _head(self, start: int) -> Hit:
        """Return the fixed title or the role at `start`: the role if its own body reads beyond the title."""
        fixed, role = self.fixed.starts.get(start), self.roles.starts.get(start)
        if fixed is None or role is None:
            head = fixed or role
            assert head is not None
            return head
        inside = (self.bodies.bodies.starts.get(k) for k in range(start + 1, fixed.end))
        beyond = any(body.end > fixed.end for body in inside if body)
        return role if role.end > fixed.end or beyond else fixed

    def _phrase(self, head: Hit, limit: int) -> tuple[str, Phrase]:
        if families.is_closed(head.code):
            return self._closed_phrase(head, limit)
        role, phrase = self._open_phrase(head, limit)
        if families.is_open(role) and not is_upper(self.reading, self.reading.sentence_of(head.start)):
            plain = families.implied_body(role) is not None
            self.bodies.read_unknown(phrase, limit, plain=plain, family=families.family_named(role))
        return role, phrase

    def _closed_phrase(self, head: Hit, limit: int) -> tuple[str, Phrase]:
        """Tell the president of an association, whom the same word names, from the State President."""
        if twin := self._twins.get((head.start, head.end)):
            role, phrase = self._open_phrase(twin, limit)
            if head.end in self.bodies.links.starts:
                self.bodies.read_unknown(phrase, limit)
            if phrase.kind is not None:
                return role, phrase
        return head.code, Phrase(head.end, head.end)

    def _open_phrase(self, head: Hit, limit: int) -> tuple[str, Phrase]:
        if head.group == "post":
            role, _, body = head.code.partition("|")
            alone = self.roles.starts.get(head.start)
            if alone and alone.end == head.end and (phrase := self.bodies.read(head.end, limit)).kind:
                return role, phrase
            return role, self.bodies.read(head.end, limit, families.kind_of(body) if body else None)
        fields = families.implied_level(head.code) == "central"
        inside = range(0) if head.code.startswith("standing_") else range(head.start + 1, head.end)
        for token in inside:
            body_hit = self.bodies.bodies.starts.get(token)
            organ = body_hit is not None and body_hit.group == "post_organ"
            if body_hit and (body_hit.end > head.end or (body_hit.end == head.end and not organ)):
                return head.code, self.bodies.read(token, limit, fields=fields)
            unit = body_hit and body_hit.end == head.end and not self._names_body(head.end)
            if unit and (whole := self.bodies.read_unit(token, limit)):
                return head.code, whole
        phrase = self.bodies.read(head.end, limit, fields=fields)
        if head.code == "village_head":
            phrase = self.bodies.read_village(head.end, limit)
        return head.code, phrase

    def _names_body(self, token: int) -> bool:
        """Tell 'Ban Tổ chức Trung ương' after 'Phó Trưởng ban' from the field of an office."""
        body = self.bodies.bodies.starts.get(token)
        return body is not None and body.group in {"body", "post_unit"}

    def _body_before(self, office: Office, limit: int) -> None:
        sentence = self.reading.sentence_of(office.start)
        start = office.start
        while self.modifiers.ends.get(start):
            start = self.modifiers.ends[start].start
        fields = families.implied_level(office.role) == "central"
        phrase = self.bodies.read_before(start, max(limit, sentence.start), fields=fields)
        if not phrase.empty:
            office.phrase, office.start = phrase, phrase.start
            twin = self._twins.get((start, office.end))
            if twin and phrase.kind and families.is_closed(office.role):
                office.role = twin.code
            self._deputise(office)

    def _deputise(self, office: Office) -> None:
        """'Deputy industry and trade minister': the deputy stands before the field."""
        hit = self.modifiers.ends.get(office.start)
        if hit is not None and hit.code == "mod_deputy" and families.deputy(office.role):
            office.role, office.start = families.deputy(office.role), hit.start

    def _modify(self, office: Office, head: Hit) -> None:
        """Take in 'former' and 'acting', and 'standing' where it makes another role."""
        for hit in (self.modifiers.ends.get(head.start), self.modifiers.starts.get(head.end)):
            if hit is None:
                continue
            if hit.code == "mod_standing" and families.standing(office.role) != office.role:
                office.role = families.standing(office.role)
            elif hit.code in {"mod_former", "mod_acting"}:
                office.modifier = hit.code.removeprefix("mod_")
            else:
                continue
            office.start, office.end = min(office.start, hit.start), max(office.end, hit.end)
            if hit.start == head.end and office.phrase.empty:
                office.phrase = self.bodies.read(hit.end, self.reading.block_of(head.start).end)
                office.end = max(office.end, office.phrase.end)

    def _marked_plural(self, start: int) -> bool:
        strict = load_lexicon(self.reading.block_of(start).language).strict_diacritics
        title = self.bodies.titles.ends.get(start)
        counted = start > 0 and self.reading.words[start - 1].isdigit() and self.reading.words[start - 1] != "1"
        return strict and (
            counted or start in self.plurals.ends or (title is not None and title.start in self.plurals.starts)
        )
