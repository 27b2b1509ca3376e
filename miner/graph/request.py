"""The graph, or a view of it, as it was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from miner.errors import InputError
from miner.graph.build import assemble, finish
from miner.graph.measures import backbone
from miner.graph.select import Selection, check_day, select
from miner.graph.succession import as_of
from miner.graph.views import place_steps, view
from miner.records import Article, Entity, Facts


def graph_of(
    articles: Iterable[Article],
    facts: Iterable[Facts],
    entities: Iterable[Entity],
    name: str | None = None,
    *,
    wanted: Selection | None = None,
    min_articles: int = 1,
    day: str | None = None,
    alpha: float | None = None,
    with_articles: bool = False,
    ledger: Iterable[Mapping[str, Any]] = (),
) -> nx.MultiDiGraph:
    """Build the graph of the selected articles, then the view, then leave out what is too weak.

    Parameters
    ----------
    articles, facts, entities, ledger, with_articles
        As for `miner.graph.build_graph`.
    name : str, optional
        The view (`miner.graph.views.view`); without it the whole graph.
    wanted : Selection, optional
        The articles that count.
    min_articles : int, optional
        The smallest weight of an edge that stays; nodes without edges go too if it is above 1.
    day : str, optional
        An ISO day: provinces that were gone on it, and their bodies, are their successors (`succession.as_of`).
    alpha : float, optional
        The level of the disparity filter (`miner.graph.measures.backbone`).

    Raises
    ------
    InputError
        No such view, place or directive; a day that is none; a number out of range.
    """
    check_day("as_of", day)
    if min_articles < 1 or (alpha is not None and not 0 < alpha <= 1):
        raise InputError(f"min_articles is {min_articles}, backbone {alpha}; allowed are 1 and more, and 0 to 1")
    chosen = wanted or Selection()
    things, former = as_of(entities, day) if day else (entities, {})
    inputs = select(articles, facts, things, chosen)
    graph = assemble(*inputs, ledger=ledger, with_articles=with_articles, former=former)
    graph = view(graph, name, chosen.directive) if name else graph
    graph = _strong(graph, min_articles) if min_articles > 1 else graph
    graph = backbone(graph, alpha) if alpha is not None else graph
    finish(graph)
    if name == "cascade":
        place_steps(graph)
    return graph


def _strong(graph: nx.MultiDiGraph, least: int) -> nx.MultiDiGraph:
    weak = [(s, t, key) for s, t, key, weight in graph.edges(keys=True, data="weight") if weight < least]
    graph.remove_edges_from(weak)
    graph.remove_nodes_from([node for node, degree in list(graph.degree()) if not degree])
    return graph
