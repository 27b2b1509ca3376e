"""How often each outlet's pages give each field, by week: a layout that changed shows as a field that is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from miner.records import Article

#: What is watched, and how a warning calls it.
FIELDS = {"title": "title", "authors": "author", "published": "date", "lead": "lead", "caption": "caption"}
#: Before a drop, a field was in most pages; after it, in less than this share of them.
_USUAL, _RARE = 0.6, 0.25
#: Fewer pages on either side of a drop prove nothing.
_ENOUGH = 8


@dataclass(frozen=True, slots=True)
class Rate:
    """Of `pages` of an outlet that were fetched (else published) in a week, how many have each field.

    `week` is its Monday, `first` the first day with a page; `filled` are numbers of pages in the order of `FIELDS`.
    """

    site: str
    week: str
    first: str
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
        return f"{self.site}: no {FIELDS[self.field]} in {self.missing} of {self.pages} pages since {self.since}"


def fill_rates(articles: Iterable[Article]) -> list[Rate]:
    """Return the rates of outlets and weeks, sorted; articles without site, or without any date, are passed over."""
    groups: dict[tuple[str, str], list[Article]] = defaultdict(list)
    for article in articles:
        day = _day(article)
        if article.site and day:
            monday = date.fromisoformat(day) - timedelta(days=date.fromisoformat(day).weekday())
            groups[article.site, monday.isoformat()].append(article)
    return [_rate(site, week, group) for (site, week), group in sorted(groups.items())]


def find_drops(rates: Sequence[Rate]) -> list[Drop]:
    """Return the drops that last until the last week of their outlet, sorted by outlet and field."""
    by_site: dict[str, list[Rate]] = defaultdict(list)
    for rate in sorted(rates, key=lambda rate: (rate.site, rate.week)):
        by_site[rate.site].append(rate)
    return [drop for weeks in by_site.values() for index in range(len(FIELDS)) for drop in _drops(weeks, index)]


def _drops(weeks: Sequence[Rate], index: int) -> Iterator[Drop]:
    """Yield the drop of one field, from the first week after which it stays away."""
    for cut in range(1, len(weeks)):
        before, after = _sums(weeks[:cut], index), _sums(weeks[cut:], index)
        started = weeks[cut].filled[index] < _RARE * weeks[cut].pages
        if started and min(before[1], after[1]) >= _ENOUGH and _fell(before, after):
            missing = after[1] - after[0]
            yield Drop(weeks[cut].site, list(FIELDS)[index], missing, after[1], weeks[cut].first)
            return


def _fell(before: tuple[int, int], after: tuple[int, int]) -> bool:
    return before[0] >= _USUAL * before[1] and after[0] < _RARE * after[1]


def _sums(weeks: Sequence[Rate], index: int) -> tuple[int, int]:
    return sum(week.filled[index] for week in weeks), sum(week.pages for week in weeks)


def _rate(site: str, week: str, articles: Sequence[Article]) -> Rate:
    there = [_there(article) for article in articles]
    filled = tuple(sum(field in fields for fields in there) for field in FIELDS)
    return Rate(site, week, min(_day(a) or "" for a in articles), len(articles), filled)


def _day(article: Article) -> str | None:
    return (article.fetched or article.published or "")[:10] or None


def _there(article: Article) -> set[str]:
    fields = {field for field in ("title", "authors", "published") if getattr(article, field)}
    return fields | {block.kind for block in article.blocks}
