"""From judged pairs to clusters: union-find that never joins what must stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence


class Clusters:
    """Disjoint sets over the indices 0 … size-1, with pairs that may never share a set.

    Examples
    --------
    >>> sets = Clusters(3, apart=[(0, 2)])
    >>> sets.join(0, 1), sets.join(1, 2), sets.groups()
    (True, False, [[0, 1], [2]])
    """

    def __init__(self, size: int, apart: Iterable[tuple[int, int]] = ()) -> None:
        self._parent = list(range(size))
        self._apart: dict[int, set[int]] = defaultdict(set)
        for a, b in apart:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def find(self, index: int) -> int:
        """Return the representative of the set of `index`."""
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, a: int, b: int) -> bool:
        """Unite the sets of `a` and `b`; return False where a pair kept apart forbids it."""
        a, b = sorted((self.find(a), self.find(b)))
        if a == b:
            return True
        if b in {self.find(other) for other in self._apart[a]}:
            return False
        self._parent[b] = a
        self._apart[a] |= self._apart[b]
        for other in self._apart[b]:
            self._apart[other].add(a)
        return True

    def groups(self) -> list[list[int]]:
        """Return the sets as sorted lists, ordered by their first index."""
        found: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._parent)):
            found[self.find(index)].append(index)
        return sorted(found.values())


def ambiguous(pairs: Sequence[tuple[int, int]], apart: Iterable[tuple[int, int]]) -> set[int]:
    """Return the indices that are paired with two others which must stay apart: who of them it is, is open."""
    links: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        links[a].add(b)
        links[b].add(a)
    return {index for a, b in apart for index in links[a] & links[b]}
