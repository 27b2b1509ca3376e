"""Component: provinces named in the text; and the province of a post that names none."""

from __future__ import annotations

from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.reading import PlaceMention, Reading, Span

#: How many tokens after 'bridge point' its province is named.
_BRIDGE_REACH = 8


@Language.component("miner_places", requires=["doc._.hits"], assigns=["doc._.places"])
def find_places(doc: Doc) -> Doc:
    """Fill `Reading.places` with the provinces that are written with a capital; noise blocks name none."""
    reading = Reading.of(doc)
    noise = [block for block in reading.blocks if block.kind == "noise"]
    for hit in reading.hits_of("place"):
        capital = reading.words[hit.start][0].isupper()
        if capital and not any(block.covers(hit) for block in noise):
            reading.places.append(PlaceMention(hit.start, hit.end, hit.code))
    return doc


class Provinces:
    """The province of a post that names none: bridge point or venue, then home, then the one last named."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def of(self, span: Span, others: list[str]) -> tuple[str | None, str]:
        """Return the province and the reason why it was taken; `others` are those of the person's other posts."""
        if others:
            return others[0], "another post of the person"
        if place := self._side(span):
            return place, "on the side of the province"
        if place := self._bridge(span):
            return place, "bridge point"
        if place := self._venue(span):
            return place, "named in the sentence"
        if self.reading.home:
            return self.reading.home, f"home: {self.reading.home_reason}"
        before = [mention.place for mention in self.reading.places if mention.start < span.start]
        return (before[-1], "last named province") if before else (None, "no province named")

    def _venue(self, span: Span) -> str | None:
        """Return the province named before a post in its sentence, where the article speaks of several alike."""
        reading = self.reading
        before = Span(reading.sentence_of(span.start).start, span.start)
        cues = reading.hits_of("post_venue", before)
        if not cues:
            return None
        counts = Counter(mention.place for mention in reading.places)
        if reading.home_reason == "outlet" or 2 * counts.get(reading.home or "", 0) > counts.total():
            return None
        near = [m for m in reading.within(reading.places, before) if any(0 <= m.start - cue.end <= 2 for cue in cues)]
        return near[-1].place if near else None

    def _side(self, span: Span) -> str | None:
        """Return the province that opens a list of its people: 'về phía tỉnh X có …'."""
        start = self.reading.sentence_of(span.start).start
        for cue in self.reading.hits_of("post_side", Span(start, start + 1)):
            near = [m.place for m in self.reading.within(self.reading.places, Span(cue.end, cue.end + 1))]
            if near and cue.end < span.start:
                return str(near[0])
        return None

    def _bridge(self, span: Span) -> str | None:
        """Return the province named right after a bridge point in the same sentence."""
        sentence = self.reading.sentence_of(span.start)
        for cue in self.reading.hits_of("post_bridge", sentence):
            near = [m for m in self.reading.places if cue.end <= m.start <= cue.end + _BRIDGE_REACH]
            if near:
                return near[0].place
        return None
