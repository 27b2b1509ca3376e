"""The explorable page in a real browser, without network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from miner.explore.page import network

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install 'miner[dev]'")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
VIEWS = ("network", "targets", "directives", "map")
WIDTHS = (1280, 390)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, write_sample: Callable[[Path], Path]) -> Path:
    return write_sample(tmp_path_factory.mktemp("page") / "page.html")


@pytest.fixture
def open_page(browser: Any, sample: Path) -> Iterator[Open]:
    """Open a page; at the end nothing may have failed or left the machine."""
    trouble: list[str] = []
    contexts = []

    def opened(path: Path = sample, width: int = 1280, language: str = "en-GB", scheme: str = "light") -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale=language, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: trouble.append(asked.url) if not _is_local(asked.url) else None)
        page.goto(path.as_uri())
        page.wait_for_function("document.documentElement.dataset.ready === 'network'")
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            assert page.evaluate("typeof window.pwned") == "undefined"
        context.close()
    assert trouble == []


def _is_local(url: str) -> bool:
    return url.startswith(("file:", "data:", "blob:"))


def find(page: Any, text: str) -> None:
    page.fill(".search input", text)
    page.wait_for_selector("#found [role=option]")
    page.keyboard.press("Enter")


def test_search_needs_no_accents(open_page: Open) -> None:
    page = open_page()
    find(page, "tran van mau")
    assert page.inner_text(".details h2") == "Trần Văn Mẫu"
    assert "Posts over time" in page.inner_text(".details")
    assert page.locator(".posts .track i").count() >= 1


def test_a_click_on_a_node_shows_it(open_page: Open) -> None:
    page = open_page()
    box = page.locator(".stage").bounding_box()
    point = page.evaluate(
        """() => { const { sigma } = miner.page.network;
        const node = miner.store.data.nodes.findIndex((one) => one.label === 'Trần Văn Mẫu');
        return sigma.framedGraphToViewport(sigma.getNodeDisplayData(node)); }"""
    )
    page.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
    page.wait_for_selector(".details.open")
    assert page.inner_text(".details h2") == "Trần Văn Mẫu"


def test_an_edge_shows_its_evidence(open_page: Open) -> None:
    page = open_page()
    find(page, "tran van mau")
    page.locator(".edges button").first.click()
    assert page.locator(".evidence mark").first.inner_text() == "Trần Văn Mẫu"
    assert page.locator(".evidence blockquote").first.inner_text() == "Ông Trần Văn Mẫu chủ trì hội nghị."
    link = page.locator(".citation a").first
    assert link.get_attribute("href") == "https://example.org/a?x=1&y=2"
    assert link.get_attribute("rel") == "noopener noreferrer"
    page.keyboard.press("Escape")
    assert page.locator(".details.open").count() == 0


def test_markup_in_texts_is_text(open_page: Open) -> None:
    page = open_page()
    assert page.inner_text("h1") == "Bài & <script>window.pwned=1</script>"
    find(page, "le van script")
    assert "<img src=x onerror=pwned=1>" in page.inner_text(".details h2")
    page.locator(".posts summary").nth(1).click()
    assert page.locator(".posts mark", has_text="<script>window.pwned=1</script>").count() == 1
    # An address that is none of the web is no link.
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator(".details script, .details img").count() == 0


def shown(page: Any) -> tuple[int, int]:
    page.wait_for_timeout(400)
    nodes, edges = (int(word) for word in page.inner_text(".count").replace(",", "").split() if word.isdigit())
    return nodes, edges


def test_filters_leave_less_and_reset_brings_all_back(open_page: Open) -> None:
    page = open_page()
    everything = shown(page)
    page.locator("input[data-kind=official]").uncheck()
    assert shown(page)[0] == everything[0] - 3
    page.click(".filters .reset")
    assert shown(page) == everything
    page.select_option("select[name=place]", label="Hà Giang")
    assert 0 < shown(page)[0] < everything[0]
    page.click(".filters .reset")
    page.select_option("select[name=directive]", index=1)
    assert 0 < shown(page)[0] < everything[0]
    page.click(".filters .reset")
    page.locator("input[name=to]").focus()
    page.keyboard.press("Home")
    assert 0 < shown(page)[1] < everything[1]
    assert "May 2024 – May 2024" in page.inner_text(".time output")


def test_targets_are_sorted_by_their_headings(open_page: Open) -> None:
    page = open_page()
    page.click("#tab-targets")
    assert page.locator(".targets .bar.no").count() >= 1
    page.click("th.place button")
    assert page.get_attribute("th.place", "aria-sort") == "ascending"
    first = page.locator("td.place").first.inner_text()
    page.click("th.place button")
    assert page.get_attribute("th.place", "aria-sort") == "descending"
    assert page.locator("td.place").first.inner_text() != first
    page.locator("td.indicator button").first.click()
    assert sorted(page.locator(".evidence mark").all_inner_texts()) == ["90 %", "95 %"]


def test_directives_and_provinces(open_page: Open) -> None:
    page = open_page()
    page.click("#tab-directives")
    assert page.locator(".timeline li").count() == 1
    assert page.locator(".timeline .lane .cited").count() == 3
    page.click(".timeline button")
    assert page.locator(".evidence mark").first.inner_text() == "57-NQ/TW"
    page.click("#tab-map")
    assert [page.locator(f"figure:nth-child({n}) .tile").count() for n in (1, 2)] == [63, 34]
    page.locator(".tile[role=button]", has_text="Giang").first.press("Enter")
    assert page.inner_text(".details h2") == "Hà Giang"


@pytest.mark.parametrize(("locale", "tab"), [("en-GB", "Network"), ("fr-FR", "Réseau"), ("vi-VN", "Mạng lưới")])
def test_the_page_speaks_the_reader_s_language(open_page: Open, locale: str, tab: str) -> None:
    page = open_page(language=locale)
    assert page.inner_text("#tab-network") == tab
    assert page.get_attribute("html", "lang") == locale[:2]


def test_the_language_can_be_changed(open_page: Open) -> None:
    page = open_page()
    page.select_option("header select", "vi")
    assert page.inner_text("#tab-map") == "Tỉnh, thành"


def test_the_keyboard_reaches_everything(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.focus("#tab-network")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-targets"
    assert page.locator("#view-targets").is_visible()
    page.click("#tab-network")
    page.focus(".stage")
    before = page.evaluate("miner.page.network.sigma.getCamera().getState().ratio")
    page.keyboard.press("+")
    assert page.evaluate("miner.page.network.sigma.getCamera().getState().ratio") < before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(width=width, scheme=scheme)
    for view in VIEWS:
        page.click(f"#tab-{view}")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        wide = "(id) => { const e = document.getElementById(id); return e.scrollWidth - e.clientWidth; }"
        assert page.evaluate(wide, f"view-{view}") <= 0, view


def test_the_page_says_when_it_shows_the_backbone(
    open_page: Open, tmp_path: Path, write_sample: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "MOST_NODES", 6)
    page = open_page(write_sample(tmp_path / "backbone.html"))
    assert page.inner_text(".notice").startswith("This page shows the backbone: 6 of ")
    assert shown(page)[0] == 6
