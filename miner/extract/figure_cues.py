"""Words that tell what is to be from what is: cues of target and of result around a number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from miner.extract.figure_units import Figured
from miner.extract.lookup import Lookup
from miner.extract.reading import Hit, Reading, Sentence, Span
from miner.lexicon import load_lexicon
from miner.records import Instruction
from miner.text import lowered

#: Windows in words: from a number to its own verb, and from a share to the word of its plan.
_AFTER, _PLAN = 10, 8
#: What a semicolon or another number between a cue and a number costs, in words.
_BREAK = 12
#: So near behind counted targets, a colon opens their list.
_COLON = 6
#: Words no longer than this are no verbs with an ending of the future.
_SHORTEST = 4
#: A line of so few words only opens a list (in detail:); the sentence before tells of what.
_SHORT = 6
_LISTED = frozenset({"list", "caption", "noise"})
STOPS = frozenset(",;:().!?")


@cache
def future_endings(language: str) -> tuple[str, ...]:
    """Return the endings by which a language shows the future; none where it uses auxiliaries."""
    return tuple(load_lexicon(language).settings.get("future_endings", ()))


@cache
def nouns_like_futures(language: str) -> frozenset[str]:
    """Return the folded words that end like a future, but are none."""
    return frozenset(load_lexicon(language).settings.get("future_not", ()))


@dataclass(slots=True)
class Cue:
    """A word that tells target from result: its kind and its distance from the number, in words."""

    kind: str
    distance: int
    hit: Hit


class Demands:
    """The sentences of one article that are instructions."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._starts = [reading.token_at(demand.start) for demand in reading.instructions if self._is_sure(demand)]

    def _is_sure(self, demand: Instruction) -> bool:
        """Tell whether an instruction has its own verb, or goes on within a paragraph."""
        start = self.reading.token_at(demand.start)
        return not demand.rule.endswith("plain") or self.reading.block_of(start).start < start

    def holds(self, sentence: Span) -> bool:
        """Tell whether a sentence is an instruction."""
        i = bisect_left(self._starts, sentence.start)
        return i < len(self._starts) and self._starts[i] < sentence.end


class Leads:
    """The lines that open the lists of one article: what they tell holds for each item."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._found: dict[int, Span | None] = {}

    def of(self, sentence: Sentence) -> Span | None:
        """Return the line with a colon that opens the list of a sentence; a short one with the sentence before it."""
        if sentence.kind != "list":
            return None
        if sentence.block not in self._found:
            self._found[sentence.block] = self._lead(sentence)
        return self._found[sentence.block]

    def _lead(self, sentence: Sentence) -> Span | None:
        sentences = self.reading.sentences
        i = bisect_left(sentences, sentence.start, key=lambda other: other.start)
        while i and sentences[i].kind in _LISTED:
            i -= 1
        lead = sentences[i]
        if lead.kind in _LISTED or self.reading.words[lead.end - 1] != ":":
            return None
        short = lead.end - lead.start <= _SHORT and i and sentences[i - 1].block == lead.block
        return Span(sentences[i - 1].start if short else lead.start, lead.end)

    def aims(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is an item of a list of targets."""
        lead = self.of(sentence)
        if lead is None or lead.end - lead.start <= _SHORT:
            return False
        told = [hit for hit in self.reading.hits_of("figure_target", lead) if hit.code in {"target", "past"}]
        return bool(told) and told[-1].code == "target"


