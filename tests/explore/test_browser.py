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
def play() -> Iterator[Any]:
    with sync_api.sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(play: Any) -> Iterator[Any]:
    with play.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as started:
        yield started


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, write_sample: Callable[[Path], Path]) -> Path:
    return write_sample(tmp_path_factory.mktemp("page") / "page.html")


@pytest.fixture(scope="module")
def browser_without_webgl(play: Any) -> Iterator[Any]:
    without = [flag for flag in FLAGS if "swiftshader" not in flag] + ["--disable-webgl", "--disable-3d-apis"]
    with play.chromium.launch(executable_path=CHROMIUM, args=without) as started:
        yield started


@pytest.fixture
def open_page(browser: Any, sample: Path) -> Iterator[Open]:
    yield from opener(browser, sample)


@pytest.fixture
def open_plain(browser_without_webgl: Any, sample: Path) -> Iterator[Open]:
    yield from opener(browser_without_webgl, sample)


def opener(browser: Any, sample: Path) -> Iterator[Open]:
    """Open pages; at the end nothing may have failed or left the machine."""
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
        page.wait_for_selector("html[data-ready]")
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


def test_a_click_on_an_edge_in_the_picture_shows_its_evidence(open_page: Open) -> None:
    page = open_page()
    box = page.locator(".stage").bounding_box()
    # A straight edge from which no node is near; the middle of what is drawn of it.
    point = page.evaluate(
        """() => { const { sigma, graph } = miner.page.network;
        const at = (node) => sigma.framedGraphToViewport(sigma.getNodeDisplayData(node));
        const middle = (edge) => { const [a, b] = graph.extremities(edge).map(at);
          return { edge: +edge, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, length: Math.hypot(a.x - b.x, a.y - b.y) }; };
        const straight = graph.filterEdges((edge, { type }) => type === 'arrow' && miner.store.data.edges[edge].proofs);
        return straight.map(middle).sort((a, b) => b.length - a.length)[0]; }"""
    )
    page.mouse.move(box["x"] + point["x"] - 1, box["y"] + point["y"])
    page.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
    page.wait_for_selector(".details.open .evidence")
    assert page.evaluate("miner.page.selection") == {"edge": point["edge"]}
    assert page.locator(".evidence blockquote mark").count() >= 1


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


def test_escape_and_another_view_put_the_details_away(open_page: Open) -> None:
    page = open_page()
    page.click("#tab-targets")
    page.locator("td.indicator button").first.click()
    page.keyboard.press("Escape")
    assert page.locator(".details.open").count() == 0
    page.locator("td.indicator button").first.click()
    page.click("#tab-directives")
    assert page.locator(".details.open").count() == 0
    page.click("#tab-map")
    page.locator(".tile[role=button]", has_text="Giang").first.click()
    page.click("#tab-network")
    assert page.inner_text(".details h2") == "Hà Giang"


def test_what_is_called_just_so_is_found_first(open_page: Open) -> None:
    page = open_page()
    find(page, "ha giang")
    assert page.inner_text(".details h2") == "Hà Giang"


def test_on_a_narrow_screen_the_chosen_node_is_not_covered(open_page: Open) -> None:
    page = open_page(width=390)
    find(page, "tran van mau")
    place = page.evaluate(
        """() => { const { sigma } = miner.page.network;
        const { y } = sigma.framedGraphToViewport(sigma.getNodeDisplayData(miner.page.selection.node));
        return { y: y + document.querySelector('.stage').getBoundingClientRect().y,
          top: document.querySelector('.stage').getBoundingClientRect().y,
          covered: document.querySelector('.details').getBoundingClientRect().y }; }"""
    )
    assert place["top"] < place["y"] < place["covered"]


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


@pytest.mark.parametrize(
    ("attempt", "directive"),
    [
        ("fetch('https://example.org/').catch(() => 0)", "connect-src"),
        ("navigator.sendBeacon('https://example.org/', 'x')", "connect-src"),
        ("new Image().src = 'https://example.org/x.png'", "img-src"),
        (
            "document.head.append(document.createElement('script').appendChild(new Text('1')).parentNode)",
            "script-src-elem",
        ),
    ],
)
def test_the_policy_stops_whatever_would_leave_the_page(
    browser: Any, sample: Path, attempt: str, directive: str
) -> None:
    page = browser.new_page()
    page.goto(sample.as_uri())
    stopped = page.evaluate(
        f"""() => new Promise((stopped) => {{
        document.addEventListener('securitypolicyviolation', (event) => stopped(event.effectiveDirective));
        {attempt}; }})"""
    )
    page.close()
    assert stopped == directive


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


def seen(page: Any) -> list[bool]:
    """Whether each shown node lies in the picture, after the camera has moved."""
    page.wait_for_timeout(400)
    return list(
        page.evaluate(
            """() => { const { network } = miner.page;
            const box = document.querySelector('.stage').getBoundingClientRect();
            const inside = ({ x, y }) => x > 0 && y > 0 && x < box.width && y < box.height;
            const { sigma } = network;
            const at = (node) => { if (sigma) return sigma.framedGraphToViewport(sigma.getNodeDisplayData(node));
              const { x, y, width, height } = network.nodes[node].getBoundingClientRect();
              return { x: x + width / 2 - box.x, y: y + height / 2 - box.y }; };
            return [...network.shown.nodes].map((node) => inside(at(node))); }"""
        )
    )


