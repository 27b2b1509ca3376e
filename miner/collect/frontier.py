"""What a crawl may ask for: its sites, its period, each address once, lists as long as they bring something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from miner.collect.addresses import canonical, edition_of, front_language, key_of, may_be_page, page_number, site_of
from miner.collect.memory import Known, Memory

#: Pages of one list that are followed: a longer list is a calendar or a trap.
_LIST_PAGES = 200


class Frontier:
    """The bounds of a crawl by its plan, and what was asked for within them."""

    def __init__(self, plan: dict[str, Any], memory: Memory) -> None:
        self.plan, self.memory = plan, memory
        self.sites = {site for outlet in plan["outlets"] for site in outlet["sites"]}
        self.named = {canonical(url) for outlet in plan["outlets"] if outlet["pages"] for url in outlet["starts"]}
        self._patterns = {outlet["sites"][0]: outlet["patterns"] for outlet in plan["outlets"] if outlet["patterns"]}
        self._languages = {site: set(o["languages"]) for o in plan["outlets"] for site in o["sites"]}
        self._ports = {None, 80, 443} | {urlsplit(url).port for o in plan["outlets"] for url in o["starts"]}
        self._fronts = {site_of(url) for outlet in plan["outlets"] for url in outlet["fronts"]}
        self._given = {kind: {s for o in plan["outlets"] for s in o[kind]} for kind in ("feeds", "sitemaps")}
        self._asked: set[str] = set()
        self._listed: dict[str, set[str]] = {}
        self._latest: dict[str, set[str]] = {}

    def take(self, url: str) -> bool:
        """Tell whether an address is of the sites of the plan, may be a page and is new; take it."""
        key = key_of(url)
        if not self.is_ours(url) or not may_be_page(url) or key in self._asked:
            return False
        self._asked.add(key)
        return True

    def forget(self, url: str) -> None:
        """Let an address be taken once more."""
        self._asked.discard(key_of(url))

    def is_ours(self, url: str) -> bool:
        """Tell whether an address lies on a site of the plan or below it, at a port of the web or of a start."""
        host = site_of(url)
        on_site = any(host == site or host.endswith(f".{site}") for site in self.sites)
        return on_site and urlsplit(url).port in self._ports

    def discovers(self, url: str) -> bool:
        """Tell whether the lists of a site are to be found: its front page, or that of an edition of it, is a start."""
        host = site_of(url)
        below = any(host.endswith(f".{front}") for front in self._fronts)
        return host in self._fronts or (below and bool(front_language(f"https://{host}/")))

    def is_given(self, url: str, kind: str) -> bool:
        """Tell whether the plan has ``feeds`` or ``sitemaps`` of a site."""
        return site_of(url) in self._given[kind]

    def is_settled(self, known: Known) -> bool:
        """Tell whether a known address need not be asked for: it was fetched lately, and its date still counts."""
        again = self.plan["again_before"]
        if again and known.fetched < again:
            return False
        return known.outcome != "out-of-period" or not self.in_period(known.published)

    def in_period(self, published: str | None) -> bool:
        """Tell whether a date, or a page without one, lies in the period of the plan."""
        since, until = self.plan["since"], self.plan["until"]
        return not published or ((not since or published >= since) and (not until or published <= until))

    def goes_on(self, url: str, articles: set[str]) -> bool:
        """Tell whether the next page of a list is worth a request, by the articles of the one at `url`.

        It is not after a page that named nothing new, behind the longest list, and where all that it and the page
        before it named first is known to be older than the period: what this page names is hardly known yet.
        """
        base, number = page_number(url)
        seen = self._listed.setdefault(base, set())
        new = articles - seen
        latest = self._latest.get(base, set()) | new
        seen |= new
        self._latest[base] = new
        return bool(new) and number < _LIST_PAGES and not self._all_before(latest)

    def editions(self, url: str) -> Iterator[str]:
        """Yield the addresses of an article's editions by the patterns of its outlet."""
        page = urlsplit(url).path.rstrip("/").rpartition("/")[2]
        for pattern in self._patterns.get(site_of(url), ()):
            address = pattern.replace("{page}", page)
            if page and key_of(address) != key_of(url):
                yield canonical(address)

    def is_foreign(self, url: str) -> bool:
        """Tell whether an address names a language that its outlet is not to be crawled in."""
        site = site_of(url)
        languages = self._languages.get(site) or self._languages.get(site.partition(".")[2]) or set()
        language = front_language(url) or edition_of(url)[0]
        return bool(languages and language) and language not in languages

    def _all_before(self, articles: set[str]) -> bool:
        known = [self.memory.pages.get(key_of(url)) for url in articles]
        dates = [page.published for page in known if page and page.published]
        return bool(self.plan["since"] and dates) and max(dates) < self.plan["since"]
