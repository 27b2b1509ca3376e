"""How personal names are built: surnames, the Vietnamese syllable and the patterns of ethnic minorities.

Pure functions over words; the knowledge is ``miner/data/names.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from miner.lexicon import read_yaml
from miner.text import fold, lowered

#: The longest name that is one: five syllables, or a given name with a clan of two.
MAX_SYLLABLES = 5

_STRENGTHS = (("weak", 1), ("strong", 2))


@dataclass(frozen=True, slots=True)
class NameLore:
    """The content of ``names.yaml`` in the form in which it is asked for; all sets hold folded words."""

    syllable: re.Pattern[str]
    strong: frozenset[str]
    weak: frozenset[str]
    accented: dict[str, int]
    middle: frozenset[str]
    clans: frozenset[str]
    openers: frozenset[str]
    apostrophe: frozenset[str]
    mixed: frozenset[str]
    before_given: frozenset[str]
    given_accented: frozenset[str]
    clan_pairs: frozenset[str]
    last_clans: frozenset[str]
    toponyms: frozenset[str]
    noun_endings: tuple[str, ...]
    excluded: frozenset[str]
    places: frozenset[str]


@cache
def lore() -> NameLore:
    """Load the data once."""
    data = read_yaml("names.yaml")
    grammar = data["syllable"]
    sets = {key: frozenset(map(fold, data[key])) for key in data if key not in {"syllable", "noun_endings"}}
    return NameLore(
        syllable=re.compile(f"(?:{grammar['onset']})(?:{grammar['rhyme']})"),
        noun_endings=tuple(map(fold, data["noun_endings"])),
        given_accented=frozenset(map(lowered, data["before_given"])),
        accented={lowered(name): strength for key, strength in _STRENGTHS for name in data[key]},
        **sets,
    )


@lru_cache(maxsize=100_000)
def is_syllable(folded: str) -> bool:
    """Tell whether a folded word can be one Vietnamese syllable.

    Examples
    --------
    >>> is_syllable("nghieng"), is_syllable("premier"), is_syllable("quoc")
    (True, False, True)
    """
    return lore().syllable.fullmatch(folded) is not None


def surname_strength(word: str, strict: bool) -> int:
    """Return 2 for a surname that proves itself, 1 for one that needs support, 0 for none.

    Parameters
    ----------
    word : str
        The word as written.
    strict : bool
        Whether the text has Vietnamese diacritics, so that ``Do`` is not ``Đỗ``.
    """
    if strict:
        return lore().accented.get(lowered(word), 0)
    folded = fold(word)
    return 2 if folded in lore().strong else int(folded in lore().weak)


def marks_given(word: str, strict: bool) -> bool:
    """Tell a middle word after which a given name follows: Văn, Thị; `strict` as in `surname_strength`."""
    return lowered(word) in lore().given_accented if strict else fold(word) in lore().before_given


def is_excluded(folded: str) -> bool:
    """Tell whether a folded name is never an office-holder's: Ho Chi Minh, lunar years, places like names."""
    return folded in lore().excluded or folded in lore().places
