"""Changes of an article that must not change what is found in it.

A transform takes a `Case` (text and gold) and a random generator and returns a changed Case whose gold has followed the
change: names, places, ids and values replaced, spans moved. Each is a list of edits of the text, applied at once.
"""

from __future__ import annotations

import copy
import re
import textwrap
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Any

from miner.lexicon import load_lexicon, units_on
from miner.text import fold, unaccented

Gold = dict[str, Any]
Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Case:
    """A text with its gold, under a name."""

    name: str
    text: str
    gold: Gold


def apply(case: Case, edits: list[Edit], gold: Gold | None = None) -> Case:
    """Replace the spans of `edits` (which must not overlap) and move the gold's spans along."""
    pieces, moves, last = [], [], 0
    for start, end, new in sorted(edits):
        assert start >= last, "edits overlap"
        pieces += [case.text[last:start], new]
        moves.append((start, end, len(new) - (end - start)))
        last = end
    text = "".join([*pieces, case.text[last:]])
    changed = copy.deepcopy(gold or case.gold)
    for kind in ("figures", "instructions"):
        for fact in changed.get(kind, []):
            start, end = fact["span"]
            fact["span"] = [_moved(start, moves, False), _moved(end, moves, True)]
    return Case(case.name, text, changed)


def _moved(offset: int, moves: list[tuple[int, int, int]], is_end: bool) -> int:
    shift = 0
    for start, end, delta in moves:
        if end <= offset and (start < offset or not is_end):
            shift += delta
        elif start < offset < end:
            return start + shift + (max(0, end - start + delta) if is_end else 0)
    return offset + shift


# -- people --

SURNAMES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Quách",
    "Khuất",
    "Nghiêm",
    "Uông",
    "Thân",
    "Giáp",
]
MIDDLES = ["Văn", "Thị", "Đức", "Hữu", "Xuân", "Quốc", "Minh", "Thanh", "Ngọc", "Đình", "Công", "Trọng", "Bá", "Kim"]
GIVENS = [
    "Tuấn",
    "Hùng",
    "Dũng",
    "Hạnh",
    "Khoa",
    "Phúc",
    "Thịnh",
    "Vinh",
    "Nhàn",
    "Tùng",
    "Loan",
    "Duyên",
    "Khánh",
    "Quyết",
    "Thuận",
    "Bảo",
    "Cường",
    "Hoan",
]
MINORITY = ["Giàng A Páo", "Thào Xuân Sùng", "Y Krông Niê Kđăm", "K'Brít", "Điểu K'Rang", "Sùng A Lềnh", "Lò Văn Muôn"]


def a_name(random: Random) -> str:
    """Return a Vietnamese name of two to four syllables, now and then a minority name."""
    if random.random() < 0.15:
        return random.choice(MINORITY)
    middle = random.sample(MIDDLES, random.choice([0, 1, 1, 1, 2]))
    return " ".join([random.choice(SURNAMES), *middle, random.choice(GIVENS)])


def rename_people(case: Case, random: Random) -> Case:
    """Give every person another name; short forms after an honorific follow."""
    names: dict[str, str] = {}
    used: set[str] = set()
    for official in case.gold["officials"]:
        new = a_name(random)
        while fold(new).split()[-1] in used or _last(new) in {_last(o["name"]) for o in case.gold["officials"]}:
            new = a_name(random)
        used.add(fold(new).split()[-1])
        names[fold(official["name"])] = new
    edits = [edit for old, new in names.items() for edit in _name_edits(case.text, old, new)]
    gold = copy.deepcopy(case.gold)
    for official in gold["officials"]:
        official["name"] = names[fold(official["name"])]
    for key, field in (("instructions", "issuer"), ("participations", "person")):
        for fact in gold[key]:
            fact[field] = names.get(fold(fact[field]), fact[field])
    return apply(case, _disjoint(edits), gold)


def _last(name: str) -> str:
    return fold(name).split()[-1]


HONORIFIC = r"(?:ông|bà|đồng chí|ong|ba|M\.|MM\.|Mme|Mr\.?|Ms\.?|Mrs\.?|camarade|comrade|monsieur|madame)"


def _name_edits(text: str, old: str, new: str) -> list[Edit]:
    words = old.split()
    found = list(_folded_matches(text, r"[\s]+".join(map(re.escape, words))))
    edits = [(start, end, _dressed(text[start:end], new)) for start, end in found]
    if len(words) > 1:
        for start, end in _folded_matches(text, rf"(?<={{H}}){re.escape(words[-1])}"):
            edits.append((start, end, _dressed(text[start:end], new.split()[-1])))
    return edits


