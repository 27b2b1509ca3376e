"""Pages as the publishing software of Vietnamese papers and portals lays them out; what they say is invented."""

from __future__ import annotations

import json

import pytest

from miner.read.page import read_page
from miner.records import Article

TITLE = "Xã Mẫu Sơn khánh thành cầu treo Khe Thử"
LEAD = "Sáng 5/6, lãnh đạo xã Mẫu Sơn cắt băng khánh thành cầu treo Khe Thử sau tám tháng thi công trên địa bàn xã."
CAPTION = "Các đại biểu cắt băng khánh thành cầu treo Khe Thử."
FIRST = (
    "Cầu treo Khe Thử dài 120 mét, nối ba thôn vùng cao với trung tâm xã, thay chiếc cầu tre mà người dân vẫn đi lại."
)
HEADING = "Góp công, góp của"
SECOND = (
    "Theo báo cáo của UBND xã, người dân đã góp hơn 800 ngày công để dựng cầu và hiến đất để mở đường vào hai đầu cầu."
)
LAST = (
    "Trong thời gian tới, xã tiếp tục vận động các hộ dân giữ gìn cây cầu và trồng cây hai bên đường vào các thôn bản."
)
OTHER = "Huyện bên cạnh khởi công nhà văn hóa thôn trong tháng tới với nguồn vốn xã hội hóa"
COMMENT = "Bài viết rất hay, mong xã làm thêm nhiều cây cầu nữa cho bà con được nhờ."
SAID = (LEAD, FIRST, HEADING, SECOND, LAST)

OG = f'<meta property="og:title" content="{TITLE}"><meta property="og:description" content="{LEAD}">'


def ld(**facts: object) -> str:
    said = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **facts}
    return f'<script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script>'


PERSON = {"@type": "Person", "name": "Mai Ví"}
OUTLET = {"@type": "Organization", "name": "Báo Mẫu"}
FOOT = f'<div class="box-tin-khac"><h3>Tin khác</h3><a href="/k-9.html">{OTHER}</a></div><footer>Báo Mẫu</footer>'

