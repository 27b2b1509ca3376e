"""What the tests read from an archive."""

from __future__ import annotations

import contextlib
import resource
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker


def pages_of(archive: Path) -> dict[str, list[bytes]]:
    """Return the payloads of all pages by address, as they came over the line."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for path in sorted(archive.glob("*.warc.gz")):
        with open(path, "rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                    found[record.rec_headers.get_header("WARC-Target-URI")].append(record.raw_stream.read())
    return dict(found)


class _Arguments:
    verbose = False

    def __init__(self, inputs: list[str]) -> None:
        self.inputs = inputs


def check(archive: Path) -> None:
    """Assert that ``warcio check`` passes each file."""
    checker = Checker(_Arguments([str(path) for path in sorted(archive.glob("*.warc.gz"))]))
    checker.process_all()
    assert checker.exit_value == 0


@contextlib.contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file grow beyond `size` bytes, here and in processes begun within, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
