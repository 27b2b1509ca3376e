"""The outlets that miner can collect from: its own catalogue and files of the same form."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from miner.collect.addresses import canonical, site_of
from miner.errors import InputError
from miner.lexicon import province_names, read_text

_LISTS = ("languages", "feeds", "sitemaps", "sections")
_TEXTS = ("name", "site", "kind", "province", "checked")
_KINDS = ("paper", "agency", "broadcaster", "portal")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A paper, an agency, a broadcaster or a portal.

    `site` is its host, `province` None for national ones; `feeds`, `sitemaps` and `sections` hold addresses.
    `editions` gives by language the address of an edition: its front page, or a pattern with ``{page}`` for the last
    part of an article's address, where all editions share it. `checked` says how the addresses were checked: empty for
    not at all.
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
    checked: str = ""

    @property
    def starts(self) -> tuple[str, ...]:
        """Where a crawl of the outlet starts: its feeds, sitemaps, sections and editions.

        Its front page, where it has neither sitemaps nor sections: a feed names the articles of the last days only.
        """
        fronts = tuple(url for url in self.editions.values() if "{page}" not in url)
        lists = self.sitemaps + self.sections or (f"https://{self.site}/",)
        return self.feeds + lists + fronts


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
    """Return the outlets that a source names: an address, a site of the catalogue or a file in TOML.

    Raises
    ------
    InputError
        It is none of them.
    """
    if source.startswith(("http://", "https://")):
        return (Outlet(name=source, site=_hostname(source), sections=(source,)),)
    if source.endswith(".toml"):
        return load_outlets(source)
    outlets = {outlet.site: outlet for outlet in load_outlets()}
    if source in outlets:
        return (outlets[source],)
    raise InputError(f"{source!r} is no address, no .toml file and no known site; known: miner sources list")


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
    lists = {key: tuple(values[key]) for key in _LISTS if key in values}
    return Outlet(**{**values, **lists})


def _check(key: str, value: Any, where: str) -> None:
    if key in _TEXTS and not isinstance(value, str):
        raise InputError(f"{where}, {key}: {value!r} is no text")
    if key in _LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        raise InputError(f"{where}, {key}: {value!r} is no list of texts")
    if key == "editions" and not (isinstance(value, dict) and all(isinstance(item, str) for item in value.values())):
        raise InputError(f"{where}, editions: {value!r} is no table of languages and addresses")
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
