"""The source line of a plot: how many articles, and from when to when."""

from __future__ import annotations

from typing import Any

import pandas as pd

from miner.explore.plots.days import as_date
from miner.explore.words import Words


def source_line(graph: Any, words: Words) -> str:
    """Return what a plot of a graph rests on."""
    about = graph.graph
    days = about.get("first_seen"), about.get("last_seen")
    return _line(about.get("articles", 0), about.get("undated", 0), days, words)


def source_of(articles: pd.DataFrame, words: Words) -> str:
    """Return what a plot of tables rests on, from the articles with their ``published``."""
    days = sorted(day.isoformat() for value in articles["published"] if (day := as_date(value)))
    ends = (days[0], days[-1]) if days else (None, None)
    return _line(len(articles), len(articles) - len(days), ends, words)


def _line(articles: int, undated: int, days: tuple[str | None, str | None], words: Words) -> str:
    first, last = days
    period = words("period" if first != last else "one_day", first=first, last=last) if first and last else ""
    period += words("without_date", n=undated) if undated else ""
    return words("source", articles=articles, period=period)
