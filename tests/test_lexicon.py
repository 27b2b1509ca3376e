"""The data of every language is sound, and its ambiguities are known ones."""

import pytest

from miner.errors import DataError
from miner.extract import families
from miner.lexicon import alternatives, body_codes, languages, load_lexicon, role_codes
from miner.text import fold

#: Forms that really have two meanings; the component that asks decides by what stands beside them.
AMBIGUOUS = {
    ("vi", "body", "BCT"),
    ("vi", "role", "Trưởng bản"),
    ("fr", "body", "Permanence du Comité provincial du Parti"),
    ("fr", "body", "collectivités locales"),
    ("fr", "role", "secrétaire général"),
    ("fr", "title", "général de corps d'armée"),
    ("fr", "title", "colonel"),
    ("fr", "title", "sous-colonel"),
    ("es", "role", "secretario general"),
    ("en", "role", "President"),
    ("en", "role", "Vice President"),
    ("en", "title", "Colonel"),
    ("en", "title", "Lieutenant Colonel"),
}
#: Groups of the tables of people, posts and bodies.
PEOPLE = {"role", "body", "post", "title", "place", "post_unit", "post_field", "post_organ", "post_plural"}


@pytest.mark.parametrize("language", languages())
def test_a_form_has_one_meaning_within_its_group(language):
    first: dict[tuple[str, str, bool], str] = {}
    doubts = set()
    for form in load_lexicon(language).forms:
        key = (form.group, form.text if form.exact else fold(form.text), form.loose)
        if form.group in PEOPLE and first.setdefault(key, form.code) != form.code:
            doubts.add((language, form.group, form.text))
    assert doubts == {a for a in AMBIGUOUS if a[0] == language}


@pytest.mark.parametrize("language", languages())
def test_every_role_has_a_form(language):
    named = {form.code for form in load_lexicon(language).group("role")}
    named |= {form.code.split("|")[0] for form in load_lexicon(language).group("post")}
    assert set(role_codes()) <= named | {"standing_deputy_head", "standing_deputy_secretary", "standing_vice_chair"}


@pytest.mark.parametrize("language", languages())
def test_units_and_fields_are_families(language):
    data = families.families()
    known = set(data["levels"]) | set(data["nested"]) | set(body_codes()) | {"school", "company"}
    forms = [f for name in ("post_unit", "post_field", "post_organ") for f in load_lexicon(language).group(name)]
    assert {form.code.split("@")[0] for form in forms} <= known


def test_families_name_known_codes():
    data = families.families()
    codes = {code for levels in data["levels"].values() for code in levels.values()}
    codes |= {code for levels in data["members"].values() for many in levels.values() for code in many}
    assert codes <= set(body_codes())
    assert {role for calls in data["role_in"].values() for pair in calls.items() for role in pair} <= set(role_codes())
    assert set(data["role_bodies"]) | set(data["role_levels"]) | set(data["needs_body"]) <= set(role_codes())


@pytest.mark.parametrize(
    ("family", "level", "code"),
    [
        ("peoples_committee", "district", "district_peoples_committee"),
        ("peoples_committee", None, "provincial_peoples_committee"),
        ("party_committee", "central", "central_committee"),
        ("health", "central", "ministry_health"),
        ("health", "commune", "other"),
        ("politburo", None, "politburo"),
        ("no such family", None, "other"),
    ],
)
def test_code_of_a_family_at_a_level(family, level, code):
    assert families.code_of(family, level) == code


def test_kind_and_code_are_inverse():
    for code in body_codes():
        kind = families.kind_of(code)
        if kind.code is None and kind.family != code:
            assert families.code_of(kind.family, kind.level) == code


@pytest.mark.parametrize(
    ("form", "forms"),
    [
        ("led a delegation", ["led a delegation"]),
        ("(led|headed) a (big |)team", ["led a big team", "led a team", "headed a big team", "headed a team"]),
        ("=(May|June)", ["=May", "=June"]),
    ],
)
def test_alternatives_of_a_form(form, forms):
    assert alternatives(form, "here") == forms


@pytest.mark.parametrize("form", ["(one|two", "one|two", "(one|(two|three))", "one)"])
def test_brackets_that_do_not_match_are_refused(form):
    with pytest.raises(DataError, match="here: the brackets of"):
        alternatives(form, "here")


def test_a_language_without_data_is_refused():
    with pytest.raises(DataError, match="no data for language 'xx'"):
        load_lexicon("xx")
