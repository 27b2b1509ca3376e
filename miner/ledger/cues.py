"""The words that the ledger looks for, in all languages at once."""

from __future__ import annotations

import re
from functools import cache

from miner.lexicon import languages, load_lexicon
from miner.text import fold


@cache
def cue(code: str) -> re.Pattern[str]:
    """Return a pattern of the folded forms of the cue `code` (``ledger.yaml`` of each language), as whole words."""
    forms = [
        form.text for language in languages() for form in load_lexicon(language).group("ledger") if form.code == code
    ]
    words = sorted({fold(form) for form in forms}, key=lambda form: (-len(form), form))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b" if words else r"(?!)")
