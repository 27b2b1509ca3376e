"""Why a text gave these facts: its parts, the forms that matched, the rules that fired or refused, and the facts."""

from __future__ import annotations

from collections.abc import Iterator

from miner.extract.pipeline import facts_of, read
from miner.extract.plain import make_plain
from miner.extract.reading import Reading, Sentence, Span
from miner.records import FACT_KINDS, Article, Record


def explain(text: str, *, language: str | None = None, name: str = "text") -> str:
    """Return a page of plain text that shows how the facts of `text` were found.

    Parameters
    ----------
    text : str
        A sentence or a whole article.
    language : str, optional
        Its language; found if not given.
    name : str
        What to call the article.

    Returns
    -------
    str
        For each sentence the forms of the lexicon found in it, then every step of the components (matched, derived or
        refused, with rule and reason), then the facts with their spans.
    """
    article, _ = make_plain(Article(name, text, language))
    reading = read(article, explain=True)
    lines = [f"home: {reading.home or '-'} ({reading.home_reason})   year: {reading.year or '-'}"]
    for sentence in reading.sentences:
        lines += _sentence_lines(reading, sentence)
    lines += ["", "facts", *_fact_lines(reading)]
    return "\n".join(lines)


def _sentence_lines(reading: Reading, sentence: Sentence) -> Iterator[str]:
    start, end = reading.chars(sentence)
    yield ""
    yield f"[{start},{end}) {sentence.language} {sentence.kind}: {_short(reading.text(sentence), 160)}"
    found = [(hit, group) for group in reading.hits.names() for hit in reading.hits_of(group, sentence)]
    for hit, group in sorted(found, key=lambda pair: (pair[0].start, pair[1])):
        loose = "  (loose)" if hit.loose else ""
        yield f"  form     {reading.text(hit)!r}  {group}={hit.code}{loose}"
    for note in reading.notes or ():
        if sentence.start <= note.start < sentence.end:
            shown = _short(reading.text(Span(note.start, note.end)), 60)
            yield f"  {note.verdict:8} {shown!r}  {note.rule}  {note.detail}".rstrip()


def _fact_lines(reading: Reading) -> Iterator[str]:
    facts = facts_of(reading)
    for kind in FACT_KINDS:
        for fact in getattr(facts, kind):
            yield f"  {kind.removesuffix('s'):13} {_fact(fact)}"


def _fact(fact: Record) -> str:
    skip = {"article", "mentions", "names", "text"}
    values = {key: value for key, value in fact.to_dict().items() if key not in skip and value not in (None, "", [])}
    return "  ".join(f"{key}={value}" for key, value in values.items())


def _short(text: str, width: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"
