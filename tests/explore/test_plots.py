"""Plots: what they show of hand-made data, in which words, and that every letter is there."""

from __future__ import annotations

import itertools
import unicodedata
import warnings
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text

from miner.errors import InputError
from miner.explore import (
    plot_careers,
    plot_network,
    plot_provinces,
    plot_targets,
    plot_timeline,
    save_plot,
    word_languages,
    write_note,
)
from miner.explore.figure import BLUE, ORANGE, RED, plain, shorten, whole, wrap
from miner.explore.plots.targets import VERDICTS, share, verdict
from miner.explore.words import Words
from miner.ledger import COLUMNS
from miner.lexicon import read_yaml

PLOTS: dict[str, Callable[..., Any]] = {
    "timeline": lambda s, **options: plot_timeline(s.graph, s.figures, **options),
    "targets": lambda s, **options: plot_targets(s.ledger, s.articles, **options),
    "network": lambda s, **options: plot_network(s.graph, **options),
    "provinces": lambda s, **options: plot_provinces(s.provinces, **options),
    "careers": lambda s, **options: plot_careers(s.entities, s.positions, s.articles, **options),
}


def written(axes: Any) -> list[Text]:
    """All texts of a figure that are not empty."""
    return [text for text in axes.figure.findobj(Text) if text.get_text()]


def texts(axes: Any) -> list[str]:
    return [text.get_text() for text in written(axes)]


def rows(axes: Any) -> list[str]:
    return [label.get_text().replace("\u00a0", " ").replace("\n", " ") for label in axes.get_yticklabels()]


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
@pytest.mark.parametrize("kind", PLOTS)
def test_the_same_bytes_each_time(small, tmp_path, kind: str, ending: str) -> None:
    first = save_plot(PLOTS[kind](small), tmp_path / f"a.{ending}").read_bytes()
    assert save_plot(PLOTS[kind](small), tmp_path / f"b.{ending}").read_bytes() == first
    assert len(first) > 5000


@pytest.mark.parametrize("kind", PLOTS)
def test_markup_in_names_stays_text(small, tmp_path, kind: str) -> None:
    picture = ElementTree.parse(save_plot(PLOTS[kind](small), tmp_path / "a.svg"))
    assert not [element for element in picture.iter() if str(element.tag).endswith(("script", "image", "img"))]


@pytest.mark.parametrize("language", word_languages())
@pytest.mark.parametrize("kind", PLOTS)
def test_title_units_and_source_in_each_language(small, kind: str, language: str) -> None:
    axes = PLOTS[kind](small, language=language)
    words = Words(language)
    shown = texts(axes)
    assert any(text.startswith(plain(words(kind, name="57-NQ/TW"))) for text in shown)
    assert any(text.startswith(words("source", articles=3, period="").split("3")[0] + "3") for text in shown)
    assert any("2024-05-06" in text and "2025-09-05" in text for text in shown)


@pytest.mark.parametrize("kind", PLOTS)
def test_nothing_leaves_the_picture(small, kind: str) -> None:
    axes = PLOTS[kind](small)
    axes.figure.canvas.draw()
    for text in written(axes):
        if text.get_visible():
            box = text.get_window_extent()
            assert 0 <= box.x0 <= box.x1 <= axes.figure.bbox.x1, text.get_text()
            assert 0 <= box.y0 <= box.y1 <= axes.figure.bbox.y1, text.get_text()


def test_all_languages_have_the_same_words() -> None:
    keys = {language: set(read_yaml(f"plots/{language}.yaml")) for language in word_languages()}
    assert {"en", "fr", "vi"} <= keys.keys()
    assert len(set(map(frozenset, keys.values()))) == 1


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(InputError, match=r"labels in 'xx'.*en, fr, vi"):
        Words("xx")


@pytest.mark.parametrize(
    ("language", "value", "unit", "measure", "written"),
    [
        ("en", 4.8e12, "money", "VND", "4.8 trillion VND"),
        ("fr", 4.8e12, "money", "VND", "4\u202f800 milliards VND"),
        ("vi", 4.8e12, "money", "VND", "4.800 tỷ VND"),
        ("vi", 87.3, "percent", None, "87,3 %"),
        ("fr", 1931, "count", None, "1\u202f931"),
        ("en", 3, "point", None, "3 points"),
    ],
)
def test_numbers_as_each_language_writes_them(
    language: str, value: float, unit: str, measure: str | None, written: str
) -> None:
    assert Words(language).amount(value, unit, measure) == written


