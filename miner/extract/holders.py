"""Who holds a post: the person whose name it touches, or whom it follows as an apposition.

Within a block, posts that follow one another form a chain ('secrétaire adjoint … et président …'). A chain belongs to
the name that follows it without a break ('Thủ tướng Nguyễn Văn A'), else to the name before it ('A - Phó Bí thư …'),
else to the name after a comma. Several names share a plural post.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from miner.extract.cover import Cover
from miner.extract.office import Office
from miner.extract.reading import Person, PersonMention, Reading

_BREAKS = {",", "-", "–", "—", ":", "("}
#: How many words may stand in brackets between a name and its post.
_BRACKET_WORDS = 8
_IGNORED = {'"', "“", "”", "«", "»", ")", "*", "'"}
_CLAUSE_STARTS = {".", ",", ";", ":", "(", "-", "–", "—"}

_Item = Office | PersonMention


def assign_holders(reading: Reading, offices: list[Office]) -> None:
    """Set the holder of the posts that the text joins to a name; a shared post is repeated for each of its holders."""
    joints = Joints(reading)
    for items in _by_block(reading, offices):
        for first, last in _chains(items, joints):
            shared = list(_give(items, first, last, joints))
            offices.extend(shared)
    offices.sort(key=lambda office: (office.start, office.end))


def _by_block(reading: Reading, offices: list[Office]) -> Iterator[list[_Item]]:
    items: list[_Item] = sorted([*offices, *reading.persons], key=lambda item: item.start)
    for block in reading.blocks:
        found: list[_Item] = reading.within(items, block)
        if found:
            yield found


def _chains(items: list[_Item], joints: Joints) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of each run of posts that are joined to one another."""
    i = 0
    while i < len(items):
        last = i
        if isinstance(items[i], Office):
            while last + 1 < len(items) and joints.chained(items[last], items[last + 1]):
                last += 1
            yield i, last
        i = last + 1


def _give(items: list[_Item], first: int, last: int, joints: Joints) -> Iterator[Office]:
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


def _split(chain: list[Office], items: list[_Item], first: int, before: str, joints: Joints) -> int:
    """Return how many posts of a chain between two names belong to the first."""
    if before not in {"touch", "break"} or len(chain) == 1:
        return 0
    earlier, left = items[first - 2] if first > 1 else None, items[first - 1]
    served = isinstance(earlier, Office) and isinstance(left, PersonMention) and earlier.holder is left.person
    parts = [k for k in range(1, len(chain)) if joints.parted(chain[k - 1], chain[k])]
    return (parts[-1] if parts else 0) if served else len(chain) - 1


def _hold(chain: list[Office], items: list[_Item], at: int, step: int, joints: Joints) -> Iterator[Office]:
    holders = list(_holders(items, at, step, joints)) if any(office.plural for office in chain) else []
    for office in chain:
        if office.plural and step < 0 and len(holders) < 2:
            continue
        item = items[at]
        assert isinstance(item, PersonMention)
        office.holder, office.named = item.person, True
        office.bracket = joints.bracket(item)
        if office.plural:
            for mention in holders:
                if mention.person is not office.holder:
                    yield replace(office, holder=mention.person, bracket=joints.bracket(mention))


def _hold_list(office: Office, items: list[_Item], at: int, joints: Joints) -> Iterator[Office]:
    """Give the plural post before a colon to everybody whom the rest of the sentence lists."""
    end = joints.reading.sentence_of(office.start).end
    held = {id(office.holder)}
    for item in items[at:]:
        if isinstance(item, PersonMention) and item.start < end and id(item.person) not in held:
            held.add(id(item.person))
            yield replace(office, holder=item.person)


def _holders(items: list[_Item], at: int, step: int, joints: Joints) -> Iterator[PersonMention]:
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


def _before_apposition(items: list[_Item], at: int, joints: Joints) -> int:
    """Return the index from which to look back: past the posts that stand between two names."""
    while at and isinstance(before := items[at - 1], Office) and before.holder and joints.kind(before, items[at]):
        at -= 1
    return at


