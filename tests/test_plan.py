"""Batches are bounded, whole and the same whatever the order in which sources come."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from miner.corpus.schema import Source
from miner.pipeline.plan import BATCHES, FEWEST_SOURCES, MOST_BYTES, MOST_SOURCES, Item, cut, make_plan
from miner.read import Source as Reader


def item(number: int, size: int) -> Item:
    name = f"{number:05d}"
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Item(Source(name, digest, name, "", "", name, 0, 0), Reader(name, "text", name, size))


@given(st.lists(st.integers(0, 3 * MOST_BYTES) | st.integers(0, 5000), max_size=700))
def test_batches_hold_all_in_order_and_are_bounded(sizes: list[int]) -> None:
    items = [item(number, size) for number, size in enumerate(sizes)]
    batches = list(cut(items))
    assert [one for batch in batches for one in batch] == items
    for batch in batches:
        assert 0 < len(batch) <= MOST_SOURCES
        assert len(batch) == 1 or sum(one.reader.size for one in batch if one.reader) <= MOST_BYTES


def test_many_small_sources_make_enough_batches_for_many_processes() -> None:
    assert len(list(cut([item(n, 1000) for n in range(40)]))) == 40 / FEWEST_SOURCES
    assert BATCHES / 2 <= len(list(cut([item(n, 1000) for n in range(3000)]))) <= BATCHES
    assert len(list(cut([item(n, 1000) for n in range(100 * MOST_SOURCES)]))) == 100


def test_a_plan_does_not_depend_on_the_order_of_paths(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(50)]
    for path in paths:
        path.write_text(path.name)
    plans = [make_plan(order, tmp_path, {}, "v") for order in (paths, paths[::-1], [tmp_path])]
    assert plans[0].batches == plans[1].batches == plans[2].batches
    assert plans[0].size == sum(path.stat().st_size for path in paths)


def test_tables_read_through_another_column_are_other_sources(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,body\nx,y\n")
    digests = {
        make_plan([tmp_path], tmp_path, {}, "v", (column, None)).batches[0].items[0].row.digest
        for column in ("text", "body")
    }
    assert len(digests) == 2
