"""The parts of an article in the tree that trafilatura makes of a page: kind and text of each, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

#: Kind and text of a part of a page.
Part = tuple[str, str]

#: What an element makes of the text in it; a paragraph in a quote is a quote.
_KINDS = {"head": "heading", "quote": "quote", "list": "list", "table": "table"}
#: Text in front of, within and behind one of these are different parts; all other elements stand in a line.
_BLOCKS = frozenset({"body", "code", "div", "head", "item", "list", "p", "quote", "row", "table"})
#: A line end before a small letter is one of the page's source, and no more than a space.
_WRAP = re.compile(r"\s*\n\s*(?=[^\W\d_A-Z])")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff]")


def parts_of(body: Any) -> Iterator[Part]:
    """Yield kind and text of each part, none of them empty; the cells of a row are parted by a bar.

    Soft hyphens and other signs without width are left out: they stand within words.
    """
    said: list[str] = []
    last = "paragraph"
    for kind, text in (*_pieces(body, last), (last, None)):
        if text is not None:
            said.append(text)
            last = kind
            continue
        for line in _lines("".join(said)):
            yield last, line
        said, last = [], kind


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a part with single spaces."""
    for line in _wraps_joined(_INVISIBLE.sub("", text)).split("\n"):
        if levelled := " ".join(line.split()):
            yield levelled


def _wraps_joined(text: str) -> str:
    return _WRAP.sub(lambda m: " " if text[m.end()].islower() else m.group(), text) if "\n" in text else text


def _pieces(element: Any, kind: str) -> Iterator[tuple[str, str | None]]:
    """Yield the texts below an element with the kind of part they belong to; None ends a part."""
    tag = element.tag
    if not isinstance(tag, str):
        return
    kind = _KINDS.get(tag, kind)
    if tag in _BLOCKS or tag == "lb":
        yield kind, None
    if tag == "row" and (cells := list(element.iterdescendants("cell"))):
        yield kind, " | ".join(" ".join(" ".join(cell.itertext()).split()) for cell in cells)
    else:
        yield kind, element.text or ""
        for child in element:
            yield from _pieces(child, kind)
            yield kind, child.tail or ""
    if tag in _BLOCKS:
        yield kind, None
