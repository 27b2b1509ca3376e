"""A page of HTML to an Article: trafilatura finds the text, captions are kept in their places."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree, html

from miner.blocks import signature
from miner.errors import ReadError
from miner.read.article import Known, make_article
from miner.read.authors import named_authors
from miner.read.captions import Captions, put_back, take_captions
from miner.read.decode import LOST, decode, mended
from miner.read.metadata import Facts, page_facts
from miner.read.parts import Part, parts_of
from miner.read.repair import repaired
from miner.read.roles import find_lead, find_roles, only_body
from miner.records import Article
from miner.text import fold

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{2,40})", re.I
)
#: Two spellings of one headline differ in no more characters.
_DIFFERENT = 20


@dataclass(frozen=True, slots=True)
class _Aside:
    facts: Facts
    lead: str | None
    captions: Captions
    language: str | None


def read_page(data: bytes, source: str, *, id: str, url: str | None = None, charset: str | None = None) -> Article:
    """Return the article of a page; its text is the title, the paragraphs and the captions, a blank line between.

    Parameters
    ----------
    data : bytes
        The page as it was sent.
    charset : str, optional
        The encoding that the server named; else the page's own statement, else what the bytes prove.

    Raises
    ------
    ReadError
        The page cannot be decoded, is no HTML or holds no text.
    """
    body, aside = _extract(_markup(data, charset, source), url, source)
    facts, parts = aside.facts, list(parts_of(body))
    if not parts:
        raise ReadError(source, "is a page without text", "it may need a browser or be a list of links: leave it out")
    parts = _with_head(put_back(parts, aside.captions), facts.title or "", aside.lead)
    texts = repaired([text for _, text in parts])
    text, known = _joined(parts, texts)
    article = make_article(
        id,
        text,
        source,
        url=facts.url,
        site=facts.site,
        title=texts[0] if facts.title else None,
        authors=facts.authors,
        published=facts.published,
        clue=facts.clue or "",
        guess=facts.guess,
        modified=facts.modified,
        editions=facts.editions,
        declared=aside.language,
        known=known,
    )
    signed = None if article.authors else signature(text, article.blocks)
    return replace(article, authors=named_authors([signed], article.site)) if signed else article


def _markup(data: bytes, charset: str | None, source: str) -> str:
    declared = _CHARSET.search(data[:4096])
    named = [charset] if charset else []
    named += [name.decode("ascii") for name in declared.groups() if name] if declared else []
    for name in ["utf-8-sig", *named]:
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return mended(data) or decode(data, source)


def _extract(markup: str, url: str | None, source: str) -> tuple[Any, _Aside]:
    """Return the tree of the text that trafilatura found, and what it leaves out."""
    import trafilatura

    # What it logs as an error is a Failure here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if not markup.strip():
        raise ReadError(source, "is empty", "fetch it again, or remove it")
    try:
        tree = trafilatura.load_html(markup.replace("\x00", ""))
        if tree is not None:
            _break_lines(tree)
            roles = find_roles(tree)
            facts = page_facts(tree, url, roles)
            aside = _Aside(facts, find_lead(roles, facts.descriptions), take_captions(tree, roles), _language(tree))
            for page in (*only_body(roles), tree):
                found: Any = trafilatura.bare_extraction(page, url=url, include_comments=False)
                if found is not None and found.body is not None:
                    return found.body, aside
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError) as error:
        raise ReadError(source, f"cannot be parsed ({type(error).__name__}: {error})", "fetch it again") from error
    raise ReadError(source, "is a page without text", "it may need a browser or be a list of links: leave it out")


def _break_lines(tree: html.HtmlElement) -> None:
    """Make line breaks of empty paragraphs that part bare texts: trafilatura glues these."""
    for element in tree.iter("p"):
        if not len(element) and not (element.text or "").strip() and (element.tail or "").strip():
            element.tag = "br"


def _language(tree: html.HtmlElement) -> str | None:
    """Return the language that the page declares, as a code of two letters."""
    declared = re.match(r"[a-z]{2}(?![a-z])", (tree.get("lang") or "").strip().lower())
    return declared.group() if declared else None


def _with_head(parts: list[Part], title: str, lead: str | None) -> list[Part]:
    """Return the parts with the headline once, at the top, and the lead under it if there is one."""
    rest = [part for part in parts if abs(len(part[1]) - len(title)) > _DIFFERENT or fold(part[1]) != fold(title)]
    if lead and (place := next((i for i, (_, text) in enumerate(rest) if lead[:60] in text), None)) is not None:
        rest[place] = ("lead" if rest[place][1] in lead else rest[place][0], rest[place][1])
    elif lead:
        rest.insert(0, ("lead", lead))
    return [("heading", title), *rest] if title else rest


def _joined(parts: Sequence[Part], texts: Sequence[str]) -> tuple[str, list[Known]]:
    """Return the text, and what is known of its parts; `texts` are the parts' repaired."""
    spans: list[Known] = []
    position = 0
    for (kind, before), text in zip(parts, texts, strict=True):
        marks = (("repaired",) if before != text else ()) + (("damaged",) if LOST in text else ())
        if kind != "paragraph" or marks:
            spans.append(Known(position, position + len(text), kind if kind != "paragraph" else None, marks=marks))
        position += len(text) + 2
    return "\n\n".join(texts), spans
