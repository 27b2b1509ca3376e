"""Something to look at: the explorable page, the first rows of the tables, a picture, targets against results."""

from __future__ import annotations

from miner.explore.overview import overview
from miner.explore.page import write_page
from miner.explore.picture import draw_graph
from miner.explore.plots import plot_targets
from miner.explore.tables import first_rows

__all__ = ["draw_graph", "first_rows", "overview", "plot_targets", "write_page"]
