"""Addresses: under which one a page is asked for and remembered, and what an address alone tells of its page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from miner.lexicon import read_yaml

#: The last part of an address, or the one before it, holds an article's number, or a hexadecimal one ends it.
_ID = re.compile(r"/(?:[^/]*\d{5}[^/]*|[^/]*-(?=[a-f]*\d)[\da-f]{7,}|(?!20\d\d[01]\d/)\d{5,}/[^/]+)/?$")
_DAY = re.compile(r"/20\d\d-?[01]\d(?:-?[0-3]\d)?/?$")
_MONTH = re.compile(r"(?<!\d)(20[0-3]\d)(?:[/_-](0?[1-9]|1[0-2])|(0[1-9]|1[0-2])(?:\d\d)?)(?!\d)")
_NUMBER = re.compile(r"\d{5,}(?!.*\d{5,})")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of ``miner/data/addresses.yaml`` as patterns."""

    dropped: re.Pattern[str]
    session: re.Pattern[str]
    segments: frozenset[str]
    hosts: tuple[str, ...]
    page: re.Pattern[str]
    lists: re.Pattern[str]
    files: tuple[str, ...]
    feeds: tuple[str, ...]
    usual: Mapping[str, list[str]]
    editions: Mapping[str, str]


@cache
def _names() -> _Names:
    data = read_yaml("addresses.yaml")
    copies = data["copies"]
    pages, lists = ("|".join(map(re.escape, data[key])) for key in ("pages", "lists"))
    return _Names(
        dropped=_any_of(data["tracking"] + data["sessions"] + copies["parameters"]),
        session=re.compile(rf";(?:{'|'.join(map(_wild, data['sessions']))})=[^/;?]*", re.IGNORECASE),
        segments=frozenset(copies["segments"]),
        hosts=tuple(f"{name}." for name in copies["hosts"]),
        page=re.compile(rf"(?:(?<=/)(?:{pages})[/-]?|-(?:{pages})-?)(\d{{1,4}})(?=/?$|\.\w+$)", re.IGNORECASE),
        lists=re.compile(
            rf"^(?:{lists})\.|/(?:{lists})(?:\.\w+)?(?=/|$)|-(?:{lists})-?\d+(?=/?$|\.\w+$)", re.IGNORECASE
        ),
        files=tuple(f".{ending}" for ending in data["files"]),
        feeds=tuple(f".{ending}" for ending in data["feeds"]),
        usual=data["usual"],
        editions=data["editions"],
    )


def _any_of(names: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(_wild, names))})\Z", re.IGNORECASE)


def _wild(name: str) -> str:
    return re.escape(name.removesuffix("*")) + (r"[^=]*" if name.endswith("*") else "")


@lru_cache(maxsize=16_384)
def canonical(url: str) -> str:
    """Return the address under which a page is asked for.

    Fragments, names of users, parameters of campaigns, sessions and print copies go, parameters are sorted, hosts of
    mobile copies become the main one.

    Examples
    --------
    >>> canonical("http://M.Paper.example:80/a-12345.html?utm_source=x&b=2&a=1#top")
    'http://paper.example/a-12345.html?a=1&b=2'
    >>> canonical("https://paper.example/a-12345/print?sid=9")
    'https://paper.example/a-12345'
    """
    names = _names()
    parts = urlsplit(canonicalize_url(names.session.sub("", url.strip())))
    query = [(key, value) for key, value in parse_qsl(parts.query, True) if not names.dropped.match(key)]
    segments = parts.path.split("/")
    while len(segments) > 2 and segments[-1].lower() in names.segments:
        segments.pop()
    path = "/".join(segments) or "/"
    return urlunsplit((parts.scheme, _host(parts.netloc, parts.scheme), path, urlencode(query), ""))


def _host(netloc: str, scheme: str) -> str:
    netloc = netloc.rpartition("@")[2].lower().removesuffix(":443" if scheme == "https" else ":80")
    for prefix in _names().hosts:
        if netloc.startswith(prefix) and netloc.count(".") > 1:
            return netloc.removeprefix(prefix)
    return netloc


def key_of(url: str) -> str:
    """Return the key under which the archive remembers a page: its address without scheme, ``www.`` and last slash.

    Examples
    --------
    >>> key_of("http://www.paper.example/news/") == key_of("https://paper.example/news")
    True
    """
    return canonical(url).partition("://")[2].removeprefix("www.").rstrip("/")


def site_of(url: str) -> str:
    """Return the host of an address as names of hosts are written, without ``www.``; empty where there is none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return (host if host.isascii() else host.encode("idna").decode()).removeprefix("www.")
    except ValueError:
        return ""


def may_be_page(url: str) -> bool:
    """Tell whether an address is one of HTTP, of bounded length, and does not end as a picture or a document does."""
    parts = urlsplit(url)
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return is_web and len(url) <= _LONGEST and not parts.path.lower().endswith(_names().files)


def is_article(url: str) -> bool:
    """Tell whether an address looks like an article's: it has the number of one, or ends in a slug of five words."""
    last = _path(url).rstrip("/").rpartition("/")[2]
    return has_id(url) or (last.count("-") >= 4 and _may_be_article(url))


