"""The parts of a text and their languages."""

from __future__ import annotations

import re

from miner.records import Block
from miner.text import fold


def detect_language(text: str) -> str | None:
    """Return the language of `text`."""
    if len(re.findall(r"[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", text.lower())) > 0.03 * len(text):
        return "vi"
    words = fold(text).split()
    french = sum(word in {"le", "la", "les", "des", "et", "du", "de"} for word in words)
    english = sum(word in {"the", "of", "and", "to", "in"} for word in words)
    return "fr" if french > english else "en"


def split_blocks(text: str, language: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of `text`: one a line."""
    main = language or detect_language(text)
    found = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        line = match.group()
        own = "vi" if detect_language(line) == "vi" else main
        found.append(Block("paragraph", own, match.start(), match.end()))
    return tuple(found)
