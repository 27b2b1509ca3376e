"""Rows of a frame of figures → Figure records, whatever stands for a missing value."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pandas as pd

from miner.errors import InputError
from miner.records import Figure

_FIELDS = tuple(field.name for field in dataclasses.fields(Figure))
_NEEDED = tuple(field.name for field in dataclasses.fields(Figure) if field.default is dataclasses.MISSING)


def read_figures(frame: pd.DataFrame) -> list[Figure]:
    """Return the rows of `frame` as records, sorted by article and span.

    Raises
    ------
    InputError
        A column is missing.
    """
    missing = [name for name in _NEEDED if name not in frame.columns]
    if missing:
        raise InputError(f"the frame of figures has no column {', '.join(missing)}; give corpus.figures")
    names = [name for name in _FIELDS if name in frame.columns]
    found = [Figure(**dict(_values(names, row))) for row in frame[names].itertuples(index=False)]
    return sorted(found, key=lambda f: (f.article, f.start, f.end))


def _values(names: list[str], row: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    for name, value in zip(names, row, strict=True):
        if name == "part_of":
            pair = list(value) if hasattr(value, "__len__") else []
            yield name, (int(pair[0]), int(pair[1])) if len(pair) == 2 else None
        else:
            yield name, None if pd.isna(value) else value
