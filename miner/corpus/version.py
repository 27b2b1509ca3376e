"""The version of rules and data: what decides, besides the input, what a part holds."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import miner

#: What of the package changes facts: the ground floor, the readers, the rules and the data.
_MATTERS = ("*.py", "read/**/*.py", "extract/**/*.py", "data/**/*")

#: Modules at the top that only use facts.
_IRRELEVANT = frozenset({"cli.py", "contract.py", "pipeline.py", "__main__.py"})


@cache
def rules_version() -> str:
    """Return a digest of all code and data that an article's facts depend on; computed once a process."""
    root = Path(miner.__file__).parent
    found = {path for pattern in _MATTERS for path in root.glob(pattern)}
    digest = hashlib.sha256(miner.__version__.encode())
    for path in sorted(found, key=lambda path: path.relative_to(root).as_posix()):
        if path.is_file() and path.suffix != ".pyc" and path.name not in _IRRELEVANT:
            digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
