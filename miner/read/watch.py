"""How often each outlet's pages give each field, by week: a layout that changed shows as a field that is gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from miner.language import reading_data
from miner.records import Article

#: What is watched, and how a warning calls it.
FIELDS = {"title": "title", "authors": "author", "published": "date", "lead": "lead", "caption": "caption"}
#: Before a drop, a field was in most pages; after it, in less than this share of them.
_USUAL, _RARE = 0.6, 0.25
#: Fewer pages on either side of a drop prove nothing.
_ENOUGH = 8


@dataclass(frozen=True, slots=True)
class Rate:
    """Of `pages` of an outlet that were fetched (else published) from `since` on, how many have each field.

    That is on a day, or in a week, of which `since` is the Monday; `filled` are numbers of pages in the order of
    `FIELDS`.
    """

    site: str
    since: str
    pages: int
    filled: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """A field that an outlet's pages gave and give no longer: `missing` of `pages` lack it since that day."""

    site: str
    field: str
    missing: int
    pages: int
    since: str

    def __str__(self) -> str:
        """Return the warning."""
        year, month, dom = map(int, self.since.split("-"))
        day = f"{dom} {reading_data('en')['months'][month - 1]} {year}"
        return f"{self.site}: no {FIELDS[self.field]} in {self.missing} of {self.pages} pages since {day}"


def fill_rates(articles: Iterable[Article]) -> list[Rate]:
    """Return the rates of outlets and days, sorted; articles without site, or without any date, are passed over."""
    groups: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for article in articles:
        if article.site and (day := (article.fetched or article.published or "")[:10]):
            groups[article.site, day].update({"pages": 1, **dict.fromkeys(_there(article), 1)})
    return _rates(groups)


def by_week(rates: Iterable[Rate]) -> list[Rate]:
    """Return the rates of outlets and weeks, sorted."""
    groups: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for rate in rates:
        day = date.fromisoformat(rate.since)
        monday = (day - timedelta(days=day.weekday())).isoformat()
        groups[rate.site, monday].update({"pages": rate.pages, **dict(zip(FIELDS, rate.filled, strict=True))})
    return _rates(groups)


def find_drops(rates: Iterable[Rate]) -> list[Drop]:
    """Return the drops that last until the last page of their outlet, sorted by outlet and field."""
    by_site: dict[str, list[Rate]] = defaultdict(list)
    for rate in sorted(rates, key=lambda rate: (rate.site, rate.since)):
        by_site[rate.site].append(rate)
    found = (_drop(of_site, index) for of_site in by_site.values() for index in range(len(FIELDS)))
    return [drop for drop in found if drop]


def _drop(rates: Sequence[Rate], index: int) -> Drop | None:
    """Return the drop of one field, from where the fewest pages before lack it and the fewest behind have it."""
    pages = [0, *accumulate(rate.pages for rate in rates)]
    filled = [0, *accumulate(rate.filled[index] for rate in rates)]
    drops = [cut for cut in range(1, len(rates)) if _fell(pages, filled, cut)]
    if not drops:
        return None
    cut = min(drops, key=lambda cut: pages[cut] - filled[cut] + filled[-1] - filled[cut])
    behind = pages[-1] - pages[cut]
    missing = behind - (filled[-1] - filled[cut])
    return Drop(rates[cut].site, list(FIELDS)[index], missing, behind, rates[cut].since)


def _fell(pages: Sequence[int], filled: Sequence[int], cut: int) -> bool:
    """Tell whether a field was usual before a cut and is rare behind it; both are sums up to each cut."""
    before, behind = pages[cut], pages[-1] - pages[cut]
    if min(before, behind) < _ENOUGH:
        return False
    return filled[cut] >= _USUAL * before and filled[-1] - filled[cut] < _RARE * behind


def _rates(groups: Mapping[tuple[str, str], Counter[str]]) -> list[Rate]:
    return [
        Rate(site, since, counts["pages"], tuple(counts[field] for field in FIELDS))
        for (site, since), counts in sorted(groups.items())
    ]


def _there(article: Article) -> set[str]:
    """Return the fields that an article has."""
    fields = {field for field in ("title", "authors", "published") if getattr(article, field)}
    return fields | {block.kind for block in article.blocks if block.kind in FIELDS}
