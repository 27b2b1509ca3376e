"""Whole runs: the same bytes in any order, only what is new, nothing lost by a kill, one bad article alone fails."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import networkx as nx
import pandas as pd
import pytest

import miner
from miner.corpus import open_corpus
from miner.corpus.schema import PART_KINDS
from miner.errors import CorpusError
from miner.pipeline import run
from miner.records import FACT_KINDS, Article, Facts, Official

PLACES = ("Lai Châu", "Nghệ An", "Cà Mau", "Đồng Tháp", "Sơn La", "Gia Lai", "Phú Thọ")
VIETNAMESE = (
    "UBND tỉnh {place} họp về chuyển đổi số\n\n{place} - Ngày {day}/3/2025, ông Lò Văn Sơn, Chủ tịch UBND tỉnh "
    "{place}, chủ trì cuộc họp về Nghị quyết số 57-NQ/TW.\n\nĐến nay, tỉnh đã hoàn thành {n}/30 nhiệm vụ, đạt hơn 80%. "
    "Ông Sơn yêu cầu các sở hoàn thành trước ngày 30/6/2025."
)
FRENCH = (
    "{place} : réunion sur la transformation numérique\n\nLe {day} mars 2025, Mme Trần Thị Hoa, secrétaire du Comité "
    "du Parti de la province de {place}, a présidé une réunion sur la résolution n° 57-NQ/TW.\n\nLa province a achevé "
    "{n} tâches sur 30. Elle a demandé aux services de terminer avant le 30 juin 2025."
)
ENGLISH = (
    "{place} reviews digital transformation\n\nOn March {day}, 2025, Mr Vi Văn Lâm, chairman of the People's Committee "
    "of {place} Province, chaired a meeting on Resolution No. 57-NQ/TW.\n\nThe province has completed {n} of 30 tasks. "
    "He asked departments to finish before June 30, 2025."
)
GERMAN = (
    "Der Ausschuss der Provinz hat am Montag getagt und die Zahlen des Jahres besprochen, die nicht gut waren. " * 3
)


def text(number: int) -> str:
    form = (VIETNAMESE, FRENCH, ENGLISH)[number % 3]
    return form.format(place=PLACES[number % len(PLACES)], day=1 + number % 28, n=1 + number % 29)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of 13 articles from 11 sources, in nested folders and several formats."""
    folder = tmp_path / "in"
    (folder / "deep er").mkdir(parents=True)
    for number in range(8):
        place = folder / ("deep er" if number % 4 else "") / f"a{number:02d}.txt"
        place.write_text(text(number), encoding="utf-8")
    rows = "".join(json.dumps({"id": f"row{n}", "text": text(n)}) + "\n" for n in (8, 9))
    (folder / "rows.jsonl").write_text(rows, encoding="utf-8")
    (folder / "packed.txt.gz").write_bytes(gzip.compress(text(10).encode(), mtime=0))
    pd.DataFrame({"text": [text(11), text(12)]}).to_csv(folder / "table.csv", index=False)
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def content_of(folder: Path) -> dict[str, str]:
    """Return what a corpus shows of itself: all tables but that of the sources, and the exports."""
    corpus = open_corpus(folder)
    kinds = (*PART_KINDS, "entities")
    tables = {kind: getattr(corpus, kind).to_json(orient="records") for kind in kinds}
    exports = {path.name: path.read_text(encoding="utf-8") for path in (folder / "tables").glob("*.csv")}
    return {**tables, **exports, "gexf": (folder / "graph.gexf").read_text(encoding="utf-8")}


def test_the_same_input_gives_the_same_bytes_in_any_order_and_with_any_workers(tmp_path: Path, articles: Path) -> None:
    paths = sorted(path for path in articles.rglob("*") if path.is_file())
    shuffled = random.Random(4).sample(paths, len(paths))
    first = run([articles], tmp_path / "one", workers=1)
    second = run(shuffled, tmp_path / "two", workers=2)
    assert (first.articles, first.failed) == (13, 0)
    assert (second.articles, second.facts) == (first.articles, first.facts)
    one, two = bytes_of(tmp_path / "one"), bytes_of(tmp_path / "two")
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
    assert len(list((tmp_path / "one" / "articles").iterdir())) > 1


