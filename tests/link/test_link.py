"""Who is who across articles: tables of hand-known cases."""

from __future__ import annotations

import dataclasses
import random

import pytest

from miner.errors import InputError
from miner.lexicon import languages
from miner.link import link
from miner.records import Article, Directive, Facts, Figure, Instruction, Official, Participation, Position


def article(name: str, day: str | None = None, language: str = "vi", text: str = "Tin") -> Article:
    return Article(name, text, language, published=day, digest=name)


def facts(name: str, *posts: tuple[str, str, str | None, str | None], language: str = "vi") -> Facts:
    """Facts of one article: (person, role, body, place) rows; a role of "" means no post, "attend" a part."""
    people = sorted({post[0] for post in posts})
    positions = [Position(name, p, r, b, at, 0, 1, "test") for p, r, b, at in posts if r not in ("", "attend")]
    parts = [Participation(name, p, r, at, 0, 1, "test") for p, r, _, at in posts if r == "attend"]
    officials = tuple(Official(name, person, 0, 1, "test") for person in people)
    return Facts(name, language, officials, tuple(positions), participations=tuple(parts))


def people(entities: list) -> list[set[str]]:
    return sorted(({a for a, _ in e.members} for e in entities if e.kind == "official"), key=sorted)


PPC, PARTY, CPC, HEALTH = (
    "provincial_peoples_committee",
    "provincial_party_committee",
    "commune_peoples_committee",
    "ministry_health",
)
ONE, TWO = [{"a", "b"}], [{"a"}, {"b"}]
CASES = {
    "same post": (("Trần Văn Mẫu", "chair", PPC, "Nghệ An"), ("Trần Văn Mẫu", "chair", PPC, "Nghệ An"), ONE),
    "folded name, same post": (
        ("Tran Van Mau", "chair", PPC, "Nghệ An"),
        ("Trần Văn Mẫu", "chair", PPC, "Nghệ An"),
        ONE,
    ),
    "tone placement": (("Lê Hoà Mẫu", "chair", PPC, "Nghệ An"), ("Lê Hòa Mẫu", "chair", PPC, "Nghệ An"), ONE),
    "same province and level": (
        ("Trần Văn Mẫu", "chair", PPC, "Nghệ An"),
        ("Tran Van Mau", "deputy_secretary", PARTY, "Nghệ An"),
        ONE,
    ),
    "same central post": (("Trần Văn Mẫu", "minister", HEALTH, None), ("Tran Van Mau", "minister", HEALTH, None), ONE),
    "post with place unsaid": (("Trần Văn Mẫu", "chair", PPC, "Nghệ An"), ("Tran Van Mau", "chair", PPC, None), ONE),
    "place of a part": (("Trần Văn Mẫu", "chair", PPC, "Nghệ An"), ("Trần Văn Mẫu", "attend", None, "Nghệ An"), ONE),
    "name alone": (("Trần Văn Mẫu", "chair", PPC, "Nghệ An"), ("Trần Văn Mẫu", "", None, None), TWO),
    "two bare names": (("Trần Văn Mẫu", "", None, None), ("Trần Văn Mẫu", "", None, None), TWO),
    "other province": (("Trần Văn Mẫu", "chair", PPC, "Nghệ An"), ("Trần Văn Mẫu", "chair", PPC, "Hà Tĩnh"), TWO),
    "other post, other place": (
        ("Trần Văn Mẫu", "chair", PPC, "Nghệ An"),
        ("Trần Văn Mẫu", "minister", HEALTH, None),
        TWO,
    ),
    "standing left out": (
        ("Trần Văn Mẫu", "standing_vice_chair", PPC, "Nghệ An"),
        ("Trần Văn Mẫu", "vice_chair", PPC, "Nghệ An"),
        ONE,
    ),
    "other post in one ministry": (
        ("Trần Văn Mẫu", "minister", HEALTH, None),
        ("Trần Văn Mẫu", "deputy_minister", HEALTH, None),
        TWO,
    ),
    "marks differ": (("Trần Văn Tuấn", "chair", PPC, "Nghệ An"), ("Trần Văn Tuân", "chair", PPC, "Nghệ An"), TWO),
    "other level": (("Trần Văn Mẫu", "chair", PPC, "Nghệ An"), ("Trần Văn Mẫu", "chair", CPC, "Nghệ An"), TWO),
    "other post of both": (("Trần Văn Mẫu", "other", "other", None), ("Trần Văn Mẫu", "other", "other", None), TWO),
    "short name, place only": (
        ("Lê Mẫu", "chair", PPC, "Nghệ An"),
        ("Le Mau", "deputy_secretary", PARTY, "Nghệ An"),
        TWO,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_two_mentions(case: str) -> None:
    first, second, expected = CASES[case]
    entities = link([facts("a", first), facts("b", second)], [article("a", "2024-05-01"), article("b", "2024-11-01")])
    assert people(entities) == expected


@pytest.mark.parametrize(
    ("full", "worn", "expected"),
    [
        ("Nguyễn Hòa Mẫu", "Nguyên Hoa Mâu", ONE),
        ("Đỗ Văn Mẫu", "Do Van Mau", ONE),
        ("Trần Văn Tuấn", "Trân Van Tuan", ONE),
        ("Trần Văn Tuấn", "Tran Van Tuản", TWO),
        ("Trần Văn Dũng", "Trần Văn Đùng", TWO),
    ],
)
def test_marks_may_be_lost_in_other_languages_but_not_changed(full: str, worn: str, expected: list) -> None:
    post = ("chair", PPC, "Nghệ An")
    assert people(link([facts("a", (full, *post)), facts("b", (worn, *post), language="fr")], [])) == expected


def test_commune_posts_agree_only_in_the_same_weeks() -> None:
    post = ("Trần Văn Mẫu", "chair", CPC, "Nghệ An")
    for day, expected in (("2024-05-09", ONE), ("2025-05-09", TWO), (None, TWO)):
        entities = link([facts("a", post), facts("b", post)], [article("a", "2024-05-01"), article("b", day)])
        assert people(entities) == expected, day


def test_a_merged_province_is_the_same_only_across_the_merger() -> None:
    old, new = ("Trần Văn Mẫu", "chair", PPC, "Hà Giang"), ("Trần Văn Mẫu", "secretary", PARTY, "Tuyên Quang")
    for day, expected in (("2025-09-01", ONE), ("2025-03-01", TWO)):
        entities = link([facts("a", old), facts("b", new)], [article("a", "2024-05-01"), article("b", day)])
        assert people(entities) == expected, day


def test_a_name_without_marks_joins_neither_of_two_that_differ() -> None:
    post = ("chair", PPC, "Nghệ An")
    entities = link(
        [facts("a", ("Lê Văn Tuấn", *post)), facts("b", ("Lê Văn Tuân", *post)), facts("c", ("Le Van Tuan", *post))], []
    )
    assert people(entities) == [{"a"}, {"b"}, {"c"}]


def test_one_name_in_one_article_is_one_person() -> None:
    one = facts("a", ("Trần Văn Mẫu", "chair", PPC, "Nghệ An"), ("Tran Van Mau", "minister", HEALTH, None))
    assert people(link([one], [])) == [{"a"}]


def test_merges_and_doubts_are_explained() -> None:
    rows = [
        facts("a", ("Trần Văn Mẫu", "chair", PPC, "Nghệ An")),
        facts("b", ("Tran Van Mau", "chair", PPC, "Nghệ An"), language="fr"),
        facts("c", ("Trần Văn Mẫu", "", None, None)),
    ]
    both, alone = sorted((e for e in link(rows, []) if e.kind == "official"), key=lambda e: -len(e.members))
    assert "merged: both chair of provincial_peoples_committee in Nghệ An (+4)" in both.explanation
    assert f"unsure whether {both.id}" in alone.explanation
    assert (both.name, both.names) == ("Trần Văn Mẫu", ("fr: Tran Van Mau", "vi: Trần Văn Mẫu"))


def test_order_changes_nothing() -> None:
    rows = [facts(str(n), (case[n % 2][0], *case[n % 2][1:])) for n, case in enumerate(CASES.values())]
    expected = link(rows, [])
    for seed in range(5):
        shuffled = random.Random(seed).sample(rows, len(rows))
        assert link(shuffled, []) == expected
    assert len({entity.id for entity in expected}) == len(expected)


def test_people_decide(tmp_path) -> None:
    rows = [facts("a", ("Trần Văn Mẫu", "", None, None)), facts("b", ("Tran Van Mau", "", None, None))]
    path = tmp_path / "decisions.csv"
    assert people(link(rows, [], path)) == TWO
    path.write_text("decision,article_a,name_a,article_b,name_b\nsame,a,Trần Văn Mẫu,b,Tran Van Mau\n", "utf-8")
    assert people(link(rows, [], path)) == ONE
    post = ("chair", PPC, "Nghệ An")
    rows = [facts("a", ("Trần Văn Mẫu", *post)), facts("b", ("Trần Văn Mẫu", *post))]
    path.write_text("decision,article_a,name_a,article_b,name_b\ndifferent,a,Trần Văn Mẫu,b,Trần Văn Mẫu\n", "utf-8")
    assert people(link(rows, [], path)) == TWO


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("decision,article_a\nsame,a\n", "line 1: no column name_a"),
        ("decision,article_a,name_a,article_b,name_b\nperhaps,a,x,b,y\n", "line 2: decision is 'perhaps'"),
        ("decision,article_a,name_a,article_b,name_b\nsame,a,,b,y\n", "line 2: a cell is empty"),
    ],
)
def test_a_wrong_decision_names_file_and_line(tmp_path, content: str, message: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=message):
        link([], [], path)


