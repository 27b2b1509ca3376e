"""Targets, results and sums whose answers are known by hand."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.errors import InputError
from miner.ledger import COLUMNS, build_ledger
from miner.ledger.match import SIMILAR, Indicators, Results
from miner.records import Figure


def figure(value: float, kind: str = "result", at: int = 0, **values: object) -> Figure:
    """A figure in article a, in Nghệ An, on the rate of online files, unless said otherwise."""
    given = {"article": "a", "text": f"{value:g}", "of": None, "unit": "percent", "comparator": "=", "rule": "test"}
    given |= {"place": "Nghệ An", "indicator": "tỷ lệ hồ sơ trực tuyến", **values}
    return Figure(value=value, kind=kind, start=at, end=at + 4, **given)  # type: ignore[arg-type]


def frame(*figures: Figure) -> pd.DataFrame:
    return pd.DataFrame([one.to_dict() for one in figures], columns=[f.name for f in dataclasses.fields(Figure)])


def only(*figures: Figure, articles: pd.DataFrame | None = None) -> pd.Series:
    ledger = build_ledger(frame(*figures), articles)
    assert len(ledger) == 1
    return ledger.iloc[0]


POOR = {"indicator": "tỷ lệ hộ nghèo"}
VERDICTS = [
    # target, its comparator, result, its comparator, more, reached
    (80, ">=", 85, "=", {}, "yes"),
    (80, ">=", 80, "=", {}, "yes"),
    (80, ">", 80, "=", {}, "no"),
    (80, ">=", 79.9, "=", {}, "no"),
    (80, ">=", 75, ">", {}, "unknown"),
    (80, ">=", 82, ">", {}, "yes"),
    (80, "=", 81, "=", {}, "yes"),
    (80, "=", 81, "~", {}, "unknown"),
    (80, "~", 77, "=", {}, "yes"),
    (80, "~", 70, "=", {}, "no"),
    (3, "=", 2.4, "=", POOR, "yes"),
    (3, "=", 3.4, "=", POOR, "no"),
    (3, "<=", 3, "=", {}, "yes"),
    (3, "<", 3, "=", {}, "no"),
    (3, "<", 2.9, "=", {}, "yes"),
    (3, "<", 5, "<", {}, "unknown"),
]


@pytest.mark.parametrize(("aim", "sign", "value", "result_sign", "more", "expected"), VERDICTS)
def test_reached(aim: float, sign: str, value: float, result_sign: str, more: dict, expected: str) -> None:
    row = only(
        figure(aim, "target", comparator=sign, date="2025-12-31", **more),
        figure(value, at=50, comparator=result_sign, date="2025-06-30", **more),
    )
    assert (row.target, row.result, row.reached) == (aim, value, expected)
    assert (row.deadline, row.result_date) == ("2025-12-31", "2025-06-30")


@pytest.mark.parametrize(
    "result",
    [
        figure(85, at=50, place="Hà Tĩnh"),
        figure(85, at=50, place=None),
        figure(85, at=50, unit="count"),
        figure(85, at=50, indicator="số thôn có Internet"),
        figure(85, at=50, indicator=None),
        figure(85, "change", at=50),
        figure(85, at=50, measure="xã"),
    ],
    ids=["place", "no place", "unit", "indicator", "no indicator", "kind", "measure"],
)
def test_what_does_not_fit_answers_nothing(result: Figure) -> None:
    row = only(figure(80, "target", measure="thôn"), result)
    assert row.reached == "unknown"
    assert pd.isna(row.result)


def test_the_own_article_goes_first_then_a_later_one() -> None:
    target = figure(80, "target")
    own, later, earlier = figure(70, at=50), figure(90, article="b"), figure(60, article="c")
    articles = pd.DataFrame({"id": ["a", "b", "c"], "published": ["2025-03-01", "2025-09-01", "2024-09-01"]})
    assert only(target, own, later, articles=articles).result == 70
    assert only(target, later, earlier, articles=articles).result_article == "b"
    assert pd.isna(only(target, earlier, articles=articles).result)


def test_a_ratio_is_its_own_target() -> None:
    ledger = build_ledger(
        frame(figure(10, of=11, unit="count"), figure(3, of=3, unit="count", at=20), figure(31, "rank", of=63))
    )
    assert ledger[["target", "result", "reached"]].values.tolist() == [[11, 10, "no"], [3, 3, "yes"]]


def test_the_top_of_a_range_is_no_ceiling() -> None:
    rows = build_ledger(
        frame(figure(8, "target", comparator=">="), figure(8.5, "target", at=6, comparator="<="), figure(9, at=50))
    )
    assert rows.reached.tolist() == ["yes", "unknown"]


@pytest.mark.parametrize(
    ("parts", "warning"),
    [
        ((970, 686, 275), None),
        ((970, 686), "parts 970 + 686 = 1 656, the whole is 1 931"),
        ((1932,), "parts 1 932 = 1 932, the whole is 1 931"),
        ((970,), None),
    ],
)
def test_parts_and_whole(parts: tuple[int, ...], warning: str | None) -> None:
    whole = figure(1931, unit="count")
    rows = [figure(v, at=20 * n + 20, unit="count", part_of=(0, 4)) for n, v in enumerate(parts)]
    found = build_ledger(frame(whole, *rows)).warning.tolist()
    assert found == ([warning] if warning else [])


def test_rounded_sums_of_money_pass() -> None:
    rows = [
        figure(v, at=20 * n, unit="money", part_of=(0, 4) if n else None)
        for n, v in enumerate((4.8e12, 3.1e12, 1.69e12))
    ]
    assert build_ledger(frame(*rows)).empty


@pytest.mark.parametrize(
    ("text", "value", "warning"),
    [
        ("88 %", 88, "55 of 63 is 87.3 %, said to be 88 %"),
        ("87 %", 87, None),
        ("87,3 %", 87.3, None),
        ("87.31 %", 87.31, "55 of 63 is 87.3 %, said to be 87.31 %"),
        ("20 %", 20, None),
    ],
)
def test_stated_percentage_against_ratio(text: str, value: float, warning: str | None) -> None:
    stated = figure(value, at=16, text=text)
    for count in (
        [figure(55, of=63, unit="count")],
        [figure(63, unit="count"), figure(55, at=10, unit="count", part_of=(0, 4))],
    ):
        found = build_ledger(frame(*count, stated)).warning.dropna().tolist()
        assert found == ([warning] if warning else [])


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("55/63 nhiệm vụ đã hoàn thành, đạt 88 %", True),
        ("55/63 tâches achevées (88 %)", True),
        ("55/63 tâches, soit 88 %", True),
        ("55/63 tâches du plan (environ 88 %)", True),
        ("55/63 tasks are done, or 88 %", True),
        ("55/63 nhiệm vụ; đạt 88 % dân số", False),
        ("55/63 tasks. Of households, 88 %", False),
        ("55/63 nhiệm vụ và 88 % dân số", False),
    ],
)
def test_the_words_between_tell_whether_a_ratio_is_stated(text: str, warned: bool) -> None:
    at = text.index("88")
    count = dataclasses.replace(figure(55, of=63, unit="count"), end=5)
    stated = dataclasses.replace(figure(88, text="88 %"), start=at, end=at + 4)
    articles = pd.DataFrame({"id": ["a"], "published": [None], "text": [text]})
    assert build_ledger(frame(count, stated), articles).warning.notna().any() == warned


def test_a_far_percentage_is_not_compared() -> None:
    assert build_ledger(frame(figure(55, of=63, unit="count"), figure(88, at=300))).warning.isna().all()


def test_frames_as_duckdb_gives_them() -> None:
    rows = frame(
        figure(63, unit="count"), figure(55, at=10, unit="count", part_of=(0, 4)), figure(88, at=20, text="88 %")
    )
    rows["of"] = rows["of"].astype("float64")
    rows["part_of"] = [float("nan"), [0, 4], None]
    assert build_ledger(rows).warning.dropna().tolist() == ["55 of 63 is 87.3 %, said to be 88 %"]


def test_editions_say_it_once() -> None:
    twice = [figure(100, "target", indicator=name, at=at) for name, at in (("số hóa hồ sơ", 0), ("thanh toán", 20))]
    french = dataclasses.replace(twice[0], article="b", indicator="numérisation")
    other = dataclasses.replace(twice[0], article="c")
    events = pd.DataFrame({"id": ["event:1"], "kind": ["event"], "members": [[["a", "event"], ["b", "event"]]]})
    found = build_ledger(frame(*twice, french, other), None, events)
    assert found[["article", "indicator", "editions"]].values.tolist() == [
        ["a", "số hóa hồ sơ", 2],
        ["a", "thanh toán", 2],
        ["c", "số hóa hồ sơ", 1],
    ]
    assert found.indicators.tolist() == [[], [], []]
    articles = pd.DataFrame({"id": ["a", "b", "c"], "language": ["vi", "fr", "vi"], "published": None})
    assert build_ledger(frame(*twice, french, other), articles, events).indicators.tolist() == [
        ["fr: numérisation", "vi: số hóa hồ sơ"],
        ["vi: thanh toán"],
        ["vi: số hóa hồ sơ"],
    ]


def test_empty_and_wrong_frames() -> None:
    empty = build_ledger(frame())
    assert (list(empty.columns), len(empty)) == (list(COLUMNS), 0)
    with pytest.raises(InputError, match="no column unit"):
        build_ledger(frame(figure(1)).drop(columns="unit"))


def test_order_of_rows_changes_nothing() -> None:
    rows = frame(
        figure(80, "target"), figure(70, at=50), figure(10, of=11, unit="count", at=90), figure(75, article="b")
    )
    pd.testing.assert_frame_equal(build_ledger(rows), build_ledger(rows.iloc[::-1]))


INDICATORS = st.lists(
    st.sampled_from(["rate", "poor", "household", "new", "rural", "commune", "road"]), min_size=1, max_size=4
)
RESULTS = st.lists(st.tuples(INDICATORS, st.sampled_from("abc"), st.sampled_from([None, "2025-06-30"])), max_size=12)


@given(INDICATORS, RESULTS)
def test_the_answer_is_the_best_of_all_results(aim: list[str], given: list[tuple[list[str], str, str | None]]) -> None:
    target = figure(80, "target", indicator=" ".join(aim))
    results = [
        figure(at, at=10 * at + 10, indicator=" ".join(words), article=article, date=date)
        for at, (words, article, date) in enumerate(given)
    ]
    indicators = Indicators([target, *results])
    days = {"a": "2025-03-01", "b": "2025-09-01", "c": "2024-09-01"}

    def rank(result: Figure) -> tuple[bool, float, str, str, int]:
        similarity = round(indicators.similarity(target.indicator, result.indicator), 6)
        return (
            *(result.article == "a", similarity),
            *(result.date or days[result.article], result.article, -result.start),
        )

    fitting = [
        result
        for result in results
        if result.article != "c" and indicators.similarity(target.indicator, result.indicator) >= SIMILAR
    ]
    assert Results([target, *results], days).answer(target) == max(fitting, key=rank, default=None)
