"""Component: the figures of the text, numbers with a meaning for policy."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from miner.dates import Period
from miner.extract.figure_context import Times, goes_on
from miner.extract.figure_filter import Filter
from miner.extract.figure_kinds import Kinds
from miner.extract.figure_links import Links
from miner.extract.figure_places import Places
from miner.extract.figure_units import Figured, Units, Verdict
from miner.extract.lookup import Lookup
from miner.extract.number_pairs import Quantity
from miner.extract.reading import Reading, Sentence
from miner.records import Figure


@Language.component(
    "miner_figures",
    requires=["doc._.numbers", "doc._.dates", "doc._.instructions"],
    assigns=["doc._.figures"],
)
def find_figures(doc: Doc) -> Doc:
    """Fill `Reading.figures` with the numbers that are figures, each with meaning, date and place."""
    reading = Reading.of(doc)
    if reading.numbers:
        reading.figures = _Finder(reading).figures()
    return doc


class _Finder:
    """Builds the figures of one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.lookup = reading, Lookup(reading)
        self.units, self.filter = Units(reading, self.lookup), Filter(reading, self.lookup)
        self.times, self.places = Times(reading, self.lookup), Places(reading, self.lookup)
        self.kinds = Kinds(reading, self.lookup, self.times)
        self.links = Links(reading, self.lookup)
        self.last: tuple[Sentence, Period] | None = None
        self.named: tuple[Sentence, Period] | None = None

    def figures(self) -> list[Figure]:
        """Return the figures in order of the text."""
        figures: list[Figure] = []
        earlier: list[tuple[Figured, Verdict]] = []
        for quantity in self.reading.numbers:
            if reason := self.filter.never(quantity):
                self._refuse(quantity, reason)
                continue
            sentence = self.reading.sentence_of(quantity.start)
            if earlier and earlier[-1][0].sentence is not sentence:
                earlier = []
            found = self.units.read(quantity, sentence, [figured for figured, _ in earlier])
            verdict = self._verdict(found, earlier)
            if verdict is not None:
                figure = self._figure(found, verdict, [figured for figured, _ in earlier])
                if verdict.rule == "conversion":
                    last = figures[-1]
                    figure = replace(figure, date=last.date, grain=last.grain, place=last.place)
                figures.append(figure)
                earlier.append((found, verdict))
        return figures

    def _carried(self, last: tuple[Sentence, Period] | None, sentence: Sentence) -> Period | None:
        """Return the date of the last figure if that stands in the sentence before, captions aside."""
        if last is None or last[0] is sentence or self.times.days.is_turn(sentence) or not goes_on(last[0], sentence):
            return None
        sentences = self.reading.sentences
        between = sentences[sentences.index(last[0]) + 1 : sentences.index(sentence)]
        aside = all(other.kind in {"caption", "noise"} for other in between)
        return last[1] if aside else None

    def _verdict(self, found: Figured, earlier: list[tuple[Figured, Verdict]]) -> Verdict | None:
        rank = self.kinds.rank(found)
        reason = self.filter.refuse(found)
        if reason and not (rank and not reason.startswith("within")):
            self._refuse(found.quantity, reason)
            return None
        if rank:
            return rank
        if found.unit == "time" and self.filter.is_frequency(found):
            return Verdict("target", "frequency", "=")
        verdict = self.kinds.decide(found, earlier)
        reached = found.reach and verdict.kind in {"result", "change"}
        return replace(verdict, comparator="=") if reached else verdict

    def _refuse(self, quantity: Quantity, reason: str) -> None:
        language = self.reading.sentence_of(quantity.start).language
        self.reading.note("figures", quantity, "refused", f"{language}.figures.none", reason)

    def _date(self, found: Figured, verdict: Verdict) -> Period | None:
        if verdict.rule == "frequency":
            return None
        then = self.named[1] if self.named and self.times.days.is_then(found.sentence) else None
        again = self.times.again(found, self.named and self.named[1])
        if again:
            return again
        period = self.times.own(found, verdict) or then
        if period:
            self.named = found.sentence, period
        if period and verdict.kind in {"result", "change", "rank"}:
            self.last = found.sentence, period
        period = period or self.times.inherited(found, verdict, self._carried(self.last, found.sentence))
        if period and self.times.days.is_today(found.sentence):
            self.last = found.sentence, period
        return period

    def _figure(self, found: Figured, verdict: Verdict, earlier: list[Figured]) -> Figure:
        quantity, reading = found.quantity, self.reading
        start, end = reading.chars(quantity)
        unit = "count" if verdict.kind == "rank" or found.unit is None else found.unit
        period = self._date(found, verdict)
        rule = f"{found.sentence.language}.figures.{verdict.rule}"
        reading.note("figures", quantity, "matched", rule, f"{quantity.value} {unit} {verdict.kind}")
        return Figure(
            article=reading.article.id,
            start=start,
            end=end,
            text=reading.text(quantity),
            value=float(quantity.value),
            of=None if quantity.of is None else float(quantity.of),
            unit="other" if unit == "time" else unit,
            comparator=verdict.comparator or found.comparator,
            kind=verdict.kind,
            rule=rule,
            date=period.iso if period else None,
            grain=period.grain if period and period.iso else None,
            place=self.places.place_of(found, verdict.rule if found.unit != "money" else "money"),
            measure=found.measure,
            indicator=self.links.indicator(found),
            directive=self.links.directive(found),
            part_of=self.links.whole(found, earlier),
        )
