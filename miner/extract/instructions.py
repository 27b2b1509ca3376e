"""Component: instructions, one for each sentence in which somebody tells somebody to do something.

A sentence counts by its own verb of demand and speaker, or as the continuation of the last speaker's demands (`floor`).
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.demands import Demand, addressees, bounds, content, deadline, directive_of, strength
from miner.extract.endings import ends_speech, tells_parts
from miner.extract.explicit import DIRECT, act_of, demands
from miner.extract.floor import Floor, act_going_on, goes_on
from miner.extract.passives import passives
from miner.extract.reading import Actor, Reading, Sentence, Span, Utterance
from miner.extract.standing import Standing
from miner.records import Instruction

_APART = {"caption", "heading"}


@Language.component(
    "miner_instructions",
    requires=["doc._.utterances", "doc._.dates", "doc._.participations"],
    assigns=["doc._.instructions"],
)
def find_instructions(doc: Doc) -> Doc:
    """Fill `Reading.instructions`, in order of the text."""
    reading = Reading.of(doc)
    reader = _Reader(reading)
    for sentence in reading.sentences:
        if sentence.kind != "noise" and (demand := reader.read(sentence)):
            reading.instructions.append(_record(reading, demand))
    return doc


def _record(reading: Reading, demand: Demand) -> Instruction:
    start, end = reading.chars(bounds(reading, demand.sentence))
    reading.note("instructions", demand.sentence, "matched", demand.rule, f"{demand.issuer}: {demand.act}")
    return Instruction(
        article=reading.article.id,
        start=start,
        end=end,
        issuer=demand.issuer,
        act=demand.act,
        rule=f"{demand.sentence.language}.{demand.rule}",
        strength=strength(reading, demand),
        deadline=deadline(reading, demand),
        addressees=addressees(reading, demand),
        content=content(reading, demand),
        directive=directive_of(reading, demand),
    )


class _Reader:
    """Reads the sentences in order and remembers who has the floor."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.standing = Standing(reading)
        self.floor: Floor | None = None
        self.demander: Floor | None = None

    def read(self, sentence: Sentence) -> Demand | None:
        """Return the demand of a sentence, if it makes one, and pass the floor on."""
        utterances = self.reading.within(self.reading.utterances, sentence)
        if sentence.kind not in _APART and ends_speech(self.reading, sentence, utterances):
            self.reading.note("instructions", sentence, "refused", "instructions.floor", "the speech ends here")
            self.floor = None
        demand = self._explicit(sentence, utterances)
        if sentence.kind in _APART:
            return demand
        if demand is None:
            self._hear(sentence, utterances)
            demand = self._continued(sentence, utterances)
        if self.floor:
            went_on = demand is not None and demand.issuer == self.floor.issuer
            opens_list = self.reading.words[sentence.end - 1] == ":"
            self.floor.gap = 0 if went_on else self.floor.gap + (not opens_list)
            self.floor.demanding = self.floor.demanding or went_on
            self.demander = self.floor if self.floor.demanding else self.demander
        return demand

    def _explicit(self, sentence: Sentence, utterances: list[Utterance]) -> Demand | None:
        """Return the demand of a sentence's own verb: one that opens it, one with a speaker, else one without."""
        if not utterances:
            return None
        named = [u for i, u in enumerate(utterances) if u.speaker and self._stands(u, utterances[:i])]
        unnamed = [] if named or sentence.kind in _APART else utterances
        first = [u for u in utterances[:1] if u.speaker is None and not unnamed]
        opening = [u for u in first if sentence.kind in {"lead", "paragraph"} and not any(v.own for v in named)]
        for verbs in (opening, named, unnamed):
            for verb in demands(self.reading, sentence, verbs, self.standing):
                if demand := self._issue(sentence, verb):
                    return demand
        return None

    def _stands(self, verb: Utterance, before: list[Utterance]) -> bool:
        """Tell whether a speaker counts: a province only petitions, and not in the words of a person."""
        if verb.speaker is None or verb.speaker.kind != "place":
            return True
        return verb.act in {"propose", "request"} and not any(u.speaker and u.speaker.person for u in before)

    def _issue(self, sentence: Sentence, verb: Utterance) -> Demand | None:
        """Return the demand under its issuer's name; the issuer takes the floor unless the act is only announced."""
        act = act_of(self.reading, sentence, verb, self.standing)
        if verb.speaker is None:
            return self._headless(sentence, verb, act)
        if self.floor and self._leads(verb.speaker):
            verb.speaker = self.floor.speaker
        speaker = verb.speaker
        name = _name(speaker)
        if name is None:
            return None
        between = Span(speaker.end, verb.end) if speaker.end < verb.end else Span(verb.start, verb.end)
        announced = speaker.kind == "body" and bool(self.reading.hits_of("act_future", between))
        if self.floor and not announced and self._passes_on(self.floor, speaker, verb):
            return Demand(sentence, self.floor.issuer, "request", "instructions.plain", verb, self.floor.speaker)
        if verb.act == "say" and self.floor and self.floor.issuer == name and self.floor.demanding:
            act = self.floor.act
        if not announced and sentence.kind not in _APART:
            self.floor = Floor(name, speaker, act, reports=False, demanding=True)
        return Demand(sentence, name, act, "instructions.verb", verb, speaker)

    def _headless(self, sentence: Sentence, verb: Utterance, act: str) -> Demand | None:
        """Return the demand of a verb without a subject: the last speaker's, who may not merely have reported."""
        floor = self.floor
        if floor is None or (floor.reports and verb.needs == "modal"):
            return None
        if verb.act in DIRECT and not verb.needs:
            floor.act = act
        return Demand(sentence, floor.issuer, act, "instructions.headless", verb, None)

    def _leads(self, speaker: Actor) -> bool:
        """Tell whether 'the province's leaders' are the provincial official who has the floor."""
        unnamed = speaker.person is None and bool(self.reading.hits_of("act_leaders", speaker))
        floor = self.floor.speaker if self.floor else None
        return unnamed and floor is not None and floor.person is not None and not self.standing.is_central(floor)

    def _passes_on(self, floor: Floor, speaker: Actor, verb: Utterance) -> bool:
        """Tell a body that is told to direct others, or to advise, from one that does so by itself."""
        if not floor.demanding or floor.gap > 1 or speaker.person or speaker.kind not in {"body", "office"}:
            return False
        so_far = self.reading.hits_of("act_so_far", self.reading.sentence_of(verb.start))
        if speaker.body == floor.speaker.body or so_far:
            return False
        task = self.reading.hits_of("act_task", Span(verb.start, verb.end))
        return bool(task) and self._is_plain(speaker, verb)

    def _is_plain(self, speaker: Actor, verb: Utterance) -> bool:
        """Tell whether a verb stands in the plain present."""
        span = Span(speaker.end, verb.end)
        return not self.reading.hits_of("act_aux", span) and not self.reading.hits_of("act_past", span)

    def _hear(self, sentence: Sentence, utterances: list[Utterance]) -> None:
        """Give the floor to whoever speaks without demanding."""
        first = next((u for u in utterances if u.speaker and u.own), None)
        if first is None or first.speaker is None or not (name := _name(first.speaker)):
            return
        if self.floor and self.floor.issuer == name:
            self.floor.reports = self.floor.reports and first.act not in {"stress", "praise"}
        elif (
            first.speaker.kind != "pronoun"
            and not self._goes_on(sentence, first)
            and not self._announces(sentence, first.speaker)
        ):
            opened = any(u.act == "report" and u.speaker is None for u in utterances)
            told = first.act == "report" or (first.act == "say" and not self.standing.is_senior(first.speaker))
            act = first.act if first.act in DIRECT else "stress"
            self.floor = Floor(name, first.speaker, act, reports=opened or told)
        if self.floor and self.reading.words[sentence.end - 1] == ":" and not self.floor.reports:
            self.floor.demanding = True

    def _goes_on(self, sentence: Sentence, verb: Utterance) -> bool:
        """Tell whether a body only does in the plain present what the person who has the floor demands of it."""
        floor, speaker = self.floor, verb.speaker
        if floor is None or speaker is None or speaker.person or verb.act not in {"say", "report"}:
            return False
        if self._passes_on(floor, speaker, verb):
            return True
        return floor.speaker.person is not None and floor.demanding and floor.gap <= 1 and self._is_plain(speaker, verb)

    def _announces(self, sentence: Sentence, speaker: Actor) -> bool:
        future = self.reading.hits_of("act_future", Span(speaker.end, sentence.end))
        return speaker.kind == "body" and bool(future)

    def _continued(self, sentence: Sentence, utterances: list[Utterance]) -> Demand | None:
        """Return the demand of a sentence that goes on with the last speaker's."""
        floor = self.floor
        if floor is None:
            return None
        told = passives(self.reading, sentence)
        if floor.reports and told and floor.gap <= 1:
            floor = self.demander
        if floor is None or tells_parts(self.reading, sentence):
            return None
        said = any(u.speaker and _name(u.speaker) == floor.issuer for u in utterances)
        how = "passive" if told and not floor.reports else None if said else goes_on(self.reading, sentence, floor)
        if how is None:
            return None
        act = told[0].act if how == "passive" else act_going_on(self.reading, sentence, floor, how)
        return Demand(sentence, floor.issuer, act, f"instructions.{how}", None, floor.speaker)


def _name(speaker: Actor) -> str | None:
    return speaker.person.name if speaker.person else speaker.body
