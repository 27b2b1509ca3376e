"""Captions of a page: taken out before trafilatura, which drops them, and put back where they stood.

Captions of other articles (in links, beside or below the text) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from miner.lexicon import read_yaml

#: Kind and text of a part of a page.
Part = tuple[str, str]

#: Stand around the number of a caption where it was.
_OPEN, _CLOSE = "\ue000", "\ue001"
MARKS = (_OPEN, _CLOSE)
_NUMBER = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_LONGEST = 700
#: So many characters, white space left out, tell where a part stands in the page.
_PROBE = 40
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)\b|[?&/](?:image|photo|gallery|media)", re.IGNORECASE)
#: The next part of an article stands within so many characters.
_WINDOW = 20_000
#: A shorter description of a picture is found anywhere.
_SAID = 10
_HEADS = ("title", "h1", "h2", "h3", "h4", "h5", "h6", "a")
#: A picture stands under one of so many ancestors of its caption.
_NEAR = 4
#: Captions so many characters above the first part of an article or below its last one are those of others.
_FAR = 1_000
#: What holds one of these is more than a caption, whatever it is called.
_WHOLE = ("figure", "figcaption", "img", "picture", "video", "h1")


@dataclass(frozen=True, slots=True)
class Captions:
    """The captions of a page and its text without white space, in which marks stand in their places."""

    texts: tuple[str, ...]
    page: str


def take_captions(tree: html.HtmlElement) -> Captions:
    """Take the captions out of `tree` and return them; those of other articles are taken out and forgotten."""
    texts: list[str] = []
    found, apart = _named(tree)
    elements = _outermost([element for element in found if _is_caption(element)])
    for element in elements:
        text = _text(element)
        keep = text and text not in texts and not _is_elsewhere(element, apart)
        element.clear(keep_tail=True)
        if keep:
            element.text = f"{_OPEN}{len(texts)}{_CLOSE}"
            texts.append(text)
    page = "".join("".join(_visible()(tree)).split()) if texts else ""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()
    return Captions(tuple(texts), page)


def put_back(parts: Sequence[Part], captions: Captions) -> list[Part]:
    """Return the parts with the captions among them, in the order of the page.

    Captions above the text stand before its first part; those far above or below are those of other articles and left
    out.
    """
    if not captions.texts:
        return list(parts)
    places = {int(match.group(1)): match.start() for match in _NUMBER.finditer(captions.page)}
    found = _spans(parts, captions.page)
    if not found:
        return list(parts)
    near = range(min(found.values())[0] - _FAR, max(end for _, end in found.values()) + _FAR)
    there = "\n".join(text for _, text in parts)
    behind: list[list[Part]] = [[] for _ in range(len(parts) + 1)]
    for number, text in enumerate(captions.texts):
        if places.get(number) in near and text not in there:
            before = [index + 1 for index, (start, _) in found.items() if start < places[number]]
            behind[max(before, default=0)].append(("caption", text))
    merged = list(behind[0])
    for part, following in zip(parts, behind[1:], strict=True):
        merged += [part, *following]
    return merged


def _spans(parts: Sequence[Part], page: str) -> dict[int, tuple[int, int]]:
    """Return where parts stand in the page, by their index, without those that are not found in order."""
    spans: dict[int, tuple[int, int]] = {}
    position, limit = 0, len(page)
    for index, (_, text) in enumerate(parts):
        probe = "".join(text.split())
        start = page.find(probe[:_PROBE], position, limit)
        if start >= 0:
            position = start + min(len(probe), _PROBE)
            limit = position + _WINDOW
            spans[index] = (start, start + len(probe))
    return spans


def _is_caption(element: html.HtmlElement) -> bool:
    """Tell whether an element that is called a caption is one: no more than a text, with a picture close by."""
    if element.tag == "figcaption":
        return True
    if element.tag in _WHOLE or any(True for _ in element.iter(*_WHOLE)):
        return False
    above = list(islice(element.iterancestors(), _NEAR))
    return any(True for e in above for _ in e.iter("img", "picture", "video", "figure"))


def _outermost(elements: Sequence[Any]) -> list[Any]:
    inside = set(elements)
    return [e for e in elements if not any(above in inside for above in e.iterancestors())]


def _is_elsewhere(element: html.HtmlElement, apart: set[Any]) -> bool:
    """Tell whether a caption belongs to another article: in a link to it, or in a part of the page for others."""
    for above in element.iterancestors():
        if above in apart and next(above.iter("h1"), None) is None:
            return True
        if above.tag == "a":
            address = urlsplit(above.get("href") or "")
            return bool(address.path.strip("/")) and not _IMAGE.search(above.get("href"))
    return False


def _text(element: html.HtmlElement) -> str:
    text = " ".join("".join(_pieces(element)).split())
    return text if len(text) <= _LONGEST else ""


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    """Yield texts, with a space where an element's start would glue a capital to a sentence's end."""
    last = ""
    for piece in _visible()(element):
        if (last[-1:].islower() and piece[:1].isupper()) or (last[-1:] in ".!?)" and piece[:1].isalnum()):
            yield " "
        yield piece
        last = piece or last


def _named(tree: html.HtmlElement) -> tuple[list[Any], set[Any]]:
    """Return the elements that are called captions, and those that stand beside the article."""
    found = dict.fromkeys(tree.iter("figcaption"))
    apart = set(tree.iter("nav", "footer"))
    pattern = _words()
    for name in _names()(tree):
        if match := pattern.search(name):
            (apart.add if match.lastgroup == "apart" else found.setdefault)(name.getparent())
    found |= dict.fromkeys(_said_by_pictures(tree))
    return list(found), apart


def _said_by_pictures(tree: html.HtmlElement) -> Iterator[Any]:
    """Yield the elements that say what the `alt` of a picture says; headlines do too and are none."""
    said = {alt.strip() for alt in tree.xpath("//body//img/@alt") if len(alt) >= _SAID}
    for piece in _visible()(tree) if said else ():
        if piece.strip() in said and piece.is_text and piece.getparent().tag not in _HEADS:
            yield piece.getparent()


@cache
def _words() -> re.Pattern[str]:
    """Return the pattern of classes and ids; what stands apart comes first, as it may hold captions too."""
    words = read_yaml("pages.yaml")
    groups = (f"(?P<{key}>{'|'.join(map(re.escape, words[key]))})" for key in ("apart", "captions"))
    return re.compile("|".join(groups), re.IGNORECASE)


@cache
def _names() -> etree.XPath:
    return etree.XPath("//body//@class | //body//@id")


@cache
def _visible() -> etree.XPath:
    return etree.XPath("descendant-or-self::*[not(self::script or self::style or self::noscript)]/text()")
