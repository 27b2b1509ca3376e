"""Numbers of official documents: their grammar, the repair of what translations broke, and what a symbol says.

Two systems of punctuation exist. State bodies write number/type-issuer (71/NQ-CP, with a year in legal normative
documents: 13/2023/NĐ-CP), Party bodies number-type/issuer (57-NQ/TW). The issuer decides which one a number follows,
whatever stands in the text; so 71-NQ/CP is 71/NQ-CP. An official letter has no type: 452/TTg-KSTT. Acts of the National
Assembly have neither: 68/2020/QH14.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from miner.directive_codes import DocumentType, Issuer, issuer, key, known_issuer, spelt, types

_PLAIN = str.maketrans({**dict.fromkeys("–—−‑‐_@", "-"), **dict.fromkeys("⁄∕／", "/"), "Ð": "Đ", "Ɖ": "Đ", "ð": "đ"})
#: Letters that scanned text shows for digits.
_DIGITS = str.maketrans("OoIl", "0011")
_NUMBER = re.compile(
    r"(?:(?P<clean>\d{1,6}(?:\.\d{1,2})?)|(?P<scanned>(?=[OoIl]*\d)[\dOoIl]{2,5}))(?P<letter>[a-dđ](?=\s?[/-]))?"
)
_YEAR = re.compile(r"\s?[/ -]\s?(?P<year>(?:19|20)\d\d)(?=\s?[/ -])")
_CODE = re.compile(
    r"(?P<sep>\s*[/-]\s*|\s|)(?P<code>[^\W\d_]+(?:[&.][^\W\d_]+)*\??(?:(?<=[HP])\d\d|(?<=C)\d{1,2})?)(?![^\W_])"
)
_JOINT = {"TTLT", "NQLT", "QCPH", "CTPH", "KHPH"}


@dataclass(frozen=True, slots=True)
class DirectiveNumber:
    """A parsed number; `code` is the type code (empty in letters and acts of the National Assembly).

    `orgs` are issuer and units, `dashed` tells whether the text joined number and type as Party bodies do, `slashed`
    whether it joined type and issuer with a slash; both only matter where the issuer does not decide.
    """

    number: str
    year: int | None
    code: str
    orgs: tuple[str, ...]
    dashed: bool = False
    slashed: bool = False

    @property
    def issuer(self) -> Issuer:
        """The first organ of the symbol."""
        return issuer(self.orgs[0])

    @property
    def series(self) -> str | None:
        """Tell state, party or assembly."""
        series = self.issuer.series
        if series in {"state", "party", "assembly"}:
            return series
        return "party" if self.dashed else "state"

    @property
    def type(self) -> str | None:
        """The type that the symbol shows; None for unknown codes and for acts of the National Assembly."""
        if not self.code:
            return None if self.issuer.series == "assembly" else "dispatch"
        if self.code == "L" and self.orgs[0] == "CTN":
            return "other"
        known = types().get(key(self.code))
        return known.type if known else None

    @property
    def body(self) -> str | None:
        """The body that the symbol names, if it names one."""
        steering = self.issuer.series == "any" and self.series != "party"
        return None if steering else self.issuer.body

    @property
    def level(self) -> str | None:
        """Tell central, provincial or local."""
        return self.issuer.level

    @property
    def id(self) -> str:
        """The canonical id."""
        head = self.number if self.year is None else f"{self.number}/{self.year}"
        orgs = "-".join(self.orgs)
        if not self.code:
            return f"{head}/{orgs}"
        if self.series == "party":
            return f"{head}-{self.code}/{orgs}"
        joint = self.slashed and self.code in _JOINT and len(self.orgs) > 1
        return f"{head}/{self.code}{'/' if joint else '-'}{orgs}"


def padded(number: str) -> str:
    """Return a number with the leading zero that documents below 10 carry."""
    digits = re.match(r"\d+", number)
    return number if digits is None else digits.group().lstrip("0").rjust(2, "0") + number[digits.end() :]


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return `text` composed, with one kind of dash, slash and space; its length may change."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_PLAIN))


def parse_number(text: str) -> DirectiveNumber | None:
    """Return the document number in `text`, which may begin with a word for it or repeat the type.

    Examples
    --------
    >>> parse_number("số 71-NQ/CP").id
    '71/NQ-CP'
    >>> parse_number("02 - KH/BCDTW").id
    '02-KH/BCĐTW'
    >>> parse_number("10/11 objectifs") is None
    True
    """
    text = plain(text)
    for match in re.finditer(r"(?<![^\W_])(?:\d|[OoIl]+\d)|(?<=số)\d|(?<=[nN][oO])\d", text):
        if found := match_number(text[match.start() :]):
            return found[0]
    return None


def match_number(text: str, *, numbered: bool = True) -> tuple[DirectiveNumber, int] | None:
    """Return the number at the very start of `text` (made `plain`) and its length.

    Without `numbered` (a word for number or a document stands before it), symbols of unknown organs are refused.
    """
    head = _NUMBER.match(text)
    if head is None:
        return None
    at, year = head.end(), None
    if match := _YEAR.match(text, at):
        at, year = match.end(), int(match["year"])
    codes = _codes(text, at)
    if not codes or (head["scanned"] and key(codes[0][1]) not in types()):
        return None
    number = (head["clean"] or head["scanned"].translate(_DIGITS)) + (head["letter"] or "")
    read = _named(codes, numbered) or _letter(codes, year, numbered)
    if read is None:
        return None
    code, orgs, end = read
    slashed = "/" in codes[1][0] if code else False
    dashed = "-" in codes[0][0] or (codes[0][0].strip() == "" and slashed)
    return DirectiveNumber(padded(number), year, code, orgs, dashed, slashed), end


def _codes(text: str, at: int) -> list[tuple[str, str, int]]:
    """Return the run of codes from `at` on as (separator, code, end)."""
    found: list[tuple[str, str, int]] = []
    while len(found) < 8 and (match := _CODE.match(text, at)):
        found.append((match["sep"], match["code"], match.end()))
        at = match.end()
    return found


def _named(codes: list[tuple[str, str, int]], numbered: bool) -> tuple[str, tuple[str, ...], int] | None:
    """Read type and organs."""
    if len(codes) < 2:
        return None
    kind = types().get(key(codes[0][1])) or _unknown_type(codes, numbered)
    if kind is None:
        return None
    sep, first, end = codes[1]
    sure = known_issuer(first)
    tight = bool(codes[0][0].strip()) and bool(sep.strip())
    if not sure and not (numbered and tight and _symbolic(first) and _symbolic(codes[0][1])):
        return None
    if not tight and not (_symbolic(codes[0][1]) or sep.strip()):
        return None
    if not sep.strip() and not (_symbolic(codes[0][1]) and _symbolic(first)):
        return None
    orgs, end = _units([spelt(first)], codes[2:], end)
    return kind.code, tuple(orgs), end


def _unknown_type(codes: list[tuple[str, str, int]], numbered: bool) -> DocumentType | None:
    """Return a type that the table lacks, where the rest has the shape of a Party number (12-ABC/TW)."""
    (joint, code, _), (slash, first, _end) = codes[:2]
    shaped = joint == "-" and slash == "/" and _symbolic(code) and issuer(first).series == "party"
    return DocumentType(code, "other") if numbered and shaped and not known_issuer(code) else None


def _letter(
    codes: list[tuple[str, str, int]], year: int | None, numbered: bool
) -> tuple[str, tuple[str, ...], int] | None:
    """Read an act of the National Assembly, or an official letter: organ and unit."""
    sep, first, end = codes[0]
    if "/" not in sep and not (numbered and "-" in sep):
        return None
    if not known_issuer(first) and not (numbered and _symbolic(first) and len(codes) > 1 and _is_unit(*codes[1][:2])):
        return None
    assembly = issuer(first).series == "assembly"
    if assembly and not (year and first[-1].isdigit()):
        return None
    orgs, end = _units([spelt(first)], [] if assembly else codes[1:], end)
    alone = len(orgs) == 1 and not assembly
    return None if alone and not numbered else ("", tuple(orgs), end)


def _units(orgs: list[str], codes: list[tuple[str, str, int]], end: int) -> tuple[list[str], int]:
    for sep, code, stop in codes:
        if not _is_unit(sep, code):
            break
        orgs.append(spelt(code) if _symbolic(code) or known_issuer(code) else code)
        end = stop
    return orgs, end


def _is_unit(sep: str, code: str) -> bool:
    """Tell whether a further code belongs to the symbol: joined by a hyphen and written as a symbol."""
    if "-" not in sep:
        return False
    loose = sep != "-"
    return (_symbolic(code) and len(code) <= (6 if loose else 12)) or (known_issuer(code) and not loose)


def _symbolic(code: str) -> bool:
    """Tell whether a word is written as a symbol: mostly capitals (TTg, KSTT, ThU)."""
    capitals = sum(c.isupper() for c in code)
    return capitals >= 2 or (capitals == 1 and len(code) == 1)
