"""Every cue of the data files finds its example and leaves its counter-example alone."""

import pytest

from miner.extract import read
from miner.lexicon import Cue, languages, load_lexicon
from miner.records import Article

CUES = [(language, cue) for language in languages() for cue in load_lexicon(language).cues]


def codes(text: str, language: str, group: str) -> set[str]:
    return {hit.code for hit in read(Article("cue", text, language)).hits_of(group)}


@pytest.mark.parametrize(("language", "cue"), CUES, ids=[f"{lang}.{c.group}.{c.code}" for lang, c in CUES])
def test_cue(language: str, cue: Cue) -> None:
    assert cue.example, "each cue needs an example, a sentence in which it is found"
    assert cue.counter, "each cue needs a counter-example, a sentence in which it is not"
    assert cue.code in codes(cue.example, language, cue.group)
    assert cue.code not in codes(cue.counter, language, cue.group)


@pytest.mark.parametrize("language", languages())
def test_groups_are_the_same_in_every_language(language: str) -> None:
    """A group that one language lacks is a rule that this language lacks."""
    assert {cue.group for cue in load_lexicon(language).cues} == {
        cue.group for other in languages() for cue in load_lexicon(other).cues
    }
