"""The command line: what goes where, exit codes, help at once."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click
import networkx as nx
import pytest

import miner
from miner.cli import cli, main
from miner.evaluate import ROWS

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus" / "sample"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
COMMANDS = sorted(cli.commands)

VIETNAMESE = (
    "Sơn La - Ngày 3/3/2025, ông Lò Văn Sơn, Chủ tịch UBND tỉnh Sơn La, chủ trì cuộc họp về Nghị quyết số 57-NQ/TW. "
    "Đến nay, tỉnh đã hoàn thành 10/30 nhiệm vụ. Ông Sơn yêu cầu các sở hoàn thành trước ngày 30/6/2025."
)
FRENCH = (
    "Le 3 mars 2025, Mme Trần Thị Hoa, présidente du Comité populaire de la province de Sơn La, a présidé une réunion. "
    "La province a atteint 10/11 objectifs."
)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "son-la.vi.txt").write_text(VIETNAMESE, encoding="utf-8")
    (folder / "son-la.fr.txt").write_text(FRENCH, encoding="utf-8")
    return folder


@pytest.fixture
def corpus(tmp_path: Path, articles: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["run", str(articles), "--into", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    return tmp_path / "out"


def miner_process(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "miner", *map(str, arguments)]


# Help


HEAVY = ("spacy", "pandas", "numpy", "scrapy", "networkx", "duckdb", "pyarrow", "trafilatura", "sklearn", "matplotlib")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_loads_no_heavy_library_and_has_an_example(command: str) -> None:
    code = (
        "import sys; from miner.cli import main; main(sys.argv[1:]);"
        f"print('loaded', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    arguments = [*([command] if command else []), "--help"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "loaded []"
    assert re.search(r"(Example:|Start with:)\s+miner ", done.stdout)


def test_every_option_of_every_command_is_explained() -> None:
    for name, command in cli.commands.items():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not isinstance(parameter.type, click.Choice):
                assert parameter.help or parameter.default is not None, f"{name} {parameter.name}"


def test_every_command_is_documented() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if not re.search(rf"^\$ (cat .*\| )?miner {name} ", page, re.M)] == []


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"miner, version {miner.__version__}\n"


# read, extract, explain


def test_read_prints_articles(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(articles)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(article["id"], article["language"]) for article in found] == [("son-la.fr", "fr"), ("son-la.vi", "vi")]
    assert found[1]["text"] == VIETNAMESE


def test_extract_prints_the_contract(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(articles / "son-la.vi.txt")]) == 0
    (found,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert list(found)[:3] == ["id", "language", "officials"]
    assert (found["id"], found["language"]) == ("son-la.vi", "vi")
    for figure in found["figures"]:
        assert VIETNAMESE[slice(*figure["span"])]


def test_extract_as_csv_and_table(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(articles), "--format", "csv", "--kind", "figures"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert all(row["fact"] == "figures" for row in rows)
    assert main(["extract", str(articles), "--format", "table"]) == 0
    assert "article" in capsys.readouterr().out


def test_kinds_go_with_tables_only(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(articles), "--kind", "figures"]) == 2
    assert "--kind goes with --format csv or table" in capsys.readouterr().err


def test_what_fails_is_listed_on_stderr_and_the_rest_is_printed(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (articles / "empty.txt").touch()
    for command in ("read", "extract"):
        assert main([command, str(articles), "no/where"]) == 1
        output = capsys.readouterr()
        assert len(output.out.splitlines()) == 2
        assert "2 failed:" in output.err
        assert "no/where: does not exist" in output.err


def test_explain_takes_a_sentence_or_a_file(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "La province a atteint 10/11 objectifs.", "--lang", "fr"]) == 0
    assert "facts" in capsys.readouterr().out
    assert main(["explain", "La province a atteint 10/11 objectifs. " * 20, "--lang", "fr"]) == 0
    assert "facts" in capsys.readouterr().out
    assert main(["explain", str(articles / "son-la.vi.txt")]) == 0
    assert "vi" in capsys.readouterr().out


# evaluate


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    for name, text in (("a.vi", VIETNAMESE), ("b.fr", FRENCH)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        facts = {"id": name, "language": name[-2:], "officials": [{"name": "Lò Văn Sơn", "positions": []}]}
        (folder / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


def test_evaluate_compares_a_file_of_facts_with_gold(
    tmp_path: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = tmp_path / "found.jsonl"
    found.write_text(json.dumps({"id": "a.vi", "officials": [{"name": "Lo Van Son"}, {"name": "Ai Đó"}]}))
    assert main(["evaluate", str(gold), "--found", str(found), "--format", "json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert list(scores["rows"]) == list(ROWS)
    assert (scores["rows"]["officials"]["precision"], scores["rows"]["officials"]["recall"]) == (0.5, 0.5)
    assert scores["languages"]["vi"]["rows"]["officials"]["recall"] == 1.0
    assert main(["evaluate", str(gold), "--found", str(found), "--misses", "officials"]) == 0
    assert capsys.readouterr().out.splitlines() == ["+ a.vi: ai do  ((none))", "- b.fr: lo van son"]
    assert main(["evaluate", str(gold), "--found", str(found), "--by", "rule"]) == 0
    assert re.search(r"officials\s+\(none\)\s+0.5\s+1\s+1", capsys.readouterr().out)
    assert main(["evaluate", str(gold), "--found", str(found), "--lang", "fr"]) == 0
    assert "1 articles, 0 of them answered" in capsys.readouterr().out


def test_evaluate_extracts_the_texts_itself(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold)]) == 0
    output = capsys.readouterr().out
    assert output.startswith("2 articles, 2 of them answered")
    assert re.search(r"^strict +\d\.\d{3}", output, re.M)


def test_evaluate_without_gold_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path)]) == 2
    assert "no gold articles; give a folder" in capsys.readouterr().err


# run and what follows


def test_run_prints_a_summary_and_where_things_are(
    tmp_path: Path, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a folder" / "out"
    assert main(["run", str(articles), "--into", str(out)]) == 0
    output = capsys.readouterr()
    assert output.out.startswith("2 articles read, 2 sources new, 0 known, 0 failed\n")
    assert str(out / "graph.gexf") in output.out
    assert main(["run", str(articles), "--into", str(out), "--format", "json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["new"], summary["skipped"]) == (0, 2)


def test_run_lists_what_failed_and_status_lists_it_again(
    tmp_path: Path, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (articles / "empty.txt").touch()
    assert main(["run", str(articles), "--into", str(tmp_path / "out")]) == 1
    output = capsys.readouterr()
    assert "1 failed" in output.out
    assert "empty.txt: is empty" in output.err
    assert main(["run", str(articles), "--into", str(tmp_path / "out")]) == 1
    assert "1 failed" in capsys.readouterr().err
    assert main(["status", str(tmp_path / "out")]) == 0
    assert "empty.txt: is empty" in capsys.readouterr().out
    assert main(["status", str(tmp_path / "out"), "--format", "json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert (status["articles"], len(status["failures"])) == (2, 1)


def test_graph_writes_what_networkx_reads(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", str(corpus), "--out", str(tmp_path / "g.gexf")]) == 0
    nodes = int(capsys.readouterr().out.split(" nodes")[0])
    assert nx.read_gexf(tmp_path / "g.gexf").number_of_nodes() == nodes


def test_graph_into_a_place_that_is_none(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["graph", str(corpus), "--out", str(tmp_path / "file" / "g.gexf")]) == 1
    assert "a file stands where the folder should be" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
@pytest.mark.parametrize("command", ["link", "ledger"])
def test_link_and_ledger_print_rows(corpus: Path, capsys: pytest.CaptureFixture[str], command: str, form: str) -> None:
    assert main([command, str(corpus), "--format", form]) == 0
    output = capsys.readouterr().out
    if form == "csv":
        columns = {"link": "kind", "ledger": "target"}
        assert columns[command] in next(csv.reader(io.StringIO(output)))
    if form == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in output.splitlines())


@pytest.mark.parametrize("by", ["place", "article"])
def test_topics_print_rows(dated: Path, capsys: pytest.CaptureFixture[str], by: str) -> None:
    assert main(["topics", str(dated), "--by", by, "--format", "csv"]) == 0
    captured = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(captured.out)))
    assert captured.err == "3 of 3 articles taken\n"
    if by == "article":
        assert [(row["relevant"], row["theme"]) for row in rows] == [("True", "")] * 3


def test_explore_shows_tables_and_paths(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "graph.gexf").unlink()
    assert main(["explore", str(corpus)]) == 0
    output = capsys.readouterr().out
    assert all(title in output for title in ("officials", "directives", "targets"))
    assert str(corpus / "graph.gexf") in output
    assert (corpus / "graph.gexf").exists()


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the editions of one article with a date."""
    folder = tmp_path_factory.mktemp("dated")
    assert main(["run", str(SAMPLE / "01-*.txt"), "--into", str(folder)]) == 0
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["targets", "--out", "a.svg"],
        ["network", "--view", "officials", "--top", "3", "--labels", "fr", "--out", "a.png"],
        ["provinces", "--as-of", "2025-07-01", "--out", "a.pdf"],
        ["careers", "--province", "ha giang", "--labels", "vi", "--out", "a.svg"],
        ["targets", "--province", "Hà Giang", "--as-of", "2025-07-01", "--out", "a.png"],
        ["careers", "--province", "Tuyên Quang", "--as-of", "2025-07-01", "--out", "a.png"],
        ["timeline", "--as-of", "2025-07-01", "--out", "a.png"],
        ["timeline", "--out", "a.svg"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_plot_writes_a_picture(
    dated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    kind, *options = arguments
    done = main(["plot", kind, str(dated), *options])
    captured = capsys.readouterr()
    assert (done, captured.out.strip()) == (0, options[-1]), captured.err
    assert Path(options[-1]).stat().st_size > 5000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["targets", "--directive", "1", "--out", "a.svg"],
            "--directive is not for targets; it takes --as-of, --province",
        ),
        (["targets", "--out", "a.gif"], "a picture is written as .png, .svg, .pdf"),
        (["targets", "--province", "Mars", "--out", "a.svg"], "none of 0 targets of Mars has a result"),
        (["targets", "--as-of", "July", "--out", "a.svg"], "as_of: 'July' is no day"),
        (["timeline", "--directive", "0/NONE", "--out", "a.svg"], "none fits"),
        (["careers", "--labels", "xx", "--out", "a.svg"], "allowed are en, fr, vi"),
    ],
)
def test_a_plot_of_nothing_says_so(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    kind, *options = arguments
    assert main(["plot", kind, str(corpus), *options]) == 2
    assert message in capsys.readouterr().err
    assert not Path("a.svg").exists()


@pytest.mark.parametrize("command", ["link", "graph", "ledger", "explore", "status", "topics"])
def test_a_folder_that_is_no_corpus_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main([command, str(tmp_path)]) == 2
    assert "no corpus" in capsys.readouterr().err
    assert main([command, str(tmp_path / "none")]) == 2
    assert "no such folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fetch"], "No such command 'fetch'"),
        (["run", "x"], "Missing option '--into'"),
        (["run", "--into", "x"], "Missing argument 'PATH...'"),
        (["run", "x", "--into", "y", "--workers", "0"], "--workers"),
        (["extract", "x", "--format", "xml"], "is not one of"),
    ],
)
def test_misuse(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert message in capsys.readouterr().err


def test_control_characters_of_a_text_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from miner.cli.show import echo_table

    echo_table([{"name": "a\x1b[2Jb\u202ec", "empty": None}, {"name": "x" * 90}], ["name", "empty"])
    output = capsys.readouterr().out
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert "empty" not in output
    assert max(map(len, output.splitlines())) == 40


# Processes


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path, articles: Path) -> None:
    for number in range(40):
        (articles / f"{number}.txt").write_text(VIETNAMESE * 20, encoding="utf-8")
    with subprocess.Popen(
        miner_process("read", articles), env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_standard_input_is_a_source(articles: Path) -> None:
    done = subprocess.run(
        miner_process("extract", "-"), env=ENVIRONMENT, input=VIETNAMESE.encode(), capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] == "stdin"


def test_half_characters_are_printed_as_json_escapes(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": VIETNAMESE, "title": "half \ud83d"})
    (tmp_path / "x.jsonl").write_text(line)
    locale = {**ENVIRONMENT, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(miner_process("read", tmp_path / "x.jsonl"), env=locale, capture_output=True, check=True)
    assert json.loads(done.stdout)["title"] == "half \ud83d"
    assert VIETNAMESE.encode() in done.stdout


# The web, as far as this machine


class Paper(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path.startswith("/bai-")
        body = f"<html><body><article><h1>Sơn La họp</h1><p>{VIETNAMESE}</p></article></body></html>".encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if found:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def paper() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Paper) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_add_fetches_and_runs(tmp_path: Path, paper: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--into", str(tmp_path / "out"), "--allow-loopback", "--delay", "0"]
    assert main(["add", f"{paper}/bai-10001.html", *options]) == 0
    assert capsys.readouterr().out.startswith("1 pages archived, 0 known, 0 forbidden by robots.txt\n1 articles read")
    assert list(miner.open_corpus(tmp_path / "out").articles.url) == [f"{paper}/bai-10001.html"]
    assert main(["add", f"{paper}/bai-10001.html", f"{paper}/bai-10002.html", *options]) == 0
    assert len(miner.open_corpus(tmp_path / "out").articles) == 2
    assert main(["add", f"{paper}/none-10003.html", *options]) == 1


def test_crawl_archives_and_tells_what_comes_next(
    tmp_path: Path, paper: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--into", str(tmp_path / "out"), "--allow-loopback", "--delay", "0", "--depth", "0"]
    assert main(["crawl", f"{paper}/bai-10001.html", *options]) == 0
    assert f"next: miner run {tmp_path / 'out' / 'archive'}" in capsys.readouterr().out
    assert main(["run", str(tmp_path / "out" / "archive"), "--into", str(tmp_path / "out")]) == 0
    assert main(["crawl", "no-such-paper", *options]) == 2
    assert "no site or name of the catalogue" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupted_run_says_so_and_keeps_what_was_finished(tmp_path: Path, workers: int) -> None:
    (tmp_path / "in").mkdir()
    for number in range(400):
        (tmp_path / "in" / f"{number}.txt").write_text(f"{number}. {VIETNAMESE}\n\n" * 20, encoding="utf-8")
    command = miner_process("run", tmp_path / "in", "--into", tmp_path / "out", "--workers", str(workers))
    with subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while process.poll() is None and not list(tmp_path.glob("out/sources/*.parquet")):
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        output, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert output == ""
    assert errors.strip() == ("miner: interrupted; what was finished is kept, run the same command again to go on")
    assert 0 < len(miner.open_corpus(tmp_path / "out").articles) < 400
