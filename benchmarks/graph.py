"""Writing a graph as GEXF: time and memory as ratios to `networkx.write_gexf` in the same run.

Usage: python benchmarks/graph.py [--nodes 100000] [--edges 500000] [--rounds 1]

Every writer has a process of its own, so that its memory can be told from the graph's: what is shown is how much the
process grew above the finished graph. Seconds are of the processor, so that other work on the machine counts little.
Both files hold the same nodes, edges, columns and intervals; networkx takes no lists, so it gets them as text, and the
columns that miner adds while it writes.
"""

import argparse
import multiprocessing
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

from miner.graph import write_gexf

KINDS = ("holds", "chairs", "cites", "issues", "attends")
DAYS = [f"{year}-{month:02d}-{day:02d}" for year in (2023, 2024, 2025) for month in range(1, 13) for day in (3, 11, 24)]


def make(nodes: int, edges: int) -> nx.MultiDiGraph:
    chance, graph = random.Random(7), nx.MultiDiGraph()
    for number in range(nodes):
        kind = ("official", "body", "directive")[number % 3]
        graph.add_node(
            f"{kind}:{number:06d}",
            kind=kind,
            label=f"Nguyễn Văn Mẫu {number}",
            explanation="place and post agree",
            n_articles=number % 90,
            degree=number % 40,
            share=number / nodes,
            known=number % 2 == 0,
        )
    names, made = list(graph), 0
    while made < edges:
        source, target, kind = chance.choice(names), chance.choice(names), chance.choice(KINDS)
        if not graph.has_edge(source, target, kind):
            made += 1
            days = sorted(chance.sample(DAYS, chance.randint(1, 3)))
            articles = [f"bao-mau-{chance.randrange(10**6)}" for _ in days]
            graph.add_edge(
                source,
                target,
                key=kind,
                kind=kind,
                label=kind,
                weight=len(days),
                roles=["chair"],
                languages=["fr", "vi"],
                evidence=[f"{article}:120-164:post_before_name" for article in articles],
                days=days,
                first_seen=days[0],
                last_seen=days[-1],
            )
    return graph


def for_networkx(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    for *_, values in graph.edges(data=True):
        days = values.pop("days")
        if values["kind"] != "issues":
            values["spells"] = (
                [(days[0], days[-1])] if values["kind"] == "holds" else list(zip(days, days, strict=True))
            )
        values |= {"n_evidence": len(values["evidence"]), "edge_type": values["kind"]}
        values |= {"start_year": int(values["first_seen"][:4]), "end_year": int(values["last_seen"][:4])}
        for name in ("roles", "languages", "evidence"):
            values[name] = "; ".join(values[name])
    return graph


def resident(name: str) -> int:
    """Return a line of the process's status in MB: VmRSS is what it holds, VmHWM the most that it held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) // 1024


def run(writer: str, nodes: int, edges: int, results: Any) -> None:
    graph = make(nodes, edges)
    write: Callable[[Any, str], Any] = write_gexf
    if writer == "networkx":
        graph, write = for_networkx(graph), nx.write_gexf
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.gexf"
        Path("/proc/self/clear_refs").write_text("5")  # the peak starts from here
        before, start = resident("VmRSS"), time.process_time()
        write(graph, str(path))
        seconds = time.process_time() - start
        results.put((seconds, max(resident("VmHWM") - before, 1), path.stat().st_size / 1e6))


def measure(writer: str, nodes: int, edges: int) -> tuple[float, float, float]:
    results = multiprocessing.Queue()
    process = multiprocessing.Process(target=run, args=(writer, nodes, edges, results))
    process.start()
    found = results.get()
    process.join()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    rounds = [[measure(w, options.nodes, options.edges) for w in ("miner", "networkx")] for _ in range(options.rounds)]
    ours, theirs = (
        [statistics.median(column) for column in zip(*found, strict=True)] for found in zip(*rounds, strict=True)
    )
    print(f"{options.nodes:,} nodes, {options.edges:,} edges, medians of {options.rounds} rounds")
    print(f"{'writer':10} {'seconds':>8} {'grown by':>9} {'file':>8}")
    for name, (seconds, grown, size) in (("miner", ours), ("networkx", theirs)):
        print(f"{name:10} {seconds:8.1f} {grown:6.0f} MB {size:5.0f} MB")
    print(f"1/{theirs[0] / ours[0]:.1f} of the time, 1/{theirs[1] / ours[1]:.0f} of the memory")


if __name__ == "__main__":
    main()
