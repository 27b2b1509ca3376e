"""The disk under a corpus: errors that say what to do, one writer at a time, text written whole."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from miner.errors import CorpusError


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an error of the operating system into one that names the path and what to do."""
    try:
        yield
    except OSError as error:
        where = error.filename or path
        raise CorpusError(f"{where}: {error.strerror or error}; {_remedy(error)}") from error


def _remedy(error: OSError) -> str:
    full = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
    if error.errno in full:
        return "make room or name a folder on another disk, then run again: what was finished is kept"
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return "name a folder that may be written, or change its rights"
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return "a file stands where the folder should be; name another folder"
    return "check the disk, then run again: what was finished is kept"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the corpus for one writer; a second one is refused at once. The lock dies with its process."""
    with explained(folder):
        lock = open(folder / ".lock", "a")  # noqa: SIM115
    with lock:
        _lock(lock, folder)
        yield


def _lock(lock: IO[str], folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # no advisory locks on this system
        return
    try:
        with explained(folder):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except CorpusError as error:
        if isinstance(error.__cause__, BlockingIOError):
            raise CorpusError(f"{folder}: another run writes to this corpus; wait for it to end") from error
        raise


def write_text(path: Path, text: str) -> None:
    """Write a small text file atomically."""
    temporary = path.with_name(f"{path.name}.part")
    with explained(path):
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, path)
