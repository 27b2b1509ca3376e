"""Where a figure holds: the province it is said of, the whole country, or nowhere that is clear."""

from __future__ import annotations

from miner.extract.figure_units import Figured
from miner.extract.lookup import Lookup
from miner.extract.reading import Hit, PlaceMention, Reading, Sentence, Span

NATION = "Vietnam"
#: Windows in words: a province right before or after its number; the subject at the start of a clause; the country
#: before its number; a counted unit after its number.
_BESIDE, _SUBJECT, _COUNTRY, _UNIT = 4, 8, 14, 5
#: From so many on, localities are those of the whole country.
_MANY = 10
_STARTS = frozenset({";", ":"})


class Places:
    """Finds the places of one article's figures; to be asked in the order of the text."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup
        national = reading.hits_of("figure_national")
        self.together = any(hit.code == "event" for hit in national)
        self.current = self._default([hit for hit in national if hit.code == "country"])
        self._seen = 0

    def _default(self, country: list[Hit]) -> str | None:
        """Return the place before any is named: the country if the article speaks more of it than of home."""
        own = [mention for mention in self.reading.places if mention.place == self.reading.home]
        own_words = self.reading.hits_of("figure_home")
        return NATION if len(country) > len(own) + len(own_words) else self.reading.home

    def place_of(self, found: Figured, rule: str) -> str | None:
        """Return the province that a figure holds for, Vietnam, or None if unclear."""
        self._read_on(found.sentence)
        if beside := self._beside(found):
            return beside
        if rule == "rank" or (region := self._region(found)) is None:
            return self._said(found)
        if rule in {"measure", "money"}:
            self.current = None
            return None
        return NATION if region else self._said(found)

    def _read_on(self, sentence: Sentence) -> None:
        """Follow the sentences up to this one: each may move to another place."""
        for other in self.reading.sentences[self._seen :]:
            if other.start >= sentence.start:
                break
            self._seen += 1
            if other.kind not in {"caption", "noise", "heading"}:
                self.current = self._of_sentence(other, self.current)

    def _of_sentence(self, sentence: Sentence, current: str | None) -> str | None:
        provinces = self.reading.within(self.reading.places, sentence)
        if provinces:
            place: str = provinces[-1].place
            return place
        if self._subject(sentence.start, sentence.end):
            return NATION
        return self.reading.home if self.reading.hits_of("figure_home", sentence) else current

    def _beside(self, found: Figured) -> str | None:
        """Return the province named right before the number (Lai Chau 52 %) or as its receiver right after it."""
        before = self.reading.within(self.reading.places, Span(max(0, found.left - 8), found.left))
        near = [m for m in before if m.end <= found.left and found.left - m.end <= _BESIDE and self._open(m, found)]
        if near:
            return str(near[-1].place)
        after = self.reading.within(self.reading.places, Span(found.right, found.right + _BESIDE + 1))
        given = [m for m in after if m.start > found.right and self._is_receiver(m)]
        return str(given[0].place) if given and found.unit in {"money", None} else None

    def _open(self, mention: PlaceMention, found: Figured) -> bool:
        """Tell whether nothing but small words and a verb stands between a province and the number."""
        between = self.reading.words[mention.end : found.left]
        return (not any(word in ".;" for word in between) and between[:1] != [")"]) or between == [")"]

    def _is_receiver(self, mention: PlaceMention) -> bool:
        return bool(self.lookup.before("figure_receiver", mention.start))

    def _region(self, found: Figured) -> bool | None:
        """Tell whether the number counts provinces of the country; None if it counts something else."""
        after = Span(found.quantity.after, min(found.quantity.after + _UNIT, found.sentence.end))
        if found.unit == "money":
            return self._shared(found)
        hits = self.reading.hits_of("figure_region", after)
        if found.unit in {"percent", "point", "other"} or not hits:
            return None
        if hits[0].code == "province" or found.quantity.value >= _MANY:
            return True
        return bool(self.lookup.before("figure_one_of", found.quantity.start)) or None

    def _shared(self, found: Figured) -> bool | None:
        """Tell whether an amount goes to several provinces that the sentence counts."""
        for quantity in self.reading.within(self.reading.numbers, found.sentence):
            region = self.lookup.at("figure_region", quantity.after)
            if region and quantity.of is None and 2 <= quantity.value < 34 and quantity.form != "ordinal":
                return True
        return None

    def _said(self, found: Figured) -> str | None:
        """Return the place that the words before the number in its sentence speak of, else the current one."""
        sentence, start = found.sentence, found.quantity.start
        window = Span(sentence.start, start)
        provinces = self.reading.within(self.reading.places, window)
        marks: list[tuple[int, str | None]] = [(mention.end, mention.place) for mention in provinces]
        marks += [(h.end, self.reading.home) for h in self.reading.hits_of("figure_home", window)]
        marks += [(h.end, None) for h in self.reading.hits_of("figure_abroad", window)]
        for hit in self.reading.hits_of("figure_national", window):
            if hit.code == "country" and start - hit.end <= _COUNTRY:
                marks.append((hit.end, NATION))
        if marks:
            return max(marks, key=lambda mark: mark[0])[1]
        clause = self._clause(sentence, start)
        return NATION if self._subject(clause, start) else self.current

    def _clause(self, sentence: Sentence, at: int) -> int:
        for i in range(at - 1, sentence.start, -1):
            if self.reading.words[i] in _STARTS:
                return i + 1
        return sentence.start

    def _subject(self, start: int, end: int) -> bool:
        """Tell whether a central body, or in a meeting of the whole country a central leader, opens the clause."""
        opening = Span(start, min(start + _SUBJECT, end))
        codes = {hit.code for hit in self.reading.hits_of("figure_national", opening)}
        return "center" in codes or (self.together and "leader" in codes)
