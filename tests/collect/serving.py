"""A press of our own on this machine: three outlets, three languages, 300 articles, and all that goes wrong on the web.

Every page is generated, none is copied; the same outlet gives the same bytes each time.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import brotli

SINCE = "2024-01-01"
LANGUAGES = ("vi", "fr", "en")
TEXTS = {
    "vi": (
        "Kế hoạch số {n} của tỉnh Mẫu",
        "Ngày {day}, UBND tỉnh Mẫu ban hành kế hoạch số {n} về chuyển đổi số cho các xã, phường trong tỉnh; các sở "
        "báo cáo kết quả trước ngày 15 hằng tháng.",
    ),
    "fr": (
        "Plan n° {n} de la province de Mau",
        "Le {day}, le Comité populaire de la province de Mau a publié le plan n° {n} sur la transformation numérique "
        "des communes ; les services rendent compte avant le 15 de chaque mois.",
    ),
    "en": (
        "Plan No. {n} of Mau province",
        "On {day}, the People's Committee of Mau province issued plan No. {n} on the digital transformation of "
        "communes; the departments report before the 15th of each month.",
    ),
}
#: By language: the lead, a caption, its credit, the rows of a table.
PARTS = {
    "vi": (
        "Tỉnh Mẫu đặt mục tiêu {n} xã, phường dùng hồ sơ điện tử trong năm nay.",
        "Cán bộ xã Mẫu hướng dẫn người dân nộp hồ sơ.",
        "Ảnh: Mai Thử",
        "<tr><th>Xã</th><th>Hồ sơ</th></tr><tr><td>Mẫu Một</td><td>{n}</td></tr><tr><td>Mẫu Hai</td><td>7</td></tr>",
    ),
    "fr": (
        "La province de Mau veut que {n} communes emploient des dossiers électroniques cette année.",
        "Des agents de la commune de Mau aident les habitants à déposer leurs dossiers.",
        "Photo : Mai Thu",
        "<tr><th>Commune</th><th>Dossiers</th></tr><tr><td>Un</td><td>{n}</td></tr><tr><td>Deux</td><td>7</td></tr>",
    ),
    "en": (
        "Mau province wants {n} communes to use electronic files this year.",
        "Officers of Mau commune help residents to hand in their files.",
        "Photo: Mai Thu",
        "<tr><th>Commune</th><th>Files</th></tr><tr><td>Mau One</td><td>{n}</td></tr><tr><td>Two</td><td>7</td></tr>",
    ),
}
AUTHORS = ("Mai Thử", "Lê Ví Dụ", "Trần Mẫu")


@dataclass(frozen=True)
class Article:
    """An article of an outlet: its address, its day and what is special about it."""

    path: str
    language: str
    number: int
    day: date
    alternates: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    encoding: str = "utf-8"
    declared: str | None = "utf-8"
    packed: bool = False
    chunked: bool = False

    @property
    def is_new(self) -> bool:
        return self.day.isoformat() >= SINCE

    @property
    def title(self) -> str:
        return TEXTS[self.language][0].format(n=self.number)

    @property
    def author(self) -> str:
        return AUTHORS[self.number % len(AUTHORS)]

    @property
    def credit(self) -> str:
        return PARTS[self.language][2]

    def html(self, home: str) -> bytes:
        title, sentence = self.title, TEXTS[self.language][1].format(n=self.number, day=self.day)
        head = f"<title>{title}</title><meta property='article:published_time' content='{self.day}T08:00:00+07:00'>"
        head += "".join(
            f"<link rel='alternate' hreflang='{lang}' href='{home}{path}'>" for lang, path in self.alternates
        )
        lead, caption, credit, table = (text.format(n=self.number) for text in PARTS[self.language])
        head += f"<meta name='author' content='{self.author}'>"
        picture = f"<figure><img src='/anh/{self.number}.jpg'><figcaption>{caption} {credit}</figcaption></figure>"
        body = f"<p class='sapo'>{lead}</p>{picture}" + "".join(f"<p>{sentence} ({i})</p>" for i in range(3))
        body += f"<table>{table}</table>" + "".join(f"<a href='{a}'>x</a>" for a in self.links)
        body = f"<article><h1>{title}</h1>{body}</article>"
        text = f"<html lang='{self.language}'><head>{head}</head><body>{body}</body></html>"
        return text.encode(self.encoding, "xmlcharrefreplace")


@dataclass
class Answer:
    """What a server sends: a body, or a function that sends it piece by piece."""

    body: bytes = b""
    kind: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    send: Callable[[BaseHTTPRequestHandler], None] | None = None
    raw: bool = False


class Outlet(ThreadingHTTPServer):
    """A paper on an address of its own; `asked` counts requests by path and query."""

    daemon_threads = True
    request_queue_size = 128
    robots = "User-agent: *\nDisallow: /noi-bo/\n"

    def __init__(self, host: str, articles: list[Article]) -> None:
        super().__init__((host, 0), Handler)
        self.host, self.home = host, f"http://{host}:{self.server_port}"
        self.articles = {article.path: article for article in articles}
        self.asked: Counter[str] = Counter()
        self.log: list[tuple[str, str, dict[str, str]]] = []
        self.extra: dict[str, Callable[[Outlet, str], Answer]] = {}
        self.front: list[str] = []
        self.on_article: Callable[[], None] = lambda: None

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent where a crawl hangs up: the traps ask for it."""

    @property
    def expected(self) -> set[str]:
        """The addresses that a crawl since `SINCE` keeps."""
        kept = (a for a in self.articles.values() if a.is_new and not a.path.startswith("/noi-bo/"))
        return {self.home + article.path for article in kept}

    def answer(self, target: str, headers: dict[str, str]) -> Answer:
        parts = urlsplit(target)
        if found := self.extra.get(parts.path):
            return found(self, target)
        if parts.path == "/robots.txt":
            return Answer(self.robots.format(home=self.home).encode(), "text/plain")
        if article := self.articles.get(parts.path):
            self.on_article()
            return self._article(article, headers)
        return Answer(b"<h1>404</h1>", status=404)

    def _article(self, article: Article, headers: dict[str, str]) -> Answer:
        tag, changed = f'"{article.number}-{article.language}"', "Mon, 01 Sep 2025 08:00:00 GMT"
        if headers.get("If-None-Match") == tag:
            return Answer(status=304, kind=None, headers={"ETag": tag})
        kind = "text/html" + (f"; charset={article.declared}" if article.declared else "")
        body, more = article.html(self.home), {"ETag": tag, "Last-Modified": changed}
        if article.packed and "gzip" in headers.get("Accept-Encoding", ""):
            body, more = gzip.compress(body, mtime=0), {**more, "Content-Encoding": "gzip"}
        if article.chunked:
            return Answer(kind=kind, headers={**more, "Transfer-Encoding": "chunked"}, send=_chunked(body))
        return Answer(body, kind, headers=more)


