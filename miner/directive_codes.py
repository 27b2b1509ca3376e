"""The codes in document numbers: types and issuers, looked up as written or folded (QD-TTG is QĐ-TTg)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from miner.lexicon import read_table
from miner.text import unaccented


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type code: `type` is the contract's word for it."""

    code: str
    type: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer code with the body that it names, its `series` (state, party, assembly, any) and its level.

    `others` are bodies that may stand behind the same code, if the text says so (TW is the Politburo's too).
    """

    code: str
    body: str | None
    series: str
    level: str | None
    others: tuple[str, ...]


def key(code: str) -> str:
    """Return the form under which spellings of a code meet."""
    return unaccented(code).upper()


@cache
def types() -> dict[str, DocumentType]:
    """Return the document types by folded code and variant."""
    rows = read_table("document_types.csv", ("code", "type", "variants"))
    found: dict[str, DocumentType] = {}
    for row in rows:
        for code in (row["code"], *filter(None, row["variants"].split("|"))):
            found.setdefault(key(code), DocumentType(row["code"], row["type"]))
    return found


@cache
def _issuers() -> dict[str, Issuer]:
    rows = read_table("issuers.csv", ("code", "body", "series", "level", "others", "variants"))
    found: dict[str, Issuer] = {}
    for row in rows:
        others = tuple(filter(None, row["others"].split("|")))
        entry = Issuer(row["code"], row["body"] or None, row["series"], row["level"] or None, others)
        found[row["code"].upper()] = found[key(row["code"])] = entry
    for row in rows:
        for variant in filter(None, row["variants"].split("|")):
            found.setdefault(variant.upper(), found[key(row["code"])])
            found.setdefault(key(variant), found[key(row["code"])])
    return found


def _lookup(code: str) -> Issuer | None:
    """Return the issuer of a code as written, else of its folded form: TƯ is TW, TU the provincial committee."""
    base = code.rstrip("0123456789")
    return _issuers().get(base.upper()) or _issuers().get(key(base))


def issuer(code: str) -> Issuer:
    """Return what is known of an issuer code; of an unknown one the series, as its ending tells (…TW, …TU)."""
    if known := _lookup(code):
        return known
    folded = key(code)
    party = folded.endswith(("TW", "TU"))
    return Issuer(code, None, "party" if party else "", "central" if folded.endswith("TW") else None, ())


def known_issuer(code: str) -> bool:
    """Tell whether an issuer code is in the table (``issuers.csv``), with or without a legislature's number."""
    return _lookup(code) is not None


def spelt(code: str) -> str:
    """Return an organ's code in its own spelling; the number of a legislature (QH15) stays."""
    known = _lookup(code)
    if known is None:
        return code.upper() if code.islower() else code
    return known.code + code[len(code.rstrip("0123456789")) :]
