"""Print the tables of docs/evaluation.md: F1 with its 95 % interval by kind and language, for each folder of gold.

Usage: python benchmarks/evaluation.py corpus/sample [FOLDER ...]
"""

import sys
from pathlib import Path

from miner.blocks import detect_language
from miner.contract import to_contract
from miner.evaluate import evaluate
from miner.extract import extract
from miner.records import Article

LANGUAGES = ("vi", "fr", "en")


def found(folder: Path) -> list[dict[str, object]]:
    articles = []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        articles.append(to_contract(extract(Article(path.stem, text, detect_language(text)))))
    return articles


def table(folder: Path) -> str:
    output = found(folder)
    scores = {language: evaluate(folder, output, language) for language in LANGUAGES}
    intervals = {language: score.intervals() for language, score in scores.items()}
    lines = ["| F1 | " + " | ".join(LANGUAGES) + " |", "|--|" + "--|" * len(LANGUAGES)]
    for row in scores["fr"].by_row:
        cells = []
        for language in LANGUAGES:
            low, high = intervals[language][row]
            cells.append(f"{scores[language].by_row[row].f1:.3f} ({low:.2f}–{high:.2f})")
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    lines.append("| **strict** | " + " | ".join(f"**{scores[language].strict:.3f}**" for language in LANGUAGES) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(f"\n{argument}: {len(list(Path(argument).glob('*.json')))} articles\n\n{table(Path(argument))}")
