"""Which numbers are no figures: dates, numbers of documents and names, times, ages, ordinals, durations."""

from __future__ import annotations

from bisect import bisect_left

from miner.extract.figure_cues import Demands
from miner.extract.figure_units import Figured
from miner.extract.lookup import Lookup
from miner.extract.number_pairs import Quantity
from miner.extract.reading import Reading, Span

#: Numbers up to this are refused after words that also name things (cụm 5), if nothing counted follows.
_SMALL = 40
#: How many words may stand between a verb of change and a length of time (rút ngắn còn 4 giờ).
_CHANGE = 9
#: So near behind a shared post, the names of its holders follow.
_NAMES = 8
#: So near behind other numbers, one person is counted, too.
_LIST = 15
#: No person is so old; groups of digits that begin with a zero and are longer than a code are telephone numbers.
_OLD, _CODE = 110, 2
#: Names end with numbers up to this.
_FEW = 12
#: A person or body right before a number has no more words than this.
_SPEAKER = 8
#: Models have no more parts than this.
_NAMED = 100
_OPENING = frozenset("“\"«‘'")
_JUNK = ("www.", "http", ".jpg", ".png", ".vn", ".com", "@")


class Filter:
    """Tells why a number is no figure."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup
        self._taken = sorted((*reading.dates, *reading.directive_spans), key=lambda span: (span.start, span.end))
        self._starts = [span.start for span in self._taken]
        self._demands = Demands(reading)

    def never(self, quantity: Quantity) -> str | None:
        """Return the reason why a number is no figure whatever it counts, or None."""
        if self._in_date_or_document(quantity):
            return "within a date or the number of a document"
        return "within a phrase that is no ratio" if self.lookup.at("figure_never", quantity.start) else None

    def refuse(self, found: Figured) -> str | None:
        """Return the reason why what the number counts is no figure, or None if it may be one."""
        quantity = found.quantity
        if quantity.percent or found.unit in {"money", "point"} or quantity.scale > 1:
            return None
        checks = (self._layout, self._year, self._word, self._post, self._ordinal, self._name, self._duration)
        return next((reason for check in checks if (reason := check(found))), None)

    def _in_date_or_document(self, quantity: Quantity) -> bool:
        i = bisect_left(self._starts, quantity.end)
        near = [span for span in self._taken[max(0, i - 4) : i] if span.overlaps(quantity)]
        spelt = quantity.form == "word" and quantity.of is not None
        return any(span.start <= quantity.start or not spelt for span in near)

    def _layout(self, found: Figured) -> str | None:
        """Refuse the numbers of sections and of comments, and digits within addresses and file names."""
        quantity, sentence, words = found.quantity, found.sentence, self.reading.words
        if not any(words[i][0].isalpha() for i in range(sentence.start, sentence.end)):
            return "no words around it"
        following = words[quantity.end] if quantity.end < sentence.end else ""
        before = words[quantity.start - 1] if quantity.start > sentence.start else ""
        if quantity.start == sentence.start and following in {".", ")", "/", "-"} and quantity.bare:
            return "number of a section"
        if before == "(" and following == ")" and quantity.bare:
            return "number of a list or of comments"
        chunk = self._chunk(quantity)
        if any(part in chunk for part in _JUNK):
            return "within an address or a file name"
        if self._is_phone(quantity):
            return "a telephone number"
        aged = before == "," and following in {",", ")"} and quantity.bare and quantity.value < _OLD
        if aged and any(person.end == quantity.start - 1 for person in self.reading.persons):
            return "an age"
        return None

    def _is_phone(self, quantity: Quantity) -> bool:
        """Tell whether the number is one of several groups of digits, of which the first begins with a zero."""
        words, first, last = self.reading.words, quantity.start, quantity.end
        while first and words[first - 1].isdigit():
            first -= 1
        while last < len(words) and words[last].isdigit():
            last += 1
        return words[first][0] == "0" and len(words[first]) > _CODE and last - first > 1

    def _chunk(self, quantity: Quantity) -> str:
        text = self.reading.article.text
        start, end = self.reading.chars(quantity)
        left = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
        rights = [i for i in (text.find(" ", end), text.find("\n", end)) if i >= 0]
        return text[left : min(rights, default=len(text))].lower()

    def _year(self, found: Figured) -> str | None:
        quantity = found.quantity
        if quantity.of is not None:
            return "a month or day with its year" if 1900 <= quantity.of < 2100 and quantity.value <= 31 else None
        if not quantity.year_like:
            return None
        return "a year" if not found.noun or self.lookup.before("figure_year_before", quantity.start) else None

    def _word(self, found: Figured) -> str | None:
        """Refuse words that only look like numbers: articles, names, loose words before no counted noun."""
        quantity = found.quantity
        if quantity.form != "word" or quantity.of is not None:
            return None
        bounded = found.comparator in {">=", "<="}
        if quantity.value == 1 and not bounded and not self._coordinated(quantity, found):
            return "an article, not a number"
        word, sentence = self.reading.words[quantity.start], found.sentence
        named = quantity.start > sentence.start and self.reading.words[quantity.start - 1] not in _OPENING
        following = self.reading.words[quantity.end] if quantity.end < sentence.end else ""
        if word[0].isupper() and not word.isupper() and (named or following[:1].isupper()):
            return "within a name"
        hit = self.lookup.at("number_unit", quantity.start)
        if hit and hit.loose and hit.end == quantity.end and not self.lookup.at("figure_noun", quantity.end):
            return "another word: nothing counted follows"
        phrase = hit and hit.loose and self.lookup.before("figure_not_before", quantity.end)
        return f"the end of {phrase.form!r}" if phrase and phrase.code == "keep" else None

    def _coordinated(self, quantity: Quantity, found: Figured) -> bool:
        """Tell whether a one closes a list of numbers: 20 wards and one special zone."""
        joined = self.lookup.before("figure_and", quantity.start)
        if found.noun == "person" and self.lookup.at("figure_noun", quantity.end):
            before = self.reading.within(self.reading.numbers, Span(quantity.start - _LIST, quantity.start))
        else:
            before = [q for q in self.reading.numbers if joined and joined.start - 6 <= q.end <= joined.start]
        return any(q.value != 1 and not q.percent for q in before)

    def _post(self, found: Figured) -> str | None:
        """Refuse the number of a post that two share, if their names follow: hai Phó Chủ tịch: …"""
        post = self.lookup.at("figure_shared_post", found.quantity.end)
        near = post and Span(post.end, min(post.end + _NAMES, found.sentence.end))
        named = near and self.reading.within(self.reading.persons, near)
        return "a post that several share" if named and found.quantity.value < _LIST else None

    def _ordinal(self, found: Figured) -> str | None:
        return "an ordinal" if found.quantity.form == "ordinal" and found.quantity.of is None else None

    def _name(self, found: Figured) -> str | None:
        quantity, at = found.quantity, found.quantity.start
        counted = found.noun is not None or found.unit in {"other", "time"}
        hit = self.lookup.before("figure_not_before", at)
        if hit and (hit.code == "no" or (hit.code == "loose" and not counted and quantity.value <= _SMALL)):
            return f"names a thing after {hit.form!r}"
        hit = self.lookup.at("figure_not_after", quantity.end)
        if hit and (hit.code == "class" or ((hit.code == "model" or not counted) and quantity.value <= _NAMED)):
            return f"part of a name before {hit.form!r}"
        if self._ends_name(quantity, found):
            return "the last word of a name"
        opened = self.reading.words[at - 1] in _OPENING if at > found.sentence.start else False
        return "a slogan in quotes" if opened and quantity.bare and quantity.value <= 12 and not counted else None

    def _ends_name(self, quantity: Quantity, found: Figured) -> bool:
        """Tell whether a small number follows a name: Duyên Hải 2 power plant, Hưng Long 3 Commune."""
        words, at, end = self.reading.words, quantity.start, quantity.end
        if not quantity.bare or quantity.value > _FEW or at - 1 <= found.sentence.start or words[at][0] == "0":
            return False
        named = words[at - 1][0].isupper() and not words[at - 1].isupper() and words[at - 2][:1].isupper()
        free = not self.reading.within(self.reading.places, Span(at - 2, at)) and not self._speaks(at)
        following = words[end] if end < found.sentence.end else "."
        apart = found.noun is None or self.lookup.at("figure_noun", end) is None or following[0].isupper()
        return named and free and apart

    def _speaks(self, at: int) -> bool:
        """Tell whether a person or body stands right before a number, which may then count what it has."""
        near = Span(at - _SPEAKER, at)
        spans: list[Span] = [
            *self.reading.within(self.reading.persons, near),
            *self.reading.within(self.reading.bodies, near),
        ]
        return any(span.end == at for span in spans)

    def _duration(self, found: Figured) -> str | None:
        """Refuse lengths of time, but not how often, bounds of rules and differences."""
        if found.unit != "time":
            return None
        if self.is_frequency(found):
            return None
        short = found.measure in {"day", "hour", "minute", "second"}
        if self._is_term(found) and self._is_demanded(found):
            return None
        if found.comparator in {">", "<"} and found.bound_start > found.sentence.start:
            return None
        if short and (found.comparator in {">=", "<="} or found.quantity.value != int(found.quantity.value)):
            return None
        before = self.reading.hits_of("figure_change", Span(found.left - _CHANGE, found.left))
        changed = any(hit.code in {"up", "down", "share"} for hit in before)
        return None if short and changed else "a length of time"

    def _is_term(self, found: Figured) -> bool:
        """Tell whether a length of time is bounded, or one in which something happens."""
        if found.quantity.bound:
            return False
        bounded = found.comparator in {">=", "<="} or found.quantity.pattern == "compound"
        return bounded or self.lookup.before("figure_term", found.left) is not None

    def _is_demanded(self, found: Figured) -> bool:
        """Tell whether the sentence tells what is to be done, in a time that it sets."""
        before = Span(found.sentence.start, found.quantity.start)
        cues = [hit for hit in self.reading.hits_of("figure_target", before) if hit.code in {"target", "past"}]
        return cues[-1].code == "target" if cues else self._demands.holds(found.sentence)

    def is_frequency(self, found: Figured) -> bool:
        """Tell whether a length of time says how often."""
        before = self.lookup.before("figure_frequency_before", found.left)
        after = self.reading.hits_of("figure_frequency_after", Span(found.right, found.right + 2))
        return bool(before or after)
