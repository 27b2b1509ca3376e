"""The extraction pipeline: one blank spaCy pipeline for all languages, one component for each kind of fact."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from spacy.language import Language

from miner.extract import (  # noqa: F401 - importing registers the components
    actors,
    bodies,
    dates,
    directives,
    figures,
    hits,
    home,
    instructions,
    participations,
    persons,
    places,
    posts,
    quantities,
    sentences,
    speakers,
)
from miner.extract.hits import compiled
from miner.extract.officials import officials_of
from miner.extract.parts import join_facts, split_article
from miner.extract.plain import make_plain, restore
from miner.extract.positions import positions_of
from miner.extract.reading import Reading
from miner.extract.tokens import FORMS, blank, make_doc
from miner.records import Article, Facts

#: How many different words spaCy's vocabulary may hold.
MOST_WORDS = 200_000
#: The components in their order; each declares what it requires and assigns.
COMPONENTS = (
    "miner_hits",
    "miner_sentences",
    "miner_dates",
    "miner_places",
    "miner_directives",
    "miner_persons",
    "miner_home",
    "miner_bodies",
    "miner_posts",
    "miner_actors",
    "miner_numbers",
    "miner_speakers",
    "miner_participations",
    "miner_instructions",
    "miner_figures",
)


@cache
def make_pipeline() -> Language:
    """Return the pipeline with all components, ready to be called on a Doc of `make_doc`."""
    nlp = blank()
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def read(article: Article, *, explain: bool = False) -> Reading:
    """Run all components over an article; with `explain`, keep the steps of the reasoning in `Reading.notes`."""
    _renew()
    doc = make_doc(article)
    reading = Reading.of(doc)
    reading.notes = [] if explain else None
    if reading.blocks:
        make_pipeline()(doc)
    return reading


def _renew() -> None:
    """Begin a new vocabulary where the words of many articles fill it: spaCy forgets none, about 700 bytes each."""
    if len(blank().vocab) > MOST_WORDS:
        for cached in (make_pipeline, compiled, blank):
            cached.cache_clear()
        FORMS.clear()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the garbage collector: readings hold no cycles, so that it would visit their many objects in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def extract(article: Article) -> Facts:
    """Return the facts that an article states.

    Parameters
    ----------
    article : Article
        Its `language` and `blocks` are found if they are missing; its text is never changed.

    Returns
    -------
    Facts
        Officials, positions, directives, figures, instructions and participations, each with span and rule.
    """
    with _uncollected():
        plain, back = make_plain(article)
        facts = join_facts((offset, facts_of(read(part))) for offset, part in split_article(plain))
    return restore(facts, article, back) if back else facts


def facts_of(reading: Reading) -> Facts:
    """Return what a reading found, as records."""
    return Facts(
        article=reading.article.id,
        language=reading.article.language,
        officials=officials_of(reading),
        positions=positions_of(reading),
        directives=tuple(reading.directives),
        figures=tuple(reading.figures),
        instructions=tuple(reading.instructions),
        participations=tuple(reading.participations),
    )
