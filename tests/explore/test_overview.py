"""Tables at a glance."""

import pandas as pd

from miner.explore.overview import directives_overview, officials_overview, targets_overview

ENTITIES = pd.DataFrame(
    [
        {"kind": "official", "name": "Lò Văn Tính", "members": [("a", "Lo Van Tinh"), ("b", "Lò Văn Tính")]},
        {"kind": "official", "name": "Kha Thị Mến", "members": [("b", "Kha Thị Mến")]},
        {"kind": "directive", "name": "57-NQ/TW", "members": [("a", "57-NQ/TW"), ("b", "57-NQ/TW")]},
        {"kind": "place", "name": "Sơn La", "members": [("a", "Sơn La")]},
    ]
)
POSITIONS = pd.DataFrame(
    [
        ("a", "Lo Van Tinh", "chair", "provincial_peoples_committee", "Sơn La", None),
        ("b", "Lò Văn Tính", "chair", "provincial_peoples_committee", "Sơn La", None),
        ("b", "Lò Văn Tính", "director", "dept_health", "Sơn La", "former"),
    ],
    columns=["article", "person", "role", "body", "place", "modifier"],
)
DIRECTIVES = pd.DataFrame(
    [("a", "57-NQ/TW", "resolution", None, None), ("b", "57-NQ/TW", "resolution", "politburo", "2024-12-22")],
    columns=["article", "id", "type", "issuer", "issued"],
)


def test_officials_stand_once_with_all_posts() -> None:
    frame = officials_overview(ENTITIES, POSITIONS)
    assert frame.to_dict("records")[0] == {
        "official": "Lò Văn Tính",
        "posts": "chair of provincial peoples committee; former director of dept health",
        "places": "Sơn La",
        "articles": 2,
    }
    assert frame.official.tolist() == ["Lò Văn Tính", "Kha Thị Mến"]


def test_directives_take_what_any_article_tells() -> None:
    row = directives_overview(ENTITIES, DIRECTIVES).to_dict("records")[0]
    assert row == {
        "directive": "57-NQ/TW",
        "type": "resolution",
        "issuer": "politburo",
        "issued": "2024-12-22",
        "articles": 2,
    }


def test_targets_with_a_result_come_first() -> None:
    columns = ["place", "target", "comparator", "unit", "measure", "indicator", "deadline", "result", "reached"]
    ledger = pd.DataFrame(
        [
            ("Sơn La", 85.0, ">=", "percent", None, "dossiers", "2025-12-31", None, "unknown"),
            ("Sơn La", 4.8e12, "=", "money", "VND", "budget", "2025-12-31", 5e12, "yes"),
            ("Sơn La", None, None, "money", "VND", "parts", None, 3.0, None),
        ],
        columns=columns,
    )
    frame = targets_overview(ledger)
    assert frame.target.tolist() == ["4.8 trillion VND", ">= 85 %"]
    assert frame.result.tolist()[0] == "5 trillion VND"


def test_empty_tables_stay_empty() -> None:
    assert officials_overview(ENTITIES.head(0), POSITIONS.head(0)).empty
    assert targets_overview(pd.DataFrame(columns=["place", "target"])).empty
