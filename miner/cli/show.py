"""Records on stdout: JSON Lines, CSV or a table to look at; failures on stderr."""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from miner.contract import cell
from miner.records import Failure

Row = Mapping[str, Any]

#: Failures that are listed one by one.
_LISTED = 20
_WIDEST = 40


def echo_json(value: Any) -> None:
    """Print one JSON object on a line."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


def echo_csv(rows: Iterable[Row], columns: Sequence[str]) -> None:
    """Print rows as CSV; nothing in it runs as a formula."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in columns])


def echo_table(rows: Iterable[Row], columns: Sequence[str]) -> None:
    """Print rows as a table with aligned columns, long cells shortened, empty columns left out."""
    shown = [[_shown(row.get(name)) for name in columns] for row in rows]
    kept = [i for i, _ in enumerate(columns) if any(line[i] for line in shown)]
    lines = [[columns[i] for i in kept], *([line[i] for i in kept] for line in shown)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        click.echo(
            "  ".join(text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)).rstrip()
        )


def echo_rows(rows: Iterable[Row], columns: Sequence[str], form: str) -> None:
    """Print rows in the form asked for: jsonl, csv or table."""
    if form == "jsonl":
        for row in rows:
            echo_json(dict(row))
    else:
        (echo_csv if form == "csv" else echo_table)(rows, columns)


def echo_failures(failures: Sequence[Failure], total: int | None = None, where: str = "") -> None:
    """List failures on stderr: what, where, what to do."""
    count = len(failures) if total is None else total
    if not count:
        return
    click.echo(f"{count} failed:", err=True)
    for failure in failures[:_LISTED]:
        click.echo(f"  {failure.source}: {failure.what}\n    {failure.stage}: {failure.remedy}", err=True)
    if count > min(len(failures), _LISTED):
        click.echo(f"  and {count - min(len(failures), _LISTED)} more{where}", err=True)


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}"
    # Control characters of a text would move the cursor or worse.
    plain = "".join(c if c.isprintable() else " " for c in cell(value).removeprefix("'"))
    return plain if len(plain) <= _WIDEST else plain[: _WIDEST - 1] + "…"


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