class Handler(BaseHTTPRequestHandler):
    server: Outlet
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        self.server.log.append((self.server.host, self.path, dict(self.headers)))
        answer = self.server.answer(self.path, dict(self.headers))
        try:
            self._send(answer)
        except OSError:
            self.close_connection = True

    def _send(self, answer: Answer) -> None:
        if answer.raw and answer.send:
            answer.send(self)
            self.close_connection = True
            return
        self.send_response(answer.status)
        headers = dict(answer.headers) | ({"Content-Type": answer.kind} if answer.kind else {})
        if answer.send is None:
            headers.setdefault("Content-Length", str(len(answer.body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if answer.send is None:
            self.wfile.write(answer.body)
        else:
            answer.send(self)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _chunked(body: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def send(handler: BaseHTTPRequestHandler) -> None:
        for start in range(0, len(body), 100):
            piece = body[start : start + 100]
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        handler.wfile.write(b"0\r\n\r\n")

    return send


def _page(links: list[str], head: str = "") -> Answer:
    return Answer(
        f"<html><head>{head}</head><body>{''.join(f'<a href={a!r}>x</a>' for a in links)}</body></html>".encode()
    )


def _sitemap(entries: list[tuple[str, str]], packed: bool = False, news: bool = False) -> Answer:
    rows = []
    for url, day in entries:
        dated = (
            f"<n:news><n:publication_date>{day}</n:publication_date></n:news>" if news else f"<lastmod>{day}</lastmod>"
        )
        rows.append(f"<url><loc>{url}</loc>{dated}</url>")
    space = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    body = f'<?xml version="1.0" encoding="UTF-8"?><urlset {space}>{"".join(rows)}</urlset>'.encode()
    return Answer(gzip.compress(body, mtime=0), "application/gzip") if packed else Answer(body, "application/xml")


def _index(urls: list[str]) -> Answer:
    rows = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return Answer(f'<sitemapindex xmlns="http://www.sitemaps.org/x">{rows}</sitemapindex>'.encode(), "text/xml")


def _days(count: int) -> list[date]:
    """Return days, a tenth of them before the period."""
    start = date.fromisoformat(SINCE) - timedelta(days=7 * (count // 10))
    return [start + timedelta(days=7 * i) for i in range(count)]


def provincial() -> Outlet:
    """Return a paper with monthly sitemaps, packed, and a feed; its editions share a number, its pages link to them."""
    articles = []
    for i, day in enumerate(_days(60)):
        slug = f"ke-hoach-cua-tinh-mau-{10_000 + i}.html"
        paths = {"vi": f"/{slug}", "en": f"/en/{slug}", "fr": f"/fr/{slug}"}
        there = [
            code for code in LANGUAGES if code == "vi" or (code == "en" and i % 2) or (code == "fr" and i % 3 == 2)
        ]
        forms = {"encoding": ("utf-8", "cp1258", "utf-8", "utf-8")[i % 4], "packed": i % 5 == 0, "chunked": i % 7 == 0}
        declared = ("utf-8", "windows-1258", None, "iso-8859-1")[i % 4]
        for code in there:
            links = tuple(paths[other] for other in there if other != code)
            articles.append(Article(paths[code], code, i, day, links=links, declared=declared, **forms))
    articles += [Article(f"/noi-bo/tin-{20_000 + i}.html", "vi", 900 + i, date(2025, 1, 1)) for i in range(4)]
    paper = Outlet("127.0.0.1", articles)
    paper.robots += "Sitemap: {home}/sitemap.xml\n"
    vi = [a for a in articles if a.language == "vi"]
    for month in sorted({f"{a.day:%Y-%m}" for a in vi}):
        rows = [(paper.home + a.path, str(a.day)) for a in vi if f"{a.day:%Y-%m}" == month]
        paper.extra[f"/sitemaps/news-{month}.xml.gz"] = lambda outlet, _, rows=rows: _sitemap(rows, packed=True)
    months = [paper.home + path for path in paper.extra]
    paper.extra["/sitemap.xml"] = lambda outlet, _: _index(months)
    newest = [f"<item><link>{paper.home}{a.path}?utm_source=rss</link></item>" for a in vi[-10:]]
    rss = f'<rss version="2.0"><channel>{"".join(newest)}</channel></rss>'.encode()
    paper.extra["/rss/home.rss"] = lambda outlet, _: Answer(rss, "application/rss+xml")
    paper.extra["/"] = lambda outlet, _: _page(
        outlet.front, "<link rel='alternate' type='application/rss+xml' href='/rss/home.rss'>"
    )
    return paper


def central() -> Outlet:
    """Return a paper with sections in pages of ten and a news sitemap; hreflang alone leads to the French edition."""
    articles = []
    for i, day in enumerate(_days(60)):
        pair = (("vi", f"/thoi-su/bai-viet-{30_000 + i}.htm"), ("fr", f"/fr/politique/article-{40_000 + i}.htm"))
        both = pair if i % 2 else pair[:1]
        articles += [Article(path, code, 100 + i, day, alternates=both if i % 2 else ()) for code, path in both]
    paper = Outlet("127.0.0.2", articles)
    listed = sorted((a for a in articles if a.language == "vi"), key=lambda a: a.day, reverse=True)
    news = [(paper.home + a.path, str(a.day)) for a in listed[:5]]
    paper.extra["/news-sitemap.xml"] = lambda outlet, _: _sitemap(news, news=True)
    paper.extra["/thoi-su"] = lambda outlet, target: _section(outlet, listed, target)
    paper.extra["/"] = lambda outlet, _: _page(["/thoi-su", "/tim-kiem"])
    return paper


def _section(outlet: Outlet, listed: list[Article], target: str) -> Answer:
    number = int(parse_qs(urlsplit(target).query).get("page", ["1"])[0])
    shown = [a.path for a in listed[10 * number - 10 : 10 * number]]
    pages = [f"/thoi-su?page={n}" for n in range(1, len(listed) // 10 + 1)]
    return _page([*shown, *pages])


def portal() -> Outlet:
    """Return a portal whose editions share the slug, not all there; a section with pages, an Atom feed."""
    articles = []
    for i, day in enumerate(_days(48)):
        slug = f"tinh-mau-hop-ban-lan-thu-{'abcdefghij'[i // 10]}{'abcdefghij'[i % 10]}"
        for code in LANGUAGES[: 1 + i % 3]:
            articles.append(Article(f"/{slug}" if code == "vi" else f"/{code}/{slug}", code, 200 + i, day))
    paper = Outlet("127.0.0.3", articles)
    paper.robots = "User-agent: *\nDisallow:\nCrawl-delay: 0.001\n"
    listed = sorted((a for a in articles if a.language == "vi"), key=lambda a: a.day, reverse=True)
    entries = "".join(
        f"<entry><link href='{paper.home}{a.path}'/><updated>{a.day}</updated></entry>" for a in listed[:5]
    )
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()
    paper.extra["/atom.xml"] = lambda outlet, _: Answer(atom, "application/atom+xml")
    for number in range(1, 6):
        shown = [a.path for a in listed[10 * number - 10 : 10 * number]]
        head = f"<link rel='next' href='/tin/trang-{number + 1}'>" if number < 5 else ""
        path = f"/tin/trang-{number}" if number > 1 else "/tin"
        paper.extra[path] = lambda outlet, _, shown=shown, head=head: _page(shown, head)
    editions = "".join(f"<link rel='alternate' hreflang='{code}' href='/{code}/'>" for code in LANGUAGES[1:])
    paper.extra["/"] = lambda outlet, _: _page(["/tin"], editions)
    for code in LANGUAGES[1:]:
        there = [a.path for a in articles if a.language == code]
        paper.extra[f"/{code}/"] = lambda outlet, _, there=there: _page(there)
    return paper


@dataclass
class Press:
    """The three outlets and the file of sources that names them."""

    outlets: tuple[Outlet, Outlet, Outlet]
    sources: Path

    @property
    def expected(self) -> set[str]:
        return set().union(*(outlet.expected for outlet in self.outlets))

    @property
    def articles(self) -> int:
        return sum(len(outlet.articles) for outlet in self.outlets)

    @property
    def asked(self) -> Counter[str]:
        return sum((Counter({o.home + path: n for path, n in o.asked.items()}) for o in self.outlets), Counter())

    def forget(self) -> None:
        for outlet in self.outlets:
            outlet.asked.clear()
            outlet.log.clear()


@contextmanager
def press(folder: Path) -> Iterator[Press]:
    """Serve the outlets until the block ends."""
    outlets = (provincial(), central(), portal())
    first, second, third = (outlet.home for outlet in outlets)
    sources = folder / "sources.toml"
    sources.write_text(
        f"""
[[outlet]]
name = "A provincial paper"
site = "127.0.0.1"
province = "Nghệ An"
languages = ["vi", "en", "fr"]
sections = ["{first}/"]

[[outlet]]
name = "A central paper"
site = "127.0.0.2"
languages = ["vi", "fr"]
sitemaps = ["{second}/news-sitemap.xml"]
sections = ["{second}/thoi-su"]

[[outlet]]
name = "A portal"
site = "127.0.0.3"
languages = ["vi", "fr", "en"]
feeds = ["{third}/atom.xml"]
sections = ["{third}/tin"]
editions = {{ vi = "{third}/{{page}}", fr = "{third}/fr/{{page}}", en = "{third}/en/{{page}}" }}
""",
        encoding="utf-8",
    )
    threads = [threading.Thread(target=outlet.serve_forever, args=(0.05,), daemon=True) for outlet in outlets]
    for thread in threads:
        thread.start()
    try:
        yield Press(outlets, sources)
    finally:
        for outlet, thread in zip(outlets, threads, strict=True):
            outlet.shutdown()
            outlet.server_close()
            thread.join()


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, without end."""
    for _ in range(200):
        handler.wfile.write(b"5\r\n<p>x \r\n")
        time.sleep(0.1)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    """Send a header now and then, without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        handler.wfile.write(b"X-%d: 1\r\n" % number)
        time.sleep(0.1)


def flood_headers(handler: BaseHTTPRequestHandler) -> None:
    """Send 50 MB of headers."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(5_000):
        handler.wfile.write(b"X-%d: %s\r\n" % (number, b"x" * 10_000))


def flood(handler: BaseHTTPRequestHandler) -> None:
    """Send 200 MB whose length nobody was told."""
    piece = b"<p>x</p>" * 8_192
    for _ in range(200_000_000 // len(piece)):
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))


def set_traps(outlet: Outlet) -> dict[str, int]:
    """Put all traps on the front page of an outlet and return how many addresses end under which reason."""
    home = outlet.home
    once: Counter[str] = Counter()

    def later(status: int, path: str) -> Callable[[Outlet, str], Answer]:
        def answer(outlet: Outlet, target: str) -> Answer:
            once[path] += 1
            if once[path] == 1:
                return Answer(status=status, headers={"Retry-After": "1"})
            return outlet._article(outlet.articles[path], {})

        return answer

    def moved(target: str, status: int = 302) -> Callable[[Outlet, str], Answer]:
        return lambda outlet, _: Answer(status=status, headers={"Location": target})

    packed = {"Content-Encoding": "br"}
    bomb = gzip.compress(b"<p>x</p>" * 4_000_000, mtime=0)
    pressed = brotli.compress(b"<p>x</p>" * 4_000_000, quality=1)
    nested = gzip.compress(bomb, mtime=0)
    chunked = {"Transfer-Encoding": "chunked"}
    good = [path for path, article in outlet.articles.items() if article.is_new and article.language == "vi"]
    copy = f"<link rel='canonical' href='{home}{good[3]}'>"
    refresh = f"<meta http-equiv='refresh' content='0; url={good[4]}'>"
    traps: dict[str, tuple[str, Callable[[Outlet, str], Answer]]] = {
        "/vong-lap-90001.html": ("redirect", moved("/vong-lap-90002.html")),
        "/vong-lap-90002.html": ("redirect", moved("/vong-lap-90001.html")),
        "/tu-minh-90003.html": ("redirect-loop", moved("/tu-minh-90003.html?sid=1", 301)),
        "/ben-trong-90004.html": ("redirect other-site", moved("http://10.0.0.1/a-12345.html")),
        "/cu-90005.html": ("redirect", moved(good[0], 301)),
        "/cham-90010.html": ("timeout", lambda *_: Answer(send=drip, headers=chunked)),
        "/bom-90011.html": ("too-large", lambda *_: Answer(bomb, headers={"Content-Encoding": "gzip"})),
        "/bom-90024.html": ("too-large", lambda *_: Answer(nested, headers={"Content-Encoding": "gzip, gzip"})),
        "/lon-90012.html": ("too-large", lambda *_: Answer(b"x", headers={"Content-Length": "200000000"})),
        "/lon-90013.html": ("too-large", lambda *_: Answer(send=flood, headers=chunked)),
        "/tep-90014.html": ("wrong-type", lambda *_: Answer(b"%PDF-1.7", "application/pdf")),
        "/dut-90015.html": (
            "cut-off",
            lambda *_: Answer(b"<p>", headers={"Content-Length": "9", "Connection": "close"}),
        ),
        "/loi-90016.html": ("server-error", lambda *_: Answer(status=500)),
        "/cam-90017.html": ("refused", lambda *_: Answer(status=403)),
        "/mat-90018.html": ("gone", lambda *_: Answer(status=410)),
        "/dau-90025.html": ("timeout", lambda *_: Answer(send=drip_headers, raw=True)),
        "/tieu-de-90026.html": ("too-large", lambda *_: Answer(send=flood_headers, raw=True)),
        "/nen-90027.html": (
            "wrong-type",
            lambda *_: Answer(brotli.compress(b"<p>x"), headers=packed),
        ),
        "/bom-90031.html": ("too-large", lambda *_: Answer(pressed, headers=packed)),
        "/chuyen-90028.html": ("copy", lambda *_: _page([], refresh)),
        "/tep-90029.html": ("redirect other-site", moved("file:///etc/passwd")),
        "/du-lieu-90030.html": ("redirect other-site", moved("data:text/html,<p>x</p>")),
        "/ban-in-90019.html": ("copy", lambda *_: _page([], copy)),
        "/gioi-thieu-90020.html": (
            "not-article",
            lambda *_: _page([], "<meta property='og:type' content='website'>"),
        ),
    }
    reasons: Counter[str] = Counter()
    for path, (names, answer) in traps.items():
        outlet.extra[path] = answer
        outlet.front.append(path)
        reasons.update(names.split())
    for path, status in ((good[5], 503), (good[6], 429)):
        outlet.extra[path] = later(status, path)
    outlet.extra["/lich"] = _calendar
    outlet.extra["/cuon"] = _scroll
    outlet.front += [
        "/lich?thang=1",
        "/cuon",
        "http://10.0.0.1/a-12345.html",
        "mailto:x@paper.example",
        "javascript:void(0)",
    ]
    outlet.front += ["/tag/mot-nguoi-cua-tinh-mau-90021.html", "/video/le-hoi-90022.html", "/le-hoi-tag90023.html"]
    outlet.front += [f"{good[1]}?PHPSESSID={i}" for i in range(5)] + [f"{good[2]};jsessionid={i}" for i in range(5)]
    outlet.front += [f"{good[1]}?print=1", f"{good[2]}?fbclid=1#top", "/noi-bo/tin-20000.html"]
    return dict(reasons)


def _calendar(outlet: Outlet, target: str) -> Answer:
    month = int(parse_qs(urlsplit(target).query).get("thang", ["1"])[0])
    return _page([f"/lich?thang={month + 1}", f"/lich?thang={month - 1}"])


def _scroll(outlet: Outlet, target: str) -> Answer:
    number = int(parse_qs(urlsplit(target).query).get("page", ["1"])[0])
    return _page([next(iter(outlet.articles)), f"/cuon?page={number + 1}"])
