"""Targets beside the results that answer them, and whether the numbers of an article add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

import pandas as pd

from miner.ledger.checks import Warnings, check
from miner.ledger.editions import events_of, once
from miner.ledger.figures import read_figures
from miner.ledger.judge import reached
from miner.ledger.match import Results
from miner.records import Figure

__all__ = ["COLUMNS", "build_ledger"]

#: The columns of the ledger: what was to be reached, what was reached, and where both are said.
COLUMNS = (
    *("place", "indicator", "unit", "measure", "target", "comparator", "deadline", "result", "result_date", "reached"),
    *("warning", "article", "start", "end", "result_article", "result_start", "result_end", "editions", "indicators"),
)
#: The two ends of a range ('8 to 8.5 %') stand at most so many characters apart.
_RANGE = 8


def build_ledger(
    figures: pd.DataFrame, articles: pd.DataFrame | None = None, entities: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set targets against results and check the arithmetic.

    Parameters
    ----------
    figures : pandas.DataFrame
        One row for each figure, with the columns of `miner.records.Figure` (`corpus.figures`).
    articles : pandas.DataFrame, optional
        The articles with ``id``, ``published``, ``text`` and ``language`` (`corpus.articles`): a result of another
        article then only answers a target that was published before it, the text tells whether a percentage states
        the ratio before it, and the language in which language an indicator is called so.
    entities : pandas.DataFrame, optional
        What was linked (`corpus.entities`): what several editions of one article say then stands once.

    Returns
    -------
    pandas.DataFrame
        The columns `COLUMNS`, a row for each target, for each ratio ('10/11' is a target of 11 and a result of 10) and
        for each figure that does not add up. Values are in base units. ``reached`` is yes, no or unknown, ``warning``
        says what does not add up, ``editions`` how many articles say the same, ``indicators`` how each language calls
        the indicator (``en: communes``). A result answers a target of the same
        place, unit and measure whose indicator is in similar words, in the target's article first, then in a later
        one; where nothing fits, the result is missing.

    Raises
    ------
    InputError
        A needed column is missing.
    """
    found = read_figures(figures)
    results = Results(found, _days(articles))
    warnings: Warnings = {}
    rows: list[dict[str, object]] = []
    texts = _column(articles, "text")
    for article, group in groupby(found, key=lambda figure: figure.article):
        own = list(group)
        warnings |= check(own, texts.get(article))
        tops = _range_tops(own)
        shown = [(figure, _pair(figure, results)) for figure in own if _is_target(figure) or figure in warnings]
        rows += [_row(target, result, warnings, target in tops) for target, result in shown]
    return pd.DataFrame(
        once(rows, events_of(entities), _column(articles, "language")), columns=list(COLUMNS)
    ).reset_index(drop=True)


def _days(articles: pd.DataFrame | None) -> Mapping[str, str]:
    if articles is None:
        return {}
    known = articles[["id", "published"]].dropna()
    return {str(article): str(day)[:10] for article, day in known.itertuples(index=False)}


def _column(articles: pd.DataFrame | None, name: str) -> Mapping[str, str]:
    if articles is None or name not in articles.columns:
        return {}
    known = articles[["id", name]].dropna()
    return dict(zip(known["id"], known[name], strict=True))


def _is_target(figure: Figure) -> bool:
    return figure.kind == "target" or _is_ratio(figure)


def _is_ratio(figure: Figure) -> bool:
    return figure.kind == "result" and bool(figure.of)


def _pair(figure: Figure, results: Results) -> Figure | None:
    return results.answer(figure) if figure.kind == "target" else figure


def _range_tops(figures: Iterable[Figure]) -> set[Figure]:
    """Return the upper ends of ranges: to pass them is no failure."""
    tops: set[Figure] = set()
    before: Figure | None = None
    for figure in figures:
        near = (
            before and before.comparator == ">=" and before.unit == figure.unit and figure.start - before.end <= _RANGE
        )
        if near and figure.comparator == "<=":
            tops.add(figure)
        before = figure
    return tops


def _row(figure: Figure, result: Figure | None, warnings: Warnings, top: bool) -> dict[str, object]:
    aim = figure.value if figure.kind == "target" else figure.of
    notes = [*warnings.get(figure, ()), *(warnings.get(result, ()) if result and result != figure else ())]
    row: dict[str, object] = {
        "place": figure.place,
        "indicator": figure.indicator,
        "unit": figure.unit,
        "measure": figure.measure,
        "target": aim,
        "comparator": figure.comparator if figure.kind == "target" else "=" if aim else None,
        "deadline": figure.date if figure.kind == "target" else None,
        "reached": _verdict(figure, result, top) if aim is not None else None,
        "warning": "; ".join(notes) or None,
        "article": figure.article,
        "start": figure.start,
        "end": figure.end,
    }
    if result:
        row |= {"result": result.value, "result_date": result.date, "result_article": result.article}
        row |= {"result_start": result.start, "result_end": result.end}
    return row


def _verdict(figure: Figure, result: Figure | None, top: bool) -> str:
    if result is None or top:
        return "unknown"
    if figure.kind != "target":
        return "yes" if figure.value >= (figure.of or 0) else "no"
    return reached(figure, result.value, result.comparator)
