"""Where a page keeps its headline, lead, text and captions, and what of it is said of other articles.

Mostly names tell it, that is classes and ids. How papers call the parts is data: ``miner/data/pages.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lxml import etree, html

from miner.lexicon import read_yaml
from miner.text import fold

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BLOCKS = ("article", "div", "main", "section", "td")
#: What can be a headline where no `h1` is.
_LINES = ("h2", "h3", "div", "p", "span", "strong", "td")
_TITLES = "//title/text() | //meta[@property='og:title']/@content | //meta[@name='title']/@content"
#: The words that two spellings of one headline share, at least.
_SHARED = 0.75
#: A text is no shorter, in characters, and holds this share of what a wider element with such a name holds.
_TEXT, _MOST = 200, 0.6
#: A shorter description of a picture is found anywhere.
_SAID = 10
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "a", "script", "style", "noscript")
#: A lead is a few sentences; a longer element with such a class is the whole text.
_LEAD = range(40, 1_500)
#: So many characters tell that an element says what the page's description says; a dateline may stand before.
_PROBE, _DATELINE = 60, 60
#: Paragraphs of so many characters are the text's, and no lead follows.
_BODY = 200
#: What stands in one of these is said of other articles.
_OTHERS = ("a", "aside", "footer", "li", "nav")
_INNER = ("p", "div", "h2", "h3", "ul", "figure", "table")


@dataclass(frozen=True, slots=True)
class Roles:
    """Elements of a page: `head` the headline, `body` what holds the text (None where nothing names it).

    `apart` stand beside the article, for others.
    """

    head: Any
    body: Any
    captions: tuple[Any, ...]
    leads: frozenset[Any]
    authors: tuple[Any, ...]
    apart: frozenset[Any]


@cache
def layout() -> dict[str, Any]:
    """Return how papers call the parts of a page."""
    return dict(read_yaml("pages.yaml"))


def find_roles(tree: html.HtmlElement) -> Roles:
    """Return what the elements of `tree` are for."""
    named: dict[str, list[Any]] = {role: [] for role in layout()["roles"]}
    said = {alt.strip() for alt in tree.xpath("//body//img/@alt", smart_strings=False) if len(alt) >= _SAID}
    saying = []
    for element in tree.iter(etree.Element):
        roles = _roles_of(element)
        for role in roles:
            named[role].append(element)
        # Headlines too say what pictures say, and are no captions.
        if said and (text := element.text) and text.strip() in said and element.tag not in _HEADS:
            saying.append(element)
    figures = dict.fromkeys([*tree.iter("figcaption"), *named["captions"], *saying])
    body = _body([*tree.iterfind(".//*[@itemprop='articleBody']"), *named["bodies"]])
    apart = frozenset([*tree.iter("nav", "footer"), *named["apart"]])
    return Roles(_head(tree), body, tuple(figures), frozenset(named["leads"]), tuple(named["authors"]), apart)


def find_lead(roles: Roles, descriptions: Sequence[str]) -> str | None:
    """Return the text of the first element between headline and text that a class or the page's description tells."""
    said = 0
    known = {fold(text)[:_PROBE]: len(text) for text in descriptions if len(text) >= _LEAD.start}
    for element in _behind(roles.head) if roles.head is not None else ():
        named = element in roles.leads
        if (named or _is_line(element)) and (text := _lead_text(element)) and (named or _is_described(text, known)):
            return text
        said += len(element.text_content()) if element.tag == "p" else 0
        if said >= _BODY:
            return None
    return None


def headline(roles: Roles) -> str:
    """Return the text of the headline, empty if none is known."""
    return " ".join(roles.head.text_content().split()) if roles.head is not None else ""


def is_alike(one: str, other: str) -> bool:
    """Tell whether two lines are spellings of one headline."""
    first, second = set(fold(one).split()), set(fold(other).split())
    return len(first & second) >= _SHARED * max(1, len(first))


def only_body(roles: Roles) -> Iterator[html.HtmlElement]:
    """Yield a page that holds nothing but the text, none where nothing names it; what is for others is left out."""
    if roles.body is None:
        return
    body = deepcopy(_without_others(roles.body, roles.apart))
    page = html.Element("html")
    etree.SubElement(page, "body").append(body)
    body.tail = None
    body.set("itemprop", "articleBody")
    yield page


