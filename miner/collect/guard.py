"""What a crawl may reach: public addresses only, each site within its limits."""

from __future__ import annotations

import ipaddress
import time
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError
from twisted.web import _newclient

from miner.collect.addresses import site_of

#: The setting that lets a crawl fetch from this machine.
LOOPBACK = "MINER_ALLOW_LOOPBACK"
#: The setting with the limits of each site.
LIMITS = "MINER_LIMITS"

_HEADER_BYTES = 262_144


class Refused(IgnoreRequest):
    """A request that is not made; `reason` is the code under which it is counted."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


def is_public(address: str, allow_loopback: bool) -> bool:
    """Tell whether an IP address is one of the public internet (or of this machine, where that is allowed)."""
    ip: Any = ipaddress.ip_address(address)
    ip = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    if ip.is_loopback:
        return allow_loopback
    inner = ip.is_multicast or ip.is_reserved or getattr(ip, "is_site_local", False)
    return bool(ip.is_global and not inner)


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
        """Raise Refused for a private address; names are left to the resolver."""
        host = urlsplit(request.url).hostname or ""
        try:
            public = is_public(host, self.allow_loopback)
        except ValueError:
            return
        if not public:
            raise Refused("private-address", f"{host} is a private address")


class HeadersTooLong(Exception):
    """An answer whose headers do not end where those of pages do."""


def bound_headers() -> None:
    """Give up, in this process, on answers whose headers have no end: Twisted keeps them all and has no such bound."""
    receive = _newclient.HTTPClientParser.dataReceived

    def bounded(parser: Any, data: bytes) -> None:
        if parser.state != _newclient.BODY:
            parser.before_body = getattr(parser, "before_body", 0) + len(data)
            if parser.before_body > _HEADER_BYTES:
                raise HeadersTooLong(f"has more than {_HEADER_BYTES} bytes of headers")
        receive(parser, data)  # type: ignore[no-untyped-call]

    _newclient.HTTPClientParser.dataReceived = bounded  # type: ignore[method-assign]


class Budget:
    """Counts pages, bytes and seconds of each site and refuses what would go beyond its limits."""

    def __init__(self, limits: dict[str, Any]) -> None:
        self.limits = limits
        self.pages: dict[str, int] = {}
        self.bytes: dict[str, int] = {}
        self.begun: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> Budget:
        """Build the middleware and hand it to the spider, which counts the pages it keeps."""
        made = cls(crawler.settings.getdict(LIMITS))
        crawler.spider.budget = made
        return made

    def process_request(self, request: Any) -> None:
        """Raise Refused where the site of a request has reached a limit."""
        site = site_of(request.url)
        self.begun.setdefault(site, time.monotonic())
        if limit := self.reached(site):
            raise Refused(f"limit-{limit}", f"the limit of {limit} for {site} is reached")

    def process_response(self, request: Any, response: Any) -> Any:
        """Count the bytes that came."""
        site = site_of(request.url)
        self.bytes[site] = self.bytes.get(site, 0) + len(response.body)
        return response

    def reached(self, site: str) -> str | None:
        """Return the name of the limit that a site has reached."""
        spent = {
            "pages": self.pages.get(site, 0),
            "bytes": self.bytes.get(site, 0),
            "seconds": time.monotonic() - self.begun.get(site, time.monotonic()),
        }
        return next((name for name, value in spent.items() if value >= self.limits[name]), None)

    def keep(self, site: str) -> None:
        """Count a page that is kept."""
        self.pages[site] = self.pages.get(site, 0) + 1


class AsReceived:
    """Keeps each answer as it came over the line, before it is decompressed, for the archive."""

    def process_response(self, request: Any, response: Any) -> Any:
        """Put the answer into the request's meta."""
        # A copy, since decompression takes Content-Encoding out of the headers.
        request.meta["received"] = response.copy()
        return response
