"""Where a figure holds: the province it is said of, the whole country, or nowhere that is clear."""

from __future__ import annotations

from miner.extract.figure_mentions import NATION, Mentions
from miner.extract.figure_regions import Regions
from miner.extract.figure_units import Figured
from miner.extract.lookup import Lookup
from miner.extract.reading import Hit, PlaceMention, Reading, Sentence, Span

#: Windows in words: a province right before or after its number; the subject at the start of a clause; the country
#: before its number.
_BESIDE, _SUBJECT, _COUNTRY = 4, 8, 14
_STARTS = frozenset({";", ":"})
_BREAKS = frozenset(",;:().")


class Places:
    """Finds the places of one article's figures; to be asked in the order of the text."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup, self.regions = reading, lookup, Regions(reading, lookup)
        self.mentions = Mentions(reading, lookup)
        self.places = self.mentions.meant
        self._titles = {start for mention in self.places for start in self.mentions.titles_of(mention)}
        national = reading.hits_of("figure_national")
        self.together = any(hit.code == "event" for hit in national)
        self.home = NATION if self._is_assembly() else reading.home
        self.current = self._default(national)
        self._seen = 0
        self._frame: int | None = None
        self._last: tuple[Sentence, int, str | None] | None = None

    def _at_home(self, span: Span) -> list[Hit]:
        """Return the words of a span that mean the article's own province."""
        return [hit for hit in self.reading.hits_of("figure_home", span) if hit.start not in self._titles]

    def _is_assembly(self) -> bool:
        """Tell whether the article's only home is the constituency of deputies who speak of the whole country."""
        own = [mention for mention in self.places if mention.place == self.reading.home]
        seats = [mention for mention in self.reading.places if self.mentions.is_constituency(mention)]
        center = [hit for hit in self.reading.hits_of("figure_national") if hit.code in {"center", "leader"}]
        home = self.reading.hits_of("figure_home")
        return bool(seats) and not own and len(center) > max(len(seats), len(home))

    def _is_other(self, mention: PlaceMention) -> bool:
        """Tell whether another province is only named as one to which something is joined."""
        if mention.place == self.home:
            return False
        joined = self.lookup.before("figure_and", mention.start)
        first = [m for m in self.places if joined and m.end == joined.start]
        return bool(self.lookup.before("figure_merged", mention.start)) or any(self._is_other(m) for m in first)

    def _default(self, national: list[Hit]) -> str | None:
        """Return the place before any is named: the country if the article speaks more of it than of home."""
        country = [hit for hit in national if hit.code == "country"]
        if self.home is None:
            return NATION if any(hit.code != "event" for hit in national) else None
        own = [mention for mention in self.places if mention.place == self.reading.home]
        own_words = self._at_home(Span(0, len(self.reading.words)))
        return NATION if len(country) > len(own) + len(own_words) else self.home

    def place_of(self, found: Figured, rule: str) -> str | None:
        """Return the province that a figure holds for, Vietnam, or None if unclear."""
        self._read_on(found.sentence)
        place, named = self._decide(found, rule)
        self._last = None if named else (found.sentence, found.right, place)
        return place

    def _decide(self, found: Figured, rule: str) -> tuple[str | None, bool]:
        """Return the place, and whether it is named beside the number."""
        region = None if rule in {"rank", "top"} else self.regions.region(found)
        if region and rule not in {"measure", "money"}:
            return NATION, False
        if region is False:
            return None, False
        if self.regions.is_average(found):
            return NATION, True
        if rule == "attendance":
            return self._venue(found), False
        if beside := self._beside(found):
            return beside, True
        if found.unit == "money" and self.regions.for_each(found):
            return None, True
        if region:
            self.current = None
            return None, False
        return self._said(found), False

    def _venue(self, found: Figured) -> str | None:
        """Return the place of those who are present: that of the meeting, unless they are of all the country."""
        after = self._marks(self._noun_phrase(found))
        if after:
            return after[0][1]
        goes_on = self._last is not None and self._last[0] is found.sentence
        return self._said(found) if self.together or goes_on or not self.home else self.home

    def _read_on(self, sentence: Sentence) -> None:
        """Follow the sentences up to this one: each may move to another place."""
        for other in self.reading.sentences[self._seen :]:
            if other.start >= sentence.start:
                break
            self._seen += 1
            if other.kind not in {"caption", "noise", "heading"}:
                self.current = self._of_sentence(other, self.current)
                self._frame = self._frame_of(other)

    def _frame_of(self, sentence: Sentence) -> int | None:
        """Return the paragraph that goes on about the whole country since a sentence that names nothing else."""
        if self._at_home(sentence) or self.reading.within(self.places, sentence):
            return None
        national = self.reading.hits_of("figure_national", sentence)
        return sentence.block if any(hit.code == "country" for hit in national) else self._frame

    def _of_sentence(self, sentence: Sentence, current: str | None) -> str | None:
        """Return the place that the next sentence goes on with."""
        places = self.reading.within(self.places, sentence)
        named = {mention.place for mention in places if not self._is_other(mention)}
        if self.together and not named and self._subject(sentence.start, sentence.end):
            return NATION
        if self.home in named or self._at_home(sentence):
            return self.home
        if self.home not in named and self.reading.hits_of("figure_then", sentence):
            return current  # another place only stands for comparison: at the same time, Lai Châu reached 70 %
        if not named and any(self._opens(hit) for hit in self.reading.hits_of("figure_area", sentence)):
            return None
        place: str | None = named.pop() if len(named) == 1 else current
        return place

    def _beside(self, found: Figured) -> str | None:
        """Return the province named as receiver right after the number, or right before it (Lai Chau 52 %)."""
        after = self.reading.within(self.places, Span(found.right, found.right + _BESIDE + 1))
        given = [m for m in after if self.mentions.is_receiver(m) and self._is_plain(found.right, m)]
        if given and found.unit in {"money", "other"}:
            return str(given[0].place)
        before = self.reading.within(self.places, Span(found.left - 2 * _BESIDE, found.left))
        near = [m for m in before if 0 <= found.left - m.end <= _BESIDE and self._is_open(m, found)]
        return str(near[-1].place) if near and not self.mentions.is_joined(near[-1]) else None

    def _is_plain(self, start: int, mention: PlaceMention) -> bool:
        """Tell whether neither a break nor another number stands before a province."""
        words = self.reading.words[start : mention.start]
        return bool(words) and not any(word in _BREAKS or word.isdigit() for word in words)

    def _is_open(self, mention: PlaceMention, found: Figured) -> bool:
        """Tell whether only small words and a verb stand between a province and the number."""
        words = self.reading.words[mention.end : found.left]
        joined = self.reading.hits_of("figure_and", Span(mention.end, found.left))
        receiver = found.unit == "money" and self.mentions.is_receiver(mention)
        return not joined and not receiver and not {".", ";"} & set(words)

    def _said(self, found: Figured) -> str | None:
        """Return the place that the words before the number in its sentence speak of, else the current one."""
        sentence, start = found.sentence, found.quantity.start
        if subject := self._province_as_subject(sentence, start):
            return subject
        marks = self._marks(Span(sentence.start, start))
        if self._last and self._last[0] is sentence:
            last: tuple[int, str | None] = self._last[1], self._last[2]
            marks = [*(mark for mark in marks if mark[0] > last[0]), last]
        if marks:
            return max(marks, key=lambda mark: mark[0])[1]
        if after := self._marks(self._noun_phrase(found)):
            return after[0][1]
        clause = self._clause(sentence, start)
        return NATION if self._frame == sentence.block or self._subject(clause, start) else self.current

    def _noun_phrase(self, found: Figured) -> Span:
        """Return the words after the number up to the next break: 3/4 schools of the province."""
        end = found.right
        while end < min(found.right + _SUBJECT, found.sentence.end) and self.reading.words[end] not in _BREAKS:
            end += 1
        return Span(found.right, end)

    def _marks(self, window: Span) -> list[tuple[int, str | None]]:
        """Return what speaks of a place before the number: where it ends and which place."""
        reading = self.reading
        named = [m for m in reading.within(self.places, window) if not m.start or reading.words[m.start - 1] != "("]
        told = [m for m in named if not self._is_other(m)]
        marks: list[tuple[int, str | None]] = [(m.end, None if self.mentions.is_joined(m) else m.place) for m in told]
        counted = [q.after for q in reading.within(reading.numbers, window) if self.lookup.at("figure_region", q.after)]
        home = [h for h in self._at_home(window) if not any(0 <= h.start - at <= 3 for at in counted)]
        marks += [(hit.end, self.home) for hit in home]
        marks += [mark for hit in reading.hits_of("figure_own", window) if (mark := self._own(hit))]
        area = [hit for hit in reading.hits_of("figure_area", window) if self._opens(hit)]
        marks += [(hit.end, None) for hit in area]
        abroad = [h for h in reading.hits_of("figure_abroad", window) if window.end - h.end <= _BESIDE]
        marks += [(h.end, None) for h in abroad if "," not in reading.words[h.end : window.end]]
        national = [hit for hit in reading.hits_of("figure_national", window) if hit.code == "country"]
        country = [hit for hit in national if not self.regions.is_compared(hit, window.start)]
        return marks + [(hit.end, NATION) for hit in country if window.end - hit.end <= _COUNTRY]

    def _own(self, hit: Hit) -> tuple[int, str | None] | None:
        """Return what "his province" means: the one last named in its sentence, or before."""
        sentences = self.reading.sentences
        i = sentences.index(self.reading.sentence_of(hit.start))
        first = i - 1 if hit.code == "that" and i and sentences[i - 1].block == sentences[i].block else i
        named = self.reading.within(self.reading.places, Span(sentences[first].start, hit.start))
        named = [mention for mention in named if not self.mentions.is_past(mention)]
        return (hit.end + 1, named[-1].place) if named else None

    def _opens(self, hit: Hit) -> bool:
        """Tell whether a region is the subject of its clause."""
        start = hit.start
        while start > self.reading.sentence_of(hit.start).start and self.reading.words[start - 1] not in _BREAKS:
            start -= 1
        return hit.start - start <= 2

    def _province_as_subject(self, sentence: Sentence, start: int) -> str | None:
        """Return the province that opens the sentence and is set off by a comma: Hải Dương, a province until …"""
        first = self.reading.within(self.places, Span(sentence.start, sentence.start + 1))
        return (
            str(first[0].place) if first and first[0].end < start and self.reading.words[first[0].end] == "," else None
        )

    def _clause(self, sentence: Sentence, at: int) -> int:
        for i in range(at - 1, sentence.start, -1):
            if self.reading.words[i] in _STARTS:
                return i + 1
        return sentence.start

    def _after_title(self, start: int) -> int:
        """Return where a document that opens the clause ends: Theo Nghị quyết số 12/NQ-CP | của Chính phủ."""
        spans = self.reading.within(self.reading.directive_spans, Span(start, start + 4))
        return int(spans[0].end) if spans else start

    def _subject(self, start: int, end: int) -> bool:
        """Tell whether a central body, or in a meeting of the whole country a central leader, opens the clause."""
        opening = Span(start, min(self._after_title(start) + _SUBJECT, end))
        verbs = [hit.start for hit in self.reading.hits_of("figure_target", opening) if hit.code == "target"]
        opening.end = min([*verbs, opening.end])
        hits = self.reading.hits_of("figure_national", opening)
        idle = [hit for hit in hits if hit.code == "none"]
        codes = {hit.code for hit in hits if not any(span.covers(hit) for span in idle)}
        return "center" in codes or (self.together and "leader" in codes)