def _folded_matches(text: str, pattern: str) -> list[tuple[int, int]]:
    """Return the matches of a folded pattern as spans of `text`; {H} asks for an honorific before."""
    flat, origin = [], []
    for index, char in enumerate(text):
        for c in fold(char) or (" " if char.isspace() else ""):
            flat.append(c)
            origin.append(index)
    folded = "".join(flat)
    before = None
    if "(?<={H})" in pattern:
        pattern, before = pattern.replace("(?<={H})", ""), re.compile(rf"(?<!\w){fold(HONORIFIC)}\s*$")
    spans = []
    for m in re.finditer(rf"(?<![\w']){pattern}(?![\w'])", folded):
        if before is None or before.search(folded[max(0, m.start() - 14) : m.start()]):
            spans.append((origin[m.start()], origin[m.end() - 1] + 1))
    return [(a, b + _marks(text, b)) for a, b in spans if text[a].isupper()]


def _marks(text: str, end: int) -> int:
    count = 0
    while end + count < len(text) and unicodedata.combining(text[end + count]):
        count += 1
    return count


def _dressed(old: str, new: str) -> str:
    """Write `new` as `old` was written: without diacritics, in capitals."""
    if old.isupper() and len(old) > 2:
        new = new.upper()
    return new if any(ord(c) > 127 for c in unicodedata.normalize("NFC", old)) else unaccented(new)


def _disjoint(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e[0] - e[1], e[0])):
        if all(edit[1] <= k[0] or k[1] <= edit[0] for k in kept):
            kept.append(edit)
    return kept


# -- places, numbers, documents --

#: Cities whose names stand in the names of other things.
FIXED = {"Hồ Chí Minh", "Hà Nội", "Huế"}


def move_provinces(case: Case, random: Random) -> Case:
    """Replace every province that the gold knows by another one of its type, with its districts and its paper."""
    mapping = _new_provinces(case, random)
    edits = [e for old, new in mapping.items() for e in _province_edits(case.text, old, new, random)]
    gold = copy.deepcopy(case.gold)
    for official in gold["officials"]:
        for post in official["positions"]:
            post["place"] = mapping.get(post["place"], post["place"])
    for kind in ("figures", "participations"):
        for fact in gold[kind]:
            fact["place"] = mapping.get(fact["place"], fact["place"])
    return apply(case, _disjoint(edits), gold)


def _new_provinces(case: Case, random: Random) -> dict[str, str]:
    """Return a new province for each old one; a municipality becomes a municipality, as its bodies have other names."""
    types = {unit.name: unit.type for day in ("2025-06-30", "2025-07-01") for unit in units_on(day)}
    mapping: dict[str, str] = {}
    for old in sorted(p for p in _places(case.gold) if p in types and p not in FIXED):
        free = [new for new in sorted(types) if types[new] == types[old] and new not in {*FIXED, *mapping.values()}]
        free = [new for new in free if not _folded_matches(case.text, re.escape(fold(new)))]
        if free:
            mapping[old] = random.choice(free)
    return mapping


def _whole(text: str, old: str, new: str) -> list[Edit]:
    spans = _folded_matches(text, r"\s+".join(map(re.escape, fold(old).split())))
    return [(start, end, _dressed(text[start:end], new)) for start, end in spans]


def _province_edits(text: str, old: str, new: str, random: Random) -> list[Edit]:
    glued = [(*m.span(), new) for m in re.finditer(rf"(?<=[Bb]áo ){old}", text)]
    edits = glued + _whole(text, old, new)
    slug = fold(old).replace(" ", "")
    edits += [(*m.span(1), fold(new).replace(" ", "")) for m in re.finditer(rf"(?i)(?:bao|//)({slug})", text)]
    shared = load_lexicon("vi")
    fresh = [form.text for form in shared.group("district") if form.code == new]
    for form in shared.group("district"):
        if form.code == old and fresh and len(form.text) > 4:
            edits += _whole(text, form.text, random.choice(fresh))
    for form in shared.group("outlet"):
        if form.code == old:
            codes = [other.text for other in shared.group("outlet") if other.code == new] or ["PV"]
            edits += [(*m.span(), codes[0]) for m in re.finditer(rf"\b{form.text}\b", text)]
    return edits


def _places(gold: Gold) -> set[str | None]:
    posts = {post["place"] for official in gold["officials"] for post in official["positions"]}
    return posts | {fact["place"] for kind in ("figures", "participations") for fact in gold[kind]}


