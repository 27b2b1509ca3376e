"""Commands that collect: crawl, add, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from miner.cli.corpora import run_and_show
from miner.cli.show import echo_failures, echo_rows

if TYPE_CHECKING:
    from miner.collect import CrawlReport, Limits, Outlet

_INTO = click.option(
    "--into", required=True, type=click.Path(path_type=Path), help="The corpus folder; made if missing."
)
_LOOPBACK = click.option("--allow-loopback", is_flag=True, help="Also fetch from this machine (for tests).")
_CONTACT = click.option("--contact", metavar="ADDRESS", help="Your page or mail, for the user agent.")
_DELAY = click.option(
    "--delay",
    default=1.0,
    show_default=True,
    type=click.FloatRange(min=0),
    help="Least seconds between two requests to a host.",
)
_FILE = click.option("--sources", "file", type=click.Path(dir_okay=False, path_type=Path), help="A file of outlets.")
_LISTED = ("site", "name", "kind", "province", "languages", "starts", "seen", "now")
_CHECKED = ("site", "url", "from", "status", "kind", "entries", "newest")
_FORBIDDEN = 20
_EXAMPLES = """Example:

\b
  miner crawl --sources sources.toml --since 2024-01-01 --into out
  miner crawl baonghean.vn vnexpress.net --since 2025-07-01 --pages 500 --into out
  miner crawl https://paper.example/thoi-su --contact you@university.example --into out
