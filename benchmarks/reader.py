"""Reading of real pages: text, captions and time, beside trafilatura in the same run.

Usage: python benchmarks/reader.py CLONE [CLONE] [--pages 200] [--rounds 3]

CLONE is a clone of https://github.com/adbar/trafilatura (its evaluation: passages that belong to the text and passages
that do not) or of https://github.com/flairNLP/fundus (its parsers' tests: paragraphs and captions of news pages). Their
pages are others' property: they are read where they lie and never become part of this repository.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import trafilatura
from lxml import html

from miner.errors import ReadError
from miner.read.page import read_page
from miner.records import Article

#: What is no running text.
_APART = {"caption", "noise"}
_INVISIBLE = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff]")


@dataclass(frozen=True)
class Page:
    name: str
    data: bytes
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    captions: tuple[str, ...] = ()


def level(text: str) -> str:
    """Return a text with single spaces and without signs that have no width, such as soft hyphens."""
    return " ".join(_INVISIBLE.sub("", text).split())


def pages_of_trafilatura(clone: Path) -> list[Page]:
    tests, pages = clone / "tests", []
    for _, item in sorted(json.loads((tests / "evaldata.json").read_text(encoding="utf-8")).items()):
        path = next(
            (
                tests / folder / item["file"]
                for folder in ("cache", "eval")
                if (tests / folder / item["file"]).is_file()
            ),
            None,
        )
        if path:
            pages.append(Page(path.name, path.read_bytes(), tuple(item["with"]), tuple(item["without"])))
    return pages


def pages_of_fundus(clone: Path) -> list[Page]:
    pages = []
    for path in sorted((clone / "tests/resources/parser/test_data").glob("*/*.json")):
        versions = json.loads(path.read_text(encoding="utf-8"))
        files = sorted(path.parent.glob(f"{path.stem}_[0-9]*.html.gz"))
        if len(files) == len(versions):
            pages += [fundus_page(file, versions[name]) for file, name in zip(files, sorted(versions), strict=True)]
    return pages


def fundus_page(path: Path, item: dict) -> Page:
    data = gzip.decompress(path.read_bytes())
    seen = visible(data)
    sections = item["body"]["sections"]
    inside = [*item["body"]["summary"], *(p for s in sections for p in (*s["headline"], *s["paragraphs"]))]
    captions = {level(image.get("caption") or "") for image in item.get("images") or ()}
    return Page(path.name, data, tuple(inside), (), tuple(sorted(c for c in captions if len(c) > 8 and c in seen)))


def visible(data: bytes) -> str:
    """Return what a reader of the page sees, and no script: some captions stand in these alone."""
    tree = html.document_fromstring(
        trafilatura.utils.decode_file(data).encode(), parser=html.HTMLParser(encoding="utf-8")
    )
    for element in list(tree.iter("script", "style", "noscript", "template")):
        element.drop_tree()
    return level(tree.text_content())


def by_miner(page: Page) -> Article | None:
    try:
        return read_page(page.data, page.name, id=page.name)
    except ReadError:
        return None


def by_trafilatura(page: Page, metadata: bool = True) -> str:
    found = trafilatura.bare_extraction(page.data, include_comments=False, with_metadata=metadata)
    return found.text or "" if found else ""


def passages(pages: list[Page], texts: list[str]) -> Counter[str]:
    """Count the passages that are there and should be, and the other three."""
    counts: Counter[str] = Counter()
    for page, text in zip(pages, map(level, texts), strict=True):
        for key, wanted in (("right", page.inside), ("wrong", page.outside)):
            there = sum(level(passage) in text for passage in wanted)
            counts.update({key: there, f"not {key}": len(wanted) - there})
    return counts


def words(pages: list[Page], texts: list[str]) -> Counter[str]:
    """Count the words that text and paragraphs share, the text's others and the paragraphs' others."""
    counts: Counter[str] = Counter()
    for page, text in zip(pages, texts, strict=True):
        found, wanted = (Counter(re.findall(r"\w+", part.lower())) for part in (text, " ".join(page.inside)))
        both = (found & wanted).total()
        counts.update({"right": both, "wrong": found.total() - both, "not right": wanted.total() - both})
    return counts


def line(name: str, counts: Counter[str]) -> str:
    precision = counts["right"] / max(1, counts["right"] + counts["wrong"])
    recall = counts["right"] / max(1, counts["right"] + counts["not right"])
    return f"{name:22} P {precision:.3f}  R {recall:.3f}  F {2 * precision * recall / (precision + recall):.4f}"


def seconds(pages: list[Page], rounds: int) -> dict[str, float]:
    """Return the least time that each took for each page, summed: what else runs on the machine disturbs it least."""
    contestants: dict[str, Callable[[Page], object]] = {
        "miner": by_miner,
        "trafilatura, metadata": by_trafilatura,
        "trafilatura, text": functools.partial(by_trafilatura, metadata=False),
    }
    taken: dict[str, dict[str, float]] = {name: {} for name in contestants}
    for _ in range(rounds + 1):  # the first round warms caches
        for page in pages:
            for name, call in contestants.items():
                start = time.process_time()
                call(page)
                spent = time.process_time() - start
                taken[name][page.name] = min(spent, taken[name].get(page.name, spent))
    return {name: sum(times.values()) for name, times in taken.items()}


def text(article: Article | None) -> str:
    """Return the text without captions and noise: both are kept apart, and trafilatura's evaluation wants neither."""
    if not article:
        return ""
    return "\n".join(article.text[b.start : b.end] for b in article.blocks if b.kind not in _APART)


def body(article: Article | None) -> str:
    """Return the text without title and captions."""
    if not article:
        return ""
    blocks = [b for b in article.blocks if b.kind not in _APART]
    texts = [article.text[b.start : b.end] for b in blocks]
    return "\n".join(text for text in texts if text != article.title)


def show(clone: Path, limit: int, rounds: int) -> None:
    own = (clone / "tests/evaldata.json").is_file()
    pages = pages_of_trafilatura(clone) if own else pages_of_fundus(clone)
    if not pages:
        raise SystemExit(f"{clone} holds neither tests/evaldata.json nor tests/resources/parser/test_data")
    articles = [by_miner(page) for page in pages]
    texts = [by_trafilatura(page) for page in pages]
    print(f"{clone.name}: {len(pages)} pages, {sum(a is None for a in articles)} without text for miner")
    mine = [a.text if a else "" for a in articles]
    score = passages if own else words
    print(line("miner, with captions", score(pages, mine)))
    print(line("miner, text", score(pages, [text(a) if own else body(a) for a in articles])))
    print(line("trafilatura", score(pages, texts)))
    wanted = sum(len(page.captions) for page in pages)
    if wanted:
        both = {"miner": mine, "trafilatura": texts}
        for name, found in both.items():
            there = sum(c in level(text) for page, text in zip(pages, found, strict=True) for c in page.captions)
            print(f"{name:22} captions {there} of {wanted} ({there / wanted:.1%})")
    times = seconds(pages[:: max(1, len(pages) // limit)], rounds)
    for name, taken in times.items():
        print(f"{name:22} {taken:7.2f} s  x {taken / times['trafilatura, metadata']:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=200, help="of each clone, for the time alone")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for clone in given.clones:
        show(clone, given.pages, given.rounds)
