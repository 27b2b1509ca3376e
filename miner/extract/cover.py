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
        for hit in hits:
            _keep(self.starts, hit.start, hit)
            _keep(self.ends, hit.end, hit)
            for token in range(hit.start, hit.end):
                _keep(self.inside, token, hit)
        return self


def _keep(index: dict[int, Hit], key: int, hit: Hit) -> None:
    rival = index.get(key)
    if rival is None or _size(hit) > _size(rival):
        index[key] = hit


def _size(span: Span) -> int:
    return span.end - span.start
