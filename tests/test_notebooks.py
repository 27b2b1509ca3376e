"""Every notebook runs from its first cell to its last, defines nothing and is kept without outputs."""

import ast
import os
from pathlib import Path

import pytest

import miner

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def read(path: Path):
    return nbformat.read(path, as_version=4)


def code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_five_notebooks() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_kept_without_outputs(path: Path) -> None:
    assert all(not cell.outputs and cell.execution_count is None for cell in code(read(path)))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_calls_and_defines_nothing(path: Path) -> None:
    trees = [ast.parse(cell.source) for cell in code(read(path))]
    defining = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert not [node for tree in trees for node in ast.walk(tree) if isinstance(node, defining)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_figure_is_one_of_miner_with_title_units_and_source(path: Path) -> None:
    trees = [ast.parse(cell.source) for cell in code(read(path))]
    names = [node for tree in trees for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert not [alias.name for node in names for alias in node.names if "matplotlib" in ast.unparse(node)]
    calls = [node.func for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call, ast.Attribute) and call.attr in ("plot", "hist")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_starts_with_a_title_and_ends_in_words(path: Path) -> None:
    cells = read(path).cells
    assert cells[0].source.startswith("# ")
    assert path.stem.startswith("01") or "## The finding" in "".join(cell.source for cell in cells)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path: Path, monkeypatch, tmp_path: Path) -> None:
    package = str(Path(miner.__file__).parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([package, os.environ.get("PYTHONPATH", "")]).strip(os.pathsep))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    notebook = read(path)
    client = nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}})
    client.execute()
    shown = [output.get("data", {}) for cell in code(notebook) for output in cell.outputs]
    assert any("image/png" in data for data in shown)
    assert not [output for cell in code(notebook) for output in cell.outputs if output.output_type == "stream"]
