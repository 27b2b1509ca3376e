"""Who holds a post: the person whose name it touches, or whom it follows as an apposition.

Within a block, posts that follow one another form a chain ('secrétaire adjoint … et président …'). A chain belongs to
the name that follows it without a break ('Thủ tướng Nguyễn Văn A'), else to the name before it ('A - Phó Bí thư …'),
else to the name after a comma. Several names share a plural post.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from miner.extract.joints import Item, Joints
from miner.extract.office import Office
from miner.extract.reading import Person, PersonMention, Reading


def assign_holders(reading: Reading, offices: list[Office]) -> None:
    """Set the holder of the posts that the text joins to a name; a shared post is repeated for each of its holders."""
    joints = Joints(reading)
    for items in _by_block(reading, offices):
        for first, last in _chains(items, joints):
            shared = list(_give(items, first, last, joints))
            offices.extend(shared)
    offices.sort(key=lambda office: (office.start, office.end))


def _by_block(reading: Reading, offices: list[Office]) -> Iterator[list[Item]]:
    items: list[Item] = sorted([*offices, *reading.persons], key=lambda item: item.start)
    for block in reading.blocks:
        found: list[Item] = reading.within(items, block)
        if found:
            yield found


def _chains(items: list[Item], joints: Joints) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of each run of posts that are joined to one another."""
    i = 0
    while i < len(items):
        last = i
        if isinstance(items[i], Office):
            while last + 1 < len(items) and joints.chained(items[last], items[last + 1]):
                last += 1
            yield i, last
        i = last + 1


def _give(items: list[Item], first: int, last: int, joints: Joints) -> Iterator[Office]:
    chain = [item for item in items[first : last + 1] if isinstance(item, Office)]
    left = items[first - 1] if first else None
    right = items[last + 1] if last + 1 < len(items) else None
    before = joints.kind(left, chain[0]) if isinstance(left, PersonMention) else ""
    after = joints.kind(chain[-1], right) if isinstance(right, PersonMention) else ""
    _name_chains(chain, joints)
    if after == "touch":
        cut = _split(chain, items, first, before, joints)
        yield from _hold(chain[:cut], items, first - 1, -1, joints)
        yield from _hold(chain[cut:], items, last + 1, 1, joints)
    elif before and after == "break" and joints.changes_person(items, first):
        yield from _hold(chain, items, last + 1, 1, joints)
    elif before in {"touch", "break"}:
        yield from _hold(chain, items, first - 1, -1, joints)
    elif after == "break" and right is not None and joints.lists(chain[-1], right):
        yield from _hold(chain, items, last + 1, 1, joints)
        yield from _hold_list(chain[-1], items, last + 2, joints)
    elif (after == "break" and right is not None and joints.introduces(chain[0], chain[-1], right)) or after == "of":
        yield from _hold(chain, items, last + 1, 1, joints)


def _name_chains(chain: list[Office], joints: Joints) -> None:
    """Mark the posts of one chain; a verb between two of them parts them where no name holds both."""
    name = chain[0].start
    for previous, office in zip(chain[:1] + chain[:-1], chain, strict=True):
        name = office.start if previous is not office and joints.copula(previous, office) else name
        office.chain = name


def _split(chain: list[Office], items: list[Item], first: int, before: str, joints: Joints) -> int:
    """Return how many posts of a chain between two names belong to the first."""
    if before not in {"touch", "break"} or len(chain) == 1:
        return 0
    earlier, left = items[first - 2] if first > 1 else None, items[first - 1]
    served = isinstance(earlier, Office) and isinstance(left, PersonMention) and earlier.holder is left.person
    parts = [k for k in range(1, len(chain)) if joints.parted(chain[k - 1], chain[k])]
    return (parts[-1] if parts else 0) if served else len(chain) - 1


def _hold(chain: list[Office], items: list[Item], at: int, step: int, joints: Joints) -> Iterator[Office]:
    holders = list(_holders(items, at, step, joints)) if any(office.plural for office in chain) else []
    for office in chain:
        if office.plural and step < 0 and (len(holders) < 2 or _is_of_others(chain, office)):
            continue
        item = items[at]
        assert isinstance(item, PersonMention)
        office.holder, office.named = item.person, True
        office.bracket = joints.bracket(item)
        if office.plural:
            for mention in holders:
                if mention.person is not office.holder:
                    yield replace(office, holder=mention.person, bracket=joints.bracket(mention))


def _is_of_others(chain: list[Office], office: Office) -> bool:
    """Tell the members of 'A, chairman, and the members' from what A is: he has a post of his own before."""
    return any(mine.chain == office.chain and mine.start < office.start and not mine.plural for mine in chain)


def _hold_list(office: Office, items: list[Item], at: int, joints: Joints) -> Iterator[Office]:
    """Give the plural post before a colon to everybody whom the rest of the sentence lists."""
    end = joints.reading.sentence_of(office.start).end
    held = {id(office.holder)}
    for item in items[at:]:
        if isinstance(item, PersonMention) and item.start < end and id(item.person) not in held:
            held.add(id(item.person))
            yield replace(office, holder=item.person)


def _holders(items: list[Item], at: int, step: int, joints: Joints) -> Iterator[PersonMention]:
    """Yield the names joined to the one at `at`, in the direction away from the post."""
    while 0 <= at < len(items) and isinstance(item := items[at], PersonMention):
        yield item
        at = _before_apposition(items, at, joints) if step < 0 else at
        item = items[at]
        following = items[at + step] if 0 <= at + step < len(items) else None
        pair = (item, following) if step > 0 else (following, item)
        if not isinstance(following, PersonMention) or not joints.kind(*pair):
            return
        at += step


def _before_apposition(items: list[Item], at: int, joints: Joints) -> int:
    """Return the index from which to look back: past the posts that stand between two names."""
    while at and isinstance(before := items[at - 1], Office) and before.holder and joints.kind(before, items[at]):
        at -= 1
    return at


def holder_names(offices: list[Office]) -> dict[int, list[Office]]:
    """Return the posts of each holder by the holder's identity."""
    found: dict[int, list[Office]] = {}
    for office in offices:
        if isinstance(office.holder, Person):
            found.setdefault(id(office.holder), []).append(office)
    return found
