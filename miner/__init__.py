"""miner: from the multilingual provincial press to a graph of officials, directives and provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

#: Public names with the module that holds them and their name there; loaded on first use, so `import miner` is quick.
#: None of them is the name of a subpackage, which an import would put in its place.
_PUBLIC = {
    "build_graph": ("miner.graph", "build_graph"),
    "extract_facts": ("miner.extract", "extract"),
    "open_corpus": ("miner.corpus", "open_corpus"),
    "read_articles": ("miner.read", "read_articles"),
    "run": ("miner.pipeline", "run"),
}

__all__ = ["__version__", "build_graph", "extract_facts", "open_corpus", "read_articles", "run"]

if TYPE_CHECKING:
    from miner.corpus import open_corpus as open_corpus
    from miner.extract import extract as extract_facts
    from miner.graph import build_graph as build_graph
    from miner.pipeline import run as run
    from miner.read import read_articles as read_articles


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        from importlib import import_module

        module, there = _PUBLIC[name]
        return getattr(import_module(module), there)
    raise AttributeError(f"module 'miner' has no attribute {name!r}")
