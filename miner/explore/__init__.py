"""Something to look at: the first rows of the tables, a picture of the graph, targets against results."""

from __future__ import annotations

from miner.explore.picture import draw_graph
from miner.explore.plots import plot_targets
from miner.explore.tables import first_rows

__all__ = ["draw_graph", "first_rows", "plot_targets"]
