"""Mojibake of pages: repaired by ftfy, only where the repair loses nothing and gives a language that miner speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from miner.language import words_language

#: The last mends a no-break space inside a character, which levelling of white space has made a plain one.
_LOSSLESS = {("encode",), ("decode",), ("transcode", "restore_byte_a0")}
#: A character of several bytes that was read as so many; the second may have become a plain space.
_PAIR = re.compile("[^\x00-\x7f](?:[^\x00-\x7f]|(?<=\u00c3) )")


def repaired(texts: Sequence[str]) -> list[str]:
    """Return the texts of one page with their mojibake undone, or as they are where that is not certain."""
    suspects = [index for index, text in enumerate(texts) if _PAIR.search(text)]
    changed = {index: fixed for index in suspects if (fixed := _fixed(texts[index])) is not None}
    if not changed or not words_language(" ".join(changed.values())):
        return list(texts)
    return [changed.get(index, text) for index, text in enumerate(texts)]


def _fixed(text: str) -> str | None:
    """Return what the bytes of a text were meant to say, None if they say what they mean or it cannot be told."""
    import ftfy
    from ftfy.badness import is_bad

    if not is_bad(text):
        return None
    fixed, plan = ftfy.fix_encoding_and_explain(text)
    if not plan or is_bad(fixed):
        return None
    return fixed if all({(step.action,), (step.action, step.parameter)} & _LOSSLESS for step in plan) else None
