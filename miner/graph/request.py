"""The graph, or a view of it, as it was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from miner.errors import InputError
from miner.graph.build import assemble, finish
from miner.graph.measures import backbone
from miner.graph.schema import load_schema
from miner.graph.select import Selection, check_day, select
from miner.graph.succession import as_of
from miner.graph.views import VIEWS, place_steps, view
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

    Returns
    -------
    networkx.MultiDiGraph
        The graph with measures and positions. Where it has no edges, ``graph.graph["empty"]`` says why.

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
    told = graph.graph["articles"]
    graph = view(graph, name, chosen.directive) if name else graph
    strongest = max((weight for *_, weight in graph.edges(data="weight")), default=0)
    if not strongest:
        why = _nothing(told, name)
    else:
        why = _too_weak(graph.number_of_edges(), strongest, min_articles, alpha)
    graph = _strong(graph, min_articles) if min_articles > 1 else graph
    graph = backbone(graph, alpha) if alpha is not None else graph
    if not graph.number_of_edges():
        graph.graph["empty"] = why
    finish(graph)
    if name == "cascade":
        place_steps(graph)
    return graph


def _strong(graph: nx.MultiDiGraph, least: int) -> nx.MultiDiGraph:
    weak = [(s, t, key) for s, t, key, weight in graph.edges(keys=True, data="weight") if weight < least]
    graph.remove_edges_from(weak)
    graph.remove_nodes_from([node for node, degree in list(graph.degree()) if not degree])
    return graph


def _nothing(articles: int, name: str | None) -> str:
    """Say why articles give no edges."""
    if not articles:
        return "no article fits since, until, language, place and directive together"
    if not name:
        return f"the {articles} articles name nothing that is linked"
    edge = load_schema().edges[VIEWS[name][0]]
    return f"nothing in the {articles} articles makes an edge. {edge.description}"


def _too_weak(edges: int, strongest: int, least: int, alpha: float | None) -> str:
    """Say why no edge of a graph is strong enough."""
    if strongest < least:
        return (
            f"min_articles is {least}, the largest weight of {edges} edges {strongest}, for the editions of one "
            f"article count once: take {strongest}, or a larger corpus"
        )
    alike = ", for each rests on one article" if strongest == 1 else ""
    return f"none of {edges} edges stands out at the level {alpha}{alike}: take a higher backbone, or none"
