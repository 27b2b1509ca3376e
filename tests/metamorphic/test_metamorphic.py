"""What must not matter does not: F1 stays within 0.02 when an article is renamed, rewritten or laid out anew."""

import json
import statistics
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from random import Random

import pytest
from transforms import TRANSFORMS, Case, glue

from miner.blocks import detect_language
from miner.contract import to_contract
from miner.evaluate.compare import Count, compare
from miner.extract import extract
from miner.records import Article

ROOT = Path(__file__).parent.parent.parent
FOLDERS = {"sample": ROOT / "corpus" / "sample", "dev": ROOT.parent / "shared" / "gold" / "dev"}
#: Languages without a sample, with their articles elsewhere.
FOLDERS["es"] = ROOT / "corpus" / "development"
PATTERNS = {"es": "*.es.json"}
ROWS = (
    "officials",
    "positions+place",
    "directives+attributes",
    "figures",
    "figures+meaning",
    "instructions",
    "participations",
)
TOLERANCE = 0.02


@cache
def cases(folder: str) -> tuple[Case, ...]:
    found = []
    for path in sorted(FOLDERS[folder].glob(PATTERNS.get(folder, "*.json"))):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        found.append(Case(path.stem, text, json.loads(path.read_text(encoding="utf-8"))))
    if not found:
        pytest.skip(f"{FOLDERS[folder]} is not there")
    return tuple(found)


def score(changed: Iterable[Case]) -> dict[str, float]:
    total = {row: Count() for row in ROWS}
    for case in changed:
        found = to_contract(extract(Article(case.name, case.text, detect_language(case.text))))
        compared = compare(case.gold, found)
        total = {row: total[row] + compared[row].count for row in ROWS}
    return {row: count.f1 for row, count in total.items()}


@cache
def base(folder: str) -> dict[str, float]:
    return score(cases(folder))


def lost(before: dict[str, float], after: dict[str, float]) -> dict[str, str]:
    return {row: f"{before[row]:.3f} -> {after[row]:.3f}" for row in ROWS if after[row] < before[row] - TOLERANCE}


def random_for(case: Case) -> Random:
    return Random(zlib.crc32(case.name.encode()))


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("transform", TRANSFORMS, ids=lambda t: t.__name__)
def test_what_must_not_matter(transform: Callable[[Case, Random], Case], folder: str) -> None:
    changed = [transform(case, random_for(case)) for case in cases(folder)]
    assert lost(base(folder), score(changed)) == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_two_articles_in_one_text(folder: str) -> None:
    """Facts of one article do not attach to the other's people."""
    by_language: dict[str, list[Case]] = {}
    for case in cases(folder):
        by_language.setdefault(case.gold["language"], []).append(case)
    pairs = [(group[i], group[i + 1]) for group in by_language.values() for i in range(0, len(group) - 1, 2)]
    apart = score(case for pair in pairs for case in pair)
    assert lost(apart, score(glue(*pair) for pair in pairs)) == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_most_articles_are_really_changed(folder: str) -> None:
    """A transform that changes nothing would test nothing."""
    for transform in TRANSFORMS[:4]:
        shares = [transform(case, random_for(case)).text != case.text for case in cases(folder)]
        assert statistics.mean(shares) > 0.3, transform.__name__
