"""Which mentions of provinces tell where a figure holds, and what stands beside them."""

from __future__ import annotations

from miner.extract.home import is_dateline, on_route
from miner.extract.lookup import Lookup
from miner.extract.reading import PlaceMention, Reading, Span

NATION = "Vietnam"
#: How far the word for a past post stands before its province.
_FORMER = 8
#: How far a word for "the province" may stand before the name of its province.
_TITLE = 5
_BREAKS = frozenset(",;:().")


class Mentions:
    """The mentions of provinces of one article; `meant` are those that may be the place of a figure."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup
        named = [
            m
            for m in reading.places
            if not (is_dateline(reading, m) or on_route(reading, m)) and not self.is_in_a_name(m)
        ]
        self.meant = [m for m in named if not self.is_past(m) and not self.is_constituency(m)]

    def is_in_a_name(self, mention: PlaceMention) -> bool:
        """Tell whether a province is part of a person's name, or the country part of a body's."""
        names: list[Span] = [*self.reading.persons]
        if mention.place == NATION:
            names += self.reading.bodies
        return any(mention.overlaps(name) for name in names)

    def titles_of(self, mention: PlaceMention) -> list[int]:
        """Return where words for "the province" stand that only say what another place is: the province of Lai Châu."""
        if mention.place == self.reading.home:
            return []
        near = self.reading.hits_of("figure_home", Span(mention.start - _TITLE, mention.end + 1))
        linked = [hit for hit in near if hit.end <= mention.start and self.is_linked(hit.end, mention.start)]
        return [hit.start for hit in near if hit.start == mention.end] + [hit.start for hit in linked]

    def is_linked(self, start: int, end: int) -> bool:
        """Tell whether no word, or only an "of", stands between two tokens."""
        link = self.lookup.at("figure_of", start)
        return start == end or bool(link and link.end == end)

    def is_past(self, mention: PlaceMention) -> bool:
        """Tell whether a province is one of the past, or that of a past post: in former Sóc Trăng."""
        near = self.reading.hits_of("figure_former", Span(max(0, mention.start - _FORMER), mention.start))
        near = [hit for hit in near if hit.code == "former"]
        after = self.lookup.at("figure_former", mention.end)
        if after and after.code == "after":
            return True
        return bool(near) and not _BREAKS & set(self.reading.words[near[-1].end : mention.start])

    def is_constituency(self, mention: PlaceMention) -> bool:
        """Tell whether a province is only that of a deputy who speaks in the National Assembly."""
        return bool(self.lookup.before("figure_constituency", mention.start))

    def is_joined(self, mention: PlaceMention) -> bool:
        """Tell whether a province closes a list of several: he urged Lai Châu and Sơn La to …"""
        joined = self.lookup.before("figure_and", mention.start)
        last = [m for m in self.meant if joined and m.end == joined.start]
        return any(m.place != mention.place for m in last)

    def is_receiver(self, mention: PlaceMention) -> bool:
        """Tell whether a word of receiving stands before a province: for neighbouring Lai Châu."""
        near = self.lookup.before("figure_near", mention.start)
        return bool(self.lookup.before("figure_receiver", near.start if near else mention.start))
