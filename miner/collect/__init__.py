"""Collect: sources and the web to an archive of WARC files.

The archive is also the memory: a page that is in it is not fetched again.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from miner.errors import CorpusError, InputError
from miner.lexicon import read_text
from miner.records import Failure

__all__ = ["CrawlReport", "Limits", "Outlet", "crawl", "load_outlets"]

_KEYS = {"name", "site", "province", "languages", "feeds", "sitemaps", "sections"}


@dataclass(frozen=True, slots=True)
class Outlet:
    """A paper or agency: `site` its host, `province` None for national ones, the lists hold addresses."""

    name: str
    site: str
    province: str | None = None
    languages: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()

    @property
    def starts(self) -> tuple[str, ...]:
        """Where a crawl of the outlet starts: its feeds, sitemaps and sections, else its front page."""
        return self.feeds + self.sitemaps + self.sections or (f"https://{self.site}/",)


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a crawl ends: pages archived, bytes received, seconds, links followed from a start (`depth`).

    `delay` is the least number of seconds between two requests to one host; it grows where the host answers slowly.
    """

    pages: int = 1_000
    bytes: int = 2_000_000_000
    seconds: int = 3_600
    depth: int = 1
    delay: float = 1.0


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What a crawl did: pages archived, pages met that were known, addresses that robots.txt forbids, failures."""

    archived: int = 0
    known: int = 0
    forbidden: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


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
    return tuple(_outlet(values, f"{where}, outlet {n}") for n, values in enumerate(content.get("outlet", ()), 1))


def crawl(
    sources: str | Path | Iterable[str | Path],
    into: str | Path,
    *,
    since: str | None = None,
    limits: Limits | None = None,
    allow_loopback: bool = False,
) -> CrawlReport:
    """Fetch articles that are not yet in the archive ``INTO/archive`` and add them to it.

    Parameters
    ----------
    sources : str, Path or several
        Addresses of feeds, sitemaps, section pages or articles; sites of miner's own catalogue (``baonghean.vn``);
        files of outlets in TOML.
    since : str, optional
        ISO date; what a feed or sitemap dates before it is left out.
    limits : Limits, optional
        Where to stop.
    allow_loopback : bool
        Also fetch from this machine; private addresses are always refused.

    Raises
    ------
    InputError
        A source is no address, no known site and no file.
    CorpusError
        The archive cannot be written.
    """
    given = [sources] if isinstance(sources, str | Path) else list(sources)
    starts = sorted({start for source in given for start in _starts(str(source))})
    if not starts:
        raise InputError("nothing to crawl; give addresses, sites of the catalogue or a file of outlets")
    archive = Path(into) / "archive"
    try:
        archive.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(f"{archive}: cannot be made: {error.strerror}") from error
    plan = {"starts": starts, "archive": str(archive), "since": since, "allow_loopback": allow_loopback}
    return _run(plan | {"limits": dataclasses.asdict(limits or Limits())})


def _run(plan: dict[str, object]) -> CrawlReport:
    """Run the spider in a process of its own: Scrapy's reactor cannot be started twice in one."""
    command = [sys.executable, "-m", "miner.collect.spider"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(  # noqa: S603
        command, input=json.dumps(plan), stdout=subprocess.PIPE, text=True, check=False, env=environment
    )
    if done.returncode:
        raise CorpusError(f"the crawl stopped with code {done.returncode}; what it archived is kept, run it again")
    report = json.loads(done.stdout.splitlines()[-1])
    failures = tuple(Failure.from_dict(values) for values in report.pop("failures"))
    return CrawlReport(forbidden=tuple(report.pop("forbidden")), failures=failures, **report)


def _starts(source: str) -> tuple[str, ...]:
    if source.startswith(("http://", "https://")):
        return (source,)
    if source.endswith(".toml"):
        return tuple(start for outlet in load_outlets(source) for start in outlet.starts)
    outlets = {outlet.site: outlet for outlet in load_outlets()}
    if source in outlets:
        return outlets[source].starts
    raise InputError(f"{source!r} is no address, no .toml file and no known site; known: {', '.join(sorted(outlets))}")


def _outlet(values: dict[str, object], where: str) -> Outlet:
    if wrong := (set(values) - _KEYS) | ({"name", "site"} - set(values)):
        allowed = ", ".join(sorted(_KEYS))
        raise InputError(f"{where}: {', '.join(sorted(wrong))}; needed are name and site, allowed are {allowed}")
    made = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return Outlet(**made)  # type: ignore[arg-type]
