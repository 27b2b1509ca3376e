"""What stands beside a possible name: honorifics and posts speak for a person; streets, schools and credits against."""

from __future__ import annotations

from miner.extract.cover import Cover
from miner.extract.families import kind_of
from miner.extract.reading import Hit, Reading, Span

#: How many tokens of body and place may lie between a role and the name that it belongs to.
_REACH = 24
#: How many tokens after "Photo:" can be names of its makers.
_CREDIT_REACH = 12
#: Sentences of so many words, with this share of capitals, are headlines in title case.
_HEADLINE_WORDS = 5
_HEADLINE_SHARE = 0.8
_HYPHENS = frozenset({"-", "–"})
_SEPARATORS = {",", "-", "–", "—", ":", "("}
#: What stands between the posts of one person.
_ROW = frozenset({",", "-", "–", "—"})
#: The levels whose units have names that read like those of persons.
_SMALL = frozenset({"district", "commune"})
_CREDIT_JOINS = {"/", "-", "–", "—", ",", ":", "&", "(", "|", "."}


class Surroundings:
    """Look-ups over the hits of one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.titles = Cover.over(hit for hit in reading.hits_of("title") if _is_honorific(hit))
        groups = ("role", "post", "post_plural")
        offices = (hit for group in groups for hit in reading.hits_of(group))
        self.offices = Cover.over(hit for hit in offices if not hit.loose or reading.words[hit.start].istitle())
        self.places = Cover.of(reading, "place")
        parts = ("body", "post_unit", "post_department", "post_field", "post_organ", "post_country")
        self.bodies = Cover.of(reading, *parts)
        self.glue = Cover.of(reading, "post_link", "post_and", "post_area", "post_level")
        self.links = Cover.of(reading, "post_link")
        self.particles = reading.hits.begins["person_particle"]
        self._nouns = {hit.end for hit in reading.hits_of("person_noun")}
        self.districts = Cover.of(reading, "district")
        self._marks = Cover.over(hit for hit in reading.hits_of("title") if hit.code.startswith("mod_"))
        self._venues = Cover.of(reading, "post_venue")
        self._before = Cover.of(reading, "person_blocker_before")
        self._after = Cover.of(reading, "person_blocker_after")
        self._headlines: dict[int, bool] = {}
        self._credits = set[int]()
        for hit in reading.hits_of("credit"):
            self._credits.update(self._credited_by(hit))

    def _credited_by(self, cue: Hit) -> list[int]:
        words, found = self.reading.words, []
        end = min(self.reading.block_of(cue.start).end, cue.end + _CREDIT_REACH)
        for token in range(cue.end, end):
            leaves = token in self.titles.starts or token in self.offices.starts
            if leaves or not (words[token][0].isupper() or words[token] in _CREDIT_JOINS or words[token].isdigit()):
                break
            found.append(token)
        return found

    def credited(self, span: Span) -> bool:
        """Tell whether the span names who took a picture or wrote the article."""
        return span.start in self._credits

    def honorific_before(self, token: int) -> bool:
        """Tell whether Mr., comrade, Colonel … stands right before `token`."""
        ends = self.titles.ends
        if token in ends:
            return True
        marked = token - 1 in ends and self.reading.words[token - 1] in {".", ":"}
        return marked and self.reading.sentence_of(token).start < token

    def is_after_noun(self, token: int) -> bool:
        """Tell whether 'voter' or 'delegate' stands right before `token`, where no district is named."""
        return token in self._nouns and token not in self.districts.starts

    def office_before(self, token: int) -> bool:
        """Tell whether a post ends right before `token`, with no verb between its role and it."""
        start = self.reading.sentence_of(token).start
        if token - 1 >= start and self.reading.words[token - 1] in {",", ":"}:
            token -= 1
        for k in range(token - 1, max(start, token - _REACH) - 1, -1):
            if k + 1 in self.offices.ends:
                return True
            if not self._is_glue(k):
                return False
        return False

    def _is_glue(self, k: int) -> bool:
        word = self.reading.words[k]
        known = k in self.glue.inside or k in self.bodies.inside or k in self.places.inside
        known = known or word[0].isdigit() or self.reading.words[k - 1].isdigit()
        return known or k in self.offices.inside or (word[0].isupper() and not self.is_headline(k))

    def is_headline(self, k: int) -> bool:
        """Tell whether nearly all words of the sentence around `k` have a capital, so that capitals say nothing."""
        sentence = self.reading.sentence_of(k)
        if sentence.start not in self._headlines:
            self._headlines[sentence.start] = self._has_capitals(sentence)
        return self._headlines[sentence.start]

    def _has_capitals(self, sentence: Span) -> bool:
        words = self.reading.words
        capitals = sum(words[i][0].isalpha() for i in self.reading.capitals_in(sentence))
        if capitals < _HEADLINE_SHARE * _HEADLINE_WORDS:
            return False
        letters = sum(word[0].isalpha() for word in words[sentence.start : sentence.end])
        return letters >= _HEADLINE_WORDS and capitals >= _HEADLINE_SHARE * letters

    def office_after(self, end: int) -> bool:
        """Tell whether a post follows at `end`, after a comma, dash, colon or bracket."""
        words = self.reading.words
        limit = self.reading.block_of(end - 1).end
        if end < limit and words[end] in _SEPARATORS:
            end += 1
            glued = (self.glue.starts, self.titles.starts, self._marks.starts)
            while end < limit and end not in self.offices.starts and any(end in index for index in glued):
                end = next(index[end].end for index in glued if end in index)
            return self._office_starts(end, limit)
        return end < limit and end in self.offices.starts

    def _office_starts(self, token: int, limit: int) -> bool:
        for k in range(token, min(token + _REACH // 2, limit)):
            if k in self.offices.starts:
                return True
            if not self._is_glue(k):
                return False
        return False

    def blocked_before(self, token: int) -> Hit | None:
        """Return the noun of a street, school, ward … right before `token`."""
        while token - 1 in self.links.inside and token not in self._before.ends:
            token -= 1
        noun, title = self._before.ends.get(token), self.titles.ends.get(token)
        free = noun is None or noun.code == "none" or (title is not None and title.start < noun.start)
        return None if free else noun

    def is_province(self, noun: Hit) -> bool:
        """Tell the 'tỉnh' of a provincial body from the noun before the name of a district or commune."""
        area = self.glue.starts.get(noun.start)
        return area is not None and area.group == "post_area" and area.code == "provincial" and area.end == noun.end

    def area_before(self, token: int) -> bool:
        """Tell whether a district or commune, or a body of one, may be named from `token` on."""
        area, body = self.glue.ends.get(token), self.bodies.ends.get(token)
        if area is not None and area.group == "post_area":
            return area.code != "provincial" and not self._is_named(area)
        return body is not None and body.group == "body" and kind_of(body.code).level in _SMALL

    def _is_named(self, area: Hit) -> bool:
        """Tell 'Mai Chau district', which has its name before it."""
        before = area.start - 1
        known = any(before in cover.inside for cover in (self.glue, self.bodies, self.offices))
        return before >= 0 and self.reading.words[before][0].isupper() and not known

    def in_area(self, end: int) -> bool:
        """Tell whether ', huyện X', or a province in brackets, goes on after the name that ends at `end`."""
        words = self.reading.words
        if end + 2 >= len(words) or words[end] not in {",", "("}:
            return False
        area = self.glue.starts.get(end + 1)
        larger = area is not None and area.group == "post_area" and words[area.end : area.end + 1] != [","]
        return larger or (words[end] == "(" and end + 1 in self.places.starts)

    def posts_start(self, token: int, *, chained: bool) -> int:
        """Return where the post that ends before `token` begins; with `chained`, the row of posts."""
        steps = _ROW if chained else frozenset()
        start = token
        while start and (self._is_post_part(start - 1) or (start < token and self.reading.words[start - 1] in steps)):
            start -= 1
        while start < token and self.reading.words[start] in steps:
            start += 1
        return start if start and self.reading.words[start - 1] in _SEPARATORS else 0

    def _is_post_part(self, k: int) -> bool:
        return any(k in cover.inside for cover in (self.glue, self.bodies, self.places, self.offices))

    def is_address(self, token: int) -> bool:
        """Tell the street of 'số 8 Nguyễn Trung Trực' by the number of the house before it, which is no date."""
        number = token > self.reading.sentence_of(token).start and self.reading.words[token - 1][0].isdigit()
        number = number and self.reading.gap(token - 1) != ""
        dated = number and any(date.start < token <= date.end for date in self.reading.dates)
        return number and not dated

    def names_body(self, span: Span) -> bool:
        """Tell the district of 'of the Mai Chau Party Committee' from a person."""
        body = self.bodies.starts.get(span.end)
        known = body is not None and body.group in {"body", "post_unit"} and body.end - body.start > 1
        return known and span.start - 1 in self.links.inside

    def is_route(self, span: Span) -> bool:
        """Tell the ends of 'Tân Phú-Bảo Lộc' by the hyphen that joins two names without a blank."""
        return self._hyphenates(span.end) or self._hyphenates(span.start - 1)

    def _hyphenates(self, token: int) -> bool:
        words, gap = self.reading.words, self.reading.gap
        if not 0 < token < len(words) - 1 or words[token] not in _HYPHENS or gap(token - 1) or gap(token):
            return False
        return words[token - 1][0].isupper() and words[token + 1][0].isupper() and not self._is_post_part(token + 1)

    def is_venue(self, token: int) -> bool:
        """Tell whether `token` belongs to a word before a place: in, at."""
        return token in self._venues.inside

    def named_before(self, token: int) -> bool:
        """Tell the end of the name of a district or commune: 'Sơn' of 'xã Lương Sơn'."""
        block = self._before.ends.get(token - 1)
        return block is not None and block.code == "area" and self.reading.words[token - 1][0].isupper()

    def is_inside_office(self, noun: Hit, token: int) -> bool:
        """Tell the village of 'trưởng thôn', which is a post before the name at `token`."""
        office = self.offices.ends.get(token)
        return office is not None and office.start < noun.start

    def is_part_of_body(self, noun: Hit) -> bool:
        """Tell the group of 'Working Group' from a company."""
        body = self.bodies.ends.get(noun.end)
        if body is None or body.start >= noun.start:
            return False
        return body.group == "post_country" or (noun.code == "thing" and body.group != "post_organ")

    def blocked_after(self, end: int) -> Hit | None:
        """Return the noun of a street, school, ward … right after a name that ends at `end`."""
        return self._after.starts.get(end)


def _is_honorific(hit: Hit) -> bool:
    return hit.code.startswith(("rank_", "title_")) and hit.code != "title_party_collective"
