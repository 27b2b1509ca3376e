"""Pure string functions: Unicode form, folding, tone placement.

Nothing here changes an article's text; the results are compared, never stored in its place.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Letters that look like đ/Đ and stand for it in real pages (Latin Eth, African D).
_D_LIKE = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ"})
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'", "“": '"', "”": '"', "«": '"', "»": '"'}
    | {"–": "-", "—": "-", "‑": "-", "−": "-", "‐": "-", "º": "°", "ᵉ": "e"}
)
_NEW_TONE = re.compile("(?<![qQ])([oOuU])([aAeEyY])([\u0300\u0301\u0303\u0309\u0323])(?![^\\W\\d_])")


def unaccented(text: str) -> str:
    """Return `text` without diacritics, đ as d, in its own case."""
    decomposed = unicodedata.normalize("NFD", text.translate(_D_LIKE))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return the form under which spellings of one word meet.

    Case, diacritics, đ, typographic quotes and dashes are levelled; runs of white space become one space.

    Examples
    --------
    >>> fold("Nguyễn Đức Sẻ"), fold("L’État")
    ('nguyen duc se', "l'etat")
    """
    return " ".join(unaccented(text.translate(_QUOTES)).casefold().split())


@lru_cache(maxsize=200_000)
def lowered(text: str) -> str:
    """Return `text` in lower case, composed, with the old tone placement and plain quotes.

    Examples
    --------
    >>> lowered("Hoà Bình") == lowered("Hòa Bình")
    True
    """
    plain = unicodedata.normalize("NFD", text.translate(_D_LIKE).translate(_QUOTES).lower())
    moved = _NEW_TONE.sub(lambda m: m.group(1) + m.group(3) + m.group(2), plain)
    return " ".join(unicodedata.normalize("NFC", moved).split())


def has_diacritics(text: str) -> bool:
    """Tell whether any letter of `text` carries a mark or is đ.

    Examples
    --------
    >>> has_diacritics("Nghệ An"), has_diacritics("Nghe An")
    (True, False)
    """
    return any(ord(c) > 127 for c in text) and unaccented(text) != text
