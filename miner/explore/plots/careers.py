"""The posts of officials over time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from miner.errors import InputError
from miner.explore.figure import (
    BLUE,
    GREY,
    INK,
    LINE,
    ORANGE,
    PURPLE,
    canvas,
    fit,
    heading,
    heading_height,
    legend,
    shorten,
    whole,
    wrap,
)
from miner.explore.page.rows import records
from miner.explore.plots.days import as_date, time_axis
from miner.explore.plots.source import source_of
from miner.explore.words import Words
from miner.lexicon import body_codes
from miner.text import fold

#: The levels of bodies with their colours; those below the province are one.
LEVELS = {"central": PURPLE, "provincial": BLUE, "below": ORANGE, "any": GREY}
_WIDTH, _ROW = 11.5, 0.36


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A post of a person: its role, body and place, and the modifier (former, acting) or an empty text."""

    role: str
    body: str
    place: str
    modifier: str


@dataclass(slots=True)
class Career:
    """An official with the days on which each post was told; a post that only undated articles tell has none."""

    name: str
    posts: dict[Post, set[date]] = field(default_factory=lambda: defaultdict(set))

    @property
    def days(self) -> set[date]:
        """All days on which a post was told."""
        return set().union(*self.posts.values())


def plot_careers(
    entities: pd.DataFrame,
    positions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    official: str | None = None,
    place: str | None = None,
    top: int = 8,
    language: str = "en",
) -> Any:
    """Plot the posts of officials over time.

    Parameters
    ----------
    entities, positions, articles : pandas.DataFrame
        The tables of the corpus; of the articles ``id`` and ``published``.
    official : str, optional
        Name or id of the one official to show, accents or not.
    place : str, optional
        Only officials with a post in this province.
    top : int, default 8
        How many officials to show: those whose posts are told on most days.
    language : str, default "en"
        The language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        A row for each post, under the name of its official: a line from the first to the last article that tells it,
        a dot for each day. A post that articles call former is a triangle that points back.

    Raises
    ------
    InputError
        No official fits, or none has a post with a day.
    """
    words = Words(language)
    careers = _careers(entities, positions, articles)
    fitting = [one for key, one in sorted(careers.items()) if _fits(key, one, official, place)]
    dated = sorted((c for c in fitting if c.days), key=lambda c: (-len(c.days), -len(c.posts), c.name))
    if not dated:
        asked = " and ".join(filter(None, [official and f"official {official!r}", place and f"place {place!r}"]))
        raise InputError(f"{asked or 'this corpus'}: {len(fitting)} officials fit, none has a post with a day")
    shown = dated[:top]
    rows = [row for career in shown for row in _rows(career)]
    counted = "" if official else words("careers_counted", shown=len(shown), all=len(dated))
    undated = words("undated", n=len(fitting) - len(dated)) if len(fitting) > len(dated) else ""
    subtitle = " ".join(filter(None, [counted, undated, words("careers_unit")]))
    top_room = heading_height(_WIDTH, subtitle)
    with canvas(_WIDTH, top_room + _ROW * len(rows) + 1.0) as (figure, axes):
        axes.set_yticks(range(len(rows)), [_label(row, words) for row in rows], fontsize=8.5, linespacing=1.0)
        axes.set_ylim(len(rows) - 0.4, -0.6)
        _embolden(axes, rows)
        fit(figure, axes, top=top_room, bottom=1.0)
        time_axis(axes, [day for career in shown for day in career.days])
        _draw(axes, rows)
        legend(figure, _legend_marks(rows, words))
        heading(figure, words("careers") + (f": {place}" if place else ""), subtitle, source_of(articles, words))
    return axes


#: A row of the plot: the name of an official, or a post with the days on which it was told.
Row = tuple[str, Post | None, list[date]]


def _careers(entities: pd.DataFrame, positions: pd.DataFrame, articles: pd.DataFrame) -> dict[str, Career]:
    """Return the careers by the id of the official."""
    linked = [entity for entity in records(entities) if entity["kind"] == "official"]
    people = {(str(a), str(name)): entity["id"] for entity in linked for a, name in entity["members"]}
    found = {entity["id"]: Career(entity["name"]) for entity in linked}
    days = {row["id"]: as_date(row["published"]) for row in records(articles[["id", "published"]])}
    for row in records(positions):
        person = people.get((row["article"], row["person"]))
        if person:
            post = Post(row["role"], row["body"] or "", row["place"] or "", row["modifier"] or "")
            day = days.get(row["article"])
            found[person].posts[post].update([day] if day else [])
    return found


def _fits(key: str, career: Career, official: str | None, place: str | None) -> bool:
    named = official is None or official == key or fold(official) == fold(career.name)
    return named and (place is None or fold(place) in {fold(post.place) for post in career.posts})


def _rows(career: Career) -> list[Row]:
    """Return the row of the name and those of the dated posts, the earliest first, of one day former ones first."""
    told = [(min(days), post.modifier != "former", post, sorted(days)) for post, days in career.posts.items() if days]
    return [(career.name, None, []), *((career.name, post, days) for _, _, post, days in sorted(told))]


def _label(row: Row, words: Words) -> str:
    name, post, _ = row
    if post is None:
        return shorten(name, 46)
    modifier = words(post.modifier) if post.modifier in ("former", "acting") else post.modifier
    body = words.name_of("bodies", post.body) if post.body else ""
    text = ", ".join(filter(None, [words.name_of("roles", post.role), body]))
    text = f"{modifier} {text}".strip()
    return wrap(text[:1].upper() + text[1:] + (f" ({whole(post.place)})" if post.place else ""), 52)


def _embolden(axes: Any, rows: list[Row]) -> None:
    for label, (_, post, _) in zip(axes.get_yticklabels(), rows, strict=True):
        label.set_fontweight("bold" if post is None else "normal")


def level(post: Post) -> str:
    """Return one of `LEVELS`: that of the post's body."""
    found = body_codes().get(post.body, "any")
    return found if found in LEVELS else "below"


def _draw(axes: Any, rows: list[Row]) -> None:
    for number, (_, post, days) in enumerate(rows):
        if post is None:
            axes.axhline(number - 0.5, color=LINE, linewidth=0.7, zorder=0)
            continue
        color = LEVELS[level(post)]
        look: dict[str, Any] = {
            "markersize": 7,
            "color": color,
            "markerfacecolor": "white" if post.modifier == "former" else color,
        }
        mark = "<" if post.modifier == "former" else "o"
        axes.plot(days, [number] * len(days), mark, zorder=3, **look)
        axes.plot([days[0], days[-1]], [number, number], color=color, linewidth=3, alpha=0.45, zorder=2)
    axes.tick_params(axis="y", length=0)


def _legend_marks(rows: list[Row], words: Words) -> list[Any]:
    from matplotlib.lines import Line2D

    posts = [post for _, post, _ in rows if post]
    used = {level(post) for post in posts}
    look: dict[str, Any] = {"linewidth": 3, "marker": "o", "markersize": 6}
    marks = [
        Line2D([], [], color=c, label=words(f"level_{name}"), **look) for name, c in LEVELS.items() if name in used
    ]
    if any(post.modifier == "former" for post in posts):
        hollow: dict[str, Any] = {"marker": "<", "linestyle": "", "markerfacecolor": "white", "color": INK}
        marks.append(Line2D([], [], label=words("held_before"), **hollow))
    return marks
