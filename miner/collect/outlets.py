"""The outlets that miner can collect from: its own catalogue and files of the same form."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from miner.collect.addresses import canonical, site_of
from miner.collect.listings import iso_date
from miner.errors import InputError
from miner.lexicon import province_names, read_text
from miner.text import fold

_LISTS = ("languages", "feeds", "sitemaps", "sections")
_TEXTS = ("name", "site", "kind", "province", "ended", "now")
_TABLES = ("editions", "seen")
_KINDS = ("paper", "agency", "broadcaster", "portal")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A paper, an agency, a broadcaster or a portal.

    `site` is its host, `province` None for national ones; `feeds`, `sitemaps` and `sections` hold addresses.
    `editions` gives by language the address of an edition: its front page, or a pattern with ``{page}`` for the last
    part of an article's address, where all editions share it. Where `whole` is false, only these addresses are read:
    not the front page, nor what it and robots.txt name. `ended` is the last day of a paper that is part of the site
    `now` since; `seen` says by field where its addresses were met.
    """

    name: str
    site: str
    kind: str = "paper"
    province: str | None = None
    languages: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    editions: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True
    ended: str | None = None
    now: str | None = None
    seen: Mapping[str, str] = field(default_factory=dict)

    @property
    def fronts(self) -> tuple[str, ...]:
        """The front pages of the outlet and of its editions, where the whole of it is to be read."""
        given = (
            url
            for url in self.feeds + self.sitemaps + self.sections
            if site_of(url) == site_of(f"https://{self.site}/")
        )
        own = urljoin(next(given, f"https://{self.site}/"), "/")
        editions = (url for url in self.editions.values() if "{page}" not in url)
        return tuple(dict.fromkeys((own, *editions))) if self.whole else ()

    @property
    def starts(self) -> tuple[str, ...]:
        """Where a crawl of the outlet starts: its feeds, sitemaps, sections and front pages."""
        return tuple(dict.fromkeys(self.feeds + self.sitemaps + self.sections + self.fronts))


def load_outlets(path: str | Path | None = None) -> tuple[Outlet, ...]:
    """Return the outlets of a catalogue in TOML, of miner's own without `path`.

    Raises
    ------
    InputError
        The file cannot be read or an outlet in it is wrong: says which and what is allowed.
    """
    where = str(path or "miner/data/sources.toml")
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8") if path else read_text("sources.toml"))
    except (OSError, ValueError) as error:
        raise InputError(f"{where}: cannot be read as TOML: {error}") from error
    if wrong := set(content) - {"outlet"}:
        raise InputError(f"{where}: {', '.join(sorted(wrong))} is not known; outlets stand under [[outlet]]")
    return tuple(_outlet(values, f"{where}, outlet {n}") for n, values in enumerate(content.get("outlet", ()), 1))


def outlets_of(source: str) -> tuple[Outlet, ...]:
    """Return the outlets that a source names: an address, a site or a name of the catalogue, or a file in TOML.

    Raises
    ------
    InputError
        It is none of them.
    """
    is_address = source.startswith(("http://", "https://"))
    if source.endswith(".toml") and not is_address:
        return load_outlets(source)
    site = _hostname(source) if is_address else source.lower().removeprefix("www.").rstrip("/")
    is_front = is_address and not source.partition("://")[2].partition("/")[2]
    if not is_address or is_front:
        for outlet in load_outlets():
            if outlet.site == site or fold(outlet.name) == fold(source):
                return (outlet,)
    if is_address:
        return (Outlet(source, site, sections=(urljoin(source, "/") if is_front else source,), whole=is_front),)
    raise InputError(
        f"{source!r} is no address, no .toml file and no site or name of the catalogue; known: miner sources list; "
        "write a site that is not in it as an address: https://paper.example/"
    )


def _hostname(url: str) -> str:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if not host:
        raise InputError(f"{url!r} is no address of a site; give it as https://paper.example/")
    return site_of(canonical(url))


def _outlet(values: dict[str, Any], where: str) -> Outlet:
    allowed = {item.name for item in dataclasses.fields(Outlet)}
    if wrong := (set(values) - allowed) | ({"name", "site"} - set(values)):
        listed = ", ".join(sorted(allowed))
        raise InputError(f"{where}: {', '.join(sorted(wrong))}; needed are name and site, allowed are {listed}")
    for key, value in values.items():
        _check(key, value, where)
    _check_end(values, where)
    lists = {key: tuple(values[key]) for key in _LISTS if key in values}
    sites = {key: site_of(f"https://{values[key]}/") for key in ("site", "now") if key in values}
    return Outlet(**(values | lists | sites))


def _check(key: str, value: Any, where: str) -> None:
    if key in _TEXTS and not isinstance(value, str):
        raise InputError(f"{where}, {key}: {value!r} is no text")
    if key in _LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        raise InputError(f"{where}, {key}: {value!r} is no list of texts")
    if key in _TABLES and not (isinstance(value, dict) and all(isinstance(item, str) for item in value.values())):
        raise InputError(f"{where}, {key}: {value!r} is no table of texts")
    if key == "whole" and not isinstance(value, bool):
        raise InputError(f"{where}, whole: {value!r} is neither true nor false")
    if key == "kind" and value not in _KINDS:
        raise InputError(f"{where}, kind: {value!r}; allowed are {', '.join(_KINDS)}")
    if key == "province" and value not in province_names():
        raise InputError(f"{where}, province: {value!r} is no province; write it as miner/data/provinces.csv does")
    if key in ("feeds", "sitemaps", "sections", "editions"):
        _check_addresses(key, value.values() if key == "editions" else value, where)


def _check_addresses(key: str, urls: Any, where: str) -> None:
    for url in urls:
        if not url.startswith(("http://", "https://")) or not urlsplit(url).hostname:
            raise InputError(f"{where}, {key}: {url!r} is no address; it begins with https://")


def _check_end(values: dict[str, Any], where: str) -> None:
    ended, now = values.get("ended"), values.get("now")
    if (ended is None) != (now is None):
        raise InputError(f"{where}: ended and now stand together; give both or none")
    if ended is not None and iso_date(ended) != ended:
        raise InputError(f"{where}, ended: {ended!r} is no date; write it like 2025-06-30")
