"""The spider: from feeds, sitemaps and section pages to archived articles; a process, its plan on stdin as JSON."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from parsel import Selector
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.utils.gz import gunzip

from miner import __version__
from miner.collect.archive import Archive, normal
from miner.collect.guard import LOOPBACK, PublicResolver
from miner.records import Failure

_PAGE_BYTES = 8_000_000
_XML = re.compile(rb"<(?:urlset|sitemapindex|rss|feed|rdf:RDF)\b", re.IGNORECASE)
#: An article's address ends in a number of five digits or more, or in a slug of five words or more.
_ARTICLE = re.compile(r"/[^/]*(?:\d{5,}|[^\W_]+(?:-[^\W_]+){4,})[^/]*/?$")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|rar|mp[34]|css|js)$", re.IGNORECASE)
_REDIRECTS = (301, 302, 303, 307, 308)
_HOPS = 5


class ArticleSpider(scrapy.Spider):
    """Fetches what the plan's starts lead to, each page once, and archives the articles."""

    name = "miner"

    def __init__(self, plan: dict[str, Any], archive: Archive, report: dict[str, Any]) -> None:
        super().__init__()
        self.plan, self.limits, self.archive, self.report = plan, plan["limits"], archive, report
        self.sites = tuple(sorted({_site(url) for url in plan["starts"]}))
        self.asked: set[str] = set()
        self.received = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Yield a request for each start."""
        self.crawler.signals.connect(self.broken, signal=scrapy.signals.spider_error)
        for url in self.plan["starts"]:
            for request in self._article(url) if _is_article(url) else self._listing(url, 0):
                yield request

    def parse_listing(self, response: Any, depth: int) -> Iterator[scrapy.Request]:
        """Yield requests for the articles and further listings that a feed, a sitemap or a page names."""
        self._count(response)
        if response.status != 200:
            self._fail(response.url, f"answers {response.status}", "check the address of the feed, sitemap or section")
            return
        body = gunzip(response.body, max_size=_PAGE_BYTES) if response.body[:2] == b"\x1f\x8b" else response.body
        yield from self._entries(body, response, depth) if _XML.search(body[:2_000]) else self._links(response, depth)

    def parse_article(self, response: Any, hops: int) -> Iterator[scrapy.Request]:
        """Archive a page, or the redirect or absence in its place, so that it is not asked for again."""
        self._count(response)
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        if response.status == 200 and not kind.startswith(("text/html", "application/xhtml")):
            self._fail(response.url, f"is {kind or 'of no kind'}, not a page", "leave it out of the sources")
        elif response.status not in (200, 404, 410, *_REDIRECTS):
            self._fail(response.url, f"answers {response.status}", "try again later")
        else:
            self._write(response)
            target = response.headers.get("Location")
            if response.status in _REDIRECTS and target and hops < _HOPS:
                yield from self._redirected(response.url, response.urljoin(target.decode("latin-1")), hops)

    def _redirected(self, url: str, target: str, hops: int) -> Iterator[scrapy.Request]:
        if self._is_ours(target):
            yield from self._article(target, hops + 1)
        else:
            self._fail(url, f"leads to another site: {target[:300]}", "name that site as a source, if it is wanted")

    def failed(self, failure: Any) -> None:
        """Report a request without an answer."""
        url, error = failure.request.url, failure.value
        reasons = [getattr(reason, "value", reason) for reason in getattr(error, "reasons", None) or [error]]
        text = "; ".join(str(reason) or type(reason).__name__ for reason in reasons)
        if address := PublicResolver.refused.get(urlsplit(url).hostname or ""):
            text = f"its host has the private address {address}"
        if isinstance(error, IgnoreRequest) and text == "Forbidden by robots.txt":
            self.report["forbidden"].append(url)
        else:
            self._fail(url, f"cannot be fetched: {text[:300]}", "check the address, try again later")

    def broken(self, failure: Any, response: Any) -> None:
        """Report a page whose handling failed (a full disk, a broken feed)."""
        self._fail(response.url, f"cannot be handled: {failure.value!r:.300}", "see whether the disk is full")

    def _entries(self, body: bytes, response: Any, depth: int) -> Iterator[scrapy.Request]:
        document = Selector(body=body, type="xml")
        document.remove_namespaces()
        for entry in document.xpath("//sitemap | //url | //item | //entry"):
            url = entry.xpath("normalize-space((loc | link[not(@href)] | link/@href)[1])").get()
            if url and self._is_new(entry):
                url = response.urljoin(url)
                yield from self._listing(url, depth) if entry.root.tag == "sitemap" else self._article(url)

    def _links(self, response: Any, depth: int) -> Iterator[scrapy.Request]:
        if not hasattr(response, "css") or depth >= self.limits["depth"]:
            return
        feeds = response.css("link[rel=alternate][type$='rss+xml'], link[rel=alternate][type$='atom+xml']")
        for href in [*feeds.css("::attr(href)").getall(), *response.css("a::attr(href)").getall()]:
            url = response.urljoin(href.strip())
            yield from self._article(url) if _is_article(url) else self._listing(url, depth + 1)

    def _article(self, url: str, hops: int = 0) -> Iterator[scrapy.Request]:
        url = normal(url)
        if not self._allowed(url):
            return
        if url in self.archive.known:
            self.report["known"] += 1
            return
        meta = {"dont_redirect": True, "handle_httpstatus_all": True}
        yield scrapy.Request(url, self.parse_article, errback=self.failed, meta=meta, cb_kwargs={"hops": hops})

    def _listing(self, url: str, depth: int) -> Iterator[scrapy.Request]:
        url = normal(url)
        if self._allowed(url):
            meta = {"handle_httpstatus_list": [401, 403, 404, 410]}
            yield scrapy.Request(url, self.parse_listing, errback=self.failed, meta=meta, cb_kwargs={"depth": depth})

    def _allowed(self, url: str) -> bool:
        """Tell whether an address is of the sites of the plan, may be a page and was not yet asked for."""
        if not self._is_ours(url) or url in self.asked or _FILE.search(urlsplit(url).path):
            return False
        self.asked.add(url)
        return True

    def _is_ours(self, url: str) -> bool:
        host = _site(url)
        return url.startswith("http") and any(host == site or host.endswith("." + site) for site in self.sites)

    def _is_new(self, entry: Any) -> bool:
        date = _date(entry.xpath("normalize-space((lastmod | pubDate | published | updated | date)[1])").get() or "")
        return not self.plan["since"] or not date or date >= self.plan["since"]

    def _write(self, response: Any) -> None:
        pairs = [(key, value) for key, values in response.headers.items() for value in values]
        headers = [(key.decode("latin-1"), value.decode("latin-1")) for key, value in pairs]
        status = f"{response.status} {'OK' if response.status == 200 else 'Other'}"
        self.archive.write(response.url, status, headers, response.body, str(response.ip_address or ""))
        self.report["archived"] += response.status == 200

    def _count(self, response: Any) -> None:
        if self.received >= self.limits["bytes"] or self.report["archived"] >= self.limits["pages"]:
            raise CloseSpider("limit")
        self.received += len(response.body)

    def _fail(self, url: str, what: str, remedy: str) -> None:
        self.report["failures"].append(Failure(url, "collect", what, remedy).to_dict())


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_article(url: str) -> bool:
    return bool(_ARTICLE.search(urlsplit(url).path))


def _date(text: str) -> str | None:
    """Return the ISO date of an entry of a feed (RFC 822 or ISO) or sitemap (ISO)."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text).date().isoformat()
        except (TypeError, ValueError):
            continue
    return None


