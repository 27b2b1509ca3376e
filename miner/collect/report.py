"""What a crawl did: counts by site and reason, failures with what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from miner.collect.addresses import site_of
from miner.records import Failure

#: Why an address was not kept, and what to do; without a remedy it is counted only.
REASONS: Mapping[str, str] = {
    "archived": "",
    "unchanged": "",
    "known": "",
    "robots": "",
    "out-of-period": "",
    "not-article": "",
    "copy": "",
    "gone": "",
    "redirect": "",
    "off-site": "",
    "other-language": "",
    "list-ends": "",
    "not-there": "",
    "limit-pages": "",
    "limit-bytes": "",
    "limit-seconds": "",
    "robots-unreachable": "try again later",
    "private-address": "leave it out of the sources",
    "dead-start": "check the address of the feed, sitemap or section",
    "other-site": "name that site as a source, if it is wanted",
    "wrong-type": "leave it out of the sources",
    "too-large": "it is no article: leave it out of the sources",
    "redirect-loop": "leave it out of the sources",
    "refused": "the site does not want to be asked: write to it, or leave it out",
    "asked-to-wait": "run the same command again after that time",
    "server-error": "run the same command again later",
    "host-down": "run the same command again later",
    "timeout": "run the same command again later",
    "cut-off": "run the same command again later",
    "no-host": "check the address",
    "no-connection": "check the address, run the same command again later",
    "not-written": "make room or name a folder on another disk, then run the same command again",
    "broken": "report it with the address",
}


@dataclass(slots=True)
class Report:
    """Counts that a crawl keeps while it runs."""

    sites: dict[str, Counter[str]] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)
    failures: dict[tuple[str, str], Failure] = field(default_factory=dict)
    starts: list[dict[str, Any]] = field(default_factory=list)

    def count(self, reason: str, url: str, what: str = "") -> None:
        """Count an address under a reason; where the reason has a remedy, it is a failure."""
        self.sites.setdefault(site_of(url), Counter())[reason] += 1
        if reason == "robots":
            self.forbidden.add(url)
        elif remedy := REASONS[reason]:
            self.failures[url, reason] = Failure(url, "collect", what[:500] or reason, remedy)

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as JSON, sorted."""
        return {
            "sites": {site: dict(sorted(counts.items())) for site, counts in sorted(self.sites.items())},
            "forbidden": sorted(self.forbidden),
            "failures": [failure.to_dict() for _, failure in sorted(self.failures.items(), key=lambda pair: pair[0])],
            "starts": sorted(self.starts, key=lambda row: (row["site"], row["url"])),
        }
