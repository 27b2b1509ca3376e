"""The crawl of the test site is exact: the expected pages, all of them, once; traps end in counted reasons."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from serving import SINCE, Press, press, set_traps
from warcs import pages_of

from miner.collect import CrawlReport, Limits, crawl
from miner.collect.report import REASONS
from miner.read import read_articles
from miner.records import Failure

LIMITS = Limits(delay=0.0, timeout=1.0, page_bytes=1_000_000)


@dataclass
class Crawled:
    press: Press
    archive: Path
    report: CrawlReport
    traps: dict[str, int]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("site")
    with press(folder) as served:
        traps = set_traps(served.outlets[0])
        report = crawl(served.sources, folder / "out", since=SINCE, limits=LIMITS, allow_loopback=True)
        yield Crawled(served, folder / "out" / "archive", report, traps)


def test_the_site_is_as_large_as_it_should_be(crawled: Crawled) -> None:
    assert crawled.press.articles == 300
    assert len(crawled.press.expected) == crawled.report.archived
    languages = {a.language for outlet in crawled.press.outlets for a in outlet.articles.values()}
    assert languages == {"vi", "fr", "en"}


def test_expected_pages_all_of_them_once(crawled: Crawled) -> None:
    kept = pages_of(crawled.archive)
    assert set(kept) == crawled.press.expected
    assert {len(bodies) for bodies in kept.values()} == {1}


def test_nothing_is_asked_for_twice(crawled: Crawled) -> None:
    asked = crawled.press.asked
    again = {url.rpartition("/")[2] for url, count in asked.items() if count > 1}
    good = [path for path, a in crawled.press.outlets[0].articles.items() if a.is_new and a.language == "vi"]
    retried = {
        "cham-90010.html",
        "dau-90025.html",
        "tieu-de-90026.html",
        "dut-90015.html",
        "loi-90016.html",
        good[5][1:],
        good[6][1:],
    }
    assert again == retried


def test_payloads_are_the_bytes_that_came(crawled: Crawled) -> None:
    for outlet in crawled.press.outlets:
        kept = pages_of(crawled.archive)
        for path, article in outlet.articles.items():
            if outlet.home + path in outlet.expected:
                (body,) = kept[outlet.home + path]
                plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
                assert plain == article.html(outlet.home), path


def test_traps_end_in_counted_reasons(crawled: Crawled) -> None:
    counts = crawled.report.sites["127.0.0.1"]
    assert {reason: counts[reason] for reason in crawled.traps} == crawled.traps
    assert counts["list-ends"] == 1
    assert counts["robots"] == 4
    assert not [url for url in crawled.press.asked if "/tag/" in url or "/video/" in url or "-tag90023" in url]
    months = [url for url in crawled.press.asked if "/lich?" in url]
    assert len(months) == 1
    assert {reason for site in crawled.report.sites.values() for reason in site} <= set(REASONS)


def test_failures_say_where_and_what_to_do(crawled: Crawled) -> None:
    for failure in crawled.report.failures:
        assert failure.source.startswith("http://127.0.0.1:")
        assert failure.what
        assert failure.remedy
    assert len(crawled.report.failures) == sum(n for reason, n in crawled.report.reasons.items() if REASONS[reason])


def test_robots_and_private_addresses_stay_alone(crawled: Crawled) -> None:
    home = crawled.press.outlets[0].home
    assert crawled.report.forbidden == tuple(f"{home}/noi-bo/tin-{20_000 + i}.html" for i in range(4))
    assert not [url for url in crawled.press.asked if "/noi-bo/" in url]


def test_the_user_agent_names_the_tool_and_a_contact(crawled: Crawled) -> None:
    agents = {headers["User-Agent"] for outlet in crawled.press.outlets for _, _, headers in outlet.log}
    assert len(agents) == 1
    assert agents.pop().startswith("miner/")
    assert {headers["Accept-Encoding"] for _, _, headers in crawled.press.outlets[0].log} == {"gzip"}


def test_the_reader_takes_the_archive(crawled: Crawled) -> None:
    failures: list[Failure] = []
    articles = list(read_articles([crawled.archive], on_failure=failures.append))
    assert failures == []
    assert {article.url for article in articles} == crawled.press.expected
    made = {
        outlet.home + path: article for outlet in crawled.press.outlets for path, article in outlet.articles.items()
    }
    for article in articles:
        source = made[article.url or ""]
        (credit,) = [article.text[slice(*block.credit)] for block in article.blocks if block.credit]
        assert (article.title, credit) == (source.title, source.credit)
        assert (article.language, article.published, article.authors) == (
            source.language,
            str(source.day),
            (source.author,),
        )
        assert {block.kind for block in article.blocks} == {"heading", "lead", "paragraph", "caption", "table"}


def test_a_second_crawl_asks_for_lists_only(crawled: Crawled) -> None:
    crawled.press.forget()
    report = crawl(crawled.press.sources, crawled.archive.parent, since=SINCE, limits=LIMITS, allow_loopback=True)
    assert report.archived == 0
    assert report.known >= len(crawled.press.expected)
    assert not {url for url in crawled.press.asked if url in crawled.press.expected}
    asked = {url.rpartition("/")[2] for url in crawled.press.asked}
    assert {"cham-90010.html", "loi-90016.html"} <= asked
    assert (
        not {
            "bom-90011.html",
            "bom-90024.html",
            "lon-90012.html",
            "lon-90013.html",
            "mat-90018.html",
            "tu-minh-90003.html",
        }
        & asked
    )
    assert {len(bodies) for bodies in pages_of(crawled.archive).values()} == {1}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_front_page_of_an_outlet_is_enough(tmp_path: Path, number: int) -> None:
    with press(tmp_path) as served:
        outlet = served.outlets[number]
        report = crawl(f"{outlet.home}/", tmp_path / "out", since=SINCE, limits=LIMITS, allow_loopback=True)
        assert set(pages_of(tmp_path / "out" / "archive")) == outlet.expected
        assert report.failures == ()
        assert {path for path, count in outlet.asked.items() if count > 1} == set()