@pytest.mark.parametrize("kind", ["open_page", "open_plain"])
def test_the_picture_follows_the_filters(kind: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(kind)()
    ratio = "(miner.page.network.sigma?.getCamera() ?? miner.page.network.camera).ratio"
    whole = page.evaluate(ratio)
    page.select_option("select[name=place]", label="Hà Giang")
    assert all(seen(page))
    assert page.evaluate(ratio) < whole
    page.select_option("header select", "fr")
    assert all(seen(page))
    assert page.evaluate("document.querySelector('select[name=place]').selectedOptions[0].text") == "Hà Giang"
    page.click(".filters .reset")
    page.wait_for_timeout(400)
    assert page.evaluate(ratio) == whole


def test_without_webgl_two_fingers_zoom(open_plain: Open) -> None:
    page = open_plain(width=390)
    width = "+document.querySelector('.plain').getAttribute('viewBox').split(' ')[2]"
    before = page.evaluate(width)
    box = page.locator(".stage").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 60
    touch = page.context.new_cdp_session(page)
    for name, apart in (("touchStart", 40), ("touchMove", 80), ("touchMove", 120), ("touchEnd", 0)):
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}] if apart else []
        touch.send("Input.dispatchTouchEvent", {"type": name, "touchPoints": points})
    assert page.evaluate(width) == pytest.approx(before / 3, rel=0.1)
    assert page.locator(".details.open").count() == 0


def test_without_webgl_edges_have_arrows(open_plain: Open) -> None:
    page = open_plain()
    assert page.locator(".plain [data-edge][marker-mid]").count() == page.locator(".plain [data-edge]").count() > 0
    assert page.locator(".plain marker path").count() >= 2


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


def test_the_theme_follows_the_reader_s_and_can_be_changed(open_page: Open) -> None:
    page = open_page(scheme="dark")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(ground)
    page.click(".theme")
    light = page.evaluate(ground)
    assert dark != light
    page.click(".theme")
    assert page.evaluate(ground) == dark
    page.emulate_media(color_scheme="light")
    page.wait_for_selector("html[data-theme=light]")
    assert page.evaluate(ground) == light


def test_without_webgl_the_page_says_so_and_draws_the_network_as_svg(open_plain: Open) -> None:
    page = open_plain()
    assert page.evaluate("document.documentElement.dataset.ready") == "plain"
    assert page.inner_text(".notice").startswith("This browser cannot draw the network with WebGL")
    nodes, edges = shown(page)
    assert page.locator(".plain circle:visible").count() == nodes
    find(page, "tran van mau")
    assert page.inner_text(".details h2") == "Trần Văn Mẫu"
    assert page.locator(".plain circle.chosen").count() == 1
    assert 0 < page.locator(".plain path:not(.gone)").count() < edges
    page.locator(".plain path:not(.gone)[data-edge]").first.dispatch_event("click")
    assert page.locator(".evidence blockquote mark").count() >= 1
    page.keyboard.press("Escape")
    page.locator("input[data-kind=official]").uncheck()
    assert shown(page)[0] == page.locator(".plain circle:not(.gone)").count() == nodes - 3
    page.focus(".stage")
    before = page.get_attribute(".plain", "viewBox")
    page.keyboard.press("+")
    assert page.get_attribute(".plain", "viewBox") != before
    for view, row in (("targets", "tbody tr"), ("directives", ".timeline li"), ("map", ".tile")):
        page.click(f"#tab-{view}")
        assert page.locator(row).count() >= 1


def test_without_webgl_a_click_in_the_picture_shows_a_node(open_plain: Open) -> None:
    page = open_plain(width=390, language="vi-VN", scheme="dark")
    assert page.inner_text(".notice").startswith("Trình duyệt này")
    number = page.evaluate("miner.store.data.nodes.findIndex((one) => one.label === 'Trần Văn Mẫu')")
    page.locator(f".plain circle[data-node='{number}']").click()
    assert page.inner_text(".details h2") == "Trần Văn Mẫu"


def test_the_keyboard_goes_on_in_the_details_and_comes_back(open_page: Open) -> None:
    page = open_page()
    inside = "document.querySelector('.details').contains(document.activeElement)"
    find(page, "tran van mau")
    assert page.evaluate(inside)
    page.locator(".edges button").first.press("Enter")
    assert page.locator(".evidence").count() == 1
    assert page.evaluate(inside)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.type") == "search"
    page.focus("#tab-targets")
    page.keyboard.press("Enter")
    page.locator("td.indicator button").first.press("Enter")
    assert page.evaluate(inside)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('td').className") == "indicator"
    page.select_option("header select", "fr")
    assert page.evaluate("document.activeElement.value") == "fr"


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
