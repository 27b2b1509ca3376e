"""Themes of articles by language, found with TF-IDF and non-negative matrix factorisation."""

from __future__ import annotations

import re
import warnings
from typing import Any

import pandas as pd

from miner.errors import InputError
from miner.lexicon import languages, read_yaml
from miner.text import lowered

__all__ = ["COLUMNS", "themes"]

COLUMNS = ("article", "language", "theme", "words", "share")
#: A term must stand in at most this part of the articles of its language to tell them apart.
_COMMON = 0.6
_WORD = r"(?u)\b[^\W\d_]{2,}\b"


def themes(articles: pd.DataFrame, n: int = 6, words: int = 6) -> pd.DataFrame:
    """Find the themes of each language and the one that weighs most in each article.

    Parameters
    ----------
    articles : pandas.DataFrame
        With the columns ``id``, ``language`` and ``text`` (`corpus.articles`).
    n : int, default 6
        The number of themes to look for in each language; fewer where a language has fewer articles.
    words : int, default 6
        How many terms name a theme. Terms are words and pairs of words; Vietnamese words are often pairs of syllables.

    Returns
    -------
    pandas.DataFrame
        The columns `COLUMNS`, a row for each article of a language that has at least two, sorted by language and
        article: the number of its main theme (from 1), the terms that weigh most in it, and the theme's share of the
        article from 0 to 1. The same articles give the same themes in any order.

    Raises
    ------
    InputError
        A column is missing, or `n` or `words` is not positive.
    """
    missing = [name for name in ("id", "language", "text") if name not in articles.columns]
    if missing or n < 1 or words < 1:
        wrong = f"no column {', '.join(missing)}" if missing else f"n={n}, words={words}"
        raise InputError(f"themes: {wrong}; give corpus.articles and positive numbers")
    known = articles.dropna(subset=["language"]).sort_values(["language", "id"])
    parts = [_of_language(part, n, words) for _, part in known.groupby("language") if len(part) > 1]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))


def _of_language(articles: pd.DataFrame, n: int, words: int) -> pd.DataFrame:
    from sklearn.decomposition import NMF

    weights, terms = _weigh(list(articles["text"]), articles["language"].iloc[0])
    number = min(n, *weights.shape) if terms else 0
    if not number:
        return pd.DataFrame(columns=list(COLUMNS))
    model = NMF(number, init="nndsvda", random_state=0, max_iter=400)
    with warnings.catch_warnings():
        # Neither factors that are not final nor a perfect fit, whose error rounds below zero, spoil the themes' names.
        warnings.simplefilter("ignore")
        shares = model.fit_transform(weights)
    names = [", ".join(terms[i] for i in row.argsort(kind="stable")[::-1][:words]) for row in model.components_]
    main, total = shares.argmax(axis=1), shares.sum(axis=1)
    share = [
        round(float(row[top] / whole), 3) if whole else 0.0 for row, top, whole in zip(shares, main, total, strict=True)
    ]
    found = {"theme": main + 1, "words": [names[top] for top in main], "share": share}
    return pd.DataFrame({"article": list(articles["id"]), "language": list(articles["language"]), **found})


def _weigh(texts: list[str], language: str) -> tuple[Any, list[str]]:
    """Return the TF-IDF matrix, texts × terms, and the terms; no terms where the texts have no word in common use."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    data = read_yaml(f"lang/{language}/reading.yaml") if language in languages() else {}
    known = [*data.get("function_words", ()), *data.get("stop_words", ())]
    stop = sorted({word for form in known for word in re.findall(_WORD, lowered(form))})
    most = _COMMON if len(texts) > 3 else 1.0
    vectorizer = TfidfVectorizer(
        preprocessor=lowered, token_pattern=_WORD, stop_words=stop, ngram_range=(1, 2), max_df=most
    )
    try:
        return vectorizer.fit_transform(texts), list(vectorizer.get_feature_names_out())
    except ValueError:
        return pd.DataFrame(index=range(len(texts))), []
