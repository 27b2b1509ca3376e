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
        """Index all hits of `groups`."""
        return cls().add(hit for group in groups for hit in reading.hits_of(group))

    def add(self, hits: Iterable[Hit]) -> Cover:
        """Index more hits; of two that compete for a token the longer wins."""
        new: tuple[dict[int, Hit], ...] = ({}, {}, {})
        starts, ends, inside = new
        for hit in sorted(hits, key=_size, reverse=True):
            starts.setdefault(hit.start, hit)
            ends.setdefault(hit.end, hit)
            for token in range(hit.start, hit.end):
                inside.setdefault(token, hit)
        for mine, more in zip((self.starts, self.ends, self.inside), new, strict=True):
            mine.update((key, hit) for key, hit in more.items() if key not in mine or _size(hit) > _size(mine[key]))
        return self


def _size(span: Span) -> int:
    return span.end - span.start
