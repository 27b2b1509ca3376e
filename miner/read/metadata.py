"""What a page says about itself besides its text: dates with the clue that told them, editions in other languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html

from miner.dates import day
from miner.read.article import host
from miner.read.authors import page_authors
from miner.read.moments import local_date
from miner.read.roles import Roles, headline, is_alike, layout

#: Longer scripts hold the page's data, not what it says about itself.
_SCRIPT = 200_000
_DEEP = 6
_EDITIONS = 20
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
#: A byline is no longer, and stands under one of so many elements that hold the headline.
_BYLINE, _NEAR = 80, 3
_DATED = re.compile(r"\d{4}")
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
    descriptions: tuple[str, ...]


def page_facts(tree: html.HtmlElement, url: str | None, roles: Roles) -> Facts:
    """Return what a page states, its date by the surest clue: JSON-LD, meta, time, address, byline."""
    about = _about(tree, url)
    place = host(about.url)
    stated, metas, names = list(_documents(tree)), _metas(tree), layout()
    values = [pair for document in stated for pair in _texts(document, _DEEP)]

    def said(called: Sequence[str]) -> Iterator[str]:
        return (content for name, content in metas if name in called)

    clues = (
        ("json-ld", (value for key, value in values if key == "datePublished")),
        ("meta", said(names["dates"]["published"])),
        ("time", _times(roles)),
        ("url", _in_address(url)),
        ("byline", _moments(roles)),
    )
    found = ((clue, date) for clue, texts in clues for text in texts if (date := local_date(text, place)))
    clue, published = next(found, (None, None))
    changed = [value for key, value in values if key == "dateModified"]
    dates = (local_date(text, place) for text in [*changed, *said(names["dates"]["modified"])])
    return Facts(
        title=_title(about.title, headline(roles)),
        authors=page_authors(stated, list(said(names["authors"])), list(said(names["outlets"])), place, roles),
        url=about.url,
        site=about.sitename,
        published=published,
        clue=clue,
        guess=None if published else _guess(tree, about.url),
        modified=next(filter(None, dates), None),
        editions=_editions(tree, url),
        descriptions=tuple(said(names["descriptions"])),
    )


def _about(tree: html.HtmlElement, url: str | None) -> Any:
    """Return title, address and site as trafilatura finds them; the authors and categories that it seeks take long."""
    from trafilatura import metadata

    about = metadata.examine_meta(tree)
    about.title = about.title or metadata.extract_title(tree)
    about.url = url or about.url or metadata.extract_url(tree, None)
    about.sitename = None if about.url else about.sitename or metadata.extract_sitename(tree)
    about.clean_and_trim()
    return about


def _title(stated: str | None, shown: str) -> str | None:
    """Return the headline as the page shows it, if it is the one that the page states."""
    title = " ".join((stated or "").split())
    return shown if shown and is_alike(shown, title) and is_alike(title, shown) else title or None


def _guess(tree: html.HtmlElement, url: str | None) -> str | None:
    """Return the date that something in the page may mean."""
    from htmldate import find_date

    return find_date(tree, original_date=True, extensive_search=True, url=url)


def _documents(tree: html.HtmlElement) -> Iterator[Any]:
    """Yield the page's JSON-LD."""
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and len(script.text or "") <= _SCRIPT:
            with suppress(ValueError, RecursionError):
                yield json.loads(script.text or "", strict=False)


def _texts(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if not isinstance(value, (dict, list)):
        return
    items = value.items() if isinstance(value, dict) else (("", item) for item in value)
    for key, item in items:
        if isinstance(item, str):
            yield key, item[:100]
        elif isinstance(item, (dict, list)) and depth:
            yield from _texts(item, depth - 1)


def _metas(tree: html.HtmlElement) -> list[tuple[str, str]]:
    """Return the names, in lower case, and contents of the page's meta elements."""
    elements = ((m.get("property") or m.get("name") or m.get("itemprop"), m.get("content")) for m in tree.iter("meta"))
    return [(name.lower(), content) for name, content in elements if name and content]


def _times(roles: Roles) -> Iterator[str]:
    """Yield the moments between the headline and the text's end; those of lists of articles stand elsewhere."""
    if roles.head is not None:
        yield from roles.head.xpath("(following::time/@datetime)[1]")


def _moments(roles: Roles) -> Iterator[str]:
    """Yield the dates of short lines around the headline, the nearest first."""
    seen = set(roles.head.iter()) if roles.head is not None else set()
    for above in islice(roles.head.iterancestors(), _NEAR) if roles.head is not None else ():
        for element in above.iter("span", "div", "p", "time", "li", "td", "em", "small"):
            text = element.text_content().strip() if above.tag not in ("body", "html") else ""
            if element not in seen and len(text) <= _BYLINE and _DATED.search(text) and not _is_apart(element, roles):
                yield text


def _is_apart(element: Any, roles: Roles) -> bool:
    """Tell whether an element is of other articles, or of the text itself."""
    above = [element, *element.iterancestors()]
    return roles.body in above or any(e in roles.apart or e.tag in ("a", "aside") for e in above)


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
