"""miner: from the multilingual provincial press to a graph of officials, directives and provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

#: Public names and the module that holds them; loaded on first use so that `import miner` stays quick.
_PUBLIC = {
    "open_corpus": "miner.corpus",
    "extract": "miner.extract",
    "build_graph": "miner.graph",
    "read_articles": "miner.read",
    "run": "miner.pipeline",
}

__all__ = ["__version__", *sorted(_PUBLIC)]  # noqa: PLE0604

if TYPE_CHECKING:
    from miner.corpus import open_corpus as open_corpus
    from miner.extract import extract as extract
    from miner.graph import build_graph as build_graph
    from miner.pipeline import run as run
    from miner.read import read_articles as read_articles


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        from importlib import import_module

        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'miner' has no attribute {name!r}")
