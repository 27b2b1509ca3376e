"""Component: instructions, one for each sentence in which somebody tells somebody to do something.

A sentence counts by its own verb of demand and speaker, or as the continuation of the last speaker's demands (`floor`).
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.demands import Demand, addressees, content, deadline, directive_of, strength
from miner.extract.floor import Floor, clause_starts, goes_on, modal
from miner.extract.reading import Actor, Hit, Reading, Sentence, Span, Utterance
from miner.records import Instruction

_DIRECT = {"order", "assign", "request", "urge", "propose", "stress"}
_CUTS = {",", ";", ".", ")", "”", '"'}
#: A demand tells at least so many tokens of what is demanded.
_CONTENT = 3


@Language.component("miner_instructions", requires=["doc._.utterances", "doc._.dates"], assigns=["doc._.instructions"])
def find_instructions(doc: Doc) -> Doc:
    """Fill `Reading.instructions`, in order of the text."""
    reading = Reading.of(doc)
    reader = _Reader(reading)
    for sentence in reading.sentences:
        if sentence.kind != "noise" and (demand := reader.read(sentence)):
            reading.instructions.append(_record(reading, demand))
    return doc


def _record(reading: Reading, demand: Demand) -> Instruction:
    start, end = reading.chars(demand.sentence)
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
        self.floor: Floor | None = None
        self.chairs = {p.person for p in reading.participations if p.part == "chair"}
        self.central = {id(post.holder) for post in reading.posts if post.holder and post.named and not post.place}
        self.bodies: dict[int, set[str]] = {}
        for post in reading.posts:
            if post.holder and post.body:
                self.bodies.setdefault(id(post.holder), set()).add(post.body)

    def read(self, sentence: Sentence) -> Demand | None:
        """Return the demand of a sentence, if it makes one, and pass the floor on."""
        utterances = self.reading.within(self.reading.utterances, sentence)
        if sentence.kind in {"paragraph", "list", "quote"}:
            self._end_speech(sentence, utterances)
        demand = self._explicit(sentence, utterances)
        if sentence.kind in {"caption", "heading"}:
            return demand
        if demand is None:
            self._hear(sentence, utterances)
            demand = self._continued(sentence, utterances)
        if self.floor:
            self.floor.gap = 0 if demand and demand.issuer == self.floor.issuer else self.floor.gap + 1
            self.floor.demanding = self.floor.demanding or bool(demand and demand.issuer == self.floor.issuer)
        return demand

    def _end_speech(self, sentence: Sentence, utterances: list[Utterance]) -> None:
        """Take the floor from the speaker where delegates, a source or a document speak."""
        if not any(u.own for u in utterances) and self._opens_event(sentence):
            self.floor = None
        starts = clause_starts(self.reading, sentence)
        for hit in self.reading.hits_of("act_end", sentence):
            if hit.start in starts and self._takes_over(sentence, hit):
                self.floor = None
        cited = {hit.end for hit in self.reading.hits_of("act_according", sentence) if hit.start in starts}
        if any(span.start in cited for span in self.reading.within(self.reading.directive_spans, sentence)):
            self.floor = None

    def _opens_event(self, sentence: Sentence) -> bool:
        """Tell whether a sentence says that a meeting was held, or who took part."""
        events = self.reading.hits_of("event_meeting", sentence)
        verbs = [h for h in self.reading.hits_of("event_hold", sentence) if not any(e.overlaps(h) for e in events)]
        held = bool(events and verbs) and not self.reading.hits_of("act_future", sentence)
        return modal(self.reading, sentence) is None and (held or self._tells_parts(sentence))

    def _takes_over(self, sentence: Sentence, hit: Hit) -> bool:
        if hit.code == "group":
            past, must = self.reading.hits_of("act_past", sentence), modal(self.reading, sentence)
            return bool(past) and (must is None or past[0].start < must.start)
        return hit.code != "document" or self._document_speaks(sentence, hit.end)

    def _document_speaks(self, sentence: Sentence, end: int) -> bool:
        reach = Span(end, min(end + 10, sentence.end))
        return bool(self.reading.hits_of("act_document_verb", reach)) and modal(self.reading, reach) is None

    def _explicit(self, sentence: Sentence, utterances: list[Utterance]) -> Demand | None:
        named = [u for i, u in enumerate(utterances) if u.speaker and self._stands(u, utterances[:i])]
        unnamed = [] if named or sentence.kind in {"caption", "heading"} else utterances
        first = utterances[:1] if utterances and utterances[0].speaker is None and not unnamed else []
        opening = [u for u in first if sentence.kind == "paragraph" and not any(v.own for v in named)]
        for choices in (opening, named, unnamed):
            direct = [u for u in choices if u.act in _DIRECT and u.needs != "modal" and self._tells(sentence, u)]
            for utterance in direct or [u for u in choices if u.needs == "modal" and self._must(sentence, u)]:
                if demand := self._issue(sentence, utterance):
                    return demand
        return None

    def _stands(self, verb: Utterance, before: list[Utterance]) -> bool:
        """Tell whether a speaker counts: a province only petitions, and not in the words of a person."""
        if verb.speaker is None or verb.speaker.kind != "place":
            return True
        return verb.act in {"propose", "request"} and not any(u.speaker and u.speaker.person for u in before)

    def _tells(self, sentence: Sentence, verb: Utterance) -> bool:
        """Tell whether a verb of demand has a content and is no report of what was done."""
        reading = self.reading
        cut = verb.loose and reading.words[min(verb.end, sentence.end - 1)] in _CUTS
        if sentence.end - verb.end < _CONTENT or cut:
            return self._quoted(sentence, verb)
        if verb.speaker and reading.hits_of("act_reported", Span(verb.speaker.end, verb.start)):
            return False
        reach = Span(verb.end, min(verb.end + 25, sentence.end))
        return not verb.needs or bool(reading.hits_of("act_complement", reach))

    def _quoted(self, sentence: Sentence, verb: Utterance) -> bool:
        """Tell whether the demand stands in quotation marks before its verb."""
        before = self.reading.words[sentence.start : verb.start]
        return any(word in {"”", '"', "»"} for word in before) and modal(self.reading, sentence) is not None

    def _must(self, sentence: Sentence, verb: Utterance) -> bool:
        """Tell whether what is said demands: by a modal, or by a verb that opens it after a colon."""
        reading = self.reading
        if reading.words[sentence.end - 1] == "?":
            return False
        found = modal(reading, sentence if verb.act != "report" else Span(verb.end, sentence.end))
        if found is not None:
            return not self._is_own(verb, sentence, found.start)
        opened = {hit.start for hit in reading.hits_of("act_start", sentence)}
        colons = [i for i in range(verb.start, min(verb.end + 12, sentence.end)) if reading.words[i] == ":"]
        return verb.act == "stress" and any(i + 1 in opened or i + 2 in opened for i in colons)

    def _is_own(self, verb: Utterance, sentence: Sentence, at: int) -> bool:
        """Tell whether the speaker says what the own body must do: a commitment."""
        person = verb.speaker.person if verb.speaker else None
        subjects = [a for a in self.reading.within(self.reading.actors, sentence) if verb.end <= a.start < at]
        own = self.bodies.get(id(person), set()) - {"government"} if person else set()
        return bool(subjects) and subjects[-1].kind == "body" and subjects[-1].body in own

    def _issue(self, sentence: Sentence, verb: Utterance) -> Demand | None:
        """Return the demand under its issuer's name; the issuer takes the floor unless the act is only announced."""
        act = "urge" if verb.act in {"say", "report", "praise"} else verb.act
        if verb.speaker is None:
            issuer = self._unnamed(sentence, verb)
            return Demand(sentence, issuer, act, "instructions.headless", verb, None) if issuer else None
        name = self._issuer(verb.speaker)
        if name is None:
            return None
        if self.floor and self._leads(verb.speaker):
            name, verb.speaker = self.floor.issuer, self.floor.speaker
        between = Span(verb.speaker.end, verb.end) if verb.speaker.end < verb.end else Span(verb.start, verb.end)
        announced = verb.speaker.kind == "body" and bool(self.reading.hits_of("act_future", between))
        if self._passes_on(verb, announced):
            assert self.floor is not None
            return Demand(sentence, self.floor.issuer, self.floor.act, "instructions.plain", verb, self.floor.speaker)
        if not announced and sentence.kind not in {"caption", "heading"}:
            self.floor = Floor(name, verb.speaker, act, reports=False, demanding=True)
        return Demand(sentence, name, act, "instructions.verb", verb, verb.speaker)

    def _leads(self, speaker: Actor) -> bool:
        """Tell whether 'the province's leaders' are the provincial official who has the floor."""
        person = self.floor.speaker.person if self.floor else None
        unnamed = speaker.person is None and bool(self.reading.hits_of("act_leaders", speaker))
        return unnamed and person is not None and id(person) not in self.central

    def _passes_on(self, verb: Utterance, announced: bool) -> bool:
        """Tell a body that is told to direct others from one that directs them by itself."""
        speaker, floor = verb.speaker, self.floor
        if floor is None or speaker is None or announced or not floor.speaker.person or floor.gap > 1:
            return False
        span = Span(speaker.end, verb.end)
        plain = not self.reading.hits_of("act_aux", span) and not self.reading.hits_of("act_past", span)
        return floor.demanding and speaker.kind == "body" and verb.act == "order" and plain

    def _unnamed(self, sentence: Sentence, verb: Utterance) -> str | None:
        """Return the issuer of a demand without a subject: the floor."""
        floor = self.floor
        return floor.issuer if floor and (not floor.reports or verb.needs != "modal") else None

    def _issuer(self, speaker: Actor) -> str | None:
        return speaker.person.name if speaker.person else speaker.body

    def _hear(self, sentence: Sentence, utterances: list[Utterance]) -> None:
        """Give the floor to whoever speaks without demanding."""
        first = next((u for u in utterances if u.speaker and u.own), None)
        if first is None or first.speaker is None or not (name := self._issuer(first.speaker)):
            return
        same = self.floor is not None and self.floor.issuer == name
        if same and self.floor and first.act in {"stress", "praise"}:
            self.floor.reports = False
        elif not same and first.speaker.kind != "pronoun" and not self._announces(sentence, first.speaker):
            reports = first.act == "report" or (first.act == "say" and not self._is_senior(first.speaker))
            self.floor = Floor(name, first.speaker, "stress", reports=reports)
        if self.floor and self.reading.words[sentence.end - 1] == ":" and not self.floor.reports:
            self.floor.demanding = True

    def _announces(self, sentence: Sentence, speaker: Actor) -> bool:
        future = self.reading.hits_of("act_future", Span(speaker.end, sentence.end))
        return speaker.kind == "body" and bool(future)

    def _is_senior(self, speaker: Actor) -> bool:
        """Tell whether what a speaker merely says may lead to demands: who chairs, and who holds a central post."""
        person = speaker.person
        return person is not None and (person.name in self.chairs or id(person) in self.central)

    def _continued(self, sentence: Sentence, utterances: list[Utterance]) -> Demand | None:
        floor = self.floor
        if floor is None or self._tells_parts(sentence):
            return None
        passive = any(hit.code == "passive" for hit in self.reading.hits_of("act_passive", sentence))
        said = any(u.speaker and self._issuer(u.speaker) == floor.issuer for u in utterances)
        how = "passive" if passive and not floor.reports else None if said else goes_on(self.reading, sentence, floor)
        if how is None:
            return None
        return Demand(sentence, floor.issuer, floor.act, f"instructions.{how}", None, floor.speaker)

    def _tells_parts(self, sentence: Sentence) -> bool:
        """Tell whether a sentence says who chaired or attended."""
        cues = self.reading.hits_of("part_chair", sentence) + self.reading.hits_of("part_attend", sentence)
        people = [a for a in self.reading.within(self.reading.actors, sentence) if a.kind == "name"]
        return bool(people) and any(cue.code != "none" and not cue.loose for cue in cues)
