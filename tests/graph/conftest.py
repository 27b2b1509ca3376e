"""A small corpus made by hand: two editions of one event, and a second event."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from miner.graph import build_graph
from miner.link import link
from miner.records import Article, Directive, Facts, Figure, Instruction, Official, Participation, Position

ODD_TEXTS = [
    "INF",
    "thông tin INFORMATION",
    "null",
    'say "x", (y)',
    "a & b < c",
    "Nguyễn Ễ",
    "back\\slash",
    "x | y; z",
    "𝔘",
]
PPC = "provincial_peoples_committee"
RESOLUTION = ("57-NQ/TW", "resolution", "politburo", "2024-12-22")


@dataclass
class Corpus:
    articles: list[Article]
    facts: list[Facts]

    def graph(self):
        return build_graph(self.articles, self.facts, link(self.facts, self.articles))


def edition(name: str, language: str, person: str) -> Facts:
    """One edition of the first event: its chair demands something of the police, citing a resolution."""
    figures = [
        Figure(name, 60, 65, "55/63", 55, 63, "count", "=", "result", "ratio", place="Nghệ An"),
        Figure(name, 70, 73, "95 %", 95, None, "percent", ">=", "target", "percent", place="Nghệ An"),
    ]
    return Facts(
        name,
        language,
        (Official(name, person, 0, 9, "name"),),
        (Position(name, person, "chair", PPC, "Nghệ An", 10, 20, "post"),),
        (Directive(name, *RESOLUTION, 30, 38, "number", number="57", level="central"),),
        tuple(figures),
        (Instruction(name, 25, 50, person, "request", "demand", addressees=("dept_health",)),),
        (Participation(name, person, "chair", "Nghệ An", 0, 9, "part"),),
    )


@pytest.fixture
def corpus() -> Corpus:
    articles = [
        Article("one.vi", "Họp về chuyển đổi số\n", "vi", published="2025-03-04"),
        Article("one.fr", "Réunion sur le numérique\n", "fr", published="2025-03-05"),
        Article("two.vi", "Hội nghị", "vi", published="2025-06-10"),
    ]
    second = Facts(
        "two.vi",
        "vi",
        (Official("two.vi", "Trần Văn Mẫu", 0, 9, "name"), Official("two.vi", "Lê Thị Thử", 10, 19, "name")),
        (
            Position("two.vi", "Trần Văn Mẫu", "chair", PPC, "Nghệ An", 0, 9, "post"),
            Position(
                "two.vi", "Lê Thị Thử", "deputy_minister", "ministry_health", None, 10, 19, "post", modifier="former"
            ),
        ),
        instructions=(Instruction("two.vi", 20, 30, PPC, "assign", "demand"),),
        participations=(Participation("two.vi", "Lê Thị Thử", "speak", None, 10, 19, "part"),),
    )
    facts = [edition("one.vi", "vi", "Trần Văn Mẫu"), edition("one.fr", "fr", "Tran Van Mau"), second]
    return Corpus(articles, facts)


@pytest.fixture
def odd_corpus(corpus: Corpus):
    """The graph of the corpus with texts that importers damage, and edges seen on several days."""
    graph = corpus.graph()
    for number, (node, values) in enumerate(graph.nodes(data=True)):
        odd = ODD_TEXTS[number % len(ODD_TEXTS)]
        values |= {"label": f"{values['label']} {odd}", "note": odd, "rank": number / 7, "known": number % 2 == 0}
        values["names"] = [odd, f"vi: {node}"]
    for number, (*_, values) in enumerate(graph.edges(data=True)):
        values["evidence"] = [*values["evidence"], f"{ODD_TEXTS[number % len(ODD_TEXTS)]}:1-2:rule"]
        if values["days"]:
            values["days"] = ["2024-02-29", "2024-03-01", "2024-12-31"]
    return graph
