"""Plots for a paper: each function takes what a corpus gives and returns matplotlib axes."""

from __future__ import annotations

from miner.explore.plots.careers import plot_careers
from miner.explore.plots.network import plot_network
from miner.explore.plots.provinces import plot_provinces
from miner.explore.plots.targets import plot_targets
from miner.explore.plots.timeline import plot_timeline

__all__ = ["plot_careers", "plot_network", "plot_provinces", "plot_targets", "plot_timeline"]
