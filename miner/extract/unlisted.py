"""Names whose surname nobody listed: what their middle word, their post and the place before them tell."""

from __future__ import annotations

from collections.abc import Sequence

from miner.extract.names import lore, marks_given, surname_strength
from miner.extract.reading import Reading
from miner.extract.runs import Run, Unit
from miner.extract.surroundings import Surroundings

#: How many syllables the name of a commune or district has, the likeliest first.
_AREA_SIZES = (2, 3, 1)
#: How many syllables a name with an unlisted surname has.
_SIZES = (3, 4)


def opens_name(reading: Reading, run: Run, i: int, strength: int) -> bool:
    """Tell whether a surname of this strength stands at unit `i` with a syllable after it."""
    if len(run.units) - i < 2:
        return False
    first, second = run.units[i], run.units[i + 1]
    strong = surname_strength(reading.words[first.start], run.strict) >= strength
    return strong and first.folded != "van" and second.kind != "foreign"


def has_middle(reading: Reading, run: Run, i: int) -> bool:
    """Tell 'Sa Van Dai' by its middle word."""
    rest = run.units[i : i + 3]
    return len(rest) == 3 and rest[0].kind == "syllable" and marks_given(reading.words[rest[1].start], run.strict)


def is_pair(units: Sequence[Unit]) -> bool:
    """Tell a clan of two words: 'Ra Lan' of 'Ra Lan Nhon'."""
    return len(units) >= 2 and f"{units[0].folded} {units[1].folded}" in lore().clan_pairs


def is_minor(units: Sequence[Unit]) -> bool:
    """Tell a name after the pattern of an ethnic minority by its first word."""
    return len(units) >= 2 and units[0].kind in {"letter", "clan"}


def area_end(reading: Reading, run: Run) -> int:
    """Return the index of the unit after the place that opens a run, or 0."""
    if is_minor(run.units[2:]) and not is_minor(run.units):
        return 2
    for size in _AREA_SIZES:
        whole = len(run.units) - size in _SIZES and not marks_given(reading.words[run.units[1].start], run.strict)
        if whole and opens_name(reading, run, size, 2):
            return size
    named_after = opens_name(reading, run, 0, 2)
    tries = [(3, 2)] * named_after + [(2, 2), (1, 2), (3, 2), (2, 1)]
    found = next((size for size, strength in tries if opens_name(reading, run, size, strength)), 0)
    return found or next((size for size in _AREA_SIZES if has_middle(reading, run, size)), 0)


def toponym_end(reading: Reading, around: Surroundings, run: Run) -> int:
    """Return the index of the unit after a district, or a place like 'Krông Pắc', that opens a run before a name."""
    district = around.districts.starts.get(run.units[0].start)
    size = 2 if run.units[0].folded in lore().toponyms else 0
    if district is not None:
        size = next((k for k, unit in enumerate(run.units) if unit.start >= district.end), 0)
    if not size:
        return 0
    named = is_minor(run.units[size:]) or has_middle(reading, run, size) or opens_name(reading, run, size, 1)
    return size if named and not around.honorific_before(run.units[0].start) else 0


def unlisted_end(reading: Reading, around: Surroundings, run: Run, i: int) -> int:
    """Return the index after a name of plain syllables at unit `i` beside a post, or `i`."""
    if len(run.units) - i < _SIZES[0]:
        return i
    start, end = run.units[i].start, i
    while end < len(run.units) and run.units[end].kind == "syllable" and not _is_known(around, run.units[end]):
        end += 1
    open_end = end < len(run.units) and not _is_known(around, run.units[end])
    if open_end or end - i not in _SIZES or start in around.particles or start in around.districts.starts:
        return i
    if has_middle(reading, run, i):
        return end
    if run.upper or around.is_headline(start):
        return i
    middle = run.units[i + 1].folded in lore().middle
    return end if _beside_post(reading, around, start, run.units[end - 1].end, middle) else i


def _is_known(around: Surroundings, unit: Unit) -> bool:
    """Tell whether a place, post or title begins at a unit, or a body of more than one word."""
    body = around.bodies.starts.get(unit.start)
    covers = (around.places, around.offices, around.titles)
    return any(unit.start in cover.starts for cover in covers) or (body is not None and body.end - body.start > 1)


def _beside_post(reading: Reading, around: Surroundings, start: int, end: int, middle: bool) -> bool:
    """Tell whether a post leaves no doubt: right before the name, or after it where no word of place is before it."""
    before = start - 1
    if before in around.links.inside or around.blocked_before(start) or around.is_venue(before):
        return False
    if around.honorific_before(start):
        return True
    direct = before in around.offices.inside or before in around.places.inside or before in around.glue.inside
    if around.office_before(start) and (middle or direct) and reading.words[before] != ",":
        return before not in around.bodies.inside or middle
    return middle and around.office_after(end)
