"""The explorable page: everything of a corpus that people look at, in one file that needs no network."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from miner.explore.page.html import find_bundle, render
from miner.explore.page.network import MOST_EDGES, MOST_NODES, backbone, describe_network
from miner.explore.page.posts import describe_posts
from miner.explore.page.proofs import Proofs
from miner.explore.page.provinces import describe_maps
from miner.explore.page.rows import describe_directives, describe_targets
from miner.records import Article, Entity

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST_EDGES", "MOST_NODES", "write_page"]


def write_page(
    path: str | Path,
    graph: Any,
    articles: Iterable[Article],
    entities: Iterable[Entity],
    tables: dict[str, pd.DataFrame],
    title: str = "miner",
) -> Path:
    """Write the explorable page.

    Parameters
    ----------
    path : str or Path
        The HTML file.
    graph : networkx.MultiDiGraph
        What `miner.graph.build_graph` made, with positions and sizes.
    articles : iterable of Article
        The articles, for titles, dates, addresses and the sentences of the evidence.
    entities : iterable of Entity
        What was linked; who holds which post is taken from it.
    tables : dict of str to pandas.DataFrame
        ``positions``, ``directives``, ``figures`` and ``ledger`` of the corpus.
    title : str, default "miner"
        The heading of the page.

    Returns
    -------
    Path
        The page. The same input gives the same bytes. Of a graph with more than `MOST_NODES` nodes or `MOST_EDGES`
        edges it holds the backbone and says so.

    Raises
    ------
    InputError
        The page's script was not built when miner was installed: the message says what to do.
    """
    find_bundle()
    linked = list(entities)
    proofs = Proofs()
    ids = {(e.kind, article, name): e.id for e in linked for article, name in e.members}
    nodes, edges = backbone(graph)
    data = {
        "title": title,
        **describe_network(graph, nodes, edges, proofs),
        "posts": describe_posts(tables["positions"], ids, set(nodes), proofs),
        "targets": describe_targets(tables["ledger"], proofs),
        "directives": describe_directives(tables["directives"], ids, graph.graph.get("event_of", {}), proofs),
        "maps": describe_maps(graph, tables["ledger"], tables["figures"]),
    }
    data |= proofs.resolve(articles)
    Path(path).write_text(render(data, title), encoding="utf-8")
    return Path(path)
