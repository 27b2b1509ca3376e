"""Credits and marks of blocks: what translation and the site's software left is told, and nothing is taken out."""

from __future__ import annotations

import pytest

from miner.blocks import split_blocks

FR = "La province a publié un plan pour les communes, et les services ont présenté leurs résultats dans la journée."


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Vue de la salle. Photo : Mai Ví", "Photo : Mai Ví"),
        ("Vue de la salle (Photo : agence)", "Photo : agence"),
        ("Quang cảnh cuộc họp. Ảnh: Ảnh: P. Mẫu", "Ảnh: Ảnh: P. Mẫu"),
        ("Quang cảnh cuộc họp (Ảnh minh họa).", "Ảnh minh họa"),
        ("A view of the new bridge. VNA Photo Mai Vi", "Photo Mai Vi"),
        ("Vue de la salle. |", None),
    ],
)
def test_credit_stands_apart(caption: str, credit: str | None) -> None:
    (block,) = split_blocks(caption, "fr")
    assert block.kind == "caption"
    assert (caption[slice(*block.credit)] if block.credit else None) == credit


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Français " + FR, "language-name"),
        ("Tiếng Việt Sáng nay, lãnh đạo tỉnh kiểm tra việc sửa chữa cầu.", "language-name"),
        ("Mai Vi DNUM_ABCDEFGH 13:15", "placeholder"),
        ("{title}", "placeholder"),
        ("Báo MẫuBáo Mẫu17/05/2025", "glued"),
        ("Báo Mẫu17/05/2025", "glued"),
        (FR, None),
        ("Báo Mẫu 17/05/2025", None),
        ("Mai Ví 13:15", None),
        ("Kế hoạch 57/KH-UBND ngày 5/6/2025", None),
    ],
)
def test_mark_of_a_line(line: str, mark: str | None) -> None:
    assert [block.marks for block in split_blocks(line, "fr")] == [(mark,) if mark else ()]


def test_doubled_captions() -> None:
    lines = [
        "Quang cảnh cuộc họp tại xã. Ảnh: Mai Ví",
        "Vue de la réunion dans la commune. Photo : Mai Vi",
        "",
        FR,
        "",
        "Quang cảnh cuộc họp tại xã. Ảnh: Mai Ví",
        "",
        "Une autre vue de la salle. Photo : Mai Vi",
    ]
    blocks = split_blocks("\n".join(lines))
    assert [(b.kind, b.marks) for b in blocks] == [
        ("caption", ()),
        ("caption", ("doubled",)),
        ("paragraph", ()),
        ("caption", ("doubled",)),
        ("caption", ()),
    ]