def has_id(url: str) -> bool:
    """Tell whether an address has the number of an article: five digits or more, or a hexadecimal one at its end.

    Examples
    --------
    >>> has_id("https://paper.example/ten-bai-10321.html"), has_id("https://paper.example/tin/202506/ten-bai-5c0fe1a/")
    (True, True)
    >>> has_id("https://paper.example/ten-cua-mot-chuyen-muc"), has_id("https://paper.example/ten-muc-tag10321.html")
    (False, False)
    """
    return bool(_ID.search(_path(url))) and _may_be_article(url)


def _may_be_article(url: str) -> bool:
    return not (is_list(url) or _DAY.search(_path(url))) and page_number(url)[1] == 1


def is_list(url: str) -> bool:
    """Tell whether an address names what leads to articles by a word: a tag, a search, an author, videos."""
    return bool(_names().lists.search(f"{site_of(url)}{_path(url)}"))


def may_lead_on(url: str) -> bool:
    """Tell whether a link that is no article's is worth a request: the first page of a list that is not one of these.

    Tags and searches are without number and lead to what the sections have.
    """
    return not is_list(url) and page_number(url)[1] == 1


def _path(url: str) -> str:
    return unquote(urlsplit(url).path)


def page_number(url: str) -> tuple[str, int]:
    """Return the address of a list without its page and the number of the page, 1 for the first.

    Examples
    --------
    >>> page_number("https://paper.example/news?page=3"), page_number("https://paper.example/news/trang-2")
    (('paper.example/news', 3), ('paper.example/news', 2))
    """
    parts = urlsplit(canonical(url))
    query = dict(parse_qsl(parts.query, True))
    for name in _counters() & set(query):
        if query[name].isdecimal():
            rest = urlencode({key: value for key, value in query.items() if key != name})
            return key_of(urlunsplit((*parts[:3], rest, ""))), int(query[name])
    if found := _names().page.search(parts.path):
        path = parts.path[: found.start()].rstrip("/") + parts.path[found.end() :]
        return key_of(urlunsplit((*parts[:2], path, parts.query, ""))), int(found[1])
    return key_of(url), 1


@cache
def _counters() -> frozenset[str]:
    return frozenset(read_yaml("addresses.yaml")["pages"])


def month_of(url: str) -> str | None:
    """Return the month (``2024-05``) that the address of a sitemap holds, None if there is none.

    Examples
    --------
    >>> month_of("https://paper.example/sitemaps/news-2024-5.xml"), month_of("https://paper.example/sitemap-12.xml")
    ('2024-05', None)
    """
    found = _MONTH.search(urlsplit(url).path)
    return f"{found[1]}-{int(found[2] or found[3]):02}" if found else None


def edition_of(url: str) -> tuple[str, str]:
    """Return the language that an address names (empty for none) and what the editions of an article share.

    That is the last number of five digits in its path, else the last part of it.

    Examples
    --------
    >>> edition_of("https://paper.example/en/ten-bai-10321.html"), edition_of("https://fr.paper.example/ten-bai-viet")
    (('en', '10321'), ('fr', 'ten-bai-viet'))
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    editions = _names().editions
    first = segments[0].lower() if len(segments) > 1 else ""
    language = editions.get(first) or editions.get((parts.hostname or "").split(".")[0]) or ""
    last = segments[-1] if segments else ""
    number = _NUMBER.search(last)
    return language, number[0] if number else last


def front_language(url: str) -> str:
    """Return the language of the edition whose front page an address is, empty for any other address.

    Examples
    --------
    >>> [front_language(f"https://{url}") for url in ("en.paper.example/", "paper.example/fr", "paper.example/")]
    ['en', 'fr', '']
    """
    parts = urlsplit(url)
    label = parts.path.strip("/").lower() or (parts.hostname or "").split(".")[0]
    return "" if parts.query else _names().editions.get(label, "")


def is_feed(url: str) -> bool:
    """Tell whether an address ends as a feed's does."""
    return urlsplit(url).path.lower().endswith(_names().feeds)


def usual_places(url: str, kind: str) -> tuple[str, ...]:
    """Return where a site usually has its ``sitemaps`` or its ``feeds``."""
    return tuple(urljoin(url, path) for path in _names().usual[kind])


def are_editions(one: str, other: str) -> bool:
    """Tell whether two addresses are of one article in two languages, by their language and their number or slug."""
    (first, shared), (second, again) = edition_of(one), edition_of(other)
    return first != second and bool(shared) and shared == again and key_of(one) != key_of(other)
