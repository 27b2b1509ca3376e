"""Which actors of a sentence may be the subject of a verb of speech."""

from __future__ import annotations

from miner.extract.families import families
from miner.extract.reading import Actor, Reading, Sentence

_GENERIC = "_generic"
#: The body that 'the province' means.
_COMMITTEE = "provincial_peoples_committee"


def actors_in(reading: Reading, sentence: Sentence) -> list[Actor]:
    """Return the actors of a sentence without pronouns that an article makes a plural: 'các đồng chí'."""
    found: list[Actor] = reading.within(reading.actors, sentence)
    if not any(actor.kind == "pronoun" for actor in found):
        return found
    plural = {end for _, end, _ in reading.matches_of("act_article", sentence)}
    return [actor for actor in found if actor.kind != "pronoun" or actor.start not in plural]


def governed_in(reading: Reading, sentence: Sentence) -> set[int]:
    """Return the tokens right after a word that governs, unless that is part of a longer adverb: "vient de"."""
    bridges = reading.matches_of("act_bridge", sentence)
    skipped = {token for start, end, _ in bridges if end - start > 1 for token in range(start, end)}
    skipped |= named_in(reading, sentence)
    return {end for start, end, _ in reading.matches_of("act_governor", sentence) if start not in skipped}


def named_in(reading: Reading, sentence: Sentence) -> set[int]:
    """Return the tokens of names: the Than of 'Mr. Than asked' is no English word."""
    return {t for mention in reading.within(reading.persons, sentence) for t in range(mention.start, mention.end)}


def can_speak(reading: Reading, actor: Actor) -> bool:
    """Tell whether an actor is somebody: groups such as 'all levels and sectors' are told, they do not tell."""
    if actor.person is not None or actor.kind in {"pronoun", "office"}:
        return True
    if actor.body in families()["silent"]:
        return False
    named = actor.body == _COMMITTEE or any(word[0].isupper() for word in reading.words[actor.start : actor.end])
    return named and not (actor.body or _GENERIC).endswith(_GENERIC)
