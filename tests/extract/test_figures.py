"""Sentences with the figures that stand in them, by language."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from miner.extract import extract
from miner.records import Article, Block, Figure

CASES = [
    (path.suffixes[0][1:], case)
    for path in sorted((Path(__file__).parent / "cases").glob("figures.*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
]


def figures(text: str, language: str, published: str | None = None) -> tuple[Figure, ...]:
    block = Block("paragraph", language, 0, len(text))
    return extract(Article("a", text, language=language, published=published, blocks=(block,))).figures


def plain(value: float) -> str:
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def shown(figure: Figure) -> str:
    value = plain(figure.value) + (f"/{plain(figure.of)}" if figure.of is not None else "")
    return f"{figure.text} | {value} {figure.unit} {figure.comparator} {figure.kind} {figure.date or '-'}"


@pytest.mark.parametrize(("language", "case"), CASES, ids=lambda x: x if isinstance(x, str) else x["text"][:40])
def test_figures_of_a_sentence(language: str, case: dict[str, object]) -> None:
    assert [shown(f) for f in figures(str(case["text"]), language, case.get("in"))] == case["figures"]
