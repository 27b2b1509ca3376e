"""A post with what was read of it, on its way to a body, a province and a holder."""

from __future__ import annotations

from dataclasses import dataclass, field

from miner.extract.body_phrase import Phrase
from miner.extract.families import LOCAL, implied_body, implied_level
from miner.extract.reading import Post
from miner.lexicon import body_codes

#: The families of bodies whose heads lead a province, a district or a commune and nothing else.
_RULING = frozenset({"peoples_committee", "peoples_council"})


@dataclass(slots=True)
class Office(Post):
    """A post with its reading.

    `phrase` is the phrase of its body, `plural` tells that several persons hold it, `chain` names the run of posts that
    it stands in, `bracket` is the family of a field in brackets after its holder.
    """

    phrase: Phrase = field(default_factory=lambda: Phrase(0, 0))
    plural: bool = False
    chain: int = -1
    bracket: str | None = None

    def excludes(self, other: Office) -> bool:
        """Tell whether nobody holds both posts: a minister's and, in a province, a chairman's."""
        body = implied_body(self.role)
        central = "central" in {implied_level(self.role), body_codes().get(body or "")}
        kind = other.phrase.kind
        return central and not self.modifier and kind is not None and kind.level in LOCAL and kind.family in _RULING
