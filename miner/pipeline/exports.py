"""What is made from all articles and facts together: copies, entities, the graph, tables and a picture."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from miner.contract import cell
from miner.corpus import Corpus, open_corpus
from miner.corpus.disk import explained, write_text
from miner.corpus.parts import parquet, read_sources, write_whole
from miner.corpus.schema import KINDS, schema_of
from miner.corpus.version import exports_version
from miner.errors import InputError
from miner.pipeline.clock import Seconds, timed
from miner.records import FACT_KINDS, Copy, Entity

#: The file whose text tells what the exports were made from.
_STAMP = ".exports"

#: What there is for people to open.
_EXPORTS = ("graph.gexf", "tables", "picture.png", "targets.png")

#: The tables that are written as CSV, without the columns that are too long for one.
TABLES = ("articles", *FACT_KINDS, "failures", "entities", "duplicates")
_LONG = frozenset({("articles", "text"), ("articles", "blocks")})

_FETCHED_AGAIN = "SELECT url FROM articles WHERE url <> '' AND fetched <> '' GROUP BY url HAVING count(*) > 1"

#: People's decisions about who is the same, if the corpus has them.
DECISIONS = "decisions.csv"


def export(folder: Path, seconds: Seconds, *, force: bool = False) -> list[Path]:
    """Find copies, link the corpus and write graph, tables and pictures, unless they are up to date.

    Returns
    -------
    list of Path
        What there is for people to open.
    """
    exports = [] if force else fresh_exports(folder)
    if not exports:
        with explained(folder):
            (folder / _STAMP).unlink(missing_ok=True)
            stamp = _stamp(folder)
            _find_copies(folder, seconds)
            _link(folder, seconds)
            _graph(open_corpus(folder), seconds)
            write_text(folder / _STAMP, stamp)
    return exports or _paths(folder)


def fresh_exports(folder: Path) -> list[Path]:
    """Return what there is to open if all of it is there and made from what the corpus holds now, else nothing."""
    stamp = folder / _STAMP
    there = stamp.exists() and all(path.exists() for path in _paths(folder))
    return _paths(folder) if there and stamp.read_text(encoding="utf-8") == _stamp(folder) else []


def _paths(folder: Path) -> list[Path]:
    return [folder / name for name in _EXPORTS]


def _stamp(folder: Path) -> str:
    names = [f"{slot} {rows[0].part}" for slot, rows in sorted(read_sources(folder).items())]
    decisions = folder / DECISIONS
    told = decisions.read_bytes().hex() if decisions.exists() else ""
    return exports_version([*names, told])


def _find_copies(folder: Path, seconds: Seconds) -> None:
    """Write which articles are copies of one another, and which are earlier states of a page."""
    with timed(seconds, "copies"):
        from miner.read.duplicates import find_copies, find_versions

        corpus = open_corpus(folder, versions=True)
        again = set(corpus.sql(_FETCHED_AGAIN).url)
        versions = find_versions(article for article in corpus.iter_articles() if article.url in again) if again else []
        earlier = {version.second for version in versions}
        copies = find_copies(article for article in corpus.iter_articles() if article.id not in earlier)
        write_whole(parquet(folder, "duplicates", "duplicates"), Copy, [*copies, *versions])


def _link(folder: Path, seconds: Seconds) -> None:
    with timed(seconds, "link"):
        from miner.link import link

        corpus = open_corpus(folder)
        copies = (Copy.from_dict(row.to_dict()) for row in corpus.iter_rows("duplicates"))
        entities = link(corpus.iter_facts(), corpus.iter_articles(), folder / DECISIONS, copies)
        write_whole(parquet(folder, "entities", "entities"), Entity, entities)


def _graph(corpus: Corpus, seconds: Seconds) -> None:
    with timed(seconds, "graph"):
        from miner.graph import write_csv, write_gexf

        graph = corpus.graph()
        write_gexf(graph, corpus.folder / "graph.gexf")
    with timed(seconds, "tables"):
        tables = corpus.folder / "tables"
        tables.mkdir(exist_ok=True)
        write_csv(graph, tables)
        for kind in TABLES:
            _write_table(corpus, kind, tables / f"{kind}.csv")
        _write_ledger(corpus, tables / "ledger.csv")
    with timed(seconds, "pictures"):
        from miner.explore import draw_graph

        draw_graph(graph, corpus.folder / "picture.png")
        _draw_targets(corpus, corpus.folder / "targets.png")


def _draw_targets(corpus: Corpus, path: Path) -> None:
    """Plot targets against results; a corpus without both gets a picture that says so."""
    from miner.explore import plot_targets, save_plot, write_note

    try:
        axes = plot_targets(corpus.ledger, corpus.sql("SELECT published FROM articles"))
    except InputError as error:
        write_note(path, str(error))
    else:
        save_plot(axes, path)


def _write_table(corpus: Corpus, kind: str, path: Path) -> None:
    columns = [name for name in schema_of(KINDS[kind]).names if (kind, name) not in _LONG]
    records = (record.to_dict() for record in corpus.iter_rows(kind))
    _write_rows(columns, ([record[name] for name in columns] for record in records), path)


def _write_ledger(corpus: Corpus, path: Path) -> None:
    frame = corpus.ledger.astype(object)
    _write_rows(list(frame.columns), frame.where(frame.notna(), None).itertuples(index=False), path)


def _write_rows(columns: Iterable[str], rows: Iterable[Iterable[Any]], path: Path) -> None:
    partial = path.with_name(f"{path.name}.part")
    # The mark lets spreadsheets see that it is UTF-8.
    with partial.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([cell(value) for value in row] for row in rows)
    os.replace(partial, path)
