"""Addresses: one for each page, articles told from lists, pages of lists counted, editions paired."""

from __future__ import annotations

from functools import partial
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.collect.addresses import (
    are_editions,
    canonical,
    front_language,
    is_article,
    is_list,
    key_of,
    may_be_page,
    may_lead_on,
    month_of,
    page_number,
    site_of,
)
from miner.collect.pages import articles_among, resolved

PAPER = "https://paper.example"


@pytest.mark.parametrize(
    "url",
    [
        "https://paper.example/bai-viet-10001.html?utm_source=rss&utm_medium=x",
        "https://paper.example/bai-viet-10001.html#binh-luan",
        "https://paper.example/bai-viet-10001.html?fbclid=abc&gidzl=1&zarsrc=30",
        "https://paper.example/bai-viet-10001.html?PHPSESSID=0123",
        "https://paper.example/bai-viet-10001.html;jsessionid=0123",
        "https://paper.example/bai-viet-10001.html?print=1",
        "https://paper.example/bai-viet-10001.html/print",
        "https://paper.example/bai-viet-10001.html/amp",
        "https://m.paper.example/bai-viet-10001.html",
        "https://PAPER.example:443/bai-viet-10001.html",
        " https://paper.example/bai-viet-10001.html ",
    ],
)
def test_copies_of_a_page_have_one_address(url: str) -> None:
    assert canonical(url) == f"{PAPER}/bai-viet-10001.html"


@pytest.mark.parametrize("url", ["http://paper.example/a", "https://www.paper.example/a/", "https://m.paper.example/a"])
def test_key(url: str) -> None:
    assert key_of(url) == "paper.example/a"


@pytest.mark.parametrize(
    ("one", "other"),
    [("/a?id=1", "/a?id=2"), ("/a?page=1", "/a?page=2"), ("/a", "/b"), ("/thoi-su", "/thoi-su?xem=cu")],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert key_of(PAPER + one) != key_of(PAPER + other)


@given(st.text(alphabet="abc/?&=;-.1%é ", max_size=30))
def test_canonical_is_stable(rest: str) -> None:
    once = canonical(f"{PAPER}/{rest}")
    assert canonical(once) == once


@pytest.mark.parametrize(
    "path",
    [
        "/chinh-tri/bai-123456.html",
        "/tin-post98765.vnp",
        "/hoi-nghi-ban-ve-chuyen-doi-so",
        "/a/1296816.html",
        "/x.1723993.ldo",
        "/xa-hoi/le-hoi/101041.htm",
        "/tin-tuc/thoi-su/221394/le-hoi",
        "/society/1689999/short-title.html",
        "/thoi-su/202506/le-hoi-30c1dfa/",
        "/chinh-tri/le-hoi-a401234.html",
        "/ph%C3%B3ng-s%E1%BB%B1/ng%C3%A0y-h%E1%BB%99i-c%E1%BB%A7a-l%C3%A0ng-x%C6%B0a",
        "/en/the-province-plans-new-roads",
        "/thoi-su/hop-bao-20250624105812345.htm",
    ],
)
def test_articles(path: str) -> None:
    assert is_article(PAPER + path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/thoi-su",
        "/thoi-su/chinh-tri",
        "/thoi-su/trang-12",
        "/tin-moi-nhat",
        "/rss/home.rss",
        "/thoi-su/202506/",
        "/tin/2025-06-24",
        "/tin/20250624",
        "/thoi-su-page2",
    ],
)
def test_lists(path: str) -> None:
    assert not is_article(PAPER + path)
    assert not is_list(PAPER + path)


@pytest.mark.parametrize(
    "url",
    [
        f"{PAPER}/tags/ten-mot-nguoi-187515.ldo",
        f"{PAPER}/tag/quy-hoach-chung-cua-tinh-den-nam/324763/1.html",
        f"{PAPER}/tu-khoa/chu-tich-hoi-dong-nhan-dan-tinh/45872.html",
        f"{PAPER}/quy-hoach-chung-cua-tinh-tag11525.html",
        f"{PAPER}/ten-mot-nguoi-tags123456.html",
        f"{PAPER}/tag/h%E1%BB%99i+ngh%E1%BB%8B.tpo",
        f"{PAPER}/Articles/Tag?Keyword=x",
        f"{PAPER}/tim-kiem?q=ke-hoach",
        f"{PAPER}/video/le-hoi-cua-tinh-mau-201812050928.htm",
        f"{PAPER}/tac-gia/ten-nguoi-12345.html",
        "https://video.paper.example/le-hoi-cua-tinh-mau-4901234.html",
    ],
)
def test_tags_searches_and_videos(url: str) -> None:
    assert is_list(url)
    assert not is_article(url)
    assert not may_lead_on(url)


