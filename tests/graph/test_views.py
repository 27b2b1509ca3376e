"""Views and filters on the hand-made corpus, and exports read back."""

from __future__ import annotations

import json
import sqlite3

import networkx as nx
import pandas as pd
import pytest

from miner.errors import InputError
from miner.graph import FORMATS, Selection, graph_of, write_graph
from miner.link import link
from miner.records import Article, Directive, Facts, Figure, Official, Participation, Position

MEETS = ("Phạm Văn Thử", "Trần Văn Mẫu")


def facts(
    article: str, place: str, *people: str, role: str = "chair", body: str = "provincial_peoples_committee"
) -> Facts:
    return Facts(
        article,
        "vi",
        tuple(Official(article, person, 0, 9, "name") for person in people),
        tuple(Position(article, person, role, body, place, 10, 20, "post") for person in people[:1]),
        (Directive(article, "57-NQ/TW", "resolution", "politburo", "2024-12-22", 30, 38, "number", number="57"),),
        (
            Figure(
                article,
                60,
                65,
                "90 %",
                90,
                None,
                "percent",
                ">=",
                "target",
                "percent",
                place=place,
                directive="57-NQ/TW",
            ),
        ),
        (),
        tuple(Participation(article, person, "attend", place, 0, 9, "part") for person in people),
    )


@pytest.fixture
def inputs():
    days = {"a": "2025-03-04", "b": "2025-05-05", "c": "2025-08-08"}
    articles = [Article(key, f"Hội nghị {key}", "vi", published=day) for key, day in days.items()]
    told = [
        facts("a", "Bắc Kạn", *reversed(MEETS)),
        facts("b", "Bắc Kạn", *reversed(MEETS)),
        facts("c", "Thái Nguyên", "Trần Văn Mẫu", role="secretary", body="provincial_party_committee"),
    ]
    return articles, told, link(told, articles)


def labelled(graph: nx.MultiDiGraph) -> dict[tuple[str, str, str], int]:
    names = dict(graph.nodes(data="label"))
    return {(names[s], kind, names[t]): w for s, t, kind, w in graph.edges(keys=True, data="weight")}


def test_officials_meet_at_shared_events(inputs) -> None:
    graph = graph_of(*inputs, "officials")
    found = labelled(graph)
    assert {(frozenset((s, t)), kind, w) for (s, kind, t), w in found.items()} == {(frozenset(MEETS), "meets", 2)}
    (edge,) = (values for *_, values in graph.edges(data=True))
    assert (edge["first_seen"], edge["last_seen"]) == ("2025-03-04", "2025-05-05")
    assert {proof.split(":")[0] for proof in edge["evidence"]} == {"a", "b"}


def test_provinces_take_up_a_directive(inputs) -> None:
    found = labelled(graph_of(*inputs, "provinces"))
    assert found == {("Bắc Kạn", "takes_up", "57-NQ/TW"): 2, ("Thái Nguyên", "takes_up", "57-NQ/TW"): 1}
    merged = labelled(graph_of(*inputs, "provinces", day="2025-07-01"))
    assert merged == {("Thái Nguyên", "takes_up", "57-NQ/TW"): 3}
    assert labelled(graph_of(*inputs, "provinces", day="2025-06-30")) == found
    assert set(labelled(graph_of(*inputs, "provinces", min_articles=2))) == {("Bắc Kạn", "takes_up", "57-NQ/TW")}


def test_officials_deal_with_directives(inputs) -> None:
    found = labelled(graph_of(*inputs, "directives"))
    assert found["Phạm Văn Thử", "deals_with", "57-NQ/TW"] == 2
    assert {kind for _, kind, _ in found} == {"deals_with"}


def test_a_cascade_runs_from_the_issuer_to_the_provinces(inputs) -> None:
    graph = graph_of(*inputs, "cascade", wanted=Selection(directive="57-nq/tw"))
    steps = {values["label"]: values["step"] for _, values in graph.nodes(data=True)}
    assert (steps["57-NQ/TW"], steps["Bắc Kạn"], steps["Thái Nguyên"]) == (1, 4, 4)
    assert min(steps.values()) == 0
    assert graph.nodes["place:bac-kan"]["x"] > graph.nodes["place:bac-kan"]["y"]
    assert ("Bắc Kạn", "takes_up", "57-NQ/TW") in labelled(graph)


def test_careers_move_from_body_to_body() -> None:
    posts = [
        Position("a", "Lê Thị Thử", "deputy_minister", "ministry_health", None, 10, 19, "post", modifier="former"),
        Position("a", "Lê Thị Thử", "minister", "ministry_finance", None, 20, 29, "post"),
    ]
    told = [Facts("a", "vi", (Official("a", "Lê Thị Thử", 0, 9, "name"),), tuple(posts))]
    articles = [Article("a", "Hội nghị", "vi", published="2025-03-04")]
    graph = graph_of(articles, told, link(told, articles), "careers")
    assert list(graph.edges(keys=True)) == [("body:ministry_health", "body:ministry_finance", "moves_to")]
    assert next(values for *_, values in graph.edges(data=True))["roles"] == ["Lê Thị Thử"]


