"""Commands that collect from the web: crawl, add."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from miner.cli.corpora import run_and_show
from miner.cli.show import echo_failures

if TYPE_CHECKING:
    from miner.collect import CrawlReport

_INTO = click.option(
    "--into", required=True, type=click.Path(path_type=Path), help="The corpus folder; made if missing."
)
_LOOPBACK = click.option("--allow-loopback", is_flag=True, help="Also fetch from this machine (for tests).")
_DELAY = click.option(
    "--delay",
    default=1.0,
    show_default=True,
    type=click.FloatRange(min=0),
    help="Least seconds between two requests to a host.",
)


@click.command(epilog="Example:  miner crawl baonghean.vn --into out --pages 50")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_INTO
@click.option("--since", metavar="DATE", help="Leave out what is dated before this ISO date.")
@click.option("--pages", default=1000, show_default=True, type=click.IntRange(min=1), help="Pages to archive at most.")
@click.option("--seconds", default=3600, show_default=True, type=click.IntRange(min=1), help="Time to take at most.")
@click.option("--depth", default=1, show_default=True, type=click.IntRange(min=0), help="Links to follow from a start.")
@_DELAY
@_LOOPBACK
def crawl(
    sources: Sequence[str],
    into: Path,
    since: str | None,
    pages: int,
    seconds: int,
    depth: int,
    delay: float,
    allow_loopback: bool,
) -> None:
    """Fetch articles into the archive of a corpus; what is in it is not fetched again.

    SOURCE is a site of miner's catalogue, the address of a feed, a sitemap, a section or an article, or a file of
    outlets in TOML. Afterwards, miner run FOLDER/archive --into FOLDER finds what they say.
    """
    from miner.collect import Limits
    from miner.collect import crawl as fetch

    limits = Limits(pages=pages, seconds=seconds, depth=depth, delay=delay)
    report = fetch(sources, into, since=since, limits=limits, allow_loopback=allow_loopback)
    _echo_report(report)
    click.echo(f"next: miner run {into / 'archive'} --into {into}")
    click.get_current_context().exit(1 if report.failures else 0)


@click.command(epilog="Example:  miner add https://baonghean.vn/an-article.html --into out")
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@_INTO
@_DELAY
@_LOOPBACK
@click.pass_context
def add(context: click.Context, addresses: Sequence[str], into: Path, delay: float, allow_loopback: bool) -> None:
    """Fetch single articles and run everything on them."""
    from miner.collect import Limits
    from miner.collect import crawl as fetch

    report = fetch(addresses, into, limits=Limits(depth=0, delay=delay), allow_loopback=allow_loopback)
    _echo_report(report)
    if not report.archived and not report.known:
        context.exit(1)
    failed = run_and_show([str(into / "archive")], into)
    context.exit(1 if report.failures else failed)


def _echo_report(report: CrawlReport) -> None:
    click.echo(
        f"{report.archived} pages archived, {report.known} known, {len(report.forbidden)} forbidden by robots.txt"
    )
    for address in report.forbidden:
        click.echo(f"forbidden: {address}", err=True)
    echo_failures(report.failures)
