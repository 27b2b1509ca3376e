"""Views of the graph, one call each: ways through events and bodies become edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

import networkx as nx

from miner.errors import InputError
from miner.graph.schema import load_schema
from miner.graph.succession import in_order, independent_of, seen
from miner.text import fold

_COUNTRY = "vietnam"
_PARTS = ("chairs", "attends", "speaks_at")
#: How far a step of a cascade lies from the next, and two nodes of one step from one another.
_STEP, _ROW = 400.0, 60.0

Way = tuple[str, str, list[Mapping[str, Any]], str]


def view(graph: nx.MultiDiGraph, name: str, directive: str | None = None) -> nx.MultiDiGraph:
    """Return one of `VIEWS` of a graph that `build_graph` made, without measures.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The whole graph.
    name : str
        ``officials``: who meets whom, by shared events. ``directives``: officials × directives. ``provinces``:
        provinces × directives. ``cascade``: one directive from its issuer to the provinces. ``careers``: moves
        between bodies.
    directive : str, optional
        Id or symbol of the directive that ``cascade`` follows.

    Returns
    -------
    networkx.MultiDiGraph
        The weight of an edge counts its independent events (for `moves_to` officials); evidence, languages and days
        are those of the edges that it stands for.

    Raises
    ------
    InputError
        No such view, or no such directive.
    """
    if name not in VIEWS:
        raise InputError(f"view {name!r}: no such view; there are {', '.join(VIEWS)}")
    if name == "cascade":
        return _cascade(graph, directive)
    kind, ways = VIEWS[name]
    found = nx.MultiDiGraph()
    found.graph |= graph.graph
    grouped: dict[tuple[str, str], list[Way]] = defaultdict(list)
    for way in ways(graph):
        grouped[way[0], way[1]].append(way)
    _join(found, graph, grouped, kind)
    return in_order(found)


def find_directive(graph: nx.MultiDiGraph, name: str | None) -> str:
    """Return the node of a directive, given its id or its symbol in any spelling."""
    nodes = {node: v for node, v in graph.nodes(data=True) if v["kind"] == "directive"}
    if name in nodes:
        return str(name)
    fitting = sorted(node for node, v in nodes.items() if fold(name or "") in map(fold, (v["label"], *v["names"])))
    if len(fitting) == 1:
        return str(fitting[0])
    known = fitting or sorted(nodes, key=lambda node: (-nodes[node]["n_articles"], node))[:5]
    raise InputError(
        f"directive {name!r}: {len(fitting) or 'none'} fits; give the id of one, such as {', '.join(known)}"
    )


def _join(
    found: nx.MultiDiGraph, graph: nx.MultiDiGraph, grouped: Mapping[tuple[str, str], list[Way]], kind: str
) -> None:
    edge = load_schema().edges[kind]
    for (source, target), ways in sorted(grouped.items()):
        parts = [part for way in ways for part in way[2]]
        days = sorted({day for part in parts for day in part["days"]})
        values = {
            **{"kind": kind, "label": edge.label["en"], "color": edge.color, "days": days},
            "weight": len({way[3] for way in ways}),
            "evidence": sorted({proof for part in parts for proof in part["evidence"]}),
            "languages": sorted({language for part in parts for language in part["languages"]}),
            "roles": sorted({graph.nodes[way[3]]["label"] for way in ways}) if kind == "moves_to" else [],
        }
        for end in (source, target):
            found.add_node(end, **graph.nodes[end])
        found.add_edge(source, target, key=kind, **values, **seen(days))


def _edges(graph: nx.MultiDiGraph, *kinds: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for source, target, kind, values in graph.edges(keys=True, data=True):
        if kind in kinds:
            yield source, target, values


def _by_target(edges: Iterable[tuple[str, str, Mapping[str, Any]]]) -> dict[str, dict[str, list[Mapping[str, Any]]]]:
    found: dict[str, dict[str, list[Mapping[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for source, target, values in edges:
        found[target][source].append(values)
    return found


def _meetings(graph: nx.MultiDiGraph) -> Iterator[Way]:
    for event, people in sorted(_by_target(_edges(graph, *_PARTS)).items()):
        for a, b in combinations(sorted(people), 2):
            yield a, b, [*people[a], *people[b]], event


def _dealings(graph: nx.MultiDiGraph) -> Iterator[Way]:
    people = _by_target(_edges(graph, *_PARTS))
    for source, directive, values in _edges(graph, "cites"):
        if graph.nodes[source]["kind"] == "official":
            yield from ((source, directive, [values], one) for one in independent_of(graph, values["evidence"]))
        else:
            yield from ((who, directive, [*parts, values], source) for who, parts in sorted(people[source].items()))


def _provincial(graph: nx.MultiDiGraph) -> Iterator[Way]:
    provinces = {node for node, v in graph.nodes(data=True) if v["kind"] == "place" and fold(v["label"]) != _COUNTRY}
    at: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for source, place, values in _edges(graph, "located_in"):
        if place in provinces:
            at[source][place] = values
    for source, directive, values in _edges(graph, "implements"):
        for place in [source] if source in provinces else sorted(at[source]):
            yield from ((place, directive, [values], one) for one in independent_of(graph, values["evidence"]))
    for event, directive, values in _edges(graph, "cites"):
        if graph.nodes[event]["kind"] == "event":
            yield from ((place, directive, [values, there], event) for place, there in sorted(at[event].items()))


def _moves(graph: nx.MultiDiGraph) -> Iterator[Way]:
    posts: dict[str, list[tuple[bool, str, str, str, Mapping[str, Any]]]] = defaultdict(list)
    for person, body, values in _edges(graph, "holds"):
        past = bool(values["roles"]) and all(role.startswith("former ") for role in values["roles"])
        posts[person].append((not past, values["first_seen"] or "", values["last_seen"] or "", body, values))
    for person, held in sorted(posts.items()):
        held.sort(key=lambda post: post[:4])
        after = {(a[3], b[3]): (a, b) for a in held for b in held if _precedes(a, b)}
        for (a, b), (first, second) in sorted(after.items()):
            if not any((a, c[3]) in after and (c[3], b) in after for c in held):
                yield a, b, [first[4], second[4]], person


def _precedes(a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    """Tell whether a post is over when the other begins: it is called former, or was last told before."""
    if a[3] == b[3]:
        return False
    return bool(a[0] < b[0] or (a[0] == b[0] and a[2] and a[2] < b[1]))


def _cascade(graph: nx.MultiDiGraph, name: str | None) -> nx.MultiDiGraph:
    root = find_directive(graph, name)
    issuers = {source for source, target, _ in _edges(graph, "issues") if target == root}
    grouped: dict[tuple[str, str], list[Way]] = defaultdict(list)
    for way in _provincial(graph):
        if way[1] == root:
            grouped[way[0], way[1]].append(way)
    citing = {source for source, target, _ in _edges(graph, "cites", "implements") if target == root}
    steps = dict.fromkeys(issuers, 0) | {root: 1}
    for node in sorted(citing - set(steps)):
        steps[node] = 2 if graph.nodes[node]["kind"] != "event" else 3
    steps |= dict.fromkeys((place for place, _ in grouped), 4)
    found = nx.MultiDiGraph()
    found.graph |= graph.graph
    found.add_nodes_from((node, dict(graph.nodes[node])) for node in sorted(steps))
    for source, target, kind, values in graph.edges(keys=True, data=True):
        if source in steps and target in steps and (target == root or kind in (*_PARTS, "located_in", "instructs")):
            found.add_edge(source, target, key=kind, **values)
    _join(found, graph, grouped, "takes_up")
    for node, values in found.nodes(data=True):
        values["step"] = steps[node]
    return in_order(found)


def place_steps(graph: nx.MultiDiGraph) -> None:
    """Lay a cascade out from left to right, each step from the first seen at the top to the last."""
    rows: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for node, values in graph.nodes(data=True):
        rows[values["step"]].append((values["first_seen"] or "9999", node))
    for step, nodes in rows.items():
        for number, (_, node) in enumerate(sorted(nodes)):
            values = graph.nodes[node]
            values["x"], values["y"] = step * _STEP, ((len(nodes) - 1) / 2 - number) * _ROW


#: The views by name: the kind of their edges and what finds the ways that they stand for.
VIEWS: dict[str, tuple[str, Callable[[nx.MultiDiGraph], Iterator[Way]]]] = {
    "officials": ("meets", _meetings),
    "directives": ("deals_with", _dealings),
    "provinces": ("takes_up", _provincial),
    "cascade": ("takes_up", _provincial),
    "careers": ("moves_to", _moves),
}
