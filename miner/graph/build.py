"""Entities and relations → the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import networkx as nx

from miner.dates import day_of
from miner.errors import DataError
from miner.graph.layout import place_nodes
from miner.graph.measures import measure
from miner.graph.relations import Names, Relation, independent, relations
from miner.graph.schema import EdgeKind, NodeKind, Schema, load_schema
from miner.graph.succession import Member, add_successions, body_code, level_of_body, seen, validity
from miner.graph.targets import Targets
from miner.records import Article, Entity, Facts

Triple = tuple[str, str, str]


def build_graph(
    articles: Iterable[Article],
    facts: Iterable[Facts],
    entities: Iterable[Entity],
    *,
    ledger: Iterable[Mapping[str, Any]] = (),
    with_articles: bool = False,
) -> nx.MultiDiGraph:
    """Build the graph of officials, bodies, places, directives, targets and events.

    Parameters
    ----------
    articles : iterable of Article
        The articles, for their dates and languages.
    facts : iterable of Facts
        The facts of each article.
    entities : iterable of Entity
        What `miner.link.link` made of them; the graph takes its ids and decides nothing itself.
    ledger : iterable of mapping, optional
        The rows of the ledger (`miner.ledger`), for the results of targets.
    with_articles : bool, optional
        Whether articles are nodes too.

    Returns
    -------
    networkx.MultiDiGraph
        One edge for each source, target and kind (its key). Nodes carry ``kind label names explanation first_seen
        last_seen n_articles color x y``, the measures of `miner.graph.measures.measure`, and what
        `miner/data/schema/nodes.yaml` names; edges ``kind label weight roles evidence languages first_seen last_seen
        days color``. ``weight`` is the number of independent articles (editions of one article count once),
        ``evidence`` lists ``article:start-end:rule``. ``graph.graph`` holds the kinds with their colours, the event of
        each article, and under ``unlinked`` what facts name without an entity.
        Nodes and edges are sorted, so that the same input gives the same graph in any order.
    """
    graph = assemble(articles, facts, entities, ledger=ledger, with_articles=with_articles)
    finish(graph)
    return graph


def assemble(
    articles: Iterable[Article],
    facts: Iterable[Facts],
    entities: Iterable[Entity],
    *,
    ledger: Iterable[Mapping[str, Any]] = (),
    with_articles: bool = False,
    former: Mapping[Member, str] | None = None,
) -> nx.MultiDiGraph:
    """Build the graph as `build_graph` does, but without measures and positions; `former` is that of `as_of`."""
    known = {article.id: article for article in articles}
    ordered = sorted(facts, key=lambda one: one.article)
    things = sorted(entities, key=lambda entity: entity.id)
    names, schema, events = Names(things, former), load_schema(), independent(things)
    targets = Targets(ordered, events)
    found: dict[Triple, list[Relation]] = defaultdict(list)
    for relation in _relations(ordered, names, targets, ledger, known if with_articles else {}):
        found[relation.source, relation.target, relation.kind].append(relation)
    graph = nx.MultiDiGraph()
    _add_nodes(graph, things, {end for triple in found for end in triple[:2]}, known, schema)
    _add_former(graph, things, former or {})
    _add_own_nodes(graph, targets, known if with_articles else {}, known, schema)
    _add_edges(graph, found, known, events, schema)
    add_successions(graph, schema)
    _describe(graph, ordered, names)
    graph.graph |= _about(known, names, events)
    return graph


def finish(graph: nx.MultiDiGraph) -> None:
    """Describe a whole graph: its kinds, the measures of its nodes and their places."""
    schema = load_schema()
    nodes = {values["kind"] for _, values in graph.nodes(data=True)}
    edges = {kind for _, _, kind in graph.edges(keys=True)}
    graph.graph |= {"node_kinds": _shown(schema.nodes, nodes), "edge_kinds": _shown(schema.edges, edges)}
    measure(graph)
    place_nodes(graph)


def _shown(kinds: Mapping[str, NodeKind] | Mapping[str, EdgeKind], used: set[str]) -> dict[str, dict[str, Any]]:
    return {name: {"label": kind.label, "color": kind.color} for name, kind in kinds.items() if name in used}


def _relations(
    facts: list[Facts],
    names: Names,
    targets: Targets,
    ledger: Iterable[Mapping[str, Any]],
    articles: Mapping[str, Article],
) -> Iterator[Relation]:
    post_kinds = {role: edge.name for edge in load_schema().edges.values() for role in edge.roles}
    for one in facts:
        yield from relations(one, names, post_kinds)
        yield from targets.relations(one, names)
    yield from targets.answers(ledger, names)
    for article in sorted(articles):
        event = names.peek("event", article, "event")
        if event:
            yield Relation(f"article:{article}", event, "reports", article, f"{article}:0-0:article")


def _add_own_nodes(
    graph: nx.MultiDiGraph,
    targets: Targets,
    shown: Mapping[str, Article],
    articles: Mapping[str, Article],
    schema: Schema,
) -> None:
    """Add what is no entity: targets, and the articles that are to be shown."""
    for name, values in sorted(targets.nodes.items()):
        told = sorted(targets.articles[name])
        own = {"color": schema.nodes["target"].color, "n_articles": len(told), **values}
        graph.add_node(name, kind="target", **own, **seen([day_of(articles.get(article)) for article in told]))
    for name, article in sorted(shown.items()):
        own = {"label": article.title or name, "color": schema.nodes["article"].color, "n_articles": 1}
        about = {"language": article.language, "published": article.published, "url": article.url}
        graph.add_node(f"article:{name}", kind="article", **own, **about, **seen([day_of(article)]))


def _add_nodes(
    graph: nx.MultiDiGraph, entities: list[Entity], used: set[str], articles: Mapping[str, Article], schema: Schema
) -> None:
    for entity in entities:
        if entity.kind == "event" and entity.id not in used:
            continue
        if entity.kind not in schema.nodes:
            raise DataError(f"entity {entity.id}: kind {entity.kind!r} is not in schema/nodes.yaml")
        found = sorted({article for article, _ in entity.members})
        graph.add_node(
            entity.id,
            kind=entity.kind,
            label=entity.name,
            names=list(entity.names),
            explanation=entity.explanation,
            color=schema.nodes[entity.kind].color,
            n_articles=len(found),
            **seen([day_of(articles.get(article)) for article in found]),
            **({"articles": found} if entity.kind == "event" else {}),
        )


def _add_former(graph: nx.MultiDiGraph, entities: list[Entity], former: Mapping[Member, str]) -> None:
    """Name the merged provinces for which a node stands."""
    for entity in entities:
        found = {was for member in entity.members if (was := former.get((entity.kind, *member)))}
        if found:
            graph.nodes[entity.id]["stands_for"] = sorted(found)


def _add_edges(
    graph: nx.MultiDiGraph,
    found: Mapping[Triple, list[Relation]],
    articles: Mapping[str, Article],
    events: Mapping[str, str],
    schema: Schema,
) -> None:
    for (source, target, kind), group in sorted(found.items()):
        edge = schema.edges[kind]
        ends = graph.nodes[source]["kind"], graph.nodes[target]["kind"]
        if ends[0] not in edge.source or ends[1] not in edge.target:
            raise DataError(f"edge {kind} from {ends[0]} to {ends[1]}: not allowed by schema/edges.yaml")
        days = [day_of(articles.get(relation.article)) for relation in group]
        roles = sorted({relation.role for relation in group if relation.role})
        graph.add_edge(
            source,
            target,
            key=kind,
            kind=kind,
            label=edge.label["en"] + (f": {', '.join(roles)}" if roles else ""),
            weight=len({events.get(relation.article, relation.article) for relation in group}),
            roles=roles,
            evidence=sorted({relation.evidence for relation in group}),
            languages=sorted({_language(articles.get(relation.article)) for relation in group}),
            days=sorted({day for day in days if day}),
            color=edge.color,
            **seen(days),
        )


def _language(article: Article | None) -> str:
    return (article.language if article else None) or "und"


def _describe(graph: nx.MultiDiGraph, facts: list[Facts], names: Names) -> None:
    """Give each node what the schema names for its kind."""
    lists: dict[tuple[str, str], set[str]] = defaultdict(set)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for one in facts:
        for p in one.positions:
            words = [p.modifier or "", p.role, p.body or "", p.place or ""]
            lists[names.find("official", p.article, p.person) or "", "posts"].add(", ".join(w for w in words if w))
        for d in one.directives:
            directive = names.find("directive", d.article, d.id) or ""
            lists[directive, "document_type"].add(d.type)
            lists[directive, "issued"].update({d.issued} if d.issued else ())
            lists[directive, "level"].update({d.level} if d.level else ())
        for f in one.figures:
            if f.kind in {"target", "result"} and f.place:
                counts[names.find("place", f.article, f.place) or "", f"{f.kind}s"] += 1
    for (node, key), values in lists.items():
        if node in graph and values:
            graph.nodes[node][key] = sorted(values) if key == "posts" else ", ".join(sorted(values))
    for (node, key), number in counts.items():
        if node in graph:
            graph.nodes[node][key] = number
    _describe_places_and_bodies(graph)


def _describe_places_and_bodies(graph: nx.MultiDiGraph) -> None:
    for node, values in graph.nodes(data=True):
        if values["kind"] == "place":
            values |= validity(values["label"])
        if values["kind"] == "body":
            values |= {"code": body_code(node), "level": level_of_body(node)}


def _about(articles: Mapping[str, Article], names: Names, events: Mapping[str, str]) -> dict[str, Any]:
    days = [day for day in (day_of(article) for article in articles.values()) if day]
    first, last = min(days, default=None), max(days, default=None)
    found = {"articles": len(articles), "undated": len(articles) - len(days), "first_seen": first, "last_seen": last}
    return {**found, "event_of": dict(events), "unlinked": sorted(names.missing)}
