"""What the press and its software put around an article's own text, as patterns made of the data of all languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from miner.language import reading_data
from miner.lexicon import languages, read_yaml
from miner.text import fold


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns of whole lines (noise, related), their ends (credits), their starts (label, crawled, site); bylines."""

    credit: re.Pattern[str]
    credited: re.Pattern[str]
    ending: re.Pattern[str]
    noise: re.Pattern[str]
    related: re.Pattern[str]
    label: re.Pattern[str]
    byline: frozenset[str]
    placeholder: re.Pattern[str]
    crawled: re.Pattern[str]
    site: re.Pattern[str]


@cache
def cues() -> Cues:
    """Return the patterns of all languages together."""
    data, pages = [reading_data(language) for language in languages()], read_yaml("pages.yaml")

    def listed(key: str) -> list[str]:
        return sorted({str(value) for values in data for value in values.get(key) or ()}, key=lambda v: (-len(v), v))

    def words(key: str) -> str:
        return "|".join(re.escape(value) for value in listed(key))

    def lines(key: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{value})" for value in listed(key)))

    endings = "|".join(re.escape(fold(value)) for value in listed("caption_endings"))
    return Cues(
        credit=re.compile(rf"(?:^|[\s(.,|/–-])((?:{words('credits')})\s*:[^;!?\n]{{0,60}})$", re.IGNORECASE),
        credited=re.compile(rf"[\s(.,|/–-]((?:{words('credits')})\s+([^;:!?.\n]{{2,40}}))[.)\s|]*$"),
        ending=re.compile(rf"({endings})[.)\s|]*$"),
        noise=lines("noise"),
        related=lines("related"),
        label=re.compile(rf"(?:{words('language_labels')})[ \t\u00a0]+(?=\S)"),
        placeholder=re.compile("|".join(pages["placeholders"])),
        crawled=re.compile("|".join(pages["crawled"])),
        site=re.compile(rf"(?:[a-z][\w-]{{2,30}}\.)+(?:{'|'.join(pages['site_ends'])})\s"),
        byline=frozenset(word.lower() for word in listed("byline_words")),
    )
