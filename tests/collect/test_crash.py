"""A crawl that is killed at any moment loses no finished page and asks for none of them twice.

The environment variable MINER_KILLS sets how often it is killed.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import SINCE, Press, press
from warcs import check, largest_file, pages_of

from miner.cli import main
from miner.collect import Limits, crawl
from miner.collect.memory import whole_length

LIMITS = Limits(delay=0.0, timeout=5.0, rotate=40_000)
KILLS = int(os.environ.get("MINER_KILLS", "30"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    with press(tmp_path_factory.mktemp("press")) as made:
        yield made


@pytest.fixture(scope="module")
def whole(served: Press, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole")
    crawl(served.sources, out, since=SINCE, limits=LIMITS, allow_loopback=True)
    return out / "archive"


def start(served: Press, out: Path) -> subprocess.Popen[Any]:
    command = [sys.executable, "-m", "miner", "crawl", "--sources", str(served.sources), "--since", SINCE]
    command += ["--into", str(out), "--delay", "0", "--allow-loopback"]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill_after(served: Press, process: subprocess.Popen[Any], articles: int, pause: float) -> bool:
    """Kill a crawl and all its processes `pause` seconds after some number of requests for articles."""
    reached, seen = threading.Event(), [0]

    def count() -> None:
        seen[0] += 1
        if seen[0] >= articles:
            reached.set()

    for outlet in served.outlets:
        outlet.on_article = count
    if not articles:
        reached.set()
    while not reached.wait(0.02) and process.poll() is None:
        pass
    time.sleep(pause)
    ended = process.poll() is not None
    if not ended:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for outlet in served.outlets:
        outlet.on_article = lambda: None
    return not ended


def finished(archive: Path) -> set[str]:
    """Return the pages that count: those of closed files and of the whole groups of the open one."""
    for path in archive.glob("*.open"):
        os.truncate(path, whole_length(path))
        os.replace(path, path.with_suffix(""))
    return set(pages_of(archive))


def test_killed_thirty_times(served: Press, whole: Path, tmp_path: Path) -> None:
    rng = random.Random(7)
    archive, kills = tmp_path / "archive", 0
    for turn in range(KILLS):
        before = finished(archive)
        served.forget()
        process = start(served, tmp_path)
        articles = 0 if turn % 6 == 5 else rng.randint(1, 12)
        kills += kill_after(served, process, articles, rng.uniform(0, 1.2) if not articles else rng.uniform(0, 0.03))
        assert not before & set(served.asked), "a finished page was asked for again"
        assert before <= finished(archive), "a finished page was lost"
    assert kills == KILLS
    crawl(served.sources, tmp_path, since=SINCE, limits=LIMITS, allow_loopback=True)
    assert pages_of(archive) == pages_of(whole)
    assert set(pages_of(whole)) == served.expected
    check(archive)


WRITER = """
import sys
from pathlib import Path
from miner.collect.archive import Archive
from miner.collect.warc import Exchange
archive = Archive(Path(sys.argv[1]), rotate=2_000)
for number in range(len(archive.memory.pages), 100_000):
    url = f"https://paper.example/bai-{10_000 + number}.html"
    archive.page(Exchange(url, 200, [], b"%d" % number, []), None, [])
    print(number, flush=True)
"""


def test_killed_while_files_are_rotated(tmp_path: Path) -> None:
    rng, kept = random.Random(5), 0
    for _ in range(8):
        command = [sys.executable, "-c", WRITER, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            lines = [writer.stdout.readline() for _ in range(rng.randint(1, 40))]
            time.sleep(rng.uniform(0, 0.01))
            writer.kill()
            told = 1 + int([*lines, *writer.stdout][-1])
        kept = len(finished(tmp_path))
        assert kept in (told, told + 1)
        assert finished(tmp_path) == {f"https://paper.example/bai-{10_000 + n}.html" for n in range(kept)}
    check(tmp_path)
    assert len(list(tmp_path.glob("*.warc.gz"))) > kept / 4
    assert {len(bodies) for bodies in pages_of(tmp_path).values()} == {1}


def test_a_full_disk_ends_the_crawl_in_a_clear_word(
    served: Press, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["crawl", "--sources", str(served.sources), "--since", SINCE, "--into", str(tmp_path)]
    command += ["--delay", "0", "--allow-loopback"]
    with largest_file(20_000):
        assert main(command) == 1
    told = capsys.readouterr()
    assert "not-written" in told.out
    assert f"{tmp_path / 'archive'}: cannot be written: File too large" in told.err
    assert "make room" in told.err
    check(tmp_path / "archive")
    assert 0 < len(pages_of(tmp_path / "archive")) < len(served.expected)
    assert main(command) == 0
    assert set(pages_of(tmp_path / "archive")) == served.expected
    assert {len(bodies) for bodies in pages_of(tmp_path / "archive").values()} == {1}


def test_the_crawl_ends_with_its_parent(served: Press, tmp_path: Path) -> None:
    process = start(served, tmp_path)
    while not list((tmp_path / "archive").glob("*.open")) and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.wait()
    report = crawl(served.sources, tmp_path, since=SINCE, limits=LIMITS, allow_loopback=True)
    assert set(pages_of(tmp_path / "archive")) == served.expected
    assert {len(bodies) for bodies in pages_of(tmp_path / "archive").values()} == {1}
    assert report.archived + report.known >= len(served.expected)


def test_a_file_cut_anywhere_is_mended(whole: Path, tmp_path: Path) -> None:
    from miner.collect.archive import Archive

    (name, *_) = sorted(path.name for path in whole.glob("*.warc.gz"))
    data = (whole / name).read_bytes()
    full = list(pages_of(whole).items())
    rng, folder = random.Random(3), tmp_path / "archive"
    folder.mkdir()
    before = -1
    for length in sorted([0, 1, len(data) - 1, len(data), *rng.sample(range(len(data)), 60)]):
        for path in folder.glob("*.warc.gz*"):
            path.unlink()
        (folder / f"{name}.open").write_bytes(data[:length])
        archive = Archive(folder)
        archive.close()
        kept = pages_of(folder)
        assert list(kept.items()) == full[: len(kept)]
        assert len(kept) >= before
        before = len(kept)
        check(folder)
        assert not list(folder.glob("*.open"))


def test_files_are_rotated_by_size(whole: Path) -> None:
    sizes = [path.stat().st_size for path in sorted(whole.glob("*.warc.gz"))]
    assert len(sizes) > 2
    assert max(sizes) < 60_000
