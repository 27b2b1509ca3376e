"""Editions of one article: translations and syndicated copies report one event and count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations, product

from miner.dates import day_of
from miner.link.clusters import Clusters
from miner.records import Article, Copy, Entity, Facts, content_id
from miner.text import fold

#: What an article says that its editions say, too: a name, a directive or a figure.
Clue = tuple[str, str]

#: Two editions share at least this many clues, and this part of those of the poorer one.
SHARED, PART = 4, 0.5
#: Copies in one language must agree in nearly everything.
COPY_PART = 0.9
#: Copies in one paper that differ more may be a form filled in anew.
NEAR = 0.9
#: Editions appear within days of one another.
DAYS = 3
#: A clue found in more articles of some days than this tells nothing about a pair and would make the search quadratic.
COMMON = 40


def link_events(facts: Iterable[Facts], articles: Mapping[str, Article], copies: Iterable[Copy] = ()) -> list[Entity]:
    """Return the events that articles report: one entity for all editions of an article, members (article, "event").

    Parameters
    ----------
    facts : iterable of Facts
        The facts of each article.
    articles : mapping of str to Article
        The articles by id, for date, language and title.
    copies : iterable of Copy
        Pairs of articles whose texts are copies.
    """
    ordered = sorted(facts, key=lambda one: one.article)
    clues = [_clues(one) for one in ordered]
    clusters = Clusters(len(ordered))
    reasons: dict[int, list[str]] = defaultdict(list)
    for a, b in _candidates(clues, [day_of(articles.get(one.article)) for one in ordered]):
        reason = _edition(ordered[a], ordered[b], clues[a] & clues[b], min(len(clues[a]), len(clues[b])), articles)
        if reason:
            clusters.join(a, b)
            reasons[a].append(reason)
    numbers = {one.article: number for number, one in enumerate(ordered)}
    for copy in copies:
        if {copy.first, copy.second} <= numbers.keys() and _is_copy(copy, articles):
            clusters.join(numbers[copy.first], numbers[copy.second])
            reasons[numbers[copy.first]].append("nearly the same text" if copy.similarity < 1 else "the same text")
    groups = clusters.groups()
    return sorted(
        (_event([ordered[i] for i in g], [r for i in g for r in reasons[i]], articles) for g in groups), key=_id
    )


def _id(entity: Entity) -> str:
    return entity.id


def _clues(facts: Facts) -> frozenset[Clue]:
    found = {("name", fold(person.name)) for person in facts.officials}
    found |= {("directive", fold(directive.id)) for directive in facts.directives}
    found |= {("figure", f"{figure.value:g}/{figure.of or 0:g} {figure.unit}") for figure in facts.figures}
    return frozenset(found)


def _candidates(clues: list[frozenset[Clue]], days: list[str]) -> list[tuple[int, int]]:
    """Return the pairs that share a clue: of days that are close, or of a day that is unknown."""
    windows: dict[tuple[Clue, int], list[int]] = defaultdict(list)
    holders: dict[Clue, list[int]] = defaultdict(list)
    for number, (one, day) in enumerate(zip(clues, days, strict=True)):
        # Windows overlap by half, so that days that are close share one.
        window = date.fromisoformat(day).toordinal() // DAYS if day else None
        for clue in one:
            holders[clue].append(number)
            if window is not None:
                windows[clue, window].append(number)
                windows[clue, window + 1].append(number)
    found = {pair for some in windows.values() if len(some) <= COMMON for pair in combinations(some, 2)}
    for some in holders.values():
        if len(some) <= COMMON:
            undated = [number for number in some if not days[number]]
            found.update((min(pair), max(pair)) for pair in product(undated, some) if pair[0] != pair[1])
    return sorted(found)


def _edition(a: Facts, b: Facts, shared: frozenset[Clue], fewest: int, articles: Mapping[str, Article]) -> str | None:
    first, second = articles.get(a.article), articles.get(b.article)
    if first and second and first.digest and first.digest == second.digest:
        return "the same text"
    part = PART if a.language != b.language else COPY_PART
    if len(shared) < SHARED or len(shared) < part * fewest or all(kind == "name" for kind, _ in shared):
        return None
    if not _close(day_of(first), day_of(second)):
        return None
    return f"{len(shared)} of {fewest} names, directives and numbers shared"


def _is_copy(copy: Copy, articles: Mapping[str, Article]) -> bool:
    """Tell whether copies report one event; a paper's weekly table is a copy of last week's, and another event."""
    alike = copy.kind == "syndicated" or copy.similarity >= NEAR
    return alike and _close(*(day_of(articles.get(name)) for name in (copy.first, copy.second)))


def _close(a: str, b: str) -> bool:
    return not (a and b) or abs((date.fromisoformat(a) - date.fromisoformat(b)).days) <= DAYS


def _event(group: list[Facts], reasons: list[str], articles: Mapping[str, Article]) -> Entity:
    members = tuple((one.article, "event") for one in group)
    titles = {one.article: _title(articles.get(one.article), one.article) for one in group}
    names = sorted(f"{one.language or 'und'}: {titles[one.article]}" for one in group)
    words = "one article" if len(group) == 1 else f"{len(group)} editions: {'; '.join(sorted(set(reasons))[:5])}"
    entity_id = "event:" + content_id(group[0].article)
    return Entity(entity_id, "event", titles[group[0].article], tuple(names), members, words)


def _title(article: Article | None, fallback: str) -> str:
    text = article.title or next((line for line in article.text.splitlines() if line.strip()), "") if article else ""
    words = " ".join(text.split())
    return (words[:79] + "…" if len(words) > 80 else words) or fallback
