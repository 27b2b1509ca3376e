"""Read: files, folders and archives to articles.

What cannot be read is reported as a `Failure`; it never stops the rest.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from miner.errors import ReadError
from miner.read.archive import read_archive
from miner.read.article import MAX_BYTES, language_failure, make_article
from miner.read.decode import decode
from miner.read.page import read_page
from miner.read.rows import Columns, read_csv, read_jsonl
from miner.read.sources import Source, first_bytes, list_sources
from miner.records import Article, Failure

__all__ = ["Source", "language_failure", "list_sources", "read_articles", "read_source"]


def read_articles(
    paths: Iterable[str | Path],
    *,
    column: str = "text",
    url_column: str | None = None,
    on_failure: Callable[[Failure], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of files, folders, globs and standard input (``-``), sorted by path.

    Parameters
    ----------
    paths : iterable of str or Path
        What to read: .txt .md .html .htm .csv .jsonl .ndjson .warc, each also with .gz; folders with all below.
    column, url_column : str
        The column (of CSV) or key (of JSON lines) that holds the text, and the one that holds the address.
    on_failure : callable, optional
        Called with each Failure; without it, failures are not seen.

    Yields
    ------
    Article
        With an id that is unique among those yielded: an id seen before gets a suffix of the text's digest.
    """
    taken: set[str] = set()
    for source in list_sources(paths):
        for item in read_source(source, column=column, url_column=url_column):
            if isinstance(item, Article):
                yield _unique(item, taken)
            elif on_failure:
                on_failure(item)


def read_source(source: Source, *, column: str = "text", url_column: str | None = None) -> Iterator[Article | Failure]:
    """Yield the articles of one source and what is wrong with it; never raises for bad input.

    Ids are those that the source gives: two sources, or two rows, may give the same one.
    """
    if source.failure:
        yield source.failure
        return
    try:
        yield from _read(source, Columns(column, url_column))
    except ReadError as error:
        yield Failure(error.where, "read", error.what, error.remedy)
    except (EOFError, zlib.error) as error:
        what = f"is truncated or damaged gzip ({error})"
        yield Failure(source.name, "read", what, "fetch it again; what stands before the damage is kept")
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}"
        yield Failure(source.name, "read", what, "check its permissions and that it is whole")


def _read(source: Source, columns: Columns) -> Iterator[Article | Failure]:
    if source.kind == "csv":
        yield from read_csv(source, columns)
    elif source.kind == "jsonl":
        yield from read_jsonl(source, columns)
    elif source.kind == "warc":
        yield from read_archive(source)
    else:
        with source.open_plain() as stream:
            data = first_bytes(stream, MAX_BYTES, source.name)
        if source.kind == "html":
            yield read_page(data, source.name, id=source.stem)
        else:
            yield make_article(source.stem, decode(data, source.name), source.name)


def _unique(article: Article, taken: set[str]) -> Article:
    from dataclasses import replace

    name, number = article.id, 1
    while name in taken:
        name = f"{article.id}-{article.digest[:8]}" + (f"-{number}" if number > 1 else "")
        number += 1
    taken.add(name)
    return article if name == article.id else replace(article, id=name)
