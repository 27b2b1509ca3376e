"""Which body and province a post belongs to: from its phrase, its chain and the holder's other posts."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from miner.extract import families
from miner.extract.cover import Cover
from miner.extract.families import OTHER, Kind
from miner.extract.holders import holder_names
from miner.extract.levels import BY_HOLDER, SECRETARIES, common_level, inherit
from miner.extract.office import Office
from miner.extract.places import Provinces
from miner.extract.reading import Reading, Span
from miner.lexicon import body_codes, load_lexicon, provinces, role_codes

#: Roles within a ministry that a branch of it in a province has too.
_LOCAL_HEADS = frozenset({"director_general", "deputy_director_general"})
#: How many tokens (an article, a comma) may stand before and after a body that somebody stands in for.
_NEAR = 2
_CHAIRS = frozenset({"chair", "vice_chair", "standing_vice_chair"})


def settle(reading: Reading, offices: list[Office]) -> None:
    """Fill body, place and reason of every post; the posts of one person are read together."""
    settler = _Settler(reading)
    for mine in holder_names(offices).values():
        settler.settle_together(mine)
    for office in offices:
        if office.holder is None:
            settler.settle_together([office])


class _Settler:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.provinces = Provinces(reading)
        self._owners = Cover.of(reading, "post_owner")

    @cached_property
    def _has_chairs(self) -> bool:
        """Whether the article names a body that a chair may lead: a committee, a council, an association, a company."""
        found = (families.kind_of(body.code).family for body in self.reading.bodies)
        return self._has_committee or bool(families.led().intersection(found))

    @property
    def _has_committee(self) -> bool:
        return any(families.kind_of(body.code).family == "peoples_committee" for body in self.reading.bodies)

    def settle_together(self, offices: list[Office]) -> None:
        """Settle the posts of one person: each helps to read the others."""
        inherit(offices)
        self._take_own_level(offices)
        level = common_level(offices)
        for office in offices:
            self._set_body(office, level)
        self._share_bodies(offices)
        for office in offices:
            self._set_place(office, offices, level)

    def _take_own_level(self, offices: list[Office]) -> None:
        """In an article on a commune's Party committee a bare 'Secretary' is the secretary of that committee."""
        for office in offices:
            phrase = office.phrase
            bare = phrase.kind is None or (phrase.kind.family == "party_committee" and phrase.kind.level is None)
            if office.role in SECRETARIES and bare and not phrase.said and not phrase.place and self._own_level:
                phrase.said = self._own_level

    @cached_property
    def _own_level(self) -> str | None:
        """The level of the Party committee that the article names first, if it is a commune's or district's."""
        named = (families.kind_of(body.code) for body in self.reading.bodies)
        level = next((kind.level for kind in named if kind.family == "party_committee"), None)
        return level if level in {"district", "commune"} else None

    def _share_bodies(self, offices: list[Office]) -> None:
        """A bare 'the minister' is the minister of the ministry that another mention names."""
        full = {office.role: office.body for office in offices if office.phrase.kind and office.body}
        for office in offices:
            bare = office.phrase.kind is None and not office.phrase.place and not office.phrase.said
            if bare and families.implied_body(office.role) is None:
                office.body = full.get(office.role, office.body)

    def _set_body(self, office: Office, holder_level: str | None) -> None:
        phrase = office.phrase
        if phrase.foreign and families.implied_body(office.role) != "":
            office.body = OTHER
            return
        kind = Kind(office.bracket) if office.bracket else phrase.kind
        if kind is None:
            office.body = self._implied(office)
            return
        family = families.family_for(office.role, families.alone(kind.family))
        level = self._level(office, Kind(family, kind.level), holder_level)
        if family in families.SAME:
            family = self._same(families.SAME[family], office.start)
        if family == "department":
            office.body = self._department(office.start)
            office.role = families.role_in(office.role, family, office.body)
            return
        exact = kind.code if level == kind.level else None
        steering = family == "steering_committee"
        office.body = exact or (self._steering(level) if steering else families.code_of(family, level))
        if phrase.inner:
            office.role = families.role_in_ministry(office.role)
        office.role = families.role_in(office.role, family, office.body or "")

    def _department(self, token: int) -> str:
        """Return the department that 'the department' means: the one named last."""
        hits = self.reading.hits_of("body")
        before = [hit.code for hit in hits if hit.start < token and hit.code.startswith("dept_")]
        return before[-1] if before else OTHER

    def _same(self, family: str, token: int) -> str:
        """Return the family if the article has named such a body before, else `other`."""
        named = any(families.kind_of(b.code).family == family for b in self.reading.bodies if b.start < token)
        return family if named else OTHER

    def _level(self, office: Office, kind: Kind, holder_level: str | None) -> str | None:
        phrase = office.phrase
        said = self._city_level(phrase.place) if phrase.said == "city" else phrase.said
        if said:
            return said
        implied = families.implied_level(office.role) if kind.level in {None, "central"} else None
        if implied and families.has_level(kind.family, implied) and not phrase.inner:
            return implied
        if kind.family in BY_HOLDER:
            return holder_level or kind.level
        return kind.level

    def _city_level(self, place: str | None) -> str:
        known = place or self.reading.home
        return "provincial" if any(u.name == known and u.type == "municipality" for u in provinces()) else "district"

    def _implied(self, office: Office) -> str | None:
        implied = families.implied_body(office.role)
        phrase = office.phrase
        if implied == "state_bank" and phrase.said and not phrase.place:
            return OTHER
        if implied is not None:
            return implied or None
        if not phrase.place and (owner := self._owner(office) or self._represented(office)):
            family = families.kind_of(owner).family
            level = phrase.said or families.kind_of(owner).level
            office.role = families.role_in(office.role, family, owner)
            return families.code_of(family, level) if families.has_level(family, level or "") else owner
        level = self._city_level(phrase.place) if phrase.said == "city" else phrase.said
        if level == "village":
            office.role = "village_head" if office.role == "head" else office.role
            return "party_cell" if office.role in SECRETARIES else OTHER
        if office.role in SECRETARIES:
            return families.code_of("party_committee", level or "provincial")
        if office.role == "chair" and phrase.empty and not self._has_chairs:
            language = self.reading.block_of(office.start).language
            head = load_lexicon(language).settings.get("bare_chair")
            office.role = head or office.role
            return families.implied_body(office.role) or None
        if office.role in _CHAIRS and (phrase.place or level or self._has_committee):
            return families.code_of("peoples_committee", level or "provincial")
        return self._ministry(office) if families.implied_level(office.role) == "central" else None

    def _owner(self, office: Office) -> str | None:
        """Return the body before 'its Chairwoman' in the sentence, or the department before 'the director'."""
        owned = office.start in self._owners.ends
        director = families.implied_level(office.role) == "provincial"
        if not (owned or director):
            return None
        start = self.reading.sentence_of(office.start).start
        kind = "" if owned else "dept_"
        fitting = [b for b in self.reading.bodies if b.end <= office.start and b.code.startswith(kind)]
        near = [b for b in fitting if b.start >= start]
        return near[-1].code if near else None

    def _represented(self, office: Office) -> str | None:
        """Return the body before the office of 'on behalf of the Farmers' Union, Chairwoman Hoa'."""
        start, words = self.reading.sentence_of(office.start).start, self.reading.words
        steads = self.reading.hits_of("post_stead", Span(start, office.start))
        body = next((b for b in reversed(self.reading.bodies) if b.end <= office.start), None) if steads else None
        if body is None or not 0 <= body.start - steads[-1].end < _NEAR:
            return None
        gap = range(body.end, office.start)
        return body.code if gap and words[gap[0]] == "," and len(gap) <= _NEAR else None

    def _ministry(self, office: Office) -> str | None:
        """Return the ministry named last before a bare minister in the sentence, else the only one of the article."""
        ministries = [body for body in self.reading.bodies if body.code.startswith("ministry_")]
        start = self.reading.sentence_of(office.start).start
        before = [body.code for body in ministries if start <= body.start < office.start]
        named = {body.code for body in ministries}
        if before:
            return before[-1]
        return named.pop() if len(named) == 1 else None

    def _steering(self, level: str | None) -> str:
        """Return the steering committee that is meant: at the centre the one named most."""
        local = families.code_of("steering_committee", "provincial")
        if level != "central":
            return families.code_of("steering_committee", level)
        kinds = [(body, families.kind_of(body.code)) for body in self.reading.bodies if body.code != local]
        named = [body for body, kind in kinds if kind.family == "steering_committee"]
        counts = Counter(body.code for body in named)
        return max(counts, key=lambda code: counts[code]) if counts else OTHER

    def _set_place(self, office: Office, mine: list[Office], holder_level: str | None) -> None:
        phrase = office.phrase
        level = "central" if phrase.foreign else self._place_level(office, holder_level)
        if level == "central":
            office.place, office.reason = None, "central"
        elif phrase.place:
            office.place, office.reason = phrase.place, "named in the post"
        elif district := self._district(office, level):
            office.place, office.reason = district, "the district's province"
        elif level is None:
            office.place, office.reason = None, "no province"
        else:
            now = [other for other in mine if other is not office and other.modifier != "former"]
            others = [place for other in now if (place := other.phrase.place)]
            office.place, office.reason = self.provinces.of(office, others)

    def _district(self, office: Office, level: str | None) -> str | None:
        """Return the province of the district that a post names, which a merger may have made another than the home."""
        named = self.reading.hits_of("district", office) if level == "district" else []
        return named[0].code if named and self.reading.words[named[0].start][0].isupper() else None

    def _place_level(self, office: Office, holder_level: str | None) -> str | None:
        body = office.body
        if body is None:
            central = families.implied_body(office.role) == "" or families.implied_level(office.role) == "central"
            return "central" if central else "provincial"
        level = body_codes().get(body)
        if body == "national_assembly":
            return "provincial" if office.role == "deputy" else "central"
        implied = body_codes().get(families.implied_body(office.role) or "")
        if body == OTHER and office.phrase.place and office.role in _LOCAL_HEADS:
            return office.phrase.said or "provincial"
        if body == OTHER and "central" in {role_codes()[office.role], implied}:
            return "central"
        if level == "any" or body == OTHER:
            said = office.phrase.said
            return said or holder_level or ("central" if body == "vietnam_fatherland_front" else "provincial")
        return level
