"""Other ways to write the same: forms of Unicode, tones, spaces, apostrophes, signs, and what pages do to text."""

from __future__ import annotations

import re
import unicodedata
from random import Random

from changing import Case, Transform, apply, disjoint, each_char, each_match

# -- Unicode and tones --


def decompose(case: Case, random: Random) -> Case:
    """Write the text in NFD."""
    return each_char(case, lambda c: unicodedata.normalize("NFD", c))


def decompose_half(case: Case, random: Random) -> Case:
    """Write every other word in NFD, as texts do that were pasted together."""

    def form(m: re.Match[str]) -> str:
        return unicodedata.normalize("NFD", m.group()) if random.random() < 0.5 else m.group()

    return each_match(case, r"[^\W\d_]+", form)


_TONED = "òóỏõọ|oa", "òóỏõọ|oe", "ùúủũụ|uy"
_NEW = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}
OLD_TO_NEW = {
    first + rhyme[1]: rhyme[0] + second
    for firsts, rhyme in (part.split("|") for part in _TONED)
    for first, second in zip(firsts, _NEW[rhyme[1]], strict=True)
}


OLD_TO_NEW |= {k.upper(): v.upper() for k, v in OLD_TO_NEW.items()} | {
    k.capitalize(): v.capitalize() for k, v in OLD_TO_NEW.items()
}
NEW_TO_OLD = {new: old for old, new in OLD_TO_NEW.items()}


def other_tones(case: Case, random: Random) -> Case:
    """Write open syllables in the other tone placement: hoà for hòa, hòa for hoà."""
    other = OLD_TO_NEW | NEW_TO_OLD
    return each_match(case, "(?<![qQ])(?:" + "|".join(other) + r")(?!\w)", lambda m: other[m.group()])


# -- spaces --

_SPACES = "[ \u00a0\u202f\u2009]"


def _in_figure(case: Case, offset: int) -> bool:
    return any(start <= offset < end for start, end in (fact["span"] for fact in case.gold["figures"]))


def _spaced(space: str, name: str) -> Transform:
    def transform(case: Case, random: Random) -> Case:
        """Write this space (or none) between thousands and before the signs that French sets off."""
        thousands = re.finditer(rf"(?<=\d){_SPACES}(?=\d{{3}}(?!\d))", case.text)
        edits = [(*m.span(), space) for m in thousands if _in_figure(case, m.start()) and _is_no_year(case, m, space)]
        edits += [(*m.span(), space) for m in re.finditer(rf"(?<=\d){_SPACES}?(?=%)", case.text)]
        edits += [(*m.span(), space) for m in re.finditer(rf"(?<=[\w)%»]){_SPACES}(?=[;:!?»]\s)", case.text)]
        edits += [(*m.span(), space) for m in re.finditer(rf"(?<=«){_SPACES}", case.text)]
        return apply(case, disjoint(edits))

    transform.__name__ = name
    return transform


def _is_no_year(case: Case, m: re.Match[str], space: str) -> bool:
    joined = case.text[m.start() - 1] + case.text[m.end() : m.end() + 3]
    lone = not re.match(r"\d", case.text[m.start() - 2])
    return bool(space) or not (lone and 1900 <= int(joined) <= 2100)


def thousands_unbroken(case: Case, random: Random) -> Case:
    """Part the thousands of every language by narrow unbreakable spaces."""
    spots = re.finditer(r"(?<=\d)[.,](?=\d{3}(?![\d.,]\d|\d))", case.text)
    whole = [m for m in spots if _is_thousands(case, m)]
    return apply(case, [(*m.span(), "\u202f") for m in whole])


def thousands_joined(case: Case, random: Random) -> Case:
    """Write the thousands of every language without a sign between them."""
    spots = re.finditer(r"(?<=\d)[.,](?=\d{3}(?![\d.,]\d|\d))", case.text)
    whole = [m for m in spots if _is_thousands(case, m) and _is_no_year(case, m, "")]
    return apply(case, [(*m.span(), "") for m in whole])


def _is_thousands(case: Case, m: re.Match[str]) -> bool:
    """Tell whether the sign parts thousands by the gold: the figure's value has the numeral's digits in front."""
    for fact in case.gold["figures"]:
        start, end = fact["span"]
        if start <= m.start() < end:
            numeral = re.match(r"\d{1,3}[.,]\d{3}(?![\d.,]*\d)", case.text[start:end])
            digits = int(re.sub(r"\D", "", numeral.group())) if numeral else 0
            return digits > 0 and fact["value"] % digits == 0 and fact["of"] is None
    return False


def double_spaces(case: Case, random: Random) -> Case:
    """Double one space in five, as recognition of print does."""
    return each_match(case, r"(?<=\S) (?=\S)", lambda m: "  " if random.random() < 0.2 else " ")


def unbreakable_spaces(case: Case, random: Random) -> Case:
    """Put an unbreakable space in place of one space in three."""
    return each_match(case, r"(?<=\S) (?=\S)", lambda m: "\u00a0" if random.random() < 0.33 else " ")


def space_before_stops(case: Case, random: Random) -> Case:
    """Put a space before every other comma, and around hyphens of titles, as translating machines do."""
    return each_match(case, r"(?<=[^\W\d]),(?= )", lambda m: " ," if random.random() < 0.5 else ",")


# -- apostrophes, quotes, dashes --


def _letters(table: dict[str, str], name: str, doc: str) -> Transform:
    def transform(case: Case, random: Random) -> Case:
        return each_char(case, lambda c: table.get(c, c))

    transform.__name__, transform.__doc__ = name, doc
    return transform


