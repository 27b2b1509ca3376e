"""The command on what articles are about: topics."""

from __future__ import annotations

from pathlib import Path

import click

from miner.cli.show import echo_rows


@click.command(epilog="Example:  miner topics out --by article --format csv > articles.csv")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--by",
    type=click.Choice(["place", "article"]),
    default="place",
    show_default=True,
    help="A row for each province, quarter and theme, or for each article.",
)
@click.option("--number", default=6, show_default=True, type=click.IntRange(1, 100), help="Themes in each language.")
@click.option("--all", "everything", is_flag=True, help="Take articles that report no policy as well.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True)
def topics(folder: Path, by: str, number: int, everything: bool, form: str) -> None:
    """Print what the articles are about: which report policy, and their themes by province and quarter."""
    from miner.corpus import open_corpus
    from miner.records import FACT_KINDS
    from miner.topics import relevance, themes, trends

    corpus = open_corpus(folder)
    facts = {kind: getattr(corpus, kind) for kind in FACT_KINDS}
    scores = relevance(corpus.articles, facts)
    kept = scores if everything else scores[scores.relevant]
    found = themes(corpus.articles[corpus.articles["id"].isin(kept["article"])], number)
    rows = trends(corpus.articles, found, facts) if by == "place" else scores.merge(found, on="article", how="left")
    # Articles that were passed over have no theme: empty cells, not the word nan.
    table = rows.astype(object).where(rows.notna(), None)
    echo_rows(({str(k): v for k, v in row.items()} for row in table.to_dict("records")), list(table.columns), form)
    click.echo(f"{len(kept)} of {len(scores)} articles taken", err=True)