def change_numbers(case: Case, random: Random) -> Case:
    """Replace the digits of every plain figure by others of the same shape."""
    gold, edits = copy.deepcopy(case.gold), []
    for fact in gold["figures"]:
        start, end = fact["span"]
        m = re.match(r"\d[\d.,\u00a0\u202f ]*\d", case.text[start:end])
        plain = m and fact["of"] is None and fact["unit"] in ("count", "percent", "other")
        if not m or not plain or fact["value"] in (100,) or re.search(r"[^\W\d]", case.text[start:end]):
            continue
        digits = [c for c in m.group() if c.isdigit()]
        fresh = [str(random.randint(1, 8)), *(str(random.randint(1, 9)) for _ in digits[1:])]
        old, new = int("".join(digits)), int("".join(fresh))
        fact["value"] = round(fact["value"] * new / old, 6)
        if len(digits) < 2 or old == 0 or 1900 <= fact["value"] <= 2100:
            fact["value"] = fact["value"] * old / new
            continue
        supply = iter(fresh)
        edits.append((start, start + m.end(), "".join(next(supply) if c.isdigit() else c for c in m.group())))
    return apply(case, edits, gold)


def change_documents(case: Case, random: Random) -> Case:
    """Give every numbered document with a symbol another number of the same length."""
    gold, edits = copy.deepcopy(case.gold), []
    for item in gold["directives"]:
        m = re.match(r"(\d{2,4})(?=[-/])", item["id"])
        if not m:
            continue
        old = m.group(1)
        new = str(random.randint(1, 9)) + "".join(str(random.randint(1, 9)) for _ in old[1:])
        spots = [s.span() for s in re.finditer(rf"(?<![\d./-]){old}(?=\s?[-/]\s?(?:[A-ZĐ]|\d{{4}}\s?/))", case.text)]
        spots += [s.span(1) for s in re.finditer(rf"(?:n\s?[°º]\s?|số |No\.? ?|Nos\. )({old})(?![\d.,/-])", case.text)]
        if not spots or any(old in case.text[slice(*f["span"])] for f in gold["figures"]):
            continue
        if len(re.findall(rf"(?<!\d){old}(?!\d)", case.text)) != len(set(spots)):
            continue
        item["id"] = new + item["id"][len(old) :]
        edits += [(start, end, new) for start, end in set(spots)]
    return apply(case, _disjoint(edits), gold)


# -- writing --


def _each_char(case: Case, change: Any) -> Case:
    edits = [(i, i + 1, new) for i, c in enumerate(case.text) if (new := change(c)) != c]
    return apply(case, edits)


def decompose(case: Case, random: Random) -> Case:
    """Write the text in NFD."""
    return _each_char(case, lambda c: unicodedata.normalize("NFD", c))


def drop_name_diacritics(case: Case, random: Random) -> Case:
    """Drop the diacritics of persons' and provinces' names (in translations)."""
    if case.gold["language"] == "vi":
        return case
    names = [o["name"] for o in case.gold["officials"]] + [p for p in _places(case.gold) if p]
    spans = {s for name in names for s in _folded_matches(case.text, r"\s+".join(map(re.escape, fold(name).split())))}
    edits = [(start, end, unaccented(case.text[start:end])) for start, end in spans]
    return apply(case, _disjoint(edits))


NEW_TONES = dict(
    zip(
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        strict=True,
    )
)


def new_tones(case: Case, random: Random) -> Case:
    """Write open syllables in the new tone placement (hoà, uỷ)."""
    pattern = re.compile("(?<![qQ])(?:" + "|".join(NEW_TONES) + r")(?!\w)")
    return apply(case, [(*m.span(), NEW_TONES[m.group()]) for m in pattern.finditer(case.text)])


def _in_numbers(space: str) -> Any:
    def transform(case: Case, random: Random) -> Case:
        spots = re.finditer(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d)|%)", case.text)
        edits = [(*m.span(), space) for m in spots if _in_figure(case, m.start())]
        return apply(case, edits)

    transform.__name__ = f"spaces_in_numbers_{ord(space):04x}" if space else "no_spaces_in_numbers"
    return transform


def _in_figure(case: Case, offset: int) -> bool:
    return any(start <= offset < end for start, end in (f["span"] for f in case.gold["figures"]))


def straight_apostrophes(case: Case, random: Random) -> Case:
    """Write ’ as '."""
    return _each_char(case, lambda c: "'" if c == "’" else c)


def curly_apostrophes(case: Case, random: Random) -> Case:
    """Write ' between letters as ’."""
    return apply(case, [(*m.span(), "’") for m in re.finditer(r"(?<=[^\W\d])'(?=[^\W\d])", case.text)])


