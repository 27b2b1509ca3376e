"""Print how every F1 differs from the unchanged texts' when what must not matter is changed.

Usage: python tests/metamorphic/table.py [--seeds N] [--kinds] [--only NAME ...] [FOLDER ...]
"""

import argparse
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

# Run as a script, its own modules and the package of this checkout come first.
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent.parent)]

from changing import FOLDERS, Case, Transform, cases
from layout import glue
from transforms import TRANSFORMS

from miner.blocks import detect_language
from miner.contract import to_contract
from miner.evaluate import ROWS, STRICT, Count
from miner.evaluate.compare import compare
from miner.extract import extract
from miner.records import Article

LANGUAGES = ("vi", "fr", "en", "es")
GLUED = "glue"
Scores = dict[str, dict[str, Count]]


def random_for(case: Case, seed: int) -> Random:
    return Random(zlib.crc32(case.name.encode()) + seed)


def found_in(case: Case) -> dict[str, Any]:
    return to_contract(extract(Article(case.name, case.text, detect_language(case.text))))


def count(case: Case) -> dict[str, Count]:
    return {row: compared.count for row, compared in compare(case.gold, found_in(case)).items()}


def score(found: Iterable[Case], count: Callable[[Case], dict[str, Count]] = count) -> Scores:
    """Return the counts of each row by language."""
    scores: Scores = {}
    for case in found:
        total = scores.setdefault(case.gold["language"], dict.fromkeys(ROWS, Count()))
        for row, counted in count(case).items():
            total[row] += counted
    return scores


def f1(rows: dict[str, Count]) -> dict[str, float]:
    """Return the F1 of each row, and `strict`."""
    found = {row: rows[row].f1 for row in ROWS}
    return {"strict": sum(found[row] for row in STRICT) / len(STRICT), **found}


def changed(found: Iterable[Case], transform: Transform, seed: int) -> list[Case]:
    return [transform(case, random_for(case, seed)) for case in found]


def pairs(found: Iterable[Case], seed: int) -> Iterator[tuple[Case, Case]]:
    """Yield pairs of articles in one language, at random, whose seam something marks.

    That is a signature or the like at the end of the first, or a dateline at the beginning of the second.
    """
    by_language: dict[str, list[Case]] = {}
    for case in found:
        by_language.setdefault(case.gold["language"], []).append(case)
    for language, group in sorted(by_language.items()):
        Random(zlib.crc32(language.encode()) + seed).shuffle(group)
        for first, second in zip(group[::2], group[1::2], strict=False):
            if _is_dated(second) or (_is_signed(first) and _has_headline(second)):
                yield first, second
            elif _is_dated(first) or (_is_signed(second) and _has_headline(first)):
                yield second, first


def _is_signed(case: Case) -> bool:
    last = case.text.rstrip().rsplit("\n", 1)[-1]
    return len(last) <= 40 and not last.endswith(".")


def _is_dated(case: Case) -> bool:
    top = case.text.lstrip().split("\n\n")[:3]
    stamped = any(
        len(line) < 120 and re.search(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\b20\d\d\b.*\d:\d\d", line) for line in top
    )
    return _has_headline(case) and (
        stamped or any(re.match(r"\(?[\w. ]{2,25}\)? ?(\(\w+\) )?[-–] ", line) for line in top)
    )


def _has_headline(case: Case) -> bool:
    first = case.text.split("\n", 1)[0].rstrip()
    return len(first) <= 250 and not first.endswith(".")


@cache
def unchanged(folders: tuple[Path, ...]) -> Scores:
    return score(case for folder in folders for case in cases(folder))


def measure(task: tuple[str, int, tuple[Path, ...]]) -> tuple[dict[str, dict[str, float]], float]:
    """Return the differences by language and row of one transform under one seed, and the share of texts changed."""
    name, seed, folders = task
    found = [case for folder in folders for case in cases(folder)]
    if name == GLUED:
        together = [pair for folder in folders for pair in pairs(cases(folder), seed)]
        before = score(case for pair in together for case in pair)
        after, share = score(glue(*pair) for pair in together), 1.0
    else:
        new = changed(found, next(t for t in TRANSFORMS if t.__name__ == name), seed)
        before, after = unchanged(folders), score(new)
        share = sum(a.text != b.text for a, b in zip(found, new, strict=True)) / len(found)
    differences = {}
    for language in sorted(before):
        old, now = f1(before[language]), f1(after[language])
        differences[language] = {row: now[row] - old[row] for row in old}
    return differences, share


Table = dict[str, tuple[dict[str, dict[str, float]], float]]


def measure_all(names: list[str], seeds: int, folders: tuple[Path, ...]) -> Table:
    """Return for each transform the mean differences over the seeds."""
    tasks = [(name, seed, folders) for name in names for seed in range(1, seeds + 1)]
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(measure, tasks))
    table: Table = {}
    for name in names:
        own = [result for task, result in zip(tasks, results, strict=True) if task[0] == name]
        means = {
            language: {row: sum(found[language][row] for found, _ in own) / len(own) for row in rows}
            for language, rows in own[0][0].items()
        }
        table[name] = means, sum(share for _, share in own) / len(own)
    return table


def show(difference: float) -> str:
    return "0" if abs(difference) < 0.0005 else f"{difference:+.3f}".replace("-", "−")


def by_kind(table: Table, language: str) -> Iterator[str]:
    """Yield the lines of the table of one language: a column for each row of the score."""
    rows = ("strict", *ROWS)
    yield f"| {language} | changed | " + " | ".join(rows) + " |"
    yield "|--" * (len(rows) + 2) + "|"
    for name, (found, share) in table.items():
        if language in found:
            yield f"| {name} | {share:.0%} | " + " | ".join(show(found[language][row]) for row in rows) + " |"


def short(table: Table) -> Iterator[str]:
    """Yield the lines of one table: strict F1 and the kind that differs most, by language."""
    languages = [language for language in LANGUAGES if any(language in found for found, _ in table.values())]
    yield "| change | texts changed | " + " | ".join(languages) + " |"
    yield "|--" * (len(languages) + 2) + "|"
    for name, (found, share) in table.items():
        cells = [_cell(found[language]) if language in found else "" for language in languages]
        yield f"| {name.replace('_', ' ')} | {share:.0%} | " + " | ".join(cells) + " |"


def _cell(rows: dict[str, float]) -> str:
    worst = max(ROWS, key=lambda row: abs(rows[row]))
    return show(rows["strict"]) + (f" ({worst} {show(rows[worst])})" if abs(rows[worst]) >= 0.0005 else "")


def main() -> None:
    names = [*(t.__name__ for t in TRANSFORMS), GLUED]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[FOLDERS["sample"], FOLDERS["development"]])
    parser.add_argument("--seeds", type=int, default=5, help="how often each change is drawn anew")
    parser.add_argument("--kinds", action="store_true", help="a table for each language with a column for each kind")
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="NAME", help=", ".join(names))
    options = parser.parse_args()
    table = measure_all(options.only, options.seeds, tuple(options.folders))
    if options.kinds:
        print("\n\n".join("\n".join(by_kind(table, language)) for language in LANGUAGES))
    else:
        print("\n".join(short(table)))


if __name__ == "__main__":
    main()
