"""Component: bodies named in the text, with their level and province."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.families import kind_of
from miner.extract.phrases import PhraseReader
from miner.extract.reading import Hit, Reading


@dataclass(slots=True)
class BodyMention(Hit):
    """A body in the text: its code, level and, if the phrase names one, its province."""

    level: str | None = None
    place: str | None = None


@Language.component("miner_bodies", requires=["doc._.hits", "doc._.persons"], assigns=["doc._.bodies"])
def find_bodies(doc: Doc) -> Doc:
    """Fill `Reading.bodies` with the bodies named in the text, outside noise, longest phrase first."""
    reading = Reading.of(doc)
    reader = PhraseReader(reading)
    end = 0
    for start in sorted(reader.bodies.starts):
        if start < end or reading.block_of(start).kind == "noise":
            continue
        phrase = reader.read(start, reading.block_of(start).end)
        if phrase.kind and (code := phrase.code()) and code != "other":
            level = phrase.kind.level or kind_of(code).level
            form = reading.text(phrase)
            reading.bodies.append(BodyMention(start, phrase.end, "body", code, form, False, level, phrase.place))
            end = phrase.end
    return doc
