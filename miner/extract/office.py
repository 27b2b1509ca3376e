"""A post with what was read of it, on its way to a body, a province and a holder."""

from __future__ import annotations

from dataclasses import dataclass, field

from miner.extract.phrases import Phrase
from miner.extract.reading import Post


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
