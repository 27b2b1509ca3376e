"""Gold against found: precision, recall and F1 by kind of fact, by language and by rule.

Facts are counted over all articles together (micro-average).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from miner.evaluate.compare import ROWS, Count, Fact
from miner.evaluate.gold import GoldArticle, by_id, load_found, load_gold
from miner.evaluate.scores import STRICT, Miss, Scores, strict

__all__ = ["ROWS", "STRICT", "Count", "GoldArticle", "Miss", "Scores", "evaluate", "load_found", "load_gold", "strict"]


def evaluate(gold_dir: str | Path, found: Mapping[str, Fact] | Iterable[Fact], language: str | None = None) -> Scores:
    """Compare what was found with the gold of a folder.

    Parameters
    ----------
    gold_dir : path
        A folder of `ID.txt` with `ID.json` beside it.
    found : mapping or iterable
        The contract's objects, by id or as they come.
    language : str, optional
        Only the articles of this language.

    Raises
    ------
    InputError
        If the folder has no gold, or an object no id.
    """
    objects = found.values() if isinstance(found, Mapping) else found
    return Scores(load_gold(gold_dir, language), by_id(objects))
