"""Evidence: spans of articles → the sentences around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from miner.records import Article

#: So many characters are shown before and after a span at most.
REACH = 280
_STOP = re.compile(r"[.!?…][\"'”’»)]*\s+|\n[ \t]*\n\s*")
_OPENING = frozenset("\"'“«‘(-–")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_SPAN = re.compile(r"(.+):(\d+)-(\d+):[^:]*", re.DOTALL)

Span = tuple[str, int, int]


class Proofs:
    """Numbers the spans and articles that the page cites; their texts are cut out in one pass at the end."""

    def __init__(self) -> None:
        self._spans: dict[Span, int] = {}
        self._articles: dict[str, int] = {}

    def article(self, name: str) -> int:
        """Return the number of an article on the page."""
        return self._articles.setdefault(name, len(self._articles))

    def span(self, article: str, start: int, end: int) -> int:
        """Return the number of a span on the page."""
        self.article(article)
        return self._spans.setdefault((article, int(start), int(end)), len(self._spans))

    def evidence(self, text: str) -> int:
        """Return the number of an evidence id of the graph, ``article:start-end:rule``."""
        article, start, end = _SPAN.fullmatch(text).groups()  # type: ignore[union-attr]
        return self.span(article, int(start), int(end))

    def resolve(self, articles: Iterable[Article]) -> dict[str, list[Any]]:
        """Return ``articles`` (title, day, address, site, language) and ``proofs`` (article, before, span, after)."""
        wanted: dict[str, list[tuple[int, int, int]]] = {name: [] for name in self._articles}
        for (name, start, end), number in self._spans.items():
            wanted[name].append((number, start, end))
        found: list[Any] = [{"title": name} for name in self._articles]
        cut: list[Any] = [None] * len(self._spans)
        for article in articles:
            if article.id not in wanted:
                continue
            found[self._articles[article.id]] = _about(article)
            for number, start, end in wanted[article.id]:
                cut[number] = [self._articles[article.id], *around(article.text, start, end)]
        return {"articles": found, "proofs": cut}


def is_span(evidence: str) -> bool:
    """Tell whether an evidence id names a span of an article; others name a row of a packaged table."""
    return bool(_SPAN.fullmatch(evidence))


def _about(article: Article) -> dict[str, str]:
    published = (article.published or "")[:10]
    about = {
        "title": article.title or article.id,
        "day": published if _DAY.fullmatch(published) else "",
        "url": article.url or "",
        "site": article.site or "",
        "source": "" if article.url else article.id,
        "language": article.language or "",
    }
    return {key: value for key, value in about.items() if value}


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return the rest of the sentence before a span, the span, and the rest of the sentence after it.

    Examples
    --------
    >>> around("One. Two three four. Five.", 9, 14)
    ('Two ', 'three', ' four.')
    """
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    begins = [place for place in _ends(text, low, high) if place <= start]
    stops = [place for place in _ends(text, max(end - 1, start), high) if place >= end]
    first = begins[-1] if begins else _next_word(text, low, start)
    last = stops[0] if stops else high
    before = ("…" if low > 0 and not begins else "") + text[first:start].lstrip()
    after = text[end:last].rstrip() + ("…" if not stops and high < len(text) else "")
    return before, text[start:end], after


def _ends(text: str, low: int, high: int) -> Iterator[int]:
    """Yield where a next sentence may begin: after a blank line, or after a stop before a capital."""
    for match in _STOP.finditer(text, low, high):
        following = text[match.end() : match.end() + 1]
        if match.group().isspace() or not following or following.isupper() or following in _OPENING:
            yield match.end()


def _next_word(text: str, low: int, start: int) -> int:
    """Return where the first whole word after `low` begins."""
    return low if not low or (space := text.find(" ", low, start)) < 0 else space + 1
