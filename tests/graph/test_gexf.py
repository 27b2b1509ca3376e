"""What is written must be read back: by networkx, by the writing rules, and with any text."""

from __future__ import annotations

import csv
import importlib.util
import json
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from miner.errors import InputError
from miner.graph import write_csv, write_gexf
from miner.graph.spells import spells
from miner.graph.values import clean

# The rule checker leaves the file open that it reads.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

RULES = Path(__file__).parents[2].parent / "shared" / "gephi" / "safe_rules_check.py"
ODD = [
    "INF",
    "INFORMATION",
    "null",
    "NULL",
    'say "x"',
    "a & b < c",
    "one\ntwo\tthree",
    "Nguyễn",
    "back\\slash",
    "\x00\x1b",
    "'",
]
NAMES = st.one_of(st.sampled_from(ODD), st.text(max_size=20))


@pytest.fixture(scope="session")
def broken_rules():
    """A function from a file to the writing rules that it breaks; it finds none where the checker is not at hand."""
    if not RULES.exists():
        return lambda path: []
    spec = importlib.util.spec_from_file_location("safe_rules_check", RULES)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda path: module.check(str(path))


@pytest.fixture(scope="session")
def schema() -> etree.RelaxNG:
    """The schema of what miner writes, a part of GEXF 1.3."""
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("gexf.rng")))


def items(value: str) -> list[str]:
    """The items of a list as Gephi reads it, the guards taken out."""
    return [item.replace("\u2060", "") for item in json.loads(value, strict=False)]


def test_networkx_reads_the_same_graph_back(corpus, tmp_path) -> None:
    graph = corpus.graph()
    back = nx.read_gexf(write_gexf(graph, tmp_path / "graph.gexf"), version="1.3")
    assert {n: v["label"] for n, v in back.nodes(data=True)} == {n: v["label"] for n, v in graph.nodes(data=True)}
    found = {(s, t, v["Edge type"]): (items(v["Evidence"]), v["weight"]) for s, t, v in back.edges(data=True)}
    assert found == {(s, t, k): (v["evidence"], v["weight"]) for s, t, k, v in graph.edges(keys=True, data=True)}


@pytest.mark.skipif(not RULES.exists(), reason="the writing rules are not at hand")
def test_the_rules_hold(corpus, broken_rules, tmp_path) -> None:
    assert broken_rules(write_gexf(corpus.graph(), tmp_path / "graph.gexf")) == []


@pytest.mark.parametrize("day", [None, "2024-12-31"])
def test_the_schema_holds(odd_corpus, schema, day: str | None, tmp_path) -> None:
    for *_, values in odd_corpus.edges(data=True):
        values["days"] = [day] if day else []
    document = etree.parse(write_gexf(odd_corpus, tmp_path / "graph.gexf"))
    schema.assertValid(document)
    assert document.getroot()[1].get("mode") == ("dynamic" if day else "static")


@pytest.mark.parametrize(
    ("ours", "broken"),
    [
        ('type="double"', 'type="date"'),
        ('id="rank"', 'id="Rank"'),
        ('defaultedgetype="directed"', 'defaultedgetype="mutual"'),
        ('timezone="UTC"', 'timezone="+07:00"'),
        ('weight="1.0"', 'weight="0.0"'),
        ('start="2024-02-29"', 'start="2024-02"'),
        ('<viz:color r="', '<viz:color r="9'),
        ('value="0.0"', 'value=""'),
        ('label="chairs"', 'label=""'),
        ("</nodes>", "<node/></nodes>"),
    ],
)
def test_the_schema_refuses_what_gephi_would_damage(odd_corpus, schema, ours: str, broken: str, tmp_path) -> None:
    text = write_gexf(odd_corpus, tmp_path / "graph.gexf").read_text("utf-8")
    assert ours in text
    assert not schema.validate(etree.fromstring(text.replace(ours, broken, 1).encode()))


def test_the_same_bytes_each_time(corpus, tmp_path) -> None:
    first = write_gexf(corpus.graph(), tmp_path / "a.gexf").read_bytes()
    assert write_gexf(corpus.graph(), tmp_path / "b.gexf").read_bytes() == first


def odd_graph(texts: list[str]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for number, text in enumerate(texts):
        graph.add_node(
            f"n{number}", kind="official", label=text, names=[text, "x"], note=text, size=7.5, color="#112233"
        )
    graph.add_edge(
        "n0", f"n{len(texts) - 1}", key="holds", kind="holds", label="holds", weight=2, evidence=texts, days=[]
    )
    return graph


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4))
def test_any_text_survives(broken_rules, schema, folder, texts: list[str]) -> None:
    path = write_gexf(odd_graph(texts), folder / "odd.gexf")
    assert broken_rules(path) == []
    schema.assertValid(etree.parse(path))
    back = nx.read_gexf(path, version="1.3")
    for number, text in enumerate(texts):
        node, plain = back.nodes[f"n{number}"], clean(text)
        assert node["label"] == (plain.strip() or f"n{number}")
        assert node.get("Note", "").replace("\u2060", "") == (plain if plain.strip() else "")
        assert items(node["Names by language"]) == ([plain, "x"] if plain.strip() else ["x"])


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("gexf")


