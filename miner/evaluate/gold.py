"""Gold and found facts on disk: `ID.txt` with `ID.json` beside it, and JSON Lines of the contract's objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from miner.errors import InputError
from miner.evaluate.compare import Fact


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with what is in it."""

    id: str
    text: str
    facts: Fact

    @property
    def language(self) -> str:
        """ISO 639-1 code of the main language, "" if the gold has none."""
        return str(self.facts.get("language") or "")


def load_gold(gold_dir: str | Path, language: str | None = None) -> list[GoldArticle]:
    """Read the gold of a folder, sorted by id; with `language`, only the articles of that language."""
    paths = sorted(Path(gold_dir).glob("*.json"))
    articles = [_gold_article(path) for path in paths]
    chosen = [article for article in articles if language in (None, article.language)]
    if not chosen:
        wanted = f" in {language!r}" if language else ""
        raise InputError(f"{gold_dir}: no gold articles{wanted}; give a folder of ID.txt with ID.json beside it")
    return chosen


def _gold_article(path: Path) -> GoldArticle:
    try:
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        return GoldArticle(path.stem, text, json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise InputError(f"{error.filename}: missing; gold needs ID.txt beside {path.name}") from error
    except ValueError as error:
        raise InputError(f"{path}: not valid JSON or UTF-8: {error}; mend the gold") from error


def load_found(path: str | Path) -> dict[str, Fact]:
    """Read a JSON Lines file of the contract's objects, by id.

    Raises
    ------
    InputError
        With the line that is no object of the contract, or whose id came before.
    """
    found: dict[str, Fact] = {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                found.update(by_id([_parsed(line, f"{path}:{number}")], f"{path}:{number}", found))
    return found


def _parsed(line: str, where: str) -> Fact:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where}: not JSON: {error}; give one object a line, as miner extract prints it") from error
    if not isinstance(value, dict):
        raise InputError(f"{where}: {type(value).__name__} found; give one object a line, as miner extract prints it")
    return value


def by_id(objects: Iterable[Fact], where: str = "found", known: Mapping[str, Fact] | None = None) -> dict[str, Fact]:
    """Return the contract's objects by id; an object without one, or a second one with the same, is refused."""
    found: dict[str, Fact] = {}
    for item in objects:
        if not isinstance(item.get("id"), str):
            raise InputError(f"{where}: an object has no 'id'; name the article, as miner extract does")
        if item["id"] in found or item["id"] in (known or {}):
            raise InputError(f"{where}: the id {item['id']!r} comes twice; keep one object for each article")
        found[item["id"]] = item
    return found
