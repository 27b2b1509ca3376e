"""Commands on how a corpus was read: duplicates, watch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from miner.cli.show import echo_rows

if TYPE_CHECKING:
    from miner.read.watch import Rate

_FOLDER = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
_FORM = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True
)


@click.command(epilog="Example:  miner duplicates out --format csv > duplicates.csv")
@_FOLDER
@click.option("--threshold", default=0.7, show_default=True, type=click.FloatRange(0.5, 1), help="Least similarity.")
@_FORM
def duplicates(folder: Path, threshold: float, form: str) -> None:
    """Print pairs of articles that are copies: the same, nearly the same, or of another paper (syndicated).

    Of a page that was fetched again, the last and each earlier version are a pair too.
    """
    from miner.corpus import open_corpus
    from miner.read.duplicates import find_copies

    corpus = open_corpus(folder)
    versions = [row for row in corpus.iter_rows("duplicates") if row.to_dict()["kind"] == "version"]
    copies = [*find_copies(corpus.iter_articles(), threshold), *versions]
    echo_rows((copy.to_dict() for copy in copies), ["first", "second", "kind", "similarity"], form)


@click.command(epilog="Example:  miner watch out --share")
@_FOLDER
@click.option("--share", is_flag=True, help="Shares of the pages in percent instead of numbers.")
@_FORM
def watch(folder: Path, share: bool, form: str) -> None:
    """Print how many pages of each outlet and week have a title, an author, a date, a lead and a caption.

    A field that an outlet's pages gave and give no longer is named on standard error: its layout has changed.
    """
    from miner.corpus import open_corpus
    from miner.read.watch import FIELDS, by_week, fill_rates, find_drops

    rates = fill_rates(open_corpus(folder).iter_articles())
    rows = (
        {"site": r.site, "week": r.since, "pages": r.pages} | dict(zip(FIELDS, _shown(r, share), strict=True))
        for r in by_week(rates)
    )
    echo_rows(rows, ["site", "week", "pages", *FIELDS], form)
    for drop in find_drops(rates):
        click.echo(f"warning: {drop}", err=True)


def _shown(rate: Rate, share: bool) -> list[int]:
    return [round(100 * count / rate.pages) if share else count for count in rate.filled]
