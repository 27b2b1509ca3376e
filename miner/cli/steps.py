"""What several commands do: articles of paths, facts of articles, the end with its list of failures."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

import click

from miner.cli.show import echo_failures
from miner.records import Article, Facts, Failure


def articles_of(
    paths: Sequence[str], column: str, url_column: str | None, failures: list[Failure]
) -> Iterator[Article]:
    """Yield articles under ids of their own, with a bar for the sources."""
    from dataclasses import replace

    from tqdm import tqdm

    from miner.corpus.ids import unique_id
    from miner.read import list_sources, read_source

    taken: set[str] = set()
    for source in tqdm(list_sources(paths), unit="source", disable=None, leave=False):
        for item in read_source(source, column=column, url_column=url_column):
            if isinstance(item, Failure):
                failures.append(item)
                continue
            article = replace(item, id=unique_id(item.id, item.digest, taken))
            taken.add(article.id)
            yield article


def facts_of(articles: Iterable[Article], failures: list[Failure]) -> Iterator[Facts]:
    """Yield the facts of articles; what goes wrong with one goes into `failures`."""
    from miner.pipeline.work import try_extract

    for article in articles:
        facts = try_extract(article)
        if isinstance(facts, Failure):
            failures.append(facts)
        else:
            yield facts


def finish(failures: list[Failure]) -> None:
    """End the command: list the failures on stderr, exit 1 if there are any."""
    sys.stdout.flush()
    echo_failures(failures)
    click.get_current_context().exit(1 if failures else 0)
