"""GEXF 1.3 as Gephi and Gephi Lite read it without loss: written as a stream, byte for byte the same each time.

The form is narrower than the standard: Gephi merges parallel edges of one kind, drops date types and overlapping
spells, and damages some values (see `miner.graph.values`); what is written here passes its importer unharmed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from miner.errors import InputError
from miner.graph.schema import load_schema
from miner.graph.values import Column, attribute, attvalue, clean, columns

#: What GEXF writes in its own elements, not in columns.
_OWN = frozenset({"kind", "label", "color", "size", "x", "y", "weight", "days"})
#: Columns for readers without a timeline.
_YEARS = {"start_year": "integer", "end_year": "integer"}
_TITLES = {"names": "Names by language", "n_articles": "Number of articles", "n_evidence": "Evidence count"}


def write_gexf(graph: Any, path: str | Path) -> Path:
    """Write a graph as GEXF 1.3 for Gephi and Gephi Lite.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A graph as `build_graph` makes it, or a part of it. Attributes of any name become columns; text, numbers,
        booleans and lists of text keep their type.
    path : str or Path
        The file, replaced as a whole or not at all.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    InputError
        Two edges have the same source, target and kind, or a weight is not positive.
    """
    path = Path(path)
    partial = path.with_name(path.name + ".part")
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_document(graph))
    os.replace(partial, path)
    return path


def _document(graph: Any) -> Iterator[str]:
    nodes = sorted(graph.nodes(data=True), key=lambda node: str(node[0]))
    edges = sorted(graph.edges(data=True), key=_triple)
    node_columns = columns((values for _, values in nodes), _OWN, {"node_type": "string", **_YEARS})
    edge_columns = columns(
        (values for *_, values in edges), _OWN, {"edge_type": "string", "n_evidence": "integer", **_YEARS}
    )
    yield from _head(graph.graph, any(spells(values) for *_, values in edges))
    yield from _declare("node", node_columns)
    yield from _declare("edge", edge_columns)
    yield f'    <nodes count="{len(nodes)}">\n'
    for node, values in nodes:
        yield _node(str(node), values, node_columns)
    yield f'    </nodes>\n    <edges count="{len(edges)}">\n'
    before = None
    for number, edge in enumerate(edges):
        if _triple(edge) == before:
            raise InputError(f"two edges of one kind, {before}: unite them before writing")
        before = _triple(edge)
        yield _edge(number, edge, edge_columns)
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _triple(edge: tuple[Any, Any, Mapping[str, Any]]) -> tuple[str, str, str]:
    source, target, values = edge
    return str(source), str(target), str(values.get("kind", "edge"))


def _head(about: Mapping[str, Any], timed: bool) -> Iterator[str]:
    first, last = about.get("first_seen"), about.get("last_seen")
    modified = f' lastmodifieddate="{last}"' if last else ""
    period = f", in articles from {first} to {last}" if first else ""
    time = 'mode="dynamic" timeformat="date" timerepresentation="interval" timezone="UTC"' if timed else 'mode="static"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    yield f"  <meta{modified}>\n    <creator>miner</creator>\n"
    yield f"    <description>Officials, bodies, places, directives and events{period}</description>\n  </meta>\n"
    yield f'  <graph defaultedgetype="directed" {time}>\n'


def _declare(kind: str, found: list[Column]) -> Iterator[str]:
    titles = _titles()
    yield f'    <attributes class="{kind}">\n'
    for column in found:
        title = titles.get(column.name, column.name.replace("_", " ").capitalize())
        yield f'      <attribute id="{column.id}" title="{attribute(title)}" type="{column.type}"/>\n'
    yield "    </attributes>\n"


def _titles() -> dict[str, str]:
    named = {name: title for kind in load_schema().nodes.values() for name, (_, title) in kind.attributes.items()}
    return {**_TITLES, **named}


def _row(values: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Return the attributes with the years, and with the kind under a name that is not reserved."""
    row = {**values, kind: values.get("kind")}
    if values.get("first_seen"):
        row["start_year"], row["end_year"] = int(values["first_seen"][:4]), int(values["last_seen"][:4])
    return row


def _node(node: str, values: Mapping[str, Any], found: list[Column]) -> str:
    label = attribute(clean(str(values.get("label") or "")).strip() or node)
    lines = [f'      <node id="{attribute(node)}" label="{label}">\n']
    lines += _attvalues(_row(values, "node_type"), found)
    lines += [_color(values["color"])] if values.get("color") else []
    if values.get("x") is not None:
        lines.append(f'        <viz:position x="{values["x"]}" y="{values["y"]}" z="0.0"/>\n')
    lines += [f'        <viz:size value="{values["size"]}"/>\n'] if values.get("size") else []
    return "".join([*lines, "      </node>\n"])


def _edge(number: int, edge: tuple[Any, Any, Mapping[str, Any]], found: list[Column]) -> str:
    source, target, kind = map(attribute, _triple(edge))
    values = edge[2]
    weight = float(values.get("weight", 1))
    if not 0 < weight < float("inf"):
        raise InputError(f"edge {kind} from {source} to {target}: weight is {weight}; it must be positive")
    label = attribute(str(values.get("label") or kind))
    ends = f'source="{source}" target="{target}" kind="{kind}"'
    lines = [f'      <edge id="e{number}" {ends} label="{label}" weight="{weight}">\n']
    row = _row(values, "edge_type")
    row["edge_type"], row["n_evidence"] = values.get("kind", "edge"), len(values.get("evidence") or ())
    lines += _attvalues(row, found)
    times = [f'          <spell start="{start}" end="{end}"/>\n' for start, end in spells(values)]
    lines += ["        <spells>\n", *times, "        </spells>\n"] if times else []
    lines += [_color(values["color"])] if values.get("color") else []
    return "".join([*lines, "      </edge>\n"])


def _attvalues(row: Mapping[str, Any], found: list[Column]) -> list[str]:
    pairs = [(column.id, attvalue(row.get(column.name), column.type)) for column in found]
    lines = [f'          <attvalue for="{name}" value="{value}"/>\n' for name, value in pairs if value is not None]
    return ["        <attvalues>\n", *lines, "        </attvalues>\n"] if lines else []


@cache
def _color(color: str) -> str:
    r, g, b = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f'        <viz:color r="{r}" g="{g}" b="{b}"/>\n'


def spells(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return when an edge lies in time, as closed intervals of days that neither touch nor overlap.

    An edge whose kind lasts (`time: span` in the schema) has one interval from first to last seen, one that happens the
    days on which it was seen, neighbouring days united; a timeless one none.
    """
    edge = load_schema().edges.get(str(values.get("kind")))
    days = sorted(set(values.get("days") or ()))
    if not days or (edge and edge.time == "none"):
        return []
    return [(days[0], days[-1])] if edge and edge.time == "span" else _united(days)


def _united(days: Iterable[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for day in days:
        if found and date.fromisoformat(day) - date.fromisoformat(found[-1][1]) <= timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
