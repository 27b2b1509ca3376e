"""Component: persons, known by the structure of their names and by what stands beside them, never by lists of people.

A name is a run of two to five capitalised syllables that begins with a surname, or follows a pattern of an ethnic
minority, or is any capitalised run right after an honorific or a post. Weak evidence (two syllables, a surname that is
also a word) needs a title, a rank or a post beside it. Names of streets, schools and wards, and of those who wrote the
article or took its pictures, are no persons of the article.
"""

from __future__ import annotations

from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.names import MAX_SYLLABLES, lore, surname_strength
from miner.extract.people import Candidate, link_people
from miner.extract.reading import Reading
from miner.extract.refusals import ENOUGH, PLACES, Refusals
from miner.extract.runs import Run, Unit, find_runs
from miner.extract.surroundings import Surroundings
from miner.extract.unlisted import area_end, has_middle, is_pair, opens_name, toponym_end, unlisted_end
from miner.text import has_diacritics


@Language.component("miner_persons", requires=["doc._.hits", "doc._.places"], assigns=["doc._.persons"])
def find_persons(doc: Doc) -> Doc:
    """Fill `Reading.persons`, in order of the text; all mentions of one person share one `Person`."""
    reading = Reading.of(doc)
    finder = _Finder(reading)
    for run in find_runs(reading):
        finder.search(run)
    reading.persons = link_people(reading, finder.found, finder.around)
    inside = {token for mention in reading.persons for token in range(mention.start, mention.end)}
    reading.places = [place for place in reading.places if place.start not in inside]
    return doc


