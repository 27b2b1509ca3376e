"""Arithmetic on the figures of one article: parts and wholes, stated percentages and the ratios beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from miner.ledger.cues import cue
from miner.records import Figure
from miner.text import fold

#: A percentage states a ratio that ends at most so many characters before it, if words like 'that is' or a bracket lead
#: to it; without the text it must follow at once.
NEAR, AT_ONCE = 100, 12
#: It differs from the ratio by at most so many points; else the two do not belong together.
RELATED = 5.0
#: The leading words stand at most so many characters before the percentage.
_LEAD = 24
_BRACKET = re.compile(r"\([^()]*$")
#: Sums of other than counts may differ by this part of the whole, for they are rounded.
ROUNDED = 0.005

Warnings = dict[Figure, list[str]]


def check(figures: Iterable[Figure], text: str | None = None) -> Warnings:
    """Return what does not add up, by figure.

    Parameters
    ----------
    figures : iterable of Figure
        The figures of one article, in order.
    text : str, optional
        The article's text: it tells whether a percentage states the ratio before it.
    """
    ordered = list(figures)
    found: Warnings = defaultdict(list)
    wholes = {(f.start, f.end): f for f in ordered}
    for figure, warning in [*_sums(ordered, wholes), *_ratios(ordered, wholes, text)]:
        found[figure].append(warning)
    return dict(found)


def _sums(figures: list[Figure], wholes: dict[tuple[int, int], Figure]) -> Iterator[tuple[Figure, str]]:
    parts: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in figures:
        whole = wholes.get(figure.part_of or (-1, -1))
        if whole and figure is not whole and figure.unit == whole.unit:
            parts[whole.start, whole.end].append(figure)
    for span, group in parts.items():
        whole = wholes[span]
        total = sum(part.value for part in group)
        slack = 0 if whole.unit == "count" else abs(whole.value) * ROUNDED
        if any(f.comparator != "=" for f in (whole, *group)) or abs(total - whole.value) <= slack:
            continue
        if len(group) > 1 or total > whole.value:
            listed = " + ".join(_plain(part.value) for part in group)
            yield whole, f"parts {listed} = {_plain(total)}, the whole is {_plain(whole.value)}"


def _ratios(
    figures: list[Figure], wholes: dict[tuple[int, int], Figure], text: str | None
) -> Iterator[tuple[Figure, str]]:
    before: Figure | None = None
    for figure in figures:
        if figure.unit != "percent":
            before = figure if _denominator(figure, wholes) and figure.kind != "rank" else before
        elif before and _states(before, figure, text):
            of = _denominator(before, wholes) or 1
            share = 100 * before.value / of
            if _rounding(figure.text) < abs(share - figure.value) <= RELATED:
                yield (
                    figure,
                    f"{_plain(before.value)} of {_plain(of)} is {share:.1f} %, said to be {_plain(figure.value)} %",
                )
            before = None


def _states(ratio: Figure, stated: Figure, text: str | None) -> bool:
    """Tell whether the percentage `stated` is said to be the ratio before it."""
    gap = stated.start - ratio.end
    if stated.kind == "change" or stated.comparator != "=" or gap > NEAR:
        return False
    if text is None:
        return gap <= AT_ONCE
    between = text[ratio.end : stated.start]
    lead = fold(between[-_LEAD:])
    return not re.search(r"[;\n]|[.!?]\s", between) and bool(_BRACKET.search(lead) or cue("share").search(lead))


def _denominator(figure: Figure, wholes: dict[tuple[int, int], Figure]) -> float | None:
    whole = wholes.get(figure.part_of or (-1, -1))
    return figure.of or (whole.value if whole and whole.unit == figure.unit else None) or None


def _rounding(text: str) -> float:
    decimals = re.search(r"\d[.,](\d+)", text)
    return float(0.5 * 10 ** -(len(decimals.group(1)) if decimals else 0)) + 1e-9


def _plain(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if float(value).is_integer() else f"{value:g}"