"""


_PAGES, _MEGABYTES, _SECONDS, _DEPTH = (
    click.option(f"--{name}", default=default, show_default=True, type=click.IntRange(min=least), help=text)
    for name, default, least, text in (
        ("pages", 1_000, 1, "Pages of a site to archive at most."),
        ("megabytes", 2_000, 1, "Megabytes of a site to receive at most."),
        ("seconds", 3_600, 1, "Time for a site at most."),
        ("depth", 1, 0, "Links to follow from a start."),
    )
)


@click.command(epilog=_EXAMPLES)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@_FILE
@_INTO
@click.option("--since", metavar="DATE", help="Leave out what is dated before this ISO date.")
@click.option("--until", metavar="DATE", help="Leave out what is dated after this ISO date.")
@click.option("--again-before", metavar="DATE", help="Ask again, if changed, for pages fetched before this ISO date.")
@_PAGES
@_MEGABYTES
@_SECONDS
@_DEPTH
@_DELAY
@_CONTACT
@_LOOPBACK
def crawl(sources: Sequence[str], file: Path | None, into: Path, **options: Any) -> None:
    """Fetch articles into the archive of a corpus; what is in it is not fetched again.

    SOURCE is a site or a name of miner's catalogue (miner sources list), the address of a site, a feed, a sitemap, a
    section or an article, or a file of outlets in TOML. Of a site, its front page alone is enough: feeds, sitemaps,
    sections and editions are found. Afterwards, miner run FOLDER/archive --into FOLDER finds what they say.
    """
    from miner.collect import crawl as fetch
    from miner.collect import outlets_of

    for outlet in (outlet for source in sources for outlet in outlets_of(source) if outlet.now):
        click.echo(
            f"{outlet.site}: {outlet.name} was a paper of its own until {outlet.ended}, is part of {outlet.now}",
            err=True,
        )
    limits = _limits(**{name: options.pop(name) for name in ("pages", "megabytes", "seconds", "depth", "delay")})
    report = fetch([*sources, *([_toml(file)] if file else [])], into, limits=limits, **options)
    _echo_report(report)
    if report.archived or report.known:
        click.echo(f"next: miner run {into / 'archive'} --into {into}")
    click.get_current_context().exit(1 if report.failures else 0)


@click.command(epilog="Example:  miner add saved-pages/ CC-NEWS-20240101.warc.gz articles.csv --into out")
@click.argument("items", nargs=-1, required=True, metavar="ITEM...")
@_INTO
@click.option("--column", default="text", show_default=True, help="Column or key of tables that holds the text.")
@click.option("--url-column", default="url", show_default=True, help="Column or key that holds the address.")
@_DELAY
@_CONTACT
@_LOOPBACK
@click.pass_context
def add(
    context: click.Context,
    items: Sequence[str],
    into: Path,
    column: str,
    url_column: str,
    delay: float,
    contact: str | None,
    allow_loopback: bool,
) -> None:
    """Add what is there already and run everything on it.

    ITEM is a WARC file (of any crawler, CC-NEWS as it is), a folder of saved pages, a table of texts (CSV, JSON lines),
    or the address of one article, which is fetched.
    """
    from miner.collect import Limits, add_files
    from miner.collect import crawl as fetch

    addresses = [item for item in items if item.startswith(("http://", "https://"))]
    added = add_files([item for item in items if item not in addresses], into, column=column, url_column=url_column)
    parts = {"WARC files": added.archives, "pages": added.pages, "rows": added.rows, "known": added.known}
    if len(addresses) < len(items):
        click.echo("added: " + ", ".join(f"{count} {name}" for name, count in parts.items()))
    failures, usable = list(added.failures), any(parts.values())
    if addresses:
        limits = Limits(depth=0, delay=delay)
        report = fetch(addresses, into, pages=True, limits=limits, contact=contact, allow_loopback=allow_loopback)
        _echo_report(report)
        failures += report.failures
        usable = usable or bool(report.archived or report.known)
    echo_failures(added.failures)
    if not usable:
        context.exit(1)
    failed = run_and_show([str(into / "archive")], into)
    context.exit(1 if failures else failed)


@click.group(epilog='Example:  miner sources list --province "Nghệ An"')
def sources() -> None:
    """Show the outlets that miner knows and check their addresses."""


_FORM = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True
)
_PROVINCE = click.option("--province", help="Only outlets of this province and those merged into them.")
_LANGUAGE = click.option("--language", help="Only outlets with this language code.")


@sources.command("list", epilog="Example:  miner sources list --language fr")
@_FILE
@_PROVINCE
@_LANGUAGE
@_FORM
def list_command(file: Path | None, province: str | None, language: str | None, form: str) -> None:
    """List outlets with province, languages and how many addresses to start from."""
    echo_rows([_row(outlet) for outlet in _outlets(file, (), province, language)], _LISTED, form)


@sources.command("check", epilog="Example:  miner sources check baonghean.vn")
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@_FILE
@_PROVINCE
@_LANGUAGE
@_FORM
@_DELAY
@_CONTACT
@_LOOPBACK
@click.pass_context
def check_command(
    context: click.Context,
    sites: Sequence[str],
    file: Path | None,
    province: str | None,
    language: str | None,
    form: str,
    delay: float,
    contact: str | None,
    allow_loopback: bool,
) -> None:
    """Ask for the feeds, sitemaps, sections and front pages of outlets, and for those that these and robots.txt name.

    Shows what comes: status, entries, newest date. Keeps nothing.
    """
    from miner.collect import Limits, check_sources

    chosen = _outlets(file, sites, province, language)
    report = check_sources(chosen, limits=Limits(delay=delay), contact=contact, allow_loopback=allow_loopback)
    echo_rows(report.starts, _CHECKED, form)
    echo_failures(report.failures)
    context.exit(1 if report.failures else 0)


def _outlets(file: Path | None, sites: Sequence[str], province: str | None, language: str | None) -> list[Outlet]:
    from miner.collect import load_outlets

    outlets = load_outlets(file)
    places = {outlet.site: outlet.province for outlet in outlets}
    found = [
        outlet
        for outlet in outlets
        if (not sites or outlet.site in sites)
        and (province is None or province in (outlet.province, places.get(outlet.now or "")))
        and (language is None or language in outlet.languages)
    ]
    if not found:
        raise click.UsageError("no outlet is left; see: miner sources list")
    return found


def _row(outlet: Outlet) -> Mapping[str, Any]:
    return {
        "site": outlet.site,
        "name": outlet.name,
        "kind": outlet.kind,
        "province": outlet.province,
        "languages": " ".join(outlet.languages),
        "starts": len(outlet.starts),
        "seen": " ".join(f"{key}:{how.split()[0]}" for key, how in outlet.seen.items()),
        "now": outlet.now,
    }


def _limits(megabytes: int, **limits: Any) -> Limits:
    from miner.collect import Limits

    return Limits(bytes=megabytes * 1_000_000, **limits)


def _toml(file: Path) -> str:
    if file.suffix != ".toml":
        raise click.UsageError(f"{file}: outlets stand in a file that ends in .toml")
    return str(file)


def _echo_report(report: CrawlReport) -> None:
    forbidden = len(report.forbidden)
    click.echo(f"{report.archived} pages archived, {report.known} known, {forbidden} forbidden by robots.txt")
    others = {key: n for key, n in report.reasons.items() if key not in ("archived", "known", "robots")}
    if others:
        click.echo("also: " + ", ".join(f"{count} {reason}" for reason, count in others.items()))
    if any(reason.startswith("limit-") for reason in others):
        click.echo("a limit was reached: the same command goes on; --pages, --megabytes, --seconds raise it")
    for address in report.forbidden[:_FORBIDDEN]:
        click.echo(f"forbidden: {address}", err=True)
    if forbidden > _FORBIDDEN:
        click.echo(f"forbidden: and {forbidden - _FORBIDDEN} more", err=True)
    echo_failures(report.failures)
