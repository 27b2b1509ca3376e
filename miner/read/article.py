"""The making of an Article: checks, language, blocks, date and site from what the text itself shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

from miner import dates
from miner.blocks import detect_language, split_blocks
from miner.errors import ReadError
from miner.language import reading_data
from miner.lexicon import languages
from miner.read.outlets import outlet_province
from miner.records import Article, Block, Failure
from miner.text import fold

#: No article of a paper is longer, in characters; what is longer is a dump or damaged.
MAX_TEXT = 2_000_000
#: The same limit in bytes of UTF-8.
MAX_BYTES = 4 * MAX_TEXT
_ID = 200
_TOP = 6
_SURROGATE = re.compile("[\ud800-\udfff]")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")


@dataclass(frozen=True, slots=True)
class Known:
    """What a source tells of a span of the text: its kind if it is not a paragraph, its marks."""

    start: int
    end: int
    kind: str | None = None
    marks: tuple[str, ...] = ()


def make_article(
    id: str,
    text: str,
    source: str,
    *,
    url: str | None = None,
    site: str | None = None,
    title: str | None = None,
    authors: Sequence[str] = (),
    published: str | None = None,
    clue: str = "column",
    guess: str | None = None,
    modified: str | None = None,
    editions: Sequence[tuple[str, str]] = (),
    declared: str | None = None,
    known: Sequence[Known] = (),
) -> Article:
    """Return the article with its language, blocks and digest; `text` is left as it is.

    Parameters
    ----------
    published, clue : str
        A date that the source states, and what stated it. Without one, the byline is asked.
    guess : str, optional
        A date of last resort.
    declared : str, optional
        The language that the source states; believed only if it is none of miner's own, which the words prove.
    known : sequence of Known
        Spans whose kind the source tells (the captions of a page), stronger than what the text shows.

    Raises
    ------
    ReadError
        The text is empty, too long, or holds characters that no file of UTF-8 can hold.
    """
    _check(text, source)
    language = detect_language(text, declared)
    blocks = tuple(_known(block, known) for block in split_blocks(text, language))
    url = url or _source_url(text, blocks)
    site = host(url) or site
    dated, date_clue = _dated(((published, clue), (_byline_date(text, blocks), "byline"), (guess, "guess")))
    return Article(
        id=" ".join(id.split())[:_ID] or hashlib.sha256(text.encode()).hexdigest()[:16],
        text=text,
        language=language,
        source=source,
        url=url,
        site=site,
        title=title or _title(text, blocks),
        authors=tuple(authors),
        published=dated,
        blocks=blocks,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        modified=iso_date(modified or ""),
        date_clue=date_clue,
        province=outlet_province(site),
        editions=tuple(editions),
    )


def language_failure(article: Article) -> Failure | None:
    """Return the failure of an article in a language that miner does not speak, None for all others."""
    if article.language in languages():
        return None
    what = f"is written in {article.language!r}" if article.language else "is in no language that can be told"
    spoken = ", ".join(languages())
    remedy = f"miner speaks {spoken}; a language is added as a folder miner/data/lang/<code>"
    return Failure(article.source, "read", f"{article.id}: {what}", remedy)


def iso_date(text: str) -> str | None:
    """Return the first full date in `text` as ISO 8601; 3/10/2025 is 3 October."""
    if match := _ISO.search(text):
        year, month, dom = map(int, match.groups())
    elif match := _NUMERIC.search(text):
        dom, month, year = map(int, match.groups())
    elif match := _named().search(text.casefold()):
        parts = match.groupdict()
        month = _month_names()[" ".join((parts["m1"] or parts["m2"]).split())]
        dom, year = int(parts["d1"] or parts["d2"]), int(parts["y1"] or parts["y2"])
    else:
        return None
    found = dates.day(year, month, dom) if year else None
    return found.iso if found else None


def host(url: str | None) -> str | None:
    """Return the host of an address without ``www.``."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def _check(text: str, source: str) -> None:
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u00a0"):
        raise ReadError(source, "holds no text", "fetch or export it again, or remove it")
    if len(text) > MAX_TEXT:
        what = f"is too long: {len(text)} characters, at most {MAX_TEXT}"
        raise ReadError(source, what, "split it into articles: one a file, a row or a line")
    if "\x00" in text or _SURROGATE.search(text):
        raise ReadError(source, "holds NUL or half characters", "it is damaged: export it again as UTF-8 text")


def _known(block: Block, known: Sequence[Known]) -> Block:
    """Return the block with what the source tells of it; noise stays noise."""
    told = next((item for item in known if item.start <= block.start < item.end), None)
    if not told:
        return block
    kind = block.kind if block.kind == "noise" else told.kind or block.kind
    return replace(block, kind=kind, marks=(*block.marks, *told.marks))


def _dated(clues: Iterable[tuple[str | None, str]]) -> tuple[str | None, str | None]:
    """Return the first date and its clue."""
    return next(((date, clue) for text, clue in clues if (date := iso_date(text or ""))), (None, None))


def _title(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the last heading above the text: what stands before it names the section."""
    top: list[Block] = []
    for block in blocks[:_TOP]:
        if block.kind != "heading":
            break
        top.append(block)
    return text[top[-1].start : top[-1].end] if top else None


def _byline_date(text: str, blocks: Sequence[Block]) -> str | None:
    lines = (text[b.start : b.end] for b in blocks[:_TOP] if b.kind == "noise")
    return next(filter(None, map(iso_date, lines)), None)


def _source_url(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the address of first publication from a line such as `Source: https://...` near the end."""
    words = {fold(word) for language in languages() for word in reading_data(language).get("source_words", ())}
    for block in reversed(blocks[-_TOP:]):
        match = re.fullmatch(r"([^:]{2,20}?)\s*:\s*(https?://\S{4,2000})", text[block.start : block.end])
        if match and fold(match.group(1)) in words:
            return match.group(2)
    return None


@cache
def _month_names() -> dict[str, int]:
    lists = [reading_data(language).get("months", ()) for language in languages()]
    return {name.casefold(): number for names in lists for number, name in enumerate(names, 1)}


@cache
def _named() -> re.Pattern[str]:
    months = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(_month_names(), key=lambda n: (-len(n), n)))
    day_first = rf"\b(?P<d1>\d{{1,2}})(?:\D{{0,2}})\s+(?P<m1>{months})[\s,]+(?:[^\W\d]+\s+)?(?P<y1>\d{{4}})\b"
    month_first = rf"\b(?P<m2>{months})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})\b"
    return re.compile(f"{day_first}|{month_first}")
