"""The corpus folder: records survive the way to disk and back, parts are whole or not there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import miner
from miner.corpus import open_corpus
from miner.corpus.disk import locked
from miner.corpus.parts import PartWriter, create, part_name, read_sources, sweep
from miner.corpus.schema import KINDS, PART_KINDS, Source, schema_of, to_table
from miner.corpus.version import rules_version
from miner.errors import CorpusError, InputError
from miner.records import FACT_KINDS, Article, Block, Directive, Facts, Figure, Official

ARTICLE = Article(
    "a", "Ngày 3/2.", "vi", "a.txt", authors=("P.V.",), blocks=(Block("paragraph", "vi", 0, 9),), digest="d"
)
FIGURE = Figure("a", 5, 8, "3/2", 3.0, 2.0, "count", "=", "result", "ratio", part_of=(0, 9))
OFFICIAL = Official("a", "Lò Văn Sơn", 0, 4, "r", names=("Sơn", "Lò Văn Sơn"), mentions=((0, 4), (5, 8)))


def source(name: str, part: str) -> Source:
    return Source(f"../{name}.txt", name, name, part, "v1", f"{name}.txt", 1, 0)


def fill(folder: Path, part: str = "p1", article: Article = ARTICLE, replacing: str | None = None) -> None:
    create(folder)
    with PartWriter(folder, part) as writer:
        writer.add("articles", [article])
        writer.add("figures", [replace(FIGURE, article=article.id)])
        writer.add("officials", [replace(OFFICIAL, article=article.id)])
        writer.commit([source(article.id, part)], replacing)


def interrupted() -> Iterator[Article]:
    yield replace(ARTICLE, id="b")
    raise KeyboardInterrupt


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    fill(tmp_path)
    corpus = open_corpus(tmp_path)
    assert list(corpus.iter_articles()) == [ARTICLE]
    assert list(corpus.iter_facts()) == [Facts("a", "vi", officials=(OFFICIAL,), figures=(FIGURE,))]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_is_a_table_with_its_records_fields(tmp_path: Path, kind: str) -> None:
    fill(tmp_path)
    frame = getattr(open_corpus(tmp_path), kind)
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == schema_of(KINDS[kind]).names


def test_an_empty_corpus_has_empty_tables(tmp_path: Path) -> None:
    create(tmp_path)
    corpus = open_corpus(tmp_path)
    assert {len(getattr(corpus, kind)) for kind in KINDS} == {0}
    assert list(corpus.iter_facts()) == []


def test_tables_are_sorted_whatever_the_parts(tmp_path: Path) -> None:
    for name in ("c", "a", "b"):
        fill(tmp_path, f"p{name}", replace(ARTICLE, id=name))
    corpus = open_corpus(tmp_path)
    assert list(corpus.articles.id) == ["a", "b", "c"]
    assert list(corpus.officials.article) == ["a", "b", "c"]
    assert [facts.article for facts in corpus.iter_facts()] == ["a", "b", "c"]


def test_a_missing_year_is_missing_and_not_a_fraction(tmp_path: Path) -> None:
    create(tmp_path)
    with PartWriter(tmp_path, "p") as writer:
        years = (2024, None)
        writer.add("directives", [Directive("a", str(y), "plan", None, None, 0, 1, "r", year=y) for y in years])
        writer.commit([source("a", "p")])
    assert sorted(map(str, open_corpus(tmp_path).directives.year)) == ["2024", "<NA>"]


def test_sql_sees_the_tables_and_duckdb_the_files(tmp_path: Path) -> None:
    fill(tmp_path)
    assert open_corpus(tmp_path).sql("SELECT value FROM figures").value.tolist() == [3.0]
    rows = duckdb.sql(f"SELECT article, unit FROM '{tmp_path}/figures/*.parquet'").fetchall()
    assert rows == [("a", "count")]
    with pytest.raises(InputError, match="the tables are articles"):
        open_corpus(tmp_path).sql("SELECT * FROM people")


def test_a_folder_with_a_quote_in_its_name(tmp_path: Path) -> None:
    fill(tmp_path / "l'été 1")
    assert len(open_corpus(tmp_path / "l'été 1").articles) == 1


def test_what_is_no_corpus_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such folder; make it with: miner run"):
        open_corpus(tmp_path / "none")
    with pytest.raises(CorpusError, match="no corpus"):
        open_corpus(tmp_path)
    (tmp_path / "letters.doc").touch()
    with pytest.raises(CorpusError, match="holds other files"):
        create(tmp_path)


def test_a_corpus_of_an_older_version_says_so(tmp_path: Path) -> None:
    fill(tmp_path)
    path = tmp_path / "figures" / "p1.parquet"
    pq.write_table(pq.read_table(path, partitioning=None).drop_columns(["part_of", "grain"]), path)
    older = r"figures: made by an older version of miner \(no grain, part_of\); .*miner run ARTICLES --into"
    with pytest.raises(CorpusError, match=older):
        _ = open_corpus(tmp_path).figures
    fill(tmp_path, "p0", replace(ARTICLE, id="b"))
    with pytest.raises(CorpusError, match=older):
        list(open_corpus(tmp_path).iter_facts())


def test_a_part_that_vanished_or_broke_is_reported(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "figures" / "p1.parquet").write_bytes(b"not parquet")
    with pytest.raises(CorpusError, match="figures: damaged"):
        _ = open_corpus(tmp_path).figures
    # Only the first file is looked at before the rows are.
    fill(tmp_path, "p0", replace(ARTICLE, id="b"))
    with pytest.raises(CorpusError, match="figures: damaged"):
        _ = open_corpus(tmp_path).figures
    (tmp_path / "figures" / "p1.parquet").unlink()
    with pytest.raises(CorpusError, match="missing though the corpus names it"):
        _ = open_corpus(tmp_path).figures


def test_an_interrupted_part_counts_for_nothing_and_is_swept(tmp_path: Path) -> None:
    fill(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")}
    with pytest.raises(KeyboardInterrupt), PartWriter(tmp_path, "p2") as writer:
        writer.add("articles", interrupted())
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")} == before
    # A kill after some renames leaves files that no source names, and temporary ones.
    (tmp_path / "articles" / "p3.parquet").write_bytes((tmp_path / "articles" / "p1.parquet").read_bytes())
    (tmp_path / "articles" / ".p4.parquet.1.tmp").touch()
    assert list(open_corpus(tmp_path).articles.id) == ["a"]
    assert sweep(tmp_path, read_sources(tmp_path)) == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")} == before


def test_a_part_takes_the_place_of_another_in_one_step(tmp_path: Path) -> None:
    fill(tmp_path)
    fill(tmp_path, "p2", replace(ARTICLE, text="new"), replacing="p1")
    assert list(open_corpus(tmp_path).articles.text) == ["new"]
    assert sweep(tmp_path, read_sources(tmp_path)) == len(PART_KINDS)
    assert list(open_corpus(tmp_path).articles.text) == ["new"]


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    create(tmp_path)
    with locked(tmp_path), pytest.raises(CorpusError, match="another run writes"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_the_name_of_a_part_depends_on_sources_and_version_only() -> None:
    assert part_name(["a", "b"], "1") == part_name(["b", "a"], "1")
    assert len({part_name(["a", "b"], "1"), part_name(["a"], "1"), part_name(["a", "b"], "2")}) == 3


def test_large_parts_go_to_disk_in_pieces_with_the_same_rows(tmp_path: Path) -> None:
    create(tmp_path)
    figures = [replace(FIGURE, start=i, end=i + 1) for i in range(10_000)]
    with PartWriter(tmp_path, "p") as writer:
        writer.add("articles", [ARTICLE])
        writer.add("figures", iter(figures))
        assert writer.counts["figures"] == 10_000
        writer.commit([source("a", "p")])
    (facts,) = open_corpus(tmp_path).iter_facts()
    assert list(facts.figures) == figures


def test_the_version_is_one_for_all_processes() -> None:
    code = "from miner.corpus.version import rules_version; print(rules_version())"
    environment = {**os.environ, "PYTHONPATH": str(Path(miner.__file__).parents[1]), "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == rules_version()


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99))
figures = st.builds(
    Figure,
    article=st.just("a"),
    start=st.integers(0, 2**40),
    end=st.integers(0, 2**40),
    text=words,
    value=st.floats(allow_nan=False),
    of=st.none() | st.floats(allow_nan=False),
    unit=words,
    comparator=words,
    kind=words,
    rule=words,
    date=st.none() | words,
    place=st.none() | words,
    part_of=st.none() | spans,
)
officials = st.builds(
    Official, st.just("a"), words, st.integers(0, 99), st.integers(0, 99), words, st.lists(words).map(tuple),
    st.lists(spans).map(tuple),
)  # fmt: skip


@given(st.lists(figures, max_size=4), st.lists(officials, max_size=4))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_facts_survive_the_disk(tmp_path: Path, some: list[Figure], others: list[Official]) -> None:
    create(tmp_path)
    with PartWriter(tmp_path, "p") as writer:
        writer.add("articles", [ARTICLE])
        writer.add("figures", some)
        writer.add("officials", others)
        writer.commit([source("a", "p")])
    found = list(open_corpus(tmp_path).iter_facts())
    assert sorted(map(repr, (f for facts in found for f in facts.figures))) == sorted(map(repr, some))
    assert sorted(map(repr, (o for facts in found for o in facts.officials))) == sorted(map(repr, others))


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for name in ("one", "two"):
        fill(tmp_path / name)
        files = sorted((tmp_path / name).rglob("*.parquet"))
        digests.add(hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest())
        assert len(files) == len(PART_KINDS) + 1
    assert len(digests) == 1


@pytest.mark.parametrize("kind", sorted(FACT_KINDS))
def test_schemas_allow_null_only_where_the_record_does(kind: str) -> None:
    schema = schema_of(FACT_KINDS[kind])
    assert not schema.field("article").nullable
    assert schema.field("start").type == "int64"
    assert to_table(FACT_KINDS[kind], []).schema == schema
