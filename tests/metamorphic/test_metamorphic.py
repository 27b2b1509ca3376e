"""What must not matter does not: F1 stays within 0.02 when an article is renamed, rewritten or laid out anew.

Every transform changes half of the articles, another half than the next one; `table.py` measures all under many seeds.
"""

import statistics
import zlib
from itertools import chain

import pytest
from changing import FOLDERS, Case, Transform, cases
from layout import glue
from table import Scores, changed, count, f1, found_in, pairs, score
from transforms import TRANSFORMS

from miner.evaluate import ROWS, Count
from miner.text import fold

TOLERANCE = 0.02
#: Transforms that touch what few texts have, or texts in one language.
SELDOM = {"apostrophes_straight", "drop_diacritics", "no_accents", "roman_signs", "straight_quotes"}


def half(name: str) -> list[Case]:
    """Return half of the articles, chosen by the transform's name, in the same way from each language and kind."""
    articles = list(chain.from_iterable(cases(folder) for folder in FOLDERS.values()))
    return [case for case in articles if zlib.crc32(f"{name} {case.name}".encode()) % 2]


_counted: dict[str, dict[str, Count]] = {}


def known(case: Case) -> dict[str, Count]:
    """Count what is found in an unchanged article, once."""
    if case.name not in _counted:
        _counted[case.name] = count(case)
    return _counted[case.name]


def pooled(scores: Scores) -> dict[str, float]:
    return f1({row: sum((counts[row] for counts in scores.values()), start=Count()) for row in ROWS})


def differences(before: list[Case], after: list[Case]) -> dict[str, str]:
    old, new = pooled(score(before, known)), pooled(score(after))
    return {row: f"{old[row]:.3f} -> {new[row]:.3f}" for row in old if abs(new[row] - old[row]) > TOLERANCE}


@pytest.mark.parametrize("transform", TRANSFORMS, ids=lambda t: t.__name__)
def test_what_must_not_matter(transform: Transform) -> None:
    articles = half(transform.__name__)
    new = changed(articles, transform, seed=0)
    share = statistics.mean(a.text != b.text for a, b in zip(articles, new, strict=True))
    assert share > 0.3 or transform.__name__ in SELDOM, "a transform that changes nothing tests nothing"
    assert differences(articles, new) == {}


def test_two_articles_in_one_text() -> None:
    together = [pair for folder in FOLDERS.values() for pair in pairs(cases(folder), seed=0)]
    assert differences(list(chain.from_iterable(together)), [glue(*pair) for pair in together]) == {}


def test_hardly_a_fact_attaches_to_the_people_of_the_other_article() -> None:
    """Where nothing marks the seam (no signature, no dateline), one article cannot be told from the next."""
    strangers, facts = [], 0
    for first, second in chain.from_iterable(pairs(cases(folder), seed=0) for folder in FOLDERS.values()):
        found = found_in(glue(first, second))
        own = [{fold(o["name"]) for o in case.gold["officials"]} for case in (first, second)]
        positions = [{**post, "person": o["name"]} for o in found["officials"] for post in o["positions"]]
        for fact in [*found["instructions"], *found["participations"], *positions]:
            later = fact["span"][0] >= len(first.text)
            strangers += [fact] if fold(fact.get("issuer") or fact["person"]) in own[not later] - own[later] else []
            facts += 1
    assert len(strangers) <= facts / 100
