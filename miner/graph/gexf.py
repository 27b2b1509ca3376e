"""GEXF 1.3 as Gephi and Gephi Lite read it without loss: written as a stream, byte for byte the same each time.

The form is narrower than the standard: Gephi merges parallel edges of one kind, drops date types and overlapping
spells, and damages some values (see `miner.graph.values`); what is written here passes its importer unharmed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from miner.errors import InputError
from miner.graph.elements import OWN, YEARS, Attributes, edge_element, node_element
from miner.graph.schema import load_schema
from miner.graph.spells import time_of
from miner.graph.values import Column, attribute, columns

_TITLES = {"names": "Names by language", "n_articles": "Number of articles", "n_evidence": "Evidence count"}

Edge = tuple[str, str, str, Mapping[str, Any]]


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
        file.writelines(gexf_lines(graph))
    os.replace(partial, path)
    return path


def gexf_lines(graph: Any) -> Iterator[str]:
    """Yield the document that `write_gexf` writes, a node or an edge at a time."""
    nodes = sorted(graph, key=str)
    found = columns((graph.nodes[node] for node in nodes), OWN, {"node_type": "string", **YEARS})
    edges = graph.edges(data=True)
    edge_columns = columns((e[2] for e in edges), OWN, {"edge_type": "string", "n_evidence": "integer", **YEARS})
    yield from _head(graph.graph, any(e[2].get("days") and time_of(str(e[2].get("kind"))) != "none" for e in edges))
    yield from _declare("node", found)
    yield from _declare("edge", edge_columns)
    yield f'    <nodes count="{len(nodes)}">\n'
    attributes = Attributes(found, "node_type", None)
    escaped: dict[str, str] = {}
    for node in nodes:
        name = attribute(str(node))
        if name != str(node):
            escaped[str(node)] = name
        yield node_element(name, graph.nodes[node], attributes)
    yield f'    </nodes>\n    <edges count="{graph.number_of_edges()}">\n'
    yield from _edges(_sorted_edges(graph, nodes), escaped, Attributes(edge_columns, "edge_type", "edge"))
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _sorted_edges(graph: Any, nodes: Iterable[Any]) -> Iterator[Edge]:
    """Yield source, target, kind and attributes of each edge, sorted, with the edges of one source in memory."""
    near, many = dict(graph.adjacency()), graph.is_multigraph()
    for node in nodes:
        source = str(node)
        for target in sorted(near[node], key=str):
            found = near[node][target].values() if many else (near[node][target],)
            if graph.is_directed() or source <= str(target):
                kinds = [(source, str(target), str(values.get("kind", "edge")), values) for values in found]
                yield from sorted(kinds, key=_kind) if len(kinds) > 1 else kinds


def _kind(edge: Edge) -> str:
    return edge[2]


def _edges(edges: Iterable[Edge], escaped: Mapping[str, str], attributes: Attributes) -> Iterator[str]:
    before = None
    for number, (source, target, kind, values) in enumerate(edges):
        if (source, target, kind) == before:
            raise InputError(f"two edges of one kind, {before}: unite them before writing")
        before = (source, target, kind)
        ends = escaped.get(source, source), escaped.get(target, target)
        yield edge_element(number, *ends, values, attributes)


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
    yield f'    <attributes class="{kind}">\n'
    for column in found:
        title = attribute(title_of(column.name))
        yield f'      <attribute id="{column.id}" title="{title}" type="{column.type}"/>\n'
    yield "    </attributes>\n"


def title_of(name: str) -> str:
    """Return the title of the column that holds an attribute, as Gephi shows it."""
    return _titles().get(name, name.replace("_", " ").capitalize())


@cache
def _titles() -> dict[str, str]:
    named = {name: title for kind in load_schema().nodes.values() for name, (_, title) in kind.attributes.items()}
    return {**_TITLES, **named}
