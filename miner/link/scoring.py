"""Clues for and against two profiles of one name being one person: weighted, each with its reason."""

from __future__ import annotations

import unicodedata
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
    elif _contradict(a, b):
        return Clue(VETO, f"{a.name} and {b.name} differ in their marks")
    else:
        weight, reason = 1, "same name but for lost marks"
    if len(a.name.split()) < 3:
        return Clue(weight - 1, reason + ", of two syllables or fewer")
    return Clue(weight, reason)


def _contradict(a: Profile, b: Profile) -> bool:
    """Tell whether the names differ by more than marks that one of them, in another language, has lost."""
    if a.native and b.native and has_diacritics(a.name) and has_diacritics(b.name):
        return True
    return not (_is_worn(a.name, b.name) or _is_worn(b.name, a.name))


def _is_worn(worn: str, full: str) -> bool:
    """Tell whether `worn` is `full` with marks left out, letter by letter."""
    pairs = zip(_letters(worn), _letters(full), strict=False)
    return all(set(a) <= set(b) for a, b in pairs)


def _letters(name: str) -> list[str]:
    """Return each letter decomposed, with its marks; đ counts as d with a mark."""
    plain = unicodedata.normalize("NFC", lowered(name))
    return [unicodedata.normalize("NFD", c).replace("đ", "d\u0335") for c in plain]


def _posts(a: Profile, b: Profile) -> Clue | None:
    pairs = [(p, q) for p in sorted(a.posts) for q in sorted(b.posts) if p.body == q.body and p.body != "other"]
    found = [_post_clue(p, q, a, b) for p, q in pairs if "other" not in (p.role, q.role)]
    return max((clue for clue in found if clue), key=lambda clue: clue.weight, default=None)


def _post_clue(p: Post, q: Post, a: Profile, b: Profile) -> Clue | None:
    if p.role.removeprefix("standing_") != q.role.removeprefix("standing_"):
        return Clue(1, f"both in {p.body}") if p.level == "central" and p.body else None
    if p.place and q.place and p.place != q.place:
        return Clue(-3, f"{p} against {q}")
    if p.level in LOCAL:
        return _local_clue(p, q, a, b)
    if p.role != q.role:
        return Clue(3, f"{p} and {q}, standing being often left out")
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
