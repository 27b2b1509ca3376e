"""Bytes to text: UTF-8 first, other encodings only when the text that comes out proves them."""

from __future__ import annotations

import codecs
import re
import unicodedata

from miner.errors import ReadError
from miner.language import words_language

_BOMS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
#: The encodings of the old Vietnamese and French press that Python knows; the first that gives real words is taken.
_LEGACY = ("cp1258", "cp1252")
_SIGNATURES = {
    b"%PDF": "a PDF; turn it into text first (pdftotext FILE)",
    b"PK\x03\x04": "a ZIP archive or an office document; unpack it or save it as text",
    b"\xd0\xcf\x11\xe0": "an old office document; save it as text",
    b"{\\rtf": "an RTF document; save it as text",
    b"\x89PNG": "an image; miner reads text only",
    b"\xff\xd8\xff": "an image; miner reads text only",
    b"GIF8": "an image; miner reads text only",
    b"PAR1": "a Parquet file; export its text as CSV or JSON lines",
}
#: Stands for bytes that mean nothing.
LOST = "\ufffd"
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
#: A page of UTF-8 has so many characters of several bytes for each wrong byte.
_MOSTLY = 20
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f]")
_SAMPLE = 65_536
_UTF8_REMEDY = "save it again as UTF-8"


def decode(data: bytes, where: str) -> str:
    """Return the text of `data` with universal newlines.

    UTF-8 is returned as `Path.read_text(encoding="utf-8")` would, a byte order mark included; UTF-16 and UTF-32
    without their mark. windows-1258 and windows-1252 are accepted where function words prove them.

    Raises
    ------
    ReadError
        The data is empty, binary, damaged or in an encoding that cannot be told.
    """
    encoding = find_encoding(data, where)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(where, f"is not {encoding} from byte {error.start}", _UTF8_REMEDY) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def mended(data: bytes) -> str | None:
    """Return a page of UTF-8 that holds a few wrong bytes, with U+FFFD in their places; None for all others."""
    if _CONTROL.search(data):
        return None
    text = data.decode("utf-8", "replace")
    return text if len(_MULTIBYTE.findall(data)) >= _MOSTLY * text.count(LOST) else None


def find_encoding(data: bytes, where: str, *, partial: bool = False) -> str:
    """Return the name of the encoding of `data`; with `partial`, `data` may end inside a character.

    Raises
    ------
    ReadError
        As `decode`.
    """
    if not data.strip():
        raise ReadError(where, "is empty", "fetch or export it again, or remove it")
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            what, remedy = what.split("; ", 1)
            raise ReadError(where, f"is {what}", remedy)
    found = next((name for mark, name in _BOMS.items() if data.startswith(mark)), None) or _utf16(data)
    if found:
        return found
    position = _utf8_error(data, partial)
    if position is None:
        if b"\x00" in data:
            what = f"holds a NUL byte (byte {data.index(0)})"
            raise ReadError(where, what, "it is binary or damaged: export it again as UTF-8 text")
        return "utf-8"
    return _legacy(data[:_SAMPLE], position, where)


def _utf16(data: bytes) -> str | None:
    """Return the UTF-16 without a mark that the places of the zero bytes show."""
    sample = data[: min(_SAMPLE, len(data) // 2 * 2)]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if max(even, odd) < 0.3 * half or min(even, odd) > 0.02 * half:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    return None if _UNPRINTABLE.search(sample.decode(name, "replace")) else name


def _utf8_error(data: bytes, partial: bool) -> int | None:
    """Return the place of the first byte that is not UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=not partial)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _legacy(sample: bytes, position: int, where: str) -> str:
    if _CONTROL.search(sample):
        raise ReadError(where, "is binary, not text", "convert it to text, or leave it out")
    if len(_MULTIBYTE.findall(sample)) > 2 * sample.decode("utf-8", "replace").count(LOST):
        raise ReadError(where, f"is damaged UTF-8 (byte {position})", "fetch it again; " + _UTF8_REMEDY)
    for name in _LEGACY:
        try:
            text = unicodedata.normalize("NFC", sample.decode(name))
        except UnicodeDecodeError:
            continue
        if words_language(text) and (name != "cp1258" or words_language(text) == "vi"):
            return name
    raise ReadError(where, f"is in an unknown encoding (byte {position} is not UTF-8)", _UTF8_REMEDY)
