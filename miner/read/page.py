"""A page of HTML to an Article: trafilatura finds the text, captions are kept in their places."""

from __future__ import annotations

import logging
import re
import string
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree, html

from miner.errors import ReadError
from miner.lexicon import read_yaml
from miner.read.article import make_article
from miner.read.decode import decode
from miner.records import Article

#: Marks a caption on its way through trafilatura, which drops figures but keeps paragraphs.
_MARK = "\ue000"
_CAPTION = 700
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{2,40})", re.I
)
#: A lead is a few sentences; a longer element with such a class is the whole text.
_LEAD = range(40, 1_500)
_KINDS = {"head": "heading", "quote": "quote", "list": "list", "p": "paragraph"}


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
    document, lead = _extract(_markup(data, charset, source), url, source)
    parts = [(kind, text) for kind, text in _parts(document.body) if text]
    if lead and not any(lead[:60] in text for _, text in parts):
        parts.insert(1 if parts and parts[0][0] == "heading" else 0, ("paragraph", lead))
    title = " ".join((document.title or "").split())
    if not parts:
        raise ReadError(source, "is a page without text", "it may need a browser or be a list of links: leave it out")
    if title and title not in (text for _, text in parts[:3]):
        parts.insert(0, ("heading", title))
    text, known = _joined(parts)
    return make_article(
        id,
        text,
        source,
        url=url or document.url,
        site=document.sitename,
        title=title or None,
        authors=[name for name in (document.author or "").split("; ") if name],
        published=document.date,
        known=known,
    )


def _markup(data: bytes, charset: str | None, source: str) -> str:
    declared = _CHARSET.search(data[:4096])
    named = [charset] if charset else []
    named += [name.decode("ascii") for name in declared.groups() if name] if declared else []
    for name in ["utf-8-sig", *named]:
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return decode(data, source)


def _extract(markup: str, url: str | None, source: str) -> tuple[Any, str | None]:
    """Return what trafilatura found and the lead, which it may have left out."""
    import trafilatura

    # What it logs as an error is a Failure here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if not markup.strip():
        raise ReadError(source, "is empty", "fetch it again, or remove it")
    try:
        tree = trafilatura.load_html(markup.replace("\x00", "").replace(_MARK, ""))
        if tree is not None:
            lead = _lead(tree)
            _keep_captions(tree)
            found: Any = trafilatura.bare_extraction(tree, url=url, include_comments=False, with_metadata=True)
            if found is not None and found.body is not None:
                return found, lead
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError) as error:
        raise ReadError(source, f"cannot be parsed ({type(error).__name__}: {error})", "fetch it again") from error
    raise ReadError(source, "is a page without text", "it may need a browser or be a list of links: leave it out")


def _lead(tree: html.HtmlElement) -> str | None:
    """Return the text of the first element behind the headline whose class names a lead."""
    cues = set(read_yaml("pages.yaml")["leads"])
    start = next(tree.iter("h1"), None)
    for element in start.xpath("following::*[@class]") if start is not None else ():
        if cues & set(re.split(r"[^a-z]+", element.get("class").lower())):
            text = " ".join(element.text_content().split())
            return text if len(text) in _LEAD else None
    return None


@cache
def _captions() -> etree.XPath:
    words = read_yaml("pages.yaml")["captions"]
    lower = f"translate(@class, '{string.ascii_uppercase}', '{string.ascii_lowercase}')"
    named = " or ".join(f"contains({lower}, '{word}')" for word in words)
    whole = "[not(self::figure)][not(descendant::figcaption)][not(descendant::img)][not(ancestor::figcaption)]"
    return etree.XPath(f"//figcaption | //*[{named}]{whole}")


def _keep_captions(tree: html.HtmlElement) -> None:
    """Turn captions into marked paragraphs behind their figures."""
    for caption in _captions()(tree):
        text = " ".join(caption.text_content().split())
        if not 0 < len(text) <= _CAPTION:
            continue
        if caption.tag == "td":
            caption.text = _MARK + (caption.text or "")
            continue
        paragraph = html.Element("p")
        paragraph.text = _MARK + text
        anchor = next(caption.iterancestors("figure"), caption)
        anchor.addnext(paragraph)
        paragraph.tail, anchor.tail = anchor.tail, None
        caption.drop_tree()


def _parts(body: Any) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each part of trafilatura's tree."""
    for element in body:
        tag = element.tag if isinstance(element.tag, str) else "p"
        rows = element.iter("item") if tag == "list" else element.iter("row") if tag == "table" else [element]
        for row in rows:
            for line in _text(row).split("\n"):
                text = " ".join(line.split())
                kind = "caption" if _MARK in text else "list" if " | " in text else _KINDS.get(tag, "paragraph")
                yield kind, text.replace(_MARK, "").strip()


def _text(element: Any) -> str:
    """Return an element's text; breaks are line ends, cells are parted by a bar."""
    cells = list(element.iter("cell"))
    if len(cells) > 1:
        return " | ".join(" ".join(_text(cell).split()) for cell in cells)
    for line_break in element.iter("lb"):
        line_break.tail = "\n" + (line_break.tail or "")
    return "".join(element.itertext())


def _joined(parts: list[tuple[str, str]]) -> tuple[str, list[tuple[int, int, str]]]:
    spans: list[tuple[int, int, str]] = []
    position = 0
    for kind, text in parts:
        if kind != "paragraph":
            spans.append((position, position + len(text), kind))
        position += len(text) + 2
    return "\n\n".join(text for _, text in parts), spans
