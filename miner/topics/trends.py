"""Themes over place and time: which theme how many articles of a province and a quarter are about."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["places_of", "quarters_of", "trends"]

#: Where an article's place is looked for, the surest table first.
_PLACE_TABLES = ("participations", "positions", "figures")


def places_of(articles: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> pd.Series[str]:
    """Tell the province that each article is about: the commonest of its meetings, else its posts, figures, its outlet.

    Returns
    -------
    pandas.Series
        Province by article id; articles without any are left out. Of equally common provinces the first by name.
    """
    found = pd.Series(dtype=object)
    for name in _PLACE_TABLES:
        found = found.combine_first(_commonest(facts[name], "place"))
    if "province" in articles.columns:
        found = found.combine_first(articles.set_index("id")["province"].dropna().astype(object))
    return found[found.index.isin(set(articles["id"]))].rename("place").sort_index()


def quarters_of(articles: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> pd.Series[str]:
    """Tell the quarter of each article: of its publication, else of the meeting that it reports.

    Returns
    -------
    pandas.Series
        Quarters such as ``2025Q3`` by article id; articles without any date are left out.
    """
    published = articles.set_index("id")["published"].dropna().astype(object)
    days = published.combine_first(_commonest(facts["participations"], "date"))
    days = days[days.index.isin(set(articles["id"]))].sort_index()
    return pd.Series([f"{day[:4]}Q{(int(day[5:7]) + 2) // 3}" for day in days], index=days.index, name="quarter")


def _commonest(table: pd.DataFrame, column: str) -> pd.Series[str]:
    """Return for each article the value that most of its rows have, the first in order among equals."""
    counts = table.dropna(subset=[column]).groupby(["article", column]).size().reset_index(name="rows")
    ordered = counts.sort_values(["article", "rows", column], ascending=[True, False, True])
    return ordered.drop_duplicates("article").set_index("article")[column].astype(object)


def trends(articles: pd.DataFrame, themes: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Count articles by province, quarter and theme.

    Parameters
    ----------
    articles : pandas.DataFrame
        `corpus.articles`.
    themes : pandas.DataFrame
        What `miner.topics.themes` found in them.
    facts : mapping of str to pandas.DataFrame
        The tables ``participations``, ``positions`` and ``figures`` of the corpus.

    Returns
    -------
    pandas.DataFrame
        The columns ``place quarter language theme words articles share``, sorted; `share` is the part of
        the articles of that language in the province and quarter. An unknown place or quarter is
        a dash, so that no article is lost.
    """
    rows = themes.assign(
        place=themes["article"].map(places_of(articles, facts)).fillna("-"),
        quarter=themes["article"].map(quarters_of(articles, facts)).fillna("-"),
    )
    keys = ["place", "quarter", "language"]
    counts = rows.groupby([*keys, "theme", "words"]).size().reset_index(name="articles")
    whole = counts.groupby(keys)["articles"].transform("sum") if len(counts) else counts["articles"]
    return counts.assign(share=(counts["articles"] / whole).round(3))
