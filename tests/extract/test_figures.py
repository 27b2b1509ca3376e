"""Sentences with the figures that stand in them, by language."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.extract import extract
from miner.records import Article, Block, Figure

CASES = [
    (path.suffixes[0][1:], case)
    for path in sorted((Path(__file__).parent / "cases").glob("figures.*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
]


def figures(text: str, language: str, published: str | None = None) -> tuple[Figure, ...]:
    block = Block("paragraph", language, 0, len(text))
    return extract(Article("a", text, language=language, published=published, blocks=(block,))).figures


def plain(value: float) -> str:
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def shown(figure: Figure) -> str:
    value = plain(figure.value) + (f"/{plain(figure.of)}" if figure.of is not None else "")
    return f"{figure.text} | {value} {figure.unit} {figure.comparator} {figure.kind} {figure.date or '-'}"


@pytest.mark.parametrize(("language", "case"), CASES, ids=lambda x: x if isinstance(x, str) else x["text"][:40])
def test_figures_of_a_sentence(language: str, case: dict[str, object]) -> None:
    assert [shown(f) for f in figures(str(case["text"]), language, case.get("in"))] == case["figures"]


@pytest.mark.parametrize(
    ("text", "language", "places"),
    [
        ("Bắc Ninh đạt 52%, Lào Cai đạt 49%, bình quân cả nước là 40%.", "vi", ["Bắc Ninh", "Lào Cai", "Vietnam"]),
        ("Sơn La a reçu 3 milliards VND ; 5 milliards VND pour Lai Châu.", "fr", ["Sơn La", "Lai Châu"]),
        ("The Government granted 300 billion VND to three provinces.", "en", [None, None]),
        ("Sơn La is one of the 14 localities that have finished.", "en", ["Vietnam"]),
        (
            "Sơn La. Nationwide, 40,000 boats were listed, the ministry said. The number lost fell to 900. "
            "The province sold 12 boats.",
            "en",
            ["Vietnam", "Vietnam", "Sơn La"],
        ),
        ("Tại Sơn La, toàn tỉnh có 12 xã đạt chuẩn.", "vi", ["Sơn La"]),
        ("Sơn La: cases rose by 5% (Lai Châu 7%).", "en", ["Sơn La", "Lai Châu"]),
        (
            "In Lai Châu province, 20 homes fell. The storm tore off 60 roofs. Sơn La lost none; Sơn La is calm.",
            "en",
            ["Lai Châu", "Lai Châu"],
        ),
        (
            "Sơn La. Dans la province de Lai Châu, 20 maisons sont tombées. Le vent a emporté 60 toits.",
            "fr",
            ["Lai Châu", "Lai Châu"],
        ),
        (
            "HÀ NỘI — The ministry said 19 people had died. More than 105,000 homes were flooded.",
            "en",
            ["Vietnam", "Vietnam"],
        ),
        (
            "Sơn La giải ngân 28%, thấp hơn bình quân cả nước (29%), xếp thứ 42/63.",
            "vi",
            ["Sơn La", "Vietnam", "Sơn La"],
        ),
        ("Sơn La, Sơn La. Kinh phí cho 5 xã của tỉnh Lai Châu cũ là 3 tỷ đồng.", "vi", ["Sơn La", "Sơn La"]),
    ],
)
def test_places(text: str, language: str, places: list[str | None]) -> None:
    assert [figure.place for figure in figures(text, language)] == places


@pytest.mark.parametrize(
    ("language", "lead", "items", "figures_"),
    [
        (
            "en",
            "Mr Phin said that in the first six months of 2025:",
            ["- Exports rose by 6%;", "- Visitors numbered 3 million."],
            [("change", "2025-06-30"), ("result", "2025-06-30")],
        ),
        (
            "fr",
            "Le congrès a fixé les objectifs suivants pour la période, à atteindre d'ici 2030 :",
            ["- Revenu par habitant : 125 millions de dôngs ;", "- Taux de pauvreté : 0,5 %."],
            [("target", "2030-12-31"), ("target", "2030-12-31")],
        ),
        (
            "vi",
            "Đại hội xác định các chỉ tiêu chủ yếu, trong đó đến năm 2030:",
            ["- Thu nhập bình quân 125 triệu đồng;", "- Tỷ lệ hộ nghèo dưới 0,5%."],
            [("target", "2030-12-31"), ("target", "2030-12-31")],
        ),
    ],
)
def test_a_list_goes_on_with_its_lead(
    language: str, lead: str, items: list[str], figures_: list[tuple[str, str]]
) -> None:
    found = extract(Article("a", "\n".join([lead, *items]), language=language, published="2025-08-06")).figures
    assert [(figure.kind, figure.date) for figure in found] == figures_


def test_parts_know_their_whole() -> None:
    text = "Le portail a fourni 1 931 procédures, dont 970 services complets, 686 services partiels et 275 autres."
    whole, *parts = figures(text, "fr")
    assert whole.part_of is None
    assert [part.part_of for part in parts] == [(whole.start, whole.end)] * 3


def test_every_figure_names_its_rule_measure_and_text() -> None:
    text = "Tỉnh chi 3 tỷ đồng theo Quyết định số 12/QĐ-UBND, cấp 12 ha đất."
    money, land = figures(text, "vi")
    assert (money.measure, land.measure) == ("VND", "ha")
    assert money.directive == land.directive == "12/QĐ-UBND"
    assert all(text[f.start : f.end] == f.text and f.rule.startswith("vi.figures.") for f in (money, land))


@pytest.mark.parametrize("gap", ["\u00a0", "\u202f", "\u2009", " "])
def test_spaces_within_numbers_do_not_matter(gap: str) -> None:
    (figure,) = figures(f"La ville compte 111{gap}828 dossiers.", "fr")
    assert figure.value == 111828


def test_noise_holds_no_figures() -> None:
    text = "12 commentaires"
    assert extract(Article("a", text, language="fr", blocks=(Block("noise", "fr", 0, len(text)),))).figures == ()


@given(
    st.text(alphabet="0123456789.,%/-–():; \u00a0\nđồngtỷxãdestomillion", max_size=80),
    st.sampled_from(["vi", "fr", "en"]),
)
@settings(max_examples=150, deadline=None)
def test_any_text_gives_sound_figures(text: str, language: str) -> None:
    found = extract(Article("a", text, language=language)).figures
    assert all(text[f.start : f.end] == f.text and f.value >= 0 for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "language", "indicators"),
    [
        ("At least 50% of dossiers by the end of 2025 are handled.", "en", ["dossiers"]),
        ("Un taux de dossiers en ligne d'au moins 50 % d'ici fin 2022.", "fr", ["taux de dossiers en ligne"]),
        ("La province a 67 tâches et 12 projets.", "fr", ["tâches", "projets"]),
        ("Tỷ lệ hồ sơ trực tuyến đạt 62%.", "vi", ["Tỷ lệ hồ sơ trực tuyến"]),
    ],
)
def test_indicators_are_words_that_name_something(text: str, language: str, indicators: list[str]) -> None:
    assert [figure.indicator for figure in figures(text, language)] == indicators
