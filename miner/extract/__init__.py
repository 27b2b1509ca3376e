"""Article → facts, with spaCy rules on a blank pipeline."""

from miner.extract.explain import explain
from miner.extract.pipeline import extract, read

__all__ = ["explain", "extract", "read"]