def test_the_font_has_every_vietnamese_letter() -> None:
    vowels, tones = "aăâeêioôơuưy", ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = {unicodedata.normalize("NFC", v + t) for v, t in itertools.product(vowels, tones)} | {"đ"}
    assert [len(letter) for letter in letters] == [1] * 73
    both = "".join(sorted(letters)) + "".join(sorted(letters)).upper()
    assert plain(both) == both
    assert plain(unicodedata.normalize("NFD", both)) == both


@given(st.text(max_size=60))
def test_any_text_can_be_drawn(text: str) -> None:
    from miner.explore.figure import canvas

    with canvas(3, 1) as (figure, _), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.text(0, 0, plain(text)).get_window_extent(figure.canvas.get_renderer())
    assert "\n" not in plain(text)
    assert len(shorten(text, 10)) <= 10
    assert all(len(line) <= 12 for line in wrap(text, 12).split("\n"))


def test_wrapping_keeps_whole_names_together() -> None:
    assert wrap("tỷ lệ hồ sơ " + whole("· Tây Ninh"), 18) == "tỷ lệ hồ sơ\n·\u00a0Tây\u00a0Ninh"


def row(**values: Any) -> dict[str, Any]:
    plainly = {"indicator": "households", "place": "Nghệ An", "unit": "count", "target": 100.0, "comparator": ">="}
    return dict.fromkeys(COLUMNS) | plainly | {"article": "a", "editions": 1} | values


LEDGER = pd.DataFrame(
    [
        row(result=40.0, reached="no", deadline="2030-12-31", result_date="2024-12-31", indicator="due later"),
        row(result=80.0, reached="no", deadline="2024-06-30", result_date="2024-12-31", indicator="late"),
        row(result=250.0, reached="no", comparator="<=", place="Huế", indicator="ceiling"),
        row(result=None, reached="unknown"),
        row(result=7.0, target=6.5, reached="yes", unit="percent", indicator="growth"),
        row(result=5.0, target=0.0, reached="yes", indicator="of nothing"),
    ],
    columns=list(COLUMNS),
)


def test_targets_tell_share_gap_and_dates(small) -> None:
    axes = plot_targets(LEDGER, small.articles)
    assert rows(axes) == ["ceiling · Huế", "growth · Nghệ An", "late · Nghệ An", "due later · Nghệ An"]
    shown = texts(axes)
    assert {"≤ 100", "+150", "+0.5 points", "−20", "−60", "2030-12-31", "≥ 6.5 %"} <= set(shown)
    assert any(text.startswith("4 of 6 targets have a result; for") and "150 %" in text for text in shown)
    assert [VERDICTS[verdict(r)] for r in LEDGER.to_dict("records")[:3]] == [ORANGE, RED, RED]
    bars = sorted(bar.get_width() for bar in axes.containers[1])
    assert bars == pytest.approx([40, 80, 100 * 7 / 6.5, 150])
    assert share({"result": 1, "target": 4}) == 25


def test_indicators_speak_the_language_of_the_labels(small) -> None:
    called = LEDGER.assign(indicators=[["en: due later", "vi: còn hạn"]] + [[]] * (len(LEDGER) - 1))
    assert rows(plot_targets(called, small.articles, language="vi"))[-1] == "còn hạn · Nghệ An"
    assert rows(plot_targets(called, small.articles, language="fr"))[-1] == "due later · Nghệ An"


def test_targets_of_one_place_and_so_many(small) -> None:
    assert rows(plot_targets(LEDGER, small.articles, place="hue")) == ["ceiling · Huế"]
    axes = plot_targets(LEDGER, small.articles, top=2)
    assert len(rows(axes)) == 2
    assert any(text.startswith("4 of 6 targets have a result, of which 2 are shown") for text in texts(axes))


