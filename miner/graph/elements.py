"""Nodes and edges as GEXF elements: what rows of the same attributes share is prepared once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from miner.errors import InputError
from miner.graph.spells import spells
from miner.graph.values import WRITERS, Column, attribute, clean

#: What GEXF writes in its own elements, not in columns.
OWN = frozenset({"kind", "label", "color", "size", "x", "y", "weight", "days"})
#: Columns for readers without a timeline.
YEARS = {"start_year": "integer", "end_year": "integer"}

Values = Mapping[str, Any]
#: How a column of one shape of rows is written: attribute, start of the element, writer of the value.
_Step = tuple[str, str, Callable[[Any], str | None]]


class Attributes:
    """The attvalues of rows; the steps for rows of the same attributes are found once.

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
        starts = {column.name: (f'<attvalue for="{column.id}" value="', column.type) for column in columns}
        self._kind = starts.pop(kind)[0]
        self._default = default
        self._years = [starts.pop(name)[0] for name in YEARS]
        self._count = starts.pop("n_evidence", ("", ""))[0]
        self._starts = starts
        self._steps: dict[tuple[str, ...], list[_Step]] = {}
        self._shared = lru_cache(4096)(self._own_text)

    def write(self, values: Values) -> str:
        """Return the attvalues of one row, or an empty text."""
        shape = tuple(values)
        steps = self._steps.get(shape)
        if steps is None:
            steps = self._steps[shape] = self._plan(shape)
        parts = [self._own(values)]
        for name, start, writer in steps:
            value = values[name]
            if value is not None and (written := writer(value)) is not None:
                parts.append(f'{start}{written}"/>\n')
        inner = "".join(parts)
        return f"<attvalues>\n{inner}</attvalues>\n" if inner else ""

    def _plan(self, shape: tuple[str, ...]) -> list[_Step]:
        known = sorted(name for name in shape if name in self._starts)
        return [(name, self._starts[name][0], WRITERS[self._starts[name][1]]) for name in known]

    def _own(self, values: Values) -> str:
        """Return what follows from other attributes: the kind, the years, how much evidence there is."""
        first, last = values.get("first_seen"), values.get("last_seen")
        years = (first[:4], last[:4]) if first and last else None
        count = len(values.get("evidence") or ()) if self._count else 0
        return self._shared(values.get("kind") or self._default, years, count)

    def _own_text(self, kind: str | None, years: tuple[str, str] | None, count: int) -> str:
        text = f'{self._kind}{WRITERS["string"](kind)}"/>\n' if kind else ""
        text += f'{self._count}{count}"/>\n' if self._count else ""
        for start, year in zip(self._years, years or (), strict=False):
            text += f'{start}{int(year)}"/>\n'
        return text


def node_element(node: str, values: Values, attributes: Attributes) -> str:
    """Return the element of one node, under its escaped id; a node without a label gets its id as one."""
    label = attribute(clean(str(values.get("label") or "")).strip()) or node
    place = size = ""
    if values.get("x") is not None:
        place = f'<viz:position x="{values["x"]}" y="{values["y"]}" z="0.0"/>\n'
    if values.get("size"):
        size = f'<viz:size value="{values["size"]}"/>\n'
    head = f'<node id="{node}" label="{label}">\n'
    return f"{head}{attributes.write(values)}{_color(values.get('color'))}{place}{size}</node>\n"


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
        The weight is not positive.
    """
    kind, weight = values.get("kind", "edge"), float(values.get("weight", 1))
    if not 0 < weight < math.inf:
        raise InputError(f"edge {kind} from {source} to {target}: weight is {weight}; it must be positive")
    ends = f'source="{source}" target="{target}" {_named(kind, values.get("label"))}'
    inner = attributes.write(values) + _spells(values) + _color(values.get("color"))
    return f'<edge id="e{number}" {ends} weight="{weight}">\n{inner}</edge>\n'


@lru_cache(4096)
def _named(kind: Any, label: Any) -> str:
    return f'kind="{attribute(str(kind))}" label="{attribute(str(label or kind))}"'


def _spells(values: Values) -> str:
    times = spells(values)
    if not times:
        return ""
    inner = "".join([f'<spell start="{start}" end="{end}"/>\n' for start, end in times])
    return f"<spells>\n{inner}</spells>\n"


@cache
def _color(color: str | None) -> str:
    if not color:
        return ""
    r, g, b = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f'<viz:color r="{r}" g="{g}" b="{b}"/>\n'