def _apostrophe(new: str, name: str) -> Transform:
    def transform(case: Case, random: Random) -> Case:
        """Write the apostrophes between letters so."""
        return each_match(case, r"(?<=[^\W\d])['’ʼ´](?=[^\W\d])", new)

    transform.__name__ = name
    return transform


straight_quotes = _letters(dict.fromkeys("“”«»„", '"') | {"‘": "'"}, "straight_quotes", 'Write every quote as ".')
wrong_quotes = _letters({"“": "”", "«": "“", "»": "”", '"': "”"}, "wrong_quotes", "Open quotes with the closing one.")
long_dashes = _letters({"–": "—"}, "long_dashes", "Write an em dash for an en dash.")


def dashes(case: Case, random: Random) -> Case:
    """Write a hyphen between spaces, or a dash, as another dash."""
    return each_match(case, r"(?<=\s)[-–—](?=\s)", lambda m: random.choice("-–—―"))


def hyphens(case: Case, random: Random) -> Case:
    """Write the hyphen within words and numbers as the unbreakable one."""
    return each_match(case, r"(?<=\w)-(?=\w)", "\u2011")


# -- the signs of numbers --

_SIGN = re.compile(r"(?:\b[nN]\s?[°º]\s?|\bNo\.? ?|\b[Ss]ố )(?=\d+\s?(?:/\d{4}\s?)?[-/]\s?[A-ZĐ]|\d{1,3}[ ,.;)](?!\d))")


def _sign(new: str, name: str) -> Transform:
    def transform(case: Case, random: Random) -> Case:
        """Write this sign before the number of every document."""
        numbers = {m.group().lstrip("0") for item in case.gold["directives"] if (m := re.search(r"\d+", item["id"]))}
        spots = [m for m in _SIGN.finditer(case.text) if _number_at(case.text, m.end()) in numbers]
        return apply(case, [(*m.span(), new) for m in spots])

    transform.__name__ = name
    return transform


def _number_at(text: str, offset: int) -> str:
    m = re.match(r"0*(\d+)", text[offset : offset + 8])
    return m.group(1) if m else ""


SIGNS = [
    _sign("n° ", "sign_n°"),
    _sign("n º ", "sign_n_º"),
    _sign("no. ", "sign_no."),
    _sign("No. ", "sign_No."),
    _sign("No.", "sign_No._glued"),
    _sign("số ", "sign_số"),
]

# -- what pages do --


def eths(case: Case, random: Random) -> Case:
    """Write ð and Ð for đ and Đ."""
    return each_char(case, lambda c: {"đ": "ð", "Đ": "Ð"}.get(c, c))


def zero_width(case: Case, random: Random) -> Case:
    """Put characters without width before one word in ten."""
    return _inserted(case, random, r"(?<=\s)(?=\w)", "\u200b\u200c\u2060\ufeff", 0.1)


def soft_hyphens(case: Case, random: Random) -> Case:
    """Put soft hyphens into one long word in three."""
    return _inserted(case, random, r"(?<=[^\W\d_]{4})(?=[^\W\d_]{4})", "\u00ad", 0.33)


def _inserted(case: Case, random: Random, pattern: str, chars: str, share: float) -> Case:
    spots = [m.start() for m in re.finditer(pattern, case.text) if random.random() < share]
    return apply(case, [(at, at, random.choice(chars)) for at in spots])


def ligatures(case: Case, random: Random) -> Case:
    """Write fi, fl and ff as ligatures, as text from PDFs does."""
    return each_match(case, r"ffi|ff|fi|fl", lambda m: {"ffi": "ﬃ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}[m.group()])


_ENTITIES = {
    "'": "&#39;",
    '"': "&quot;",
    "“": "&ldquo;",
    "”": "&rdquo;",
    "é": "&eacute;",
    "à": "&agrave;",
    "&": "&amp;",
}


def entities(case: Case, random: Random) -> Case:
    """Leave entities of HTML for quotes, apostrophes, some letters and one space in twenty."""
    edits = [(i, i + 1, _ENTITIES[c]) for i, c in enumerate(case.text) if c in _ENTITIES]
    spaces = [m for m in re.finditer(r"(?<=\S) (?=\S)", case.text) if random.random() < 0.05]
    return apply(case, [*edits, *((*m.span(), "&nbsp;") for m in spaces)])


def roman_signs(case: Case, random: Random) -> Case:
    """Write the Roman numerals of quarters and terms as single characters."""
    signs = dict(
        zip(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", strict=True)
    )
    pattern = r"\b(?:quý|Quý|khóa|khoá|lần thứ|nhiệm kỳ|Session|session) ([IVX]{1,4})\b"
    spots = [m for m in re.finditer(pattern, case.text) if m.group(1) in signs]
    return apply(case, [(*m.span(1), signs[m.group(1)]) for m in spots])


def no_accents(case: Case, random: Random) -> Case:
    """Drop every accent of a translated text, as some sites do."""
    if case.gold["language"] != "fr":
        return case
    return each_char(case, lambda c: unicodedata.normalize("NFD", c)[0] if c.isalpha() else c)


SPACES = [
    _spaced("\u202f", "spaces_narrow"),
    _spaced("\u00a0", "spaces_unbreakable"),
    _spaced(" ", "spaces_normal"),
    _spaced("", "spaces_none"),
    thousands_unbroken,
    thousands_joined,
]
APOSTROPHES = [
    _apostrophe("'", "apostrophes_straight"),
    _apostrophe("’", "apostrophes_curly"),
    _apostrophe("ʼ", "apostrophes_letter"),
]
