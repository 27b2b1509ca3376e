"""The language of single lines: a table of our own, and the lines of a real article where it is at hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from miner.blocks import detect_language, split_blocks

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Quang canh hoi nghi", "vi"),
        ("Cac dai bieu du hop tai xa", "vi"),
        ("Can bo xa Mau lam viec", "vi"),
        ("Toan canh le khoi cong", "vi"),
        ("Lanh dao xa kiem tra", "vi"),
        ("Đại biểu dự họp", "vi"),
        ("Người dân góp công (ảnh: Mai Ví)", "vi"),
        ("Delegates at the meeting", "en"),
        ("Vue du port", "fr"),
        ("Scène de réunion", "fr"),
        ("bon vin chaud", "fr"),
        ("Les delegues dans la salle", "fr"),
        ("A view of the port", "en"),
        ("Tran Van Mau, Le Thi Thu", "fr"),
    ],
)
def test_line_of_a_few_words(line: str, language: str) -> None:
    assert [block.language for block in split_blocks(line, "fr")] == [language]


def test_articles_without_diacritics() -> None:
    text = "Sang nay, lanh dao xa Mau kiem tra viec sua chua cau va lam viec voi ba con. Moi viec da xong som."
    assert detect_language(text) == "vi"
    assert detect_language("Lam viec xong som, ba con xa Mau vui mung.") == "vi"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("县人民委员会主席今天上午检查新桥的施工进度,要求各单位在雨季之前完成。", "zh"),
        ("ປະທານ ບ້ານ ກວດກາ ການກໍ່ສ້າງ ຂົວ ໃໝ່ ແລະ ຮຽກຮ້ອງ ໃຫ້ ສຳເລັດ ກ່ອນ ລະດູຝົນ.", "lo"),
        ("មេភូមិបានពិនិត្យការសាងសង់ស្ពានថ្មី និងស្នើឱ្យបញ្ចប់មុនរដូវវស្សា។", "km"),
        ("村長は本日、新しい橋の工事を視察し、雨季の前に完成させるよう求めた。", "ja"),
        ("마을 이장은 오늘 새 다리 공사를 점검하고 우기 전에 끝내 달라고 요청했다.", "ko"),
        (
            "El alcalde de la comuna visitó hoy las obras del puente y pidió que terminen antes de las lluvias.",
            "es",
        ),
        (
            "Der Vorsteher der Gemeinde besuchte heute die Baustelle der neuen Brücke des Dorfes, an der Mai Ví baut.",
            "de",
        ),
        (
            "Il sindaco ha visitato oggi il cantiere del nuovo ponte e ha chiesto di finire prima delle piogge.",
            "it",
        ),
    ],
)
def test_articles_in_other_languages(text: str, language: str) -> None:
    assert detect_language(text) == language
    assert {block.language for block in split_blocks(f"{text}\n\n{text}")} == {language}


def test_a_line_in_another_script() -> None:
    text = "La province a publié un plan pour les communes.\n\n县人民委员会主席检查新桥\n\nLes services ont répondu."
    assert [block.language for block in split_blocks(text)] == ["fr", "zh", "fr"]


@pytest.mark.parametrize(
    "line",
    [
        "https://baomau.example/cau-treo.html",
        "IMG_2034.JPG",
        "photo-1-1717563.webp",
        "cuoc-hop(1).jpg",
        "le-thu-tai-hoi nghi-xa-mau",
        "Mai Vi DNUM_QWERT 13:15",
        "POWERED BY SOME CMS",
        "|",
    ],
)
def test_line_in_no_language(line: str) -> None:
    blocks = split_blocks(f"Nouvelles\n\nUn titre\n\n{line}\n\nLa province a publié un plan pour les communes.")
    assert blocks[2].language is None


def test_lines_of_other_articles_have_their_language() -> None:
    text = "Un titre\nLa province a publié un plan pour les communes.\nDernier\nUne autre nouvelle\nPOWERED BY SOME CMS"
    assert [(b.kind, b.language) for b in split_blocks(text)[2:]] == [
        ("noise", "fr"),
        ("noise", "fr"),
        ("noise", None),
    ]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are not part of the project")
def test_lines_of_a_real_article() -> None:
    text = next(SEEDS.glob("000_*.txt")).read_text(encoding="utf-8")
    blocks = split_blocks(text)
    assert len(blocks) == 56
    assert Counter(block.language for block in blocks) == {"fr": 43, "vi": 7, None: 6}
    vietnamese = [text[b.start : b.end] for b in blocks if b.language == "vi"]
    assert all(any(word in line for word in ("Thủ tướng", "đại biểu", "đồng chí")) for line in vietnamese)
