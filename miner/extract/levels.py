"""What the posts of one person tell of one another's level and body."""

from __future__ import annotations

from miner.extract import families
from miner.extract.families import LOCAL, OTHER, Kind
from miner.extract.office import Office
from miner.lexicon import body_codes

#: Bodies that exist at several levels under one name: the holder's other posts tell the level.
BY_HOLDER = frozenset({"steering_committee", "task_force", "front", "other", "company"})
SECRETARIES = frozenset({"secretary", "deputy_secretary", "standing_deputy_secretary"})
_OF_AN_AREA = frozenset({"peoples_committee", "peoples_council", "party_committee", "front", "police"})
_SMALL = frozenset({"district", "commune"})


def inherit(offices: list[Office]) -> None:
    """'Secretary of the Party Committee, Chairman of the People's Council of X commune': both are of the commune."""
    for office in offices:
        chain = [other for other in offices if other.chain == office.chain]
        said = {other.phrase.level for other in chain} & _SMALL
        phrase = office.phrase
        own = next((other for other in chain if other.start > office.start and other.phrase.kind), None)
        if _open_level(office) and len(said) == 1:
            phrase.said = next(iter(said))
        elif _leads_unit(office, own):
            phrase.kind = Kind(OTHER, "provincial")
        following = next((other for other in chain if 0 < other.start - office.end <= 1), None)
        if phrase.kind is None and following and families.implied_body(office.role) == "provincial_military_command":
            phrase.kind, phrase.said = following.phrase.kind, following.phrase.said


def _leads_unit(office: Office, following: Office | None) -> bool:
    """Tell the secretary of a unit's own committee by the post after it: 'Party Secretary, Director of the Police'."""
    phrase = office.phrase
    bare = (phrase.kind is None or phrase.kind.family == "party_committee") and not phrase.level
    if office.role not in SECRETARIES or not bare or phrase.place or following is None:
        return False
    kind = following.phrase.kind
    own = kind is not None and kind.family != OTHER and families.nested("party_committee", kind.family) == OTHER
    return own and families.implied_level(following.role) != "central"


def _open_level(office: Office) -> bool:
    """Tell whether a post leads a body that provinces, districts and communes have alike, and does not say which."""
    phrase = office.phrase
    bare = office.role in SECRETARIES if phrase.kind is None else phrase.kind.family in _OF_AN_AREA
    return bare and not phrase.level and not phrase.place


def common_level(offices: list[Office]) -> str | None:
    """Return central or provincial: what the posts that leave no doubt say about their holder."""
    found = set()
    for office in offices:
        phrase = office.phrase
        kind = phrase.kind
        sure = kind is None or kind.family not in BY_HOLDER
        level = phrase.level if sure else None
        level = level or families.implied_level(office.role)
        implied = families.implied_body(office.role)
        if level is None and implied is not None:
            level = "central" if implied == "" else body_codes().get(implied)
        if level in LOCAL or level == "city":
            found.add("provincial")
        elif level == "central" and office.role not in {"member", "alternate_member", "deputy"}:
            found.add("central")
    return found.pop() if len(found) == 1 else None
