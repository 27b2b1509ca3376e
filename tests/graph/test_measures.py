"""Measures of graphs that are known by hand."""

from __future__ import annotations

import networkx as nx
import pytest

from miner.graph import measures
from miner.graph.measures import backbone, betweenness, brokerage, communities, measure, pagerank

BARBELL = nx.barbell_graph(4, 1)


def weighted(*edges: tuple[str, str, float]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(sorted({end for edge in edges for end in edge[:2]}))
    for source, target, weight in edges:
        graph.add_edge(source, target, key="meets", kind="meets", weight=weight)
    return graph


def test_a_path_of_three() -> None:
    graph = weighted(("a", "b", 2), ("b", "c", 1))
    measure(graph)
    found = {node: (v["degree"], v["strength"], v["betweenness"], v["core"]) for node, v in graph.nodes(data=True)}
    assert found == {"a": (1, 2, 0, 1), "b": (2, 3, 1, 1), "c": (1, 1, 0, 1)}
    ranks = {node: values["pagerank"] for node, values in graph.nodes(data=True)}
    assert sum(ranks.values()) == pytest.approx(1)
    assert ranks["b"] > ranks["a"] > ranks["c"]


@pytest.mark.parametrize("fast", [True, False])
def test_a_barbell_has_two_communities(fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if fast:
        pytest.importorskip("igraph")
    else:
        monkeypatch.setattr(measures, "_igraph", lambda flat: None)
    graph = nx.relabel_nodes(BARBELL, str)
    nx.set_edge_attributes(graph, 1, "weight")
    found = communities(graph)
    assert len({found[n] for n in "0123"}) == len({found[n] for n in "5678"}) == 1
    assert found["0"] != found["8"]
    assert communities(graph) == found


def test_igraph_and_networkx_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("igraph")
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(120, 2, seed=4), str)
    nx.set_edge_attributes(graph, 1, "weight")
    exact, rank = betweenness(graph), pagerank(graph)
    monkeypatch.setattr(measures, "LARGE", 10)
    monkeypatch.setattr(measures, "PIVOTS", 120)
    for fast in (True, False):
        assert betweenness(graph) == pytest.approx(exact, abs=2e-6)
        assert pagerank(graph) == pytest.approx(rank, abs=1e-4)
        if fast:
            monkeypatch.setattr(measures, "_igraph", lambda flat: None)


def test_a_broker_joins_levels_that_are_not_linked() -> None:
    levels = {"ministry": "central", "north": "provincial", "south": "provincial", "official": None}
    star = nx.Graph([("official", "ministry"), ("official", "north"), ("official", "south")])
    assert brokerage(star, levels) == {"official": 2, "ministry": 0, "north": 0, "south": 0}
    star.add_edge("ministry", "north")
    assert brokerage(star, levels)["official"] == 1
    assert brokerage(nx.Graph([("ministry", "official")]), levels) == {"ministry": 0, "official": 0}


def test_the_backbone_keeps_what_stands_out() -> None:
    graph = weighted(*[("hub", f"n{i}", 1) for i in range(9)], ("hub", "strong", 91), ("x", "y", 1))
    kept = backbone(graph, 0.05)
    assert set(kept.edges()) == {("hub", "strong"), ("x", "y")}
    assert kept.edges["hub", "strong", "meets"]["significance"] == pytest.approx((1 - 91 / 100) ** 9, abs=1e-9)
    assert backbone(graph, 1).number_of_edges() == 11
