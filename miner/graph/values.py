"""Values as GEXF attributes that Gephi and Gephi Lite read alike: types, column ids, escaping."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

_TIME, _ENDS, _VIZ = ("timeset", "interval", "timestamp"), ("source", "target"), ("size", "color", "shape", "thickness")
#: Column ids that Gephi or Gephi Lite keep for themselves.
RESERVED = frozenset(("id", "label", "weight", "kind", "type", "x", "y", "z", *_TIME, *_ENDS, *_VIZ))
_NUMBERS = ("integer", "long", "double")
#: The type of what is neither text, number, boolean nor list.
_OTHER = "other"
_INTEGER_MAX = 2**31 - 1
_TYPES: dict[type, str | None] = {
    **{str: "string", bool: "boolean", int: "integer", float: "double", type(None): None},
    **{list: "liststring", tuple: "liststring", set: "liststring", frozenset: "liststring"},
}
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

    def takes(self, value: Any) -> bool:
        """Tell whether the column stays what it is with a further value."""
        kind = type_of(value)
        return kind is None or _widest({self.type, kind}) == self.type


class UnfitError(Exception):
    """A value does not fit the columns: they were found without it."""


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
    shapes: dict[tuple[Any, ...], list[str]] = {}
    for row in rows:
        shape = (*row, *map(type, row.values()))
        integers = shapes.get(shape)
        if integers is None:
            integers = [name for name, value in row.items() if isinstance(value, Integral) and name not in skip]
            shapes[shape] = integers
            for name, value in row.items():
                types.setdefault(name, set()).add(type_of(value) or "")
        for name in integers:
            if not -_INTEGER_MAX <= row[name] <= _INTEGER_MAX:
                types[name].add(type_of(row[name]) or "")
    known = {name: kinds - {""} for name, kinds in types.items() if name not in skip and kinds != {""}}
    taken: set[str] = set()
    return [Column(name, _column_id(name, taken), _widest(known[name])) for name in sorted(known)]


def type_of(value: Any) -> str | None:
    """Return the GEXF type of a value, `_OTHER` for what becomes text, or None for what is never written."""
    kind = _TYPES[type(value)] if type(value) in _TYPES else _type_of_other(value)
    if kind == "integer" and not -_INTEGER_MAX <= value <= _INTEGER_MAX:
        return "long" if abs(int(value)) < 2**63 else _OTHER
    return kind


def _type_of_other(value: Any) -> str | None:
    if isinstance(value, (Integral, Real)):
        return "integer" if isinstance(value, Integral) else "double"
    return "boolean" if type(value).__name__ in ("bool", "bool_") else _OTHER


def _widest(kinds: set[str]) -> str:
    if kinds <= set(_NUMBERS):
        return max(kinds, key=_NUMBERS.index)
    if kinds == {"boolean"}:
        return "boolean"
    return "liststring" if "liststring" in kinds else "string"


def _column_id(name: str, taken: set[str]) -> str:
    base = re.sub("[^a-z0-9_]+", "_", name.lower()).strip("_") or "column"
    base = base if base[0].isalpha() else f"column_{base}"
    base = f"{base}_value" if base in RESERVED else base
    found = next(c for c in (base, *(f"{base}_{n}" for n in range(2, len(taken) + 3))) if c not in taken)
    taken.add(found)
    return found


def _boolean(value: Any) -> str:
    return "true" if value else "false"


def _integer(value: Any) -> str:
    if not -_INTEGER_MAX <= value <= _INTEGER_MAX:
        raise UnfitError(value)
    return str(int(value))


def _long(value: Any) -> str:
    if not abs(int(value)) < 2**63:
        raise UnfitError(value)
    return str(int(value))


def _double(value: Any) -> str | None:
    return repr(float(value)) if math.isfinite(value) else None


def _string(value: Any) -> str | None:
    text = str(value)
    if _harmless(text) and text.strip():
        return text
    text = clean(text)
    return escape(_guard(text)) if text.strip() else None


def _liststring(value: Any) -> str | None:
    try:
        return _list(value if type(value) is list else _items(value))
    except TypeError:  # not all items are text
        return _list(list(map(str, value)))


def _items(value: Any) -> list[str]:
    if isinstance(value, (list, tuple)):
        return list(map(str, value))
    return sorted(map(str, value)) if isinstance(value, (set, frozenset)) else [str(value)]


def _list(items: Sequence[str]) -> str | None:
    text = "".join(items)
    # Of what is printable only spaces are blank.
    if text and _harmless(text) and all(items) and (" " not in text or all(map(str.strip, items))):
        inner = "&quot;, &quot;".join(items)
        return f"[&quot;{inner}&quot;]"
    kept = ", ".join(item for item in map(_item, items) if item)
    return f"[{kept}]" if kept else None


class Remembered(dict[Any, str]):
    """What `make` returns for a value, remembered for short results and the first few thousand values."""

    def __init__(self, make: Callable[[Any], str]) -> None:
        self._make = make

    def __missing__(self, value: Any) -> str:
        made = self._make(value)
        if len(self) < _MOST and len(made) < _LONGEST:
            self[value] = made
        return made


#: How many results are remembered, and how long they may be.
_MOST, _LONGEST = 4096, 256


def _item(text: str) -> str | None:
    text = clean(text)
    quoted = _guard(text).replace("\\", "\\\\").replace('"', '\\"')
    return f"&quot;{escape(quoted)}&quot;" if text.strip() else None


#: How a value of each type is written; what returns None is left out.
WRITERS: dict[str, Callable[[Any], str | None]] = {
    **{"boolean": _boolean, "integer": _integer, "long": _long, "double": _double},
    **{"string": _string, "liststring": _liststring},
}


def _harmless(text: str) -> bool:
    """Tell whether a value, or the items of a list in a row, may stand as they are; in doubt the answer is no."""
    odd = not text.isprintable() or '"' in text or "&" in text or "<" in text or ">" in text or "\\" in text
    return not (odd or "INF" in text or "null" in text.lower())


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
    return text if _harmless(text) else escape(clean(text))
