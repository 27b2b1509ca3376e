"""Mentions of persons, and the blocks within which they are compared.

Only mentions with the same folded full name are ever compared. Mentions that say the same about the same name fall into
one profile, so that a block stays small however often a prime minister is in the news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from miner.lexicon import body_codes, role_codes
from miner.records import Facts, Position
from miner.text import fold, lowered

#: Levels below the province: an article names the province only, so that many posts look alike.
LOCAL = frozenset({"district", "commune"})


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A post as far as articles tell it; `level` is central, provincial, district, commune or any."""

    role: str
    body: str
    place: str
    level: str

    def __str__(self) -> str:
        at = f" of {self.body}" if self.body else ""
        return f"{self.role}{at}" + (f" in {self.place}" if self.place else "")


@dataclass(frozen=True, slots=True)
class Profile:
    """What one or more articles say alike of one name: `members` are (article, name) pairs.

    `native` tells whether the name stands in a Vietnamese text, where its marks can be trusted.
    """

    name: str
    native: bool
    posts: frozenset[Post]
    places: frozenset[str]
    days: tuple[str, ...]
    events: frozenset[str]
    members: tuple[tuple[str, str], ...]

    @property
    def bare(self) -> bool:
        """Whether nothing but the name is known: two such profiles are never one."""
        return not self.posts and not self.places

    @property
    def local(self) -> bool:
        """Whether all known posts lie below the province."""
        return bool(self.posts) and all(post.level in LOCAL for post in self.posts)


def profiles(
    facts: Iterable[Facts],
    days: Mapping[str, str],
    events: Mapping[str, str],
    decided: Collection[tuple[str, str]] = (),
) -> dict[str, list[Profile]]:
    """Return the profiles of all officials by folded name.

    Parameters
    ----------
    facts : iterable of Facts
        The facts of each article.
    days : mapping of str to str
        The day of each article, empty where unknown.
    events : mapping of str to str
        The event that each article reports.
    decided : collection of (str, str)
        Mentions, as (article, name), that people decided on: each keeps its own profile.
    """
    groups: dict[tuple[object, ...], list[Profile]] = defaultdict(list)
    for one in facts:
        for profile in _article_profiles(one, days.get(one.article, ""), events.get(one.article, one.article)):
            groups[_likeness(profile, decided)].append(profile)
    blocks: dict[str, list[Profile]] = defaultdict(list)
    for group in groups.values():
        united = _unite(group)
        blocks[fold(united.name)].append(united)
    return {key: sorted(blocks[key], key=lambda p: p.members) for key in sorted(blocks)}


def _article_profiles(facts: Facts, day: str, event: str) -> list[Profile]:
    """One name in one article is one person: its posts and places are gathered."""
    found = []
    for name, forms in _names(facts).items():
        posts = frozenset(_post(p) for p in facts.positions if p.person in forms)
        places = {p.place for p in facts.participations if p.person in forms and p.place}
        places |= {post.place for post in posts if post.place}
        members = tuple(sorted((facts.article, form) for form in forms))
        days = (day,) if day else ()
        found.append(Profile(name, facts.language == "vi", posts, frozenset(places), days, frozenset({event}), members))
    return found


def _names(facts: Facts) -> dict[str, set[str]]:
    """Return the forms of each person of the article under the best of them."""
    by_fold: dict[str, set[str]] = defaultdict(set)
    for person in facts.officials:
        by_fold[fold(person.name)].add(person.name)
    return {best_name(forms): forms for _, forms in sorted(by_fold.items())}


def best_name(forms: Iterable[str]) -> str:
    """Return the form that tells most: with marks rather than without, then the first in order."""
    return min(set(forms), key=lambda form: (-sum(ord(c) > 127 for c in lowered(form)), form))


def _post(position: Position) -> Post:
    level = post_level(position.role, position.body, position.place)
    return Post(position.role, position.body or "", position.place or "", level)


def post_level(role: str, body: str | None, place: str | None) -> str:
    """Return the level of a post: that of its body, else of its role, else what its place tells."""
    level = body_codes().get(body or "", "any")
    level = role_codes().get(role, "any") if level == "any" else level
    if level == "any" and body and body != "other":
        return "provincial" if place else "central"
    return level


def _likeness(profile: Profile, decided: Collection[tuple[str, str]]) -> tuple[object, ...]:
    """Profiles with equal keys say the same; local posts and mere names are too weak, so they stay apart."""
    certain = any(post.level in {"central", "provincial"} and _is_anchored(post) for post in profile.posts)
    alone = not certain or any(member in decided for member in profile.members)
    apart = profile.members if alone else ()
    return (lowered(profile.name), profile.native, profile.posts, profile.places, apart)


def _is_anchored(post: Post) -> bool:
    return bool(post.body) and post.body != "other" and (post.level == "central" or bool(post.place))


def _unite(group: list[Profile]) -> Profile:
    first = group[0]
    name = best_name(p.name for p in group)
    days = tuple(sorted({day for p in group for day in p.days}))
    events = frozenset(event for p in group for event in p.events)
    members = tuple(sorted(member for p in group for member in p.members))
    return Profile(name, first.native, first.posts, first.places, days, events, members)
