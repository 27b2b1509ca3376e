"""Components: provinces named in the text, and the province that the article itself speaks from."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.reading import PlaceMention, Reading, Span
from miner.lexicon import province_names
from miner.text import fold

#: How many tokens at the start of an article count as its headline and dateline, where a province weighs more.
_LEAD = 60
_LEAD_WEIGHT = 3
#: How many tokens after 'bridge point' its province is named.
_BRIDGE_REACH = 8
_AGENCIES = frozenset({"vietnam_news_agency", "vgp"})


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


@Language.component("miner_home", requires=["doc._.places"], assigns=["doc._.home"])
def find_home(doc: Doc) -> Doc:
    """Fill `Reading.home` with the province that a bare 'the province' means, with the reason."""
    reading = Reading.of(doc)
    reading.home, reading.home_reason = _home(reading)
    return doc


def _home(reading: Reading) -> tuple[str | None, str]:
    if outlet := _outlet(reading):
        return outlet, "outlet"
    votes: Counter[str] = Counter()
    for mention in reading.places:
        if _is_agency_dateline(reading, mention):
            continue
        votes[mention.place] += _LEAD_WEIGHT if mention.start < _LEAD else 1
    if not votes:
        return None, "no province named"
    first = {m.place: -m.start for m in reversed(reading.places)}
    best = max(votes, key=lambda place: (votes[place], first[place]))
    return best, "most named province"


def _is_agency_dateline(reading: Reading, mention: PlaceMention) -> bool:
    """'Hanoï (VNA) - …' says where the agency sits, not where the news is from."""
    following = range(mention.end + 1, min(mention.end + 3, len(reading.words)))
    opened = reading.words[mention.end : mention.end + 1] == ["("]
    agencies = {hit.start for hit in reading.hits_of("body") if hit.code in _AGENCIES}
    return opened and any(token in agencies for token in following)


class Provinces:
    """The province of a post that names none: bridge point or venue, then home, then the one last named."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def of(self, span: Span, others: list[str]) -> tuple[str | None, str]:
        """Return the province and the reason why it was taken; `others` are those of the person's other posts."""
        if others:
            return others[0], "another post of the person"
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
        counts = Counter(mention.place for mention in reading.places)
        if reading.home_reason == "outlet" or 2 * counts.get(reading.home or "", 0) > counts.total():
            return None
        before = Span(reading.sentence_of(span.start).start, span.start)
        cues = reading.hits_of("post_venue", before)
        near = [m for m in reading.within(reading.places, before) if any(0 <= m.start - cue.end <= 2 for cue in cues)]
        return near[-1].place if near else None

    def _bridge(self, span: Span) -> str | None:
        """Return the province named right after a bridge point in the same sentence."""
        sentence = self.reading.sentence_of(span.start)
        for cue in self.reading.hits_of("post_bridge", sentence):
            near = [m for m in self.reading.places if cue.end <= m.start <= cue.end + _BRIDGE_REACH]
            if near:
                return near[0].place
        return None


def _outlet(reading: Reading) -> str | None:
    article = reading.article
    named = " ".join(filter(None, (article.site, article.url)))
    found = {place for slug, place in _slugs().items() if re.search(rf"(?<![a-z]){slug}", named)}
    return found.pop() if len(found) == 1 else None


@cache
def _slugs() -> dict[str, str]:
    plain = {fold(name).replace(" ", ""): name for name in province_names()}
    return {f"(?:bao)?{slug}(?![a-z])": name for slug, name in plain.items()}
