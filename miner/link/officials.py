"""Officials across articles: compare within a block, join what is sure, explain what was done and what was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

from miner.link.blocking import Profile, best_name
from miner.link.clusters import Clusters, ambiguous
from miner.link.decisions import Decision
from miner.link.scoring import MERGE_AT, VETO, compare, reasons, total
from miner.records import Entity, content_id
from miner.text import fold

Pair = tuple[int, int]


def link_officials(
    blocks: Mapping[str, list[Profile]], decisions: Iterable[Decision], languages: Mapping[str, str]
) -> list[Entity]:
    """Return one entity for each person, sorted by id.

    Parameters
    ----------
    blocks : mapping of str to list of Profile
        The profiles by folded name.
    decisions : iterable of Decision
        What people decided; it outweighs every clue.
    languages : mapping of str to str
        The language of each article, for the names by language.
    """
    profiles = [profile for block in blocks.values() for profile in block]
    index = {id(profile): number for number, profile in enumerate(profiles)}
    notes: dict[Pair, str] = {}
    scores: dict[Pair, int] = {}
    for block in blocks.values():
        for a, b in combinations(block, 2):
            if a.bare and b.bare and a.events.isdisjoint(b.events):
                continue
            clues = compare(a, b)
            pair = (index[id(a)], index[id(b)])
            scores[pair], notes[pair] = total(clues), reasons(clues)
    _apply_decisions(profiles, decisions, scores, notes)
    groups = _groups(len(profiles), scores)
    return _entities(profiles, groups, scores, notes, languages)


def _apply_decisions(
    profiles: list[Profile], decisions: Iterable[Decision], scores: dict[Pair, int], notes: dict[Pair, str]
) -> None:
    holder = {member: number for number, profile in enumerate(profiles) for member in profile.members}
    for decision in decisions:
        if decision.a in holder and decision.b in holder:
            low, high = sorted((holder[decision.a], holder[decision.b]))
            if low != high:
                scores[low, high] = -VETO if decision.same else VETO
                notes[low, high] = "decided by a person"


def _groups(size: int, scores: Mapping[Pair, int]) -> list[list[int]]:
    apart = [pair for pair, score in scores.items() if score <= VETO // 2]
    wanted = sorted((-score, pair) for pair, score in scores.items() if score >= MERGE_AT)
    decided = {index for score, pair in wanted if -score >= -VETO for index in pair}
    unclear = ambiguous([pair for _, pair in wanted], apart) - decided
    clusters = Clusters(size, apart)
    for _, (a, b) in wanted:
        if a not in unclear and b not in unclear:
            clusters.join(a, b)
    return clusters.groups()


def _entities(
    profiles: list[Profile],
    groups: list[list[int]],
    scores: Mapping[Pair, int],
    notes: Mapping[Pair, str],
    languages: Mapping[str, str],
) -> list[Entity]:
    home = {index: number for number, group in enumerate(groups) for index in group}
    ids = _ids([[profiles[index] for index in group] for group in groups])
    others: dict[int, list[str]] = {}
    for (a, b), note in sorted(notes.items()):
        if home[a] != home[b]:
            sure = "unsure whether" if scores[a, b] >= MERGE_AT // 2 else "not"
            others.setdefault(home[a], []).append(f"{sure} {ids[home[b]]}: {note}")
            others.setdefault(home[b], []).append(f"{sure} {ids[home[a]]}: {note}")
    found = []
    for number, group in enumerate(groups):
        merged = [notes[pair] for pair in combinations(group, 2) if scores.get(pair, 0) >= MERGE_AT]
        words = _explain([profiles[index] for index in group], merged, others.get(number, []))
        found.append(_entity(ids[number], [profiles[index] for index in group], words, languages))
    return sorted(found, key=lambda entity: entity.id)


def _explain(group: list[Profile], merged: list[str], others: list[str]) -> str:
    articles = len({article for profile in group for article, _ in profile.members})
    parts = ["named in one article" if articles == 1 else f"named in {articles} articles"]
    posts = sorted({str(post) for profile in group for post in profile.posts})
    parts += ["posts: " + ", ".join(posts)] if posts else []
    parts += _first([f"merged: {note}" for note in merged]) + _first(others)
    return "; ".join(parts)


def _first(notes: list[str], most: int = 5) -> list[str]:
    ordered = sorted(set(notes))
    more = len(ordered) - most
    return ordered[:most] + ([f"and {more} more like these"] if more > 0 else [])


def _entity(entity_id: str, group: list[Profile], words: str, languages: Mapping[str, str]) -> Entity:
    members = tuple(sorted({member for profile in group for member in profile.members}))
    names = {f"{languages.get(article, 'und')}: {name}" for article, name in members}
    name = best_name(name for _, name in members)
    return Entity(entity_id, "official", name, tuple(sorted(names)), members, words)


def _ids(groups: list[list[Profile]]) -> list[str]:
    """Ids that only depend on what a person is called and holds; the first article decides where that is not enough."""
    anchors = [(fold(group[0].name), _anchor(group)) for group in groups]
    times = Counter(anchors)
    ids = []
    for anchor, group in zip(anchors, groups, strict=True):
        extra = min(group[0].members) if times[anchor] > 1 else ()
        ids.append("official:" + content_id(*anchor, *extra))
    return ids


def _anchor(group: list[Profile]) -> str:
    posts = sorted(str(post) for profile in group for post in profile.posts)
    places = sorted(place for profile in group for place in profile.places)
    return next(iter([*posts, *places]), "")
