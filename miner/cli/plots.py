"""The command that plots a corpus for a paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

    from miner.corpus import Corpus

_EPILOG = """\b
Example:
  miner plot targets out --out targets.svg
  miner plot timeline out --directive 57-NQ/TW --labels vi --out timeline.pdf
  miner plot provinces out --as-of 2025-07-01 --top 10 --out provinces.png
  miner plot targets out --as-of 2025-07-01 --province "Phú Thọ" --out targets.png
  miner plot careers out --province "Tây Ninh" --out careers.svg
"""
#: The options that only some kinds take.
_TAKES = {
    "timeline": {"directive", "as_of"},
    "targets": {"province", "as_of", "top"},
    "network": {"view", "directive", "province", "as_of", "top"},
    "provinces": {"directive", "province", "as_of", "top"},
    "careers": {"official", "province", "as_of", "top"},
}


@click.command(epilog=_EPILOG)
@click.argument("kind", type=click.Choice(list(_TAKES)))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Ends in .png, .svg or .pdf."
)
@click.option("--directive", help="Id or symbol, such as 57-NQ/TW; for a timeline by default the most cited one.")
@click.option("--province", help="Only what concerns this province.")
@click.option("--official", help="The one official of careers.")
@click.option("--as-of", help="Show provinces merged before this day as their successors.")
@click.option(
    "--view", help="The view of a network: officials, directives, provinces or careers; else the whole graph."
)
@click.option("--top", type=click.IntRange(min=1), help="How many targets, nodes, directives or officials to show.")
@click.option("--labels", default="en", show_default=True, help="The language of title and labels: en, fr or vi.")
def plot(kind: str, folder: Path, out: Path, labels: str, **options: Any) -> None:
    """Plot a corpus as PNG, SVG or PDF, for a paper.

    \b
    KIND is one of
      timeline   a directive: issued, named, met about, results, deadlines
      targets    targets against results, with the gap
      network    the nodes with most edges, and communities
      provinces  which province carries out which directive
      careers    the posts of officials over time
    """
    from miner.corpus import open_corpus
    from miner.corpus.disk import explained
    from miner.explore import check_picture, save_plot

    given = {name: value for name, value in options.items() if value is not None}
    for name in sorted(given.keys() - _TAKES[kind]):
        taken = ", ".join(f"--{option.replace('_', '-')}" for option in sorted(_TAKES[kind]))
        raise click.UsageError(f"--{name.replace('_', '-')} is not for {kind}; it takes {taken}")
    check_picture(out)
    if "province" in given:
        given["place"] = given.pop("province")
    axes = _KINDS[kind](open_corpus(folder), labels, given)
    with explained(out):
        save_plot(axes, out)
    click.echo(out)


def _timeline(corpus: Corpus, language: str, given: dict[str, Any]) -> Any:
    from miner.explore import plot_timeline

    day = given.pop("as_of", None)
    return plot_timeline(corpus.graph(as_of=day), _as_of(corpus.figures, day), language=language, **given)


def _targets(corpus: Corpus, language: str, given: dict[str, Any]) -> Any:
    from miner.explore import plot_targets

    ledger = _as_of(corpus.ledger, given.pop("as_of", None), given)
    return plot_targets(ledger, corpus.articles, language=language, **given)


def _network(corpus: Corpus, language: str, given: dict[str, Any]) -> Any:
    from miner.explore import plot_network

    return plot_network(corpus.graph(**_of_graph(given)), language=language, **_top(given))


def _provinces(corpus: Corpus, language: str, given: dict[str, Any]) -> Any:
    from miner.explore import plot_provinces

    return plot_provinces(corpus.graph("provinces", **_of_graph(given)), language=language, **_top(given))


def _careers(corpus: Corpus, language: str, given: dict[str, Any]) -> Any:
    from miner.explore import plot_careers

    positions = _as_of(corpus.positions, given.pop("as_of", None), given)
    return plot_careers(corpus.entities, positions, corpus.articles, language=language, **given)


def _as_of(frame: pd.DataFrame, day: str | None, given: dict[str, Any] | None = None) -> pd.DataFrame:
    """Return a table whose provinces that were merged before a day are their successors; so is the one asked for."""
    from miner.graph.select import check_day
    from miner.lexicon import province_on

    check_day("as_of", day)
    if day is None:
        return frame
    if given and "place" in given:
        given["place"] = province_on(given["place"], day)
    return frame.assign(
        place=frame["place"].map(lambda name: province_on(name, day) if isinstance(name, str) else None)
    )


def _of_graph(given: dict[str, Any]) -> dict[str, Any]:
    """Return the options that choose what the graph holds, not how much of it is shown."""
    return {name: value for name, value in given.items() if name != "top"}


def _top(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name == "top"}


_KINDS: dict[str, Callable[[Corpus, str, dict[str, Any]], Any]] = {
    "timeline": _timeline,
    "targets": _targets,
    "network": _network,
    "provinces": _provinces,
    "careers": _careers,
}
