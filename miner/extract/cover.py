"""Which token of an article lies under which hit of a group: constant-time look-ups for walking along a phrase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from miner.extract.reading import Hit, Reading, Span


@dataclass(slots=True)
class Cover:
    """The longest hit that starts at, ends before, or covers each token, among the hits of some groups."""

    starts: dict[int, Hit] = field(default_factory=dict)
    ends: dict[int, Hit] = field(default_factory=dict)
    inside: dict[int, Hit] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, *groups: str) -> Cover:
        """Index all hits of `groups`; the reading keeps the index for whoever asks next."""
        known: Cover | None = reading.covers.get(groups)
        if known is None:
            known = reading.covers[groups] = cls.over(hit for group in groups for hit in reading.hits_of(group))
        return known

    @classmethod
    def over(cls, hits: Iterable[Hit]) -> Cover:
        """Index `hits`; of two that compete for a token the longer wins, of equals the first."""
        rising = sorted(hits, key=_size, reverse=True)[::-1]
        starts, ends = {hit.start: hit for hit in rising}, {hit.end: hit for hit in rising}
        return cls(starts, ends, {token: hit for hit in rising for token in range(hit.start, hit.end)})

    def joined(self, hits: Iterable[Hit]) -> Cover:
        """Return a cover that holds more hits, which win where they are longer."""
        more = Cover.over(hits)
        pairs = ((self.starts, more.starts), (self.ends, more.ends), (self.inside, more.inside))
        return Cover(*(_merged(mine, others) for mine, others in pairs))


def _merged(mine: dict[int, Hit], others: dict[int, Hit]) -> dict[int, Hit]:
    longer = {key: hit for key, hit in others.items() if key not in mine or _size(hit) > _size(mine[key])}
    return mine | longer


def _size(span: Span) -> int:
    return span.end - span.start