def number_signs(case: Case, random: Random) -> Case:
    """Write the sign before a document's number in another way of the same language."""
    signs = {
        "fr": ["n°", "n° ", "n º ", "N° "],
        "en": ["No. ", "No.", "no. ", "No "],
        "vi": ["số "],
        "es": ["n.º ", "nº "],
    }[case.gold["language"]]
    spots = re.finditer(r"(?:\b[nN]\s?[°º]\s?|\bNo\.? ?)(?=\d)", case.text)
    return apply(case, [(*m.span(), random.choice(signs)) for m in spots])


# -- order and layout --


def wrap(case: Case, random: Random) -> Case:
    """Wrap the text at 80 columns: line breaks in place of spaces, so that no offset moves."""
    edits, start = [], 0
    for line in case.text.splitlines(keepends=True):
        offset = 0
        pieces = textwrap.wrap(
            line.rstrip("\n"), 80, break_long_words=False, break_on_hyphens=False, drop_whitespace=False
        )
        for piece, following in pairwise(pieces):
            offset += len(piece)
            at = offset - 1 if piece.endswith(" ") else offset if following.startswith(" ") else None
            if at is not None:
                edits.append((start + at, start + at + 1, "\n"))
        start += len(line)
    return apply(case, edits)


def bullets(case: Case, random: Random) -> Case:
    """Put a dash before every paragraph below an empty line; short lines (headings, links) are no paragraphs."""
    starts = [m.end() for m in re.finditer(r"\n\n(?=\S.{60,})", case.text)]
    return apply(case, [(s, s, "- ") for s in starts])


def upper_headline(case: Case, random: Random) -> Case:
    """Write the first line in capitals."""
    end = case.text.find("\n")
    if not 0 < end < 250:
        return case
    edits = [(i, i + 1, up) for i in range(end) if len(up := case.text[i].upper()) == 1 and up != case.text[i]]
    return apply(case, edits)


def double_captions(case: Case, random: Random) -> Case:
    """Repeat every caption that holds no figure and no instruction."""
    edits = []
    for m in re.finditer(r"(?m)^.*(?:Photo ?:|Ảnh ?:).*$\n?", case.text):
        if not any(m.start() < b and a < m.end() for a, b in _spans(case.gold)):
            edits.append((m.end(), m.end(), m.group() if m.group().endswith("\n") else "\n" + m.group()))
    return apply(case, edits)


def _spans(gold: Gold) -> list[tuple[int, int]]:
    return [tuple(fact["span"]) for kind in ("figures", "instructions") for fact in gold[kind]]


def shuffle_paragraphs(case: Case, random: Random) -> Case:
    """Put whole paragraphs in another order, but for the first and those whose sense hangs on their neighbours.

    Figures and demands stay, and so does the paragraph before a demand, which says who demands; headings, captions and
    lines of the page are no paragraphs.
    """
    lines = [m.span() for m in re.finditer(r"(?m)^.*\S.*$", case.text)]
    held = {i for i, (a, b) in enumerate(lines) if any(a < e and s < b for s, e in _spans(case.gold))}
    whole = [i for i, (a, b) in enumerate(lines) if b - a > 80 and case.text[a:b].rstrip().endswith(".")]
    loose = [i for i in whole[1:] if i not in held and i + 1 not in held]
    order = dict(zip(loose, random.sample(loose, len(loose)), strict=True))
    return apply(case, [(*lines[i], case.text[slice(*lines[order[i]])]) for i in loose])


def glue(first: Case, second: Case) -> Case:
    """Return two articles as one text."""
    between = "\n\n"
    shift = len(first.text) + len(between)
    gold = copy.deepcopy(first.gold)
    other = copy.deepcopy(second.gold)
    for kind in ("figures", "instructions"):
        for fact in other[kind]:
            fact["span"] = [offset + shift for offset in fact["span"]]
    for kind in ("officials", "directives", "figures", "instructions", "participations"):
        gold[kind] = gold[kind] + other[kind]
    return Case(f"{first.name}+{second.name}", first.text + between + second.text, gold)


TRANSFORMS = [
    rename_people,
    move_provinces,
    change_numbers,
    change_documents,
    decompose,
    drop_name_diacritics,
    new_tones,
    _in_numbers("\u202f"),
    _in_numbers("\u00a0"),
    _in_numbers(""),
    straight_apostrophes,
    curly_apostrophes,
    number_signs,
    wrap,
    bullets,
    upper_headline,
    double_captions,
    shuffle_paragraphs,
]
