"""Changes of an article that must not change what is found in it.

A transform takes a `Case` (text and gold) and a random generator and returns a changed Case whose gold has followed the
change: names, places, ids, values and dates replaced, spans moved.
"""

import layout
import naming
import renaming
import writing
from changing import Transform

TRANSFORMS: list[Transform] = [
    naming.rename_frequent,
    naming.rename_rare,
    naming.rename_minority,
    renaming.move_provinces,
    renaming.change_numbers,
    renaming.change_documents,
    renaming.shift_years,
    naming.drop_diacritics,
    naming.add_diacritics,
    naming.circumflex_only,
    naming.capital_surnames,
    writing.decompose,
    writing.decompose_half,
    writing.other_tones,
    *writing.SPACES,
    *writing.APOSTROPHES,
    *writing.SIGNS,
    layout.shuffle_paragraphs,
    layout.wrap,
    layout.bullets,
    layout.double_captions,
    layout.upper_headline,
    layout.glue_captions,
    writing.straight_quotes,
    writing.wrong_quotes,
    writing.dashes,
    writing.hyphens,
    writing.double_spaces,
    writing.unbreakable_spaces,
    writing.space_before_stops,
    writing.zero_width,
    writing.soft_hyphens,
    writing.ligatures,
    writing.entities,
    writing.eths,
    writing.roman_signs,
    writing.no_accents,
]