def settings(plan: dict[str, Any]) -> dict[str, Any]:
    """Return Scrapy's settings for a plan: polite, bounded, HTTP only."""
    limits = plan["limits"]
    return {
        "USER_AGENT": f"miner/{__version__} (+https://github.com/miner-press/miner)",
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "miner",
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "miner.collect.guard.PublicAddresses": 50,
            "miner.collect.guard.StrictRobots": 100,
        },
        "DNS_RESOLVER": "miner.collect.guard.PublicResolver",
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        # A proxy would resolve names out of the guard's sight.
        "HTTPPROXY_ENABLED": False,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": limits["delay"],
        "DOWNLOAD_DELAY": limits["delay"],
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "DOWNLOAD_TIMEOUT": 30,
        "DOWNLOAD_MAXSIZE": _PAGE_BYTES,
        "CLOSESPIDER_TIMEOUT": limits["seconds"],
        "LOG_LEVEL": "CRITICAL",
        LOOPBACK: plan["allow_loopback"],
    }


def main() -> None:
    """Crawl by the plan on standard input; write the report on standard output."""
    plan = json.load(sys.stdin)
    report: dict[str, Any] = {"archived": 0, "known": 0, "forbidden": [], "failures": []}
    try:
        archive = Archive(Path(plan["archive"]))
    except OSError as error:
        sys.exit(f"{plan['archive']}: cannot be read or written: {error}")
    process = CrawlerProcess(settings(plan))
    process.crawl(ArticleSpider, plan=plan, archive=archive, report=report)
    process.start()
    archive.close()
    report["forbidden"].sort()
    report["failures"].sort(key=lambda failure: (failure["source"], failure["what"]))
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