#: Name of the layout: address, head, body, clue of the date.
LAYOUTS = {
    "afcbc": (
        "https://baomau.vn/cau-treo-khe-thu-102250605070512345.htm",
        OG
        + '<meta name="author" content="baomau.vn">'
        + ld(author={"@type": "Person", "name": ""}, datePublished="2025-06-05T07:05:00+07:00"),
        f"""<div class="detail-mcontent"><h1 class="detail-title" data-role="title">{TITLE}</h1>
<h2 class="detail-sapo" data-role="sapo">(Báo Mẫu) - {LEAD}</h2><div class="detail-author"><span>Mai Ví</span></div>
<div class="app">Tải ứng dụng:</div><div class="detail-content afcbc-body clearfix" data-role="content">
<figure class="VCSortableInPreviewMode" type="Photo"><div><img src="a.jpg" alt="Cầu - Ảnh 1."></div>
<figcaption class="PhotoCMS_Caption"><p>{CAPTION} Ảnh: Lê Thử</p></figcaption></figure><p>{FIRST}</p>
<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a href="/k-1.htm"><img src="k.jpg"></a>
<h4><a href="/k-1.htm">{OTHER}</a></h4><p>{OTHER}, theo kế hoạch của huyện.</p></div>
<h2><b>{HEADING}</b></h2><p>{SECOND}</p><p>{LAST}</p></div><div class="detail-tab"><a href="/t/cau.htm">cầu treo</a>
</div>
<div class="detail-comment"><p>{COMMENT}</p></div></div>""",
        "json-ld",
    ),
    "cms-body": (
        "https://baomau.vn/cau-treo-khe-thu-post123456.html",
        OG + '<meta property="article:published_time" content="2025-06-04T23:30:00Z">',
        f"""<div class="main-col content-col"><h1 class="article__title cms-title">{TITLE}</h1>
<div class="article__meta"><a class="cms-author" href="/tac-gia/mai-vi-12.html">Mai Ví</a><time class="time"
datetime="2025-06-05T06:30:00+0700">05/06/2025 06:30</time></div><div class="article__social">Chia sẻ</div>
<div class="article__sapo cms-desc">MS - {LEAD}</div><div class="article__body zce-content-body cms-body"
itemprop="articleBody"><table class="picture" align="center"><tbody><tr><td class="pic">
<img class="cms-photo" src="a.jpg"></td>
</tr><tr><td class="caption">{CAPTION} Ảnh: Lê Thử</td></tr></tbody></table><p>{FIRST}</p><div class="ads_middle">
</div>
<p><strong>{HEADING}</strong></p><p>{SECOND}</p><div class="article__relate cms-relate"><ul><li>
<a href="/k-1.html">{OTHER}</a>
</li></ul></div><p>{LAST}</p></div><div class="article__tag"><h3>Từ khóa:</h3><a href="/t/cau.html">#cầu treo</a>
</div>
<div class="article__comment">{COMMENT}</div></div>""",
        "meta",
    ),
    "fck_detail": (
        "https://vnexpress.net/cau-treo-khe-thu-4954454.html",
        OG
        + '<meta name="author" content="VnExpress">'
        + ld(author={"@type": "Organization", "name": "VnExpress"}, datePublished="2025-06-05T07:05:00+07:00"),
        f"""<section class="sidebar-1"><div class="header-content width_common"><ul class="breadcrumb"><li>
<a href="/x">Thời sự</a>
</li></ul><span class="date">Thứ năm, 5/6/2025, 07:05 (GMT+7)</span></div><h1 class="title-detail">{TITLE}</h1>
<p class="description"><span class="location-stamp">Mẫu Sơn</span>{LEAD}</p><article class="fck_detail ">
<figure class="tplCaption"><div class="fig-picture"><picture><img src="a.jpg" alt="{CAPTION}"></picture></div>
<figcaption><p class="Image">{CAPTION} Ảnh: <em>Lê Thử</em></p></figcaption></figure><p class="Normal">{FIRST}</p>
<p class="Normal"><strong>{HEADING}</strong></p><p class="Normal">{SECOND}</p><p class="Normal">{LAST}</p>
<p class="Normal" style="text-align:right;"><strong>Mai Ví</strong></p></article><div class="box-tinlienquanv2">
<h3><a href="/k-1.html">{OTHER}</a></h3></div><div class="box_comment">{COMMENT}</div></section>""",
        "json-ld",
    ),
    "utility-classes": (
        "https://dantri.com.vn/xa-hoi/cau-treo-khe-thu-20250605070512345.htm",
        OG + '<meta name="author" content="Dân Trí"><meta property="og:site_name" content="Báo điện tử Dân Trí">',
        f"""<article class="dt-flex dt-flex-col"><h1 class="dt-font-inter dt-text-black">{TITLE}</h1>
<div class="dt-flex">
<div class="author dt-text-13px"><a href="/tac-gia/mai-vi.htm">Mai Ví</a></div><time class="dt-flex"
datetime="2025-06-05 07:05">Thứ năm, 05/06/2025 - 07:05</time></div><h2 class="dt-font-arial dt-text-lg">{LEAD}</h2>
<div id="desktop-in-article" class="singular-content"><figure class="image align-center"><img src="a.jpg" alt="x">
<figcaption><p>{CAPTION} (Ảnh: Lê Thử)</p></figcaption></figure><p>{FIRST}</p><p><strong>{HEADING}</strong></p>
<p>{SECOND}</p>
<p>{LAST}</p></div></article><div class="dt-comment comments"><p>{COMMENT}</p></div>""",
        "time",
    ),
    "longform": (
        "https://baonghean.vn/cau-treo-khe-thu-10299123.html",
        OG + '<meta name="author" content="Báo Nghệ An">' + ld(publisher=OUTLET),
        f"""<article class="entry entry-no-padding"><div class="sc-longform-header">
<h1 class="sc-longform-header-title
block-sc-title">{TITLE}</h1><div class="sc-longform-header-meta">
<span class="sc-longform-header-author block-sc-author">Mai Ví
</span><span class="sc-longform-header-date block-sc-publish-time">05/06/2025 - 07:05</span></div>
<p class="sc-longform-header-sapo block-sc-sapo">{LEAD}</p></div><div class="b-maincontent"><div class="c-box"></div>
<figure><img src="a.jpg"><figcaption>{CAPTION} Ảnh: Lê Thử</figcaption></figure><p>{FIRST}</p><h3>{HEADING}</h3>
<p>{SECOND}</p>
<div class="c-news-related c-related-inline"><a href="/k-1.html">{OTHER}</a></div><p>{LAST}</p></div>
<div class="c-author-page">Theo Báo Nghệ An</div><div class="c-comment">{COMMENT}</div></article>""",
        "byline",
    ),
    "maincontent": (
        "https://vietnamnet.vn/cau-treo-khe-thu-2495349.html",
        OG
        + '<meta name="author" content="VietNamNet News"><meta property="og:site_name" content="VietNamNet News">'
        + ld(author=[PERSON], datePublished="2025-06-05T07:05:11.000 +07:00"),
        f"""<div class="content-detail"><h1 class="content-detail-title">{TITLE}</h1>
<div class="share-social">Sao chép liên kết
</div><div class="publish-date">05/06/2025 07:05 (GMT+07:00)</div><h2 class="content-detail-sapo sm-sapo-mb-0">{LEAD}
</h2>
<div class="maincontent main-content" id="maincontent"><figure class="image vnn-content-image"><img src="a.jpg">
<figcaption>{CAPTION} Ảnh: Lê Thử</figcaption></figure><p>{FIRST}</p><article class="ck-cms-insert-news">
<a href="/k-1.html">
{OTHER}</a><p>{OTHER}, theo kế hoạch của huyện.</p></article><p><strong>{HEADING}</strong></p><p>{SECOND}</p>
<p>{LAST}</p>
<p><strong>Xem thêm:</strong> <a href="/k-2.html">{OTHER}</a></p></div><div class="vnn-comment comments">{COMMENT}
</div></div>""",
        "json-ld",
    ),
    "no h1": (
        "https://baomau.vn/cau-treo-khe-thu-d538952.html",
        OG + '<meta property="og:site_name" content="baomau">',
        f"""<div class="d-flex"><div class="col160"><ul class="list_thumb_square"><li><article class="news_top_box">
<a href="/k-1.html">{OTHER}</a></article></li></ul></div><div class="col630"><div class="title-detail">{TITLE}</div>
<div class="author-share-top"><a class="author cl_green" href="/mai-vi.html">Mai Ví</a>
<span class="post-time"> - 05/06/2025
07:05</span></div><div class="sapo_detail">{LEAD}</div><div class="list_news_relation_top"><strong>TIN LIÊN QUAN
</strong><ul><li>
<a href="/k-2.html">{OTHER}</a></li></ul></div><div id="content_detail_news"><table class="MASTERCMS_TPL_TABLE"><tr>
<td>
<img src="a.jpg"></td></tr><tr><td class="tpl_caption">{CAPTION} Ảnh: Lê Thử</td></tr></table><p>{FIRST}</p>
<p><strong>{HEADING}</strong></p><p>{SECOND}</p><p>{LAST}</p></div><div class="tag_detail"><a href="/t">#cầu treo</a>
</div>
<div class="box_comment">{COMMENT}</div></div></div>""",
        "byline",
    ),
    "drupal": (
        "https://vovmau.vn/xa-hoi/cau-treo-khe-thu-post1293496.vov",
        OG + '<meta name="author" content="Mai Ví/VOVMAU.VN">',
        f"""<div class="row"><div class="col-md-8"><h1 class="article-title mb-0">{TITLE}</h1>
<div class="row article-meta"><div
class="col-md-4 mb-2">Thứ Năm, 07:05, 05/06/2025</div></div><div class="row article-summary">
<div class="col">VOVMAU.VN - {LEAD}
</div></div><div class="article-content"><figure class="media"><img src="a.jpg">
<figcaption class="article-image-caption">{CAPTION}
Ảnh: Lê Thử</figcaption></figure><p>{FIRST}</p><h4>{HEADING}</h4><p>{SECOND}</p><p>{LAST}</p></div>
<div class="article-author">Mai Ví/VOVMAU.VN</div><div class="article-related"><a href="/k-1.vov">{OTHER}</a></div>
<div class="comments">{COMMENT}</div></div></div>""",
        "byline",
    ),
    "text between breaks": (
        "https://bnewsmau.vn/cau-treo-khe-thu/412345.html",
        OG,
        f"""<header><time id="currentDate">Thứ Ba, 24/11/2026</time></header><div class="post-top-entry">
<h1 class="font-42">{TITLE}
</h1><span class="post-time">07:05' - 05/06/2025</span></div><div class="lr-ct"><!--lr-ct-->
<div class="lr-summary-post">{LEAD}
</div><div class="insertImage"><img src="a.jpg"><p class="image-caption">{CAPTION} Ảnh: Lê Thử</p></div>{FIRST}<p></p>
<b>{HEADING}</b><p></p>{SECOND}<p></p>{LAST}<p></p><div class="lr-author">Mai Ví</div></div>
<div class="relate-container"><a href="/k-1.html">{OTHER}</a></div><div class="comments">{COMMENT}</div>""",
        "byline",
    ),
    "portal": (
        "https://mauson.mau.gov.vn/tin-tuc/cau-treo-khe-thu",
        f"<title>{TITLE} - Cổng thông tin điện tử xã Mẫu Sơn</title>",
        f"""<form id="aspnetForm"><div class="left"><ul><li><a href="/gt">Giới thiệu</a></li><li>
<a href="/ll">Liên hệ</a></li></ul>
</div><div class="news_detail"><h1 class="News_Detail_Title">{TITLE}</h1>
<span class="News_Time_Post">05/06/2025 | Lượt xem: 74
</span><div id="divArticleDescription1" class="sapo"><p>{LEAD}</p></div>
<div id="divArticleDescription2" class="ArticleContent">
<div><img src="a.jpg"></div><div style="text-align:center" class="chu-thich"><em>{CAPTION} Ảnh: Lê Thử</em></div>
<div>{FIRST}</div><div><strong>{HEADING}</strong></div><div>{SECOND}</div><div>{LAST}</div></div>
<p class="author" style="text-align:right">Mai Ví</p><div class="News_Other"><h3>Tin cùng chuyên mục</h3>
<a href="/k-1">{OTHER}</a></div><div class="binh-luan">{COMMENT}</div></div></form>""",
        "byline",
    ),
    "blog software": (
        "https://www.vietnam.vn/cau-treo-khe-thu",
        OG
        + '<meta property="article:published_time" content="2025-06-05T00:05:00+00:00">'
        + '<link rel="alternate" hreflang="fr" href="https://www.vietnam.vn/fr/pont">',
        f"""<article class="post type-post"><h1 class="entry-title">{TITLE}</h1>
<div class="td-post-author-name byline">Tác giả:
<a href="/a">Mai Ví</a></div><div class="td-post-content tagdiv-type"><p><strong>{LEAD}</strong></p>
<div class="wp-caption">
<img src="a.jpg"><p class="wp-caption-text">{CAPTION} Ảnh: Lê Thử</p></div><p>{FIRST}</p><h2>{HEADING}</h2>
<p>{SECOND}</p>
<p>{LAST}</p><p>&gt;&gt; {OTHER}</p></div><div class="td_block_related_posts"><a href="/k-1">{OTHER}</a></div>
<div id="comments" class="comments"><p>{COMMENT}</p></div></article>""",
        "meta",
    ),
    "old tables": (
        "https://www.baomauson.com.vn/thoi-su/202506/cau-treo-khe-thu-3164333/",
        f"<title>{TITLE}</title>",
        f"""<table width="1000"><tr><td width="200"><a href="/">Trang chủ</a></td><td><div class="detail-head">
<h2 id="title">{TITLE}
</h2><ul class="list-inline"><li class="list-inline-item">Thứ Năm, 05/06/2025, 07:05 [GMT+7]</li></ul></div>
<div class="contentdetail"><p class="sapo"><strong>{LEAD}</strong></p><table class="tplCaption"><tr><td>
<img src="a.jpg"></td></tr>
<tr><td>{CAPTION} Ảnh: Lê Thử</td></tr></table><p>{FIRST}</p><p><b>{HEADING}</b></p><p>{SECOND}</p><p>{LAST}</p>
<p style="text-align:right"><strong>Mai Ví</strong></p></div><div class="tin-lien-quan"><a href="/k-1/">{OTHER}</a>
</div>
<div class="ykien-bandoc comments">{COMMENT}</div></td></tr></table>""",
        "byline",
    ),
}


