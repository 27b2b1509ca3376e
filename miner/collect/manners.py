"""How a crawl behaves: robots.txt as RFC 9309 says, crawl delays, pauses after errors."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred

from miner.collect.guard import LIMITS, Refused
from miner.collect.listings import http_date

AGENT = "miner"
_DENY = b"User-agent: *\nDisallow: /\n"
#: RFC 9309: a parser must take at least 500 KiB.
_ROBOTS_BYTES = 512_000


#: After so many requests in a row without an answer a host is left alone.
_SILENCE = 20


class StrictRobots(RobotsTxtMiddleware):
    """Reads robots.txt as RFC 9309 says: not there allows all, not reachable forbids all."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self.unreachable: dict[str, str] = {}

    async def process_request(self, request: Any, spider: Any = None) -> None:
        """Raise Refused for what is forbidden; the message tells why."""
        try:
            await super().process_request(request)
        except IgnoreRequest:
            if reason := self.unreachable.get(urlsplit(request.url).netloc):
                raise Refused("robots-unreachable", f"the site's robots.txt cannot be read ({reason})") from None
            raise Refused("robots", "forbidden by robots.txt") from None

    async def _parse_robots(self, response: Any, netloc: str, request: Any) -> None:
        # 429 asks for less, not for everything: as with errors of the server, nothing is allowed until it is read.
        if response.status >= 500 or response.status == 429:
            self.unreachable[netloc] = f"answers {response.status}"
            response = response.replace(body=_DENY)
        elif response.status >= 300:
            response = response.replace(body=b"")
        else:
            response = response.replace(body=response.body[:_ROBOTS_BYTES])
        await super()._parse_robots(response, netloc, request)
        self._slow_down(self._parsers[netloc], request)

    def _slow_down(self, parser: Any, request: Any) -> None:
        delay = parser.crawl_delay(AGENT)
        if delay:
            downloader = self.crawler.engine.downloader
            key = downloader.get_slot_key(request)
            # Slots that are idle for a minute are made anew, from these settings.
            downloader.per_slot_settings[key] = {"delay": delay, "concurrency": 1, "jitter": 0}
            if slot := downloader.slots.get(key):
                slot.delay, slot.concurrency, slot.jitter = delay, 1, 0

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self.unreachable[netloc] = str(exc) or type(exc).__name__
        waiting = self._parsers[netloc]
        denied: Any = build_from_crawler(self._parserimpl, self.crawler, _DENY)
        self._parsers[netloc] = denied
        if isinstance(waiting, Deferred):
            waiting.callback(denied)


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle, which never goes below a site's crawl delay."""

    def _adjust_delay(self, slot: Any, latency: float, response: Any) -> None:
        super()._adjust_delay(slot, latency, response)
        host = urlsplit(response.url).hostname or ""
        settings = self.crawler.engine.downloader.per_slot_settings.get(host, {})
        slot.delay = max(slot.delay, settings.get("delay", 0))


class Backoff(RetryMiddleware):
    """Retries, after a pause for the whole host: as long as ``Retry-After`` asks, else doubled with each try.

    A host that asks for more than the limit `wait`, or that gave no answer many times in a row, is left alone for the
    rest of the crawl.
    """

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self.limits = settings.getdict(LIMITS)
        self.until: dict[str, float] = {}
        self.silent: dict[str, int] = {}

    async def process_request(self, request: Any) -> None:
        """Wait until the host may be asked again."""
        host = urlsplit(request.url).netloc
        if self.silent.get(host, 0) >= _SILENCE:
            raise Refused("host-down", f"{host} gave no answer {_SILENCE} times in a row")
        while (rest := self.until.get(host, 0) - time.monotonic()) > 0:
            if rest > self.limits["wait"]:
                raise Refused("asked-to-wait", f"{host} asks to wait for {rest:.0f} seconds")
            await asyncio.sleep(rest)

    def process_response(self, request: Any, response: Any, spider: Any = None) -> Any:
        """Return the request anew where it is worth another try."""
        self.silent.pop(urlsplit(request.url).netloc, None)
        if response.status in self.retry_http_codes:
            asked = seconds_of(response.headers.get("Retry-After"))
            self._pause(request, asked)
            if asked is not None and asked > self.limits["wait"]:
                raise Refused("asked-to-wait", f"answers {response.status} and asks to wait for {asked:.0f} seconds")
        return super().process_response(request, response)

    def process_exception(self, request: Any, exception: Exception, spider: Any = None) -> Any:
        """Return the request anew where it is worth another try."""
        if isinstance(exception, self.exceptions_to_retry):
            host = urlsplit(request.url).netloc
            self.silent[host] = self.silent.get(host, 0) + 1
            self._pause(request, None)
        return super().process_exception(request, exception)

    def _pause(self, request: Any, asked: float | None) -> None:
        seconds = self.limits["delay"] * 2 ** (request.meta.get("retry_times", 0) + 1) if asked is None else asked
        host = urlsplit(request.url).netloc
        self.until[host] = max(self.until.get(host, 0), time.monotonic() + seconds)


def seconds_of(value: bytes | None) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for, a number or a date; None for neither."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text[:9])
    date = http_date(text)
    return max(0.0, date - time.time()) if date is not None else None
