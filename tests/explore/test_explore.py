"""Tables as text and pictures: what stands in them, and the same bytes each time."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.errors import InputError
from miner.explore import draw_graph, first_rows


def test_a_table_is_aligned_and_says_how_much_is_left() -> None:
    frame = pd.DataFrame(
        {"name": ["Trần Văn Mẫu", "Lê Thị Thử"], "place": ["Nghệ An", None], "value": [4.8e12, 87.3], "n": [1, 20]}
    )
    assert first_rows(frame, rows=1, title="People") == (
        "People\n"
        "name          place           value  n\n"
        "------------  -------  ------------  -\n"
        "Trần Văn Mẫu  Nghệ An  4.8 trillion  1\n"
        "… and 1 more\n"
    )
    assert first_rows(frame, ["name", "absent", "place"]).endswith("Lê Thị Thử\n2 rows\n")


def test_empty_tables_wide_cells_and_lists() -> None:
    assert first_rows(pd.DataFrame({"a": []})) == "a\n-\n0 rows\n"
    frame = pd.DataFrame({"text": ["a" * 50 + "\n\x1b[31m"], "list": [["x", "y"]]})
    assert first_rows(frame).splitlines()[2] == "a" * 35 + "…  x, y"


@given(st.lists(st.tuples(st.text(max_size=50), st.floats(allow_nan=True))))
def test_any_cell_keeps_to_its_line(rows: list[tuple[str, float]]) -> None:
    text = first_rows(pd.DataFrame(rows, columns=["text", "number"]))
    assert len(text.split("\n")) == min(len(rows), 8) + 4


def small_graph(names: list[str]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph(
        articles=2,
        first_seen="2025-03-04",
        last_seen="2025-06-10",
        node_kinds={"official": {"label": {"en": "Official"}, "color": "#2f6db3"}},
        edge_kinds={"holds": {"label": {"en": "holds"}, "color": "#8fb0d6"}},
    )
    for number, name in enumerate(names):
        look = {
            "x": 60.0 * number,
            "y": 30.0 * (number % 3),
            "size": 12.0,
            "color": "#2f6db3",
            "strength": 1,
            "degree": 1,
        }
        graph.add_node(f"n{number}", kind="official", label=name, **look)
    for number in range(len(names) - 1):
        graph.add_edge(f"n{number}", f"n{number + 1}", key="holds", kind="holds", weight=1, color="#8fb0d6")
    return graph


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_picture_has_the_same_bytes_each_time(tmp_path, ending: str) -> None:
    graph = small_graph(["Nguyễn Đức Mẫu", "Ủy ban <nhân dân> & Đảng", "$x$ \\frac", "x" * 200])
    first = draw_graph(graph, tmp_path / f"a.{ending}").read_bytes()
    assert draw_graph(graph, tmp_path / f"b.{ending}").read_bytes() == first
    assert len(first) > 5000


def test_an_empty_graph_is_drawn(tmp_path) -> None:
    assert draw_graph(nx.MultiDiGraph(), tmp_path / "empty.png").exists()


def test_other_endings_are_refused(tmp_path) -> None:
    with pytest.raises(InputError, match=r"\.png, \.svg, \.pdf"):
        draw_graph(small_graph(["A"]), tmp_path / "picture.gif")
