"""A disk that is full, read-only or something else than a folder: a clear error, and nothing half-written counts."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from miner.cli import main
from miner.corpus import open_corpus
from miner.corpus.disk import explained
from miner.corpus.parts import PartWriter, create, read_sources, sweep
from miner.corpus.schema import Source
from miner.errors import CorpusError
from miner.records import Article

largest_file = pytest.importorskip("warcs").largest_file


def write(folder: Path, name: str, text: str) -> None:
    create(folder)
    with PartWriter(folder, name) as writer:
        writer.add("articles", [Article(name, text)])
        writer.commit([Source(name, name, name, name, "v", name, 1, 0)])


def noise(length: int) -> str:
    return os.urandom(length).hex()


def test_a_full_disk_is_named_and_leaves_the_corpus_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, "first", "short")
    with largest_file(20_000), pytest.raises(CorpusError, match=r"articles.*make room.*what was finished is kept"):
        write(tmp_path, "second", noise(100_000))
    assert list(open_corpus(tmp_path).articles.id) == ["first"]
    assert not list(tmp_path.rglob("*.tmp"))
    write(tmp_path, "second", noise(100_000))
    assert list(open_corpus(tmp_path).articles.id) == ["first", "second"]


@pytest.mark.parametrize("size", [0, 3, 100, 1000, 3000, 5000])
def test_wherever_the_disk_ends_nothing_half_written_counts(tmp_path: Path, size: int) -> None:
    write(tmp_path, "first", "short")
    with largest_file(size), pytest.raises(CorpusError):
        write(tmp_path, "second", noise(5000))
    assert list(open_corpus(tmp_path).articles.id) == ["first"]
    sweep(tmp_path, read_sources(tmp_path))
    assert {path.stem for path in tmp_path.rglob("*.parquet")} == {"first"}


@pytest.mark.parametrize("workers", [1, 2])
def test_the_command_tells_of_a_full_disk_and_goes_on_when_there_is_room(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], workers: int
) -> None:
    (tmp_path / "in").mkdir()
    for number in range(20):
        text = f"Ngày {number % 27 + 1}/3, UBND tỉnh Sơn La họp với các sở. Tỉnh đạt {number}% kế hoạch của năm.\n"
        (tmp_path / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    command = ["run", str(tmp_path / "in"), "--into", str(tmp_path / "out"), "--workers", str(workers)]
    with largest_file(2000):
        assert main(command) == 1
    errors = capsys.readouterr().err
    assert re.match(r"miner: .*articles.*make room or name a folder on another disk", errors)
    assert len(errors.splitlines()) == 1
    assert main(command) == 0
    assert len(open_corpus(tmp_path / "out").articles) == 20


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("notes")
    with pytest.raises(CorpusError, match=r"out: .*name another folder"):
        create(tmp_path / "out")
    with pytest.raises(CorpusError, match="name another folder"):
        create(tmp_path / "out" / "deeper")
    assert (tmp_path / "out").read_text() == "notes"


def test_a_file_where_a_folder_of_records_should_be(tmp_path: Path) -> None:
    create(tmp_path)
    (tmp_path / "figures").rmdir()
    (tmp_path / "figures").touch()
    with pytest.raises(CorpusError, match=r"figures: .*name another folder"):
        create(tmp_path)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """Mount a read-only file system, which stops root too."""
    create(tmp_path / "disk")
    write(tmp_path / "disk", "first", "short")
    there = str(tmp_path / "disk")
    for command in (["mount", "--bind", there, there], ["mount", "-o", "remount,bind,ro", there]):
        with contextlib.suppress(FileNotFoundError):
            subprocess.run(command, capture_output=True, check=False)
    try:
        if os.access(there, os.W_OK):
            os.chmod(there, 0o555)
            for folder in Path(there).iterdir():
                folder.chmod(0o555)
        if os.access(there, os.W_OK):
            pytest.skip("neither mounting nor rights can make a folder read-only here")
        yield Path(there)
    finally:
        subprocess.run(["umount", there], capture_output=True, check=False)
        os.chmod(there, 0o755)


def test_a_read_only_corpus_can_be_read_and_says_why_it_cannot_be_written(read_only: Path) -> None:
    assert list(open_corpus(read_only).articles.id) == ["first"]
    with pytest.raises(CorpusError, match="folder that may be written"):
        write(read_only, "second", "text")
    assert list(open_corpus(read_only).articles.id) == ["first"]


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EDQUOT, "make room"),
        (errno.EROFS, "may be written"),
        (errno.EACCES, "may be written"),
        (errno.ENOTDIR, "another folder"),
        (errno.EIO, "check the disk"),
    ],
)
def test_each_kind_of_error_has_its_remedy(number: int, remedy: str) -> None:
    with pytest.raises(CorpusError, match=rf"^/corpus/x: .*{remedy}"), explained(Path("/corpus")):
        raise OSError(number, os.strerror(number), "/corpus/x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_error_without_a_file_name_names_the_path_at_hand() -> None:
    message = r"^out/x: No space left.*make room"
    with (
        open("/dev/full", "wb", buffering=0) as full,
        pytest.raises(CorpusError, match=message),
        explained(Path("out/x")),
    ):
        full.write(b"x")
