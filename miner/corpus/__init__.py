"""The corpus folder: what a run leaves behind and what tables, notebooks and the graph are made from.

::

    FOLDER/
      archive/          raw pages (WARC), if the corpus was collected from the web
      articles/         Parquet, one folder for each kind of record
      officials/ positions/ directives/ figures/ instructions/ participations/
      failures/         what could not be read or processed, with what to do
      sources/          which files the corpus knows, and in which part their records lie
      entities/         who and what is the same across articles
      duplicates/       copies among articles, and earlier states of a page

Two runs over the same sources, into new folders that lie equally far from them, give the same bytes in every file,
whatever the order of the sources and the number of processes. A corpus that grew over several runs is cut into other
parts; what `open_corpus` shows of it is the same.

DuckDB reads the parts where they are: ``SELECT place, count(*) FROM 'FOLDER/figures/*.parquet' GROUP BY place``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import duckdb

from miner.corpus.parts import LISTING, is_corpus, live_parts, parquet, read_sources, read_table
from miner.corpus.query import connect, readable
from miner.corpus.rows import BATCH, Grouped, frame_of, stored
from miner.corpus.schema import KINDS, PART_KINDS
from miner.errors import CorpusError, InputError
from miner.records import FACT_KINDS, Article, Entity, Facts, Record

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["Corpus", "open_corpus"]

R = TypeVar("R", bound=Record)


def open_corpus(folder: str | Path, *, versions: bool = False) -> Corpus:
    """Open the corpus that `miner run` wrote into `folder`.

    Parameters
    ----------
    folder : path
        The corpus.
    versions : bool
        Whether the earlier states of a page that was fetched again are articles too; the table `duplicates` tells them
        (kind ``version``). Without them, a page is one article: its last state.

    Raises
    ------
    CorpusError
        If the folder does not exist or is no corpus.

    Examples
    --------
    >>> corpus = open_corpus("out")  # doctest: +SKIP
    >>> corpus.figures.groupby("place").size()  # doctest: +SKIP
    """
    path = Path(folder)
    if not path.is_dir():
        raise CorpusError(f"{path}: no such folder; make it with: miner run ARTICLES --into {path}")
    if not is_corpus(path):
        raise CorpusError(
            f"{path}: no corpus (no articles/ and sources/ in it); make one with: miner run --into {path}"
        )
    return Corpus(path, versions=versions)


class Corpus:
    """The tables of a corpus as they were when it was opened.

    Each table is a pandas frame with the fields of its record (`docs/records.md`), sorted, read on first use.
    """

    def __init__(self, folder: Path, *, versions: bool = False) -> None:
        self.folder = folder
        self._parts = live_parts(read_sources(folder))
        self._earlier = frozenset() if versions else self._superseded()

    def __repr__(self) -> str:
        return f"Corpus({str(self.folder)!r})"

    @cached_property
    def articles(self) -> pd.DataFrame:
        """The articles with their text."""
        return self._frame("articles")

    @cached_property
    def officials(self) -> pd.DataFrame:
        """The people whom an article names, one row for each article and person."""
        return self._frame("officials")

    @cached_property
    def positions(self) -> pd.DataFrame:
        """The posts that an article gives to a person."""
        return self._frame("positions")

    @cached_property
    def directives(self) -> pd.DataFrame:
        """The numbered documents that an article names."""
        return self._frame("directives")

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The numbers with a meaning for policy."""
        return self._frame("figures")

    @cached_property
    def instructions(self) -> pd.DataFrame:
        """The sentences in which someone tells someone to do something."""
        return self._frame("instructions")

    @cached_property
    def participations(self) -> pd.DataFrame:
        """Who chaired, attended or spoke."""
        return self._frame("participations")

    @cached_property
    def failures(self) -> pd.DataFrame:
        """What could not be read or processed: what, where and what to do."""
        return self._frame("failures")

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The files that the corpus was made from."""
        return self._frame("sources")

    @cached_property
    def entities(self) -> pd.DataFrame:
        """Who and what is the same across articles."""
        return self._frame("entities")

    @cached_property
    def duplicates(self) -> pd.DataFrame:
        """Pairs of articles that are copies, and of the last and an earlier state of a page."""
        return self._frame("duplicates")

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """Targets beside the results that answer them."""
        from miner.ledger import build_ledger

        articles = self.sql("SELECT id, published, text, language FROM articles ORDER BY id")
        return build_ledger(self.figures, articles, self.sql("SELECT id, kind, members FROM entities ORDER BY id"))

    def graph(
        self,
        view: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        language: str | None = None,
        place: str | None = None,
        directive: str | None = None,
        min_articles: int = 1,
        as_of: str | None = None,
        backbone: float | None = None,
        articles: bool = False,
    ) -> nx.MultiDiGraph:
        """Build the graph of officials, bodies, directives, places, targets and events, or a view of it.

        Parameters
        ----------
        view : str, optional
            ``officials`` (who meets whom, by shared events), ``directives`` (officials × directives), ``provinces``
            (provinces × directives), ``cascade`` (one directive from its issuer to the provinces) or ``careers``
            (moves between bodies); by default the whole graph.
        since, until, language, place, directive : str, optional
            Only what articles tell that were published on these ISO days or between, are in the language, name the
            place or the directive (by its id or symbol). An article without a date is left out where days are given.
        min_articles : int, optional
            The fewest independent articles of an edge.
        as_of : str, optional
            An ISO day: provinces that were merged before it are shown as their successors.
        backbone : float, optional
            Keep only edges that stand out at this level, such as 0.05 (disparity filter).
        articles : bool, optional
            Whether articles are nodes too.

        Examples
        --------
        >>> corpus.graph("officials", since="2025-01-01", min_articles=2)  # doctest: +SKIP
        """
        from miner.graph import Selection, graph_of

        return graph_of(
            self.iter_articles(),
            self.iter_facts(),
            self.iter_entities(),
            view,
            wanted=Selection(since, until, language, place, directive),
            min_articles=min_articles,
            day=as_of,
            alpha=backbone,
            with_articles=articles,
            ledger=({str(key): value for key, value in row.items()} for row in self.ledger.to_dict("records")),
        )

    def sql(self, query: str) -> pd.DataFrame:
        """Answer an SQL query over the tables, which go by their names (`articles`, `figures`, …).

        Raises
        ------
        InputError
            If DuckDB refuses the query.
        """
        with self._connect(*KINDS) as connection:
            try:
                return connection.execute(query).df()
            except duckdb.Error as error:
                raise InputError(f"{query!r}: {error}; the tables are {', '.join(KINDS)}") from error

    def iter_articles(self) -> Iterator[Article]:
        """Yield the articles by id, a few in memory at a time."""
        return self._records("articles", Article)

    def iter_entities(self) -> Iterator[Entity]:
        """Yield the entities by id."""
        return self._records("entities", Entity)

    def iter_facts(self) -> Iterator[Facts]:
        """Yield the facts of each article that has some, by the article's id, a few in memory at a time."""
        streams = {kind: Grouped(self._records(kind, record)) for kind, record in FACT_KINDS.items()}
        with self._connect("articles") as connection:
            ids = connection.execute("SELECT id, language FROM articles ORDER BY id")
            while rows := ids.fetchmany(BATCH):
                for article, language in rows:
                    found = {kind: stream.take(article) for kind, stream in streams.items()}
                    if any(found.values()):
                        yield Facts(article, language, **found)

    def iter_rows(self, kind: str) -> Iterator[Record]:
        """Yield the records of one of `KINDS`, sorted, a few in memory at a time."""
        return self._records(kind, KINDS[kind])

    def _records(self, kind: str, record: type[R]) -> Iterator[R]:
        with self._connect(kind) as connection, readable(self.folder / kind):
            yield from stored(connection, kind, record)

    def _frame(self, kind: str) -> pd.DataFrame:
        with self._connect(kind) as connection, readable(self.folder / kind):
            return frame_of(connection, kind)

    def _connect(self, *kinds: str) -> duckdb.DuckDBPyConnection:
        return connect({kind: self._files(kind) for kind in kinds}, without=self._earlier)

    def _superseded(self) -> frozenset[str]:
        """Return the ids of the earlier states of pages."""
        rows = (row for path in self._files("duplicates") for row in read_table(path).to_pylist())
        return frozenset(row["second"] for row in rows if row["kind"] == "version")

    def _files(self, kind: str) -> list[Path]:
        """Return the files of a kind that count, sorted."""
        if kind not in PART_KINDS:
            return sorted((self.folder / kind).glob("*.parquet"))
        paths = [parquet(self.folder, kind, name) for name in self._parts]
        listing = parquet(self.folder, "failures", LISTING)
        return [*paths, listing] if kind == "failures" and listing.exists() else paths
