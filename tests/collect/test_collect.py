"""Collecting from a site on this machine: each page once, robots.txt obeyed, private addresses refused."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from miner.collect import Limits, Outlet, _outlet_plan, crawl, load_outlets
from miner.collect.addresses import is_article, is_list
from miner.collect.outlets import outlets_of
from miner.errors import CorpusError, InputError
from miner.lexicon import languages, provinces, units_on
from miner.read import read_articles

LIMITS = Limits(pages=100, seconds=60, depth=1, delay=0.0)
SEEN = {"verified", "crawler", "list", "citation", "page", "code"}
PAGE = (
    '<html><head><meta charset="utf-8"><title>Kế hoạch số {n}</title></head><body><article><h1>Kế hoạch số {n}</h1>'
    "<p>Ngày 30/6, UBND tỉnh Mẫu ban hành kế hoạch số {n} về chuyển đổi số cho các xã, phường trong tỉnh.</p>"
    "<p>Theo kế hoạch, đến hết năm 2025, tỷ lệ hồ sơ trực tuyến phải đạt ít nhất {n}%.</p></article></body></html>"
)


class Site(ThreadingHTTPServer):
    """A paper with twelve articles: 1-4 in the feed, 4-8 in the sitemap, 8-12 in the section; 13 is forbidden."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.robots_status = 200
        self.home = f"http://127.0.0.1:{self.server_port}"

    def page(self, path: str) -> tuple[int, str, str, dict[str, str]]:
        articles = {f"/tin-{n}-{10_000 + n}.html": n for n in range(1, 14)}
        link = {n: self.home + path for path, n in articles.items()}
        if path == "/robots.txt":
            return self.robots_status, "text/plain", "User-agent: *\nDisallow: /tin-13-\n", {}
        if path == "/rss":
            dates = {1: "Mon, 02 Jun 2025 08:00:00 +0700", 2: "Mon, 30 Jun 2025 08:00:00 +0700"}
            items = [
                f"<item><link>{link[n]}?utm_source=rss</link><pubDate>{dates.get(n, '')}</pubDate></item>"
                for n in range(1, 5)
            ]
            return 200, "application/rss+xml", f'<rss version="2.0"><channel>{"".join(items)}</channel></rss>', {}
        if path == "/sitemap.xml":
            body = f"<sitemap><loc>{self.home}/sitemap-1.xml</loc></sitemap>"
            return 200, "application/xml", f'<sitemapindex xmlns="http://www.sitemaps.org/x">{body}</sitemapindex>', {}
        if path == "/sitemap-1.xml":
            urls = "".join(f"<url><loc>{link[n]}</loc></url>" for n in range(4, 9))
            return 200, "application/xml", f'<urlset xmlns="http://www.sitemaps.org/x">{urls}</urlset>', {}
        if path == "/thoi-su":
            links = [f'<a href="{link[n]}#top">x</a>' for n in range(8, 14)]
            others = [f'<a href="{url}">x</a>' for url in ("/moved-99999.html", "/gone-99998.html", "/a-99997.pdf")]
            others += ['<a href="http://10.0.0.1/tin-1-10001.html">x</a>', '<a href="mailto:a@b.example">x</a>']
            return 200, "text/html", "".join(links + others), {}
        if path == "/moved-99999.html":
            return 301, "text/html", "", {"Location": link[12]}
        if path == "/inside-99996.html":
            return 302, "text/html", "", {"Location": "http://localhost:1/tin-1-10001.html"}
        if path == "/inside":
            return 302, "text/html", "", {"Location": "http://10.0.0.1/rss"}
        if path in articles:
            return 200, "text/html; charset=utf-8", PAGE.format(n=articles[path]), {}
        return 404, "text/html", "", {}


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        self.server.agents.add(self.headers["User-Agent"])
        status, kind, text, headers = self.server.page(self.path)
        body = text.encode()
        self.send_response(status)
        for key, value in {**headers, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def starts(site: Site) -> list[str]:
    return [site.home + path for path in ("/rss", "/sitemap.xml", "/thoi-su")]


def test_each_page_once_and_never_again(site: Site, tmp_path: Path) -> None:
    report = crawl(starts(site), tmp_path, limits=LIMITS, allow_loopback=True)
    pages = {path for path in site.asked if path.startswith("/tin-")}
    assert pages == {f"/tin-{n}-{10_000 + n}.html" for n in range(1, 13)}
    assert {count for path, count in site.asked.items() if path != "/robots.txt"} == {1}
    assert report.reasons == {"archived": 12, "gone": 1, "redirect": 1, "robots": 1}
    assert report.forbidden == (f"{site.home}/tin-13-10013.html",)
    assert report.failures == ()
    assert {agent.split("/")[0] for agent in site.agents} == {"miner"}

    articles = list(read_articles([tmp_path / "archive"]))
    assert {a.url for a in articles} == {site.home + path for path in pages}
    assert {a.language for a in articles} == {"vi"}

    site.asked.clear()
    again = crawl(starts(site), tmp_path, limits=LIMITS, allow_loopback=True)
    assert (again.archived, again.failures) == (0, ())
    assert again.known >= 12
    assert not [path for path in site.asked if path.endswith(".html")]
    assert len(list((tmp_path / "archive").glob("*"))) == 2


def test_since_and_pages(site: Site, tmp_path: Path) -> None:
    crawl(site.home + "/rss", tmp_path / "a", since="2025-06-15", limits=LIMITS, allow_loopback=True)
    assert "/tin-1-10001.html" not in site.asked
    assert "/tin-2-10002.html" in site.asked
    few = Limits(pages=2, seconds=60, delay=0.0)
    report = crawl(site.home + "/sitemap.xml", tmp_path / "b", limits=few, allow_loopback=True)
    assert report.archived == 2


@pytest.mark.parametrize("status", [500, 503])
def test_robots_that_cannot_be_read_forbids_all(site: Site, tmp_path: Path, status: int) -> None:
    site.robots_status = status
    report = crawl(site.home + "/rss", tmp_path, limits=LIMITS, allow_loopback=True)
    (failure,) = report.failures
    assert f"robots.txt cannot be read (answers {status})" in failure.what
    assert set(site.asked) == {"/robots.txt"}


def test_robots_that_is_not_there_allows_all(site: Site, tmp_path: Path) -> None:
    site.robots_status = 404
    assert crawl(site.home + "/tin-13-10013.html", tmp_path, limits=LIMITS, allow_loopback=True).archived == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]", "[::1]"])
