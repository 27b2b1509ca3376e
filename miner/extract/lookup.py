"""Hits of the lexicon by where they begin and end: what stands right before or right after a token."""

from __future__ import annotations

from miner.extract.reading import Hit, Reading
from miner.extract.spans import hit_of


class Lookup:
    """The hits of a reading by their bounds; of several codes for the same words it gives the first."""

    def __init__(self, reading: Reading) -> None:
        self._begins, self._finishes = reading.hits.begins, reading.hits.finishes

    def at(self, group: str, token: int) -> Hit | None:
        """Return the hit of `group` that begins at `token`."""
        match = self._begins[group].get(token)
        return match and hit_of(match)

    def before(self, group: str, token: int) -> Hit | None:
        """Return the hit of `group` that ends right before `token`."""
        match = self._finishes[group].get(token)
        return match and hit_of(match)
