"""Commands on articles, without a corpus: read, extract, explain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from miner.cli.show import echo_json, echo_rows
from miner.cli.steps import articles_of, facts_of, finish
from miner.records import FACT_KINDS, Failure

_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
_COLUMN = click.option(
    "--column", default="text", show_default=True, help="Column or key that holds the text (CSV, JSON lines)."
)
_URL_COLUMN = click.option("--url-column", help="Column or key that holds the address.")


@click.command(epilog="Example:  miner read corpus/sample > articles.jsonl")
@_PATHS
@_COLUMN
@_URL_COLUMN
def read(paths: Sequence[str], column: str, url_column: str | None) -> None:
    """Read articles and print them as JSON Lines: text, language, blocks, date.

    PATH is a file, a folder, a quoted glob or - for standard input. Read are .txt .md .html .csv .jsonl and .warc, each
    also with .gz.
    """
    failures: list[Failure] = []
    for article in articles_of(paths, column, url_column, failures):
        echo_json(article.to_dict())
    finish(failures)


@click.command(epilog="Example:  miner extract corpus/sample --format csv --kind figures > figures.csv")
@_PATHS
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "table"]), default="jsonl", show_default=True)
@click.option("--kind", type=click.Choice(list(FACT_KINDS)), help="Only this kind (csv and table).")
@_COLUMN
@_URL_COLUMN
def extract(paths: Sequence[str], form: str, kind: str | None, column: str, url_column: str | None) -> None:
    """Find officials, directives, figures, instructions and participations in articles.

    jsonl prints one object for each article, csv and table one row for each fact. Offsets count characters of the
    article's text.
    """
    from miner.contract import columns, rows, to_contract

    if kind and form == "jsonl":
        raise click.UsageError("--kind goes with --format csv or table; jsonl always holds all kinds")
    failures: list[Failure] = []
    found = facts_of(articles_of(paths, column, url_column, failures), failures)
    if form == "jsonl":
        for facts in found:
            echo_json(to_contract(facts))
    else:
        echo_rows((row for facts in found for row in rows(facts, kind)), columns(kind), form)
    finish(failures)


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # longer than a file's name may be
        return False


@click.command(epilog="Example:  miner explain 'Le Comité populaire provincial a atteint 10/11 objectifs.' --lang fr")
@click.argument("sentence")
@click.option("--lang", help="Language of the sentence; found if not given.")
def explain(sentence: str, lang: str | None) -> None:
    """Show what matched in a sentence or a file, which rules fired and which nearly did."""
    from miner.extract import explain as explained
    from miner.read import list_sources, read_source

    if not _is_file(sentence) and sentence != "-":
        click.echo(explained(sentence, language=lang))
        return
    failures: list[Failure] = []
    for source in list_sources([sentence]):
        for item in read_source(source):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                click.echo(explained(item.text, language=lang or item.language, name=item.id))
    finish(failures)