class Joints:
    """How two neighbours of one block are joined."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.titles = Cover.over(h for h in reading.hits_of("title") if h.code.startswith(("rank_", "title_")))
        self.ands = Cover.of(reading, "post_and", "post_copula")
        self.copulas = Cover.of(reading, "post_copula")
        self.owners = Cover.of(reading, "post_holder")
        self.links = Cover.of(reading, "post_link")
        self.offices = Cover.of(reading, "role", "post", "post_plural").starts
        self.articles = Cover.of(reading, "post_article").ends
        self.lists_of = Cover.of(reading, "post_including").starts
        self.asides = Cover.of(reading, "post_aside").inside
        self.fields = Cover.of(reading, "post_field")
        self.steads = Cover.of(reading, "post_stead").ends

    def kind(self, left: _Item | None, right: _Item | None) -> str:
        """Return touch (nothing between but a title), and, break (a comma, dash, colon, bracket) or '' (not joined)."""
        if left is None or right is None:
            return ""
        token, found = self._after_bracket(left), "touch"
        while token < right.start:
            if title := self.titles.starts.get(token):
                token = title.end
            elif joint := self.ands.starts.get(token):
                copula = joint.group == "post_copula"
                found = "break" if copula or (found == "break" and isinstance(right, Office)) else "and"
                token = joint.end
            elif owner := self.owners.starts.get(token):
                found, token = "of", owner.end
            elif (lists := self.lists_of.get(token)) and isinstance(left, Office) and left.plural:
                found, token = "break", lists.end
            elif self.reading.words[token] in _BREAKS:
                found, token = "break" if found == "touch" else found, token + 1
            elif found == "break" and isinstance(left, PersonMention) and (end := self._after_age(token)) > token:
                token = end
            elif self.reading.words[token] in _IGNORED or self._is_mark(token) or self._is_article(token):
                token += 1
            else:
                return ""
        return found

    def stands_in(self, office: _Item) -> bool:
        """Tell whether somebody else acts for the holder: 'on behalf of the chairman, the deputy …'."""
        return office.start in self.steads or office.start - 1 in self.steads

    def _after_age(self, token: int) -> int:
        """Return the token after an age or a year of birth that commas set off: ', 45 tuổi,'."""
        words, end = self.reading.words, token
        while end < len(words) and (end in self.asides or words[end][0].isdigit()):
            end += 1
        return end if words[end : end + 1] in ([","], [")"], ["-"], ["–"]) else token

    def chained(self, left: _Item, right: _Item) -> bool:
        """Tell whether `right` is a post that goes on with the post `left`."""
        apart = isinstance(right, Office) and isinstance(left, Office) and left.excludes(right)
        return isinstance(right, Office) and not (apart or self.stands_in(left)) and bool(self.kind(left, right))

    def parted(self, left: _Item, right: _Item) -> bool:
        """Tell ', et le' from ' et': after a comma somebody else begins."""
        between = range(left.end, right.start)
        comma = any(self.reading.words[token] == "," for token in between)
        return comma and any(token in self.ands.inside for token in between)

    def changes_person(self, items: list[_Item], first: int) -> bool:
        """Tell 'le président, A, (et) le directeur, B': the post after a served name is another's."""
        earlier, left = items[first - 2] if first > 1 else None, items[first - 1]
        served = isinstance(earlier, Office) and isinstance(left, PersonMention) and earlier.holder is left.person
        return served and (self.parted(left, items[first]) or items[first].start in self.articles)

    def copula(self, left: _Item, right: _Item) -> bool:
        """Tell whether a verb like 'is' or 'làm' stands between."""
        return any(token in self.copulas.inside for token in range(left.end, right.start))

    def _is_mark(self, token: int) -> bool:
        """The full stop of 'Mr.' is no break."""
        return self.reading.words[token] in {".", ":"} and token in self.titles.ends

    def _is_article(self, token: int) -> bool:
        return token in self.links.inside

    def _after_bracket(self, left: _Item) -> int:
        """Return the token after 'A (finance)'."""
        words = self.reading.words
        if not isinstance(left, PersonMention) or words[left.end : left.end + 1] != ["("]:
            return left.end
        if left.end + 1 in self.offices:
            return left.end
        window = range(left.end + 1, min(left.end + _BRACKET_WORDS, len(words)))
        return next((token + 1 for token in window if words[token] == ")"), left.end)

    def bracket(self, mention: PersonMention) -> str | None:
        """Return the family of the field in the brackets after a name."""
        hit = self.fields.starts.get(mention.end + 1)
        return hit.code if hit and self._after_bracket(mention) > mention.end else None

    def lists(self, office: Office, person: _Item) -> bool:
        """Tell 'deputies: A - …; B - …', and 'three members, among them: A …'."""
        return office.plural and ":" in self.reading.words[office.end : person.start]

    def introduces(self, office: Office, last: Office, person: _Item) -> bool:
        """Tell 'Le président, A, a dit' from 'à la demande du président, M. A a dit'."""
        words = self.reading.words
        start = self.reading.sentence_of(office.start).start
        opens = office.start == start or words[office.start - 1] in _CLAUSE_STARTS or self._opens(office.start, start)
        closed = words[person.end : person.end + 1] in ([","], [";"], [")"], ["."])
        titled = any(token in self.titles.inside for token in range(last.end, person.start))
        return (opens or closed) and not (titled and not opens) and not self.stands_in(office)

    def _opens(self, token: int, start: int) -> bool:
        """An article at the start of the sentence still opens it."""
        return token - start <= 1 and token - 1 in self.links.inside


def holder_names(offices: list[Office]) -> dict[int, list[Office]]:
    """Return the posts of each holder by the holder's identity."""
    found: dict[int, list[Office]] = {}
    for office in offices:
        if isinstance(office.holder, Person):
            found.setdefault(id(office.holder), []).append(office)
    return found
