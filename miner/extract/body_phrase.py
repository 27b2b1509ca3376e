"""What the words for a body tell: its kind, its level, its province."""

from __future__ import annotations

from dataclasses import dataclass

from miner.extract.families import Kind, alone, code_of
from miner.extract.reading import Span


@dataclass(slots=True)
class Phrase(Span):
    """A body phrase: `inner` for a unit inside a ministry, `foreign` if it names another country than Vietnam."""

    kind: Kind | None = None
    said: str | None = None
    place: str | None = None
    inner: bool = False
    fields: bool = False
    foreign: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was read."""
        return self.start == self.end

    @property
    def level(self) -> str | None:
        """The level that the phrase tells or that its body has; `city` if only the province could tell."""
        return self.said or (self.kind.level if self.kind else None)

    def code(self, level: str | None = None) -> str | None:
        """Return the body's code, at `level` where the phrase does not tell its own."""
        if self.kind is None:
            return None
        own = None if self.level == "city" else self.level
        if self.kind.code and own == self.kind.level:
            return self.kind.code
        return code_of(alone(self.kind.family), own or level)