@settings(deadline=None)
@given(st.lists(st.dates().map(lambda day: day.isoformat()), max_size=8), st.sampled_from(["holds", "chairs", "cites"]))
def test_spells_never_touch(days: list[str], kind: str) -> None:
    found = spells({"kind": kind, "days": days})
    assert all(start <= end for start, end in found)
    assert all(end < start for (_, end), (start, _) in pairwise(found))
    assert all(any(start <= day <= end for start, end in found) for day in days)


def test_neighbouring_days_are_one_spell() -> None:
    days = ["2025-02-28", "2025-03-01", "2025-03-03"]
    assert spells({"kind": "chairs", "days": days}) == [("2025-02-28", "2025-03-01"), ("2025-03-03", "2025-03-03")]
    assert spells({"kind": "holds", "days": days}) == [("2025-02-28", "2025-03-03")]
    assert spells({"kind": "issues", "days": days}) == []


def test_columns_keep_their_type(broken_rules, tmp_path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="A", rank=1, Rank=2.5, share=2, big=2**40, done=True, size=3, type="x", nothing=None)
    graph.add_node("b", label="B", share=2.5, missing=float("nan"), tags={"b", "a"}, mixed=1)
    graph.add_node("c", label="C", tags="one", mixed="x")
    path = write_gexf(graph, tmp_path / "types.gexf")
    back = nx.read_gexf(path, version="1.3")
    assert broken_rules(path) == []
    assert {"rank", "rank_2"} <= {
        line.split('"')[1] for line in path.read_text("utf-8").splitlines() if "<attribute " in line
    }
    assert (back.nodes["a"]["Share"], back.nodes["a"]["Big"], back.nodes["a"]["Done"]) == (2.0, 2**40, True)
    assert (items(back.nodes["b"]["Tags"]), items(back.nodes["c"]["Tags"])) == (["a", "b"], ["one"])
    assert "Nothing" not in back.nodes["a"]


@pytest.mark.parametrize(("weight", "again"), [(0, False), (-1, False), (float("nan"), False), (1, True)])
def test_what_gephi_would_damage_is_refused(tmp_path, weight: float, again: bool) -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", kind="holds", weight=weight)
    if again:
        graph.add_edge("a", "b", kind="holds", weight=weight)
    with pytest.raises(InputError):
        write_gexf(graph, tmp_path / "bad.gexf")
    assert not (tmp_path / "bad.gexf").exists()


@pytest.mark.parametrize("days", [["2024-02-30"], ["2024"], ["2024-01-01", '"/><x']])
def test_days_that_are_none_are_refused(tmp_path, days: list[str]) -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", kind="chairs", days=days)
    with pytest.raises(InputError, match="edge chairs from a to b"):
        write_gexf(graph, tmp_path / "bad.gexf")


def test_nodes_that_are_the_same_as_text_are_refused(tmp_path) -> None:
    graph = nx.Graph([(1, "1")])
    with pytest.raises(InputError, match="two nodes are called '1'"):
        write_gexf(graph, tmp_path / "bad.gexf")


def test_values_that_are_equal_but_not_the_same_stay_apart(tmp_path) -> None:
    graph = nx.MultiDiGraph()
    for name, value in {"a": 1, "b": True, "c": "1", "d": 1.0, "e": {"x": 1}, "f": "null"}.items():
        graph.add_node(name, label=name, mixed=value, many=[value])
    back = nx.read_gexf(write_gexf(graph, tmp_path / "mixed.gexf"), version="1.3")
    found = {name: back.nodes[name]["Mixed"] for name in graph}
    assert found == {"a": "1", "b": "True", "c": "1", "d": "1.0", "e": "{'x': 1}", "f": "n\u2060ull"}
    assert {name: items(back.nodes[name]["Many"]) for name in "abcd"} == {name: [found[name]] for name in "abcd"}


@pytest.mark.parametrize(
    ("late", "first", "last"),
    [
        (2**40, 7, 2**40),
        (2**70, "7", str(2**70)),
        (0.5, 7.0, 0.5),
        ("text", "7", "text"),
        (True, "7", "True"),
        (["a list"], '["7"]', '["a list"]'),
    ],
)
def test_a_late_edge_of_another_type_changes_the_column(tmp_path, late, first, last) -> None:
    graph = nx.MultiDiGraph()
    graph.add_edges_from((f"a{n:05d}", "b", {"kind": "holds", "rank": n}) for n in range(4000))
    graph.add_edge("z", "b", kind="holds", rank=late, further="x")
    back = nx.read_gexf(write_gexf(graph, tmp_path / "late.gexf"), version="1.3")
    found = {source: values for source, _, values in back.edges(data=True)}
    assert (found["a00007"]["Rank"], found["z"]["Rank"], found["z"]["Further"]) == (first, last, "x")


def test_tables_for_gephi_and_spreadsheets(corpus, tmp_path) -> None:
    graph = corpus.graph()
    graph.nodes["body:politburo"]["label"] = "=1+1"
    nodes, edges = write_csv(graph, tmp_path)
    rows = list(csv.DictReader(nodes.read_text("utf-8").splitlines()))
    assert {row["Id"] for row in rows} == set(graph)
    assert next(row["Label"] for row in rows if row["Id"] == "body:politburo") == "'=1+1"
    lines = list(csv.DictReader(edges.read_text("utf-8").splitlines()))
    assert {(row["Source"], row["Target"], row["Kind"]) for row in lines} == set(graph.edges(keys=True))
    assert "one.fr:10-20:post; one.vi:10-20:post; two.vi:0-9:post" in {row["evidence"] for row in lines}
