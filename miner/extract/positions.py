"""Records of posts: each post of each person once."""

from __future__ import annotations

from miner.extract import families
from miner.extract.office import Office
from miner.extract.reading import Reading
from miner.records import Position


def positions_of(reading: Reading) -> tuple[Position, ...]:
    """Return one record for each post that the article gives to a person, in order of the text."""
    given = [
        post for post in reading.posts if isinstance(post, Office) and post.named and post.holder and _is_post(post)
    ]
    found: dict[tuple[int, str, str | None, str | None], Position] = {}
    for post in given:
        found.setdefault((id(post.holder), post.role, post.body, post.place), _position(reading, post))
    return tuple(found.values())


def _is_post(post: Office) -> bool:
    return post.body is not None or families.implied_body(post.role) == ""


def _position(reading: Reading, post: Office) -> Position:
    assert post.holder is not None
    start, end = reading.chars(post)
    return Position(
        article=reading.article.id,
        person=post.holder.name,
        role=post.role,
        body=post.body,
        place=post.place,
        start=start,
        end=end,
        rule=post.rule,
        modifier=post.modifier,
        reason=post.reason,
    )
