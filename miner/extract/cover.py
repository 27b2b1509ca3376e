"""Which token of an article lies under which hit of a group: constant-time look-ups for walking along a phrase."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, reduce

from miner.extract.reading import Hit, Reading, Span


class Cover:
    """The longest hit that starts at, ends before, or covers each token, among the hits of some groups.

    Of two hits that compete for a token the longer wins, of equals the first. Each index is made when first asked for.
    """

    def __init__(self, rising: list[Hit], *parts: Cover) -> None:
        self._rising = rising
        self._parts = parts

    @classmethod
    def of(cls, reading: Reading, *groups: str) -> Cover:
        """Index all hits of `groups`; the reading keeps the index for whoever asks next."""
        known: Cover | None = reading.covers.get(groups)
        if known is None:
            single = len(groups) == 1
            known = cls(reading.hits_of(groups[0])[::-1]) if single else cls([], *(cls.of(reading, g) for g in groups))
            reading.covers[groups] = known
        return known

    @classmethod
    def over(cls, hits: Iterable[Hit]) -> Cover:
        """Index `hits`."""
        return cls(sorted(hits, key=_size, reverse=True)[::-1])

    def joined(self, more: Cover) -> Cover:
        """Return a cover of the hits of both."""
        return Cover([], self, more)

    @cached_property
    def starts(self) -> dict[int, Hit]:
        """The hit that starts at each token."""
        return reduce(_merged, (part.starts for part in self._parts), {hit.start: hit for hit in self._rising})

    @cached_property
    def ends(self) -> dict[int, Hit]:
        """The hit that ends before each token."""
        return reduce(_merged, (part.ends for part in self._parts), {hit.end: hit for hit in self._rising})

    @cached_property
    def inside(self) -> dict[int, Hit]:
        """The hit that covers each token."""
        own = {token: hit for hit in self._rising for token in range(hit.start, hit.end)}
        return reduce(_merged, (part.inside for part in self._parts), own)


def _merged(mine: dict[int, Hit], others: dict[int, Hit]) -> dict[int, Hit]:
    if not mine:
        return others
    return mine | {key: hit for key, hit in others.items() if key not in mine or _size(hit) > _size(mine[key])}


def _size(span: Span) -> int:
    return span.end - span.start
