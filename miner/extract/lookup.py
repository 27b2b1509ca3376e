"""Hits of the lexicon by where they begin and end: what stands right before or right after a token."""

from __future__ import annotations

from miner.extract.reading import Hit, Reading


class Lookup:
    """An index of a reading's hits; of several hits at one place it gives the longest."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._starting: dict[str, dict[int, Hit]] = {}
        self._ending: dict[str, dict[int, Hit]] = {}

    def at(self, group: str, token: int) -> Hit | None:
        """Return the hit of `group` that begins at `token`."""
        if group not in self._starting:
            self._starting[group] = {hit.start: hit for hit in reversed(self._by_length(group))}
        return self._starting[group].get(token)

    def before(self, group: str, token: int) -> Hit | None:
        """Return the hit of `group` that ends right before `token`."""
        if group not in self._ending:
            self._ending[group] = {hit.end: hit for hit in reversed(self._by_length(group))}
        return self._ending[group].get(token)

    def _by_length(self, group: str) -> list[Hit]:
        return sorted(self._reading.hits_of(group), key=lambda hit: hit.start - hit.end)
