"""The stages in order: sources → articles → facts → entities → graph → exports, in one process or many."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from miner.corpus import open_corpus
from miner.corpus.disk import locked
from miner.corpus.ids import mend_ids
from miner.corpus.parts import (
    LISTING,
    create,
    parquet,
    read_sources,
    read_table,
    remove_slot,
    sweep,
    write_whole,
)
from miner.corpus.version import rules_version
from miner.errors import CorpusError
from miner.pipeline.clock import Seconds, no_seconds, timed
from miner.pipeline.exports import export, fresh_exports
from miner.pipeline.plan import Batch, Columns, Plan, make_plan
from miner.pipeline.work import SHOWN, Done, process
from miner.records import FACT_KINDS, Failure

__all__ = ["Summary", "export_again", "run"]

#: Fewer bytes than this are done sooner in one process than it takes to start others.
_WORTH_PROCESSES = 300_000

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Summary:
    """What a run did.

    Attributes
    ----------
    articles, new, skipped, duplicates : int
        Articles read in this run; sources that were new; given sources that the corpus had; sources given twice.
    failed : int
        Failures of the sources given, in this run or when they were read earlier.
    facts : Counter
        Facts found in this run, by kind.
    seconds : dict
        By stage; read, extract and write are summed over the processes.
    failures : list of Failure
        The first failures of this run; all are in the corpus's table.
    exports : list of Path
        What was written beside the tables.
    """

    articles: int = 0
    new: int = 0
    skipped: int = 0
    duplicates: int = 0
    failed: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    seconds: Seconds = field(default_factory=no_seconds)
    failures: list[Failure] = field(default_factory=list)
    exports: list[Path] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 if all went well, 1 if some failed."""
        return 1 if self.failed else 0


def run(
    paths: Iterable[str | Path],
    into: str | Path,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    column: str = "text",
    url_column: str | None = None,
) -> Summary:
    """Read articles, extract, link and export what they say into a corpus folder.

    A second run does only what is new: sources whose bytes the corpus has are passed over, unless rules or data have
    changed since. A source that changed takes the place of what it was; one that is no longer given stays.

    Parameters
    ----------
    paths : iterable of path
        Files, folders, globs, or ``-`` for standard input.
    into : path
        The corpus folder; made if it does not exist.
    workers : int, optional
        Number of processes; by default one for each processor if there is enough to do. With more than one, a script
        that calls this must do so under ``if __name__ == "__main__":``.
    progress : callable, optional
        Called with the bytes done and the bytes of all, before the first and after each batch of sources.
    column, url_column : str
        The column (of CSV) or key (of JSON lines) that holds the text, and the one that holds the address.

    Raises
    ------
    CorpusError
        If the folder cannot be written or is in use. What was finished is kept.
    """
    folder = Path(into)
    create(folder)
    with locked(folder):
        return _run(list(paths), folder, workers, progress or _silent, (column, url_column))


def export_again(folder: str | Path, *, only_if_stale: bool = False) -> list[Path]:
    """Link a corpus and write its graph, tables and picture anew; return what there is to open."""
    path = open_corpus(folder).folder
    if only_if_stale and (exports := fresh_exports(path)):
        return exports
    with locked(path):
        return export(path, no_seconds(), force=True)


def _silent(done: int, total: int) -> None:
    pass


def _run(paths: list[str | Path], folder: Path, workers: int | None, progress: Progress, columns: Columns) -> Summary:
    version = rules_version()
    seconds = no_seconds()
    with timed(seconds, "list"):
        stored = read_sources(folder)
        sweep(folder, stored)
        plan = make_plan(paths, folder, stored, version, columns)
    summary = Summary(new=plan.new, skipped=len(plan.known), duplicates=plan.duplicates, seconds=seconds)
    _note_unopened(folder, plan)
    summary.failures += plan.failures
    summary.failed += len(plan.failures) + sum(row.failures for row in plan.known)
    done_bytes = 0
    progress(0, plan.size)
    for done in _work(plan, folder, version, columns, workers):
        _count(done, summary)
        done_bytes += done.size
        progress(done_bytes, plan.size)
    for slot in plan.emptied:
        remove_slot(folder, slot)
    summary.failures.sort(key=_where)
    mend_ids(folder)
    sweep(folder, read_sources(folder))
    summary.exports = export(folder, summary.seconds)
    return summary


def _count(done: Done, summary: Summary) -> None:
    summary.articles += done.counts["articles"]
    summary.failed += done.counts["failures"]
    summary.facts.update({kind: done.counts[kind] for kind in FACT_KINDS})
    for stage, taken in done.seconds.items():
        summary.seconds[stage] += taken
    summary.failures += done.failures[: max(0, SHOWN - len(summary.failures))]


def _note_unopened(folder: Path, plan: Plan) -> None:
    """Keep what is wrong with paths that could not be opened, until they can be."""
    path = parquet(folder, "failures", LISTING)
    known: list[Failure] = [Failure(**row) for row in read_table(path).to_pylist()] if path.exists() else []
    again = plan.opened | {failure.source for failure in plan.failures}
    failures = {failure for failure in known if failure.source not in again} | set(plan.failures)
    if failures or known:
        ordered: list[Failure] = sorted(failures, key=_where)
        write_whole(path, Failure, ordered)


def _where(failure: Failure) -> tuple[str, str]:
    return failure.source, failure.what


def _work(plan: Plan, folder: Path, version: str, columns: Columns, workers: int | None) -> Iterator[Done]:
    count = _processes(plan, workers)
    if count > 1:
        yield from _in_processes(plan.batches, folder, version, columns, count)
        return
    for batch in plan.batches:
        yield process(batch, folder, version, columns)


def _processes(plan: Plan, workers: int | None) -> int:
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    if workers is None and plan.size < _WORTH_PROCESSES:
        return 1
    return min(workers or _processors(), len(plan.batches))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_processes(batches: list[Batch], folder: Path, version: str, columns: Columns, count: int) -> Iterator[Done]:
    others = set(multiprocessing.active_children())
    # Not forked: this process may have threads (DuckDB, Arrow) that a fork would leave in an unknown state.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
    try:
        futures = [pool.submit(process, batch, folder, version, columns) for batch in batches]
        for future in as_completed(futures):
            yield _result(future, folder)
        pool.shutdown()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        raise


def _result(future: Future[Done], folder: Path) -> Done:
    try:
        return future.result()
    except BrokenProcessPool as error:
        what = f"{folder}: a process of the run died, perhaps for want of memory"
        remedy = 'run again with fewer --workers: what was finished is kept (scripts: under if __name__ == "__main__")'
        raise CorpusError(f"{what}; {remedy}") from error
