"""Entities → a networkx graph and its views, and the graph as files for other programs."""

from __future__ import annotations

from miner.graph.build import build_graph
from miner.graph.exports import FORMATS, check_ending, write_graph
from miner.graph.gexf import write_gexf
from miner.graph.request import graph_of
from miner.graph.saved import Update, update_from_gexf
from miner.graph.select import Selection
from miner.graph.tables import write_csv
from miner.graph.views import VIEWS

__all__ = [
    "FORMATS",
    "VIEWS",
    "Selection",
    "Update",
    "build_graph",
    "check_ending",
    "graph_of",
    "update_from_gexf",
    "write_csv",
    "write_gexf",
    "write_graph",
]
