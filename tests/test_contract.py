"""Facts as the contract's object, as rows and as cells."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.contract import cell, columns, rows, to_contract
from miner.records import (
    FACT_KINDS,
    Directive,
    Facts,
    Figure,
    Instruction,
    Official,
    Participation,
    Position,
)

FACTS = Facts(
    article="a",
    language="fr",
    officials=(
        Official("a", "Lò Văn Sơn", 40, 50, "role_before", mentions=((40, 50), (90, 93))),
        Official("a", "Trần Thị Hoa", 5, 17, "honorific"),
    ),
    positions=(
        Position("a", "Lò Văn Sơn", "secretary", "provincial_party_committee", "Sơn La", 20, 50, "apposition"),
        Position("a", "Lò Văn Sơn", "chair", None, "Sơn La", 60, 70, "office_later", modifier="former"),
    ),
    directives=(Directive("a", "07-NQ/TU", "resolution", None, "2023-02-01", 100, 108, "number"),),
    figures=(Figure("a", 120, 125, "10/11", 10.0, 11.0, "count", "=", "result", "ratio", part_of=(1, 2)),),
    instructions=(Instruction("a", 130, 180, "Lò Văn Sơn", "order", "verb", addressees=("police", "xã")),),
    participations=(Participation("a", "Trần Thị Hoa", "chair", "Sơn La", 5, 30, "verb"),),
)


def test_the_contract_has_its_keys_and_survives_json() -> None:
    found = json.loads(json.dumps(to_contract(FACTS), ensure_ascii=False))
    assert list(found) == ["id", "language", "officials", "directives", "figures", "instructions", "participations"]
    assert (found["id"], found["language"]) == ("a", "fr")
    first, second = found["officials"]
    assert (first["name"], first["positions"]) == ("Trần Thị Hoa", [])
    assert [(p["role"], p["body"], p["place"]) for p in second["positions"]] == [
        ("secretary", "provincial_party_committee", "Sơn La"),
        ("chair", None, "Sơn La"),
    ]
    assert found["directives"][0]["issued"] == "2023-02-01"
    assert (found["figures"][0]["span"], found["figures"][0]["of"]) == ([120, 125], 11.0)
    assert (found["instructions"][0]["issuer"], found["instructions"][0]["deadline"]) == ("Lò Văn Sơn", None)
    assert found["participations"][0]["part"] == "chair"


def test_every_item_names_its_rule_and_span() -> None:
    found = to_contract(FACTS)
    items = [item for kind in FACT_KINDS if kind != "positions" for item in found[kind]]
    items += [position for official in found["officials"] for position in official["positions"]]
    assert all(item["rule"] and len(item["span"]) == 2 for item in items)
    assert len(items) == 8


def test_a_position_without_its_official_is_not_lost() -> None:
    lone = Facts("a", "en", positions=(Position("a", "Hà Bình", "chair", None, None, 3, 9, "r"),))
    (official,) = to_contract(lone)["officials"]
    assert (official["name"], official["positions"][0]["role"]) == ("Hà Bình", "chair")


def test_no_facts_give_empty_lists() -> None:
    found = to_contract(Facts("e", None))
    assert all(found[kind] == [] for kind in FACT_KINDS if kind != "positions")


def test_rows_have_the_columns_that_are_announced() -> None:
    for kind in (None, *FACT_KINDS):
        wanted = columns(kind)
        for row in rows(FACTS, kind):
            assert set(row) <= set(wanted)
    assert [row["fact"] for row in rows(FACTS)] == [
        *["officials"] * 2,
        *["positions"] * 2,
        "directives",
        "figures",
        "instructions",
        "participations",
    ]
    assert len(list(rows(FACTS, "positions"))) == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("-5 %", "'-5 %"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (["=a", "b"], "'=a; b"),
        ("Nghệ An", "Nghệ An"),
        ("", ""),
        (None, ""),
        (-5.5, "-5.5"),
        (4_800_000_000_000.0, "4800000000000.0"),
        ([[1, 4], [7, 9]], "1-4; 7-9"),
    ],
)
def test_cells(value: object, text: str) -> None:
    assert cell(value) == text


@given(st.text())
def test_no_text_becomes_a_formula(text: str) -> None:
    assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
