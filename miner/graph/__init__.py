"""Entities → a networkx graph, and the graph as GEXF 1.3 and CSV."""

from __future__ import annotations

from miner.graph.build import build_graph
from miner.graph.gexf import write_gexf
from miner.graph.tables import write_csv

__all__ = ["build_graph", "write_csv", "write_gexf"]
