"""Component: posts, composed of role, body, level, place and modifier, and given to their holders."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from miner.extract.holders import assign_holders
from miner.extract.lone_offices import give_alone
from miner.extract.post_reader import PostReader
from miner.extract.reading import Reading
from miner.extract.seats import settle


@Language.component(
    "miner_posts",
    requires=["doc._.hits", "doc._.persons", "doc._.places", "doc._.home"],
    assigns=["doc._.posts"],
)
def find_posts(doc: Doc) -> Doc:
    """Fill `Reading.posts`: each mention of a post with its holder, if the article names one."""
    reading = Reading.of(doc)
    offices = PostReader(reading).read()
    assign_holders(reading, offices)
    settle(reading, offices)
    give_alone(reading, offices)
    settle(reading, offices)
    reading.posts = list(offices)
    return doc
