"""Collecting: pages a second and processor time a page of a crawl of this machine; time and memory of a start.

Usage: python benchmarks/collect.py [--pages 1000] [--archive-megabytes 1000]

The crawl asks a server in another process for generated pages of 150 kB and 300 links, packed, with no pause but
that of AutoThrottle. The start reads an archive of such pages, as a crawl does before its first request. Seconds are
of the processor, so that other work on the machine counts little; those of a crawl are without those of one of no page.
"""

import argparse
import gzip
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

from miner.collect import CrawlReport, Limits, crawl
from miner.collect.archive import Archive
from miner.collect.memory import read_memory
from miner.collect.warc import Exchange

LINKS = 100
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("ETag", '"1"')]
SYLLABLES = [
    a + b for a in ("th", "ng", "ch", "tr", "m", "l", "qu", "ph") for b in ("anh", "ong", "iên", "ường", "ẫu", "ai")
]


def packed_page(number: int) -> bytes:
    """Return a page of about 150 kB with 300 links, packed."""
    chance = random.Random(number)
    text = "".join(f"<p>{' '.join(chance.choices(SYLLABLES, k=300))}</p>\n" for _ in range(80))
    menu = "".join(f"<li class='menu'><a href='/muc-{n}'>Mục {n}</a></li>\n" for n in range(300))
    head = f"<title>Bài {number}</title><meta property='article:published_time' content='2025-01-01T08:00:00+07:00'>"
    page = f"<html><head>{head}</head><body>{menu}<article><h1>Bài {number}</h1>{text}</article></body></html>"
    return gzip.compress(page.encode(), 6, mtime=0)


class Paper(BaseHTTPRequestHandler):
    """Lists of a hundred articles, each with the next one; articles."""

    protocol_version = "HTTP/1.1"
    pages = 0
    bodies: tuple[bytes, ...] = ()

    def do_GET(self) -> None:
        if self.path.startswith("/tin"):
            page = int(self.path.partition("page=")[2] or 1)
            first = LINKS * (page - 1)
            numbers = range(first, min(first + LINKS, self.pages))
            links = [f"/bai-{10_000 + number}.html" for number in numbers] + [f"/tin?page={page + 1}"]
            body = gzip.compress("".join(f"<a href='{link}'>x</a>" for link in links).encode())
        else:
            body = self.bodies[hash(self.path) % len(self.bodies)] if "bai" in self.path else b""
        self.send_response(200 if body else 404)
        for name, value in (*(HEADERS if body else ()), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def serve(pages: int, ready: Connection) -> None:
    Paper.pages, Paper.bodies = pages, tuple(map(packed_page, range(20)))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Paper)
    ready.send(server.server_port)
    server.serve_forever()


@contextmanager
def paper(pages: int) -> Iterator[str]:
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(pages, theirs), daemon=True)
    server.start()
    yield f"http://127.0.0.1:{ours.recv()}/tin"
    server.terminate()
    server.join()


def measured(start: str, out: Path, pages: int) -> tuple[CrawlReport, float, float, float]:
    """Crawl; return the report, seconds, seconds of the processor and the most memory in MB of the crawl's process."""
    limits = Limits(pages=pages, delay=0.0, depth=0)
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    report = crawl(start, out, limits=limits, allow_loopback=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return report, time.monotonic() - begun, cpu, after.ru_maxrss / 1024


def crawl_once(pages: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with paper(0) as start:
            _, idle_seconds, idle_cpu, _ = measured(start, Path(folder) / "idle", pages)
        with paper(pages) as start:
            report, seconds, cpu, memory = measured(start, Path(folder) / "out", pages)
    assert report.archived == pages, report.reasons
    print(f"crawl: {pages} pages, {pages / (seconds - idle_seconds):.0f} a second, ", end="")
    print(f"{1_000 * (cpu - idle_cpu) / pages:.1f} ms of the processor a page, {memory:.0f} MB")


def start_once(folder: str, result: Connection) -> None:
    before, begun = resident(), time.process_time()
    memory = read_memory(Path(folder))
    result.send((len(memory.pages), time.process_time() - begun, resident() - before))


def resident() -> float:
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize() / 1e6


def restart(megabytes: int) -> None:
    bodies = tuple(map(packed_page, range(50)))
    with tempfile.TemporaryDirectory() as folder:
        archive, size, number = Archive(Path(folder)), 0, 0
        while size < megabytes * 1_000_000:
            url, body = f"https://paper.example/bai-{10_000 + number}.html", bodies[number % len(bodies)]
            archive.page(Exchange(url, 200, HEADERS, body, [("User-Agent", "miner")]), "2025-01-01", [])
            size, number = size + len(body) + 1_200, number + 1
        archive.close()
        size = sum(path.stat().st_size for path in Path(folder).glob("*.warc.gz"))
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(target=start_once, args=(folder, theirs))
        process.start()
        known, seconds, memory = ours.recv()
        process.join()
    assert known == number
    print(
        f"start: {size / 1e6:.0f} MB with {known} pages read in {seconds:.1f} s of the processor, {memory:.0f} MB grown"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--archive-megabytes", type=int, default=1_000)
    options = parser.parse_args()
    crawl_once(options.pages)
    restart(options.archive_megabytes)


if __name__ == "__main__":
    main()
