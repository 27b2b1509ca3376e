"""The command line: one command a stage, nothing else.

Data goes to stdout, progress and warnings to stderr. Exit codes: 0 done, 1 some failed (with the list), 2 misuse,
130 interrupted. Stages are imported inside the commands, so that help is there at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from miner import __version__
from miner.cli.corpora import explore, graph, ledger, link, run, status
from miner.cli.facts import explain, extract, read
from miner.cli.scores import evaluate
from miner.errors import InputError, MinerError

__all__ = ["cli", "main"]

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_SETTINGS)
@click.version_option(__version__, prog_name="miner")
def cli() -> None:
    """From the multilingual provincial press to a graph of officials, directives and provinces.

    \b
    Start with:
      miner run ARTICLES --into out
      miner explore out
    """


for command in (run, read, extract, evaluate, explain, link, graph, ledger, explore, status):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        Instead of those of the process.
    """
    try:
        code = cli.main(arguments, prog_name="miner", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except click.ClickException as error:
        error.show()
        return 2
    except BrokenPipeError:
        # Whoever reads has seen enough; Python would complain when it closes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MinerError as error:
        click.echo(f"miner: {error}", err=True)
        return 2 if isinstance(error, InputError) or not isinstance(error.__cause__, OSError) else 1
    except (click.Abort, KeyboardInterrupt):
        click.echo("miner: interrupted; what was finished is kept, run the same command again to go on", err=True)
        return 130
