"""The graph in the form that a file's ending names: GEXF, GraphML, CSV, Parquet, FollowTheMoney, SQLite."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from miner.errors import InputError
from miner.graph.gexf import write_document
from miner.graph.tables import write_edges, write_nodes
from miner.graph.values import clean, columns
from miner.lexicon import read_yaml

Row = dict[str, Any]
_NUMBERS = {"integer": "INTEGER", "long": "INTEGER", "boolean": "INTEGER", "double": "REAL"}


def write_graph(graph: Any, path: str | Path) -> list[Path]:
    """Write a graph in the form that the ending of `path` names; return the files.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        A graph as `build_graph` makes it, or a view of it.
    path : str or Path
        Ends in one of `FORMATS`. Tables are two files: ``x.csv`` becomes ``x.nodes.csv`` and ``x.edges.csv``.

    Raises
    ------
    InputError
        The ending is none of `FORMATS`.
    """
    path = Path(path)
    ending = check_ending(path)
    if ending in (".csv", ".parquet"):
        stem = path.name[: -len(ending)]
        paths = [path.with_name(f"{stem}.{part}{ending}") for part in ("nodes", "edges")]
    else:
        paths = [path]
    partial = [one.with_name(f"{one.name}.part") for one in paths]
    FORMATS[ending](graph, *partial)
    for source, target in zip(partial, paths, strict=True):
        os.replace(source, target)
    return paths


def check_ending(path: Path) -> str:
    """Return which of `FORMATS` a path ends in, or raise an InputError."""
    ending = next((ending for ending in FORMATS if path.name.lower().endswith(ending)), None)
    if not ending:
        raise InputError(f"{path}: the ending tells the form of a graph; allowed are {', '.join(FORMATS)}")
    return ending


def _rows(graph: Any) -> tuple[list[Row], list[Row]]:
    """Return nodes and edges as flat rows, sorted, texts without the characters that XML forbids."""
    nodes = [{"id": node, **_plain(graph.nodes[node])} for node in sorted(graph)]
    edges = sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[1], edge[2]["kind"]))
    return nodes, [{"source": source, "target": target, **_plain(values)} for source, target, values in edges]


def _plain(values: Mapping[str, Any]) -> Row:
    texts = {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
    return {name: [clean(str(item)) for item in v] if isinstance(v, (list, tuple)) else v for name, v in texts.items()}


def _flat(row: Row) -> Row:
    return {k: "; ".join(v) if isinstance(v, list) else v for k, v in row.items() if v is not None}


def _graphml(graph: Any, path: Path) -> None:
    plain = nx.MultiDiGraph()
    nodes, edges = _rows(graph)
    for row in map(_flat, nodes):
        plain.add_node(row.pop("id"), **row)
    for number, row in enumerate(map(_flat, edges)):
        plain.add_edge(row.pop("source"), row.pop("target"), key=f"e{number}", **row)
    nx.write_graphml(plain, path, encoding="utf-8", infer_numeric_types=True)


def _csv(graph: Any, nodes: Path, edges: Path) -> None:
    write_nodes(graph, nodes)
    write_edges(graph, edges)


def _parquet(graph: Any, nodes: Path, edges: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"integer": pa.int64(), "long": pa.int64(), "double": pa.float64(), "boolean": pa.bool_()}
    types |= {"liststring": pa.list_(pa.string()), "string": pa.string()}
    for rows, path in zip(_rows(graph), (nodes, edges), strict=True):
        found = columns(rows, frozenset(), {})
        fields = [pa.field(column.name, types[column.type]) for column in found]
        pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema(fields)), path)


def _sqlite(graph: Any, path: Path) -> None:
    """Write tables `nodes` and `edges`, each with a full-text index (FTS5) that folds accents."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        with connection:
            for table, rows, searched in zip(("nodes", "edges"), _rows(graph), _SEARCHED, strict=True):
                _fill(connection, table, rows, searched)
    finally:
        connection.close()


_SEARCHED = (("label", "names", "posts", "explanation"), ("label", "roles"))


def _fill(connection: sqlite3.Connection, table: str, rows: list[Row], searched: tuple[str, ...]) -> None:
    found = {column.name: column.type for column in columns(rows, frozenset(), {})}
    found |= {name: "string" for name in ("id", *searched) if name not in found and (table == "nodes" or name != "id")}
    names = [name for name in found if name != "id"]
    quoted = ", ".join(f'"{name}" {_NUMBERS.get(found[name], "TEXT")}' for name in names)
    key = "id TEXT PRIMARY KEY, " if table == "nodes" else "id INTEGER PRIMARY KEY, "
    links = ", FOREIGN KEY (source) REFERENCES nodes (id), FOREIGN KEY (target) REFERENCES nodes (id)"
    connection.execute(f"CREATE TABLE {table} ({key}{quoted}{links if table == 'edges' else ''})")
    marks = ", ".join("?" for _ in range(len(names) + 1))
    keyed = [{"id": number, **row} for number, row in enumerate(rows, 1)] if table == "edges" else rows
    values = ([_cell(row.get(name)) for name in ("id", *names)] for row in keyed)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608 - own table names
    fields = ", ".join(searched)
    options = f"content='{table}', tokenize='unicode61 remove_diacritics 2'"
    connection.execute(f"CREATE VIRTUAL TABLE {table}_fts USING fts5({fields}, {options})")
    connection.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")  # noqa: S608 - own table names


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _ftm(graph: Any, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for entity in _ftm_entities(graph):
            file.write(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n")


def _ftm_entities(graph: Any) -> Iterator[Row]:
    """Yield nodes, then edges, as entities of FollowTheMoney, by ``miner/data/schema/ftm.yaml``."""
    rules = read_yaml("schema/ftm.yaml")
    nodes, edges = _rows(graph)
    for row in nodes:
        rule = rules["nodes"][row["kind"]]
        yield _entity(row["id"], rule["schema"], {ftm: row.get(own) for ftm, own in rule["properties"].items()})
    for row in edges:
        rule = rules["edges"].get(row["kind"], rules["edges"]["other"])
        named = {ftm: row.get(own) for ftm, own in rule["properties"].items()}
        yield _entity("--".join((row["source"], row["kind"], row["target"])), rule["schema"], named)


def _entity(name: str, schema: str, values: Row) -> Row:
    lists = {key: value if isinstance(value, list) else [str(value)] for key, value in values.items() if value}
    return {"id": name, "schema": schema, "properties": {key: sorted(set(found)) for key, found in lists.items()}}


#: The endings of files and what writes them.
FORMATS: dict[str, Callable[..., Any]] = {
    ".gexf": write_document,
    ".graphml": _graphml,
    ".csv": _csv,
    ".parquet": _parquet,
    ".ftm.json": _ftm,
    ".sqlite": _sqlite,
}
