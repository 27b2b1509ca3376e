"""Other provinces, numbers, documents and years in place of an article's own."""

from __future__ import annotations

import copy
import re
from random import Random

from changing import Case, Edit, Gold, apply, disjoint, dressed, map_places, named, places

from miner.lexicon import load_lexicon, read_table, units_on
from miner.text import fold, unaccented

#: Cities whose names stand in the names of other things.
FIXED = {"Hồ Chí Minh", "Hà Nội", "Huế"}


def move_provinces(case: Case, random: Random) -> Case:
    """Replace every province by another one of its type, with its districts and its paper."""
    mapping = _new_provinces(case, random)
    edits = [e for old, new in mapping.items() for e in _province_edits(case.text, old, new, random)]
    if case.gold["language"] == "vi":
        marked = {unaccented(new): new for new in mapping.values()}
        edits = [(start, end, marked.get(new, new)) for start, end, new in edits]
    return apply(case, disjoint(edits), map_places(case.gold, lambda place: mapping.get(place, place)))


def _new_provinces(case: Case, random: Random) -> dict[str, str]:
    """Return a new province for each old one; a municipality becomes a municipality, as its bodies have other names."""
    types = {unit.name: unit.type for day in ("2025-06-30", "2025-07-01") for unit in units_on(day)}
    mapping: dict[str, str] = {}
    for old in sorted(p for p in places(case.gold) if p in types and p not in FIXED):
        free = [new for new in sorted(types) if types[new] == types[old] and new not in {*FIXED, *mapping.values()}]
        free = [new for new in free if not named(case.text, new)]
        if free:
            mapping[old] = random.choice(free)
    return mapping


def _whole(text: str, old: str, new: str) -> list[Edit]:
    return [(start, end, dressed(text[start:end], new)) for start, end in named(text, old)]


def _province_edits(text: str, old: str, new: str, random: Random) -> list[Edit]:
    glued = [(*m.span(), new) for m in re.finditer(rf"(?<=[Bb]áo ){old}", text)]
    edits = glued + _whole(text, old, new)
    slug = fold(old).replace(" ", "")
    edits += [(*m.span(1), fold(new).replace(" ", "")) for m in re.finditer(rf"(?i)(?:bao|//)({slug})", text)]
    shared = load_lexicon("vi")
    provinces = {fold(form.text) for form in shared.group("place")}
    districts = [form for form in shared.group("district") if fold(form.text) not in provinces]
    fresh = [form.text for form in districts if form.code == new]
    for form in districts:
        if form.code == old and fresh and len(form.text) > 4:
            edits += _whole(text, form.text, random.choice(fresh))
    for form in shared.group("outlet"):
        if form.code == old:
            codes = [other.text for other in shared.group("outlet") if other.code == new] or ["PV"]
            edits += [(*m.span(), codes[0]) for m in re.finditer(rf"\b{form.text}\b", text)]
    return edits


# -- numbers --