def test_a_corpus_that_moved_with_its_articles_has_the_same_bytes(
    tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for place in ("here", "far/away"):
        shutil.copytree(articles, tmp_path / place / "in")
        monkeypatch.chdir(tmp_path / place)
        run(["in"], "out")
        found.append(bytes_of(tmp_path / place / "out"))
    assert found[0] == found[1]
    # And the second run from anywhere else knows the sources.
    monkeypatch.chdir(tmp_path)
    assert run([tmp_path / "here" / "in"], tmp_path / "here" / "out").new == 0


def test_every_edge_ends_at_words_of_an_article(tmp_path: Path, articles: Path) -> None:
    run([articles], tmp_path / "out")
    corpus = open_corpus(tmp_path / "out")
    texts = corpus.articles.set_index("id").text
    graph = corpus.graph()
    assert graph.number_of_edges() > 0
    for _, _, edge in graph.edges(data=True):
        assert edge["evidence"]
        for evidence in edge["evidence"]:
            article, span, rule = evidence.rsplit(":", 2)
            start, end = map(int, span.split("-"))
            assert texts[article][start:end].strip()
            assert rule
    assert {"official", "place"} <= set(corpus.entities.kind)
    assert set(nx.read_gexf(tmp_path / "out" / "graph.gexf")) == set(graph)


def test_duckdb_sees_in_the_files_what_the_corpus_shows(tmp_path: Path, articles: Path) -> None:
    run([articles], tmp_path / "out")
    corpus = open_corpus(tmp_path / "out")
    for kind in PART_KINDS:
        ((count,),) = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/out/{kind}/*.parquet'").fetchall()
        assert count == len(getattr(corpus, kind))
    assert corpus.ledger.columns[0] == "place"
    table = (tmp_path / "out" / "tables" / "figures.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["text"] for row in rows] == list(corpus.figures.text)


def test_a_second_run_does_nothing(tmp_path: Path, articles: Path) -> None:
    run([articles], tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.*")}
    summary = run([articles], tmp_path / "out")
    assert (summary.articles, summary.new, summary.skipped, summary.failed) == (0, 0, 11, 0)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.*")} == before


def test_a_corpus_that_grew_shows_the_same_as_one_made_at_once(tmp_path: Path, articles: Path) -> None:
    run([articles], tmp_path / "once")
    run([articles / "deep er"], tmp_path / "grown")
    summary = run([articles], tmp_path / "grown")
    assert (summary.new, summary.skipped, summary.articles) == (5, 6, 7)
    assert content_of(tmp_path / "grown") == content_of(tmp_path / "once")


def test_a_source_that_is_no_longer_there_stays(tmp_path: Path, articles: Path) -> None:
    run([articles], tmp_path / "out")
    (articles / "a00.txt").unlink()
    run([articles], tmp_path / "out")
    assert "a00" in set(open_corpus(tmp_path / "out").articles.id)


def test_a_source_that_changed_takes_the_place_of_what_it_was(tmp_path: Path, articles: Path) -> None:
    run([articles], tmp_path / "out")
    (articles / "a00.txt").write_text(text(27), encoding="utf-8")
    summary = run([articles], tmp_path / "out")
    assert summary.new == 1
    run([articles], tmp_path / "fresh")
    assert content_of(tmp_path / "out") == content_of(tmp_path / "fresh")


def test_two_folders_of_the_same_relative_paths_are_both_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, year in enumerate(("2024", "2025")):
        (tmp_path / year).mkdir()
        (tmp_path / year / "a.txt").write_text(text(number), encoding="utf-8")
        monkeypatch.chdir(tmp_path / year)
        run(["a.txt"], tmp_path / "out")
    assert len(open_corpus(tmp_path / "out").articles) == 2


def test_articles_of_one_name_get_ids_of_their_own(tmp_path: Path) -> None:
    for number, year in enumerate(("2023", "2024", "2025")):
        (tmp_path / year).mkdir()
        (tmp_path / year / "index.txt").write_text(text(number), encoding="utf-8")
    (tmp_path / "2025" / "more.jsonl").write_text(
        "".join(json.dumps({"id": "index", "text": text(number)}) + "\n" for number in (7, 8, 8))
    )
    years = [tmp_path / year for year in ("2023", "2024", "2025")]
    run(years, tmp_path / "once")
    for year in years:
        run([year], tmp_path / "grown")
    ids = list(open_corpus(tmp_path / "once").articles.id)
    assert len(set(ids)) == 6
    assert all(article.startswith("index-") for article in ids)
    assert set(open_corpus(tmp_path / "once").officials.article) <= set(ids)
    assert content_of(tmp_path / "grown") == content_of(tmp_path / "once")


def test_a_name_that_is_free_again_is_plain_again(tmp_path: Path) -> None:
    for number, name in enumerate(("x", "y")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(text(number), encoding="utf-8")
    run([tmp_path / "x", tmp_path / "y"], tmp_path / "out")
    (tmp_path / "x" / "a.txt").write_text(text(1), encoding="utf-8")
    run([tmp_path / "x"], tmp_path / "out")
    assert list(open_corpus(tmp_path / "out").articles.id) == ["a"]


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(text(1), encoding="utf-8")
    summary = run([tmp_path / "x", tmp_path / "y"], tmp_path / "out")
    assert (summary.articles, summary.duplicates) == (1, 1)


@pytest.mark.parametrize("gone", [False, True])
def test_other_rules_do_everything_again(
    tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch, gone: bool
) -> None:
    run([articles], tmp_path / "out")
    before = content_of(tmp_path / "out")
    parts = set(open_corpus(tmp_path / "out").sources.part)
    if gone:
        articles.rename(tmp_path / "elsewhere")
        (tmp_path / "new.txt").write_text(text(30), encoding="utf-8")
    monkeypatch.setattr("miner.pipeline.rules_version", lambda: "other")
    summary = run([tmp_path / "new.txt" if gone else articles], tmp_path / "out")
    sources = open_corpus(tmp_path / "out").sources
    assert summary.articles == 13 + gone
    assert set(sources.version) == {"other"}
    assert not parts & set(sources.part)
    assert len(list((tmp_path / "out" / "figures").iterdir())) == len(set(sources.part))
    after = content_of(tmp_path / "out")
    if not gone:
        assert after == before


def test_other_rules_read_again_what_is_still_there_and_keep_what_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(text(0), encoding="utf-8")
    (tmp_path / "b.csv").write_text("text\n,\nshort\n", encoding="utf-8")
    stdin = io.TextIOWrapper(io.BytesIO(text(1).encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    run([tmp_path / "a.txt", tmp_path / "b.csv", "-"], tmp_path / "out")
    before = content_of(tmp_path / "out")
    assert len(open_corpus(tmp_path / "out").failures) > 0
    monkeypatch.setattr("miner.pipeline.rules_version", lambda: "other")
    (tmp_path / "new.txt").write_text(text(2), encoding="utf-8")
    (tmp_path / "b.csv").unlink()
    run([tmp_path / "new.txt"], tmp_path / "out")
    (tmp_path / "new.txt").write_text(text(0), encoding="utf-8")
    corpus = open_corpus(tmp_path / "out")
    assert set(corpus.sources.version) == {"other"}
    assert set(corpus.articles.id) == {"a", "b-3", "new", "stdin"}
    assert corpus.failures.to_json(orient="records") == before["failures"]


def test_an_error_in_one_article_is_its_failure_alone(
    tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from miner import extract as package

    works = package.extract

    def breaks_on_one(article: Article) -> Facts:
        if article.id == "a03":
            raise ZeroDivisionError("of all things")
        return works(article)

    monkeypatch.setattr(package, "extract", breaks_on_one)
    summary = run([articles], tmp_path / "out", workers=1)
    (failure,) = summary.failures
    assert (summary.articles, summary.failed, summary.exit_code) == (13, 1, 1)
    assert (failure.stage, failure.source) == ("extract", str(articles / "deep er" / "a03.txt"))
    assert "a03: ZeroDivisionError: of all things (test_pipeline.py:" in failure.what
    assert "report it" in failure.remedy
    assert list(open_corpus(tmp_path / "out").failures.what) == [failure.what]
    # The same command fails again, though it has nothing to do.
    assert run([articles], tmp_path / "out").exit_code == 1


def test_a_language_that_is_not_spoken_is_a_failure_and_the_article_stays(tmp_path: Path) -> None:
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf-8")
    (tmp_path / "vi.txt").write_text(text(0), encoding="utf-8")
    summary = run([tmp_path / "de.txt", tmp_path / "vi.txt"], tmp_path / "out")
    (failure,) = summary.failures
    assert (failure.stage, summary.articles, summary.exit_code) == ("language", 2, 1)
    assert "de: " in failure.what
    assert "miner/data/lang" in failure.remedy
    assert not any((getattr(open_corpus(tmp_path / "out"), k).article == "de").any() for k in FACT_KINDS)


def test_what_cannot_be_written_is_a_failure_of_its_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from miner import extract as package

    works = package.extract

    def spoils_one(article: Article) -> Facts:
        facts = works(article)
        broken = Official(article.id, None, 0, 1, "r")  # type: ignore[arg-type]
        return replace(facts, officials=(broken,)) if article.id == "b" else facts

    monkeypatch.setattr(package, "extract", spoils_one)
    lines = [
        {"id": "a", "text": text(0), "title": "half \ud83d"},
        {"id": "b", "text": text(1)},
        {"id": "c", "text": text(2)},
    ]
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    summary = run([tmp_path / "x.jsonl"], tmp_path / "out", workers=1)
    corpus = open_corpus(tmp_path / "out")
    assert list(corpus.articles.id) == ["b", "c"]
    assert summary.failed == 2
    assert "a: cannot be kept" in summary.failures[0].what
    assert "Official.name is missing" in summary.failures[1].what
    assert not (corpus.officials.article == "b").any()


def test_a_path_that_was_missing_is_a_failure_until_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text(0), encoding="utf-8")
    out = tmp_path / "out"
    summary = run([tmp_path / "a.txt", tmp_path / "b.txt"], out)
    assert (summary.articles, summary.failed) == (1, 1)
    assert list(open_corpus(out).failures.source) == [str(tmp_path / "b.txt")]
    run([tmp_path / "a.txt"], out)
    assert len(open_corpus(out).failures) == 1
    (tmp_path / "b.txt").write_text(text(1), encoding="utf-8")
    assert run([tmp_path / "b.txt"], out).exit_code == 0
    assert len(open_corpus(out).failures) == 0


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 20,
    "nul.txt": b"abc\x00def" * 50,
    "torn.txt.gz": gzip.compress(text(1).encode() * 50)[:80],
    "page.html": b"<html><head><title></title></head><body><script>x()</script></body></html>",
    "table.csv": b"body,date\nx,2024\n",
    "broken.jsonl": b'{"text": \n',
    "torn.warc.gz": b"\x1f\x8b\x08\x00rubbish",
}


def test_bad_sources_are_failures_with_what_where_and_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    for number in range(3):
        (folder / f"good{number}.txt").write_text(text(number), encoding="utf-8")
    summary = run([folder], tmp_path / "out")
    failures = open_corpus(tmp_path / "out").failures
    assert (summary.articles, summary.exit_code) == (3, 1)
    assert {Path(source.split(",")[0]).name for source in failures.source} == set(BAD)
    assert failures.what.str.len().min() > 5
    assert failures.remedy.str.len().min() > 5
    again = run([folder], tmp_path / "out")
    assert (again.new, again.exit_code, again.failed) == (0, 1, summary.failed)


KILLED = """
import os, sys
from miner.pipeline import run
left, works = int(sys.argv[1]), os.replace
def replace(*paths):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    works(*paths)
os.replace = replace
run([sys.argv[2]], sys.argv[3], workers=1)
"""


def test_a_kill_at_any_rename_loses_nothing(tmp_path: Path, articles: Path) -> None:
    run([articles], tmp_path / "fresh")
    wanted = content_of(tmp_path / "fresh")
    environment = {**os.environ, "PYTHONPATH": str(Path(miner.__file__).parents[1])}
    # Within the first part, before its sources, within the second, before the exports, within them.
    for renames in (4, 8, 13, 18, 20):
        out = tmp_path / f"killed{renames}"
        command = [sys.executable, "-c", KILLED, str(renames), str(articles), str(out)]
        killed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert killed.returncode == 9, killed.stderr
        finished = len(open_corpus(out).articles)
        assert run([articles], out).articles == 13 - finished
        assert content_of(out) == wanted
        assert not [path for path in out.rglob("*") if path.suffix in (".tmp", ".part")]


def test_progress_starts_at_nothing_and_ends_at_all(tmp_path: Path, articles: Path) -> None:
    seen: list[tuple[int, int]] = []
    run([articles], tmp_path / "out", progress=lambda done, total: seen.append((done, total)))
    total = sum(path.stat().st_size for path in articles.rglob("*") if path.is_file())
    assert seen[0] == (0, total)
    assert seen[-1] == (total, total)
    assert seen == sorted(seen)


def test_a_full_disk_stops_the_run_with_what_to_do(tmp_path: Path, articles: Path) -> None:
    (tmp_path / "notes").write_text("mine")
    with pytest.raises(CorpusError, match="name another folder"):
        run([articles], tmp_path / "notes")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "x.doc").touch()
    with pytest.raises(CorpusError, match="holds other files"):
        run([articles], tmp_path / "letters")


def test_workers_must_be_a_number_of_processes(tmp_path: Path, articles: Path) -> None:
    with pytest.raises(ValueError, match="workers must be at least 1"):
        run([articles], tmp_path / "out", workers=0)


def test_a_dead_process_is_told_and_what_was_finished_is_kept(tmp_path: Path) -> None:
    # Without the guard, each new process runs the script again: the usual mistake.
    script = tmp_path / "unguarded.py"
    script.write_text(f"import miner\nminer.run([{str(tmp_path / 'in')!r}], {str(tmp_path / 'out')!r}, workers=2)\n")
    (tmp_path / "in").mkdir()
    for number in range(20):
        (tmp_path / "in" / f"{number}.txt").write_text(text(number), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(miner.__file__).parents[1])}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "__main__" in done.stderr.splitlines()[-1]
