"""The posts of each official over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from miner.explore.page.proofs import Proofs
from miner.explore.words import usual_names

#: So many articles of a post are linked.
MOST_PROOFS = 12


def describe_posts(
    positions: pd.DataFrame, ids: Mapping[tuple[str, str, str], str], shown: set[str], proofs: Proofs
) -> dict[str, Any]:
    """Return ``of`` (official → posts, each with role, body, place, modifier, proofs) and ``roles`` (code → names)."""
    found: dict[str, dict[tuple[str, ...], list[int]]] = defaultdict(lambda: defaultdict(list))
    rows = positions.astype(object).where(positions.notna(), None)
    for row in rows.to_dict("records"):
        person = ids.get(("official", row["article"], row["person"]))
        if person in shown and person is not None:
            body = _body(row, ids)
            post = (row["role"], body, row["place"] or "", row["modifier"] or "")
            found[person][post].append(proofs.span(row["article"], row["start"], row["end"]))
    of = {person: [_post(post, spans) for post, spans in sorted(posts.items())] for person, posts in found.items()}
    used = {post["role"] for posts in of.values() for post in posts}
    return {
        "of": dict(sorted(of.items())),
        "roles": {role: usual_names("roles").get(role, {}) for role in sorted(used)},
    }


def _body(row: Mapping[Any, Any], ids: Mapping[tuple[str, str, str], str]) -> str:
    """Return the id of a post's body, else its code."""
    code = row["body"] or ""
    names = [f"{code}@{row['place']}", code]
    return next((ids[key] for name in names if (key := ("body", row["article"], name)) in ids), code)


def _post(post: tuple[str, ...], spans: list[int]) -> dict[str, Any]:
    described = dict(zip(("role", "body", "place", "modifier"), post, strict=True))
    return {key: value for key, value in described.items() if value} | {
        "proofs": spans[:MOST_PROOFS],
        "count": len(spans),
    }
