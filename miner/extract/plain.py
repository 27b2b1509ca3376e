"""A text in plain letters, and the way back to the offsets of the text as it was written.

Text files and old pages hold characters without width, soft hyphens, ligatures, entities of HTML and letters that only
look like the right ones. All components read the plain text; the facts' spans are those of the text as written.
"""

from __future__ import annotations

import dataclasses
import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from miner.records import FACT_KINDS, Article, Facts

_WIDTHLESS = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
#: The sign of a numero, Roman numerals as one sign, ligatures, wide letters.
_COMPATIBLE = "\u2116\u2160-\u217f\ufb00-\ufb06\uff01-\uff5e"
_ALIKE = {"ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "ʼ": "’", "‐": "-", "‑": "-", "‒": "–", "―": "—"}
_LOOKALIKES = "".join(_ALIKE)
#: All strange characters, and entities; the class in front lets the search pass over plain text at once.
_STRANGE = re.compile(
    f"(?=[{_WIDTHLESS}{_LOOKALIKES}{_COMPATIBLE}&])(?:"
    f"(?P<none>[{_WIDTHLESS}]+)|(?P<alike>[{_LOOKALIKES}])|(?P<compatible>[{_COMPATIBLE}])"
    "|(?P<entity>&(?:#\\d{2,5}|#[xX][0-9a-fA-F]{2,4}|[A-Za-z]{2,8}\\d{0,2});))"
)
#: Returns the offset in the text as written; the second argument tells whether it ends a span.
Way = Callable[[int, bool], int]


def make_plain(article: Article) -> tuple[Article, Way | None]:
    """Return the article in plain letters and the way back for offsets: itself and None where it is plain already.

    Parameters
    ----------
    article : Article
        If its text changes, its blocks are left out, as their offsets hold no more.
    """
    matches = [(m, new) for m in _STRANGE.finditer(article.text) if (new := _written(m)) != m.group()]
    if not matches:
        return article, None
    pieces, last = [], 0
    for match, new in matches:
        pieces += [article.text[last : match.start()], new]
        last = match.end()
    text = "".join([*pieces, article.text[last:]])
    return dataclasses.replace(article, text=text, blocks=()), _way([(*m.span(), len(new)) for m, new in matches])


def _written(match: re.Match[str]) -> str:
    found = match.group()
    if match.lastgroup == "none":
        return ""
    if match.lastgroup == "alike":
        return _ALIKE[found]
    if match.lastgroup == "entity":
        return html.unescape(found)
    return unicodedata.normalize("NFKC", found)


def _way(edits: list[tuple[int, int, int]]) -> Way:
    """Return the way back over edits given as start, end and new length."""
    shifts = [0, *accumulate(end - start - size for start, end, size in edits)]
    starts = [start - shift for (start, _, _), shift in zip(edits, shifts, strict=False)]
    ends = [start + size for start, (_, _, size) in zip(starts, edits, strict=True)]

    def back(offset: int, is_end: bool) -> int:
        passed = bisect_right(ends, offset)
        while is_end and passed and starts[passed - 1] >= offset:
            passed -= 1
        if passed < len(starts) and starts[passed] < offset < ends[passed]:
            return edits[passed][is_end]
        return offset + shifts[passed]

    return back


def restore(facts: Facts, article: Article, back: Way) -> Facts:
    """Return the facts of a plain text with the spans, and the texts of figures, that they have in `article`."""
    moved: dict[str, Any] = {kind: tuple(moved_by(fact, back) for fact in getattr(facts, kind)) for kind in FACT_KINDS}
    figures = (dataclasses.replace(fact, text=article.text[fact.start : fact.end]) for fact in moved["figures"])
    return dataclasses.replace(facts, **{**moved, "figures": tuple(figures)})


def moved_by(fact: Any, way: Way) -> Any:
    """Return a fact with all its offsets changed."""
    changes: dict[str, Any] = {"start": way(fact.start, False), "end": way(fact.end, True)}
    if getattr(fact, "mentions", None):
        changes["mentions"] = tuple((way(start, False), way(end, True)) for start, end in fact.mentions)
    if getattr(fact, "part_of", None):
        changes["part_of"] = (way(fact.part_of[0], False), way(fact.part_of[1], True))
    return dataclasses.replace(fact, **changes)