def _without_others(body: Any, apart: Set[Any]) -> Any:
    """Return the text's element after dropping what stands in it for others, which is less than half of it."""
    whole = len(body.text_content())
    for element in [e for e in body.iterdescendants(etree.Element) if e in apart]:
        if element.getparent() is not None and 2 * len(element.text_content()) < whole:
            element.drop_tree()
    return body


def _head(tree: html.HtmlElement) -> Any:
    """Return the headline: the `h1` that the page's title repeats, else another line that says the same."""
    titles = [title.strip() for title in tree.xpath(_TITLES, smart_strings=False) if title.strip()]
    heads = list(tree.iter("h1"))
    alike = next((h for h in heads if any(is_alike(h.text_content(), title) for title in titles)), None)
    if alike is not None:
        return alike
    wanted = {fold(title) for title in titles}
    sizes = {len(title) for title in titles}
    lines = (e for e in tree.iter(*_LINES) if e.text and len(e.text.strip()) in sizes)
    found = next((line for line in lines if fold(line.text) in wanted), None)
    return found if found is not None else next(iter(heads), None)


def _body(named: Sequence[Any]) -> Any:
    """Return the one element that holds the text; the narrowest that holds most of what the wider ones hold."""
    found = {e: len(e.text_content().strip()) for e in named if e.tag in _BLOCKS}
    wide = [e for e, size in found.items() if size >= _TEXT and not any(a in found for a in e.iterancestors())]
    if len(wide) != 1:
        return None
    body = wide[0]
    for element in body.iterdescendants(*_BLOCKS):
        if found.get(element, 0) >= _MOST * found[body]:
            body = element
    return body


def _lead_text(element: Any) -> str | None:
    """Return the text of an element that may be a lead, if it may be one of the page's article."""
    text = " ".join(element.text_content().split())
    if len(text) not in _LEAD or next(element.iter("h1"), None) is not None:
        return None
    return None if next(element.iterancestors(*_OTHERS), None) is not None else text


def _is_line(element: Any) -> bool:
    return element.tag in _LINES and next(element.iterdescendants(*_INNER), None) is None


def _is_described(text: str, known: dict[str, int]) -> bool:
    """Tell whether a text says what a description says, by the descriptions' starts and lengths."""
    # Past the table of `fold`, which is for words: a page's texts come once.
    folded = fold.__wrapped__(text)
    return any(0 <= folded.find(start) <= _DATELINE and len(text) <= size + _DATELINE for start, size in known.items())


def _behind(element: html.HtmlElement | None) -> Iterator[Any]:
    """Yield the elements that follow one, in the page's order."""
    while element is not None:
        for sibling in element.itersiblings(etree.Element):
            yield from sibling.iter(etree.Element)
        element = element.getparent()


def _roles_of(element: Any) -> frozenset[str]:
    name, identifier = element.get("class"), element.get("id")
    roles = _roles(name) if name else frozenset()
    if identifier:
        roles |= _roles(identifier)
    if element.tag == "div" and (kind := element.get("type")):
        roles |= _roles(kind)
    return roles


@lru_cache(maxsize=50_000)
def _roles(name: str) -> frozenset[str]:
    """Return what a class or id calls its element; what stands apart may hold captions too, and is only that."""
    lowered = f"{name.lower()} {_CAMEL.sub('-', name).lower()}"
    found = {match.lastgroup or "" for match in _names().finditer(lowered)}
    return frozenset(("apart",) if "apart" in found else found)


@cache
def _names() -> re.Pattern[str]:
    """Return the pattern of classes and ids: parts of them for captions and what stands apart, else words or all."""
    words = {key: "|".join(map(re.escape, names)) for key, names in layout()["roles"].items()}
    edges = r"(?<![a-z])(?:{})(?![a-z])"
    forms = {"apart": "{}", "captions": "{}", "leads": edges, "authors": edges, "bodies": r"(?<![\w-])(?:{})(?![\w-])"}
    return re.compile("|".join(f"(?P<{role}>{form.format(words[role])})" for role, form in forms.items()))
