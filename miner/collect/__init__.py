"""Collect: sources and the web to an archive of WARC files.

The archive is also the memory: a page that is in it is not fetched again.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from miner.collect.imports import AddReport, add_files
from miner.collect.outlets import Outlet, load_outlets, outlets_of
from miner.errors import CorpusError, InputError
from miner.lexicon import languages
from miner.records import Failure

__all__ = [
    "AddReport",
    "CrawlReport",
    "Limits",
    "Outlet",
    "add_files",
    "check_sources",
    "crawl",
    "load_outlets",
    "outlets_of",
]

_UNUSABLE = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a crawl ends and how it behaves.

    For each site: `pages` archived, `bytes` received, `seconds` since its first request, `depth` of links followed from
    a start. `page_bytes` bounds a page, also when decompressed, `timeout` the seconds until it is there. `delay` is the
    least number of seconds between two requests to a host, `wait` the longest pause that it may ask for. `rotate` is
    the size in bytes at which a new file of the archive is begun.
    """

    pages: int = 1_000
    bytes: int = 2_000_000_000
    seconds: int = 3_600
    depth: int = 1
    page_bytes: int = 8_000_000
    timeout: float = 60.0
    delay: float = 1.0
    wait: float = 300.0
    rotate: int = 1_000_000_000


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What a crawl did.

    `sites` counts addresses by site and reason (``archived``, ``known``, ``out-of-period`` ...), `forbidden` are those
    that robots.txt forbids, `starts` rows on the feeds, sitemaps and sections that were asked.
    """

    sites: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    forbidden: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    starts: tuple[Mapping[str, Any], ...] = ()

    @property
    def reasons(self) -> dict[str, int]:
        """How many addresses of all sites ended under each reason."""
        total: Counter[str] = Counter()
        for counts in self.sites.values():
            total.update(counts)
        return dict(sorted(total.items()))

    @property
    def archived(self) -> int:
        """How many pages were added to the archive."""
        return self.reasons.get("archived", 0)

    @property
    def known(self) -> int:
        """How many pages were met that are in the archive."""
        return self.reasons.get("known", 0)


def crawl(
    sources: str | Path | Iterable[str | Path],
    into: str | Path,
    *,
    since: str | None = None,
    until: str | None = None,
    again_before: str | None = None,
    pages: bool = False,
    limits: Limits | None = None,
    contact: str | None = None,
    allow_loopback: bool = False,
) -> CrawlReport:
    """Fetch articles that are not yet in the archive ``INTO/archive`` and add them to it.

    Parameters
    ----------
    sources : str, Path or several
        Addresses of sites, feeds, sitemaps, section pages or articles; sites of miner's own catalogue
        (``baonghean.vn``); files of outlets in TOML.
    since, until : str, optional
        ISO dates: articles dated before or after are left out.
    again_before : str, optional
        ISO date or date and time: pages fetched before it are asked for again, if the site says that they have changed.
    pages : bool
        The sources are addresses of articles, whatever they look like.
    limits : Limits, optional
        Where to stop.
    contact : str, optional
        Address under which the operators of sites reach you; it stands in the user agent.
    allow_loopback : bool
        Also fetch from this machine; private addresses are always refused.

    Raises
    ------
    InputError
        A source is no address, no known site and no file; a date is none.
    CorpusError
        The archive cannot be written, or another crawl writes it.
    """
    given = [sources] if isinstance(sources, str | Path) else list(sources)
    outlets = [outlet for source in given for outlet in outlets_of(str(source))]
    if not outlets:
        raise InputError("nothing to crawl; give addresses, sites of the catalogue or a file of outlets")
    archive = Path(into) / "archive"
    try:
        archive.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(f"{archive}: cannot be made: {error.strerror}") from error
    plan = _plan(outlets, archive, limits or Limits(), pages) | {
        "since": _day(since, "since"),
        "until": _day(until, "until"),
        "again_before": _day(again_before, "again_before", time=True),
        "contact": contact,
        "allow_loopback": allow_loopback,
    }
    return _run(plan)


def check_sources(
    outlets: Sequence[Outlet],
    *,
    limits: Limits | None = None,
    contact: str | None = None,
    allow_loopback: bool = False,
) -> CrawlReport:
    """Ask for the feeds, sitemaps and sections of outlets, keep nothing; `starts` of the report says what came."""
    with TemporaryDirectory() as folder:
        plan = _plan(outlets, Path(folder), limits or Limits(), pages=False)
        return _run(plan | {"check": True, "contact": contact, "allow_loopback": allow_loopback})


def _plan(outlets: Sequence[Outlet], archive: Path, limits: Limits, pages: bool) -> dict[str, Any]:
    return {
        "outlets": [_outlet_plan(outlet, pages) for outlet in outlets],
        "archive": str(archive),
        "limits": dataclasses.asdict(limits),
        "since": None,
        "until": None,
        "again_before": None,
        "check": False,
    }


def _outlet_plan(outlet: Outlet, pages: bool) -> dict[str, Any]:
    from miner.collect.addresses import site_of

    editions = sorted(map(site_of, outlet.editions.values()))
    return {
        "sites": list(dict.fromkeys((outlet.site, *editions, outlet.now or outlet.site))),
        "languages": list(outlet.languages or (languages() if outlet.whole else ())),
        "starts": list(outlet.starts),
        "fronts": [] if pages else list(outlet.fronts),
        "feeds": sorted(set(map(site_of, outlet.feeds))),
        "sitemaps": sorted(set(map(site_of, outlet.sitemaps))),
        "patterns": sorted(url for url in outlet.editions.values() if "{page}" in url),
        "pages": pages,
    }


def _run(plan: dict[str, Any]) -> CrawlReport:
    """Run the spider in a process of its own, which ends when this one does: it reads the plan, then waits on stdin."""
    command = [sys.executable, "-m", "miner.collect.process"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, env=environment) as process:  # noqa: S603
        if process.stdin is None or process.stdout is None:
            raise CorpusError("the crawl cannot be started")
        process.stdin.write(json.dumps(plan) + "\n")
        process.stdin.flush()
        output = process.stdout.read()
    if process.returncode == _UNUSABLE:
        raise CorpusError(output)
    if process.returncode:
        raise CorpusError(f"the crawl stopped with code {process.returncode}; what it archived is kept, run it again")
    report = json.loads(output.splitlines()[-1])
    failures = tuple(Failure.from_dict(values) for values in report["failures"])
    return CrawlReport(report["sites"], tuple(report["forbidden"]), failures, tuple(report["starts"]))


def _day(text: str | None, name: str, time: bool = False) -> str | None:
    try:
        if text:
            date.fromisoformat(text[:10] if time else text)
    except ValueError as error:
        raise InputError(f"{name}: {text!r} is no date; write it like 2024-01-31") from error
    return text or None
