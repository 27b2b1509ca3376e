"""The graph of a small corpus, known by hand."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import pytest

from miner.errors import DataError
from miner.graph import build_graph
from miner.graph.layout import place_nodes
from miner.graph.schema import load_schema, parse_schema
from miner.link import link
from miner.records import Entity, Facts, Participation

PPC = "body:provincial_peoples_committee@nghe-an"


def by_label(graph, label: str) -> str:
    return next(node for node, values in graph.nodes(data=True) if values["label"] == label)


def test_edges_of_the_hand_made_corpus(corpus) -> None:
    graph = corpus.graph()
    label = {node: values["label"] for node, values in graph.nodes(data=True)}
    found = {(label[s], kind, label[t]) for s, t, kind in graph.edges(keys=True)}
    committee, health = label[PPC], label["body:ministry_health"]
    first, second = "Réunion sur le numérique", "Hội nghị"
    assert found == {
        ("Trần Văn Mẫu", "holds", committee),
        (committee, "located_in", "Nghệ An"),
        ("Trần Văn Mẫu", "chairs", first),
        ("Trần Văn Mẫu", "instructs", label["body:dept_health@nghe-an"]),
        ("Trần Văn Mẫu", "cites", "57-NQ/TW"),
        (first, "cites", "57-NQ/TW"),
        (first, "located_in", "Nghệ An"),
        (label["body:politburo"], "issues", "57-NQ/TW"),
        ("Lê Thị Thử", "holds", health),
        ("Lê Thị Thử", "speaks_at", second),
        (committee, "instructs", second),
        ("95 %", "located_in", "Nghệ An"),
        (first, "sets", "95 %"),
    }


def test_editions_count_once_and_all_evidence_is_kept(corpus) -> None:
    graph = corpus.graph()
    holds = graph.edges[by_label(graph, "Trần Văn Mẫu"), PPC, "holds"]
    assert holds["weight"] == 2
    assert holds["evidence"] == ["one.fr:10-20:post", "one.vi:10-20:post", "two.vi:0-9:post"]
    assert (holds["first_seen"], holds["last_seen"], holds["languages"]) == ("2025-03-04", "2025-06-10", ["fr", "vi"])
    assert holds["roles"] == ["chair"]
    assert all(values["evidence"] and values["weight"] >= 1 for _, _, values in graph.edges(data=True))


def test_nodes_carry_what_the_schema_names(corpus) -> None:
    graph = corpus.graph()
    nodes = graph.nodes
    assert nodes[by_label(graph, "Lê Thị Thử")]["posts"] == ["former, deputy_minister, ministry_health"]
    assert nodes["directive:57-nq/tw~2024"]["issued"] == "2024-12-22"
    assert (nodes["place:nghe-an"]["targets"], nodes["place:nghe-an"]["results"]) == (2, 2)
    assert (nodes[PPC]["code"], nodes[PPC]["level"]) == ("provincial_peoples_committee", "provincial")
    allowed = load_schema().nodes
    assert {values["kind"] for _, values in nodes(data=True)} == set(allowed) - {"article"}


def test_measures_are_known_by_hand(corpus) -> None:
    graph = corpus.graph()
    place = graph.nodes["place:nghe-an"]
    assert (place["degree"], place["strength"]) == (3, 4)
    assert {values["community"] for _, values in graph.nodes(data=True)} >= {1, 2}
    assert max(values["size"] for _, values in graph.nodes(data=True)) == 30


@pytest.mark.parametrize("size", [1, 2, 40, 310, 900])
def test_every_size_is_laid_out_the_same_each_time(size: int) -> None:
    def laid_out() -> dict[str, tuple[float, float]]:
        graph = (
            nx.MultiDiGraph(nx.barabasi_albert_graph(size, 1, seed=3)) if size > 1 else nx.MultiDiGraph([("a", "a")])
        )
        graph = nx.relabel_nodes(graph, str)
        place_nodes(graph)
        return {node: (values["x"], values["y"]) for node, values in graph.nodes(data=True)}

    spots = laid_out()
    assert laid_out() == spots
    assert len(set(spots.values())) == size


@pytest.mark.parametrize("size", [30, 250])
def test_no_name_covers_another(size: int) -> None:
    graph = nx.relabel_nodes(nx.MultiDiGraph(nx.barabasi_albert_graph(size, 2, seed=3)), str)
    for node, values in graph.nodes(data=True):
        values |= {"label": "Nguyễn Thị Minh Nhật", "size": 6.0 + min(24, graph.degree(node))}
    place_nodes(graph)
    for (_, a), (_, b) in combinations(graph.nodes(data=True), 2):
        width, height = (a["size"] + b["size"]) * 0.66 * 0.6 * 20 / 2, (a["size"] + b["size"]) / 2
        assert abs(a["x"] - b["x"]) > width or abs(a["y"] - b["y"]) > height


def test_order_of_input_changes_nothing(corpus) -> None:
    entities = link(corpus.facts, corpus.articles)
    expected = build_graph(corpus.articles, corpus.facts, entities)
    for seed in range(3):
        shuffle = random.Random(seed)
        again = build_graph(*(shuffle.sample(rows, len(rows)) for rows in (corpus.articles, corpus.facts, entities)))
        assert list(again.nodes(data=True)) == list(expected.nodes(data=True))
        assert list(again.edges(keys=True, data=True)) == list(expected.edges(keys=True, data=True))


def test_what_has_no_entity_is_noted() -> None:
    facts = [Facts("a", "vi", participations=(Participation("a", "Trần Văn Mẫu", "chair", None, 0, 1, "part"),))]
    graph = build_graph([], facts, link(facts, []))
    assert graph.graph["unlinked"] == ["a: official Trần Văn Mẫu"]


def test_an_empty_corpus_gives_an_empty_graph() -> None:
    assert len(build_graph([], [], [])) == 0


def test_an_unknown_kind_of_entity_is_refused() -> None:
    with pytest.raises(DataError, match="kind 'river'"):
        build_graph([], [], [Entity("river:1", "river", "Sông")])


KIND = {"label": {"en": "A"}, "color": "#112233", "description": "A thing."}
EDGE = {**KIND, "source": ["a"], "target": ["a"], "time": "days"}


@pytest.mark.parametrize(
    ("nodes", "edges", "message"),
    [
        ({}, {}, "nodes.yaml: expected kinds by name"),
        ({"A b": KIND}, {}, "nodes.yaml, A b"),
        ({"a": {**KIND, "color": "red"}}, {}, "nodes.yaml, a.color: 'red'"),
        ({"a": {**KIND, "label": {"fr": "A"}}}, {}, "nodes.yaml, a.label"),
        ({"a": {**KIND, "shape": "star"}}, {}, "shape"),
        ({"a": {**KIND, "attributes": {"b": {"type": "date", "title": "B"}}}}, {}, "a.b: expected a title and a type"),
        ({"a": KIND}, {"e": {**EDGE, "source": ["z"]}}, r"edges.yaml, e.source: \['z'\]; allowed are a"),
        ({"a": KIND}, {"e": {**EDGE, "time": "always"}}, "e.time: 'always'"),
    ],
)
def test_a_wrong_schema_names_file_and_key(nodes, edges, message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_schema(nodes, edges)
