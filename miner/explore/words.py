"""The words of plots in each language, and numbers as that language writes them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from miner.errors import InputError
from miner.explore.tables import number
from miner.lexicon import languages, read_table, read_yaml


@cache
def word_languages() -> tuple[str, ...]:
    """Return the languages in which plots can be labelled: the files of ``miner/data/plots``."""
    folder = files("miner") / "data" / "plots"
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir()))


class Words:
    """The words of the plots in one language.

    Parameters
    ----------
    language : str
        One of `word_languages`.

    Raises
    ------
    InputError
        There are no words in this language.
    """

    def __init__(self, language: str) -> None:
        if language not in word_languages():
            raise InputError(f"labels in {language!r}: there are none; allowed are {', '.join(word_languages())}")
        self.language = language
        self._texts: dict[str, Any] = read_yaml(f"plots/{language}.yaml")
        self._scales = [(float(value), word) for value, word in self._texts["scales"].items()]
        self._signs = str.maketrans({".": self._texts["decimal"], ",": self._texts["thousands"]})

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its fields filled in; whole numbers get their separators."""
        shown = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return str(self._texts[key]).format(**shown)

    def number(self, value: float) -> str:
        """Return a number as the language writes it, large ones in words."""
        digits, _, word = number(float(value), self._scales).partition(" ")
        return f"{digits.translate(self._signs)} {word}".strip()

    def amount(self, value: float, unit: str, measure: str | None) -> str:
        """Return a number with its unit."""
        sign = {"percent": "%", "point": self._texts["points"]}.get(unit)
        return f"{self.number(value)} {sign or measure or ''}".strip()

    def kind(self, kinds: dict[str, Any], name: str) -> str:
        """Return the label of a kind of nodes or edges, of those that a graph carries."""
        return str(kinds[name]["label"][self.language]) if name in kinds else name

    def called(self, indicator: str | None, names: Iterable[str] | None) -> str | None:
        """Return an indicator as articles in this language call it (``vi: xã``), else as the ledger does."""
        own = f"{self.language}: "
        return next((name.removeprefix(own) for name in names or () if name.startswith(own)), indicator)

    def name_of(self, table: str, code: str) -> str:
        """Return the usual name of a role or body: the first form in the table of the language."""
        return usual_names(table).get(code, {}).get(self.language) or code.replace("_", " ")


@cache
def usual_names(table: str) -> dict[str, dict[str, str]]:
    """Return the usual name of each code in each language: the first form of ``lang/<code>/<table>.csv``."""
    names: dict[str, dict[str, str]] = {}
    for language in languages():
        for row in read_table(f"lang/{language}/{table}.csv", ("code", "form")):
            names.setdefault(row["code"], {}).setdefault(language, row["form"].lstrip("~="))
    return names
