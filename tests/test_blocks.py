"""Blocks and languages: tables of invented lines, and what holds for any text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.blocks import detect_language, split_blocks

FR = "La province a publié un plan pour les communes, et les services ont présenté leurs résultats dans la journée."
EN = "The province has published a plan for its communes, and the departments presented their results by the evening."
VI = "Tỉnh đã ban hành kế hoạch cho các xã, và các sở báo cáo kết quả thực hiện trong ngày."
ES = "La provincia publicó un plan para los municipios y los servicios presentaron sus resultados durante la jornada."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FR, "fr"),
        (EN, "en"),
        (VI, "vi"),
        (
            "Les communes ont ete inspectees apres la crue, et le president a demande aux services un rapport.",
            "fr",
        ),
        ("Tinh da ban hanh ke hoach cho cac xa va cac phuong, nguoi dan duoc thong bao trong ngay.", "vi"),
        ("Mr. Trần Văn Mẫu, Chairman of the People's Committee of Hòa Bình, was at the site.", "en"),
        (unicodedata.normalize("NFD", VI), "vi"),
        ("LES COMMUNES ONT PRÉSENTÉ LEURS RÉSULTATS DANS LA JOURNÉE POUR LES HABITANTS.", "fr"),
        (ES, "es"),
        (
            "Die Provinz hat einen Plan für die Gemeinden veröffentlicht und die Ämter legten ihre Zahlen vor.",
            "de",
        ),
        ("Провинция опубликовала план для общин, и службы представили свои результаты в тот же день.", "ru"),
        ("", None),
        ("12 345 — 67", None),
    ],
)
def test_main_language(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("main", "line", "language"),
    [
        ("fr", "Quang cảnh hội nghị tại điểm cầu của tỉnh.", "vi"),
        ("fr", "M. Trần Văn Mẫu, Phạm Thị Thử, Lê Đình Ví", "fr"),
        ("vi", "Scène de réunion", "vi"),
        ("en", "Les délégués dans la salle", "fr"),
        ("fr", ES.replace("plan", "programa"), "es"),
    ],
)
def test_language_of_a_block(main: str, line: str, language: str) -> None:
    assert [block.language for block in split_blocks(line, main)] == [language]


def kinds(text: str) -> list[str]:
    return [block.kind for block in split_blocks(text, "fr")]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (FR, "paragraph"),
        ("Vue de la réunion. Photo : Mai Ví", "caption"),
        ("Vue de la réunion (Photo : agence)", "caption"),
        ("Quang cảnh cuộc họp. Ảnh: P. Mẫu", "caption"),
        ("Quang cảnh cuộc họp (Ảnh minh họa).", "caption"),
        ("A view of the new bridge. VNA Photo Mai Vi", "caption"),
        ("Vue de la salle. |", "caption"),
        ("- Rendre compte chaque semaine.", "list"),
        ("• Rendre compte chaque semaine.", "list"),
        ("> Une parole rapportée.", "quote"),
        ("# Un titre", "heading"),
        ("Une journée de travail utile", "heading"),
        ("hoi-nghi-truc-tuyen(2).jpg", "noise"),
        ("hoi-nghi truc-tuyen-toan-tinh", "noise"),
        ("![](https://example.org/a.png)", "noise"),
        ("|", "noise"),
        ("Comment (0)", "noise"),
        ("Bình luận (3)", "noise"),
        ("POWERED BY SOME CMS", "noise"),
        ("Source : https://example.org/a", "noise"),
        ("Bài, ảnh: Mai Ví", "noise"),
    ],
)
def test_kind_of_a_line(line: str, kind: str) -> None:
    assert kinds(FR + "\n\n" + line + "\n\n" + FR) == ["paragraph", kind, "paragraph"]


@pytest.mark.parametrize(
    "byline",
    [
        "Mai Ví 13:15",
        "MAI VI  |  10/10/2025 07:45",
        "Mai Vi November 7, 2022 17:47",
        "Cập nhật lúc 9h05, ngày 5/6/2025",
    ],
)
def test_byline_makes_headings_of_what_stands_above(byline: str) -> None:
    assert kinds(f"Nouvelles\n\nLe préfet a demandé un plan.\n\n{byline}\n\n{FR}") == [
        "heading",
        "heading",
        "noise",
        "paragraph",
    ]


@pytest.mark.parametrize("line", ["Kế hoạch số 78 ngày 5/6/2025", "Le 9 octobre 2025, la province a reçu les délégués"])
def test_line_with_a_date_is_no_byline(line: str) -> None:
    assert kinds(f"{line}\n{FR}")[0] == "heading"


def test_list_of_other_articles_is_noise_until_a_real_paragraph() -> None:
    long = " ".join([FR] * 3)
    text = f"Titre\n{FR}\nDernier\nUne autre nouvelle\nEncore une nouvelle du jour.\n{long}"
    assert kinds(text) == ["heading", "paragraph", "noise", "noise", "noise", "paragraph"]


def test_signature_is_noise() -> None:
    assert kinds(f"Titre\n{FR}\n{FR}\nMai Vi-Le Thu\nComment (0)")[-2:] == ["noise", "noise"]


def test_caption_follows_a_file_name() -> None:
    assert kinds(f"Titre\n{FR}\nban-do-so(1).jpg\nLa carte des communes.\n{FR}")[2:4] == ["noise", "caption"]


def test_wrapped_paragraph_is_one_block() -> None:
    wrapped = (
        "La province de montagne a publié en mars un plan de travail pour les\n"
        "communes, et les services ont présenté leurs résultats aux habitants\n"
        "réunis. Le président du comité a ensuite demandé aux services de tout\n"
        "rendre public avant la fin du mois.\n\n"
        "Un second paragraphe, court."
    )
    blocks = split_blocks(wrapped)
    assert [wrapped[b.start : b.end][:12] for b in blocks] == ["La province ", "Un second pa"]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    assert len(split_blocks("\n".join([FR, FR, FR]))) == 3


def test_flattened_page_is_cut_at_double_spaces() -> None:
    text = "  ".join([" ".join([FR] * 6), "Le préfet a parlé.", " ".join([FR] * 6)])
    assert len(split_blocks(text)) == 3


def test_spaces_doubled_within_sentences_cut_nothing() -> None:
    text = " ".join([FR] * 12).replace(" de ", "  de ").replace(" la ", "  la ", 5)
    assert len(split_blocks(text)) == 1


def test_leaked_language_name_is_outside_the_block() -> None:
    text = f"Titre\n\nFrançais {FR}"
    assert text[split_blocks(text)[1].start :] == FR


def test_byte_order_mark_is_outside_the_block() -> None:
    assert split_blocks("\ufeff" + FR)[0].start == 1


@given(st.text(alphabet=st.sampled_from("aàđ Ả.\n\r\t\u2028\ufeff|-•#Photo:19/")) | st.text())
def test_blocks_are_ordered_apart_and_trimmed(text: str) -> None:
    blocks = split_blocks(text)
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    for block in blocks:
        part = text[block.start : block.end]
        assert part
        assert part == part.strip().strip("\ufeff")
    covered = {i for b in blocks for i in range(b.start, b.end)}
    rest = "".join(c for i, c in enumerate(text) if i not in covered)
    assert not any(c.isalnum() for c in rest) or "Français" in text or "English" in text or "Tiếng" in text
