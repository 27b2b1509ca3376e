"""How the posts and names of one block are joined: they touch, or a comma, an "and" or an "of" stands between."""

from __future__ import annotations

from miner.extract.cover import Cover
from miner.extract.office import Office
from miner.extract.reading import PersonMention, Reading

_BREAKS = {",", "-", "–", "—", ":", "("}
#: How many words may stand in brackets between a name and its post.
_BRACKET_WORDS = 14
_IGNORED = {'"', "“", "”", "«", "»", ")", "*", "'"}
_CLAUSE_STARTS = {".", ",", ";", ":", "(", "-", "–", "—"}

#: What is joined: a post or a name.
Item = Office | PersonMention


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

    def kind(self, left: Item | None, right: Item | None) -> str:
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

    def stands_in(self, office: Item) -> bool:
        """Tell whether somebody else acts for the holder: 'on behalf of the chairman, the deputy …'."""
        return office.start in self.steads or office.start - 1 in self.steads

    def _after_age(self, token: int) -> int:
        """Return the token after an age or a year of birth that commas set off: ', 45 tuổi,'."""
        words, end = self.reading.words, token
        while end < len(words) and (end in self.asides or words[end][0].isdigit()):
            end += 1
        return end if words[end : end + 1] in ([","], [")"], ["-"], ["–"]) else token

    def chained(self, left: Item, right: Item) -> bool:
        """Tell whether `right` is a post that goes on with the post `left`."""
        apart = isinstance(right, Office) and isinstance(left, Office) and left.excludes(right)
        return isinstance(right, Office) and not (apart or self.stands_in(left)) and bool(self.kind(left, right))

    def parted(self, left: Item, right: Item) -> bool:
        """Tell ', et le' from ' et': after a comma somebody else begins."""
        between = range(left.end, right.start)
        comma = any(self.reading.words[token] == "," for token in between)
        return comma and any(token in self.ands.inside for token in between)

    def changes_person(self, items: list[Item], first: int) -> bool:
        """Tell 'le président, A, (et) le directeur, B': the post after a served name is another's."""
        earlier, left = items[first - 2] if first > 1 else None, items[first - 1]
        served = isinstance(earlier, Office) and isinstance(left, PersonMention) and earlier.holder is left.person
        return served and (self.parted(left, items[first]) or items[first].start in self.articles)

    def copula(self, left: Item, right: Item) -> bool:
        """Tell whether a verb like 'is' or 'làm' stands between."""
        return any(token in self.copulas.inside for token in range(left.end, right.start))

    def _is_mark(self, token: int) -> bool:
        """The full stop of 'Mr.' is no break."""
        return self.reading.words[token] in {".", ":"} and token in self.titles.ends

    def _is_article(self, token: int) -> bool:
        return token in self.links.inside

    def _after_bracket(self, left: Item) -> int:
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

    def lists(self, office: Office, person: Item) -> bool:
        """Tell 'deputies: A - …; B - …', and 'three members, among them: A …'."""
        return office.plural and ":" in self.reading.words[office.end : person.start]

    def introduces(self, office: Office, last: Office, person: Item) -> bool:
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
