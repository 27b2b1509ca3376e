"""Component: numbered documents, each once under its canonical id, with type, issuer and date."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.dates import article_day
from miner.extract.directive_context import About, contexts
from miner.extract.directive_mentions import Mention, find_mentions, find_references
from miner.extract.reading import Reading, Span
from miner.lexicon import body_codes, read_table
from miner.records import Directive

#: Nouns that translations mix up: a short form may meet the full one across them.
_ALIKE = ({"dispatch", "telegram", "notice", "other"}, {"plan", "project", "programme"}, {"regulation", "decision"})

#: The levels of bodies in the words of the records.
_LEVELS = {"central": "central", "provincial": "provincial", "district": "local", "commune": "local"}


@dataclass(slots=True)
class _Document:
    """All mentions of one document, with what stands around each."""

    id: str
    type: str
    mentions: list[Mention] = field(default_factory=list)
    abouts: list[About] = field(default_factory=list)


@Language.component(
    "miner_directives",
    requires=["doc._.hits", "doc._.dates", "doc._.places", "doc._.home"],
    assigns=["doc._.directives", "doc._.directive_spans"],
)
def find_directives(doc: Doc) -> Doc:
    """Fill `Reading.directives` and `Reading.directive_spans`; dates within a document's number are dropped."""
    reading = Reading.of(doc)
    noise = [block for block in reading.blocks if block.kind == "noise"]
    mentions = [m for m in find_mentions(reading) if not any(block.covers(m) for block in noise)]
    reading.directive_spans = [Span(m.start, m.end) for m in mentions]
    reading.dates = [d for d in reading.dates if not any(d.overlaps(span) for span in reading.directive_spans)]
    reading.day = article_day(reading)
    documents = _documents(reading, mentions)
    reading.directives = [_record(reading, document) for document in documents]
    return doc


def _documents(reading: Reading, mentions: list[Mention]) -> list[_Document]:
    found: dict[str, _Document] = {}
    for mention, about in zip(mentions, _abouts(reading, mentions), strict=True):
        identifier, kind = _identity(mention, _full_form(mention, about, mentions))
        document = found.setdefault(identifier, _Document(identifier, kind))
        if document.type == "other":
            document.type = kind
        document.mentions.append(mention)
        document.abouts.append(about)
        reading.note("directives", mention, "matched", _rule(reading, mention), identifier)
    for reference in find_references(reading, mentions):
        _attach(reading, reference, list(found.values()))
    return list(found.values())


def _attach(reading: Reading, reference: Mention, documents: list[_Document]) -> None:
    """Give 'this decision' to the document of that kind that was mentioned last before it."""
    before = [
        (m.start, d) for d in documents for m in d.mentions if m.start < reference.start and m.rule != "reference"
    ]
    fitting = [pair for pair in before if pair[1].type == reference.kind or _alike(pair[1].type, reference.kind)]
    if fitting:
        document = max(fitting, key=lambda pair: pair[0])[1]
        document.mentions.append(reference)
        reading.note("directives", reference, "derived", _rule(reading, reference), document.id)


def _abouts(reading: Reading, mentions: list[Mention]) -> list[About]:
    """Return the context of each mention.

    What follows a list holds for all its items; an issuer named after 'A and B' holds for A too.
    """
    abouts = contexts(reading, mentions)
    for i in range(len(mentions) - 2, -1, -1):
        here, following = abouts[i], abouts[i + 1]
        listed = mentions[i + 1].rule == "list"
        if here.issuer is None and (listed or _joined(reading, here.end, mentions[i + 1])):
            here.issuer, here.place = following.issuer, here.place or following.place
        if here.issued is None and listed:
            here.issued = following.issued
    return abouts


def _joined(reading: Reading, end: int, following: Mention) -> bool:
    """Tell whether nothing but 'and' or a comma leads from `end` to the next mention."""
    start = end + 1 if end < following.start and reading.words[end] == "," else end
    joins = [hit.end for hit in reading.hits_of("date_and", Span(start, start + 1)) if hit.code == "and"]
    start = joins[0] if joins else start
    return end < start and following.start - start <= 1


def _identity(mention: Mention, full: Mention | None) -> tuple[str, str]:
    """Return canonical id and type of a mention, by its own symbol or by the full form that it is short for."""
    meant = full or mention
    if meant.number is None:
        kind = meant.kind or "other"
        return f"{kind} {meant.short}", kind
    return meant.number.id, _type(meant, mention)


def _type(meant: Mention, mention: Mention) -> str:
    """Return the type: the symbol's, with the noun where the symbol leaves it open."""
    number = meant.number
    kind = meant.kind or mention.kind or "other"
    if number is None or number.type is None:
        return kind
    open_code = number.code == "QĐ" and number.series == "party" and kind == "regulation"
    return kind if open_code or (not number.code and kind == "telegram") else number.type


def _full_form(mention: Mention, about: About, mentions: list[Mention]) -> Mention | None:
    """Return the mention with the symbol that a short form stands for: same number, same type, same issuer if told."""
    if mention.number is not None:
        return None
    fulls = [m for m in mentions if m.number and m.number.number == mention.short]
    same = [m for m in fulls if _type(m, m) == mention.kind] or [m for m in fulls if _alike(_type(m, m), mention.kind)]
    fitting = [m for m in same if about.issuer is None or (m.number and _can_issue(m, about.issuer))]
    before = [m for m in fitting if m.start < mention.start]
    return before[-1] if before else fitting[0] if fitting else None


def _alike(one: str, other: str | None) -> bool:
    return any(one in group and other in group for group in _ALIKE)


def _can_issue(mention: Mention, body: str) -> bool:
    assert mention.number is not None
    issuer = mention.number.issuer
    known = {issuer.body, *issuer.others} - {None}
    return not known or body in known


@cache
def _known() -> dict[tuple[str, str], str]:
    rows = read_table("known_documents.csv", ("type", "number", "issuer"))
    return {(row["type"], row["number"]): row["issuer"] for row in rows}


def _rule(reading: Reading, mention: Mention) -> str:
    return f"{reading.block_of(mention.start).language}.directives.{mention.rule}"


def _record(reading: Reading, document: _Document) -> Directive:
    first = document.mentions[0]
    number = next((m.number for m in document.mentions if m.number), None)
    issuer = _issuer(document)
    spans = tuple(sorted(reading.chars(m) for m in document.mentions))
    level = _LEVELS.get(body_codes().get(issuer or "", "")) or (number.level if number else None)
    local = level in {"provincial", "local"}
    place = next((a.place for a in document.abouts if a.place), reading.home) if local else None
    return Directive(
        article=reading.article.id,
        id=document.id,
        type=document.type,
        issuer=issuer,
        issued=next((a.issued for a in document.abouts if a.issued), None),
        start=spans[0][0],
        end=spans[0][1],
        rule=_rule(reading, first),
        number=number.number if number else first.short,
        year=number.year if number else None,
        series=number.series if number else None,
        level=level,
        place=place,
        title=next((a.title for a in document.abouts if a.title), None),
        mentions=spans,
    )


def _issuer(document: _Document) -> str | None:
    """Return the issuer: what the text says where the symbol allows it, else what the symbol shows."""
    first = document.mentions[0]
    if first.number is None and (known := _known().get((document.type, first.short))):
        return known
    number = next((m.number for m in document.mentions if m.number), None)
    said = [about.issuer for about in document.abouts if about.issuer]
    if number is None:
        return next((m.organ for m in document.mentions if m.organ), None) or (said[0] if said else None)
    allowed = number.issuer.others
    for body in said:
        if body in allowed or body == number.body or not (number.body or allowed):
            return body
    return number.body
