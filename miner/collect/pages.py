"""What a page tells a crawl: whether it is an article, of which day, its own address, its editions and its links."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scrapy.utils.response import get_meta_refresh

from miner.collect.addresses import (
    are_editions,
    canonical,
    front_language,
    has_id,
    is_article,
    key_of,
    may_be_page,
    page_number,
)
from miner.collect.listings import iso_date

_DATES = (
    "meta[property='article:published_time']::attr(content)",
    "meta[name='article:published_time']::attr(content)",
    "meta[itemprop='datePublished']::attr(content)",
    "meta[name='pubdate' i]::attr(content)",
    "meta[name='publish-date' i]::attr(content)",
    "meta[name='dc.date.issued' i]::attr(content)",
    "meta[name='date' i]::attr(content)",
    "[itemprop='datePublished']::attr(datetime)",
    "article time::attr(datetime)",
)
_ALTERNATES = "link[rel~=alternate][hreflang]::attr(href)"
_MANY = 5
_AT_ONCE = 5
_KINDS = re.compile(r'"@type"\s*:\s*\[?\s*"(?:\w*NewsArticle|Article|BlogPosting|Report)"')
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What stands in the head of a page and in its links.

    `published` is an ISO date, `own` the address the page gives as its own, or sends to, where that is another one,
    `editions` the other languages' addresses.
    """

    article: bool
    published: str | None
    own: str | None
    editions: tuple[str, ...]


def read_facts(response: Any, url: str) -> PageFacts:
    """Return what an HTML page tells; `response` is one of Scrapy's with text."""
    data = " ".join(response.css("script[type='application/ld+json']::text").getall())[:200_000]
    published = _published(response, data)
    kind = _kind(response)
    looks_so = is_article(url) and kind in ("", "article")
    refresh = refresh_of(response)
    own = refresh or _address(response, response.css("link[rel=canonical]::attr(href)").get())
    return PageFacts(
        article=not refresh and (looks_so or kind == "article" or bool(published) or bool(_KINDS.search(data))),
        published=published,
        own=own if own and is_article(own) and key_of(own) != key_of(url) else None,
        editions=tuple(sorted(_editions(response, url))),
    )


def is_dated_article(response: Any) -> bool:
    """Tell whether a page says in its head that it is an article and of which day, as no list does."""
    return bool(_kind(response) == "article" and iso_date(response.css(_DATES[0]).get()))


def articles_among(links: Iterable[str]) -> set[str]:
    """Return the links of a list that look like articles; where most have a number, those without are sections."""
    found = {url for url in links if is_article(url)}
    numbered = {url for url in found if has_id(url)}
    return numbered if len(numbered) >= _MANY and 2 * len(numbered) > len(found) else found


def links_of(response: Any) -> Iterator[str]:
    """Yield the canonical addresses of a page's feeds and links, in their order."""
    yield from feeds_of(response)
    yield from _addresses(response, "a::attr(href)")


def feeds_of(response: Any) -> Iterator[str]:
    """Yield the canonical addresses of the feeds that the head of a page names."""
    kinds = (f"link[rel~=alternate][type$='{kind}+xml']::attr(href)" for kind in ("rss", "atom"))
    yield from _addresses(response, ", ".join(kinds))


def editions_of(response: Any) -> set[str]:
    """Return the front pages of the editions that a front page names: by hreflang, and links that look so."""
    named = set(_addresses(response, _ALTERNATES)) | {a for a in links_of(response) if front_language(a)}
    return {url for url in named if key_of(url) != key_of(response.url)}


def refresh_of(response: Any) -> str | None:
    """Return where a page sends its readers at once (``meta http-equiv=refresh``), None if it does not."""
    seconds, url = get_meta_refresh(response)
    target = _address(response, url) if url and seconds is not None and seconds <= _AT_ONCE else None
    return target if target and key_of(target) != key_of(response.url) else None


def next_page(response: Any, links: list[str]) -> str | None:
    """Return the address of the page that follows in a list: rel=next, else the next number of the same address."""
    base, number = page_number(response.url)
    named = response.css("a[rel~=next]::attr(href), link[rel~=next]::attr(href)").get()
    following = {found[1]: url for url in links if (found := page_number(url))[0] == base and found[1] > number}
    if following:
        return following[min(following)]
    url = _address(response, named)
    return url if url and key_of(url) != key_of(response.url) else None


def resolved(join: Callable[[str], str], href: str | None) -> str | None:
    """Return the canonical address that a link leads to, None for what is no address of a page."""
    try:
        url = canonical(join(href.strip())) if href and href.strip() else ""
        return url if url and may_be_page(url) else None
    except ValueError:
        return None


def _kind(response: Any) -> str:
    return str(response.css("meta[property='og:type']::attr(content)").get("")).strip().lower()


def _published(response: Any, data: str) -> str | None:
    texts = [response.css(selector).get() for selector in _DATES[:3]]
    texts += [found[1] if (found := _PUBLISHED.search(data)) else None]
    texts += [response.css(selector).get() for selector in _DATES[3:]]
    return next((date for text in texts if (date := iso_date(_unescaped(text)))), None)


def _unescaped(text: str | None) -> str | None:
    try:
        return str(json.loads(f'"{text}"')) if text and "\\" in text else text
    except ValueError:
        return None


def _editions(response: Any, url: str) -> set[str]:
    named = {address for address in _addresses(response, _ALTERNATES) if is_article(address)}
    return {a for a in named if key_of(a) != key_of(url)} | {a for a in links_of(response) if are_editions(a, url)}


def _addresses(response: Any, selector: str) -> Iterator[str]:
    for href in response.css(selector).getall():
        if url := _address(response, href):
            yield url


def _address(response: Any, href: str | None) -> str | None:
    return resolved(response.urljoin, href)
