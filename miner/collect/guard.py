"""What a crawl may not do: reach private addresses, pass over robots.txt."""

from __future__ import annotations

import ipaddress
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

#: The setting that lets a crawl fetch from this machine.
LOOPBACK = "MINER_ALLOW_LOOPBACK"
_DENY = b"User-agent: *\nDisallow: /\n"


def is_public(address: str, allow_loopback: bool) -> bool:
    """Tell whether an IP address is one of the public internet (or of this machine, where that is allowed)."""
    ip: Any = ipaddress.ip_address(address)
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return allow_loopback if ip.is_loopback else bool(ip.is_global and not ip.is_multicast)


class PublicResolver(CachingThreadedResolver):
    """Resolves names to public addresses only, at the moment of connecting: no redirect or changed name passes."""

    allow_loopback = False
    #: Names that were refused, with their address: Twisted tells a failed look-up without its reason.
    refused: ClassVar[dict[str, str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Any:
        """Build the resolver with the crawl's settings."""
        made = super().from_crawler(crawler, reactor)
        made.allow_loopback = crawler.settings.getbool(LOOPBACK)
        return made

    def getHostByName(self, name: str, timeout: Any = ()) -> Any:
        """Return the address of a name, or fail for a private one."""
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if not is_public(address, self.allow_loopback):
            self.refused[name] = address
            raise DNSLookupError(f"{name} has the private address {address}")
        return address


class PublicAddresses:
    """Refuses requests whose host is written as a private IP address."""

    def __init__(self, allow_loopback: bool) -> None:
        self.allow_loopback = allow_loopback

    @classmethod
    def from_crawler(cls, crawler: Any) -> PublicAddresses:
        """Build the middleware with the crawl's settings."""
        return cls(crawler.settings.getbool(LOOPBACK))

    def process_request(self, request: Any) -> None:
        """Raise IgnoreRequest for what is refused; names are left to the resolver."""
        host = urlsplit(request.url).hostname or ""
        try:
            public = is_public(host, self.allow_loopback)
        except ValueError:
            return
        if not public:
            raise IgnoreRequest(f"{host} is a private address")


class StrictRobots(RobotsTxtMiddleware):
    """Reads robots.txt as RFC 9309 says: not there allows all, not reachable forbids all."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self.unreachable: dict[str, str] = {}

    async def process_request(self, request: Any, spider: Any = None) -> None:
        """Raise IgnoreRequest for what is forbidden; the message tells why."""
        try:
            await super().process_request(request)
        except IgnoreRequest:
            if reason := self.unreachable.get(urlsplit(request.url).netloc):
                raise IgnoreRequest(f"the site's robots.txt cannot be read ({reason})") from None
            raise

    async def _parse_robots(self, response: Any, netloc: str, request: Any) -> None:
        if response.status >= 500:
            self.unreachable[netloc] = f"answers {response.status}"
        if response.status >= 400:
            response = response.replace(body=_DENY if response.status >= 500 else b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self.unreachable[netloc] = str(exc) or type(exc).__name__
        waiting = self._parsers[netloc]
        denied: Any = build_from_crawler(self._parserimpl, self.crawler, _DENY)
        self._parsers[netloc] = denied
        if isinstance(waiting, Deferred):
            waiting.callback(denied)
