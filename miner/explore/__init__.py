"""Something to look at: the explorable page, the first rows of the tables, the network as a picture, plots."""

from __future__ import annotations

from miner.explore.figure import check_picture, save_plot, write_note
from miner.explore.overview import overview
from miner.explore.page import write_page
from miner.explore.picture import draw_graph
from miner.explore.plots import plot_careers, plot_network, plot_provinces, plot_targets, plot_timeline
from miner.explore.tables import first_rows
from miner.explore.words import word_languages

__all__ = [
    "check_picture",
    "draw_graph",
    "first_rows",
    "overview",
    "plot_careers",
    "plot_network",
    "plot_provinces",
    "plot_targets",
    "plot_timeline",
    "save_plot",
    "word_languages",
    "write_note",
    "write_page",
]
