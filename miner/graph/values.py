"""Values as GEXF attributes that Gephi and Gephi Lite read alike: types, column ids, escaping."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

_TIME, _ENDS, _VIZ = ("timeset", "interval", "timestamp"), ("source", "target"), ("size", "color", "shape", "thickness")
#: Column ids that Gephi or Gephi Lite keep for themselves.
RESERVED = frozenset(("id", "label", "weight", "kind", "type", "x", "y", "z", *_TIME, *_ENDS, *_VIZ))
_NUMBERS = ("integer", "long", "double")
_INTEGER_MAX, _LONG_MAX = 2**31 - 1, 2**63 - 1
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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


def columns(rows: Iterable[Mapping[str, Any]], skip: frozenset[str]) -> list[Column]:
    """Return the columns that hold all attributes of `rows` but `skip`, sorted by name.

    The type of a column is the narrowest that fits all values: integer, long, double, boolean, liststring or string.
    """
    types: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            kind = type_of(value)
            if name not in skip and kind:
                types[name] = _wider(types.get(name, kind), kind)
    taken: set[str] = set()
    return [Column(name, _column_id(name, taken), types[name]) for name in sorted(types)]


def type_of(value: Any) -> str | None:
    """Return the GEXF type of a value, or None where there is nothing to write: None, NaN, empty text or list."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, Integral):
        size = abs(int(value))
        return "integer" if size <= _INTEGER_MAX else "long" if size <= _LONG_MAX else "string"
    if isinstance(value, Real):
        return "double" if math.isfinite(value) else None
    if isinstance(value, (list, tuple, set, frozenset)):
        return "liststring" if any(clean(str(item)).strip() for item in value) else None
    return "string" if value is not None and clean(str(value)).strip() else None


def _wider(a: str, b: str) -> str:
    if a == b:
        return a
    if a in _NUMBERS and b in _NUMBERS:
        return max(a, b, key=_NUMBERS.index)
    return "liststring" if "liststring" in (a, b) else "string"


def _column_id(name: str, taken: set[str]) -> str:
    base = re.sub("[^a-z0-9_]+", "_", name.lower()).strip("_") or "column"
    base = base if base[0].isalpha() else f"column_{base}"
    base = f"{base}_value" if base in RESERVED else base
    found = next(c for c in (base, *(f"{base}_{n}" for n in range(2, len(taken) + 3))) if c not in taken)
    taken.add(found)
    return found


def attvalue(value: Any, kind: str) -> str | None:
    """Return a value, escaped, as it stands in an attribute of the column type `kind`; None where it is left out."""
    if type_of(value) is None:
        return None
    if kind == "boolean":
        return "true" if value else "false"
    if kind in ("integer", "long"):
        return str(int(value))
    if kind == "double":
        return repr(float(value))
    if kind == "liststring":
        items = value if isinstance(value, (list, tuple)) else sorted(map(str, value)) if _is_set(value) else [value]
        return escape("[" + ", ".join(_item(item) for item in items if clean(str(item)).strip()) + "]")
    return escape(_guard(clean(str(value))))


def _is_set(value: Any) -> bool:
    return isinstance(value, (set, frozenset))


def _item(item: Any) -> str:
    text = _guard(clean(str(item)))
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


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