@pytest.mark.parametrize(
    ("wanted", "articles"),
    [
        (Selection(), 3),
        (Selection(since="2025-05-05"), 2),
        (Selection(since="2025-03-05", until="2025-06-01"), 1),
        (Selection(language="fr"), 0),
        (Selection(place="Thai Nguyen"), 1),
        (Selection(directive="57-NQ/TW"), 3),
    ],
)
def test_filters_choose_articles(inputs, wanted: Selection, articles: int) -> None:
    assert graph_of(*inputs, wanted=wanted).graph["articles"] == articles


def test_provinces_that_were_merged_point_to_their_successor(inputs) -> None:
    graph = graph_of(*inputs)
    assert graph.has_edge("place:bac-kan", "place:thai-nguyen", "succeeded_by")
    later = graph_of(*inputs, day="2026-01-01")
    assert "place:bac-kan" not in later
    assert later.has_edge("body:provincial_peoples_committee@thai-nguyen", "place:thai-nguyen", "located_in")


def test_articles_and_targets_are_nodes(inputs) -> None:
    row = {"article": "a", "start": 60, "end": 65, "result": 92.0, "reached": "yes"}
    row |= {"result_article": "c", "result_start": 1, "result_end": 2}
    graph = graph_of(*inputs, ledger=[row], with_articles=True)
    kinds = [values["kind"] for _, values in graph.nodes(data=True)]
    assert (kinds.count("article"), kinds.count("target")) == (3, 3)
    answered = [values for _, values in graph.nodes(data=True) if values.get("reached")]
    assert [(values["result"], values["value"]) for values in answered] == [(92.0, 90)]
    assert sum(1 for *_, kind in graph.edges(keys=True) if kind == "reports") == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "friends"}, "view 'friends'"),
        ({"name": "cascade"}, "directive None"),
        ({"wanted": Selection(place="Atlantis")}, "place 'Atlantis'"),
        ({"day": "2025"}, "as_of: '2025'"),
        ({"min_articles": 0}, "min_articles is 0"),
        ({"alpha": 2.0}, "backbone 2.0"),
    ],
)
def test_what_cannot_be_shown_is_told(inputs, arguments, message: str) -> None:
    with pytest.raises(InputError, match=message):
        graph_of(*inputs, **arguments)


def test_every_view_is_the_same_each_time(inputs, tmp_path) -> None:
    for number, name in enumerate((None, "officials", "directives", "provinces", "careers")):
        one, two = (
            write_graph(graph_of(*inputs, name), tmp_path / f"{number}{turn}.gexf")[0].read_bytes() for turn in "ab"
        )
        assert one == two


@pytest.mark.parametrize("ending", FORMATS)
def test_each_form_holds_all_nodes_and_edges_twice_the_same(inputs, ending: str, tmp_path) -> None:
    graph = graph_of(*inputs)
    graph.nodes["place:bac-kan"]["label"] = "=1+1 \x1b"
    paths = write_graph(graph, tmp_path / f"g{ending}")
    first = [path.read_bytes() for path in paths]
    assert [path.read_bytes() for path in write_graph(graph, tmp_path / f"g{ending}")] == first
    assert counted(ending, paths) == (len(graph), graph.number_of_edges())
    assert not list(tmp_path.glob("*.part"))


def counted(ending: str, paths) -> tuple[int, int]:
    if ending in (".gexf", ".graphml"):
        back = nx.read_gexf(paths[0], version="1.3") if ending == ".gexf" else nx.read_graphml(paths[0])
        return len(back), back.number_of_edges()
    if ending == ".ftm.json":
        rows = [json.loads(line) for line in paths[0].read_text("utf-8").splitlines()]
        links = [row for row in rows if row["schema"] in ("Employment", "Membership", "UnknownLink")]
        return len(rows) - len(links), len(links)
    if ending == ".sqlite":
        connection = sqlite3.connect(paths[0])
        tables = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("nodes", "edges")]
        found = connection.execute("SELECT label FROM nodes_fts WHERE nodes_fts MATCH 'thai nguyen'").fetchall()
        connection.close()
        assert ("Thái Nguyên",) in found
        return tables[0], tables[1]
    read = pd.read_csv if ending == ".csv" else pd.read_parquet
    return len(read(paths[0])), len(read(paths[1]))


def test_an_unknown_ending_is_refused(tmp_path) -> None:
    with pytest.raises(InputError, match=r"allowed are \.gexf, \.graphml"):
        write_graph(nx.MultiDiGraph(), tmp_path / "g.xlsx")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"name": "officials", "min_articles": 3}, "min_articles is 3, the largest weight of 1 edges 2"),
        ({"name": "directives", "alpha": 0.01}, "edges stands out at the level 0.01"),
        ({"name": "careers", "wanted": Selection(until="2025-04-01")}, "makes an edge. View careers: an official"),
        ({"name": "officials", "wanted": Selection(since="2030-01-01")}, "no article fits since, until"),
        ({"wanted": Selection(language="fr")}, "no article fits since, until"),
    ],
)
def test_a_graph_without_edges_says_why(inputs, asked, why) -> None:
    graph = graph_of(*inputs, **asked)
    assert graph.number_of_edges() == 0
    assert why in graph.graph["empty"]


def test_a_graph_with_edges_has_no_reason_to_be_empty(inputs) -> None:
    assert "empty" not in graph_of(*inputs, "officials", min_articles=2).graph
