"""Vietnamese names at random, and the change of an article's people."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable
from random import Random

from changing import Case, Edit, Gold, Transform, apply, disjoint, dressed, folded_matches, named

from miner.extract.names import is_syllable
from miner.lexicon import units_on
from miner.text import fold, unaccented

FREQUENT = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trương Mai".split()
RARE = (
    "Quách Khuất Nghiêm Uông Thân Giáp Nhữ Khổng Doãn Ngụy Thiều Bành Tôn Kha Trà Đậu Biện Cấn Lục Văn Ninh "
    "Hứa Tiêu Âu La Cù Mạc Sầm Chử Lãnh Ngọ Viên Nhâm Diệp Tưởng Đồng"
).split()
MIDDLES = "Văn Thị Đức Hữu Xuân Quốc Minh Thanh Ngọc Đình Công Trọng Bá Kim Hồng Quang Thế Mạnh Thu Bích Khắc".split()
GIVENS = (
    "Tuấn Hùng Dũng Hạnh Khoa Phúc Thịnh Vinh Nhàn Tùng Loan Duyên Khánh Quyết Thuận Bảo Cường Hoan Sáu Nhị "
    "Thoa Ánh Ý Oanh Uyên Khuê Nguyệt Thưởng Nghĩa Quýnh Chuyên"
).split()


def vietnamese(surnames: list[str]) -> Callable[[Random], str]:
    def name(random: Random) -> str:
        middles = random.sample(MIDDLES, random.choice([0, 1, 1, 1, 2, 2, 3]))
        return " ".join([random.choice(surnames), *middles, random.choice(GIVENS)])

    return name


HMONG = "Giàng Thào Vàng Sùng Lầu Hầu Mùa Cứ Vừ Lý Hờ Tráng Má Hạng Ly Sồng".split()
HMONG_GIVEN = "Páo Lềnh Chu Dê Vảng Sử Tủa Súa Phử Sì Dơ Chông Câu Lử Dính Thào Pó Chống".split()
THAI_TAY = "Lò Cầm Quàng Tòng Lường Bạc Nông Chẩu Ma Bế Hoàng Triệu Đàm Lèng Vi Lộc Bàn Phàn Chảo Tẩn".split()
EDE_GIVEN = ["Krông", "Biêr", "Luyện", "Thanh Hà", "Ngọc", "Wơn", "Khút", "Bliă", "Nhuân", "Thịnh", "Blơm"]
EDE_CLAN = ["Niê Kđăm", "Niê", "Ayŭn", "Byă", "Mlô", "Êban", "Ksơr", "Kbuôr", "Bkrông", "Knul", "Adrơng", "Kpă"]
JARAI = ["Ksor", "Siu", "Rmah", "Kpă", "Rah Lan", "Rơ Châm", "Nay", "Puih"]
JARAI_GIVEN = ["H'Nhan", "Hyiu", "Blưn", "Phinh", "Thuyên", "H'Bia", "Tơm", "Duen", "Krứ"]
COHO = ["K'Mák", "K'Brít", "K'Glong", "Điểu K'Rang", "Điểu Hênh", "Cil Bri", "Bon Yô Soan", "Liêng Hot Ha Krang"]
KHMER = "Thạch Sơn Kim Danh Kiên Châu".split()
KHMER_GIVEN = ["Sa Rây", "Chanh Đa", "Sa Ri", "Sô Phol", "Mươne", "Sà Vuông", "Ngọc Hùng", "Thị Nga", "Sóc Kha"]
COTU = ["Bhling", "Zơ Râm", "Alăng", "Bríu", "Hốih", "Coor", "Pơ Loong", "A Rất", "Bhnướch"]
COTU_GIVEN = ["Mía", "Nươm", "Thị Bưi", "Quân", "Bhuốt", "Liếc", "Thị Tám"]

#: A name takes one word from each list.
PATTERNS = [
    (HMONG, ["A", "A", "Seo", "Thị", "Bá"], HMONG_GIVEN),
    (THAI_TAY, MIDDLES, GIVENS),
    (["Y"], EDE_GIVEN, EDE_CLAN),
    (["H'Ngăm", "H'Wơn", "H'Zét", "H'Bliă"], EDE_CLAN),
    (JARAI, JARAI_GIVEN),
    (COHO,),
    (KHMER, KHMER_GIVEN),
    (COTU, COTU_GIVEN),
    (["A", "Y"], ["Thiếp", "Kring", "Byen", "Vêng", "Thút", "Nhiêu"]),
]


def minority(random: Random) -> str:
    """Return a name after the pattern of one of the country's ethnic minorities."""
    return " ".join(random.choice(words) for words in random.choice(PATTERNS))


def renamed(draw: Callable[[Random], str], name: str, doc: str) -> Transform:
    """Return the transform that gives every person a name from `draw`; short forms after an honorific follow."""

    def transform(case: Case, random: Random) -> Case:
        names = _new_names(case, random, draw)
        edits = [edit for old, new in names.items() for edit in _name_edits(case, old, new)]
        return apply(case, disjoint(edits), _with_names(case.gold, names))

    transform.__name__, transform.__doc__ = name, doc
    return transform


