"""The kinds of nodes and edges, read from ``miner/data/schema`` and validated at load."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from miner.errors import DataError
from miner.lexicon import read_yaml, role_codes

TYPES = ("string", "integer", "double", "boolean", "liststring")
TIMES = ("span", "days", "none")
_COLOR = re.compile("#[0-9a-f]{6}")
_NAME = re.compile("[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node: `label` by language, `attributes` name → (type, title)."""

    name: str
    label: dict[str, str]
    color: str
    description: str
    attributes: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A kind of edge: `source` and `target` list the kinds of nodes that it may join; `time` how it lies in time.

    `roles` are those of a post that are written as this kind.
    """

    name: str
    label: dict[str, str]
    color: str
    description: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    time: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """All kinds of nodes and edges, by name."""

    nodes: dict[str, NodeKind]
    edges: dict[str, EdgeKind]


@cache
def load_schema() -> Schema:
    """Read and check the packaged schema.

    Raises
    ------
    DataError
        A file breaks the format: names file, key and what is allowed.
    """
    return parse_schema(read_yaml("schema/nodes.yaml"), read_yaml("schema/edges.yaml"))


def parse_schema(nodes: Any, edges: Any) -> Schema:
    """Check the contents of ``nodes.yaml`` and ``edges.yaml`` and return them as a schema."""
    kinds = {name: _node(name, values) for name, values in _entries("nodes.yaml", nodes)}
    return Schema(kinds, {name: _edge(name, values, kinds) for name, values in _entries("edges.yaml", edges)})


def _entries(file: str, content: Any) -> list[tuple[str, dict[str, Any]]]:
    if not isinstance(content, dict) or not content:
        raise DataError(f"miner/data/schema/{file}: expected kinds by name")
    for name, values in content.items():
        if not _NAME.fullmatch(name) or not isinstance(values, dict):
            raise DataError(f"miner/data/schema/{file}, {name}: expected a lower-case name with keys below it")
    return list(content.items())


def _node(name: str, values: dict[str, Any]) -> NodeKind:
    where = f"nodes.yaml, {name}"
    _check_keys(where, values, {"label", "color", "description"}, {"attributes"})
    attributes = {key: _attribute(where, key, value) for key, value in values.get("attributes", {}).items()}
    return NodeKind(name, values["label"], values["color"], values["description"], attributes)


def _attribute(where: str, key: str, value: Any) -> tuple[str, str]:
    if not isinstance(value, dict) or value.get("type") not in TYPES or not value.get("title"):
        raise DataError(f"miner/data/schema/{where}.{key}: expected a title and a type of {', '.join(TYPES)}")
    return value["type"], value["title"]


def _edge(name: str, values: dict[str, Any], kinds: dict[str, NodeKind]) -> EdgeKind:
    where = f"edges.yaml, {name}"
    _check_keys(where, values, {"label", "color", "description", "source", "target", "time"}, {"roles"})
    for end in ("source", "target"):
        if not values[end] or not set(values[end]) <= set(kinds):
            raise DataError(f"miner/data/schema/{where}.{end}: {values[end]!r}; allowed are {', '.join(kinds)}")
    if values["time"] not in TIMES:
        raise DataError(f"miner/data/schema/{where}.time: {values['time']!r}; allowed are {', '.join(TIMES)}")
    unknown = set(values.get("roles", ())) - set(role_codes())
    if unknown:
        raise DataError(f"miner/data/schema/{where}.roles: {sorted(unknown)} are not in roles.csv")
    about = values["label"], values["color"], values["description"]
    ends = tuple(values["source"]), tuple(values["target"])
    return EdgeKind(name, *about, *ends, values["time"], tuple(values.get("roles", ())))


def _check_keys(where: str, values: dict[str, Any], needed: set[str], optional: set[str]) -> None:
    if not needed <= set(values) <= needed | optional:
        wrong = sorted(set(values) ^ needed)
        raise DataError(f"miner/data/schema/{where}: keys {wrong} are missing or unknown; needed {sorted(needed)}")
    if not _COLOR.fullmatch(values["color"]):
        raise DataError(f"miner/data/schema/{where}.color: {values['color']!r}; write it as '#2f6db3'")
    if not isinstance(values["label"], dict) or not values["label"].get("en"):
        raise DataError(f"miner/data/schema/{where}.label: expected labels by language, en at least")
