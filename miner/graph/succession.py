"""Provinces that were merged or renamed: who succeeded whom, and places and bodies as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import networkx as nx

from miner.graph.schema import Schema
from miner.lexicon import Province, body_codes, provinces, read_table
from miner.records import Entity
from miner.text import fold

#: How an article calls an entity: its kind, the article, the name.
Member = tuple[str, str, str]


def merged_into(unit: Province) -> str:
    """Return the name of the unit's successor, without what the table says about it."""
    return unit.merged_into.partition(" (")[0]


@cache
def _successions() -> dict[str, Province]:
    """Return the units that live on under another name, by their name in ids."""
    return {province_slug(u.name): u for u in provinces() if u.merged_into and merged_into(u) != u.name}


def validity(name: str) -> dict[str, str]:
    """Return from when to when there was a province of a name, and what it was merged into; what is open is left out.

    A province that took in others keeps its name, so that its units before and after are one.
    """
    units = [unit for unit in provinces() if fold(unit.name) == fold(name)]
    if not units:
        return {}
    last = max(units, key=lambda unit: unit.valid_from)
    found = {"valid_from": min(unit.valid_from for unit in units), "valid_to": last.valid_to}
    gone = province_slug(name) in _successions()
    return {key: day for key, day in {**found, "merged_into": merged_into(last) if gone else ""}.items() if day}


def add_successions(graph: nx.MultiDiGraph, schema: Schema) -> None:
    """Join each merged province to its successor, where both are in the graph."""
    places = {province_slug(v["label"]): node for node, v in graph.nodes(data=True) if v["kind"] == "place"}
    edge = schema.edges["succeeded_by"]
    for name, unit in sorted(_successions().items()):
        source, target = places.get(name), places.get(province_slug(merged_into(unit)))
        if source and target:
            shown = {"kind": edge.name, "label": edge.label["en"], "color": edge.color}
            proof = {"weight": 1, "roles": [], "evidence": [f"provinces.csv:{unit.id}"], "languages": [], "days": []}
            graph.add_edge(source, target, key=edge.name, **shown, **proof, first_seen=None, last_seen=None)


def as_of(entities: Iterable[Entity], day: str) -> tuple[list[Entity], dict[Member, str]]:
    """Unite provinces that were gone on `day`, and their bodies, with their successors.

    Parameters
    ----------
    entities : iterable of Entity
        What linking found; its ids name the province of a body: ``body:CODE@bac-kan``.
    day : str
        An ISO date: as of 2025-07-01 Bắc Kạn and its bodies are those of Thái Nguyên. Bodies of districts have no
        successor, since districts ended on the same day (``miner/data/levels.csv``); documents stay what they were.

    Returns
    -------
    list of Entity
        Sorted by id. What was united keeps its former names beside the successor's; the explanation says so.
    dict of (kind, article, name) to str
        The former province of each member that was moved.
    """
    groups: dict[str, list[Entity]] = defaultdict(list)
    former: dict[Member, str] = {}
    for entity in entities:
        old, new = _moved(entity, day)
        moved = _rename(entity, old, new, day) if new else entity
        former |= {(entity.kind, article, name): old for article, name in entity.members if new}
        groups[moved.id].append(moved)
    return [_united(groups[name]) for name in sorted(groups)], former


def _moved(entity: Entity, day: str) -> tuple[str, str]:
    """Return the province of a place or body, and its last successor before `day`, empty if it has none."""
    slug = entity.id.partition(":" if entity.kind == "place" else "@")[2]
    unit = _successions().get(slug) if entity.kind in ("place", "body") else None
    if entity.kind == "body":
        day = min(day, _level_ends()[level_of_body(entity.id)] or day)
    old, new = (unit.name if unit else ""), ""
    while unit and unit.valid_to < day:
        new = merged_into(unit)
        unit = _successions().get(province_slug(new))
    return old, new


@cache
def _level_ends() -> dict[str, str]:
    """Return by level the last day on which its bodies existed, empty where they do."""
    return {row["level"]: row["valid_to"] for row in read_table("levels.csv", ("level", "valid_to"))}


def level_of_body(entity_id: str) -> str:
    """Return the level of a body's code."""
    return body_codes().get(body_code(entity_id), "any")


def body_code(entity_id: str) -> str:
    """Return the code in a body's id."""
    return entity_id.removeprefix("body:").split("@")[0].split("#")[0]


def province_slug(name: str) -> str:
    """Return a province's name as it stands in ids."""
    return fold(name).replace(" ", "-")


def _rename(entity: Entity, old: str, new: str, day: str) -> Entity:
    """Return an entity under the name of the successor; its own names stay among the others."""
    stem = entity.id.removesuffix(province_slug(old))
    names = {*entity.names, *(name.replace(old, new) for name in entity.names)}
    return replace(
        entity,
        id=f"{stem}{province_slug(new)}",
        name=entity.name.replace(old, new),
        names=tuple(sorted(names)),
        explanation=f"{entity.explanation}; as of {day} it stands for what was {entity.name}",
    )


def _united(group: list[Entity]) -> Entity:
    """Return one entity of those that share an id."""
    first = group[0]
    if len(group) == 1:
        return first
    parts = dict.fromkeys(part for entity in group for part in entity.explanation.split("; "))
    return replace(
        first,
        names=tuple(sorted({name for entity in group for name in entity.names})),
        members=tuple(sorted({member for entity in group for member in entity.members})),
        explanation="; ".join(parts),
    )


def independent_of(graph: nx.MultiDiGraph, evidence: Iterable[str]) -> list[str]:
    """Return the events of the articles that evidence names: editions of one event count once."""
    events = graph.graph.get("event_of", {})
    articles = {proof.rsplit(":", 2)[0] for proof in evidence}
    return sorted({events.get(article, article) for article in articles})


def seen(days: Iterable[str]) -> dict[str, str | None]:
    """Return the first and the last of some days, under the names that nodes and edges carry."""
    known = [day for day in days if day]
    return {"first_seen": min(known, default=None), "last_seen": max(known, default=None)}


def in_order(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return the graph with nodes and edges sorted, so that what is computed from it does not hang on their order."""
    ordered = nx.MultiDiGraph()
    ordered.graph |= graph.graph
    ordered.add_nodes_from((node, dict(graph.nodes[node])) for node in sorted(graph))
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    ordered.add_edges_from((source, target, kind, dict(values)) for source, target, kind, values in edges)
    return ordered
