"""The file opens in the programs it is made for: Gephi's own importer, and the reader of Gephi Lite.

Both are fetched once (Maven Central, npm) into ``~/.cache/miner-tests``. Without Java, Maven or npm, or without their
registries, the tests say so and are skipped; where CI is set they must run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from miner.graph import update_from_gexf, write_gexf
from miner.graph.spells import spells

HERE = Path(__file__).parent
CACHE = Path.home() / ".cache" / "miner-tests"
# 0.10.1 is the last version that Maven Central holds; 0.11.x is not there, with or without the classifier.
TOOLKIT = "org.gephi:gephi-toolkit:0.10.1:jar:all"
JAR = CACHE / "gephi-toolkit-0.10.1-all.jar"
PACKAGES = ("graphology@0.26.0", "graphology-gexf@0.13.2", "graphology-types@0.24.8")
JAVA_TYPES = {"string": "String", "integer": "Integer", "double": "Double", "boolean": "Boolean", "long": "Long"}
JAVA_TYPES |= {"liststring": "String[]"}


def give_up(why: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{why}; in CI this test must run")
    pytest.skip(why)


def fetch(command: list[str], made: Path) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return give_up(f"{command[0]} did not end")
    if not made.exists():
        give_up(f"{' '.join(command[:3])} failed: {(done.stdout + done.stderr)[-600:]}")


@pytest.fixture(scope="module")
def toolkit() -> Path:
    if not shutil.which("java"):
        give_up("no java on the path")
    if not JAR.exists():
        if not shutil.which("mvn"):
            give_up("no mvn on the path to fetch the Gephi Toolkit")
        fetch(["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={TOOLKIT}", f"-DoutputDirectory={CACHE}"], JAR)
    return JAR


@pytest.fixture(scope="module")
def graphology() -> Path:
    if not shutil.which("node") or not shutil.which("npm"):
        give_up("no node or npm on the path")
    made = CACHE / "node_modules" / "graphology-gexf"
    if not made.exists():
        fetch(["npm", "install", "--ignore-scripts", "--prefix", str(CACHE), *PACKAGES], made)
    return CACHE


def opened(jar: Path, path: Path) -> dict[str, list[list[str]]]:
    """What Gephi shows of a file: its issues, columns, nodes and edges."""
    options = ["-Djava.awt.headless=true", "-Duser.timezone=Asia/Ho_Chi_Minh", "-Dfile.encoding=windows-1252"]
    command = ["java", *options, "-cp", str(jar), str(HERE / "gephi" / "OpenGexf.java"), str(path)]
    done = subprocess.run(command, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    found: dict[str, list[list[str]]] = {"issue": [], "report": [], "column": [], "node": [], "edge": []}
    for line in done.stdout.decode("utf-8").splitlines():
        kind, *cells = line.split("\t")
        found[kind].append(cells)
    return found


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), text)


def declared(path: Path) -> dict[tuple[str, str], str]:
    """The columns that the file declares, with their types."""
    text, found = path.read_text("utf-8"), {}
    for kind, block in re.findall(r'<attributes class="(\w+)">(.*?)</attributes>', text, re.S):
        found |= {(kind, name): JAVA_TYPES[type_] for name, type_ in re.findall(r'id="(\w+)" .*type="(\w+)"', block)}
    return found


def test_gephi_opens_the_file_as_we_wrote_it(odd_corpus, toolkit, tmp_path) -> None:
    graph = odd_corpus
    path = write_gexf(graph, tmp_path / "graph.gexf")
    found = opened(toolkit, path)
    assert [cells for cells in found["issue"] if cells[0] != "INFO"] == []
    assert "arallel edges" not in str(found["report"])
    own = {"id", "label", "timeset", "weight", "kind"}
    assert {(k, c): t for k, c, _, t in found["column"] if c not in own} == declared(path)
    nodes = {unescaped(n): (unescaped(label), float(x), float(y), c) for n, label, x, y, _, c in found["node"]}
    assert nodes == {
        node: (values["label"], pytest.approx(values["x"]), pytest.approx(values["y"]), values["color"])
        for node, values in graph.nodes(data=True)
    }
    assert {(unescaped(s), unescaped(t), k): float(w) for s, t, k, w, *_ in found["edge"]} == {
        (s, t, k): values["weight"] for s, t, k, values in graph.edges(keys=True, data=True)
    }
    assert {cells[4] for cells in found["edge"]} == {"true"}
    seen = {tuple(map(unescaped, cells[:3])): cells[5:] for cells in found["edge"]}
    for source, target, kind, values in graph.edges(keys=True, data=True):
        times, evidence = seen[source, target, kind]
        assert re.findall(r"\[(\S+), (\S+?)\]", times) == spells(values)
        assert unescaped(evidence).replace("\u2060", "").split("\x01") == values["evidence"]


def test_gephi_lite_reads_the_same(odd_corpus, graphology, tmp_path) -> None:
    graph = odd_corpus
    path = write_gexf(graph, tmp_path / "graph.gexf")
    command = ["node", str(HERE / "graphology" / "open.cjs"), str(graphology), str(path)]
    done = subprocess.run(command, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    found = json.loads(done.stdout)
    assert {(node["id"], node["label"], node["x"], node["y"], node["node_type"]) for node in found["nodes"]} == {
        (node, values["label"], values["x"], values["y"], values["kind"]) for node, values in graph.nodes(data=True)
    }
    assert {(e["source"], e["target"], e["kind"], e["weight"]) for e in found["edges"]} == {
        (s, t, kind, values["weight"]) for s, t, kind, values in graph.edges(keys=True, data=True)
    }
    years = {(e["source"], e["target"], e["kind"]): (e.get("start_year"), e.get("end_year")) for e in found["edges"]}
    for source, target, kind, values in graph.edges(keys=True, data=True):
        first, last = values["first_seen"], values["last_seen"]
        assert years[source, target, kind] == ((int(first[:4]), int(last[:4])) if first else (None, None))


def test_what_gephi_saves_comes_back(odd_corpus, toolkit, tmp_path) -> None:
    path, saved = write_gexf(odd_corpus, tmp_path / "graph.gexf"), tmp_path / "saved.gexf"
    before = {node: dict(values) for node, values in odd_corpus.nodes(data=True)}
    options = ["-Djava.awt.headless=true", "-Dfile.encoding=windows-1252"]
    command = ["java", *options, "-cp", str(toolkit), str(HERE / "gephi" / "SaveGexf.java"), str(path), str(saved)]
    done = subprocess.run(command, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    update = update_from_gexf(odd_corpus, saved)
    assert update.columns == ("modularity_class",)
    assert (update.nodes, update.only_in_graph, update.only_in_file) == (len(before), (), ())
    for node, values in odd_corpus.nodes(data=True):
        old = before[node]
        assert (values["x"], values["y"]) == pytest.approx((-2 * old["x"], old["y"] + 100), abs=0.01)
        assert isinstance(values["modularity_class"], int)
        changed = {"x", "y", "size", "modularity_class"}
        assert {k: v for k, v in values.items() if k not in changed} == {
            k: v for k, v in old.items() if k not in changed
        }


def test_what_gephi_lite_saves_comes_back(odd_corpus, graphology, tmp_path) -> None:
    path, saved = write_gexf(odd_corpus, tmp_path / "graph.gexf"), tmp_path / "saved.gexf"
    command = ["node", str(HERE / "graphology" / "save.cjs"), str(graphology), str(path), str(saved)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    before = {node: (values["x"], values["y"]) for node, values in odd_corpus.nodes(data=True)}
    assert update_from_gexf(odd_corpus, saved).columns == ("louvain",)
    assert {n: (v["x"], v["y"], v["louvain"]) for n, v in odd_corpus.nodes(data=True)} == {
        node: (x + 1, y, 3) for node, (x, y) in before.items()
    }


def test_gephi_draws_the_colours_and_names(corpus, toolkit, tmp_path) -> None:
    graph = corpus.graph()
    path, picture = write_gexf(graph, tmp_path / "graph.gexf"), tmp_path / "preview.svg"
    options = ["-Djava.awt.headless=true", "-Dfile.encoding=windows-1252"]
    command = ["java", *options, "-cp", str(toolkit), str(HERE / "gephi" / "DrawGexf.java"), str(path), str(picture)]
    done = subprocess.run(command, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    drawn = picture.read_text("utf-8")
    discs = re.findall(r'<circle[^>]*?fill="(#[0-9a-f]{6})"', drawn)
    assert sorted(discs) == sorted(color for _, color in graph.nodes(data="color"))
    assert {"Trần Văn Mẫu", "Nghệ An", "57-NQ/TW"} <= {text.strip() for text in re.findall(r">([^<>]+)</text>", drawn)}
