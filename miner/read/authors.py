"""Who wrote the article of a page: JSON-LD, meta elements and bylines tell it, where they do not name the outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from html import unescape
from typing import Any

from miner.language import reading_data
from miner.lexicon import languages
from miner.read.roles import Roles, layout
from miner.text import fold

_HOST = re.compile(r"\S*(?:[@/]|\w\.\w{2,})\S*")
_LETTERS = re.compile(r"[^a-z0-9]+")
#: A date, a time, and what parts them from a name.
_MOMENT = re.compile(r"[\s|,•·–-]*\d.*")
_PARTED = re.compile(r"\s*(?:[;|•·/\n]|,(?=\s)|\s[-–]\s|\s&\s)\s*")
_DEEP = 6
#: Names are no longer; shorter names of outlets prove nothing within another name.
_LONGEST, _TELLING = 60, 4
_MOST = 10


def page_authors(
    stated: Sequence[Any], metas: Sequence[str], outlets: Sequence[str], host: str | None, roles: Roles
) -> tuple[str, ...]:
    """Return the names of the authors, from the surest clue that gives any: JSON-LD, meta elements, a byline.

    Parameters
    ----------
    stated : sequence
        What the page's JSON-LD holds.
    metas, outlets : sequence of str
        What meta elements call authors and the name of the site.
    """
    known = {_letters(name) for name in [*outlets, *_named(stated, ("publisher",))]}
    surest: Set[str] = frozenset()
    clues = ((_named(stated, ("author", "creator")), surest), (metas, known), (_bylines(roles), known))
    found = (named_authors(names, host, but) for names, but in clues)
    return next(filter(None, found), ())


def named_authors(names: Iterable[str], host: str | None, outlets: Set[str] = frozenset()) -> tuple[str, ...]:
    """Return the single names in bylines, each once, without those that name the outlet with this host."""
    labels = (part for part in (host or "").split(".")[:-1] if part not in layout()["no_label"])
    label = max(labels, key=len, default="")
    parts = (part for name in names for part in _parts(name))
    return tuple(dict.fromkeys(part for part in parts if not _is_outlet(part, label, outlets)))[:_MOST]


def _named(stated: Iterable[Any], keys: Sequence[str]) -> Iterator[str]:
    """Yield the names that stand under one of the keys, those of organisations only under `publisher`."""
    for value, key in ((value, key) for document in stated for value, key in _under(document, keys, _DEEP)):
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                yield item
            elif isinstance(item, dict) and (key == "publisher" or "Organization" not in str(item.get("@type"))):
                names = item.get("name")
                yield from names if isinstance(names, list) else [names] if isinstance(names, str) else []


def _under(value: Any, keys: Sequence[str], depth: int) -> Iterator[tuple[Any, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in keys:
                yield item, key
            elif depth:
                yield from _under(item, keys, depth - 1)
    elif isinstance(value, list) and depth:
        for item in value:
            yield from _under(item, keys, depth - 1)


def _bylines(roles: Roles) -> Iterator[str]:
    """Yield the text of the first element that is called an author's and holds no more than a name."""
    for element in roles.authors:
        if element in roles.apart or any(above in roles.apart for above in element.iterancestors()):
            continue
        text = _MOMENT.sub("", " ".join(element.text_content().split()))
        words = text.split()
        if len(text) <= _LONGEST and 2 <= len(words) <= 8 and words[0][0].isupper():
            yield text
            return


def _parts(names: str) -> Iterator[str]:
    """Yield the single names of a byline, without the words that introduce them."""
    for part in _PARTED.split(unescape(names)) if "://" not in names else ():
        name = " ".join(_introduced().sub("", part.strip(" .:")).split())
        if name and len(name) <= _LONGEST and any(c.isalpha() for c in name):
            yield name


def _is_outlet(name: str, label: str, outlets: Set[str]) -> bool:
    letters = _letters(name)
    within = len(letters) >= _TELLING and any(letters in outlet for outlet in outlets)
    return bool(_HOST.fullmatch(name)) or within or (len(label) >= _TELLING and label in letters) or letters == label


def _letters(name: Any) -> str:
    return _LETTERS.sub("", fold(str(name)))


@cache
def _introduced() -> re.Pattern[str]:
    words = {word for language in languages() for word in reading_data(language).get("author_words") or ()}
    return re.compile(rf"^(?:{'|'.join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))})\s*:?\s+", re.I)
