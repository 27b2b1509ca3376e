"""Versions of code and data: what decides, besides the input, what a part or an export holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import miner

#: What facts depend on: the ground floor, the readers, the rules and the data.
_RULES = ("*.py", "read/**/*.py", "extract/**/*.py", "data/**/*")

#: What entities, graph and tables depend on beside the facts.
_EXPORTS = ("*.py", "link/**/*.py", "ledger/**/*.py", "graph/**/*.py", "explore/**/*.py", "pipeline/exports.py")

#: Modules at the top that only hand things on.
_IRRELEVANT = frozenset({"contract.py", "__main__.py"})


def rules_version() -> str:
    """Return a digest of all code and data that an article's facts depend on; computed once a process."""
    return _digest(_RULES)


def exports_version(made_from: Iterable[str]) -> str:
    """Return a digest of `made_from` and of the code that makes entities, graph and tables from facts."""
    joined = "\n".join([rules_version(), _digest(_EXPORTS), *made_from])
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@cache
def _digest(patterns: tuple[str, ...]) -> str:
    root = Path(miner.__file__).parent
    found = {path for pattern in patterns for path in root.glob(pattern)}
    digest = hashlib.sha256(miner.__version__.encode())
    for path in sorted(found, key=lambda path: path.relative_to(root).as_posix()):
        if path.is_file() and path.suffix != ".pyc" and path.name not in _IRRELEVANT:
            digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