def test_a_timeline_tells_issue_articles_meetings_and_results(small) -> None:
    figures = small.figures.assign(directive="57-NQ/TW")
    axes = plot_timeline(small.graph, figures, "57-nq/tw")
    assert rows(axes) == ["Issued", "Named in articles", "Meetings", "Results", "Targets due"]
    shown = [text.replace("\u00a0", " ").replace("\n", " ") for text in texts(axes)]
    assert {"2024-12-22", "Nghệ An", "Hà Giang", "Trần Văn Mẫu", "3"} <= set(shown)
    assert "90 % · Hà Giang; 90 % · Nghệ An" in shown


def test_many_days_share_circles(small) -> None:
    days = pd.date_range("2020-01-01", periods=200, freq="7D").strftime("%Y-%m-%d")
    figures = pd.concat([small.figures[small.figures.kind == "result"].head(1)] * 200, ignore_index=True)
    figures = figures.assign(directive="57-NQ/TW", date=days, value=range(200))
    axes = plot_timeline(small.graph, figures)
    circles = [collection for collection in axes.collections if collection.get_offsets()[0][1] == 3]
    assert len(circles) <= 39
    assert any("how many within 55 days" in text for text in texts(axes))


def test_a_timeline_counts_what_has_no_day(small) -> None:
    figures = small.figures.assign(directive="57-NQ/TW", date=None)
    assert any("6 without a date" in text for text in texts(plot_timeline(small.graph, figures)))


def test_the_network_names_nodes_and_communities(small) -> None:
    axes = plot_network(small.graph, top=3)
    assert len(rows(axes)) == 3
    sizes = [bar.get_width() for bar in axes.figure.axes[1].containers[0]]
    assert sum(sizes) == sum(1 for _, degree in small.graph.degree() if degree)


def test_provinces_stand_from_north_to_south_with_number_and_month(small) -> None:
    axes = plot_provinces(small.provinces)
    assert rows(axes) == ["Hà Giang", "Nghệ An"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["57-NQ/TW"]
    assert [text.get_text() for text in axes.texts] == ["1", "2024-05", "2", "2025-03"]


def test_careers_show_posts_by_language_and_former_ones_apart(small) -> None:
    positions = small.positions.copy()
    positions.loc[positions.person == "Lý Thị Thử", "modifier"] = "former"
    axes = plot_careers(small.entities, positions, small.articles, official="ly thi thu", language="vi")
    assert rows(axes)[0] == "Lý Thị Thử"
    assert "Nguyên Chủ tịch, Ủy ban nhân dân tỉnh (Hà Giang)" in rows(axes)
    assert {line.get_marker() for line in axes.lines} >= {"<"}
    assert BLUE in {line.get_color() for line in axes.lines}


def test_careers_count_officials_without_a_day(small) -> None:
    articles = small.articles.copy()
    articles.loc[articles.id == "c", "published"] = None
    axes = plot_careers(small.entities, small.positions, articles)
    assert "Lý Thị Thử" not in rows(axes)
    assert any("1 without a date are not shown" in text for text in texts(axes))


@pytest.mark.parametrize(
    ("plot", "message"),
    [
        (lambda s: plot_targets(LEDGER.head(0), s.articles), "none of 0 targets has a result"),
        (lambda s: plot_targets(LEDGER, s.articles, place="Mars"), "targets of Mars"),
        (lambda s: plot_network(nx.MultiDiGraph()), "no edges"),
        (lambda s: plot_provinces(nx.MultiDiGraph()), "no province"),
        (lambda s: plot_timeline(nx.MultiDiGraph(), s.figures), "no directive"),
        (lambda s: plot_timeline(s.graph, s.figures, "99/XX"), "'99/XX': none fits"),
        (lambda s: plot_careers(s.entities, s.positions, s.articles, official="X"), "official 'X': 0 officials fit"),
        (lambda s: plot_careers(s.entities, s.positions, s.articles.assign(published=None)), "none has a post"),
    ],
)
def test_nothing_to_show_is_said(small, plot: Callable[[Any], Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        plot(small)


def test_a_note_is_a_picture(tmp_path) -> None:
    assert write_note(tmp_path / "a.png", "none of 0 targets has a result").read_bytes()[:4] == b"\x89PNG"
