"""Clues for and against two profiles of one name being one person: weighted, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from miner.lexicon import provinces
from miner.link.blocking import LOCAL, Post, Profile
from miner.text import has_diacritics, lowered

#: From this sum on, two profiles are one person; from half of it on, the pair is unsure.
MERGE_AT = 4
#: Two posts below the province are the same post only in news of the same weeks.
SAME_NEWS_DAYS = 31
#: The day from which the 34 provincial units are valid.
MERGER_DAY = "2025-07-01"
VETO = -100


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason for (positive) or against (negative) a merge."""

    weight: int
    reason: str


def compare(a: Profile, b: Profile) -> tuple[Clue, ...]:
    """Return the clues on whether `a` and `b`, of the same folded name, are one person."""
    found = [_names(a, b), _posts(a, b), _places(a, b), _events(a, b), _levels(a, b)]
    return tuple(clue for clue in found if clue)


def total(clues: tuple[Clue, ...]) -> int:
    """Return the sum of the weights; a name alone never reaches `MERGE_AT`."""
    return sum(clue.weight for clue in clues)


def reasons(clues: tuple[Clue, ...]) -> str:
    """Return the clues in words, the weightiest first."""
    ordered = sorted(clues, key=lambda clue: (-abs(clue.weight), clue.reason))
    return ", ".join(f"{clue.reason} ({clue.weight:+d})" for clue in ordered)


def _names(a: Profile, b: Profile) -> Clue:
    if lowered(a.name) == lowered(b.name):
        weight, reason = 2, "same name"
    elif has_diacritics(a.name) and has_diacritics(b.name):
        return Clue(VETO, f"{a.name} and {b.name} differ in their marks")
    else:
        weight, reason = 1, "same name but for the marks"
    if len(a.name.split()) < 3:
        return Clue(weight - 1, reason + ", of two syllables or fewer")
    return Clue(weight, reason)


def _posts(a: Profile, b: Profile) -> Clue | None:
    pairs = [(p, q) for p in sorted(a.posts) for q in sorted(b.posts) if _same_office(p, q)]
    found = [_local_clue(p, q, a, b) if p.level in LOCAL else _post_clue(p, q) for p, q in pairs]
    return max(found, key=lambda clue: clue.weight, default=None)


def _same_office(p: Post, q: Post) -> bool:
    return p.role == q.role and p.body == q.body and "other" not in (p.role, p.body)


def _post_clue(p: Post, q: Post) -> Clue:
    if p.place and q.place and p.place != q.place:
        return Clue(-3, f"{p} against {q}")
    if p.level != "central" and not (p.place and q.place):
        return Clue(3, f"both {p if p.place else q}, place unsaid in one")
    return Clue(4, f"both {p}")


def _local_clue(p: Post, q: Post, a: Profile, b: Profile) -> Clue:
    apart = _days_apart(a, b)
    if p.place == q.place and apart is not None and apart <= SAME_NEWS_DAYS:
        return Clue(4, f"both {p}, in news of the same weeks")
    return Clue(1, f"both {p}, where many are")


def _places(a: Profile, b: Profile) -> Clue | None:
    for p in sorted(a.posts):
        for q in sorted(b.posts):
            if (
                p.place
                and q.place
                and p.level == q.level
                and p.level not in LOCAL
                and _same_place(p.place, q.place, a, b)
            ):
                return Clue(3, f"both in posts at {p.level} level in {p.place}")
    common = sorted(a.places & b.places)
    if common and not (a.posts and b.posts):
        return Clue(2, f"both named in {common[0]}")
    return None


def _same_place(p: str, q: str, a: Profile, b: Profile) -> bool:
    """Tell whether two provinces are one, also across the merger of 2025."""
    if p == q:
        return True
    before, after = (a, b) if a.days < b.days else (b, a)
    crossed = bool(before.days and after.days) and before.days[0] < MERGER_DAY <= after.days[-1]
    return crossed and _successor(p) == _successor(q)


@cache
def _successors() -> dict[str, str]:
    return {unit.name: unit.merged_into or unit.name for unit in provinces() if unit.valid_to}


def _successor(place: str) -> str:
    return _successors().get(place, place)


def _events(a: Profile, b: Profile) -> Clue | None:
    if a.events & b.events:
        return Clue(3, "named in editions of one article")
    return None


def _levels(a: Profile, b: Profile) -> Clue | None:
    if (a.local or b.local) and a.posts and b.posts and not _levels_of(a) & _levels_of(b):
        return Clue(-2, f"posts at {_listed(a)} level against {_listed(b)} level")
    return None


def _levels_of(profile: Profile) -> set[str]:
    return {post.level for post in profile.posts}


def _listed(profile: Profile) -> str:
    return " and ".join(sorted(_levels_of(profile)))


def _days_apart(a: Profile, b: Profile) -> int | None:
    """Return the smallest distance between articles of the two in days, None where no date is known."""
    pairs = [abs((date.fromisoformat(x) - date.fromisoformat(y)).days) for x in a.days for y in b.days]
    return min(pairs, default=None)