def _new_names(case: Case, random: Random, draw: Callable[[Random], str]) -> dict[str, str]:
    """Return a new name for each folded old one; no two people have the same given name."""
    taken = {_last(official["name"]) for official in case.gold["officials"]}
    provinces = {fold(unit.name) for day in ("2025-06-30", "2025-07-01") for unit in units_on(day)}
    names = {}
    for official in case.gold["officials"]:
        new = draw(random)
        while _last(new) in taken or fold(new) in provinces or named(case.text, new):
            new = draw(random)
        taken.add(_last(new))
        names[fold(official["name"])] = new if " " in official["name"] else random.choice(GIVENS)
    return names


def _last(name: str) -> str:
    return fold(name).split()[-1]


def _with_names(gold: Gold, names: dict[str, str]) -> Gold:
    gold = copy.deepcopy(gold)
    for official in gold["officials"]:
        official["name"] = names[fold(official["name"])]
    for key, field in (("instructions", "issuer"), ("participations", "person")):
        for fact in gold[key]:
            fact[field] = names.get(fold(fact[field]), fact[field])
    return gold


HONORIFIC = (
    r"ong|ba|anh|chi|co|bac|dong chi|m\.|mm\.|mme|mr\.?|ms\.?|mrs\.?|camarade|comrade|monsieur|madame|general|colonel"
)
#: Given names that are also words of translations at the start of a sentence.
_WORDS = {"the", "an", "do", "he", "la", "le", "sa", "ma", "son", "on", "en", "to", "in", "ha", "minh", "nam", "a", "y"}


def _name_edits(case: Case, old: str, new: str) -> list[Edit]:
    words, fresh = old.split(), new.split()
    found = [(span, new) for span in named(case.text, old)]
    for size in range(1, len(words)):
        spans = folded_matches(case.text, r"\s+".join(words[-size:]), HONORIFIC)
        found += [(span, " ".join(fresh[-size:])) for span in spans]
    if len(words) > 1 and case.gold["language"] != "vi" and words[-1] not in _WORDS:
        found += [(span, fresh[-1]) for span in named(case.text, words[-1]) if _stands_alone(case.text, span)]
    accented = case.gold["language"] == "vi"
    return [(a, b, _written(case.text[a:b], name, accented)) for (a, b), name in found]


def _stands_alone(text: str, span: tuple[int, int]) -> bool:
    """Tell a given name alone from a syllable of a longer name."""
    beside = (
        re.search(r"([^\W\d_]+)[ -]$", text[max(0, span[0] - 20) : span[0]]),
        re.match(r"[ -]([^\W\d_]+)", text[span[1] : span[1] + 20]),
    )
    words = [m.group(1) for m in beside if m]
    return not any(word[0].isupper() and is_syllable(fold(word)) for word in words)


def _written(old: str, new: str, accented: bool) -> str:
    if accented:
        return new.upper() if old.isupper() and len(old) > 2 else new
    return dressed(old, new)


rename_frequent = renamed(vietnamese(FREQUENT), "people_frequent", "Rename the people: frequent surnames.")
rename_rare = renamed(vietnamese(RARE), "people_rare", "Rename the people: rare surnames.")
rename_minority = renamed(minority, "people_minority", "Rename the people: ethnic minorities.")

# -- how names are written --

_MARKED = {fold(word): word for word in [*FREQUENT, *RARE, *MIDDLES, *GIVENS, *HMONG, *THAI_TAY]}


def _name_spans(case: Case) -> list[tuple[int, int]]:
    names = [official["name"] for official in case.gold["officials"]]
    names += {post["place"] for o in case.gold["officials"] for post in o["positions"] if post["place"]}
    return sorted({span for name in names for span in named(case.text, name)})


def drop_diacritics(case: Case, random: Random) -> Case:
    """Drop the diacritics of persons' and provinces' names (in translations)."""
    if case.gold["language"] == "vi":
        return case
    return apply(case, disjoint((a, b, unaccented(case.text[a:b])) for a, b in _name_spans(case)))


def add_diacritics(case: Case, random: Random) -> Case:
    """Write persons' names with Vietnamese diacritics, provinces' as in Vietnamese (in translations)."""
    if case.gold["language"] == "vi":
        return case
    edits = [(a, b, place) for place in _post_places(case.gold) for a, b in named(case.text, place)]
    for official in case.gold["officials"]:
        edits += [(a, b, _accented(case.text[a:b])) for a, b in named(case.text, official["name"])]
    return apply(case, disjoint(edits))


def _post_places(gold: Gold) -> list[str]:
    found = {post["place"] for official in gold["officials"] for post in official["positions"]}
    return sorted(place for place in found if place)


def _accented(name: str) -> str:
    words = [word if unaccented(word) != word else _MARKED.get(fold(word), word) for word in name.split()]
    return " ".join(words).upper() if name.isupper() else " ".join(words)


def circumflex_only(case: Case, random: Random) -> Case:
    """Keep of the diacritics in names the circumflex alone, as French agencies do (in translations)."""
    if case.gold["language"] == "vi":
        return case
    marked = add_diacritics(case, random)
    return apply(marked, disjoint((a, b, _circumflexed(marked.text[a:b])) for a, b in _name_spans(marked)))


def _circumflexed(name: str) -> str:
    return "".join(c if c in "âêôÂÊÔ" else unaccented(c) for c in _toneless(name))


def _toneless(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if c not in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", bare)


def capital_surnames(case: Case, random: Random) -> Case:
    """Write the names in the text below the headline in capitals."""
    top = case.text.find("\n")
    people = {s for o in case.gold["officials"] if " " in o["name"] for s in named(case.text, o["name"])}
    return apply(case, disjoint((a, b, case.text[a:b].upper()) for a, b in people if a > top))
