"""The parts that the words for a body are made of."""

from __future__ import annotations

from miner.extract.cover import Cover
from miner.extract.reading import Hit, Reading

#: The key of the cover of all parts of bodies, which is no group's.
_PARTS = ("parts of bodies",)


def parts_of_bodies(reading: Reading) -> Cover:
    """Return the cover of the parts of bodies; the reading keeps it for the next reader of phrases."""
    known: Cover | None = reading.covers.get(_PARTS)
    if known is None:
        parts = Cover.of(reading, "post_unit", "post_department").joined(Cover.over(_bodies(reading)))
        known = reading.covers[_PARTS] = parts.joined(Cover.of(reading, "post_field", "post_organ"))
    return known


def _bodies(reading: Reading) -> list[Hit]:
    """All bodies but the office that is only an issuer of documents."""
    return [hit for hit in reading.hits_of("body") if hit.code != "prime_minister"]


def countries(reading: Reading) -> list[Hit]:
    """All countries but the beginning of a province: the Lao of Lao Cai."""
    places = Cover.of(reading, "place").inside
    return [hit for hit in reading.hits_of("post_country") if hit.start not in places]
