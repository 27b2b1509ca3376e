"""An article with its gold, and what every change of its text needs: edits and new orders that move the spans along."""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from miner.text import fold, unaccented

Gold = dict[str, Any]
Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Case:
    """A text with its gold, under a name."""

    name: str
    text: str
    gold: Gold


Transform = Callable[[Case, Random], Case]

ROOT = Path(__file__).parent.parent.parent
FOLDERS = {name: ROOT / "corpus" / name for name in ("sample", "development")}
FOLDERS["dev"] = ROOT.parent / "shared" / "gold" / "dev"


@cache
def cases(folder: Path) -> tuple[Case, ...]:
    """Return the articles of a folder of gold, none if it is not there."""
    found = []
    for path in sorted(folder.glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        found.append(Case(path.stem, text, json.loads(path.read_text(encoding="utf-8"))))
    return tuple(found)


def spans(gold: Gold) -> list[tuple[int, int]]:
    return [tuple(fact["span"]) for kind in ("figures", "instructions") for fact in gold[kind]]


def places(gold: Gold) -> set[str]:
    found = {post["place"] for official in gold["officials"] for post in official["positions"]}
    return {place for place in found | {f["place"] for k in ("figures", "participations") for f in gold[k]} if place}


def map_places(gold: Gold, new: Callable[[Any], Any]) -> Gold:
    """Return a copy of the gold with other places."""
    gold = copy.deepcopy(gold)
    posts = [post for official in gold["officials"] for post in official["positions"]]
    for fact in [*posts, *gold["figures"], *gold["participations"]]:
        fact["place"] = new(fact["place"])
    return gold


# -- edits --


def apply(case: Case, edits: Iterable[Edit], gold: Gold | None = None) -> Case:
    """Replace the spans of `edits` (which must not overlap) and move the gold's spans along."""
    edits = sorted(edits)
    pieces, last = [], 0
    for start, end, new in edits:
        assert start >= last, "edits overlap"
        pieces += [case.text[last:start], new]
        last = end
    changed = copy.deepcopy(gold or case.gold)
    shifts = [0, *accumulate(len(new) - (end - start) for start, end, new in edits)]
    starts, ends = [edit[0] for edit in edits], [edit[1] for edit in edits]
    for kind in ("figures", "instructions"):
        for fact in changed[kind]:
            first, stop = fact["span"]
            fact["span"] = [_moved(first, starts, ends, shifts), _moved(stop, starts, ends, shifts, is_end=True)]
    return Case(case.name, "".join([*pieces, case.text[last:]]), changed)


def _moved(offset: int, starts: list[int], ends: list[int], shifts: list[int], *, is_end: bool = False) -> int:
    """Return where an offset lies after the edits; what is put in before an end belongs to what follows."""
    at = bisect_right(ends, offset)
    while is_end and at and starts[at - 1] >= offset:
        at -= 1
    if at < len(starts) and starts[at] < offset < ends[at]:
        return (ends[at] + shifts[at + 1]) if is_end else (starts[at] + shifts[at])
    return offset + shifts[at]


def each_char(case: Case, change: Callable[[str], str]) -> Case:
    return apply(case, [(i, i + 1, new) for i, c in enumerate(case.text) if (new := change(c)) != c])


def each_match(case: Case, pattern: str, new: str | Callable[[re.Match[str]], str]) -> Case:
    edits = [(*m.span(), m.expand(new) if isinstance(new, str) else new(m)) for m in re.finditer(pattern, case.text)]
    return apply(case, edits)


def disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """Keep the longest of edits that overlap."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e[0] - e[1], e[0], e[2])):
        if all(edit[1] <= k[0] or k[1] <= edit[0] for k in kept):
            kept.append(edit)
    return kept


def rearrange(case: Case, order: Iterable[tuple[int, int]]) -> Case:
    """Return the text with its parts, which cover it, in another order; a span must lie within one part."""
    gold, parts, offset = copy.deepcopy(case.gold), [], 0
    facts = [fact for kind in ("figures", "instructions") for fact in gold[kind]]
    old = [tuple(fact["span"]) for fact in facts]
    for start, end in order:
        parts.append(case.text[start:end])
        for fact, (first, stop) in zip(facts, old, strict=True):
            if start <= first < end:
                fact["span"] = [first - start + offset, stop - start + offset]
        offset += end - start
    return Case(case.name, "".join(parts), gold)


# -- finding names --


@cache
def _flattened(text: str) -> tuple[str, tuple[int, ...]]:
    flat, origin = [], []
    for index, char in enumerate(text):
        for c in fold(char) or (" " if char.isspace() else ""):
            flat.append(c)
            origin.append(index)
    return "".join(flat), tuple(origin)


def folded_matches(text: str, pattern: str, before: str = "") -> list[tuple[int, int]]:
    """Return where a folded pattern matches whole words with a capital, d' or l' aside; `before` must precede it."""
    folded, origin = _flattened(text)
    ahead = re.compile(rf"(?<!\w)(?:{before})\s*$") if before else None
    found = []
    for m in re.finditer(rf"(?<!\w)(?<![a-ce-km-rtv-z]'){pattern}(?![\w'])", folded):
        if ahead is None or ahead.search(folded[max(0, m.start() - 14) : m.start()]):
            found.append((origin[m.start()], origin[m.end() - 1] + 1))
    return [(a, b + _marks(text, b)) for a, b in found if text[a].isupper()]


def _marks(text: str, end: int) -> int:
    count = 0
    while end + count < len(text) and unicodedata.combining(text[end + count]):
        count += 1
    return count


def named(text: str, name: str) -> list[tuple[int, int]]:
    """Return where a name stands in a text, however it is accented."""
    return folded_matches(text, r"\s+".join(map(re.escape, fold(name).split())))


def dressed(old: str, new: str) -> str:
    """Write `new` as `old` was written: without diacritics, in capitals."""
    if old.isupper() and len(old) > 2:
        new = new.upper()
    return new if any(ord(c) > 127 for c in unicodedata.normalize("NFC", old)) else unaccented(new)
