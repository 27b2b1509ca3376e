"""What a page says about itself besides its text: dates with the clue that told them, editions in other languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html

from miner.dates import day
from miner.lexicon import read_yaml
from miner.read.article import iso_date

#: Longer scripts hold the page's data, not what it says about itself.
_SCRIPT = 200_000
_DEEP = 6
_EDITIONS = 20
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_PATH = re.compile(r"(?<!\d)(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d{2}(?!\d))")


@dataclass(frozen=True, slots=True)
class Facts:
    """Dates as ISO 8601, `clue` naming what told `published`, `guess` the date of a page that states none.

    `editions` are pairs of language and address; `url` and `site` are told only if the address was not known.
    """

    title: str | None
    authors: tuple[str, ...]
    url: str | None
    site: str | None
    published: str | None
    clue: str | None
    guess: str | None
    modified: str | None
    editions: tuple[tuple[str, str], ...]


def page_facts(tree: html.HtmlElement, url: str | None) -> Facts:
    """Return what a page states, its date by the surest clue: JSON-LD, meta, time, address."""
    about = _about(tree, url)
    stated = list(_stated(tree))
    clues = (
        ("json-ld", (value for key, value in stated if key == "datePublished")),
        ("meta", _metas(tree, "published")),
        ("time", _times(tree)),
        ("url", _in_address(url)),
    )
    found = ((clue, date) for clue, values in clues for date in map(iso_date, values) if date)
    clue, published = next(found, (None, None))
    changed = [value for key, value in stated if key == "dateModified"]
    modified = next(filter(None, map(iso_date, [*changed, *_metas(tree, "modified")])), None)
    return Facts(
        title=" ".join((about.title or "").split()) or None,
        authors=tuple(name for name in (about.author or "").split("; ") if name),
        url=about.url,
        site=about.sitename,
        published=published,
        clue=clue,
        guess=None if published else _guess(tree, about.url),
        modified=modified,
        editions=_editions(tree, url),
    )


def _about(tree: html.HtmlElement, url: str | None) -> Any:
    """Return title, author, address and site as trafilatura finds them; the categories that it also seeks take long."""
    from trafilatura import metadata

    about = metadata.examine_meta(tree)
    about.author = about.author if about.author and " " in about.author else None
    with suppress(ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        about = metadata.extract_meta_json(tree, about)
    about.title = about.title or metadata.extract_title(tree)
    about.author = about.author or metadata.extract_author(tree)
    about.url = url or about.url or metadata.extract_url(tree, None)
    about.sitename = None if about.url else about.sitename or metadata.extract_sitename(tree)
    about.clean_and_trim()
    return about


def _guess(tree: html.HtmlElement, url: str | None) -> str | None:
    """Return the date that something in the page may mean."""
    from htmldate import find_date

    return find_date(tree, original_date=True, extensive_search=True, url=url)


def _stated(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the keys and texts of the page's JSON-LD."""
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and len(script.text or "") <= _SCRIPT:
            try:
                yield from _texts(json.loads(script.text or "", strict=False), _DEEP)
            except (ValueError, RecursionError):
                continue


def _texts(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    items = value.items() if isinstance(value, dict) else (("", item) for item in value)
    for key, item in items:
        if isinstance(item, str):
            yield key, item[:100]
        elif isinstance(item, (dict, list)) and depth:
            yield from _texts(item, depth - 1)


def _metas(tree: html.HtmlElement, kind: str) -> Iterator[str]:
    names = _meta_names(kind)
    for meta in tree.iter("meta"):
        called = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if called.lower() in names:
            yield meta.get("content") or ""


@cache
def _meta_names(kind: str) -> frozenset[str]:
    return frozenset(read_yaml("pages.yaml")["dates"][kind])


def _times(tree: html.HtmlElement) -> Iterator[str]:
    """Yield the moments between the headline and the text's end; those of lists of articles stand elsewhere."""
    head = next(tree.iter("h1"), None)
    if head is not None:
        yield from head.xpath("(following::time/@datetime)[1]")


def _in_address(url: str | None) -> Iterator[str]:
    for year, month, dom in _PATH.findall(urlsplit(url or "").path):
        if found := day(int(year), int(month), int(dom)):
            yield found.last.isoformat()


def _editions(tree: html.HtmlElement, url: str | None) -> tuple[tuple[str, str], ...]:
    """Return the language and address of each edition that a link in the page's head names."""
    found: dict[str, str] = {}
    for link in tree.iter("link"):
        code = _LANGUAGE.fullmatch((link.get("hreflang") or "").strip())
        if code and "alternate" in (link.get("rel") or "").lower().split() and link.get("href"):
            try:
                address = urljoin(url or "", link.get("href").strip())
            except ValueError:
                continue
            if address.startswith(("http://", "https://")):
                found.setdefault(code.group(1).lower(), address)
    return tuple(sorted(found.items())[:_EDITIONS])
