"""What stands in the explorable page, without opening it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.cli import main
from miner.errors import InputError
from miner.explore.page import html, network
from miner.explore.page.proofs import REACH, Proofs, around
from miner.lexicon import read_table, read_yaml, units_on

Write = Callable[[Path], Path]


def data_of(text: str) -> dict[str, Any]:
    packed = re.search(r'id="data">([^<]*)<', text)
    assert packed
    found: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(packed[1])))
    return found


def test_the_page_is_the_same_each_time(tmp_path: Path, write_sample: Write) -> None:
    assert write_sample(tmp_path / "one.html").read_bytes() == write_sample(tmp_path / "two.html").read_bytes()


def test_texts_cannot_leave_their_place(tmp_path: Path, write_sample: Write) -> None:
    text = write_sample(tmp_path / "page.html").read_text(encoding="utf-8")
    assert "pwned" not in text.replace("&lt;script&gt;window.pwned=1&lt;/script&gt;", "")
    assert text.count("<script") == text.count("</script>") == 2


def test_the_policy_names_what_stands_in_the_page(tmp_path: Path, write_sample: Write) -> None:
    text = write_sample(tmp_path / "page.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe" not in policy[1]
    for pattern in (r"<script>(.*?)</script>", r"<style>(.*?)</style>"):
        inside = re.search(pattern, text, re.S)
        assert inside
        assert base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode() in policy[1]


def test_every_edge_rests_on_sentences(tmp_path: Path, write_sample: Write) -> None:
    data = data_of(write_sample(tmp_path / "page.html").read_text(encoding="utf-8"))
    assert data["edges"]
    for edge in data["edges"]:
        assert all(len(data["proofs"][number]) == 4 for number in edge["proofs"])
    assert ("Ông ", "Trần Văn Mẫu", " chủ trì hội nghị.") in [tuple(proof[1:]) for proof in data["proofs"]]
    (row, *_) = data["targets"]["rows"]
    assert (row["target"], row["result"], row["reached"]) == (95, 90, "no")


def test_merged_provinces_are_counted_in_the_new_one(tmp_path: Path, write_sample: Write) -> None:
    values = data_of(write_sample(tmp_path / "page.html").read_text(encoding="utf-8"))["maps"]["values"]
    assert values["before"]["events"]["Hà Giang"] == values["after"]["events"]["Tuyên Quang"] == 1
    assert "Hà Giang" not in values["after"]["events"]


@pytest.mark.parametrize(("side", "day"), [("before", "2024-06-01"), ("after", "2025-08-01")])
def test_each_province_has_one_tile(side: str, day: str) -> None:
    tiles = [t for t in read_table("page/tiles.csv", ("map", "name", "row", "column")) if t["map"] == side]
    valid = {unit.name for unit in units_on(day)}
    assert len({(t["row"], t["column"]) for t in tiles}) == len(tiles)
    # The tables have 63 units before the mergers and 34 after.
    assert len(tiles) == {"before": 63, "after": 34}[side]
    assert {t["name"] for t in tiles} >= valid


def test_all_languages_say_the_same() -> None:
    texts = {language: read_yaml(f"page/{language}.yaml") for language in html.LANGUAGES}
    for text in texts.values():
        assert text.keys() == texts["en"].keys()
        for key, value in text.items():
            assert sorted(re.findall(r"\{\w+\}", value)) == sorted(re.findall(r"\{\w+\}", texts["en"][key])), key


def test_without_script_the_error_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_BUNDLE", tmp_path)
    with pytest.raises(InputError, match=r"python hatch_build\.py"):
        html.find_bundle()


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("One. Two three four. Five.", "three", ("Two ", "three", " four.")),
        (
            "The plan of\nthe city sets 95 % by\nJune. Next",
            "95 %",
            ("The plan of\nthe city sets ", "95 %", " by\nJune."),
        ),
        ("Title\n\nBody with Plan No. 18 and more", "18", ("Body with Plan No. ", "18", " and more")),
        ("Đạt 90 %. Ông Mẫu nói.", "Ông Mẫu", ("", "Ông Mẫu", " nói.")),
    ],
)
def test_the_sentence_around_a_span(text: str, span: str, expected: tuple[str, str, str]) -> None:
    start = text.index(span)
    assert around(text, start, start + len(span)) == expected


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 60))
def test_a_span_stays_itself_and_its_context_is_bounded(text: str, start: int, length: int) -> None:
    before, span, after = around(text, start, start + length)
    assert span == text[start : start + length]
    assert len(before) <= REACH + 1
    assert len(after) <= REACH + 2


def test_of_a_large_graph_the_backbone_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.MultiDiGraph()
    for leaf in range(20):
        graph.add_edge("hub", f"leaf{leaf}", key="holds", weight=1)
    graph.add_edge("hub", "strong", key="holds", weight=40)
    for node, values in graph.nodes(data=True):
        values |= {"degree": graph.degree(node), "strength": graph.degree(node, weight="weight")}
    assert len(network.backbone(graph)[1]) == 21
    monkeypatch.setattr(network, "MOST_NODES", 5)
    nodes, edges = network.backbone(graph)
    assert len(nodes) == 5
    assert ("hub", "strong", "holds") in edges


def test_an_edge_may_rest_on_a_table_and_a_node_have_no_other_names() -> None:
    graph = nx.MultiDiGraph()
    for name in ("old", "new"):
        graph.add_node(name, kind="place", label=name, x=0.0, y=0.0, size=6.0, n_articles=0)
    evidence = ["a:b:3-5:vi.rule", "provinces.csv:63-02"]
    graph.add_edge("old", "new", key="succeeded_by", weight=1, roles=[], days=[], evidence=evidence)
    proofs = Proofs()
    (edge,) = network.describe_network(graph, *network.backbone(graph), proofs)["edges"]
    assert (edge["proofs"], edge["tables"]) == ([0], ["provinces.csv:63-02"])
    assert proofs.span("a:b", 3, 5) == 0


def test_the_command_writes_the_page(
    tmp_path: Path, write_sample: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / "article.vi.txt"
    article.write_text("Ông Trần Văn Mẫu, Chủ tịch UBND tỉnh Nghệ An, chủ trì hội nghị.\n", encoding="utf-8")
    assert main(["run", str(article), "--into", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    page = tmp_path / "page.html"
    assert main(["explore", str(tmp_path / "out"), "--out", str(page), "--title", "Một trang"]) == 0
    assert str(page) in capsys.readouterr().out
    data = data_of(page.read_text(encoding="utf-8"))
    assert data["title"] == "Một trang"
    assert "Trần Văn Mẫu" in {node["label"] for node in data["nodes"]}
    page.unlink()
    monkeypatch.setattr(html, "_BUNDLE", tmp_path)
    assert main(["explore", str(tmp_path / "out"), "--out", str(page)]) == 2
    assert "python hatch_build.py" in capsys.readouterr().err
    assert not page.exists()
