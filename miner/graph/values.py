"""Values as GEXF attributes that Gephi and Gephi Lite read alike: types, column ids, escaping."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

_TIME, _ENDS, _VIZ = ("timeset", "interval", "timestamp"), ("source", "target"), ("size", "color", "shape", "thickness")
#: Column ids that Gephi or Gephi Lite keep for themselves.
RESERVED = frozenset(("id", "label", "weight", "kind", "type", "x", "y", "z", *_TIME, *_ENDS, *_VIZ))
_NUMBERS = ("integer", "long", "double")
_INTEGER_MAX = 2**31 - 1
_TYPES: dict[type, str | None] = {
    **{str: "string", bool: "boolean", int: "integer", float: "double", type(None): None},
    **{list: "liststring", tuple: "liststring", set: "liststring", frozenset: "liststring"},
}
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Whatever must not stand in a value as it is; most values have none of it.
_SPECIAL = re.compile("[^ !#-%'-;=?-\\[\\]-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|INF|(?i:null)")
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)
#: Gephi rewrites INF within any value to Infinity and a bare null to nothing; a word joiner keeps both words whole.
_JOINER = "\u2060"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of nodes or edges: the attribute's `name`, its GEXF `id` and `type`."""

    name: str
    id: str
    type: str


def columns(rows: Iterable[Mapping[str, Any]], skip: frozenset[str], extra: Mapping[str, str]) -> list[Column]:
    """Return the columns that hold all attributes of `rows` but `skip`, and `extra` ones, sorted by name.

    Parameters
    ----------
    rows : iterable of mapping
        The attributes of nodes or edges.
    skip : frozenset of str
        Attributes that are written elsewhere.
    extra : mapping of str to str
        Further columns and their types.

    Returns
    -------
    list of Column
        The type of a column is the narrowest that fits all values: integer, long, double, boolean, liststring, string.
    """
    types: dict[str, set[str]] = {name: {kind} for name, kind in extra.items()}
    seen: set[tuple[str, type]] = set()
    for row in rows:
        for name, value in row.items():
            pair = (name, type(value))
            if pair not in seen or pair[1] is int:
                seen.add(pair)
                types.setdefault(name, set()).add(type_of(value) or "")
    known = {name: kinds - {""} for name, kinds in types.items() if name not in skip and kinds != {""}}
    taken: set[str] = set()
    return [Column(name, _column_id(name, taken), _widest(known[name])) for name in sorted(known)]


def type_of(value: Any) -> str | None:
    """Return the GEXF type of a value, or None for what is never written."""
    kind = _TYPES[type(value)] if type(value) in _TYPES else _type_of_other(value)
    if kind == "integer" and not -_INTEGER_MAX <= value <= _INTEGER_MAX:
        return "long" if abs(int(value)) < 2**63 else "string"
    return kind


def _type_of_other(value: Any) -> str | None:
    if isinstance(value, (Integral, Real)):
        return "integer" if isinstance(value, Integral) else "double"
    return "boolean" if type(value).__name__ in ("bool", "bool_") else "string"


def _widest(kinds: set[str]) -> str:
    if kinds <= set(_NUMBERS):
        return max(kinds, key=_NUMBERS.index)
    return next(iter(kinds)) if len(kinds) == 1 else "liststring" if "liststring" in kinds else "string"


def _column_id(name: str, taken: set[str]) -> str:
    base = re.sub("[^a-z0-9_]+", "_", name.lower()).strip("_") or "column"
    base = base if base[0].isalpha() else f"column_{base}"
    base = f"{base}_value" if base in RESERVED else base
    found = next(c for c in (base, *(f"{base}_{n}" for n in range(2, len(taken) + 3))) if c not in taken)
    taken.add(found)
    return found


def attvalue(value: Any, kind: str) -> str | None:
    """Return a value, escaped, as it stands in an attribute of the column type `kind`.

    None stands for what is left out: None, NaN and infinity, empty text and lists.
    """
    return None if value is None else _WRITERS[kind](value)


def _boolean(value: Any) -> str:
    return "true" if value else "false"


def _integer(value: Any) -> str:
    return str(int(value))


def _double(value: Any) -> str | None:
    return repr(float(value)) if math.isfinite(value) else None


def _string(value: Any) -> str | None:
    text = str(value)
    if not _SPECIAL.search(text):
        return text if text and not text.isspace() else None
    text = clean(text)
    return escape(_guard(text)) if text.strip() else None


def _liststring(value: Any) -> str | None:
    many = sorted(map(str, value)) if isinstance(value, (set, frozenset)) else value
    items = [_item(str(item)) for item in ([value] if isinstance(value, str) or not _is_many(value) else many)]
    kept = ", ".join(item for item in items if item)
    return f"[{kept}]" if kept else None


def _is_many(value: Any) -> bool:
    return isinstance(value, (list, tuple, set, frozenset))


def _item(text: str) -> str | None:
    if not _SPECIAL.search(text):
        return f"&quot;{text}&quot;" if text and not text.isspace() else None
    text = clean(text)
    quoted = _guard(text).replace("\\", "\\\\").replace('"', '\\"')
    return f"&quot;{escape(quoted)}&quot;" if text.strip() else None


_WRITERS: dict[str, Callable[[Any], str | None]] = {
    **{"boolean": _boolean, "integer": _integer, "long": _integer, "double": _double},
    **{"string": _string, "liststring": _liststring},
}


def _guard(text: str) -> str:
    if text.strip().lower() == "null":
        return text[:1] + _JOINER + text[1:]
    return text.replace("INF", f"I{_JOINER}NF")


def clean(text: str) -> str:
    """Return `text` without the characters that XML forbids; lone surrogates become the replacement character."""
    return _FORBIDDEN.sub(lambda m: "\ufffd" if "\ud800" <= m.group() <= "\udfff" else "", text)


def escape(text: str) -> str:
    """Return `text` as the content of a double-quoted XML attribute, line ends kept."""
    return text.translate(_ESCAPES)


def attribute(text: str) -> str:
    """Return any text as the content of an XML attribute: cleaned and escaped, but not guarded."""
    return escape(clean(text)) if _SPECIAL.search(text) else text
