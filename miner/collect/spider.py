"""The spider: from feeds, sitemaps and section pages to archived articles and their editions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import scrapy
from tqdm import tqdm

from miner.collect import addresses, answers
from miner.collect.archive import Archive
from miner.collect.frontier import Frontier
from miner.collect.guard import Budget
from miner.collect.leads import HOPS, Lead, Leads
from miner.collect.memory import Known
from miner.collect.pages import PageFacts, is_dated_article, read_facts
from miner.collect.report import Report
from miner.errors import CorpusError

_LIST_BYTES = 52_428_800  # what a sitemap may have


class ArticleSpider(scrapy.Spider):
    """Fetches what the plan's starts lead to, each page once, and archives the articles."""

    name = "miner"
    budget: Budget

    def __init__(self, plan: dict[str, Any], archive: Archive, report: Report) -> None:
        super().__init__()
        self.plan, self.archive, self.report = plan, archive, report
        self.frontier = Frontier(plan, archive.memory)
        self.leads = Leads(self.frontier, report, plan["limits"]["depth"])
        self.bar = tqdm(total=0, unit="page", disable=None, leave=False)

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Yield a request for each start."""
        self.crawler.signals.connect(self.broken, signal=scrapy.signals.spider_error)
        self.crawler.signals.connect(self.robots_read, signal=scrapy.signals.robots_parsed)
        for outlet in self.plan["outlets"]:
            for url in outlet["starts"]:
                for request in self._start(url, outlet):
                    yield request

    def _start(self, url: str, outlet: dict[str, Any]) -> Iterator[scrapy.Request]:
        if outlet["pages"] or addresses.has_id(url):
            return self._article(url)
        # A slug alone may be an article's: its page will tell.
        origin = "given" if self.plan["check"] or not addresses.is_article(url) else ""
        return self._listing(Lead(url, origin=origin, front=url in outlet["fronts"]))

    def robots_read(self, robotparser: Any, request: Any) -> None:
        """Ask for the sitemaps that a robots.txt names."""
        for lead in self.leads.of_robots(request.url, robotparser.rp.sitemaps):
            for listing in self._listing(lead):
                self.crawler.engine.crawl(listing)

    def parse_listing(self, response: Any, lead: Lead) -> Iterator[scrapy.Request]:
        """Yield requests for what a feed, a sitemap or a page names."""
        self.bar.update()
        if target := answers.target_of(response) or answers.refresh_of(response):
            yield from self._moved_list(response, target, lead)
        elif not lead.origin and self._is_article(response):
            yield from self._page(response, response.request.url, lead.hops)
        elif lead.origin == "usual" and not answers.is_list(response, _LIST_BYTES):
            yield from self._instead(lead)
        else:
            for found in self._read_list(response, lead):
                if found.origin or not self.plan["check"]:
                    yield from self._listing(found) if found.is_list else self._article(found.url)

    def _is_article(self, response: Any) -> bool:
        """Tell whether an address that did not look so is an article's all the same."""
        is_page = response.status == 200 and answers.is_html(response) and is_dated_article(response)
        return is_page and len(response.body) <= self.plan["limits"]["page_bytes"]

    def _read_list(self, response: Any, lead: Lead) -> list[Lead]:
        row = {"site": addresses.site_of(response.url), "url": response.url, "status": response.status}
        found: list[Lead] = []
        if response.status != 200:
            reason = answers.reason_of_status(response.status)
            dead = lead.origin and reason == "gone"
            self.report.count("dead-start" if dead else reason, response.url, f"answers {response.status}")
        elif (body := answers.unpacked(response, _LIST_BYTES)) is None:
            self.report.count("too-large", response.url, "cannot be unpacked")
        else:
            found = list(self.leads.of_list(response, body, lead, row))
        if lead.origin:
            self.report.starts.append(row | {"from": lead.origin})
        return found

    def _moved_list(self, response: Any, target: str, lead: Lead) -> Iterator[scrapy.Request]:
        is_ours = self.frontier.is_ours(target) and addresses.may_be_page(target)
        if is_ours and lead.hops < HOPS and addresses.canonical(target) != response.request.url:
            # http and https, with and without www. are one key: the other one is asked for all the same.
            self.frontier.forget(response.request.url)
            yield from self._listing(replace(lead, url=target, hops=lead.hops + 1))
        elif lead.origin == "usual":
            yield from self._instead(lead)
        elif is_ours:
            self.report.count("redirect-loop", response.url, f"leads on again and again, at last to {target[:300]}")
        else:
            self.report.count("other-site", response.url, f"leads to another site: {target[:300]}")

    def _instead(self, lead: Lead) -> Iterator[scrapy.Request]:
        """Ask for the next of the usual places."""
        self.report.count("not-there", lead.url)
        if lead.others:
            yield from self._listing(replace(lead, url=lead.others[0], others=lead.others[1:], hops=0))

    def parse_article(self, response: Any, hops: int) -> Iterator[scrapy.Request]:
        """Archive a page, or note why it is not kept, so that it is not asked for again."""
        self.bar.update()
        url, target = response.request.url, answers.target_of(response)
        if response.status == 304:
            self.archive.unchanged(answers.exchange_of(response))
            self.report.count("unchanged", url)
            yield from self._lead_on(url, self.archive.memory.pages.get(addresses.key_of(url)))
        elif target:
            yield from self._redirected(response, url, target, hops)
        elif (reason := answers.reason_of_status(response.status)) == "gone":
            self._note(url, reason)
        elif response.status != 200:
            self.report.count(reason, url, f"answers {response.status}")
        elif what := answers.misfit_of(response):
            self._note(url, "wrong-type", what=what)
        else:
            yield from self._page(response, url, hops)

    def failed(self, failure: Any) -> None:
        """Count a request without an answer."""
        self.bar.update()
        url = failure.request.url
        reason, what = answers.reason_of_failure(failure.value, url)
        if reason == "too-large" and failure.request.callback == self.parse_article:
            self._note(url, reason, what=what)
        else:
            self.report.count(reason, url, what)

    def broken(self, failure: Any, response: Any) -> None:
        """Count a page whose handling failed; a disk that takes no more ends the crawl."""
        if isinstance(failure.value, CorpusError):
            self.report.count("not-written", response.url, str(failure.value))
            self.crawler.engine.close_spider(self, "disk")
        else:
            self.report.count("broken", response.url, f"cannot be handled: {failure.value!r:.300}")

    def _page(self, response: Any, url: str, hops: int) -> Iterator[scrapy.Request]:
        facts, site = read_facts(response, url), addresses.site_of(url)
        if facts.own and self.frontier.is_ours(facts.own) and hops < HOPS:
            self._note(url, "copy", links=(facts.own,))
            yield from self._article(facts.own, hops + 1)
        elif not facts.article and url not in self.frontier.named:
            self._note(url, "not-article")
        elif not self.frontier.in_period(facts.published):
            self._note(url, "out-of-period", facts.published)
        elif limit := self.budget.reached(site):
            self.report.count(f"limit-{limit}", url)
        else:
            yield from self._keep(response, url, facts)

    def _keep(self, response: Any, url: str, facts: PageFacts) -> Iterator[scrapy.Request]:
        links = tuple(sorted({*facts.editions, *self.frontier.editions(url)}))
        is_new = self.archive.page(answers.exchange_of(response), facts.published, links)
        self.report.count("archived" if is_new else "unchanged", url)
        self.budget.keep(addresses.site_of(url))
        for link in links:
            yield from self._article(link)

    def _redirected(self, response: Any, url: str, target: str, hops: int) -> Iterator[scrapy.Request]:
        address = addresses.canonical(target)
        if addresses.key_of(address) != addresses.key_of(url):
            self.archive.redirect(answers.exchange_of(response), target)
            self.report.count("redirect", url)
            yield from self._follow(url, target, hops)
        elif address == url or hops >= HOPS:
            self._note(url, "redirect-loop", what="leads to itself")
        else:
            # http and https, with and without www. are one page: the other address is asked for in its place.
            yield self._request(address, self.parse_article, {"hops": hops + 1}, 0)

    def _follow(self, url: str, target: str, hops: int) -> Iterator[scrapy.Request]:
        if not self.frontier.is_ours(target):
            self.report.count("other-site", url, f"leads to another site: {target[:300]}")
        elif hops >= HOPS:
            self.report.count("redirect-loop", url, f"leads on more than {HOPS} times, at last to {target[:300]}")
        else:
            yield from self._article(target, hops + 1)

    def _article(self, url: str, hops: int = 0) -> Iterator[scrapy.Request]:
        url = addresses.canonical(url)
        if not self.frontier.take(url):
            return
        if self.frontier.is_foreign(url):
            self.report.count("other-language", url)
            return
        if addresses.is_list(url) and url not in self.frontier.named:
            self.report.count("not-article", url)
            return
        known = self.archive.memory.pages.get(addresses.key_of(url))
        if known and self.frontier.is_settled(known):
            self.report.count("known", url)
            yield from self._lead_on(url, known, hops)
            return
        headers = answers.conditions_of(known) if known else {}
        yield self._request(url, self.parse_article, {"hops": hops}, 0, headers=headers)

    def _lead_on(self, url: str, known: Known | None, hops: int = 0) -> Iterator[scrapy.Request]:
        """Follow what a known page leads to: what was under way when a crawl was killed is not lost."""
        if known:
            for link in known.links:
                yield from self._article(link) if known.outcome == "page" else self._follow(url, link, hops)

    def _listing(self, lead: Lead) -> Iterator[scrapy.Request]:
        url = addresses.canonical(lead.url)
        known = self.archive.memory.pages.get(addresses.key_of(url))
        if known and known.published and not lead.origin:
            # A list has no date: the page turned out to be an article.
            yield from self._article(url, lead.hops)
        elif self.frontier.is_foreign(url):
            self.report.count("other-language", url)
        elif self.frontier.take(url):
            meta = {"download_maxsize": _LIST_BYTES}
            yield self._request(url, self.parse_listing, {"lead": lead}, lead.priority, meta=meta)
        elif lead.others:
            yield from self._instead(lead)

    def _request(self, url: str, callback: Any, values: dict[str, Any], priority: int, **more: Any) -> scrapy.Request:
        self.bar.total = (self.bar.total or 0) + 1
        meta = {"dont_redirect": True, "handle_httpstatus_all": True, **more.pop("meta", {})}
        # The frontier knows what was asked; Scrapy's own filter would know addresses only, not their keys.
        return scrapy.Request(
            url, callback, errback=self.failed, meta=meta, cb_kwargs=values, priority=priority, dont_filter=True, **more
        )

    def _note(
        self, url: str, outcome: str, published: str | None = None, links: tuple[str, ...] = (), what: str = ""
    ) -> None:
        self.archive.note(url, outcome, published, links)
        self.report.count(outcome, url, what)
