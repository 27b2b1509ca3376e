"""Back from Gephi: what a saved file sets on the graph, and what is refused."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.errors import InputError
from miner.graph import update_from_gexf, write_gexf
from miner.graph.saved import read_gexf_nodes

GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
  <graph defaultedgetype="directed" mode="static">
    <attributes class="node" mode="static">
      <attribute id="community" title="Community" type="integer"/>
      <attribute id="modularity_class" title="Modularity Class" type="integer"><default>0</default></attribute>
      <attribute id="eigencentrality" title="Eigenvector Centrality" type="double"/>
      <attribute id="checked" title="checked" type="boolean"/>
      <attribute id="notes" title="notes" type="liststring"/>
    </attributes>
    <attributes class="edge"><attribute id="modularity_class" title="of edges" type="string"/></attributes>
    <nodes>
      <node id="place:hue" label="Huế">
        <attvalues>
          <attvalue for="community" value="9"/><attvalue for="modularity_class" value="4"/>
          <attvalue for="eigencentrality" value="0.25"/><attvalue for="checked" value="true"/>
          <attvalue for="notes" value="[a b, &quot;c, &#92;&quot;d&#92;&quot;&quot;]"/>
        </attvalues>
        <viz:size value="12.5"/><viz:position x="-1.5" y="2.0"/><viz:color r="1" g="171" b="255"/>
      </node>
      <node id="place:gone" label="of another graph"/>
    </nodes>
    <edges/>
  </graph>
</gexf>
"""


def graph() -> nx.MultiDiGraph:
    found = nx.MultiDiGraph()
    found.add_node("place:hue", kind="place", label="Huế", community=1, x=0.0, y=0.0, size=6.0, color="#000000")
    found.add_node("place:lao-cai", kind="place", label="Lào Cai", community=2, x=5.0, y=5.0)
    return found


def test_positions_sizes_colours_and_new_columns_are_set(tmp_path) -> None:
    path, found = tmp_path / "saved.gexf", graph()
    path.write_text(GEPHI, encoding="utf-8")
    update = update_from_gexf(found, path)
    assert update.columns == ("checked", "eigencentrality", "modularity_class", "notes")
    assert (update.nodes, update.only_in_graph, update.only_in_file) == (1, ("place:lao-cai",), ("place:gone",))
    new = {"x": -1.5, "y": 2.0, "size": 12.5, "color": "#01abff", "modularity_class": 4, "eigencentrality": 0.25}
    assert found.nodes["place:hue"] == graph().nodes["place:hue"] | new | {"checked": True, "notes": ["a b", 'c, "d"']}
    assert found.nodes["place:lao-cai"] == graph().nodes["place:lao-cai"]


@pytest.mark.parametrize(
    ("old", "new", "key", "value"),
    [
        ('r="1" g="171" b="255"', 'hex="#01ABFF"', "color", "#01abff"),
        ("http://gexf.net/1.3/viz", "http:///www.gexf.net/1.1draft/viz", "x", -1.5),
        ('id="modularity_class" title="Modularity Class"', 'id="0" title="Modularity Class"', "community", 9),
        ('type="liststring"', 'type="string"', "notes", '[a b, "c, \\"d\\""]'),
    ],
)
def test_what_programs_write_otherwise(tmp_path, old: str, new: str, key: str, value: object) -> None:
    path = tmp_path / "saved.gexf"
    path.write_text(GEPHI.replace(old, new), encoding="utf-8")
    assert dict(read_gexf_nodes(path))["place:hue"][key] == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GEPHI[:600], "export the graph as GEXF"),
        ("Id,Label", "export the graph as GEXF"),
        (GEPHI.replace("place:hue", "x"), "none of its 2 nodes is in the graph"),
        (GEPHI.replace('value="0.25"', 'value="0,25"'), "node place:hue, column eigencentrality: '0,25' is no double"),
        (GEPHI.replace('x="-1.5"', 'x="NaN"'), "position of node place:hue: 'NaN'"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, text: str, message: str) -> None:
    path = tmp_path / "saved.gexf"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        update_from_gexf(graph(), path)


def test_a_file_that_is_not_there(tmp_path) -> None:
    with pytest.raises(InputError, match=r"none\.gexf"):
        update_from_gexf(graph(), tmp_path / "none.gexf")


def test_networkx_in_between_loses_no_column(corpus, tmp_path) -> None:
    graph = corpus.graph()
    opened = nx.read_gexf(write_gexf(graph, tmp_path / "graph.gexf"))
    for values in opened.nodes.values():
        values["Modularity Class"] = 2
        values["viz"]["position"]["x"] = -7.0
    nx.write_gexf(opened, tmp_path / "saved.gexf")
    assert update_from_gexf(graph, tmp_path / "saved.gexf").columns == ("modularity_class",)
    assert {(values["modularity_class"], values["x"]) for _, values in graph.nodes(data=True)} == {(2, -7.0)}


def test_the_file_as_written_changes_nothing(odd_corpus, tmp_path) -> None:
    before = {node: dict(values) for node, values in odd_corpus.nodes(data=True)}
    update = update_from_gexf(odd_corpus, write_gexf(odd_corpus, tmp_path / "graph.gexf"))
    assert update.columns == ()
    assert dict(odd_corpus.nodes(data=True)) == before


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2060\ufffe\uffff"), min_size=1)


@given(
    TEXTS.filter(str.strip),
    st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3),
    st.integers(-9, 9),
    st.booleans(),
)
def test_any_value_comes_back(tmp_path_factory, text: str, items: list[str], number: int, known: bool) -> None:
    found = nx.MultiDiGraph()
    values = {"note": text, "items": items, "number": number, "known": known, "share": number / 7}
    found.add_node("n", kind="official", label="n", **values)
    path = write_gexf(found, tmp_path_factory.mktemp("any") / "graph.gexf")
    read = dict(read_gexf_nodes(path))["n"]
    assert {name: read[name] for name in values} == values