class _Finder:
    """Collects the candidates of one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.around = Surroundings(reading)
        self.found: list[Candidate] = []
        self.refusals = Refusals(reading, self.around, self.found)

    def search(self, run: Run) -> None:
        """Split a run into names, places and the rest."""
        units = run.units
        if len(units) == 1 and units[0].kind != "clan" and not self.around.honorific_before(units[0].start):
            return  # a word alone is a name only where it is a clan or has a title
        i = self._after_area(run)
        while i < len(units):
            i = self._after_particle(run, self._after_place_end(run, i))
            skip = self._other(run, i)
            end = skip or self._name_end(run, i)
            if not skip and end - i >= 1:
                self._offer(run, i, end)
            i = max(end, i + 1)

    def _after_area(self, run: Run) -> int:
        """Return the index of the unit after the place that a word like 'district' before the run announces."""
        block = self.around.blocked_before(run.units[0].start)
        if block is None or block.code != "area" or self.around.is_province(block):
            return toponym_end(self.reading, self.around, run)
        return area_end(self.reading, run)

    def _opens_name(self, run: Run, i: int, strength: int) -> bool:
        return opens_name(self.reading, run, i, strength)

    def _after_particle(self, run: Run, i: int) -> int:
        """Skip a function word that only looks like a surname."""
        start = run.units[i].start if len(run.units) - i > 2 else -1
        particle = start in self.around.particles and not self._supported(start)
        return i + 1 if particle and self._opens_name(run, i + 1, 2) else i

    def _after_place_end(self, run: Run, i: int) -> int:
        """Skip the last syllable of a place that looks like a surname: 'Chi Lang' before 'Vi Van …'."""
        if not i or len(run.units) - i <= 2:
            return i
        start = run.units[i].start
        around = self.around
        if any(start - 1 in c.inside for c in (around.titles, around.offices, around.bodies, around.places)):
            return i
        weak = surname_strength(self.reading.words[start], run.strict) == 1
        return i + 1 if weak and self._opens_name(run, i + 1, 2) else i

    def _other(self, run: Run, i: int) -> int:
        """Return the index after the place, body, post or title that starts at unit `i`, or 0."""
        start = run.units[i].start
        if place := self.around.places.inside.get(start):
            known = place.start < start or not self._place_is_name(run, i, place.end)
            return _index_at(run, place.end) if known and (place.start == start or i == 0) else 0
        for cover in (self.around.offices, self.around.bodies):
            begun = cover.inside.get(start) if i == 0 else None
            if begun and begun.start < start and self._opens_name(run, end := _index_at(run, begun.end), 2):
                return end
        for cover in (self.around.titles, self.around.offices, self.around.bodies):
            hit = cover.starts.get(start)
            if hit and (cover is not self.around.bodies or hit.end > start + 1 or hit.group == "post_department"):
                return _index_at(run, hit.end)
        return 0

    def _place_is_name(self, run: Run, i: int, place_end: int) -> bool:
        """Tell a person whose name begins like a province from the province."""
        named = self.around.honorific_before(run.units[i].start)
        rest = _index_at(run, place_end)
        return named and not self._opens_name(run, rest, 1) and len(run.units) - i >= 2

    def _name_end(self, run: Run, i: int) -> int:
        units, first = run.units, run.units[i]
        if len(units) - i == 1 and first.kind != "clan":
            return self._foreign_end(run, i)
        opener = first.folded in lore().openers and not (first.kind == "letter" and self._is_preposition(run, i))
        opener = (
            opener or is_pair(units[i:]) or (first.kind == "syllable" and self.around.honorific_before(first.start))
        )
        clan = first.kind == "clan" and first.folded not in lore().last_clans
        if not opener and not clan and not surname_strength(self.reading.words[first.start], run.strict):
            end = unlisted_end(self.reading, self.around, run, i)
            return end if end > i else self._foreign_end(run, i)
        end = i + 1
        opener = opener or (clan and first.folded not in lore().toponyms)
        while end < len(units) and end - i < MAX_SYLLABLES and self._continues(run, end, i, opener):
            end += 1
        if end - i == 1 and first.kind != "clan":
            return self._foreign_end(run, i)
        return end

    def _is_preposition(self, run: Run, i: int) -> bool:
        """Tell the French 'À Cao Bang' from the given name A."""
        word, following = self.reading.words[run.units[i].start], run.units[i + 1 : i + 2]
        return has_diacritics(word) or any(unit.start in self.around.places.starts for unit in following)

    def _continues(self, run: Run, k: int, first: int, opener: bool) -> bool:
        unit = run.units[k]
        mixed = opener or run.units[first].folded in lore().mixed or run.units[k - 1].folded in lore().before_given
        if unit.kind == "foreign" and (not mixed or self._is_word(unit) or self.around.blocked_after(unit.start)):
            return False
        title, body = self.around.titles.starts.get(unit.start), self.around.bodies.starts.get(unit.start)
        if title and title.end - title.start == 1 and not self._opens_name(run, k + 1, 2):
            title = None
        office = self.around.offices.starts.get(unit.start)
        if office and office.end - office.start == 1 and unit is run.units[-1] and k - first >= 2:
            office = None
        return title is None and office is None and (body is None or body.end - body.start == 1)

    def _foreign_end(self, run: Run, i: int) -> int:
        """A run right after an honorific or a post is a name whatever its syllables."""
        start = run.units[i].start
        titled = self.around.honorific_before(start)
        if not titled and (len(run.units) - i < 2 or all(u.kind == "syllable" for u in run.units[i : i + 4])):
            return i
        if run.upper or self.around.is_headline(start) or run.units[i].kind == "letter" or self._opens_sentence(run, i):
            return i
        end = i
        while end < len(run.units) and end - i < 4 and self._is_foreign_part(run, end):
            end += 1
        if end == i or not (self._supported(start) or self._office_after(run.units[end - 1].end)):
            return i
        linked = start - 1 in self.around.links.inside and self.around.office_before(start)
        units = run.units[i:end]
        plain = [unit.kind == "foreign" and (self._is_word(unit) or self._is_noun(unit, titled)) for unit in units]
        if all(plain) or (any(plain) and not self._office_after(units[-1].end)) or self._follows_name(run, i):
            return i
        alien = end - i > 1 and not linked and any(unit.kind != "syllable" for unit in units)
        return end if titled or alien else i

    def _opens_sentence(self, run: Run, i: int) -> bool:
        """Tell the 'Pour' of 'Pour Kiên Phuoc' from a name."""
        named = self._opens_name(run, i + 1, 1) or has_middle(self.reading, run, i + 1)
        return named and run.units[i].kind == "foreign" and self._begins_sentence(run.units[i].start)

    def _is_noun(self, unit: Unit, titled: bool) -> bool:
        """Tell 'Prevention' from a name by its ending."""
        return not titled and unit.folded.endswith(lore().noun_endings)

    def _follows_name(self, run: Run, i: int) -> bool:
        """Tell whether the unit goes on after a name of the same run: 'Prime Minister A Asks …'."""
        return any(c.end == run.units[i].start and c.points >= ENOUGH for c in self.found[-1:])

    def _office_after(self, end: int) -> bool:
        return self.around.office_after(end + self._hyphenated(end))

    def _is_foreign_part(self, run: Run, k: int) -> bool:
        unit = run.units[k]
        if self._opens_name(run, k, 2) or has_middle(self.reading, run, k):
            return False
        around = self.around
        covers = (around.places, around.bodies, around.offices, around.glue, around.titles)
        known = any(unit.start in cover.inside for cover in covers)
        return not known

    def _is_word(self, unit: Unit) -> bool:
        """Tell whether the article also writes this word without a capital."""
        return unit.folded in self._plain_words

    @cached_property
    def _plain_words(self) -> set[str]:
        words, norms = self.reading.words, self.reading.norms
        # Names of files are written without capitals.
        blocks = [block for block in self.reading.blocks if block.kind != "noise"]
        tokens = (i for block in blocks for i in range(block.start, block.end))
        return {norms[i] for i in tokens if words[i].islower()}

    def _supported(self, token: int) -> bool:
        return self.around.honorific_before(token) or self.around.office_before(token)

    def _offer(self, run: Run, i: int, end: int) -> None:
        units = run.units[i:end]
        candidate = Candidate(units[0].start, units[-1].end, " ".join(u.folded for u in units), len(units), run.upper)
        candidate.end += self._hyphenated(candidate.end)
        candidate.whole = len(units) > 1 or units[0].kind == "clan"
        candidate.points = self._points(run, units) + self.around.is_after_noun(candidate.start)
        candidate.supported = self._supported(candidate.start) or self.around.office_after(candidate.end)
        if candidate.supported:
            candidate.points += 2
        structured = units[0].kind in {"letter", "clan"} or self._points(run, units) > 1
        candidate.blocked = self.refusals.reason(candidate, structured=structured)
        candidate.place = candidate.blocked in PLACES
        self.found.append(candidate)

    def _hyphenated(self, end: int) -> int:
        """Return 2 where a name goes on with a hyphen and a small letter: Jong-un."""
        words = self.reading.words[end : end + 2]
        joined = len(words) == 2 and words[0] == "-" and words[1].islower() and words[1].isalpha()
        joined = joined and not has_diacritics(words[1])
        return 2 if joined and not self.reading.gap(end - 1) and not self.reading.gap(end) else 0

    def _points(self, run: Run, units: list[Unit]) -> int:
        """Two for a good surname, one each for a middle word of names, for length, for a minority pattern."""
        points = surname_strength(self.reading.words[units[0].start], run.strict)
        points = 2 if is_pair(units) else points
        middle = len(units) >= 2 and units[1].folded in lore().middle
        points += 3 <= len(units) <= 4 and all(unit.kind != "foreign" for unit in units)
        start = units[0].start
        if start in self.around.particles and (run.upper or self._begins_sentence(start)):
            points -= 2 if middle else 4
        apostrophe = units[0].end - start == 3 and self.reading.words[start + 2][0].isupper()
        minor = len(units) > 1 and units[0].kind in {"letter", "clan"}
        clan = minor and (units[-1].kind == "clan" or units[-1].folded in lore().clans)
        clan = clan or (minor and units[0].kind == "clan" and units[0].folded not in lore().toponyms)
        kinds = {unit.kind for unit in units}
        pattern = 2 if clan or apostrophe else units[0].kind == "letter" or bool(kinds & {"clan", "foreign"})
        return points + middle + pattern

    def _begins_sentence(self, token: int) -> bool:
        return token == self.reading.sentence_of(token).start


def _index_at(run: Run, token: int) -> int:
    return next((k for k, unit in enumerate(run.units) if unit.start >= token), len(run.units))
