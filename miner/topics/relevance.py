"""Which articles report policy: a logistic model over how many facts of each kind an article states.

Facts mean the same in every language, so that one small model serves all of them and a new language needs no training
of its own. The model is trained by ``models/relevance/train.py``; its card is ``models/relevance/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from miner.errors import InputError

__all__ = ["FEATURES", "features", "relevance"]

#: Each feature: the table it counts and, for figures, the kinds that it counts. Numbers that are no targets are left
#: out, since sport and prices are full of them.
FEATURES: dict[str, tuple[str, frozenset[str] | None]] = {
    "posts": ("positions", None),
    "documents": ("directives", None),
    "targets": ("figures", frozenset({"target"})),
    "instructions": ("instructions", None),
    "parts": ("participations", None),
}


def features(articles: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Count the facts of each article.

    Parameters
    ----------
    articles : pandas.DataFrame
        With the column ``id`` (`corpus.articles`).
    facts : mapping of str to pandas.DataFrame
        The tables ``positions directives figures instructions participations`` of the corpus.

    Returns
    -------
    pandas.DataFrame
        A row for each article, its id as the index, sorted; a column for each of `FEATURES`: log(1 + facts), since a
        second order tells more than a twentieth and a long article is not less of a report than a short one.

    Raises
    ------
    InputError
        A table is missing.
    """
    missing = sorted({table for table, _ in FEATURES.values()} - set(facts))
    if missing:
        raise InputError(f"relevance: no table {', '.join(missing)}; give the corpus's tables of facts")
    ids = pd.Index(articles["id"], name="article")
    columns = {name: _counts(facts[table], kinds, ids) for name, (table, kinds) in FEATURES.items()}
    return pd.DataFrame(np.log1p(pd.DataFrame(columns, index=ids))).sort_index()


def _counts(table: pd.DataFrame, kinds: frozenset[str] | None, ids: pd.Index[Any]) -> pd.Series[float]:
    rows = table if kinds is None else table[table["kind"].isin(kinds)]
    return rows.groupby("article").size().reindex(ids, fill_value=0).astype(float)


def relevance(articles: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Tell how likely each article is a report on policy, and not on sport, crime, weather, prices or advertising.

    Parameters and errors are those of `features`.

    Returns
    -------
    pandas.DataFrame
        The columns ``article``, ``score`` (0 to 1) and ``relevant`` (score of one half or more), sorted by article.
    """
    model = _model()
    found = features(articles, facts)[model["features"]]
    scaled = (found.to_numpy() - np.array(model["mean"])) / np.array(model["scale"])
    score = 1 / (1 + np.exp(-(scaled @ np.array(model["weights"]) + model["bias"])))
    return pd.DataFrame({"article": found.index, "score": score.round(3), "relevant": score >= 0.5})


def _model() -> dict[str, Any]:
    """Read the trained file: in a wheel it lies with the data, in a checkout with the script that made it."""
    packed = files("miner") / "data" / "models" / "relevance.json"
    made = Path(__file__).parents[2] / "models" / "relevance" / "model.json"
    text = packed.read_text("utf-8") if packed.is_file() else made.read_text("utf-8")
    return dict(json.loads(text))
