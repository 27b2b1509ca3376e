"""GEXF 1.3 as Gephi and Gephi Lite read it without loss: written as a stream, byte for byte the same each time.

The form is narrower than the standard: Gephi merges parallel edges of one kind, drops date types and overlapping
spells, and damages some values (see `miner.graph.values`); what is written here passes its importer unharmed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any

from miner.errors import InputError
from miner.graph.elements import OWN, YEARS, Attributes, edge_element, node_element
from miner.graph.schema import load_schema
from miner.graph.spells import time_of
from miner.graph.values import Column, UnfitError, attribute, columns

#: How much is written at a time, and how many edges are looked at before.
_BUFFER, _FIRST = 1 << 18, 2000
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
    write_document(graph, partial)
    os.replace(partial, path)
    return path


def write_document(graph: Any, path: Path) -> None:
    """Write what `write_gexf` writes into a file as it comes, so that an error leaves the start of a document.

    The columns of edges are found from the first ones; if a later edge does not fit, from all, and all begins again.
    """
    nodes = _sorted_nodes(graph)
    of_nodes = columns((graph.nodes[node] for node in nodes), OWN, {"node_type": "string", **YEARS})
    for rows in (islice(_rows(graph), _FIRST), _rows(graph)):
        of_edges = columns(rows, OWN, {"edge_type": "string", "n_evidence": "integer", **YEARS})
        with suppress(UnfitError), path.open("wb", buffering=_BUFFER) as file:
            file.writelines(piece.encode() for piece in _pieces(graph, nodes, of_nodes, of_edges))
            return


def _pieces(graph: Any, nodes: list[Any], of_nodes: list[Column], of_edges: list[Column]) -> Iterator[str]:
    """Yield the document: its head, a node at a time, the edges of a node at a time."""
    timed = any(values.get("days") and time_of(values.get("kind")) != "none" for values in _rows(graph))
    yield from _head(graph.graph, timed)
    yield from _declare("node", of_nodes)
    yield from _declare("edge", of_edges)
    yield f'    <nodes count="{len(nodes)}">\n'
    attributes = Attributes(of_nodes, "node_type", None)
    names = {node: attribute(str(node)) for node in nodes}
    for node in nodes:
        yield node_element(names[node], graph.nodes[node], attributes)
    yield f'    </nodes>\n    <edges count="{graph.number_of_edges()}">\n'
    yield from _edges(graph, names, Attributes(of_edges, "edge_type", "edge"))
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _sorted_nodes(graph: Any) -> list[Any]:
    nodes = sorted(graph, key=str)
    for one, other in pairwise(nodes):
        if str(one) == str(other):
            raise InputError(f"two nodes are called {str(one)!r} as text: rename one before writing")
    return nodes


def _rows(graph: Any) -> Iterator[Mapping[str, Any]]:
    """Return the attributes of all edges, each edge of an undirected graph twice."""
    ends = (found for _, near in graph.adjacency() for found in near.values())
    return chain.from_iterable(found.values() for found in ends) if graph.is_multigraph() else ends


def _edges(graph: Any, names: Mapping[Any, str], attributes: Attributes) -> Iterator[str]:
    """Yield the elements of the edges, sorted, those of one node at a time."""
    near, number = dict(graph.adjacency()), 0
    many, directed = graph.is_multigraph(), graph.is_directed()
    by_text = None if all(isinstance(node, str) for node in names) else str
    for source, name in names.items():
        elements = []
        for target in sorted(near[source], key=by_text):
            if not directed and str(target) < str(source):
                continue
            found = near[source][target]
            for values in _by_kind(source, target, found) if many else (found,):
                elements.append(edge_element(number, name, names[target], values, attributes))
                number += 1
        yield "".join(elements)


def _by_kind(source: Any, target: Any, found: Mapping[Any, Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """Return the edges between two nodes, sorted by kind."""
    if len(found) == 1:
        return found.values()
    kinds = {str(values.get("kind", "edge")): values for values in found.values()}
    if len(kinds) < len(found):
        raise InputError(f"two edges of one kind from {source} to {target}: unite them before writing")
    return [kinds[kind] for kind in sorted(kinds)]


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
