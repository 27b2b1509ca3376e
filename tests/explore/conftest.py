"""A small corpus made by hand, with markup where nobody expects it, and its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from miner.explore import write_page
from miner.explore.page.html import find_bundle
from miner.graph import build_graph, graph_of
from miner.ledger import build_ledger
from miner.link import link
from miner.records import Article, Directive, Facts, Figure, Official, Participation, Position

EVIL = "<script>window.pwned=1</script>"
#: The name of an official who is markup.
EVIL_NAME = f"Lê Văn {EVIL}<img src=x onerror=pwned=1>"
PPC = "provincial_peoples_committee"
RESOLUTION = ("57-NQ/TW", "resolution", "politburo", "2024-12-22")
_TEXT = (
    "Ông Trần Văn Mẫu chủ trì hội nghị. Nghị quyết 57-NQ/TW được nhắc lại. Tỉnh phấn đấu 95 % và đạt 90 % hồ sơ "
    f"trực tuyến. Một câu có {EVIL} & dấu </script> ở giữa."
)


def articles() -> list[Article]:
    """Three articles: two of Nghệ An, one of Hà Giang; one address is no address."""
    return [
        Article("a", _TEXT, "vi", url="https://example.org/a?x=1&y=2", title=f"Họp {EVIL}", published="2025-03-04"),
        Article("b", _TEXT, "vi", url="javascript:window.pwned=1", title="</script>" + EVIL, published="2025-09-05"),
        Article("c", _TEXT, "vi", title="Hà Giang", published="2024-05-06"),
    ]


def facts() -> list[Facts]:
    """What the articles say: posts, a directive, a target with its result, who chaired."""
    return [
        _facts("a", "Nghệ An", "Trần Văn Mẫu"),
        _facts("b", "Nghệ An", EVIL_NAME),
        _facts("c", "Hà Giang", "Lý Thị Thử"),
    ]


def _facts(name: str, place: str, person: str) -> Facts:
    def at(word: str) -> tuple[int, int]:
        start = _TEXT.index(word)
        return start, start + len(word)

    who, symbol, bad = at("Trần Văn Mẫu"), at("57-NQ/TW"), at(EVIL)
    figure = {"of": None, "unit": "percent", "place": place, "indicator": "hồ sơ trực tuyến", "date": "2024-12-31"}
    return Facts(
        name,
        "vi",
        (Official(name, person, *who, "name"),),
        (
            Position(name, person, "chair", PPC, place, *who, "post"),
            Position(name, person, "member", None, place, *bad, "post"),
        ),
        (Directive(name, *RESOLUTION, *symbol, "number", number="57", level="central"),),
        (
            Figure(name, *at("95 %"), "95 %", 95, comparator=">=", kind="target", rule="percent", **figure),  # type: ignore[arg-type]
            Figure(name, *at("90 %"), "90 %", 90, comparator="=", kind="result", rule="percent", **figure),  # type: ignore[arg-type]
        ),
        (),
        (Participation(name, person, "chair", place, *who, "part"),),
    )


@dataclass(frozen=True)
class Small:
    """The small corpus as a corpus folder would give it."""

    graph: Any
    provinces: Any
    entities: pd.DataFrame
    articles: pd.DataFrame
    positions: pd.DataFrame
    directives: pd.DataFrame
    figures: pd.DataFrame
    ledger: pd.DataFrame


@pytest.fixture(scope="session")
def small() -> Small:
    entities = link(facts(), articles())
    rows = {
        kind: pd.DataFrame([r.to_dict() for f in facts() for r in getattr(f, kind)])
        for kind in ("positions", "directives", "figures")
    }
    known = pd.DataFrame([a.to_dict() for a in articles()])
    members = pd.DataFrame([e.to_dict() for e in entities])
    graph = build_graph(articles(), facts(), entities)
    provinces = graph_of(articles(), facts(), entities, "provinces")
    return Small(graph, provinces, members, known, ledger=build_ledger(rows["figures"], known, members), **rows)


@pytest.fixture(scope="session")
def write_sample(small: Small) -> Callable[[Path], Path]:
    """Return what writes the page of the small corpus; skips where the script is not built."""
    from miner.errors import InputError

    try:
        find_bundle()
    except InputError as error:
        pytest.skip(str(error))

    def write(path: Path) -> Path:
        tables = {name: getattr(small, name) for name in ("positions", "directives", "figures", "ledger")}
        return write_page(path, small.graph, articles(), link(facts(), articles()), tables, f"Bài & {EVIL}")

    return write
