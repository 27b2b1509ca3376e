"""Leads: what feeds, sitemaps, sections, front pages and robots.txt name that is worth a request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urljoin

from scrapy.http import TextResponse

from miner.collect import addresses
from miner.collect.frontier import Frontier
from miner.collect.listings import Entry, is_listing, newest, read_entries
from miner.collect.pages import articles_among, editions_of, feeds_of, links_of, next_page, resolved
from miner.collect.report import Report

HOPS = 5
_FIRST, _NEXT = 20, -10


@dataclass(frozen=True, slots=True)
class Lead:
    """An address to ask for: an article's, or a list's with how far it is from a start.

    `origin` is empty for a link; starts are ``given``, or named by ``robots``, by a front ``page``, or ``usual`` places
    of sitemaps and feeds, of which `others` are asked where this one has nothing. `front` marks a front page.
    """

    url: str
    is_list: bool = True
    depth: int = 0
    hops: int = 0
    priority: int = _FIRST
    origin: str = ""
    front: bool = False
    others: tuple[str, ...] = ()


class Leads:
    """Reads lists for what they lead to; counts what they name in vain."""

    def __init__(self, frontier: Frontier, report: Report, depth: int) -> None:
        self.frontier, self.report, self.depth = frontier, report, depth

    def of_robots(self, url: str, sitemaps: Iterable[str]) -> Iterator[Lead]:
        """Yield the sitemaps that the robots.txt at `url` names, else where the site may have one."""
        if self.frontier.discovers(url):
            named = sorted({found for sitemap in sitemaps if (found := resolved(partial(urljoin, url), sitemap))})
            yield from (Lead(sitemap, origin="robots") for sitemap in named)
            if not named:
                yield from self._usual(url, "sitemaps")

    def of_list(self, response: Any, body: bytes, lead: Lead, row: dict[str, Any]) -> Iterator[Lead]:
        """Yield what a feed, a sitemap or a page names; put into `row` what it is, how many and how new."""
        if is_listing(body):
            entries = list(read_entries(body))
            row |= {"kind": "feed or sitemap", "entries": len(entries), "newest": newest(entries)}
            yield from self._of_entries(entries, response, lead)
        elif isinstance(response, TextResponse):
            links = list(dict.fromkeys(links_of(response)))
            row |= {"kind": "page", "entries": len(articles_among(links)), "newest": None}
            if lead.front:
                yield from self._of_front(response)
            yield from self._of_links(response, links, lead)

    def _of_front(self, response: Any) -> Iterator[Lead]:
        feeds = list(feeds_of(response))
        yield from (Lead(feed, origin="page") for feed in feeds)
        if not feeds:
            yield from self._usual(response.url, "feeds")
        for url in editions_of(response):
            if self.frontier.is_ours(url):
                yield Lead(url, origin="page", front=True)

    def _of_entries(self, entries: Iterable[Entry], response: Any, lead: Lead) -> Iterator[Lead]:
        for entry in entries:
            url = resolved(response.urljoin, entry.url)
            if url is None:
                self.report.count("not-article", response.url)
            elif reason := self._refusal(entry, url, lead):
                self.report.count(reason, url)
            elif entry.is_list:
                yield Lead(url, depth=lead.depth, hops=lead.hops + 1)
            else:
                editions = (resolved(response.urljoin, href) for href in entry.editions)
                yield from (Lead(address, False) for address in (url, *editions) if address)

    def _refusal(self, entry: Entry, url: str, lead: Lead) -> str | None:
        since = self.frontier.plan["since"]
        latest = newest([entry]) or since
        month = addresses.month_of(url) if entry.is_list else None
        if since and (latest < since or (month or since) < since[:7]):
            return "out-of-period"
        if not self.frontier.is_ours(url) or (entry.is_list and lead.hops >= HOPS):
            return "list-ends" if entry.is_list else "off-site"
        return None if entry.is_list or self.frontier.in_period(entry.published) else "out-of-period"

    def _of_links(self, response: Any, links: list[str], lead: Lead) -> Iterator[Lead]:
        articles = articles_among(url for url in links if self.frontier.is_ours(url))
        following = next_page(response, links)
        if following and self.frontier.goes_on(response.url, articles):
            yield Lead(following, depth=lead.depth, priority=_NEXT)
        elif following and addresses.page_number(response.url)[1] > 1:
            self.report.count("list-ends", response.url)
        for url in links:
            if url in articles:
                yield Lead(url, False)
            elif addresses.is_feed(url) or (lead.depth < self.depth and addresses.may_lead_on(url)):
                yield Lead(url, depth=lead.depth + 1)

    def _usual(self, url: str, kind: str) -> Iterator[Lead]:
        first, *others = addresses.usual_places(url, kind)
        if not self.frontier.is_given(url, kind):
            yield Lead(first, origin="usual", others=tuple(others))
