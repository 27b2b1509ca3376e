"""One batch of sources becomes one part of the corpus: read, extract, write."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from miner.corpus.ids import plain_id, unique_id
from miner.corpus.parts import PartWriter, parquet, part_name, read_table
from miner.corpus.schema import check
from miner.pipeline.clock import Seconds, no_seconds, timed
from miner.pipeline.plan import Batch, Columns, Item
from miner.read import language_failure, read_source
from miner.records import FACT_KINDS, Article, Facts, Failure

#: Failures that a batch reports back; the rest is only counted, and all are in the table.
SHOWN = 100

Found = Article | Failure


@dataclass(slots=True)
class Done:
    """What became of a batch: bytes and sources, rows by kind, seconds by stage, the first failures."""

    size: int = 0
    sources: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    seconds: Seconds = field(default_factory=no_seconds)
    failures: list[Failure] = field(default_factory=list)


def process(batch: Batch, folder: Path, version: str, columns: Columns) -> Done:
    """Make the part of a batch and commit it.

    Raises
    ------
    CorpusError
        If the disk refuses it; what is wrong with sources and articles becomes Failure rows.
    """
    name = part_name((f"{item.row.name}:{item.row.digest}" for item in batch.items), version)
    done = Done(batch.size, len(batch.items))
    rows = []
    stored = _Stored(batch, folder)
    with PartWriter(folder, name) as writer:
        taken: set[str] = set()
        for item in batch.items:
            before = Counter(writer.counts)
            for found in _timed(_items(item, stored, columns), done):
                _add(found, writer, taken, done)
            made = Counter(writer.counts) - before
            row = replace(item.row, part=name, version=version)
            rows.append(replace(row, articles=made["articles"], failures=made["failures"]))
        with timed(done.seconds, "write"):
            writer.commit(rows, batch.replacing)
    done.counts.update(writer.counts)
    return done


class _Stored:
    """What the part that a batch replaces holds of a source."""

    def __init__(self, batch: Batch, folder: Path) -> None:
        needed = batch.stored if any(item.reader is None for item in batch.items) else None
        kinds = ("articles", "failures") if needed else ()
        self._tables = {kind: read_table(parquet(folder, kind, str(needed))) for kind in kinds}

    def items(self, item: Item) -> Iterator[Found]:
        """Yield the articles as they were read, and what could not be read."""
        for row in self._tables["articles"].slice(item.first, item.row.articles).to_pylist():
            article = Article.from_dict(row)
            yield replace(article, id=plain_id(article.id, article.digest))
        for row in self._tables["failures"].slice(item.first_failure, item.row.failures).to_pylist():
            if row["stage"] == "read":
                yield Failure.from_dict(row)


def _items(item: Item, stored: _Stored, columns: Columns) -> Iterator[Found]:
    if item.reader is None:
        return stored.items(item)
    column, url_column = columns
    return read_source(item.reader, column=column, url_column=url_column)


def _timed(items: Iterator[Found], done: Done) -> Iterator[Found]:
    while True:
        with timed(done.seconds, "read"):
            item = next(items, None)
        if item is None:
            return
        yield item


def _add(found: Found, writer: PartWriter, taken: set[str], done: Done) -> None:
    if isinstance(found, Failure):
        _fail(found, writer, done)
        return
    article = replace(found, id=unique_id(found.id, found.digest, taken))
    try:
        check(Article, [article])
    except (ValueError, TypeError) as error:
        what = f"{article.id}: cannot be kept: {error}"
        _fail(Failure(article.source, "read", what, "mend the text or what is said about it"), writer, done)
        return
    taken.add(article.id)
    writer.add("articles", [article])
    with timed(done.seconds, "extract"):
        facts = try_extract(article)
    if isinstance(facts, Failure):
        _fail(facts, writer, done)
        return
    for kind in FACT_KINDS:
        writer.add(kind, getattr(facts, kind))


def _fail(failure: Failure, writer: PartWriter, done: Done) -> None:
    writer.add("failures", [failure])
    if len(done.failures) < SHOWN:
        done.failures.append(failure)


def try_extract(article: Article) -> Facts | Failure:
    """Return the facts of an article; whatever goes wrong is that article's failure and no one else's."""
    unspoken = language_failure(article)
    if unspoken:
        return replace(unspoken, stage="language")
    try:
        from miner.extract import extract

        facts = extract(article)
        for kind, record in FACT_KINDS.items():
            check(record, getattr(facts, kind))
        return facts
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{article.id}: {type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        return Failure(
            article.source, "extract", what, "report it with the article; the other articles are not touched"
        )
