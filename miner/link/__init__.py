"""Facts of many articles → entities: who and what is the same across articles, languages and years.

Two people are never merged on a name alone: place, post or edition must agree. Every merge, and every doubt, is told in
words in `Entity.explanation`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from miner.dates import day_of
from miner.link.blocking import profiles
from miner.link.decisions import read_decisions
from miner.link.directives import link_directives
from miner.link.editions import link_events
from miner.link.officials import link_officials
from miner.link.things import link_bodies, link_places
from miner.records import Article, Copy, Entity, Facts

__all__ = ["link"]

#: So many characters of a text are looked at for its first line.
_HEAD = 500


def link(
    facts: Iterable[Facts],
    articles: Iterable[Article],
    decisions: str | Path | None = None,
    copies: Iterable[Copy] = (),
) -> list[Entity]:
    """Find the officials, bodies, places, directives and events that the facts speak of.

    Parameters
    ----------
    facts : iterable of Facts
        The facts of each article, in any order.
    articles : iterable of Article
        The articles, for date, language and title; an article without facts adds nothing.
    decisions : str or Path, optional
        A CSV file of people's decisions (see `miner.link.decisions`), read if it exists.
    copies : iterable of Copy, optional
        Pairs of articles with the same or nearly the same text: they report one event.

    Returns
    -------
    list of Entity
        Sorted by id. `members` are (article, name) pairs: for an official the name as in `Official.name`, for a body
        ``CODE@PLACE`` or ``CODE``, for a directive `Directive.id`, for a place its name, for an event ``event``.
        `names` are written ``language: form``.

    Raises
    ------
    InputError
        The file of decisions breaks its format.
    """
    ordered = sorted(facts, key=lambda one: one.article)
    known = {article.id: _head(article) for article in articles}
    events = link_events(ordered, known, copies)
    event_of = {article: event.id for event in events for article, _ in event.members}
    days = {key: day_of(article) for key, article in known.items()}
    languages = {one.article: one.language or "und" for one in ordered}
    decided = read_decisions(decisions) if decisions else ()
    mentions = {mention for decision in decided for mention in (decision.a, decision.b)}
    people = link_officials(profiles(ordered, days, event_of, mentions), decided, languages)
    found = [*people, *link_bodies(ordered), *link_places(ordered), *link_directives(ordered, days), *events]
    return sorted(found, key=lambda entity: entity.id)


def _head(article: Article) -> Article:
    """Leave the text away but for its first lines, which may have to stand for a title."""
    return replace(article, text=article.text[:_HEAD], blocks=())
