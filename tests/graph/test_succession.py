"""Places and bodies as of a day: who succeeded whom, with the answers known from the table of provinces."""

from __future__ import annotations

import networkx as nx
import pytest

from miner.graph import Selection, graph_of
from miner.graph.succession import as_of, validity
from miner.link import link
from miner.records import Article, Entity, Facts, Figure, Official, Position

PPC, DISTRICT = "provincial_peoples_committee", "district_peoples_committee"
TITLE = "Ủy ban nhân dân tỉnh"
OLD, NEW, SUCCESSOR = f"body:{PPC}@bac-kan", f"body:{PPC}@thai-nguyen", "place:thai-nguyen"


def told(article: str, place: str, *posts: tuple[str, str, str]) -> Facts:
    """Facts of an article: persons with role and body, and one figure that names the place."""
    return Facts(
        article,
        "vi",
        tuple(Official(article, person, 0, 9, "name") for person, _, _ in posts),
        tuple(Position(article, person, role, body, place, 10, 20, "post") for person, role, body in posts),
        figures=(Figure(article, 60, 65, "90 %", 90, None, "percent", ">=", "result", "percent", place=place),),
    )


def graph(day: str | None, **wanted: str) -> nx.MultiDiGraph:
    days = {"a": "2025-03-04", "b": "2025-05-05", "c": "2025-08-08"}
    articles = [Article(key, f"Hội nghị {key}", "vi", published=published) for key, published in days.items()]
    facts = [
        told("a", "Bắc Kạn", ("Phạm Văn Thử", "chair", PPC), ("Lê Thị Thử", "chair", DISTRICT)),
        told("b", "Bắc Kạn", ("Phạm Văn Thử", "chair", PPC)),
        told("c", "Thái Nguyên", ("Trần Văn Mẫu", "chair", PPC)),
    ]
    return graph_of(articles, facts, link(facts, articles), day=day, wanted=Selection(**wanted))


def holders(found: nx.MultiDiGraph, body: str) -> dict[str, tuple[list[str], int, str]]:
    edges = ((s, v) for s, _, kind, v in found.in_edges(body, keys=True, data=True) if kind == "holds")
    return {found.nodes[s]["label"]: (v["roles"], v["weight"], v["last_seen"]) for s, v in edges}


def test_before_the_merger_each_province_has_its_bodies() -> None:
    for day in (None, "2025-06-30"):
        found = graph(day)
        assert holders(found, OLD) == {"Phạm Văn Thử": (["chair"], 2, "2025-05-05")}
        assert holders(found, NEW) == {"Trần Văn Mẫu": (["chair"], 1, "2025-08-08")}
        assert "stands_for" not in found.nodes[NEW]


def test_a_body_becomes_that_of_the_new_province_and_posts_stay_what_they_were() -> None:
    found = graph("2025-07-01")
    assert OLD not in found
    assert "place:bac-kan" not in found
    assert holders(found, NEW) == {
        "Phạm Văn Thử": (["chair (Bắc Kạn)"], 2, "2025-05-05"),
        "Trần Văn Mẫu": (["chair"], 1, "2025-08-08"),
    }
    body = found.nodes[NEW]
    assert (body["label"], body["n_articles"], body["stands_for"]) == (f"{TITLE} (Thái Nguyên)", 3, ["Bắc Kạn"])
    assert {f"vi: {TITLE} (Bắc Kạn)", f"vi: {TITLE} (Thái Nguyên)"} <= set(body["names"])
    assert f"as of 2025-07-01 it stands for what was {TITLE} (Bắc Kạn)" in body["explanation"]
    assert found.edges[NEW, SUCCESSOR, "located_in"]["weight"] == 3
    assert found.nodes[SUCCESSOR]["n_articles"] == 3
    assert (found.nodes[SUCCESSOR]["label"], found.nodes[SUCCESSOR]["stands_for"]) == ("Thái Nguyên", ["Bắc Kạn"])


def test_districts_ended_with_the_merger_and_have_no_successor() -> None:
    found = graph("2025-07-01")
    assert holders(found, f"body:{DISTRICT}@bac-kan") == {"Lê Thị Thử": (["chair"], 1, "2025-03-04")}
    assert found.has_edge(f"body:{DISTRICT}@bac-kan", SUCCESSOR, "located_in")


@pytest.mark.parametrize(
    ("day", "place", "body", "district"),
    [
        ("2024-12-31", "thua-thien-hue", "thua-thien-hue", "thua-thien-hue"),
        ("2025-01-01", "hue", "hue", "hue"),
        ("2026-01-01", "hue", "hue", "hue"),
    ],
)
def test_a_renamed_province_takes_its_districts_along(day: str, place: str, body: str, district: str) -> None:
    old = [
        Entity("place:thua-thien-hue", "place", "Thừa Thiên Huế", members=(("a", "Thừa Thiên Huế"),)),
        Entity(f"body:{PPC}@thua-thien-hue", "body", "UBND tỉnh (Thừa Thiên Huế)"),
        Entity(f"body:{DISTRICT}@thua-thien-hue", "body", "UBND huyện (Thừa Thiên Huế)"),
    ]
    entities, former = as_of(old, day)
    assert {entity.id for entity in entities} == {f"place:{place}", f"body:{PPC}@{body}", f"body:{DISTRICT}@{district}"}
    assert former == ({("place", "a", "Thừa Thiên Huế"): "Thừa Thiên Huế"} if day > "2024-12-31" else {})


def test_a_successor_that_no_article_names_gets_the_body_under_its_name() -> None:
    ((body,), former) = as_of([Entity(f"body:{PPC}@ha-giang", "body", "UBND tỉnh (Hà Giang)")], "2025-07-01")
    assert (body.id, body.name, former) == (f"body:{PPC}@tuyen-quang", "UBND tỉnh (Tuyên Quang)", {})


def test_central_bodies_and_documents_stay() -> None:
    entities = [
        Entity("body:government", "body", "Chính phủ"),
        Entity("directive:45/kh-ubnd@bac-kan", "directive", "45/KH-UBND"),
        Entity("place:cao-bang", "place", "Cao Bằng"),
    ]
    assert as_of(entities, "2026-01-01") == (entities, {})


def test_the_filter_by_place_takes_the_merged_province_by_either_name() -> None:
    assert graph("2025-07-01", place="Thái Nguyên").graph["articles"] == 3
    assert graph("2025-07-01", place="Bắc Kạn").graph["articles"] == 2
    assert graph(None, place="Thái Nguyên").graph["articles"] == 1


def test_a_province_that_took_in_others_keeps_its_first_day() -> None:
    assert validity("Thái Nguyên") == {"valid_from": "1997-01-01"}
    assert validity("Bắc Kạn") == {"valid_from": "1997-01-01", "valid_to": "2025-06-30", "merged_into": "Thái Nguyên"}
    assert validity("Vietnam") == {}
