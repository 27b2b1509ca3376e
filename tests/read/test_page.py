"""Pages of invented papers: what comes along, what does not, and what the page says about itself."""

from __future__ import annotations

import pytest

from miner.errors import ReadError
from miner.read.page import read_page
from miner.records import Article

PAGE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Xã Mẫu sửa cầu - Báo Mẫu</title>
<meta property="og:title" content="Xã Mẫu sửa cầu">{head}
<link rel="alternate" hreflang="fr-FR" href="/fr/pont-1.html"><link rel="alternate" hreflang="en" href="https://b.example/en/1">
<link rel="alternate" hreflang="x-default" href="/x"><link rel="alternate" type="application/rss+xml" href="/rss">
</head><body><nav><figure><figcaption>Ảnh của chuyên mục</figcaption></figure></nav>
<div class="content"><h1>Xã Mẫu sửa cầu</h1>{top}
<div class="sapo-news lead">Sáng 5/6, lãnh đạo xã Mẫu kiểm tra việc sửa cầu và làm việc với các hộ dân trong vùng.</div>
<div class="share">Chia sẻ bài viết</div>
<figure><img src="a.jpg"><figcaption>Lãnh đạo xã kiểm tra cầu. <em>Ảnh: Mai Ví</em></figcaption></figure>
<p>Theo kế hoạch, đến hết năm nay, cây cầu phải xong trước mùa mưa, và các sở báo cáo kết quả cho người dân.</p>
<div><img src="b.jpg" alt="Các hộ dân góp công sửa cầu"><small>Các hộ dân góp công sửa cầu</small></div>
<p>Chủ tịch UBND xã yêu cầu các thôn khẩn trương triển khai, bảo đảm tiến độ và chất lượng của công việc này.</p>
<blockquote>“Bà con rất mừng khi cây cầu được sửa, vì các cháu đi học không còn phải lội suối trong mùa mưa nữa.”
</blockquote>
<table><tr><td>Thôn Một</td><td>12 hộ</td></tr><tr><td>Thôn Hai</td><td>9 hộ</td></tr></table>
<ul><li>Gia cố mố cầu trong tháng;</li><li>Làm lan can cho người đi bộ.</li></ul>
<p>Xã Mẫu sửa cầu</p>
<p>Người dân trong xã cho biết, trong những năm qua, cây cầu đã xuống cấp và không còn an toàn cho việc đi lại.</p>
</div>
<div class="tin-lien-quan"><h3>Tin liên quan</h3><a href="/khac-2.html"><figure><img src="c.jpg">
<figcaption>Ảnh của tin khác</figcaption></figure></a></div>
<div class="comments"><p>Bình luận (2)</p><p>Rất hay, cảm ơn báo.</p></div><footer>Báo Mẫu</footer></body></html>"""


def page(head: str = "", top: str = "", url: str | None = "https://baonghean.vn/tin/xa-mau-1.html") -> Article:
    return read_page(PAGE.format(head=head, top=top).encode(), "p.html", id="p", url=url)


def test_parts_of_a_page() -> None:
    article = page()
    assert [(b.kind, article.text[b.start : b.end].split(" ")[0]) for b in article.blocks] == [
        ("heading", "Xã"),
        ("lead", "Sáng"),
        ("caption", "Lãnh"),
        ("paragraph", "Theo"),
        ("caption", "Các"),
        ("paragraph", "Chủ"),
        ("quote", "“Bà"),
        ("table", "Thôn"),
        ("table", "Thôn"),
        ("list", "Gia"),
        ("list", "Làm"),
        ("paragraph", "Người"),
    ]
    credits = [article.text[slice(*b.credit)] for b in article.blocks if b.credit]
    assert credits == ["Ảnh: Mai Ví"]


@pytest.mark.parametrize("said", ["Bình luận", "Rất hay", "tin khác", "chuyên mục", "Chia sẻ", "Tin liên quan"])
def test_what_stands_around_stays_out(said: str) -> None:
    assert said not in page().text


def test_a_captions_place_does_not_depend_on_repeated_headlines() -> None:
    article = page(top='<div><img src="d.jpg"><p class="image-caption">Toàn cảnh cây cầu của xã Mẫu</p></div>')
    assert [b.kind for b in article.blocks][:4] == ["heading", "caption", "lead", "caption"]


LD = '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", %s}]}</script>'


META = '<meta property="article:published_time" content="2025-06-05">'
PUBDATE = '<meta itemprop="dateModified" content="2025-06-07"><meta name="pubdate" content="5/6/2025">'
TIME = '<time datetime="2025-06-05T07:00">Hôm nay</time>'


@pytest.mark.parametrize(
    ("head", "top", "clue", "modified"),
    [
        (
            LD % '"datePublished": "2025-06-05T07:00:00+07:00", "dateModified": "2025-06-06"',
            "",
            "json-ld",
            "2025-06-06",
        ),
        (META, "", "meta", None),
        (PUBDATE, TIME.replace("05T", "09T"), "meta", "2025-06-07"),
        (LD % '"datePublished": "hôm nay"', TIME, "time", None),
        ('<script type="application/ld+json">{"broken"</script>', "<p>Mai Ví 05/06/2025 07:15</p>", "byline", None),
    ],
)
def test_dates_and_what_told_them(head: str, top: str, clue: str, modified: str | None) -> None:
    article = page(head, top)
    assert (article.published, article.date_clue, article.modified) == ("2025-06-05", clue, modified)


def test_date_in_the_address() -> None:
    article = page(url="https://b.example/2025/06/05/xa-mau.html")
    assert (article.published, article.date_clue) == ("2025-06-05", "url")


def test_outlet_and_editions() -> None:
    article = page()
    assert (article.site, article.province) == ("baonghean.vn", "Nghệ An")
    assert article.editions == (("en", "https://b.example/en/1"), ("fr", "https://baonghean.vn/fr/pont-1.html"))
    assert page(url="https://b.example/1").province is None


@pytest.mark.parametrize("wrong", ["cp1252", "cp1250", "latin-1"])
def test_certain_mojibake_is_repaired_and_marked(wrong: str) -> None:
    said = "Les conseillers ont été élus à la majorité des voix, et le président a présenté son équipe aux élèves."
    broken = said.encode().decode(wrong)
    article = read_page(PAGE.format(head="", top=f"<p>{broken}</p>").encode(), "p.html", id="p")
    (block,) = [b for b in article.blocks if "repaired" in b.marks]
    assert article.text[block.start : block.end] == said


def test_what_only_looks_like_mojibake_is_left_alone() -> None:
    said = "Ông Âu Dương Ân nhận bằng khen Ã của tỉnh – “Người tốt, việc tốt” và các phần thưởng của xã Mẫu trong năm."
    article = read_page(PAGE.format(head="", top=f"<p>{said}</p>").encode(), "p.html", id="p")
    assert said in article.text
    assert not [b for b in article.blocks if "repaired" in b.marks]


def test_cells_in_cells_end() -> None:
    nested = "<table><tr><td><table><tr><td>Một</td><td>Hai</td></tr></table></td><td>Ba</td></tr></table>"
    assert "Theo kế hoạch" in page(top=nested).text


SAID = "Theo báo cáo của xã Mẫu, các hộ dân đã góp nhiều ngày công để sửa lại con đường và cây cầu của thôn trong năm."


def texts(article: Article) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks]


def test_text_between_elements_is_text() -> None:
    article = page(top=f"<h2>Một cây cầu mới</h2>{SAID}<p>{SAID} Việc này do dân tự làm.</p>")
    assert SAID in texts(article)


def test_what_has_no_width_is_left_out_and_source_lines_are_joined() -> None:
    said = SAID.replace("báo cáo", "báo\u00ad cá\u200bo").replace("trong năm", "\ntrong năm")
    assert SAID in texts(page(top=f"<p>{said}</p>"))


def test_a_lead_stands_between_headline_and_text() -> None:
    teaser = "Đây là lời giới thiệu của một bài báo khác, đăng cùng ngày ở cuối trang của Báo Mẫu."
    head, foot = PAGE.replace('<div class="sapo-news lead">', "<div>").split("<footer>")
    data = f'{head}<div><h4>Bài khác</h4><div class="excerpt">{teaser}</div></div><footer>{foot}'
    article = read_page(data.format(head="", top="").encode(), "p.html", id="p")
    assert "lead" not in {b.kind for b in article.blocks}
    assert teaser not in article.text


def test_a_caption_may_be_most_of_the_text() -> None:
    figures = "".join(f'<figure><img src="{n}.jpg"><figcaption>Ảnh {n}. {SAID}</figcaption></figure>' for n in range(9))
    data = f'<html lang="vi"><body><article><h1>Xã Mẫu qua ảnh</h1><p>{SAID}</p>{figures}</article></body></html>'
    article = read_page(data.encode(), "p.html", id="p")
    assert [b.kind for b in article.blocks if "Ảnh" in article.text[b.start : b.end]] == ["caption"] * 9


def test_a_few_wrong_bytes_are_marked() -> None:
    data = PAGE.format(head="", top=f"<p>{SAID}</p>").encode().replace("góp nhiều".encode(), b"g\xc3 nhi\xe1\xbb")
    article = read_page(data, "p.html", id="p")
    (block,) = [b for b in article.blocks if "damaged" in b.marks]
    assert "g\ufffd nhi\ufffd" in article.text[block.start : block.end]
    with pytest.raises(ReadError, match="damaged UTF-8"):
        read_page(PAGE.format(head="", top="").encode("utf-8").replace(b"\xe1\xbb", b"\xe1"), "p.html", id="p")
