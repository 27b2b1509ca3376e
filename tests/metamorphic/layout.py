"""Other orders and layouts of the same article, and two articles in one text."""

from __future__ import annotations

import copy
import re
import textwrap
from itertools import pairwise
from random import Random

from changing import Case, apply, rearrange, spans

from miner.text import fold


def wrap(case: Case, random: Random) -> Case:
    """Wrap the text at 80 columns: line breaks in place of spaces, so that no offset moves."""
    edits, start = [], 0
    for line in case.text.splitlines(keepends=True):
        offset = 0
        pieces = textwrap.wrap(
            line.rstrip("\n"), 80, break_long_words=False, break_on_hyphens=False, drop_whitespace=False
        )
        for piece, following in pairwise(pieces):
            offset += len(piece)
            at = offset - 1 if piece.endswith(" ") else offset if following.startswith(" ") else None
            if at is not None:
                edits.append((start + at, start + at + 1, "\n"))
        start += len(line)
    return apply(case, edits)


def bullets(case: Case, random: Random) -> Case:
    """Put a bullet before every paragraph below an empty line; short lines (headings, links) are no paragraphs."""
    sign = random.choice(["- ", "• ", "– ", "* ", "+ ", "▪ "])
    starts = [m.end() for m in re.finditer(r"\n\n(?=\S.{60,})", case.text)]
    return apply(case, [(s, s, sign) for s in starts])


def upper_headline(case: Case, random: Random) -> Case:
    """Write the first line in capitals."""
    end = case.text.find("\n")
    if not 0 < end < 250:
        return case
    edits = [(i, i + 1, up) for i in range(end) if len(up := case.text[i].upper()) == 1 and up != case.text[i]]
    return apply(case, edits)


_CAPTION = re.compile(r"(?m)^.*(?:Photo ?:|Ảnh ?:).*$\n?")


def double_captions(case: Case, random: Random) -> Case:
    """Repeat every caption that holds no figure and no instruction."""
    edits = []
    for m in _CAPTION.finditer(case.text):
        if not any(m.start() < b and a < m.end() for a, b in spans(case.gold)):
            edits.append((m.end(), m.end(), m.group() if m.group().endswith("\n") else "\n" + m.group()))
    return apply(case, edits)


def glue_captions(case: Case, random: Random) -> Case:
    """Put captions on the line of the paragraph after them."""
    edits = []
    for m in _CAPTION.finditer(case.text):
        gap = re.match(r"\s+", case.text[m.end() - 1 :])
        if gap and len(case.text) > m.end() + gap.end():
            edits.append((m.end() - 1, m.end() - 1 + gap.end(), " "))
    return apply(case, edits)


def shuffle_paragraphs(case: Case, random: Random) -> Case:
    """Put the paragraphs below the first in another order, with what follows each if it hangs on it."""
    lines = [m.span() for m in re.finditer(r"(?m)^.*\S.*$", case.text)]
    whole = [i for i, (a, b) in enumerate(lines) if b - a > 80 and case.text[a:b].rstrip().endswith(".")]
    groups: list[list[int]] = []
    for i in range(len(lines)):
        if groups and (i not in whole or i in whole[:1] or _hangs(case, lines[i])):
            groups[-1].append(i)
        else:
            groups.append([i])
    parts = [(lines[group[0]][0], lines[group[-1]][1]) for group in groups]
    loose = [k for k, group in enumerate(groups) if group[0] in whole[1:]]
    order = dict(zip(loose, random.sample(loose, len(loose)), strict=True))
    ends = [*(start for start, _ in parts[1:]), len(case.text)]
    pieces = [(0, parts[0][0])]
    for k, (_, end) in enumerate(parts):
        pieces += [parts[order.get(k, k)], (end, ends[k])]
    return rearrange(case, pieces)


def _hangs(case: Case, line: tuple[int, int]) -> bool:
    """Tell whether a paragraph needs the one before it, for who demands or for the year of a date."""
    first, last = line
    text = fold(case.text[first:last])
    inside = [f for f in case.gold["instructions"] if first <= f["span"][0] < last]
    unnamed = any(fold(fact["issuer"]) not in text for fact in inside)
    dated = [f for f in case.gold["figures"] if first <= f["span"][0] < last and f["date"]]
    return unnamed or any(fact["date"][:4] not in text for fact in dated)


def glue(first: Case, second: Case) -> Case:
    """Return two articles as one text."""
    between = "\n\n"
    shift = len(first.text) + len(between)
    gold, other = copy.deepcopy(first.gold), copy.deepcopy(second.gold)
    for kind in ("figures", "instructions"):
        for fact in other[kind]:
            fact["span"] = [offset + shift for offset in fact["span"]]
    for kind in ("officials", "directives", "figures", "instructions", "participations"):
        gold[kind] = gold[kind] + other[kind]
    return Case(f"{first.name}+{second.name}", first.text + between + second.text, gold)
