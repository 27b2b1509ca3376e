"""Manners: crawl delays, pauses that a host asks for, conditional requests, limits of a site, robots.txt."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from serving import Answer, Article, Outlet
from warcs import pages_of

from miner.collect import CrawlReport, Limits, check_sources, crawl
from miner.collect import Outlet as Source
from miner.collect.manners import seconds_of

LIMITS = Limits(delay=0.0, timeout=5.0)
ARTICLES = [Article(f"/bai-viet-{10_000 + i}.html", "vi", i, date(2025, 1, 1 + i)) for i in range(8)]


@pytest.fixture
def paper() -> Iterator[Outlet]:
    outlet = Outlet("127.0.0.1", ARTICLES)
    outlet.extra["/tin"] = lambda outlet, _: Answer("".join(f"<a href='{a.path}'>x</a>" for a in ARTICLES).encode())
    thread = threading.Thread(target=outlet.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield outlet
    outlet.shutdown()
    outlet.server_close()
    thread.join()


def run(paper: Outlet, out: Path, start: str = "/tin", limits: Limits = LIMITS, **more: Any) -> CrawlReport:
    return crawl(paper.home + start, out, limits=limits, allow_loopback=True, **more)


def test_a_crawl_delay_is_kept(paper: Outlet, tmp_path: Path) -> None:
    paper.robots = "User-agent: *\nCrawl-delay: 0.3\n"
    times: list[float] = []
    paper.on_article = lambda: times.append(time.monotonic())
    run(paper, tmp_path)
    gaps = [after - before for before, after in pairwise(times)]
    assert len(times) == 8
    assert min(gaps) > 0.2


def test_a_pause_that_is_asked_for_is_kept(paper: Outlet, tmp_path: Path) -> None:
    times: list[float] = []

    def answer(outlet: Outlet, _: str) -> Answer:
        times.append(time.monotonic())
        if len(times) == 1:
            return Answer(status=429, headers={"Retry-After": "1"})
        return outlet._article(ARTICLES[0], {})

    paper.extra[ARTICLES[0].path] = answer
    report = run(paper, tmp_path)
    assert report.archived == 8
    assert times[1] - times[0] > 0.9
    assert report.failures == ()


def test_a_host_that_asks_for_hours_is_left_alone(paper: Outlet, tmp_path: Path) -> None:
    paper.extra[ARTICLES[0].path] = lambda *_: Answer(status=503, headers={"Retry-After": "7200"})
    report = run(paper, tmp_path)
    assert report.reasons["asked-to-wait"] >= 1
    assert "7200 seconds" in " ".join(failure.what for failure in report.failures)
    assert paper.asked[ARTICLES[0].path] == 1
    assert report.archived + report.reasons["asked-to-wait"] == 8


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 0 ", 0.0),
        (b"", None),
        (b"-5", None),
        (b"1.5", None),
        (b"soon", None),
        (b"\xb2", None),
        (b"9" * 400, 999_999_999.0),
        (b"Mon, 01 Jan 2024 00:00:00 GMT", 0.0),
        (b"Monday, 01-Jan-24 00:00:00 GMT", 0.0),
        (b"Mon, 99 Jan 2024 00:00:00 GMT", None),
    ],
)
def test_retry_after(value: bytes, seconds: float | None) -> None:
    assert seconds_of(value) == seconds


def test_retry_after_as_a_date_to_come() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < (seconds_of(date.encode()) or 0) <= 90


def test_revisits_ask_for_changes_only(paper: Outlet, tmp_path: Path) -> None:
    assert run(paper, tmp_path).archived == 8
    first = paper.articles[ARTICLES[0].path]
    paper.articles[first.path] = replace(first, number=99)
    paper.extra[ARTICLES[1].path] = lambda outlet, _: outlet._article(ARTICLES[1], {})
    paper.log.clear()
    report = run(paper, tmp_path, again_before="2099-01-01")
    assert report.reasons == {"archived": 1, "unchanged": 7}
    headers = {path: sent for _, path, sent in paper.log}
    assert headers[first.path]["If-None-Match"] == '"0-vi"'
    assert headers[first.path]["If-Modified-Since"] == "Mon, 01 Sep 2025 08:00:00 GMT"
    assert [len(bodies) for _, bodies in sorted(pages_of(tmp_path / "archive").items())] == [2, *[1] * 7]


def test_revisits_are_due_once(paper: Outlet, tmp_path: Path) -> None:
    run(paper, tmp_path)
    paper.asked.clear()
    assert run(paper, tmp_path, again_before="2020-01-01").known == 8
    assert not [path for path in paper.asked if path.endswith(".html")]


def test_the_period_may_grow(paper: Outlet, tmp_path: Path) -> None:
    assert run(paper, tmp_path, since="2025-01-03", until="2025-01-05").reasons == {"archived": 3, "out-of-period": 5}
    paper.asked.clear()
    report = run(paper, tmp_path, since="2025-01-03")
    assert report.reasons == {"archived": 3, "known": 5}
    assert sum(count for path, count in paper.asked.items() if path.endswith(".html")) == 3


@pytest.mark.parametrize(
    ("limits", "reason"),
    [(Limits(pages=3, delay=0.0), "limit-pages"), (Limits(bytes=3_000, delay=0.0), "limit-bytes")],
)
def test_limits_of_a_site(paper: Outlet, tmp_path: Path, limits: Limits, reason: str) -> None:
    report = run(paper, tmp_path, limits=limits)
    assert report.reasons[reason] == 8 - report.archived
    assert report.archived == 3 or reason == "limit-bytes"
    assert report.failures == ()
    assert run(paper, tmp_path).archived == 8 - report.archived


@pytest.mark.parametrize(
    ("status", "robots", "archived"),
    [
        (200, "User-agent: *\nDisallow: /\n", 0),
        (200, "User-agent: miner\nDisallow: /bai\n", 0),
        (200, "user-AGENT: MINER\ndisallow: /bai\n", 0),
        (200, "\ufeffUser-agent: *\r\nDisallow: /bai\r\n", 0),
        (200, "User-agent: *\rDisallow: /bai\r", 0),
        (200, "User-agent: *\nDisallow: /bai\n\nUser-agent: miner\nDisallow: /noi-bo\n", 8),
        (200, "User-agent: *\nDisallow: /bai\nAllow: /bai-viet\n", 8),
        (200, "User-agent: *\nDisallow: /*.html$\n", 0),
        (200, "User-agent: *\nDisallow: /BAI\n", 8),
        (200, "User-agent: *\n" + "# " + "x" * 450_000 + "\nDisallow: /bai\n", 0),
        (200, "User-agent: *\n" + ("# " + "x" * 98 + "\n") * 6_000 + "Disallow: /bai\n", 8),
        (200, "<html><p>Not found</p></html>", 8),
        (200, "", 8),
        (401, "User-agent: *\nDisallow: /\n", 8),
        (410, "", 8),
        (500, "", 0),
        (404, "", 8),
        (403, "", 8),
        (429, "", 0),
        (503, "", 0),
    ],
)
def test_robots(paper: Outlet, tmp_path: Path, status: int, robots: str, archived: int) -> None:
    paper.extra["/robots.txt"] = lambda *_: Answer(robots.encode(), "text/plain", status)
    assert run(paper, tmp_path).archived == archived


def test_robots_behind_redirects(paper: Outlet, tmp_path: Path) -> None:
    paper.extra["/robots.txt"] = lambda *_: Answer(status=301, headers={"Location": "/r.txt"})
    paper.extra["/r.txt"] = lambda *_: Answer(f"User-agent: *\nDisallow: {ARTICLES[0].path}\n".encode(), "text/plain")
    report = run(paper, tmp_path)
    assert (report.archived, report.forbidden) == (7, (paper.home + ARTICLES[0].path,))


@pytest.mark.parametrize(("hops", "is_read"), [(5, True), (6, False)])
def test_robots_behind_many_redirects(paper: Outlet, tmp_path: Path, hops: int, is_read: bool) -> None:
    for n in range(hops):
        name = f"/r{n}.txt" if n else "/robots.txt"
        paper.extra[name] = lambda *_, n=n: Answer(status=302, headers={"Location": f"/r{n + 1}.txt"})
    paper.extra[f"/r{hops}.txt"] = lambda *_: Answer(b"User-agent: *\nDisallow: /noi-bo\n", "text/plain")
    report = run(paper, tmp_path)
    assert report.archived == (8 if is_read else 0)
    assert report.reasons.get("robots-unreachable", 0) == (0 if is_read else 1)


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, {"Content-Length": "900", "Connection": "close"}),
        (302, {"Location": "http://10.0.0.1/robots.txt"}),
        (302, {"Location": "/robots.txt"}),
    ],
)
def test_robots_that_cannot_be_had(paper: Outlet, tmp_path: Path, status: int, headers: dict[str, str]) -> None:
    paper.extra["/robots.txt"] = lambda *_: Answer(b"", "text/plain", status, headers)
    report = run(paper, tmp_path)
    assert report.reasons == {"robots-unreachable": 1}
    assert "/tin" not in paper.asked


def test_a_page_that_moves_within_its_key_is_followed(paper: Outlet, tmp_path: Path) -> None:
    path = "/cu/thu-muc-20001"
    paper.extra[path] = lambda *_: Answer(status=301, headers={"Location": f"{path}/"})
    paper.extra[f"{path}/"] = lambda outlet, _: outlet._article(ARTICLES[0], {})
    report = run(paper, tmp_path, path)
    assert report.reasons == {"archived": 1}
    assert list(pages_of(tmp_path / "archive")) == [f"{paper.home}{path}/"]


def test_a_followed_page_that_says_it_is_an_article_is_kept_once(paper: Outlet, tmp_path: Path) -> None:
    head = "<meta property='og:type' content='article'><meta property='article:published_time' content='{}'>"
    for path, day in (("/le-hoi", "2025-01-05"), ("/hop-bao", "2020-01-05"), ("/ban-ve-mot-con-duong", "2025-01-05")):
        paper.extra[path] = lambda *_, day=day: Answer(f"{head.format(day)}<p>x</p>".encode())
    paper.extra["/muc"] = lambda *_: Answer(b"<a href='/le-hoi'>x</a><a href='/hop-bao'>x</a>")
    report = run(paper, tmp_path, "/muc", since="2025-01-01")
    assert report.reasons == {"archived": 1, "out-of-period": 1}
    assert run(paper, tmp_path, "/ban-ve-mot-con-duong").reasons == {"archived": 1}
    paper.asked.clear()
    assert run(paper, tmp_path, "/muc", since="2025-01-01").reasons == {"known": 2}
    assert run(paper, tmp_path, "/ban-ve-mot-con-duong").reasons == {"known": 1}
    assert set(paper.asked) == {"/robots.txt", "/muc"}


def test_one_site_by_its_front_page(paper: Outlet, tmp_path: Path) -> None:
    paper.robots += f"Sitemap: {paper.home}/maps.xml\n"
    paper.extra["/"] = lambda *_: Answer(f"<a href='{ARTICLES[0].path}'>x</a><a href='/tin'>x</a>".encode())
    rows = "".join(f"<url><loc>{paper.home}{a.path}</loc></url>" for a in ARTICLES[5:])
    paper.extra["/maps.xml"] = lambda *_: Answer(f"<urlset>{rows}</urlset>".encode(), "application/xml")
    assert run(paper, tmp_path / "a", "/", Limits(delay=0.0, depth=0)).archived == 4
    assert run(paper, tmp_path / "b", "/").archived == 8


def test_sources_are_checked_without_fetching_articles(paper: Outlet) -> None:
    item = f"<link>{paper.home}/x-10001.html</link><pubDate>2 Jun 2025 08:00 +0700</pubDate>"
    rss = f"<rss><channel><item>{item}</item></channel></rss>"
    paper.extra["/rss"] = lambda *_: Answer(rss.encode(), "application/rss+xml")
    feeds, sections = (f"{paper.home}/rss", f"{paper.home}/none"), (f"{paper.home}/tin",)
    source = Source("A", "127.0.0.1", feeds=feeds, sections=sections, whole=False)
    report = check_sources([source], limits=LIMITS, allow_loopback=True)
    rows = {row["url"].rpartition("/")[2]: row for row in report.starts}
    assert (rows["rss"]["entries"], rows["rss"]["newest"]) == (1, "2025-06-02")
    assert rows["tin"]["entries"] == 8
    assert rows["none"]["status"] == 404
    assert [failure.what for failure in report.failures] == ["answers 404"]
    assert not [path for path in paper.asked if path.endswith(".html")]


def test_languages_of_an_outlet(paper: Outlet, tmp_path: Path) -> None:
    others = [Article(f"/{code}/bai-viet-{10_000}.html", code, 0, date(2025, 1, 1)) for code in ("en", "zh", "fr")]
    paper.articles.update({article.path: article for article in others})
    paper.extra["/tin"] = lambda *_: Answer("".join(f"<a href='{a.path}'>x</a>" for a in others).encode())
    (tmp_path / "mine.toml").write_text(
        f'[[outlet]]\nname = "A"\nsite = "127.0.0.1"\nlanguages = ["vi", "fr"]\nsections = ["{paper.home}/tin"]\n'
        "whole = false\n",
        "utf-8",
    )
    report = crawl(tmp_path / "mine.toml", tmp_path, limits=LIMITS, allow_loopback=True)
    assert report.reasons == {"archived": 1, "other-language": 2}
    assert list(pages_of(tmp_path / "archive")) == [f"{paper.home}/fr/bai-viet-10000.html"]


def test_broken_lists_do_not_end_the_crawl(paper: Outlet, tmp_path: Path) -> None:
    rows = "".join(f"<sitemap><loc>{paper.home}/{name}</loc></sitemap>" for name in ("cut.gz", "bomb.gz", "bad.xml"))
    paper.extra["/maps.xml"] = lambda *_: Answer(f"<sitemapindex>{rows}</sitemapindex>".encode(), "application/xml")
    paper.extra["/cut.gz"] = lambda *_: Answer(b"\x1f\x8b\x08broken", "application/gzip")
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000, 9, mtime=0)
    paper.extra["/bomb.gz"] = lambda *_: Answer(bomb, "application/gzip")
    entity = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    url = f"<url><loc>{paper.home}{ARTICLES[0].path}</loc><x>&a;</x></url>"
    paper.extra["/bad.xml"] = lambda *_: Answer(f"{entity}<urlset>{url}<url><loc>".encode(), "application/xml")
    report = run(paper, tmp_path, "/maps.xml")
    assert report.archived == 1
    assert report.reasons["too-large"] == 2


def test_sitemaps_without_end_end(paper: Outlet, tmp_path: Path) -> None:
    def index(outlet: Outlet, target: str) -> Answer:
        number = int(target.partition("n=")[2] or 0)
        rows = f"<sitemap><loc>{outlet.home}/maps.xml?n={number + 1}</loc></sitemap>"
        return Answer(f"<sitemapindex>{rows}</sitemapindex>".encode(), "application/xml")

    paper.extra["/maps.xml"] = index
    report = run(paper, tmp_path, "/maps.xml")
    assert report.reasons == {"list-ends": 1}
    assert len([path for path in paper.asked if path.startswith("/maps.xml")]) == 6


def test_wrong_entries_and_sitemaps_do_not_hide_the_others(paper: Outlet, tmp_path: Path) -> None:
    wrong = ["http://paper.example:99999/a", "http://[::1/a", "file:///etc/passwd", f"{paper.home}/anh-10001.jpg"]
    rows = "".join(f"<url><loc>{url}</loc></url>" for url in [*wrong, paper.home + ARTICLES[0].path])
    paper.extra["/maps.xml"] = lambda *_: Answer(f"<urlset>{rows}</urlset>".encode(), "application/xml")
    paper.extra["/"] = lambda *_: Answer(b"<a href='/tim-kiem'>x</a>")
    paper.robots = "User-agent: *\nDisallow:\nSitemap: http://[::1/maps.xml\nSitemap: /maps.xml\n"
    report = run(paper, tmp_path, "/")
    assert report.reasons == {"archived": 1, "not-article": 4, "not-there": 5}


def test_other_ports_of_a_site_are_left_alone(paper: Outlet, tmp_path: Path) -> None:
    rows = "<url><loc>http://127.0.0.1:22/bai-10001.html</loc></url>"
    paper.extra["/maps.xml"] = lambda *_: Answer(f"<urlset>{rows}</urlset>".encode(), "application/xml")
    assert run(paper, tmp_path, "/maps.xml").reasons == {"off-site": 1}


def test_a_list_ends_where_its_articles_are_older_than_the_period(paper: Outlet, tmp_path: Path) -> None:
    old = [Article(f"/bai-cu-{30_000 + i}.html", "vi", i, date(2020, 1, 1)) for i in range(100)]
    paper.articles.update({article.path: article for article in old})

    def page(outlet: Outlet, target: str) -> Answer:
        number = int(target.partition("page=")[2] or 1)
        # What is read most stands on every page.
        shown = [ARTICLES[0], *(ARTICLES[1:] if number == 1 else old[5 * number - 10 : 5 * number - 5])]
        links = [article.path for article in shown] + [f"/tin?page={number + 1}"]
        return Answer("".join(f"<a href='{link}'>x</a>" for link in links).encode())

    paper.extra["/tin"] = page
    assert run(paper, tmp_path, since="2025-01-01").archived == len(ARTICLES)
    assert 2 <= len([path for path in paper.asked if path.startswith("/tin?page=")]) <= 4


def test_feeds_and_sitemaps_are_looked_for_at_the_usual_places(paper: Outlet, tmp_path: Path) -> None:
    for path, some in (("/sitemap-news.xml", ARTICLES[:4]), ("/rss", ARTICLES[4:])):
        rows = "".join(f"<url><loc>{paper.home}{a.path}</loc></url>" for a in some)
        paper.extra[path] = lambda *_, rows=rows: Answer(f"<urlset>{rows}</urlset>".encode(), "application/xml")
    paper.extra["/"] = lambda *_: Answer(b"<p>rendered by a script</p>")
    paper.extra["/sitemap.xml"] = lambda *_: Answer(status=302, headers={"Location": "/"})
    paper.extra["/home.rss"] = lambda *_: Answer(b"<html><p>404</p></html>")
    report = run(paper, tmp_path, "/")
    assert report.reasons == {"archived": 8, "not-there": 4}
    assert report.failures == ()
    rows = check_sources([Source("A", "127.0.0.1", sections=(f"{paper.home}/",))], limits=LIMITS, allow_loopback=True)
    assert {(row["url"].removeprefix(paper.home), row["from"]) for row in rows.starts} == {
        ("/", "given"),
        ("/sitemap-news.xml", "usual"),
        ("/rss", "usual"),
    }


def test_entries_of_other_sites_are_counted(paper: Outlet, tmp_path: Path) -> None:
    rows = "<url><loc>https://other.example/bai-10001.html</loc></url>"
    paper.extra["/maps.xml"] = lambda *_: Answer(f"<urlset>{rows}</urlset>".encode(), "application/xml")
    assert run(paper, tmp_path, "/maps.xml").reasons == {"off-site": 1}


def test_a_silent_host_is_left_alone(paper: Outlet, tmp_path: Path) -> None:
    pages = [f"/im-lang-{20_000 + i}.html" for i in range(30)]
    paper.extra |= {
        path: lambda *_: Answer(b"<p>", headers={"Content-Length": "9", "Connection": "close"}) for path in pages
    }
    paper.extra["/tin"] = lambda *_: Answer("".join(f"<a href='{path}'>x</a>" for path in pages).encode())
    report = run(paper, tmp_path)
    assert report.reasons["host-down"] > 0
    assert report.reasons["host-down"] + report.reasons.get("cut-off", 0) == 30
    # Those that were under way when it fell silent are sent all the same.
    assert sum(paper.asked.values()) < 3 * 30
