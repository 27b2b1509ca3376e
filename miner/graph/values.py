"""Values as GEXF attributes that Gephi and Gephi Lite read alike: types, column ids, escaping."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from numbers import Integral, Real
from typing import Any

_TIME, _ENDS, _VIZ = ("timeset", "interval", "timestamp"), ("source", "target"), ("size", "color", "shape", "thickness")
#: Column ids that Gephi or Gephi Lite keep for themselves.
RESERVED = frozenset(("id", "label", "weight", "kind", "type", "x", "y", "z", *_TIME, *_ENDS, *_VIZ))
_NUMBERS = ("integer", "long", "double")
_SHORT = 12
_INTEGER_MAX = 2**31 - 1
_TYPES: dict[type, str | None] = {
    **{str: "string", bool: "boolean", int: "integer", float: "double", type(None): None},
    **{list: "liststring", tuple: "liststring", set: "liststring", frozenset: "liststring"},
}
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = " !#-%'-;=?-\\[\\]-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
#: Texts that may stand as they are: in an XML attribute, and (but for INF) in a value or a list.
_plain = re.compile(f"[{_PLAIN}]*").fullmatch
_HARMLESS = rf"(?!\s*(?i:null)\s*(?:\x01|\Z))(?=\s*[^\s\x01])[{_PLAIN}]++"
_harmless = re.compile(_HARMLESS).fullmatch
#: The same for several, joined by a character that XML forbids.
_harmless_items = re.compile(rf"{_HARMLESS}(?:\x01{_HARMLESS})*").fullmatch
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
    shapes: dict[tuple[Any, ...], list[str]] = {}
    for row in rows:
        shape = (*row, *map(type, row.values()))
        if shape not in shapes:
            shapes[shape] = [name for name, value in row.items() if isinstance(value, Integral) and name not in skip]
            for name, value in row.items():
                types.setdefault(name, set()).add(type_of(value) or "")
        for name in shapes[shape]:
            if not -_INTEGER_MAX <= row[name] <= _INTEGER_MAX:
                types[name].add(type_of(row[name]) or "")
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


def _boolean(value: Any) -> str:
    return "true" if value else "false"


def _integer(value: Any) -> str:
    return str(int(value))


def _double(value: Any) -> str | None:
    return repr(float(value)) if math.isfinite(value) else None


def _string(value: Any) -> str | None:
    text = str(value)
    if _harmless(text) and "INF" not in text:
        return text
    text = clean(text)
    return escape(_guard(text)) if text.strip() else None


def _liststring(value: Any) -> str | None:
    many = sorted(map(str, value)) if isinstance(value, (set, frozenset)) else value
    items = tuple(map(str, many)) if _is_many(many) else (str(value),)
    # Short texts, such as languages and roles, come again and again.
    return (_short_list if items and len(items[0]) < _SHORT else _list)(items)


def _list(items: tuple[str, ...]) -> str | None:
    joined = "\x01".join(items)
    if _harmless_items(joined) and "INF" not in joined and joined.count("\x01") == len(items) - 1:
        inner = joined.replace("\x01", "&quot;, &quot;")
        return f"[&quot;{inner}&quot;]"
    kept = ", ".join(item for item in map(_item, items) if item)
    return f"[{kept}]" if kept else None


_short_list = lru_cache(4096)(_list)


def _is_many(value: Any) -> bool:
    return isinstance(value, (list, tuple, set, frozenset))


def _item(text: str) -> str | None:
    text = clean(text)
    quoted = _guard(text).replace("\\", "\\\\").replace('"', '\\"')
    return f"&quot;{escape(quoted)}&quot;" if text.strip() else None


#: How a value of each type is written; what returns None is left out.
WRITERS: dict[str, Callable[[Any], str | None]] = {
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
    return text if _plain(text) else escape(clean(text))
