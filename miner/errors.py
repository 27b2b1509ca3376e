"""The errors of miner, by what is wrong.

::

    MinerError
    ├── DataError        packaged knowledge (miner/data) is wrong: file, key, what is allowed
    ├── InputError       what the user gave cannot be used: path, line, what to do
    │   └── ReadError    one source cannot be read; the run goes on and reports it
    ├── CorpusError      a corpus folder cannot be read or written
    └── MissingExtra     an optional dependency is not installed
"""

from __future__ import annotations


class MinerError(Exception):
    """Base of all errors that miner raises on purpose."""


class DataError(MinerError):
    """Packaged knowledge is wrong: says which file, which key and what is allowed."""


class InputError(MinerError):
    """What the user gave cannot be used: says what was given and what to do."""


class ReadError(InputError):
    """One source cannot be read.

    Parameters
    ----------
    where : str
        The file, with line or record if known.
    what : str
        What is wrong with it.
    remedy : str
        What the user can do.
    """

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.where = where
        self.what = what
        self.remedy = remedy


class CorpusError(MinerError):
    """A corpus folder cannot be read or written."""


class MissingExtra(MinerError):
    """An optional dependency is missing: says which extra to install."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed; run: pip install 'miner[{extra}]'")
