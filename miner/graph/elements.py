"""Nodes and edges as GEXF elements: what rows of the same attributes share is prepared once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from miner.errors import InputError
from miner.graph.spells import Spell, spells
from miner.graph.values import WRITERS, Column, Remembered, UnfitError, attribute, clean

#: What GEXF writes in its own elements, not in columns.
OWN = frozenset({"kind", "label", "color", "size", "x", "y", "weight", "days"})
#: Columns for readers without a timeline, and the attributes whose years they are.
YEARS = {"start_year": "integer", "end_year": "integer"}
_YEAR_OF = {"first_seen": "start_year", "last_seen": "end_year"}

#: Of a column's lists so many are remembered, those of fewer items.
_MOST, _FEW = 4096, 3

Values = Mapping[str, Any]
#: How one attribute is written: its name, and from its value to the elements.
_Step = tuple[str, Callable[[Any], str]]


class Attributes:
    """The attvalues of rows; the steps for rows of the same attributes and types are found once.

    Parameters
    ----------
    columns : iterable of Column
        The columns that may be written.
    kind : str
        The column that repeats the kind of a row, for Gephi Lite and filters: ``node_type`` or ``edge_type``.
    default : str or None
        The kind of a row that has none; None writes nothing.
    """

    def __init__(self, columns: Iterable[Column], kind: str, default: str | None) -> None:
        self._columns = {column.name: column for column in columns}
        self._kind = self._columns[kind]
        self._default = default
        self._writers: dict[tuple[str, type], Callable[[Any], str]] = {}
        self._steps: dict[tuple[Any, ...], tuple[str, list[_Step]]] = {}

    def write(self, values: Values) -> str:
        """Return the attvalues of one row, or an empty text.

        Raises
        ------
        UnfitError
            The columns were found without values like these.
        """
        shape = (*values, *map(type, values.values()))
        planned = self._steps.get(shape)
        if planned is None:
            planned = self._steps[shape] = self._plan(values)
        always, steps = planned
        inner = always + "".join([write(values[name]) for name, write in steps])
        return f"<attvalues>\n{inner}</attvalues>\n" if inner else ""

    def _plan(self, values: Values) -> tuple[str, list[_Step]]:
        """Return what all rows of a shape share, and what is written for each attribute."""
        always = "" if values.get("kind") else self._kind_of(None)
        if "n_evidence" in self._columns and values.get("evidence") is None:
            always += _element(self._columns["n_evidence"], "0")
        own = {name: value for name, value in values.items() if value is not None and name not in OWN}
        unfit = {n for n, value in own.items() if n not in self._columns or not self._columns[n].takes(value)}
        if unfit:
            raise UnfitError(unfit)
        added = {self._kind.name, "n_evidence", *YEARS}
        known = sorted(own.keys() - added | ({"kind"} if values.get("kind") else set()))
        return always, [(name, self._writer(name, values[name])) for name in known]

    def _writer(self, name: str, value: Any) -> Callable[[Any], str]:
        """Return what writes an attribute whose values are of the type of `value`; made once."""
        found = self._writers.get((name, type(value)))
        if found is None:
            found = self._writers[name, type(value)] = self._make_writer(name, type(value))
        return found

    def _make_writer(self, name: str, kind: type) -> Callable[[Any], str]:
        """Return what writes an attribute, with the columns that follow from it: kind, years, count of evidence."""
        if name == "kind":
            return Remembered(self._kind_of).__getitem__
        column = self._columns[name]
        if name in _YEAR_OF and kind is str:
            return _with_year(column, self._columns[_YEAR_OF[name]])
        if name == "evidence" and "n_evidence" in self._columns and kind in (list, tuple):
            return _with_count(column, self._columns["n_evidence"])
        if kind is str:
            return Remembered(_writer_of(column)).__getitem__
        return _short_lists(column) if kind is list else _writer_of(column)

    def _kind_of(self, kind: str | None) -> str:
        found = kind or self._default
        return _element(self._kind, WRITERS["string"](found)) if found else ""


def _element(column: Column, written: str | None) -> str:
    return "" if written is None else f'<attvalue for="{column.id}" value="{written}"/>\n'


def _writer_of(column: Column) -> Callable[[Any], str]:
    """Return what writes the values of a column as elements."""
    writer, start = WRITERS[column.type], f'<attvalue for="{column.id}" value="'

    def write(value: Any) -> str:
        written = writer(value)
        return "" if written is None else f'{start}{written}"/>\n'

    return write


def _with_year(column: Column, year: Column) -> Callable[[Any], str]:
    """Return what writes days and, as another column, their years."""
    write = _writer_of(column)

    def both(day: str) -> str:
        digits = day[:4]
        return (_element(year, str(int(digits))) if digits.isdecimal() else "") + write(day)

    return Remembered(both).__getitem__


def _with_count(column: Column, count: Column) -> Callable[[Any], str]:
    """Return what writes lists and, as another column, their lengths."""
    write, head = _writer_of(column), f'<attvalue for="{count.id}" value="'
    return lambda values: f'{head}{len(values)}"/>\n{write(values)}'


def _short_lists(column: Column) -> Callable[[Any], str]:
    """Return what writes lists and remembers short ones, such as languages and roles, which come again and again."""
    write = _writer_of(column)
    known: dict[tuple[str, ...], str] = {}

    def recall(value: list[Any]) -> str:
        if len(value) >= _FEW:
            return write(value)
        try:
            return known[tuple(value)]
        except (KeyError, TypeError):  # new, or an item is a list itself
            written = write(value)
        if len(known) < _MOST and all(isinstance(item, str) for item in value):  # 1 and True are one as keys
            known[tuple(value)] = written
        return written

    return recall


def node_element(node: str, values: Values, attributes: Attributes) -> str:
    """Return the element of one node, under its escaped id; a node without a label gets its id as one."""
    label = attribute(clean(str(values.get("label") or "")).strip()) or node
    place = size = ""
    if values.get("x") is not None:
        place = f'<viz:position x="{values["x"]}" y="{values["y"]}" z="0.0"/>\n'
    if values.get("size"):
        size = f'<viz:size value="{values["size"]}"/>\n'
    inner = f"{attributes.write(values)}{_colors[values.get('color')]}{place}{size}"
    return f'<node id="{node}" label="{label}">\n{inner}</node>\n'


def edge_element(number: int, source: str, target: str, values: Values, attributes: Attributes) -> str:
    """Return the element of one edge.

    Parameters
    ----------
    number : int
        The edge's place in the file.
    source, target : str
        The escaped ids of its nodes.
    values : mapping
        The edge's attributes.
    attributes : Attributes
        The columns of edges.

    Raises
    ------
    InputError
        The weight is not positive, or a day is none.
    """
    get = values.get
    kind = get("kind", "edge")
    try:
        weight, times = _weights[get("weight", 1)], _times(values)
    except ValueError as error:
        raise InputError(f"edge {kind} from {source} to {target}: {error}") from error
    named, color = _named(kind, get("label")), _colors[get("color")]
    head = f'<edge id="e{number}" source="{source}" target="{target}" {named} weight="{weight}">\n'
    return f"{head}{attributes.write(values)}{times}{color}</edge>\n"


@lru_cache(4096)
def _named(kind: Any, label: Any) -> str:
    return f'kind="{attribute(str(kind))}" label="{attribute(str(label or kind))}"'


def _weight(value: Any) -> str:
    weight = float(value)
    if not 0 < weight < math.inf:
        raise ValueError(f"weight is {weight}; it must be positive")
    return str(weight)


def _times(values: Values) -> str:
    found = spells(values)
    if not found:
        return ""
    if len(found) == 1:
        return _lone_spells[found[0]]
    inner = "".join([_spells[spell] for spell in found])
    return f"<spells>\n{inner}</spells>\n"


def _lone_spell(days: Spell) -> str:
    return f"<spells>\n{_spell(days)}</spells>\n"


def _spell(days: Spell) -> str:
    for day in days:
        if date.fromisoformat(day).isoformat() != day:
            raise ValueError(f"{day!r} is no day; write it as 2025-07-01")
    return f'<spell start="{days[0]}" end="{days[1]}"/>\n'


def _color(color: str | None) -> str:
    if not color:
        return ""
    r, g, b = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f'<viz:color r="{r}" g="{g}" b="{b}"/>\n'


_weights, _colors = Remembered(_weight), Remembered(_color)
_spells, _lone_spells = Remembered(_spell), Remembered(_lone_spell)
