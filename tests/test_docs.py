"""Every command and every Python example of README and docs runs, in a scratch copy, in the order of the page.

A fenced block marked ``console`` holds commands after ``$ ``; one marked ``python`` is run in one namespace a page.
A command that shows a failure on purpose ends in ``# exit N``.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(console|python)\n(.*?)^```", re.M | re.S)
#: Commands that set up or test the project itself: .ci/run runs them, in a fresh clone.
SETUP = re.compile(r"^(git clone|cd |make|python3? -m (venv|pip)|pip install|source |\. )")


def blocks(page: Path) -> list[tuple[str, str]]:
    return FENCE.findall(page.read_text(encoding="utf-8"))


def commands(block: str) -> list[str]:
    joined = block.replace("\\\n", " ")
    return [line[2:] for line in joined.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("page", [p for p in PAGES if p.exists() and blocks(p)], ids=lambda p: p.name)
def test_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    scripts = tmp_path / "bin"
    scripts.mkdir()
    (scripts / "miner").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m miner "$@"\n')
    (scripts / "miner").chmod(0o755)
    environment = {**os.environ, "PATH": f"{scripts}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    namespace: dict[str, object] = {}
    for kind, block in blocks(page):
        if kind == "python":
            exec(compile(block, str(page), "exec"), namespace)
            continue
        for command in commands(block):
            if not SETUP.match(command):
                run(command, environment)


def run(command: str, environment: dict[str, str]) -> None:
    wanted = int(m.group(1)) if (m := re.search(r"# exit (\d+)\s*$", command)) else 0
    done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == wanted, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def test_links_between_pages_lead_somewhere() -> None:
    for page in filter(Path.exists, PAGES):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
