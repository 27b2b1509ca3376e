"""The command line: one command a stage, nothing else.

Data goes to stdout, progress and warnings to stderr. Exit codes: 0 done, 1 some failed (with the list), 2 misuse,
130 interrupted. Stages are imported inside the commands, so that help is there at once.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from miner import __version__
from miner.cli.corpora import explore, graph, ledger, link, run, status
from miner.cli.facts import explain, extract, read
from miner.cli.plots import plot
from miner.cli.reading import duplicates, watch
from miner.cli.scores import evaluate
from miner.cli.topics import topics
from miner.cli.web import add, crawl, sources
from miner.errors import CorpusError, MinerError

__all__ = ["cli", "main"]

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Group(click.Group):
    """Takes a broken pipe for a reader that has seen enough; Click would take it for an error."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            ctx.exit(_seen_enough())


@click.group(cls=_Group, context_settings=_SETTINGS)
@click.version_option(__version__, prog_name="miner")
def cli() -> None:
    """From the multilingual provincial press to a graph of officials, directives and provinces.

    \b
    Start with:
      miner run ARTICLES --into out
      miner explore out
    """


for command in (
    run,
    crawl,
    add,
    sources,
    read,
    extract,
    evaluate,
    explain,
    link,
    graph,
    ledger,
    explore,
    plot,
    status,
    duplicates,
    watch,
    topics,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        Instead of those of the process.
    """
    _write_any_text()
    try:
        code = cli.main(arguments, prog_name="miner", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except click.ClickException as error:
        error.show()
        return 2
    except BrokenPipeError:
        return _seen_enough()
    except MinerError as error:
        click.echo(f"miner: {error}", err=True)
        # A corpus that cannot be meant has no cause; a disk or a process that failed is one.
        return 1 if isinstance(error, CorpusError) and error.__cause__ else 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("miner: interrupted; what was finished is kept, run the same command again to go on", err=True)
        return 130


def _write_any_text() -> None:
    """Let stdout and stderr take any text, half characters too, whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _seen_enough() -> int:
    """Close stdout when its reader has: Python would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
