import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.directive_codes import issuer, types
from miner.directive_numbers import DirectiveNumber, parse_number
from miner.lexicon import body_codes, read_table
from miner.text import unaccented

STATE_TYPES = ["NQ", "QĐ", "CT", "KH", "TB", "CĐ", "TTr", "BC", "NĐ"]
PARTY_TYPES = ["NQ", "QĐ", "CT", "KL", "CTr", "KH", "HD", "TB", "CV"]
STATE = ["CP", "TTg", "VPCP", "UBND", "HĐND", "BCA", "BKHCN", "NHNN"]
PARTY = ["TW", "TU", "VPTW", "BTCTW", "UBKTTW", "ĐU", "TWĐTN"]
UNITS = ["VX", "KSTT", "NN", "KTTH", "TH"]

numbers = st.integers(1, 9999).map(lambda n: f"{n:02d}")
years = st.none() | st.integers(1990, 2040)


@st.composite
def directive_numbers(draw):
    kind = draw(st.sampled_from(["state", "party", "letter", "assembly"]))
    number = draw(numbers)
    if kind == "state":
        return DirectiveNumber(number, draw(years), draw(st.sampled_from(STATE_TYPES)), (draw(st.sampled_from(STATE)),))
    if kind == "party":
        code, organ = draw(st.sampled_from(PARTY_TYPES)), draw(st.sampled_from(PARTY))
        return DirectiveNumber(number, None, code, (organ,), True, True)
    if kind == "letter":
        return DirectiveNumber(number, None, "", (draw(st.sampled_from(STATE)), draw(st.sampled_from(UNITS))))
    return DirectiveNumber(number, draw(st.integers(1997, 2030)), "", (f"QH{draw(st.integers(10, 16))}",))


@given(directive_numbers())
def test_a_number_reads_back_as_it_was_written(number):
    found = parse_number(number.id)
    assert found is not None
    assert (found.id, found.number, found.year, found.code, found.orgs) == (
        number.id,
        number.number,
        number.year,
        number.code,
        number.orgs,
    )
    assert parse_number(found.id) == found


def swapped(text):
    return text.translate(str.maketrans("/-", "-/"))


def spaced(text):
    return text.replace("/", " / ").replace("-", " - ")


@given(
    directive_numbers().filter(lambda n: n.code and n.year is None),
    st.sampled_from(
        [swapped, spaced, unaccented, lambda t: unicodedata.normalize("NFD", t), lambda t: t.replace("-", "–")]
    ),
    st.sampled_from(["", "n°", "No. ", "số ", "Số: ", "#", "n° "]),
)
def test_a_broken_number_keeps_its_canonical_id(number, broken, word):
    found = parse_number(word + broken(number.id))
    assert found is not None
    assert found.id == number.id


@given(st.text(alphabet=string.digits + "/-., :%" + "abcxyzđ" + "TWQĐ", max_size=20))
def test_any_text_is_read_or_refused(text):
    found = parse_number(text)
    assert found is None or parse_number(found.id) is not None


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("71-NQ/CP", "71/NQ-CP"),
        ("31/CT-TW", "31-CT/TW"),
        ("61/2018/ND-CP", "61/2018/NĐ-CP"),
        ("12/Q-UBND", "12/QĐ-UBND"),
        ("12/Q?-UBND", "12/QĐ-UBND"),
        ("12/QÐ-UBND", "12/QĐ-UBND"),
        ("766/QĐ-TTG", "766/QĐ-TTg"),
        ("02-kh/bcđtw", "02-KH/BCĐTW"),
        ("01/QD-BCDTW", "01/QĐ-BCĐTW"),
        ("94- KH/BTGDVTW", "94-KH/BTGDVTW"),
        ("04 /2016/NQ-HĐTP", "04/2016/NQ-HĐTP"),
        ("57 NQ/TW", "57-NQ/TW"),
        ("NQ 66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("30a/2008/NQ-CP", "30a/2008/NQ-CP"),
        ("57-NQ/T.Ư", "57-NQ/TW"),
        ("57-NQ/TƯ", "57-NQ/TW"),
        ("57-NQ/TVV", "57-NQ/TW"),
        ("57-NO/TW", "57-NQ/TW"),
        ("l8/CT-TTg", "18/CT-TTg"),
        ("O6/QĐ-TIg", "06/QĐ-TTg"),
        ("nghi-quyet-57-nq-tw-2024", "57-NQ/TW"),
        ("326 2026 NĐ-CP", "326/2026/NĐ-CP"),
        ("57-NQ/\nTW", "57-NQ/TW"),
        ("5/NQ-CP", "05/NQ-CP"),
        ("37/2012/TTLT- BLĐTBXH-BYT", "37/2012/TTLT-BLĐTBXH-BYT"),
        ("69/2017/TTLT-BGDĐT@BCA", "69/2017/TTLT-BGDĐT-BCA"),
        ("01/2014/NQLT/CP-UBTƯMTTQVN", "01/2014/NQLT/CP-UBTƯMTTQVN"),
        ("473/TTr - NN&PTNT", "473/TTr-NN&PTNT"),
        ("1365/NQ-UBTVQH15", "1365/NQ-UBTVQH15"),
        ("3187/UBND - KT dated June 5", "3187/UBND-KT"),
    ],
)
def test_repair(text, id):
    found = parse_number(text)
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize(
    "text",
    [
        "10/11 targets",
        "22/12/2024",
        "63/63 tỉnh",
        "24/7",
        "5G",
        "C06",
        "37A-123.45",
        "TCVN 6909:2001",
        "8,5-9%",
        "13:15",
        "120 km/h",
        "2.5-3 lít",
        "0238-384-262",
        "ISO 9001",
        "100 ngày đêm",
        "",
    ],
)
def test_not_a_number(text):
    assert parse_number(text) is None


def test_what_a_symbol_tells():
    found = parse_number("452/TTg-KSTT")
    assert (found.type, found.body, found.series, found.level) == ("dispatch", "prime_minister", "state", "central")
    found = parse_number("57-NQ/TW")
    assert (found.type, found.body, found.series, found.level) == ("resolution", None, "party", "central")
    found = parse_number("68/2020/QH14")
    assert (found.type, found.body, found.series, found.year) == (None, "national_assembly", "assembly", 2020)
    assert parse_number("36/2024/L-CTN").type == "other"
    assert issuer("XYZTW").series == "party"


def test_tables_name_known_types_and_bodies():
    allowed = {"resolution", "directive", "decision", "plan", "conclusion", "decree", "law", "circular", "dispatch"}
    allowed |= {"telegram", "programme", "project", "notice", "regulation", "instruction", "other"}
    assert {entry.type for entry in types().values()} <= allowed
    columns = ("code", "body", "series", "level", "others", "variants")
    rows = read_table("issuers.csv", columns)
    named = {body for row in rows for body in (row["body"], *row["others"].split("|")) if body}
    assert named <= set(body_codes())
    assert len({row["code"] for row in rows}) == len(rows)
