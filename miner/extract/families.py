"""Bodies as kind and level: 'people's committee' and 'district' make a code; the data is ``families.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from miner.lexicon import body_codes, read_yaml, role_codes

#: The levels at which a body belongs to a province.
LOCAL = frozenset({"provincial", "district", "commune", "regional"})
OTHER = "other"
#: Nouns that mean the body of their kind last named: 'the Council'.
SAME = {"same_council": "peoples_council", "same_committee": "peoples_committee"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A family of bodies and a level, None where the text has not told it; `code` where the two are not enough."""

    family: str
    level: str | None = None
    code: str | None = None


@cache
def families() -> dict[str, Any]:
    """Return the content of ``families.yaml``."""
    data: dict[str, Any] = read_yaml("families.yaml")
    return data


@cache
def _kinds() -> dict[str, Kind]:
    data = families()
    found: dict[str, Kind] = {}
    for family, codes in data["levels"].items():
        for level, code in codes.items():
            found.setdefault(code, Kind(family, level))
    for family, levels in data["members"].items():
        found |= {code: Kind(family, level, code) for level, codes in levels.items() for code in codes}
    return found


def kind_of(code: str) -> Kind:
    """Return the family and level of a body's code; a body of no family is a family of its own."""
    level = body_codes().get(code)
    return _kinds().get(code) or Kind(code, None if level == "any" else level)


def code_of(family: str, level: str | None) -> str:
    """Return the code of a family at a level; `other` where the family has no body there."""
    levels = families()["levels"].get(family)
    if levels is None:
        return family if family in body_codes() else OTHER
    if level is None:
        level = "provincial" if "provincial" in levels else next(iter(levels))
    return str(levels.get(level, OTHER))


def nested(part: str, owner: str) -> str | None:
    """Return the family that a part of an owner is: the office of a people's committee."""
    found: str | None = families()["nested"].get(part, {}).get(owner)
    return found


def alone(family: str) -> str:
    """Return the family that a part stands for where its owner is not named."""
    return str(families()["alone"].get(family, family))


def is_open_part(family: str) -> bool:
    """Tell whether a family is a part that an owner must follow: 'office', 'standing committee'."""
    return family in families()["alone"] or family in {"department", *SAME}


def implied_body(role: str) -> str | None:
    """Return the body that a role implies, '' for none at all, None where it implies nothing."""
    found: str | None = families()["role_bodies"].get(role)
    return found


def implied_level(role: str) -> str | None:
    """Return the level of the bodies that a role belongs to, or None."""
    found: str | None = families()["role_levels"].get(role)
    return found


def has_level(family: str, level: str) -> bool:
    """Tell whether a family has a body at a level."""
    return level in families()["levels"].get(family, ())


def needs_body(role: str) -> bool:
    """Tell whether a role alone is no post."""
    return role in families()["needs_body"]


def is_closed(role: str) -> bool:
    """Tell whether a role takes no body after it."""
    return role in families()["closed"]


def is_open(role: str) -> bool:
    """Tell whether an unknown name after a role is the name of a body."""
    return role in families()["open"]


def role_in(role: str, family: str, code: str) -> str:
    """Return the role's code within a body: the chair of a steering committee is its head."""
    kind = "department" if code.startswith("dept_") else family
    calls = families()["role_in"]
    return str((calls.get(code) or calls.get(kind) or {}).get(role, role))


def family_for(role: str, family: str) -> str:
    """Return the family that a role means by a body: a member of the party committee is one of its executive."""
    return str(families()["family_for"].get(family, {}).get(role, family))


def led() -> frozenset[str]:
    """Return the families of bodies, besides committees, that a chair leads."""
    return frozenset(families()["led"])


def family_named(role: str) -> str:
    """Return the family that a name nobody listed means after a role: a general director leads a company."""
    return str(families()["named"].get(role, OTHER))


def role_in_ministry(role: str) -> str:
    """Return the role's code for a unit inside a ministry: its director is a director general."""
    return str(families()["role_in"]["ministry"].get(role, role))


def deputy(role: str) -> str:
    """Return the deputy's role, or '' where there is none."""
    return f"deputy_{role}" if f"deputy_{role}" in role_codes() else ""


def standing(role: str) -> str:
    """Return the standing variant of a role, or the role itself where there is none."""
    return f"standing_{role}" if f"standing_{role}" in role_codes() else role