def test_this_machine_is_refused(site: Site, tmp_path: Path, host: str) -> None:
    report = crawl(f"http://{host}:{site.server_port}/rss", tmp_path, limits=LIMITS)
    assert not site.asked
    assert report.archived == 0
    assert "private address" in report.failures[0].what


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "[fe80::1]"]
)
def test_private_addresses_are_refused_always(tmp_path: Path, address: str) -> None:
    report = crawl(f"http://{address}/rss", tmp_path, limits=LIMITS, allow_loopback=True)
    (failure,) = report.failures
    assert "private address" in failure.what
    assert failure.stage == "collect"


def test_redirects_do_not_pass_the_guard(site: Site, tmp_path: Path) -> None:
    given = [site.home + "/inside", site.home + "/inside-99996.html"]
    report = crawl(given, tmp_path, limits=LIMITS, allow_loopback=True)
    messages = sorted(failure.what for failure in report.failures)
    assert messages == [
        "leads to another site: http://10.0.0.1/rss",
        "leads to another site: http://localhost:1/tin-1-10001.html",
    ]


def test_dead_start_is_a_failure(site: Site, tmp_path: Path) -> None:
    (failure,) = crawl(site.home + "/nothing", tmp_path, limits=LIMITS, allow_loopback=True).failures
    assert (failure.source, failure.what) == (f"{site.home}/nothing", "answers 404")


def test_killed_crawl_keeps_whole_records(site: Site, tmp_path: Path) -> None:
    crawl(site.home + "/sitemap.xml", tmp_path, limits=LIMITS, allow_loopback=True)
    (file,) = (tmp_path / "archive").glob("*.warc.gz")
    file.with_name(file.name + ".open").write_bytes(file.read_bytes()[:-150])
    file.unlink()
    site.asked.clear()
    report = crawl(site.home + "/sitemap.xml", tmp_path, limits=LIMITS, allow_loopback=True)
    assert (report.archived, report.known) == (1, 4)
    failures: list[object] = []
    assert len(list(read_articles([tmp_path / "archive"], on_failure=failures.append))) == 5
    assert not failures


