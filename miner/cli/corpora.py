"""Commands on a corpus folder: run, link, graph, ledger, explore, status."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from miner.cli.show import echo_failures, echo_json, echo_rows
from miner.records import FACT_KINDS, Failure

if TYPE_CHECKING:
    import pandas as pd

    from miner.corpus import Corpus
    from miner.pipeline import Summary

_FOLDER = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
_FORM = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True
)

#: The columns of a table that are shown first, and how many rows.
_ROWS = 8


@click.command(epilog="Example:  miner run corpus/sample --into out")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--into", required=True, type=click.Path(path_type=Path), help="The corpus folder; made if missing.")
@click.option("--workers", type=click.IntRange(min=1), help="Number of processes; by default one for each processor.")
@click.option("--column", default="text", show_default=True, help="Column or key that holds the text.")
@click.option("--url-column", help="Column or key that holds the address.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def run(paths: Sequence[str], into: Path, workers: int | None, column: str, url_column: str | None, form: str) -> None:
    """Do everything: read articles, extract facts, link them, build the graph, write tables and a picture.

    PATH is a file, a folder, a quoted glob or - for standard input. A second run does only what is new or changed.
    """
    code = run_and_show(paths, into, workers, (column, url_column), form)
    click.get_current_context().exit(code)


def run_and_show(
    paths: Sequence[str],
    into: Path,
    workers: int | None = None,
    columns: tuple[str, str | None] = ("text", None),
    form: str = "text",
) -> int:
    """Run the pipeline with a bar, print the summary and return the exit code."""
    from tqdm import tqdm

    from miner.pipeline import run as run_all

    with tqdm(unit="B", unit_scale=True, disable=None, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        column, url_column = columns
        summary = run_all(paths, into, workers=workers, progress=progress, column=column, url_column=url_column)
    if form == "json":
        echo_json(_as_json(summary))
    else:
        _echo_summary(summary)
    sys.stdout.flush()
    echo_failures(summary.failures, summary.failed, f": miner status {into}")
    return summary.exit_code


def _as_json(summary: Summary) -> dict[str, Any]:
    names = ("articles", "new", "skipped", "duplicates", "failed", "facts", "seconds")
    return {**{name: getattr(summary, name) for name in names}, "exports": [str(path) for path in summary.exports]}


def _echo_summary(summary: Summary) -> None:
    parts = [f"{summary.articles} articles read", f"{summary.new} sources new", f"{summary.skipped} known"]
    parts += [f"{summary.duplicates} given twice"] if summary.duplicates else []
    click.echo(", ".join([*parts, f"{summary.failed} failed"]))
    click.echo("facts:    " + ", ".join(f"{summary.facts[kind]} {kind}" for kind in FACT_KINDS))
    click.echo("seconds:  " + ", ".join(f"{stage} {taken:.1f}" for stage, taken in summary.seconds.items()))
    for path in summary.exports:
        click.echo(f"written:  {path}")


@click.command(epilog="Example:  miner link out --format csv > entities.csv")
@_FOLDER
@_FORM
def link(folder: Path, form: str) -> None:
    """Link again who and what is the same, write the exports anew and print the entities.

    Decisions of yours are taken from decisions.csv in the folder.
    """
    from miner.corpus import open_corpus
    from miner.pipeline import export_again

    export_again(folder)
    entities = (entity.to_dict() for entity in open_corpus(folder).iter_entities())
    echo_rows(entities, ["id", "kind", "name", "names", "members", "explanation"], form)


@click.command(epilog="Example:  miner graph out --view provinces --since 2025-01-01 --out provinces.gexf")
@_FOLDER
@click.option(
    "--out",
    default="graph.gexf",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ends in .gexf, .graphml, .csv, .parquet, .ftm.json or .sqlite.",
)
@click.option("--view", help="officials, directives, provinces, cascade or careers; by default the whole graph.")
@click.option("--since", help="Only articles from this day on, such as 2025-01-01.")
@click.option("--until", help="Only articles up to this day.")
@click.option("--language", help="Only articles in this language, such as vi.")
@click.option("--place", help="Only articles that name this province.")
@click.option("--directive", help="Only articles that name this directive; the one that a cascade follows.")
@click.option("--min-articles", default=1, show_default=True, help="The fewest independent articles of an edge.")
@click.option("--as-of", help="Show provinces merged before this day as their successors.")
@click.option("--backbone", type=float, help="Keep only edges that stand out at this level, such as 0.05.")
@click.option("--articles", is_flag=True, help="Let articles be nodes too.")
def graph(folder: Path, out: Path, **options: Any) -> None:
    """Write the graph of officials, bodies, directives, places, targets and events, or a view of it.

    The ending of the file tells the form: GEXF 1.3 for Gephi, GraphML, node and edge lists as CSV or Parquet,
    FollowTheMoney for Aleph, SQLite with full-text search for Datasette.
    """
    from miner.corpus import open_corpus
    from miner.corpus.disk import explained
    from miner.graph import check_ending, write_graph

    check_ending(out)
    built = open_corpus(folder).graph(**options)
    with explained(out):
        paths = write_graph(built, out)
    counted = f"{built.number_of_nodes()} nodes, {built.number_of_edges()} edges"
    click.echo(f"{counted}: {', '.join(map(str, paths))}")
    if "empty" in built.graph:
        click.echo(f"no edges: {built.graph['empty']}", err=True)


@click.command(epilog="Example:  miner ledger out --format csv > ledger.csv")
@_FOLDER
@_FORM
def ledger(folder: Path, form: str) -> None:
    """Print targets beside the results that answer them, and numbers that do not add up."""
    from miner.corpus import open_corpus

    frame = open_corpus(folder).ledger
    echo_rows(_rows(frame), list(frame.columns), form)


@click.command(epilog="Example:  miner explore out --out page.html")
@_FOLDER
@click.option("--rows", default=_ROWS, show_default=True, type=click.IntRange(min=1), help="Rows of each table.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write an explorable page (HTML) instead.")
@click.option("--title", default="miner", show_default=True, help="The heading of the page.")
def explore(folder: Path, rows: int, out: Path | None, title: str) -> None:
    """Show officials, directives and targets at a glance, and where graph, tables and pictures are.

    With --out, write network, evidence, targets, directives and provinces as one HTML file that needs no network.
    """
    from miner.corpus import open_corpus
    from miner.explore import first_rows, overview
    from miner.pipeline import export_again

    corpus = open_corpus(folder)
    if out:
        _write_page(corpus, out, title)
        return
    for name, frame in overview(corpus.entities, corpus.positions, corpus.directives, corpus.ledger).items():
        click.echo(first_rows(frame, rows=rows, title=name))
    for path in export_again(folder, only_if_stale=True):
        click.echo(path)


def _write_page(corpus: Corpus, out: Path, title: str) -> None:
    from miner.corpus.disk import explained
    from miner.explore import write_page

    tables = {name: getattr(corpus, name) for name in ("positions", "directives", "figures", "ledger")}
    built = corpus.graph()
    with explained(out):
        write_page(out, built, corpus.iter_articles(), corpus.iter_entities(), tables, title)
    click.echo(f"{built.number_of_nodes()} nodes, {built.number_of_edges()} edges: {out}")


@click.command(epilog="Example:  miner status out")
@_FOLDER
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def status(folder: Path, form: str) -> None:
    """Tell what a corpus holds, which fields outlets give no longer and what could not be read or processed."""
    from miner.corpus import open_corpus
    from miner.read.watch import fill_rates, find_drops

    corpus = open_corpus(folder)
    counts = _counts(corpus)
    failures = [Failure(**record.to_dict()) for record in corpus.iter_rows("failures")]
    warnings = [str(drop) for drop in find_drops(fill_rates(corpus.iter_articles()))]
    if form == "json":
        told = {"warnings": warnings, "failures": [failure.to_dict() for failure in failures]}
        echo_json({"folder": str(folder), **counts, **told})
        return
    for name, count in counts.items():
        click.echo(f"{name:15} {count:8d}")
    for warning in warnings:
        click.echo(f"warning {warning}")
    for failure in failures:
        click.echo(f"failed  {failure.source}: {failure.what}\n        {failure.stage}: {failure.remedy}")


def _counts(corpus: Corpus) -> dict[str, int]:
    kinds = ("sources", "articles", *FACT_KINDS, "entities", "duplicates")
    return {kind: int(corpus.sql(f"SELECT count(*) AS n FROM {kind}").n[0]) for kind in kinds}  # noqa: S608


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]
