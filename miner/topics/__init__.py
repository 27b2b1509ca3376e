"""What articles are about: which report policy, and themes by language, province and quarter."""

from __future__ import annotations

from miner.topics.relevance import FEATURES, features, relevance
from miner.topics.themes import COLUMNS, themes
from miner.topics.trends import places_of, quarters_of, trends

__all__ = ["COLUMNS", "FEATURES", "features", "places_of", "quarters_of", "relevance", "themes", "trends"]