def test_sections_among_numbered_articles_are_no_articles() -> None:
    section, numbered = f"{PAPER}/hoc-tap-va-lam-theo-bac", [f"{PAPER}/bai-{10_000 + i}.html" for i in range(5)]
    assert articles_among([section, *numbered]) == set(numbered)
    slugs = [f"{PAPER}/tinh-hop-ban-ve-{word}" for word in ("thue", "duong", "truong", "lua", "rung", "bien")]
    assert articles_among([*slugs, *numbered]) == {*slugs, *numbered}
    assert articles_among([section, *numbered[1:]]) == {section, *numbered[1:]}


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/thoi-su", 1),
        ("/thoi-su?page=3", 3),
        ("/thoi-su?trang=4", 4),
        ("/thoi-su/page/5", 5),
        ("/thoi-su/trang-6", 6),
        ("/thoi-su/trang-7.html", 7),
        ("/thoi-su-p8.html", 8),
        ("/thoi-su/p9", 9),
    ],
)
def test_pages_of_a_list(path: str, number: int) -> None:
    assert page_number(PAPER + path)[1] == number


def test_pages_of_a_list_share_their_base() -> None:
    forms = ("/thoi-su", "/thoi-su?page=2", "/thoi-su/page/3", "/thoi-su/trang-4", "/thoi-su/p5")
    assert {page_number(PAPER + form)[0] for form in forms} == {"paper.example/thoi-su"}


@pytest.mark.parametrize(
    ("path", "month"),
    [
        ("/sitemaps/news-2024-5.xml", "2024-05"),
        ("/sitemap-article-202411.xml", "2024-11"),
        ("/sitemap/2023/07/index.xml", "2023-07"),
        ("/sitemap-20240131.xml", "2024-01"),
        ("/sitemap-12.xml", None),
        ("/sitemap-2024.xml", None),
        ("/sitemap.xml?id=10324531", None),
    ],
)
def test_months_of_sitemaps(path: str, month: str | None) -> None:
    assert month_of(PAPER + path) == month


@pytest.mark.parametrize(
    ("one", "other", "paired"),
    [
        ("/ten-bai-10311111.html", "/en/ten-bai-10311111.html", True),
        ("/vi-VN/ten-bai-10311111.html", "/fr-CH/ten-bai-10311111.html", True),
        ("/en/ten-bai-10311111.html", "/fr/autre-titre-10311111.html", True),
        ("/ten-bai-viet-nay", "/fr/ten-bai-viet-nay", True),
        ("/en/ten-bai-viet-nay", "/fr/ten-bai-viet-nay", True),
        ("/ten-bai-post10311111.html", "/en/ten-bai-10311111.html", True),
        ("/ten-bai-10311111.html", "/en/ten-bai-10311112.html", False),
        ("/ten-bai-10311111.html", "/ten-bai-khac-10311111.html", False),
        ("/en/thoi-su", "/en/thoi-su", False),
    ],
)
def test_editions(one: str, other: str, paired: bool) -> None:
    assert are_editions(PAPER + one, PAPER + other) is paired


@pytest.mark.parametrize(
    "url", ["mailto:a@b.example", "javascript:void(0)", "https:///a", f"{PAPER}/a.pdf", f"{PAPER}/{'a' * 3000}"]
)
def test_what_is_no_page(url: str) -> None:
    assert not may_be_page(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://user:secret@paper.example/a-12345.html", "http://paper.example/a-12345.html"),
        ("http://paper.example@10.0.0.1/a", "http://10.0.0.1/a"),
        ("http://10.0.0.1\\@paper.example/a", "http://10.0.0.1/@paper.example/a"),
        ("https://paper.example:443/a", "https://paper.example/a"),
        ("https://paper.example:80/a", "https://paper.example:80/a"),
        ("https://báo.example/a", "https://xn--bo-mia.example/a"),
        ("http://127。0。0。1/a", "http://127.0.0.1/a"),
        ("http://①②⑦.0.0.1/a", "http://127.0.0.1/a"),
    ],
)
def test_hosts_are_written_as_they_are_asked(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "href",
    [
        None,
        "",
        " ",
        "mailto:a@paper.example",
        "javascript:void(0)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://paper.example/a",
        "http://paper.example:99999/a",
        "http://paper.example:x/a",
        "http://[::1/a",
        "a.pdf",
    ],
)
def test_what_is_no_address_of_a_page(href: str | None) -> None:
    assert resolved(partial(urljoin, "https://paper.example/tin/"), href) is None


def test_sites_are_compared_as_they_are_asked() -> None:
    assert site_of("https://www.báo.example./a") == site_of("https://xn--bo-mia.example/") == "xn--bo-mia.example"


@pytest.mark.parametrize(
    ("url", "language"),
    [
        ("https://en.paper.example/", "en"),
        ("https://english.paper.example", "en"),
        ("https://paper.example/fr/", "fr"),
        ("https://paper.example/cn", "zh"),
        ("https://paper.example/en/thoi-su", ""),
        ("https://paper.example/kinh-te", ""),
        ("https://en.paper.example/politics", ""),
        ("https://paper.example/fr?page=2", ""),
    ],
)
def test_front_pages_of_editions(url: str, language: str) -> None:
    assert front_language(url) == language
