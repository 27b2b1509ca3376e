"""The tables of docs/graph.md say what the schema says."""

from __future__ import annotations

from pathlib import Path

from miner.graph.schema import load_schema

PAGE = (Path(__file__).parents[2] / "docs" / "graph.md").read_text(encoding="utf-8").splitlines()


def rows(header: str) -> list[str]:
    start = next(number for number, line in enumerate(PAGE) if line.startswith(header))
    return PAGE[start + 2 : PAGE.index("", start)]


def test_nodes() -> None:
    kinds = load_schema().nodes.values()
    told = {k.name: ", ".join(f"`{name}`" for name in k.attributes) or "–" for k in kinds}
    assert rows("| node |") == [f"| `{k.name}` | {k.description} | {told[k.name]} |" for k in kinds]


def test_edges() -> None:
    assert rows("| edge |") == [
        f"| `{k.name}` | {', '.join(k.source)} | {', '.join(k.target)} | {k.time} | {k.description} |"
        for k in load_schema().edges.values()
    ]