def directive(name: str, id_: str, type_: str = "plan", **values: object) -> Facts:
    return Facts(
        name,
        "vi",
        directives=(
            Directive(name, id_, type_, values.pop("issuer", None), values.pop("issued", None), 0, 1, "test", **values),
        ),
    )  # type: ignore[arg-type]


PLAN = {"issuer": PPC, "level": "provincial"}
DIRECTIVES = {
    "central symbol": (directive("a", "57-NQ/TW"), directive("b", "57-nq/tw"), 1),
    "one number in two provinces": (
        directive("a", "78/KH-UBND", place="Nghệ An", **PLAN),
        directive("b", "78/KH-UBND", place="Hà Tĩnh", **PLAN),
        2,
    ),
    "one number in one province": (
        directive("a", "78/KH-UBND", place="Nghệ An", **PLAN),
        directive("b", "78/KH-UBND", place="Nghệ An", **PLAN),
        1,
    ),
    "province unknown": (directive("a", "78/KH-UBND", **PLAN), directive("b", "78/KH-UBND", **PLAN), 2),
    "two years": (
        directive("a", "18/CT-TTg", "directive", issued="2022-05-01"),
        directive("b", "18/CT-TTg", "directive", issued="2023-05-01"),
        2,
    ),
    "year unknown in one": (
        directive("a", "18/CT-TTg", "directive", issued="2022-05-01"),
        directive("b", "18/CT-TTg", "directive"),
        1,
    ),
    "short form of one issuer": (
        directive("a", "57-NQ/TW", "resolution", issuer="politburo", number="57"),
        directive("b", "resolution 57", "resolution", issuer="politburo", number="57"),
        1,
    ),
    "short form without issuer": (
        directive("a", "57-NQ/TW", "resolution", issuer="politburo", number="57"),
        directive("b", "resolution 57", "resolution", number="57"),
        2,
    ),
    "short form, other issuer": (
        directive("a", "57-NQ/TW", "resolution", issuer="politburo", number="57"),
        directive("b", "resolution 57", "resolution", issuer="government", number="57"),
        2,
    ),
    "bare short forms": (directive("a", "plan 78"), directive("b", "plan 78"), 2),
}