def test_catalogue_is_well_formed() -> None:
    outlets = load_outlets()
    assert len({outlet.site for outlet in outlets}) == len(outlets) >= 40
    for outlet in outlets:
        assert outlet.languages
        assert set(outlet.languages) <= set(languages())
        assert set(outlet.editions) <= set(outlet.languages)
        filled = {key for key in ("feeds", "sitemaps", "sections", "editions") if getattr(outlet, key)}
        assert set(outlet.seen) == filled
        assert {how.split()[0] for how in outlet.seen.values()} <= SEEN
        assert all(start.startswith("https://") for start in outlet.starts)
        assert all(outlet.site in start or outlet.now for start in outlet.starts)
        assert not [start for start in outlet.starts if is_article(start) or is_list(start)]


def test_catalogue_covers_provinces_and_languages() -> None:
    outlets = load_outlets()
    today = {province.name for province in units_on("2026-01-01")}
    assert len({outlet.province for outlet in outlets} & today) >= 30
    assert {code for outlet in outlets for code in outlet.languages} == {"vi", "fr", "en"}


def test_catalogue_tells_what_the_papers_of_merged_provinces_became() -> None:
    outlets = {outlet.site: outlet for outlet in load_outlets()}
    ended = {outlet.province: outlet for outlet in outlets.values() if outlet.now}
    before, today = ({unit.name for unit in units_on(day)} for day in ("2025-06-30", "2025-07-01"))
    assert set(ended) == before - today
    for province, outlet in ended.items():
        successor = outlets[outlet.now or ""]
        assert outlet.ended == "2025-06-30"
        assert successor.now is None
        assert successor.province in {unit.merged_into for unit in provinces() if unit.name == province}
    assert today <= {outlet.province for outlet in outlets.values() if not outlet.now}


def test_own_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[outlet]]\nname = "A"\nsite = "a.example"\nfeeds = ["https://a.example/rss"]\n', encoding="utf-8")
    assert load_outlets(path) == (Outlet("A", "a.example", feeds=("https://a.example/rss",)),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[outlet]]\nname = 'A'\n", "outlet 1: site; needed"),
        ("[[outlet]]\nnam = 1\n", "nam"),
        ("[[", "as TOML"),
        ("[[outlet]]\nname = 'A'\nsite = 'a.example'\nwhole = 1\n", "neither true nor false"),
        ("[[outlet]]\nname = 'A'\nsite = 'a.example'\nseen = 'x'\n", "no table of texts"),
        ("[[outlet]]\nname = 'A'\nsite = 'a.example'\nnow = 'b.example'\n", "stand together"),
        ("[[outlet]]\nname = 'A'\nsite = 'a.example'\nnow = 'b.example'\nended = 'June'\n", "no date"),
    ],
)
def test_wrong_catalogue(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_outlets(tmp_path / "mine.toml")


def test_archive_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(CorpusError, match="archive: cannot be made"):
        crawl("https://a.example/rss", tmp_path / "file")


@pytest.mark.parametrize("source", ["nowhere.example", "nothing.toml", []])
def test_unknown_source(tmp_path: Path, source: str | list[str]) -> None:
    with pytest.raises(InputError):
        crawl(source, tmp_path)


def test_the_front_pages_of_an_outlet_are_starts_unless_it_says_no() -> None:
    feed, editions = ("https://a.example/rss",), {"fr": "https://fr.a.example/", "en": "https://a.example/en/{page}"}
    outlet = Outlet("A", "a.example", feeds=feed, editions=editions)
    assert outlet.fronts == ("https://a.example/", "https://fr.a.example/")
    assert outlet.starts == (*feed, *outlet.fronts)
    assert _outlet_plan(outlet, pages=False)["fronts"] == list(outlet.fronts)
    assert _outlet_plan(outlet, pages=True)["fronts"] == []
    assert Outlet("A", "a.example", sitemaps=("http://www.a.example/s.xml",)).fronts == ("http://www.a.example/",)
    assert Outlet("A", "a.example", feeds=feed, whole=False).starts == feed


@pytest.mark.parametrize(
    "source", ["baonghean.vn", "www.BaoNgheAn.vn", "https://baonghean.vn/", "https://www.baonghean.vn", "báo nghệ an"]
)
def test_an_outlet_of_the_catalogue_by_any_of_its_names(source: str) -> None:
    (outlet,) = outlets_of(source)
    assert (outlet.site, outlet.province) == ("baonghean.vn", "Nghệ An")


def test_an_address_below_a_site_of_the_catalogue_is_that_address_only() -> None:
    (outlet,) = outlets_of("https://baonghean.vn/thoi-su")
    assert outlet.starts == ("https://baonghean.vn/thoi-su",)
    (outlet,) = outlets_of("https://nowhere.example")
    assert outlet.starts == outlet.fronts == ("https://nowhere.example/",)
