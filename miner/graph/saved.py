"""Back from Gephi or Gephi Lite: positions, sizes, colours and new columns of a saved GEXF file, set on the graph."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from miner.errors import InputError
from miner.graph.elements import OWN, YEARS
from miner.graph.gexf import title_of
from miner.graph.values import columns

#: What stands in elements of its own, and the attribute of a node that it sets.
_LOOKS = ("x", "y", "size", "color")
_ITEMS = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^,]+))', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Update:
    """What a saved file changed: the new columns, how many nodes it knows, and the ids that only one side has."""

    columns: tuple[str, ...]
    nodes: int
    only_in_graph: tuple[str, ...]
    only_in_file: tuple[str, ...]


def update_from_gexf(graph: Any, path: str | Path) -> Update:
    """Set on the nodes of a graph what was made of its file in Gephi or Gephi Lite.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The graph that was written with `miner.graph.write_gexf`, or one made again from the same articles. It is
        changed in place.
    path : str or Path
        The file that Gephi or Gephi Lite exported as GEXF.

    Returns
    -------
    Update
        Set are ``x``, ``y``, ``size`` and ``color``, and the columns that the graph does not have, under their ids in
        the file, such as ``modularity_class``; columns that it has keep the values of the graph. A node that was
        deleted in Gephi stays as it was and is named.

    Raises
    ------
    InputError
        The file cannot be read as GEXF, a value is not of its column's type, or no node is one of the graph's.

    Examples
    --------
    >>> update = update_from_gexf(graph, "saved.gexf")  # doctest: +SKIP
    >>> update.columns  # doctest: +SKIP
    ('modularity_class',)
    """
    saved = dict(read_gexf_nodes(path))
    known = saved.keys() & set(graph)
    if not known:
        raise InputError(f"{path}: none of its {len(saved)} nodes is in the graph; save the file that miner wrote")
    rows = [values for _, values in graph.nodes(data=True)]
    written = columns(rows, OWN, {"node_type": "string", **YEARS})
    own = {column.id for column in written} | {_name(title_of(column.name)) for column in written}
    added = sorted({name for node in known for name in saved[node]} - own - {*_LOOKS, "label"})
    for node in known:
        values = saved[node]
        graph.nodes[node].update({name: values[name] for name in (*_LOOKS, *added) if name in values})
    return Update(tuple(added), len(known), tuple(sorted(set(graph) - known)), tuple(sorted(saved.keys() - known)))


def read_gexf_nodes(path: str | Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and attributes of each node of a GEXF file, by the ids of its columns.

    Elements are known by their local names, since each program writes another namespace: GEXF 1.2 and 1.3 of Gephi,
    and of Gephi Lite.
    """
    types: dict[str, tuple[str, str]] = {}
    try:
        # expat fetches nothing from outside and bounds how far entities may grow.
        for _, element in ElementTree.iterparse(path, events=("end",)):  # noqa: S314
            name = _local(element)
            if name == "attributes" and element.get("class") == "node":
                types |= {column.get("id", ""): _column(column) for column in element if _local(column) == "attribute"}
            elif name == "node":
                yield element.get("id", ""), _values(element, types, path)
                element.clear()
            elif name == "edge":
                element.clear()
    except (ElementTree.ParseError, OSError) as error:
        raise InputError(f"{path}: {error}; export the graph as GEXF and give that file") from error


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _column(column: ElementTree.Element) -> tuple[str, str]:
    """Return the name of a column, which is its id or, where that is a number, its title; and its type."""
    name = column.get("id", "")
    return _name(column.get("title", "")) if name.isdecimal() else name, column.get("type", "string").lower()


def _name(title: str) -> str:
    return re.sub("[^a-z0-9]+", "_", title.lower()).strip("_")


def _values(node: ElementTree.Element, types: Mapping[str, tuple[str, str]], path: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = {"label": node.get("label", "")}
    for element in node.iter():
        name = _local(element)
        if name == "attvalue" and element.get("for") in types:
            column, kind = types[element.get("for", "")]
            found[column] = _value(kind, element.get("value", ""), f"{path}: node {node.get('id')}, column {column}")
        elif name == "position":
            where = f"{path}: position of node {node.get('id')}"
            found |= {axis: _value("double", element.get(axis, ""), where) for axis in ("x", "y")}
        elif name == "size":
            found["size"] = _value("double", element.get("value", ""), f"{path}: size of node {node.get('id')}")
        elif name == "color":
            found |= _color(element)
    return found


def _color(element: ElementTree.Element) -> dict[str, str]:
    parts = [element.get(part, "") for part in "rgb"]
    if all(part.isdecimal() and int(part) < 256 for part in parts):
        return {"color": "#" + "".join(f"{int(part):02x}" for part in parts)}
    return {"color": element.get("hex", "").lower()} if re.fullmatch("#[0-9A-Fa-f]{6}", element.get("hex", "")) else {}


def _value(kind: str, text: str, where: str) -> Any:
    try:
        return _READERS.get(kind, _text)(text)
    except ValueError as error:
        raise InputError(f"{where}: {text!r} is no {kind}; export the file again") from error


def _text(text: str) -> str:
    """Return a text without the word joiner that keeps INF and null whole in Gephi."""
    return text.replace("\u2060", "")


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _boolean(text: str) -> bool:
    return text.lower() in ("true", "1")


def _list(text: str) -> list[str]:
    """Return the items of a list as Gephi writes it, quoted where they need it; Gephi Lite keeps what it read."""
    inner = text.strip().removeprefix("[").removesuffix("]")
    pairs = (match.groups() for match in _ITEMS.finditer(inner))
    items = (
        re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) if quoted is not None else bare.strip()
        for quoted, bare in pairs
    )
    return [_text(item) for item in items if item]


_READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("integer", "int", "long", "short", "byte", "biginteger"), int),
    **dict.fromkeys(("double", "float", "bigdecimal"), _number),
    **dict.fromkeys(("boolean", "bool"), _boolean),
    **dict.fromkeys(("liststring", "listchar"), _list),
}