_NUMERAL = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|e|è?me|er|ère|ᵉ)\b")
_WORDS = {
    "vi": ["hai", "ba", "bốn", "sáu", "bảy", "tám", "chín"],
    "fr": ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
    "es": ["dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
    "en": ["two", "three", "four", "five", "six", "seven", "eight", "nine"],
}
_VALUES = {"vi": [2, 3, 4, 6, 7, 8, 9]}


def change_numbers(case: Case, random: Random) -> Case:
    """Replace every number by another of the same shape: as many digits, zeros and signs in their places."""
    gold, edits = copy.deepcopy(case.gold), []
    for facts in _ranges(sorted(gold["figures"], key=lambda fact: fact["span"])):
        drawn = [_redrawn(case, fact, random) for fact in facts]
        while not _ordered(facts, [(value, of) for value, of, _ in drawn]):
            drawn = [_redrawn(case, fact, random) for fact in facts]
        for fact, (value, of, new) in zip(facts, drawn, strict=True):
            fact["value"], fact["of"] = value, of
            edits += new
    return apply(case, disjoint(edits), gold)


def _ranges(figures: list[Gold]) -> list[list[Gold]]:
    """Group the two ends of each range; other figures stay alone."""
    groups: list[list[Gold]] = []
    for fact in figures:
        last = groups[-1][-1] if groups and len(groups[-1]) == 1 else None
        ends = last and (last["comparator"], fact["comparator"]) == (">=", "<=")
        if last and ends and fact["span"][0] - last["span"][1] < 12:
            groups[-1].append(fact)
        else:
            groups.append([fact])
    return groups


def _ordered(facts: list[Gold], values: list[tuple[float, float | None]]) -> bool:
    """Tell whether the low end stays below the high one and the part below the whole, where they were."""
    ends = len(values) == 1 or values[0][0] < values[1][0] or facts[0]["value"] >= facts[1]["value"]
    return ends and all(
        of is None or value <= of or fact["value"] > fact["of"] for fact, (value, of) in zip(facts, values, strict=True)
    )


def _redrawn(case: Case, fact: Gold, random: Random) -> tuple[float, float | None, list[Edit]]:
    """Return a new value, a new denominator and the edits that write them; the old ones where the shape is unusual."""
    start, end = fact["span"]
    kept = (fact["value"], fact["of"], [])
    numerals = list(_NUMERAL.finditer(case.text, start, end))
    if not numerals:
        return _reworded(case, fact, random) or kept
    if len(numerals) != (1 if fact["of"] is None else 2) or _has_number_words(case, start, end):
        return kept
    texts = [_digits(m.group(), case.text[m.end() : m.end() + 4], random) for m in numerals]
    factors = [
        _plain(new) / _plain(m.group()) if _plain(m.group()) else 1.0 for m, new in zip(numerals, texts, strict=True)
    ]
    value = round(fact["value"] * factors[0], 6)
    of = fact["of"] and round(fact["of"] * factors[-1], 6)
    return value, of, [(*m.span(), new) for m, new in zip(numerals, texts, strict=True)]


def _plain(numeral: str) -> int:
    return int(re.sub(r"\D", "", numeral))


def _has_number_words(case: Case, start: int, end: int) -> bool:
    """Tell whether a second numeral in words stands in the span (half, two thirds)."""
    words = set(re.findall(r"[^\W\d]+", case.text[start:end].lower()))
    return bool(words & set(_WORDS[case.gold["language"]])) or "rưỡi" in words


def _digits(old: str, after: str, random: Random) -> str:
    """Return other digits in the shape of `old`; years, 100 and the endings of ordinals stay."""
    if _plain(old) in (1, 100) or (len(old) == 4 and old[:2] in ("19", "20")):
        return old
    keep = 1 if _ORDINAL.match(after) else 0
    while True:
        fresh = [c if c in "0" or not c.isdigit() else str(random.randint(1, 9)) for c in old]
        if keep:
            fresh[-1:] = old[-1:]
            fresh[-2:-1] = old[-2:-1] if old[-2:-1] == "1" else fresh[-2:-1]
        new = "".join(fresh)
        year = len(new) == 4 and new[:2] in ("19", "20")
        teen = keep and len(new) > 1 and new[-2] == "1" and old[-2] != "1"
        if _plain(new) > 1 and not year and not teen:
            return new


def _reworded(case: Case, fact: Gold, random: Random) -> tuple[float, float | None, list[Edit]] | None:
    language = case.gold["language"]
    values = _VALUES.get(language, range(2, 10))
    start, end = fact["span"]
    word = case.text[start:end]
    if word.lower() not in _WORDS[language] or fact["of"] is not None:
        return None
    at = _WORDS[language].index(word.lower())
    if fact["value"] != values[at]:
        return None
    new = random.randrange(len(_WORDS[language]))
    text = _WORDS[language][new]
    return values[new], None, [(start, end, text.capitalize() if word[0].isupper() else text)]


# -- documents --

_KIND = (
    r"Nghị quyết|Chỉ thị|Quyết định|Kết luận|Kế hoạch|Đề án|Chương trình|Nghị định|Luật|Thông tư|Công điện|Văn bản|"
    r"Thông báo|"
    r"[Rr]ésolutions?|[Dd]irectives?|[Dd]écisions?|[Cc]onclusions?|[Pp]lans?|[Pp]rojet|[Dd]écrets?|[Cc]irculaires?|"
    r"[Dd]épêches?|[Rr]esolutions?|[Dd]ecisions?|[Dd]ecrees?|[Pp]rojects?|[Cc]irculars?|[Dd]ispatch|[Nn]otices?"
)
_SIGN = r"(?:[nN]\s?[°º]\s?|số |[nN]os?\.? ?|Nos\. )"
_BEFORE = re.compile(rf"(?:{_SIGN}|(?:{_KIND})\s(?:{_SIGN})?)$")
_AFTER = re.compile(r"\s?[-/]\s?(?:[A-ZĐ]|\d{4}\s?/)")


def change_documents(case: Case, random: Random) -> Case:
    """Give every numbered document another number, of two to four digits."""
    known = {
        f"{row['type']} {row['number']}" for row in read_table("known_documents.csv", ("type", "number", "issuer"))
    }
    gold, edits = copy.deepcopy(case.gold), []
    numbers = {m.group(): item for item in gold["directives"] if (m := re.search(r"\d+", item["id"]))}
    fresh = random.sample([n for n in range(11, 3000) if not 1900 <= n <= 2100], len(numbers))
    for old, new in zip(sorted(numbers), map(str, fresh), strict=True):
        items = [item for item in gold["directives"] if re.search(r"\d+", item["id"]).group() == old]  # type: ignore[union-attr]
        spots = _mentions(case, old)
        if not spots or any(item["id"] in known for item in items):
            continue
        for item in items:
            item["id"] = re.sub(r"\d+", new, item["id"], count=1)
        edits += [(start, end, new) for start, end in spots]
    return apply(case, disjoint(edits), gold)


def _mentions(case: Case, number: str) -> list[tuple[int, int]]:
    """Return where a document's number stands; none if it stands elsewhere with another sense."""
    text = case.text
    found = [m.span() for m in re.finditer(rf"(?<![\d.,/-])(?:0*{number.lstrip('0')})(?![\d])", text)]
    figures = [fact["span"] for fact in case.gold["figures"]]
    found = [(a, b) for a, b in found if not any(s <= a < e for s, e in figures)]
    sure = [(a, b) for a, b in found if _BEFORE.search(text[max(0, a - 30) : a]) or _AFTER.match(text[b : b + 8])]
    lone = {(a, b) for a, b in found if re.match(r"[/.,:h-]\d|%|\s?[%€$]", text[b : b + 3]) and (a, b) not in sure}
    return sure if set(found) - lone == set(sure) else []


# -- years --

_YEAR = re.compile(r"(?<!\d)(?<!\d[,])(?:19[89]|20[0-6])\d(?!\d|[.,]\d)")
#: Leap years stay leap years.
_SHIFTS = (-8, -4, 4)


def shift_years(case: Case, random: Random) -> Case:
    """Move every date, and the years in the numbers of documents, by four or eight years."""
    by = random.choice(_SHIFTS)
    gold = copy.deepcopy(case.gold)
    fixed = [fact["span"] for fact in gold["figures"]]
    fixed += [s for item in gold["directives"] if _YEAR.match(item["id"]) for s in _mentions(case, item["id"][:4])]
    years = [m for m in _YEAR.finditer(case.text) if not any(a <= m.start() < b for a, b in fixed)]
    for item in gold["directives"]:
        item["issued"] = _later(item["issued"], by)
        item["id"] = re.sub(r"(?<=\d/)(?:19|20)\d\d(?=/)", lambda m: str(int(m.group()) + by), item["id"])
    for fact in gold["figures"]:
        fact["date"] = _later(fact["date"], by)
    for fact in gold["instructions"]:
        fact["deadline"] = _later(fact["deadline"], by)
    return apply(case, [(*m.span(), str(int(m.group()) + by)) for m in years], gold)


def _later(day: str | None, by: int) -> str | None:
    return day and f"{int(day[:4]) + by}{day[4:]}"
