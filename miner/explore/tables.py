"""Frames as aligned text: what a reader sees first in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

#: A wider cell is cut, with an ellipsis in its place.
WIDEST = 36
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def first_rows(frame: pd.DataFrame, columns: Sequence[str] = (), rows: int = 8, title: str = "") -> str:
    """Return the first rows of a frame as an aligned table in plain text.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any of the corpus' tables.
    columns : sequence of str, optional
        The columns to show, in this order; those that the frame lacks are left out. All by default.
    rows : int, default 8
        How many rows to show at most; the last line tells how many there are.
    title : str, optional
        A line above the table.

    Returns
    -------
    str
        Lines, the last one ended. Missing values are empty, numbers stand to the right, wide cells are cut.
    """
    names = [name for name in (columns or frame.columns) if name in frame.columns]
    head = frame[names].head(rows)
    cells = [names, *([_cell(value) for value in row] for row in head.itertuples(index=False))]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    right = [pd.api.types.is_numeric_dtype(head[name]) for name in names]
    lines = [title] if title else []
    lines += [_line(row, widths, right) for row in (cells[0], ["-" * width for width in widths], *cells[1:])]
    more = len(frame) - len(head)
    lines += [f"… and {more:,} more" if more else f"{len(frame):,} rows" if len(frame) != 1 else "1 row"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple)) or (hasattr(value, "tolist") and not pd.api.types.is_scalar(value)):
        return _cut(", ".join(map(str, value)))
    if value is None or value is pd.NaT or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, float):
        return number(value)
    return _cut(str(value))


def _cut(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cc")
    return plain if len(plain) <= WIDEST else plain[: WIDEST - 1] + "…"


def number(value: float, scales: Iterable[tuple[float, str]] = _SCALES) -> str:
    """Return a number as people write it, large ones in words: from each of `scales` on, its word.

    Examples
    --------
    >>> number(4.8e12), number(1931.0), number(87.3)
    ('4.8 trillion', '1,931', '87.3')
    """
    for scale, word in scales:
        if abs(value) >= scale:
            return f"{value / scale:,.5g} {word}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = (" " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    pairs = zip(cells, padded, right, strict=True)
    return "  ".join(space + cell if is_number else cell + space for cell, space, is_number in pairs)