@pytest.mark.parametrize("case", DIRECTIVES)
def test_directives(case: str) -> None:
    first, second, count = DIRECTIVES[case]
    found = [entity for entity in link([first, second], []) if entity.kind == "directive"]
    assert len(found) == count
    assert sorted(member for entity in found for member in entity.members) == sorted(
        {(f.article, f.directives[0].id) for f in (first, second)}
    )


def test_a_short_form_joins_no_younger_document() -> None:
    rows = [
        directive("a", "57-NQ/TW", "resolution", issuer="politburo", number="57", issued="2024-12-22"),
        directive("b", "resolution 57", "resolution", issuer="politburo", number="57"),
    ]
    for day, count in (("2025-03-01", 1), ("2019-03-01", 2)):
        entities = link(rows, [article("b", day)])
        assert sum(entity.kind == "directive" for entity in entities) == count


def test_bodies_are_one_for_each_province() -> None:
    rows = [
        facts("a", ("Trần Văn Mẫu", "chair", PPC, "Nghệ An"), ("Lê Thị Mẫu", "minister", HEALTH, None)),
        facts("b", ("Bùi Văn Mẫu", "chair", PPC, "Hà Tĩnh"), ("Lê Thị Mẫu", "minister", HEALTH, None)),
    ]
    bodies = {entity.id: entity for entity in link(rows, []) if entity.kind == "body"}
    assert set(bodies) == {f"body:{HEALTH}", f"body:{PPC}@ha-tinh", f"body:{PPC}@nghe-an"}
    assert bodies[f"body:{PPC}@nghe-an"].members == (("a", f"{PPC}@Nghệ An"),)
    assert len(bodies[f"body:{HEALTH}"].names) == len(languages())


