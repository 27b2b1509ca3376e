"""What a corpus says at a glance: officials with their posts, directives, and targets with what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd

from miner.explore.tables import number

_UNITS = {"percent": "%", "point": "points"}


def overview(
    entities: pd.DataFrame, positions: pd.DataFrame, directives: pd.DataFrame, ledger: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return the three tables that a reader wants first, by name: officials, directives and targets."""
    return {
        "officials": officials_overview(entities, positions),
        "directives": directives_overview(entities, directives),
        "targets": targets_overview(ledger),
    }


def officials_overview(entities: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each linked official: name, posts, places and the number of articles.

    Parameters
    ----------
    entities : pandas.DataFrame
        The corpus' entities, with `kind`, `name` and `members` (pairs of article and name).
    positions : pandas.DataFrame
        The corpus' positions.

    Returns
    -------
    pandas.DataFrame
        Those named in most articles first, then by name.
    """
    posts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in _records(positions):
        posts[row["article"], row["person"]].append(row)
    rows = []
    for entity in _records(entities[entities.kind == "official"]):
        members = _members(entity)
        own = [row for member in members for row in posts[member]]
        rows.append(
            {
                "official": entity["name"],
                "posts": "; ".join(_ordered(_post(row["role"], row["body"], row["modifier"]) for row in own)),
                "places": ", ".join(_ordered(row["place"] for row in own if isinstance(row["place"], str))),
                "articles": len({article for article, _ in members}),
            }
        )
    return _sorted(rows, ["official", "posts", "places", "articles"])


def directives_overview(entities: pd.DataFrame, directives: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each linked directive: id, type, issuer, day of issue and the number of articles."""
    known = {(row["article"], row["id"]): row for row in _records(directives)}
    rows = []
    for entity in _records(entities[entities.kind == "directive"]):
        members = _members(entity)
        own = [known[member] for member in members if member in known]
        rows.append(
            {
                "directive": entity["name"],
                "type": _first(row["type"] for row in own),
                "issuer": _first(row["issuer"] for row in own),
                "issued": _first(row["issued"] for row in own),
                "articles": len({article for article, _ in members}),
            }
        )
    return _sorted(rows, ["directive", "type", "issuer", "issued", "articles"])


def targets_overview(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger's targets as people write them, those with a result first, then by deadline."""
    columns = ["place", "target", "indicator", "deadline", "result", "reached"]
    aims = ledger[ledger.target.notna()] if len(ledger) else ledger
    rows = [{column: row.get(column) for column in columns} | _written(row) for row in _records(aims)]
    frame = pd.DataFrame(rows, columns=columns)
    order = frame.assign(open=frame.result.isna()).sort_values(["open", "deadline", "place"], kind="stable")
    return order[columns].reset_index(drop=True)


def _written(row: dict[str, Any]) -> dict[str, str | None]:
    """Return the target and the result of a row of the ledger as people write them."""
    unit, measure = row["unit"], row["measure"]
    result = _amount(row["result"], unit, measure) if pd.notna(row["result"]) else None
    return {"target": _bound(row["comparator"]) + _amount(row["target"], unit, measure), "result": result}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _members(entity: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(article), str(name)) for article, name in entity["members"]]


def _post(role: str, body: str | None, modifier: str | None) -> str:
    words = [modifier if isinstance(modifier, str) else "", role, "of" if isinstance(body, str) else "", body or ""]
    return " ".join(word for word in words if isinstance(word, str) and word).replace("_", " ")


def _amount(value: float, unit: str, measure: str | None) -> str:
    word = measure if isinstance(measure, str) else _UNITS.get(unit, "")
    return f"{number(float(value))} {_UNITS.get(unit) or word}".strip()


def _bound(comparator: str | None) -> str:
    return "" if comparator in (None, "=") or not isinstance(comparator, str) else f"{comparator} "


def _ordered(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _first(values: Iterable[object]) -> object:
    return next((value for value in values if isinstance(value, str)), None)


def _sorted(rows: list[dict[str, object]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["articles", columns[0]], ascending=[False, True], kind="stable").reset_index(drop=True)
