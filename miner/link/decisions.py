"""What people decided: pairs of mentions that are the same person, or are not, in a small CSV file.

The file outlives every rerun: it names mentions by article and name, which do not change, and never entity ids.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from miner.errors import InputError

COLUMNS = ("decision", "article_a", "name_a", "article_b", "name_b")
_ALLOWED = ("same", "different")


@dataclass(frozen=True, slots=True)
class Decision:
    """`same` tells whether the mentions `a` and `b`, (article, name) pairs, are one person."""

    same: bool
    a: tuple[str, str]
    b: tuple[str, str]


def read_decisions(path: str | Path) -> tuple[Decision, ...]:
    """Read people's decisions; a missing file means none.

    Parameters
    ----------
    path : str or Path
        A CSV file with the columns ``decision`` (same or different), ``article_a name_a article_b name_b``; further
        columns are notes.

    Raises
    ------
    InputError
        A column is missing or a decision is neither same nor different; names file and line.
    """
    path = Path(path)
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"{path}, line 1: no column {', '.join(missing)}; the header must name {','.join(COLUMNS)}"
            )
        return tuple(_decision(path, reader.line_num, row) for row in reader)


def _decision(path: Path, line: int, row: dict[str, str]) -> Decision:
    values = {column: (row[column] or "").strip() for column in COLUMNS}
    if values["decision"] not in _ALLOWED:
        given = values["decision"]
        raise InputError(f"{path}, line {line}: decision is {given!r}; write one of {', '.join(_ALLOWED)}")
    if not all(values.values()):
        raise InputError(f"{path}, line {line}: a cell is empty; give article and name of both mentions")
    a, b = (values["article_a"], values["name_a"]), (values["article_b"], values["name_b"])
    return Decision(values["decision"] == "same", a, b)
