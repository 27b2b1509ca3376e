"""What a feed, a sitemap or an index of sitemaps names."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

_XML = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex|rss|feed|rdf)\b", re.IGNORECASE)
_ENTRIES = frozenset({"url", "sitemap", "item", "entry"})
_PUBLISHED = ("publication_date", "pubdate", "published", "date", "issued")
_CHANGED = ("lastmod", "updated", "modified")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: `is_list` for a sitemap in an index; ISO dates of publication and of the last change where told."""

    url: str
    is_list: bool = False
    published: str | None = None
    changed: str | None = None
    editions: tuple[str, ...] = ()


def is_listing(body: bytes) -> bool:
    """Tell whether a body is a feed or a sitemap, by its first element."""
    return bool(_XML.search(body[:2_000]))


def read_entries(body: bytes) -> Iterator[Entry]:
    """Yield the entries of RSS, Atom, RDF, a sitemap or an index of sitemaps, as far as it can be read.

    Entities are not resolved and nothing is loaded from elsewhere.
    """
    options = {"recover": True, "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        for _, element in etree.iterparse(io.BytesIO(body), events=("end",), **options):
            if _name(element) in _ENTRIES:
                yield from _entry(element)
                element.clear()
    except etree.XMLSyntaxError:
        return


def newest(entries: Iterable[Entry]) -> str | None:
    """Return the latest date of entries."""
    return max((date for entry in entries for date in (entry.published, entry.changed) if date), default=None)


def iso_date(text: str | None) -> str | None:
    """Return the ISO date of a date and time in ISO 8601 or as RFC 822 writes it, None for anything else.

    Examples
    --------
    >>> iso_date("Mon, 02 Jun 2025 08:00:00 +0700"), iso_date("2025-06-02T08:00:00+07:00"), iso_date("yesterday")
    ('2025-06-02', '2025-06-02', None)
    """
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse((text or "").strip()).date().isoformat()
        except (TypeError, ValueError, IndexError, OverflowError):
            continue
    return None


def http_date(text: str) -> float | None:
    """Return the time of a date in a header of HTTP as seconds since 1970, None for anything else."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _entry(element: Any) -> Iterator[Entry]:
    texts: dict[str, str] = {}
    editions = []
    for child in element.iter(etree.Element):
        name = _name(child)
        if name == "link" and child.get("href"):
            if child.get("hreflang") and child.get("rel") == "alternate":
                editions.append(child.get("href"))
            elif child.get("rel", "alternate") == "alternate":
                texts.setdefault("link", child.get("href"))
        elif child.text and child.text.strip():
            texts.setdefault(name, child.text.strip())
    if url := texts.get("loc") or texts.get("link"):
        published, changed = (_first(texts, names) for names in (_PUBLISHED, _CHANGED))
        yield Entry(url, _name(element) == "sitemap", published, changed, tuple(editions))


def _first(texts: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((date for name in names if (date := iso_date(texts.get(name)))), None)


def _name(element: Any) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
