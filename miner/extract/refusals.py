"""Why a run of capitalised words that looks like a name is no person of the article."""

from __future__ import annotations

from miner.extract.names import is_excluded, surname_strength
from miner.extract.people import Candidate
from miner.extract.reading import Reading
from miner.extract.surroundings import Surroundings
from miner.lexicon import load_lexicon

#: Points that a name needs to stand for a person.
ENOUGH = 3
#: The strength of a surname that proves itself.
_STRONG = 2
_ADDRESS = "an address"
_PLACE = "a place or an institution named after a person"
#: The reasons that tell a candidate to be a place.
PLACES = frozenset({_ADDRESS, _PLACE})


class Refusals:
    """Judges the candidates of one article in order of the text; `found` are those before."""

    def __init__(self, reading: Reading, around: Surroundings, found: list[Candidate]) -> None:
        self.reading, self.around, self.found = reading, around, found

    def reason(self, candidate: Candidate, *, structured: bool) -> str:
        """Return why the candidate is no person of the article, or ''."""
        if is_excluded(candidate.folded):
            return "a name of history, of the calendar or of a place"
        if self.around.credited(candidate):
            return "a credit"
        if self.around.blocked_after(candidate.end):
            return _PLACE
        if not candidate.supported and self.around.is_route(candidate):
            return _ADDRESS
        if self.around.is_address(candidate.start) and not candidate.supported:
            return _ADDRESS
        if self.around.names_body(candidate) and not self.around.honorific_before(candidate.start):
            return _PLACE
        noun = self.around.blocked_before(candidate.start)
        if noun is None:
            return _PLACE if self._is_area_name(candidate) else ""
        if self.around.is_part_of_body(noun):
            return ""
        if structured and self.around.is_inside_office(noun, candidate.start):
            return ""
        of_office = (
            structured
            and noun.code == "area"
            and noun.end == candidate.start
            and (self.around.office_before(noun.start) or self.around.is_province(noun))
        )
        return "" if of_office and not self._is_area_name(candidate) else _PLACE

    def _is_area_name(self, candidate: Candidate) -> bool:
        """Tell the commune of 'Chủ tịch UBND xã Hòa Thành' from the name of its chairman."""
        around, start = self.around, candidate.start
        settings = load_lexicon(self.reading.block_of(start).language).settings
        if settings.get("area_before_name") != "true" or not around.area_before(start):
            return False
        short = candidate.size == 2
        doubtful = short and surname_strength(self.reading.words[start], strict=True) < _STRONG
        known = short and getattr(around.districts.starts.get(start), "end", 0) == candidate.end
        return doubtful or known or around.in_area(candidate.end) or self._is_served(start, chained=short)

    def _is_served(self, token: int, *, chained: bool) -> bool:
        """Tell whether the posts before `token` belong to a name before them: 'A, Bí thư Đảng ủy xã …'."""
        start = self.around.posts_start(token, chained=chained)
        named = [c for c in self.found[-2:] if c.points >= ENOUGH and not c.blocked and c.end == start - 1]
        return any(not self.around.office_before(c.start) for c in named)
