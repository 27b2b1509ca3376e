"""The F1 of each kind and language does not fall below its floor.

Floors stand in ``floors.json``. ``python tests/test_quality.py`` raises them to what is measured now; it never lowers
one unless it is called with ``--lower``, which is for changes of the gold.
"""

import json
import sys
from functools import cache
from pathlib import Path

import pytest

from miner.blocks import detect_language
from miner.contract import to_contract
from miner.evaluate import evaluate
from miner.extract import extract
from miner.records import Article

ROOT = Path(__file__).parent.parent
FLOORS = Path(__file__).with_name("floors.json")
FOLDERS = {name: ROOT / "corpus" / name for name in ("sample", "development", "held-out")}
FOLDERS["dev"] = ROOT.parent / "shared" / "gold" / "dev"
SLACK = 0.005


@cache
def measured(folder: str) -> dict[str, dict[str, float]]:
    found = []
    for path in sorted(FOLDERS[folder].glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found.append(to_contract(extract(Article(path.stem, text, detect_language(text)))))
    scores = evaluate(FOLDERS[folder], found)
    return {lang: {row: count.f1 for row, count in rows.items()} for lang, rows in scores.by_language.items()}


def floors() -> dict[str, dict[str, dict[str, float]]]:
    content: dict[str, dict[str, dict[str, float]]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize(("folder", "language"), [(f, lang) for f, langs in floors().items() for lang in langs])
def test_no_f1_falls(folder: str, language: str) -> None:
    if not FOLDERS[folder].is_dir():
        pytest.skip(f"{FOLDERS[folder]} is not there")
    now = measured(folder)[language]
    fallen = {row: (now[row], floor) for row, floor in floors()[folder][language].items() if now[row] < floor - SLACK}
    assert not fallen, "F1 now and its floor"


def update(lower: bool) -> None:
    old = floors() if FLOORS.exists() else {}
    new: dict[str, dict[str, dict[str, float]]] = {}
    for folder in FOLDERS:
        if FOLDERS[folder].is_dir():
            new[folder] = {
                language: {
                    row: _floor(old.get(folder, {}).get(language, {}).get(row), f1, lower) for row, f1 in rows.items()
                }
                for language, rows in sorted(measured(folder).items())
            }
    FLOORS.write_text(json.dumps({**old, **new}, indent=1) + "\n", encoding="utf-8")


def _floor(old: float | None, now: float, lower: bool) -> float:
    return round(now if lower or old is None else max(old, now), 4)


if __name__ == "__main__":
    update("--lower" in sys.argv)