def test_a_central_body_is_one_wherever_its_members_come_from() -> None:
    rows = [
        facts("a", ("Trần Văn Mẫu", "deputy", "national_assembly", "Nghệ An")),
        facts("b", ("Lê Thị Mẫu", "deputy", "national_assembly", "Hà Tĩnh")),
    ]
    (assembly,) = (entity for entity in link(rows, []) if entity.kind == "body")
    assert assembly.id == "body:national_assembly"
    assert assembly.members == (("a", "national_assembly@Nghệ An"), ("b", "national_assembly@Hà Tĩnh"))


def test_a_body_named_alone_gets_the_province_of_the_article_or_stays_apart() -> None:
    order = Instruction("a", 0, 1, PPC, "order", "test")
    known = dataclasses.replace(facts("a", ("Trần Văn Mẫu", "secretary", PARTY, "Nghệ An")), instructions=(order,))
    unknown = Facts("b", "vi", instructions=(dataclasses.replace(order, article="b"),))
    found = {entity.id: entity.name for entity in link([known, unknown], []) if PPC in entity.id}
    assert found[f"body:{PPC}@nghe-an"].endswith("(Nghệ An)")
    assert len(found) == 2


def event_facts(name: str, language: str, values: tuple[float, ...], person: str = "Trần Văn Mẫu") -> Facts:
    figures = tuple(Figure(name, i, i + 1, "", v, None, "count", "=", "result", "test") for i, v in enumerate(values))
    return dataclasses.replace(facts(name, (person, "chair", PPC, "Nghệ An"), language=language), figures=figures)


@pytest.mark.parametrize(
    ("second", "day", "count"),
    [
        (event_facts("b", "fr", (12, 55, 63, 7), "Tran Van Mau"), "2024-05-02", 1),
        (event_facts("b", "fr", (12, 55, 63, 7), "Tran Van Mau"), "2024-06-02", 2),
        (event_facts("b", "fr", (1, 2, 3, 4), "Tran Van Mau"), "2024-05-02", 2),
        (event_facts("b", "vi", (12, 55, 63, 8)), "2024-05-02", 2),
        (event_facts("b", "vi", (12, 55, 63, 7)), "2024-05-02", 1),
    ],
)
def test_editions_are_one_event(second: Facts, day: str, count: int) -> None:
    first = event_facts("a", "vi", (12, 55, 63, 7))
    entities = link([first, second], [article("a", "2024-05-01"), article("b", day, second.language or "")])
    events = [entity for entity in entities if entity.kind == "event"]
    assert len(events) == count
    assert sorted(member for event in events for member in event.members) == [("a", "event"), ("b", "event")]


@pytest.mark.parametrize(("day", "count"), [(f"2024-05-0{day}", 1) for day in (2, 3, 4)] + [("2024-05-05", 2)])
@pytest.mark.parametrize("first_day", ["2024-05-01", "2024-05-02", "2024-05-03"])
def test_editions_are_found_among_many_articles_that_say_the_same(first_day: str, day: str, count: int) -> None:
    shift = int(first_day[-1]) - 1
    day = f"{day[:-1]}{int(day[-1]) + shift}"
    two = [event_facts("a", "vi", (12, 55, 63, 7)), event_facts("b", "fr", (12, 55, 63, 7), "Tran Van Mau")]
    older = [event_facts(f"old{n}", "vi", (12, 55, 63, n + 100)) for n in range(60)]
    days = {f"old{n}": f"{1960 + n}-05-01" for n in range(60)} | {"a": first_day, "b": day}
    entities = link([*two, *older], [article(name, on) for name, on in days.items()])
    events = [entity for entity in entities if entity.kind == "event"]
    assert len(events) - len(older) == count
