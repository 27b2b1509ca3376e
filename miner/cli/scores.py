"""The command that compares what is found with gold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from miner.cli.show import echo_json, echo_table
from miner.cli.steps import articles_of, facts_of, finish
from miner.records import Failure

if TYPE_CHECKING:
    from miner.evaluate import Count, Scores


@click.command(epilog="Example:  miner evaluate corpus/sample --misses figures+meaning --lang fr")
@click.argument("gold_dir")
@click.option(
    "--found",
    type=click.Path(exists=True, dir_okay=False),
    help="Output of miner extract; else the texts are extracted now.",
)
@click.option("--lang", help="Only articles of this language.")
@click.option("--misses", metavar="ROW", help="List what was missed (-) and invented (+) in this row of the scores.")
@click.option("--by", type=click.Choice(["rule"]), help="Precision of each rule.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def evaluate(gold_dir: str, found: str | None, lang: str | None, misses: str | None, by: str | None, form: str) -> None:
    """Compare what is found with gold: precision, recall and F1 by kind and language.

    GOLD_DIR holds ID.txt with what is in it in ID.json. The interval is the middle 95 % of F1 over articles drawn anew.
    """
    from miner.evaluate import evaluate as compare
    from miner.evaluate import load_found, load_gold

    failures: list[Failure] = []
    gold = load_gold(gold_dir, lang)
    if found:
        answers: Any = load_found(found)
    else:
        answers = _answers([str(Path(gold_dir) / f"{article.id}.txt") for article in gold], failures)
    scores = compare(gold_dir, answers, lang)
    if misses:
        _echo_misses(scores, misses, form)
    elif by:
        _echo_rules(scores, form)
    elif form == "json":
        echo_json(_as_json(scores))
    else:
        _echo_scores(scores)
    finish(failures)


def _answers(paths: Sequence[str], failures: list[Failure]) -> list[dict[str, Any]]:
    from miner.contract import to_contract

    return [to_contract(facts) for facts in facts_of(articles_of(paths, "text", None, failures), failures)]


def _echo_misses(scores: Scores, row: str, form: str) -> None:
    for miss in scores.misses(row):
        if form == "json":
            echo_json({name: getattr(miss, name) for name in ("article", "sign", "fact", "rule", "context")})
            continue
        rule = f"  ({miss.rule})" if miss.rule else ""
        context = f"  «{' '.join(miss.context.split())}»" if miss.context else ""
        click.echo(f"{miss.sign} {miss.article}: {miss.fact}{rule}{context}")


def _echo_rules(scores: Scores, form: str) -> None:
    rows: list[dict[str, Any]] = [
        {"row": row, "rule": rule, "precision": round(count.precision, 3), "right": count.hits, "wrong": count.invented}
        for row, rules in scores.by_rule.items()
        for rule, count in rules.items()
    ]
    if form == "json":
        echo_json(rows)
    else:
        echo_table(rows, ["row", "rule", "precision", "right", "wrong"])


def _echo_scores(scores: Scores) -> None:
    click.echo(f"{scores.articles} articles, {scores.answered} of them answered")
    click.echo(f"{'':22} precision  recall     F1  95 % interval   gold  found")
    intervals = scores.intervals()
    for row, count in scores.by_row.items():
        click.echo(f"{row:22} {_numbers(count)}  {_interval(intervals[row])}  {count.gold:5d}  {count.found:5d}")
    click.echo(f"{'strict':22} {'':9}  {'':6}  {scores.strict:5.3f}  {_interval(intervals['strict'])}")
    if len(scores.by_language) > 1:
        _echo_languages(scores)


def _echo_languages(scores: Scores) -> None:
    from miner.evaluate import strict

    codes = list(scores.by_language)
    click.echo(f"\n{'F1':22} " + " ".join(f"{code or '?':>6}" for code in codes))
    for row in scores.by_row:
        click.echo(f"{row:22} " + " ".join(f"{scores.by_language[code][row].f1:6.3f}" for code in codes))
    click.echo(f"{'strict':22} " + " ".join(f"{strict(scores.by_language[code]):6.3f}" for code in codes))


def _numbers(count: Count) -> str:
    return f"{count.precision:9.3f}  {count.recall:6.3f}  {count.f1:5.3f}"


def _interval(bounds: tuple[float, float]) -> str:
    return f"{bounds[0]:.3f} to {bounds[1]:.3f}"


def _as_json(scores: Scores) -> dict[str, Any]:
    from miner.evaluate import strict

    return {
        "articles": scores.articles,
        "answered": scores.answered,
        "strict": scores.strict,
        "rows": _rows(scores.by_row),
        "intervals": scores.intervals(),
        "languages": {
            code: {"strict": strict(counts), "rows": _rows(counts)} for code, counts in scores.by_language.items()
        },
    }


def _rows(counts: Mapping[str, Count]) -> dict[str, dict[str, float]]:
    return {row: count.to_dict() for row, count in counts.items()}
