"""Captions of a page: noted before trafilatura, which drops most of them, and put back where they stood.

Captions of other articles (in links, beside or below the text) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from miner.read.parts import Part
from miner.read.roles import Roles

#: Stand around the number of a caption where it was.
_OPEN, _CLOSE = "\ue000", "\ue001"
_NUMBER = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_LONGEST = 700
#: So many characters, white space left out, tell where a part stands in the page.
_PROBE = 40
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)\b|[?&/](?:image|photo|gallery|media)", re.IGNORECASE)
#: The next part of an article stands within so many characters.
_WINDOW = 20_000
#: A sentence before a caption that is glued to it ends so.
_ENDS = '.!?…:;”»")|'
#: A picture stands under one of so many ancestors of its caption.
_NEAR = 4
#: Captions so many characters above the first part of an article or below its last one are those of others.
_FAR = 1_000
#: What holds one of these is more than a caption, whatever it is called.
_WHOLE = ("figure", "figcaption", "img", "picture", "video", "h1")


@dataclass(frozen=True, slots=True)
class Captions:
    """The captions of a page, the text of the page without white space, and where in it a caption begins."""

    texts: tuple[str, ...]
    places: Mapping[int, int]
    page: str


def take_captions(tree: html.HtmlElement, roles: Roles) -> Captions:
    """Return the captions of `tree`; those of other articles, and what says the same again, are taken out of it."""
    texts: list[str] = []
    marked, dropped = [], []
    called = dict.fromkeys(map(_narrowed, roles.captions))
    for element in _outermost([element for element in called if element is not None and _is_caption(element)]):
        text = _text(element)
        if text in texts or _is_elsewhere(element, roles.apart):
            dropped.append(element)
        elif text and len(text) <= _LONGEST:
            marked.append((element, element.text))
            element.text = f"{_OPEN}{len(texts)}{_CLOSE}{element.text or ''}"
            texts.append(text)
    for element in dropped:
        if element.getparent() is not None:
            element.drop_tree()
    page = "".join("".join(_visible()(tree)).split()) if texts else ""
    for element, before in marked:
        element.text = before
    pieces = _NUMBER.split(page)
    ends = accumulate(map(len, pieces[::2]))
    places = {int(number): end for number, end in zip(pieces[1::2], ends, strict=False)}
    return Captions(tuple(texts), places, "".join(pieces[::2]))


def put_back(parts: Sequence[Part], captions: Captions) -> list[Part]:
    """Return the parts with the captions among them, in the order of the page.

    Captions above the text stand before its first part; those far above or below are those of other articles and left
    out.
    """
    if not captions.texts:
        return list(parts)
    known = [part for kind, text in parts for part in _told_apart(kind, text, captions.texts)]
    found = _spans(known, captions.page)
    if not found:
        return known
    near = range(min(found.values())[0] - _FAR, max(end for _, end in found.values()) + _FAR)
    there = "\n".join(text for _, text in known)
    behind: list[list[Part]] = [[] for _ in range(len(known) + 1)]
    for number, text in enumerate(captions.texts):
        place = captions.places.get(number, -1)
        if place in near and text not in there:
            before = [index + 1 for index, (start, _) in found.items() if start < place]
            behind[max(before, default=0)].append(("caption", text))
    merged = list(behind[0])
    for part, following in zip(known, behind[1:], strict=True):
        merged += [part, *following]
    return merged


def _told_apart(kind: str, text: str, captions: Sequence[str]) -> Iterator[Part]:
    """Yield a part cut at the captions that are glued into it, or as the caption that it is."""
    long = [caption for caption in captions if len(caption) >= _PROBE or caption == text]
    place, _, caption = min(((text.find(c), -len(c), c) for c in long if c in text), default=(0, 0, ""))
    before, behind = text[:place].rstrip(), text[place + len(caption) :].lstrip()
    if not caption or (before and before[-1] not in _ENDS):
        yield kind, text
        return
    if before:
        yield kind, before
    yield "caption", caption
    if behind:
        yield from _told_apart(kind, behind, captions)


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


def _narrowed(element: html.HtmlElement) -> Any:
    """Return an element that is called a caption; of one that holds the picture too, its only line of text."""
    if element.tag not in ("table", "div") or next(element.iter("img"), None) is None:
        return element
    lines = [
        e for e in element.iter("td", "p", "figcaption") if e.text_content().strip() and not len(list(e.iter("img")))
    ]
    return lines[0] if len(lines) == 1 else None


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


def _is_elsewhere(element: html.HtmlElement, apart: Set[Any]) -> bool:
    """Tell whether a caption belongs to another article: in a link to it, or in a part of the page for others."""
    for above in element.iterancestors():
        if above in apart and next(above.iter("h1"), None) is None:
            return True
        if above.tag == "a":
            address = urlsplit(above.get("href") or "")
            return bool(address.path.strip("/")) and not _IMAGE.search(above.get("href"))
    return False


def _text(element: html.HtmlElement) -> str:
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    """Yield texts, with a space where an element's start would glue a capital to a sentence's end."""
    last = ""
    for piece in _visible()(element):
        if (last[-1:].islower() and piece[:1].isupper()) or (last[-1:] in ".!?)" and piece[:1].isalnum()):
            yield " "
        yield piece
        last = piece or last


@cache
def _visible() -> etree.XPath:
    return etree.XPath(
        "descendant-or-self::*[not(self::script or self::style or self::noscript)]/text()", smart_strings=False
    )
