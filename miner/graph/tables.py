"""Node and edge lists as CSV: Gephi, Cytoscape, spreadsheets and statistics programs import them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from miner.contract import cell

_NODES = (
    *("kind", "names", "posts", "code", "level", "document_type", "issued", "n_articles", "first_seen", "last_seen"),
    *("degree", "strength", "betweenness", "pagerank", "core", "community", "brokerage", "explanation"),
    *("value", "unit", "comparator", "deadline", "result", "reached"),
)
_EDGES = ("roles", "languages", "first_seen", "last_seen", "evidence")


def write_csv(graph: Any, folder: str | Path) -> tuple[Path, Path]:
    """Write ``nodes.csv`` and ``edges.csv`` with the headers that Gephi expects.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A graph as `build_graph` makes it.
    folder : str or Path
        Where to write; must exist.

    Returns
    -------
    tuple of Path
        The two files. Lists are joined by ``; ``; a cell that a spreadsheet would take for a formula gets an
        apostrophe in front.
    """
    nodes = Path(folder) / "nodes.csv"
    edges = Path(folder) / "edges.csv"
    write_nodes(graph, nodes)
    write_edges(graph, edges)
    return nodes, edges


def write_nodes(graph: Any, path: Path) -> None:
    """Write the list of nodes."""
    _write(path, ["Id", "Label", *_NODES], _node_rows(graph))


def write_edges(graph: Any, path: Path) -> None:
    """Write the list of edges."""
    _write(path, ["Source", "Target", "Type", "Kind", "Label", "Weight", *_EDGES], _edge_rows(graph))


def _node_rows(graph: Any) -> Iterator[list[Any]]:
    for node, values in sorted(graph.nodes(data=True)):
        yield [node, values["label"], *(values.get(name) for name in _NODES)]


def _edge_rows(graph: Any) -> Iterator[list[Any]]:
    for source, target, values in sorted(graph.edges(data=True), key=lambda e: (e[0], e[1], e[2]["kind"])):
        head = [source, target, "Directed", values["kind"], values["label"], values["weight"]]
        yield [*head, *(values.get(name) for name in _EDGES)]


def _write(path: Path, header: list[str], rows: Iterable[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([cell(value) for value in row] for row in rows)
