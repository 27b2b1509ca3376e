"""The province that an article speaks from."""

import pytest

from miner.extract import read
from miner.records import Article


@pytest.mark.parametrize(
    ("language", "text", "home"),
    [
        ("vi", "QTO - Sáng 5/3, Chủ tịch UBND tỉnh kiểm tra tiến độ.", "Quảng Trị"),
        ("vi", "Đoàn công tác kiểm tra việc khắc phục mưa lũ tại huyện Hướng Hóa.", "Quảng Trị"),
        ("vi", "Giá lúa ở Hướng Hóa tăng.", None),
        ("fr", "Báo Cao BằngBáo Cao Bằng09/10/2025\nLa délégation provinciale a inspecté la digue.", "Cao Bằng"),
        ("fr", "Hanoï (VNA) - La province de Son La a reçu des semences.", "Sơn La"),
        ("en", "The city of Vinh opened a data centre.", "Nghệ An"),
        ("en", "The Ministry reported on its work.", None),
        ("en", "Sơn La checked the expressway Hue - Lai Châu and the road Hue - Vinh.", "Sơn La"),
        ("fr", "Sơn La inspecte l'autoroute Hue - Lai Châu et la route Hue - Vinh.", "Sơn La"),
        ("vi", "Tỉnh Sơn La kiểm tra cao tốc Huế - Lai Châu và cao tốc Huế - Vinh.", "Sơn La"),
        ("en", "HÀ NỘI — Ministries are to act, the PM said. In Sơn La, roads are cut.", "Sơn La"),
    ],
)
def test_home(language: str, text: str, home: str | None) -> None:
    assert read(Article("a", text, language)).home == home


def test_the_address_of_the_paper_decides() -> None:
    article = Article("a", "Sơn La và Lai Châu ký kết chương trình.", "vi", url="https://baolaichau.vn/tin/1.html")
    assert read(article).home == "Lai Châu"


def test_the_outlets_province_decides() -> None:
    """The catalogue of outlets knows papers whose address names no province."""
    article = Article("a", "Sơn La và Lai Châu ký kết chương trình.", "vi", site="baomau.example", province="Nghệ An")
    assert (read(article).home, read(article).home_reason) == ("Nghệ An", "outlet")