class Cues:
    """Finds the cues of one article's figures."""

    def __init__(self, reading: Reading, lookup: Lookup) -> None:
        self.reading, self.lookup = reading, lookup

    def nearest(self, found: Figured, others: Sequence[Span]) -> Cue | None:
        """Return the nearest cue of target or result before the number, a faint one if no other tells."""
        window = Span(found.sentence.start, found.quantity.start)
        counted = {quantity.end for quantity in others}
        hits = [
            hit
            for hit in self.reading.hits_of("figure_target", window)
            if hit.end <= found.quantity.start
            and (hit.start not in counted or self._opens_list(hit, found))
            and hit.code != "none"
            and not self._is_base_of(hit, found, others)
            and not self._is_participle(hit, found, others)
        ]
        hits += self._futures(window)
        cues = [Cue(self._tense(hit, hits), self._distance(hit, found.quantity.start), hit) for hit in hits]
        sure = [cue for cue in cues if cue.hit.code != "faint"]
        return min(sure or cues, key=lambda cue: cue.distance, default=None)

    def _is_base_of(self, hit: Hit, found: Figured, others: Sequence[Span]) -> bool:
        """Tell whether a word of target only names the plan of a share: 31 % of the estimate assigned; 5 projects."""
        words = self.reading.words
        shares = [other for other in others if words[other.end - 1] == "%" and 0 <= hit.start - other.end <= _PLAN]
        if not shares or STOPS & set(words[shares[-1].end : hit.start]):
            return False
        joined = self.reading.hits_of("figure_and", Span(hit.end, found.left))
        return bool(STOPS & set(words[hit.end : found.left]) or joined)

    def _is_participle(self, hit: Hit, found: Figured, others: Sequence[Span]) -> bool:
        """Tell whether a word of result only describes what is wanted: to have three towns recognised and 5 …"""
        if hit.code != "past" or hit.end - hit.start > 1 or not others:
            return False
        noun = self.lookup.before("figure_noun", hit.start)
        counted = noun and any(0 <= noun.start - other.end <= 1 for other in others)
        return bool(counted) and bool(self.reading.hits_of("figure_and", Span(hit.end, hit.end + 1)))

    def _futures(self, window: Span) -> list[Hit]:
        """Return the verbs of a span whose ending shows the future, as cues of target."""
        sentence = self.reading.sentence_of(window.start) if window.end > window.start else None
        endings = future_endings(sentence.language) if sentence else ()
        if not endings:
            return []
        words, norms = self.reading.words, self.reading.norms
        long = (i for i in range(window.start, window.end) if len(norms[i]) > _SHORTEST)
        found = [i for i in long if lowered(words[i]).endswith(endings)]
        nouns = nouns_like_futures(sentence.language) if sentence else frozenset()
        return [Hit(i, i + 1, "figure_target", "target", norms[i], False) for i in found if norms[i] not in nouns]

    def _opens_list(self, hit: Hit, found: Figured) -> bool:
        """Tell whether counted targets are listed behind a colon: 21 targets, including: GRDP …"""
        after = self.reading.words[hit.end : min(hit.end + _COLON, found.left)]
        before = self.reading.hits_of("figure_target", Span(found.sentence.start, hit.start))
        return hit.code == "target" and ":" in after and not any(cue.code == "past" for cue in before)

    def _tense(self, hit: Hit, hits: Sequence[Hit]) -> str:
        """Return the kind of a cue: a participle after a modal verb speaks of what is to come."""
        near = [h for h in hits if h is not hit and h.code == "target" and 0 <= hit.start - h.end <= 2]
        modal = any(not STOPS & set(self.reading.words[h.end : hit.start]) for h in near)
        return "result" if hit.code == "past" and not modal else "target"

    def _distance(self, hit: Hit, at: int) -> int:
        return at - hit.end + _BREAK * self.reading.words[hit.end : at].count(";")

    def following(self, found: Figured) -> Cue | None:
        """Return the verb that the number is the subject of."""
        end = min(found.right + _AFTER, found.sentence.end)
        for at in range(found.quantity.end, end):
            hit = self.lookup.at("figure_target_after", at)
            if hit and hit.code != "none":
                return Cue("target" if hit.code == "target" else "result", at - found.quantity.end, hit)
            joined = self.lookup.at("figure_and", at)
            verb = joined and self.lookup.at("figure_target_after", joined.end)
            if verb or self.reading.words[at] in STOPS or self.reading.words[at].isdigit():
                break
        return None
