"""Component: the province that the article itself speaks from, which a bare 'the province' means.

The paper tells it (its site, its name or the code in its dateline); else the province named most, where a headline
counts more and a district speaks for its province. Where it is only named as a former one, it is the province that it
went into.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.reading import Hit, PlaceMention, Reading, Span
from miner.lexicon import province_names, province_on
from miner.text import fold

#: How many tokens at the start of an article count as its headline and dateline, where a province weighs more.
_LEAD = 60
_LEAD_WEIGHT = 3
#: The paper of a province writes of others too, so its name or code in the dateline is no more than a strong vote.
_PAPER_WEIGHT = 2
#: How far from its noun ('huyện', 'district of', 'TP.') a district's name stands.
_NOUN_BEFORE, _NOUN_AFTER = 2, 1
#: How many tokens before a province, "former" may begin.
_FORMER = 4
#: How far the word for a road stands before its ends.
_ROUTE = 6
_DASHES = frozenset("-–—")
_AGENCIES = frozenset({"vietnam_news_agency", "vgp"})


@Language.component("miner_home", requires=["doc._.places"], assigns=["doc._.home"])
def find_home(doc: Doc) -> Doc:
    """Fill `Reading.home` and the reason why it was taken."""
    reading = Reading.of(doc)
    home, reading.home_reason = _home(reading)
    former = home and reading.day and _is_former(reading, home)
    reading.home = province_on(home, reading.day.isoformat()) if home and reading.day and former else home
    return doc


def _is_former(reading: Reading, home: str) -> bool:
    """Tell whether the article speaks of a province only as of a former one."""
    named = [mention for mention in reading.places if mention.place == home]
    near = (Span(m.start - _FORMER, m.end + 1) for m in named)
    return bool(named) and all(reading.hits_of("home_former", span) for span in near)


def _home(reading: Reading) -> tuple[str | None, str]:
    if outlet := _outlet(reading):
        return outlet, "outlet"
    votes: Counter[str] = Counter()
    first: dict[str, int] = {}
    for place, token, weight in sorted(_votes(reading), key=lambda vote: vote[1]):
        votes[place] += weight * (_LEAD_WEIGHT if token < _LEAD else 1)
        first.setdefault(place, -token)
    if not votes:
        return None, "no province named"
    return max(votes, key=lambda place: (votes[place], first[place])), "most named province"


def _votes(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """Yield provinces with the token that speaks for them and its weight."""
    for mention in reading.places:
        if not is_dateline(reading, mention) and not on_route(reading, mention):
            yield mention.place, mention.start, 1
    for hit in reading.hits_of("district"):
        if reading.words[hit.start][0].isupper() and _has_noun(reading, hit):
            yield hit.code, hit.start, 1
    for hit in reading.hits_of("outlet", Span(0, _LEAD)):
        yield hit.code, hit.start, _PAPER_WEIGHT
    lead = " ".join(reading.norms[:_LEAD])
    for name, place in _papers().items():
        if name in lead:
            yield place, 0, _PAPER_WEIGHT


def _has_noun(reading: Reading, hit: Hit) -> bool:
    around = Span(hit.start - _NOUN_BEFORE - 1, hit.end + _NOUN_AFTER)
    nouns = reading.hits_of("home_district", around)
    return any(hit.start - noun.end <= _NOUN_BEFORE and noun.start - hit.end < _NOUN_AFTER for noun in nouns)


def on_route(reading: Reading, mention: PlaceMention) -> bool:
    """Tell whether a province is one end of a road that is named after its ends: cao tốc Hòa Bình - Mộc Châu."""
    words = reading.words
    around = (words[mention.start - 1] if mention.start else "", "".join(words[mention.end : mention.end + 1]))
    near = Span(mention.start - _ROUTE, mention.start)
    return not _DASHES.isdisjoint(around) and bool(reading.hits_of("home_route", near))


def is_dateline(reading: Reading, mention: PlaceMention) -> bool:
    """'Hanoï (VNA) - …' or 'HÀ NỘI — …' says where the agency sits, not where the news is from."""
    if mention.start == reading.block_of(mention.start).start and mention.end < len(reading.words):
        capital = reading.hits_of("home_capital", Span(mention.start, mention.start + 1))
        if capital and reading.words[mention.end] in _DASHES:
            return True
    following = range(mention.end + 1, min(mention.end + 3, len(reading.words)))
    opened = reading.words[mention.end : mention.end + 1] == ["("]
    return opened and any(
        hit.code in _AGENCIES for token in following for hit in reading.hits_of("body", Span(token, token + 1))
    )


@cache
def _papers() -> dict[str, str]:
    """Return the names of provincial papers as they stand in addresses and in (often glued) source lines."""
    plain = {fold(name): name for name in province_names()}
    return {f"bao{key.replace(' ', '')}": name for key, name in plain.items()} | {
        f"bao {key}": name for key, name in plain.items()
    }


def _outlet(reading: Reading) -> str | None:
    article = reading.article
    if article.province:
        return article.province
    named = " ".join(filter(None, (article.site, article.url)))
    found = {place for slug, place in _slugs().items() if re.search(rf"(?<![a-z]){slug}", named)}
    return found.pop() if len(found) == 1 else None


@cache
def _slugs() -> dict[str, str]:
    plain = {fold(name).replace(" ", ""): name for name in province_names()}
    return {f"(?:bao)?{slug}(?![a-z])": name for slug, name in plain.items()}
