"""Themes of texts that are plainly about two things."""

from __future__ import annotations

import pandas as pd
import pytest

from miner.errors import InputError
from miner.topics import COLUMNS, themes

FLOOD = "Mưa lũ gây ngập nhiều xã, mưa lũ cuốn trôi cầu, lực lượng cứu hộ sơ tán dân vùng ngập."
DIGITAL = "Chuyển đổi số: hồ sơ trực tuyến, định danh điện tử, dịch vụ công trực tuyến, dữ liệu dân cư."


def frame(*rows: tuple[str, str | None, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", "language", "text"])


ARTICLES = frame(
    ("a", "vi", FLOOD),
    ("b", "vi", DIGITAL),
    ("c", "vi", FLOOD + " Thủy điện xả lũ."),
    ("d", "vi", DIGITAL + " Ứng dụng định danh."),
    ("e", "fr", "Les crues ont isolé trois communes."),
    ("f", "fr", "Le portail des services publics en ligne."),
    ("g", "en", "One article alone."),
    ("h", None, "no language"),
)


def test_two_themes_are_told_apart() -> None:
    found = themes(ARTICLES, n=2).set_index("article")
    assert list(found.index) == ["e", "f", "a", "b", "c", "d"]
    assert found.theme["a"] == found.theme["c"] != found.theme["b"] == found.theme["d"]
    assert "trực tuyến" in found.words["b"]
    assert "lũ" in found.words["a"]
    assert found.share.between(0, 1).all()


def test_order_changes_nothing() -> None:
    pd.testing.assert_frame_equal(themes(ARTICLES, n=2), themes(ARTICLES.iloc[::-1], n=2))


@pytest.mark.parametrize("articles", [frame(), frame(("a", "vi", FLOOD)), frame(("a", "vi", "12"), ("b", "vi", ""))])
def test_too_little_to_tell(articles: pd.DataFrame) -> None:
    found = themes(articles)
    assert (list(found.columns), len(found)) == (list(COLUMNS), 0)


def test_wrong_input_is_refused() -> None:
    with pytest.raises(InputError, match="no column text"):
        themes(ARTICLES.drop(columns="text"))
    with pytest.raises(InputError, match="n=0"):
        themes(ARTICLES, n=0)
