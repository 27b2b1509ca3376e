"""Answers of a site: what they are, where they lead, and under which reason they are counted."""

from __future__ import annotations

from typing import Any

from scrapy import exceptions
from scrapy.http import HtmlResponse
from scrapy.utils.gz import gunzip

from miner.collect import pages
from miner.collect.addresses import canonical, site_of
from miner.collect.guard import HeadersTooLong, PublicResolver, Refused
from miner.collect.listings import is_listing
from miner.collect.memory import Known
from miner.collect.warc import Exchange

_NOT_ASKED = ("br", "zstd", "compress")
_REDIRECTS = (301, 302, 303, 307, 308)
_ERRORS = (
    (HeadersTooLong, "too-large"),
    (exceptions.DownloadTimeoutError, "timeout"),
    (exceptions.DownloadCancelledError, "too-large"),
    (exceptions.ResponseDataLossError, "cut-off"),
    (exceptions.CannotResolveHostError, "no-host"),
)
_WORDS = {
    "too-large": "is larger than a page may be",
    "cut-off": "ends before its announced length",
    "timeout": "did not come whole in time",
}


def target_of(response: Any) -> str | None:
    """Return where a redirect leads, None for any other answer and where it leads nowhere."""
    location = response.headers.get("Location")
    if response.status not in _REDIRECTS or not location:
        return None
    try:
        return canonical(response.urljoin(location.decode("utf-8", "replace").strip()))
    except ValueError:
        return None


def refresh_of(response: Any) -> str | None:
    """Return where a page sends its readers at once, None for any other answer."""
    return pages.refresh_of(response) if response.status == 200 and is_html(response) else None


def is_list(response: Any, limit: int) -> bool:
    """Tell whether an answer is a feed or a sitemap."""
    return response.status == 200 and is_listing(unpacked(response, limit) or b"")


def misfit_of(response: Any) -> str | None:
    """Return why an answer is not read as a page: it is packed in a way that was not asked for, or of another type."""
    received = response.request.meta.get("received", response)
    packed = (received.headers.get("Content-Encoding") or b"").decode("latin-1").lower()
    if packed in _NOT_ASKED:
        return f"is packed as {packed}, which was not asked for"
    kind = (response.headers.get("Content-Type") or b"no type").decode("latin-1")
    return None if is_html(response) else f"is {kind}, not a page"


def is_html(response: Any) -> bool:
    """Tell whether an answer is a page by its declared type; an answer without one is looked at."""
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
    return isinstance(response, HtmlResponse) if not kind else kind.startswith(("text/html", "application/xhtml"))


def unpacked(response: Any, limit: int) -> bytes | None:
    """Return the body of an answer, unpacked where it is a gzip file; None if it is broken or longer than `limit`."""
    if response.body[:2] != b"\x1f\x8b":
        return bytes(response.body)
    try:
        return gunzip(response.body, max_size=limit)
    except (ValueError, OSError, EOFError):
        return None


def reason_of_status(status: int) -> str:
    """Return the reason for a status that is neither success nor redirect."""
    if status in (404, 410):
        return "gone"
    return "server-error" if status >= 500 or status in (408, 429) else "refused"


def reason_of_failure(error: Exception, url: str) -> tuple[str, str]:
    """Return the reason for a request without an answer, and its words."""
    inner = getattr(error, "reasons", None) or getattr(error.__cause__, "reasons", None) or [error]
    reasons = [getattr(reason, "value", reason) for reason in inner]
    text = "; ".join(str(reason) or type(reason).__name__ for reason in reasons)[:300]
    for host in (site_of(url), f"www.{site_of(url)}"):
        if address := PublicResolver.refused.get(host):
            return "private-address", f"its host has the private address {address}"
    if isinstance(error, Refused):
        return error.reason, text
    if isinstance(error, exceptions.IgnoreRequest) and "DOWNLOAD_MAXSIZE" in text:
        return "too-large", "is larger than a page when decompressed"
    kinds = (reason for kind, reason in _ERRORS if any(isinstance(cause, kind) for cause in (error, *reasons)))
    reason = next(kinds, "no-connection")
    return reason, _WORDS.get(reason, f"cannot be fetched: {text}")


def exchange_of(response: Any) -> Exchange:
    """Return what went over the line for an answer."""
    received = response.request.meta.get("received", response)
    return Exchange(
        url=response.request.url,
        status=received.status,
        headers=_pairs(received.headers),
        body=received.body,
        request=_pairs(response.request.headers),
        address=str(received.ip_address or ""),
    )


def conditions_of(known: Known) -> dict[str, str]:
    """Return the headers that ask for a page only if it has changed."""
    given = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in given.items() if value and known.outcome == "page"}


def _pairs(headers: Any) -> list[tuple[str, str]]:
    return [(k.decode("latin-1"), v.decode("latin-1")) for k, values in headers.items() for v in values]
