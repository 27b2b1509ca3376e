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

    Captions above the headline or the first part stand behind the heading; those far below the last part are those of
    other articles and left out.
    """
    if not captions.texts:
        return list(parts)
    places = {int(match.group(1)): match.start() for match in _NUMBER.finditer(captions.page)}
    starts = _starts(parts, captions.page)
    known = [(start, start + len("".join(text.split()))) for start, (_, text) in zip(starts, parts, strict=True) if start is not None]
    if not known:
        return list(parts)
    near = range(known[0][0] - _FAR, max(end for _, end in known) + _FAR)
    top = sum(1 for kind, _ in parts[:1] if kind == "heading")
    behind: list[list[Part]] = [[] for _ in range(len(parts) + 1)]
    there = "\n".join(text for _, text in parts)
    for number, text in enumerate(captions.texts):
        if places.get(number) not in near or text in there:
            continue
        before = [index for index, start in enumerate(starts) if start is not None and start < places[number]]
        behind[max(before[-1] + 1 if before else 0, min(top, len(parts)))].append(("caption", text))
    merged = list(behind[0])
    for part, following in zip(parts, behind[1:], strict=True):
        merged += [part, *following]
    return merged


def _starts(parts: Sequence[Part], page: str) -> list[int | None]:
    """Return where each part stands in the page, None for those that are not found in order."""
    starts: list[int | None] = []
    position = 0
    for _, text in parts:
        probe = "".join(text.split())[:_PROBE]
        found = page.find(probe, position)
        starts.append(found if found >= 0 else None)
        position = found + len(probe) if found >= 0 else position
    return starts


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
        if last[-1:].islower() and piece[:1].isupper() or last[-1:] in ".!?)" and piece[:1].isalnum():
            yield " "
        yield piece
        last = piece or last


def _named(tree: html.HtmlElement) -> tuple[list[Any], set[Any]]:
    """Return the elements that are called captions, and those that stand beside the article."""
    found = {element: None for element in tree.iter("figcaption")}
    apart = set(tree.iter("nav", "footer"))
    pattern = _words()
    for name in _names()(tree):
        if match := pattern.search(name):
            (apart.add if match.lastgroup == "apart" else found.setdefault)(name.getparent())
    return list(found), apart


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