@pytest.fixture(params=LAYOUTS)
def layout(request: pytest.FixtureRequest) -> tuple[Article, str]:
    url, head, body, clue = LAYOUTS[request.param]
    page = f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">{head}</head><body>{body}{FOOT}</body></html>'
    return read_page(page.encode(), "p.html", id="p", url=url), clue


def said(article: Article, kind: str) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind == kind]


def test_headline_author_and_date(layout: tuple[Article, str]) -> None:
    article, clue = layout
    assert (article.title, article.authors) == (TITLE, ("Mai Ví",))
    assert (article.published, article.date_clue) == ("2025-06-05", clue)
    assert article.text.count(TITLE) == 1


def test_lead(layout: tuple[Article, str]) -> None:
    article, _ = layout
    (lead,) = said(article, "lead")
    assert lead.endswith(LEAD)
    assert article.text.count(LEAD) == 1


def test_caption_and_credit(layout: tuple[Article, str]) -> None:
    article, _ = layout
    (caption,) = (b for b in article.blocks if b.kind == "caption")
    assert article.text[caption.start : caption.end].startswith(CAPTION)
    assert caption.credit
    assert article.text[slice(*caption.credit)] == "Ảnh: Lê Thử"
    assert article.text.count(CAPTION) == 1


def test_text_in_order_and_nothing_else(layout: tuple[Article, str]) -> None:
    article, _ = layout
    places = [article.text.find(part) for part in SAID]
    assert -1 not in places
    assert places == sorted(places)
    kept = "\n".join(article.text[b.start : b.end] for b in article.blocks if b.kind != "noise")
    assert OTHER not in kept
    assert COMMENT not in article.text
    assert HEADING in said(article, "heading")
    assert [b.language for b in article.blocks if b.kind != "noise"] == ["vi"] * len((*SAID, TITLE, CAPTION))
