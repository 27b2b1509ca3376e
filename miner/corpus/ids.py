"""Ids of articles are unique in a corpus: those that share one get the start of their text's digest behind it.

Which articles share an id is only known when all are there, so parts are written with the ids that the sources give and
mended afterwards. The result depends on the set of articles alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path

import pyarrow as pa

from miner.corpus.parts import live_parts, parquet, part_name, read_sources, rewrite
from miner.corpus.query import connect

_SHOWN = 8

_SHARED = f"""
SELECT parse_filename(filename, true), id, plain, digest, copies FROM (
  SELECT *, count(*) OVER (PARTITION BY plain) AS copies FROM (
    SELECT filename, id, digest, source, CASE WHEN digest <> '' AND strpos(id, '-' || digest[1:{_SHOWN}]) > 1
      THEN left(id, strpos(id, '-' || digest[1:{_SHOWN}]) - 1) ELSE id END AS plain
    FROM articles))
WHERE copies > 1 OR id <> plain ORDER BY plain, digest, source, filename
"""  # noqa: S608


def plain_id(article_id: str, digest: str) -> str:
    """Return the id that the source gave, without what was put behind it."""
    return article_id.partition(f"-{digest[:_SHOWN]}")[0] or article_id if digest else article_id


def unique_id(article_id: str, digest: str, taken: Collection[str]) -> str:
    """Return `article_id`, or a longer one if it is taken.

    Examples
    --------
    >>> unique_id("a", "0123456789", {"b"}), unique_id("a", "0123456789", {"a"})
    ('a', 'a-01234567')
    """
    return article_id if article_id not in taken else _longer(article_id, digest, taken)


def _longer(article_id: str, digest: str, taken: Collection[str]) -> str:
    name, number = f"{article_id}-{digest[:_SHOWN]}", 2
    while name in taken:
        name = f"{article_id}-{digest[:_SHOWN]}-{number}"
        number += 1
    return name


def mend_ids(folder: Path) -> int:
    """Give each article of the corpus an id of its own; return how many ids changed."""
    renames = _renames(folder)
    for slot, sources in read_sources(folder).items():
        changes = renames.get(sources[0].part)
        if changes:
            name = part_name([sources[0].part, *(f"{old}>{new}" for old, new in changes.items())], "ids")
            rewrite(folder, slot, sources, name, _Renaming(changes))
    return sum(map(len, renames.values()))


def _renames(folder: Path) -> dict[str, dict[str, str]]:
    """Return the new ids of each part by the old ones, where they differ."""
    files = [parquet(folder, "articles", name) for name in live_parts(read_sources(folder))]
    if not files:
        return {}
    with connect({"articles": files}, filename=True) as connection:
        rows = connection.execute(_SHARED).fetchall()
    renames: dict[str, dict[str, str]] = defaultdict(dict)
    taken: set[str] = set()
    for part, old, plain, digest, copies in rows:
        new = _longer(plain, digest, taken) if copies > 1 else plain
        taken.add(new)
        if new != old:
            renames[part][old] = new
    return renames


class _Renaming:
    """Changes the ids of articles in a table of one kind."""

    def __init__(self, changes: Mapping[str, str]) -> None:
        self._changes = changes

    def __call__(self, kind: str, table: pa.Table) -> pa.Table:
        name = "id" if kind == "articles" else "article"
        if name not in table.column_names:
            return table
        at = table.column_names.index(name)
        ids = [self._changes.get(value, value) for value in table.column(at).to_pylist()]
        return table.set_column(at, table.schema.field(at), pa.array(ids, pa.string()))
