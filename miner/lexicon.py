"""What miner knows, as data: codes, provinces and the forms of each language, validated at load.

``miner/data`` holds tables of codes that all languages share; ``miner/data/lang/<code>`` holds, for one language,

* CSV files of forms: ``roles plurals bodies units fields organs posts titles places countries`` (columns: codes, then
  ``form``); units are kinds of bodies without their level, fields those of ministries and departments;
* YAML files of cues: ``group: {code: [forms]}`` or ``group: {code: {forms: [...], example: ..., counter: ...}}``;
* ``language.yaml`` with the settings of the language.

In a form, a leading ``~`` marks it as loose (recall only, with context), a leading ``=`` as case-sensitive. Forms of up
to four letters that are all capitals are case-sensitive by themselves. In a cue, ``(one|other|)`` stands for each of
its alternatives, of which one may be empty.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import yaml

from miner.errors import DataError

#: Files of forms, with their columns of codes and the group that their forms belong to.
_TABLES = {
    "roles": ("code",),
    "bodies": ("code",),
    "posts": ("role", "body"),
    "titles": ("code",),
    "places": ("place",),
    "units": ("code",),
    "fields": ("code",),
    "organs": ("code",),
    "plurals": ("code",),
    "countries": ("code",),
}
_GROUPS = {"roles": "role", "bodies": "body", "posts": "post", "titles": "title", "places": "place"}
_GROUPS |= {"units": "post_unit", "fields": "post_field", "organs": "post_organ", "plurals": "post_plural"}
_GROUPS |= {"countries": "post_country"}
#: Files of forms that are the same in all languages, with the group that their forms belong to.
_SHARED = {"districts": "district", "outlets": "outlet"}
_ROOT = files("miner") / "data"


@dataclass(frozen=True, slots=True)
class Form:
    """How a language writes a concept: `code` names the concept within `group`."""

    group: str
    code: str
    text: str
    loose: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A concept of a cue file with its sentences: `example` must match, `counter` must not."""

    group: str
    code: str
    forms: tuple[str, ...]
    example: str | None = None
    counter: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All forms of one language; `settings` is the content of ``language.yaml``."""

    language: str
    forms: tuple[Form, ...]
    cues: tuple[Cue, ...]
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def strict_diacritics(self) -> bool:
        """Whether a form must agree in its diacritics with a text that has diacritics."""
        return str(self.settings.get("strict_diacritics")) == "true"

    def group(self, name: str) -> tuple[Form, ...]:
        """Return the forms of one group."""
        return tuple(form for form in self.forms if form.group == name)


@dataclass(frozen=True, slots=True)
class Province:
    """A unit of the first level with its validity: ISO dates, empty where open."""

    id: str
    code: str
    name: str
    type: str
    region: str
    valid_from: str
    valid_to: str
    merged_into: str


def read_text(path: str) -> str:
    """Return a packaged data file as text; `path` is relative to ``miner/data``."""
    target = _ROOT.joinpath(*path.split("/"))
    if not target.is_file():
        raise DataError(f"miner/data/{path} is missing; reinstall miner or restore the file")
    return target.read_text(encoding="utf-8")


def read_table(path: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a packaged CSV file whose header must be `columns`."""
    reader = csv.DictReader(io.StringIO(read_text(path)))
    if tuple(reader.fieldnames or ()) != columns:
        raise DataError(f"miner/data/{path}, line 1: columns are {reader.fieldnames}, expected {list(columns)}")
    rows = list(reader)
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise DataError(f"miner/data/{path}, line {number}: expected {len(columns)} cells")
    return rows


def read_yaml(path: str) -> Any:
    """Return the content of a packaged YAML file; every scalar is text, so that ``no`` and ``1e3`` stay words."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.load(read_text(path), Loader=loader)  # noqa: S506 - the base loaders build only text, lists, maps
    except yaml.YAMLError as error:
        raise DataError(f"miner/data/{path}: {error}") from error


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that miner speaks: the folders of ``miner/data/lang``."""
    return tuple(sorted(entry.name for entry in (_ROOT / "lang").iterdir() if entry.is_dir() and entry.name[0] != "_"))


@cache
def role_codes() -> dict[str, str]:
    """Return the role codes with their level."""
    return {row["code"]: row["level"] for row in read_table("roles.csv", ("code", "level"))}


@cache
def body_codes() -> dict[str, str]:
    """Return the body codes with their level."""
    return {row["code"]: row["level"] for row in read_table("bodies.csv", ("code", "level"))}


@cache
def provinces() -> tuple[Province, ...]:
    """Return all provincial units, before and after mergers."""
    columns = ("id", "code", "name", "type", "region", "valid_from", "valid_to", "merged_into")
    return tuple(Province(**row) for row in read_table("provinces.csv", columns))


@cache
def province_names() -> frozenset[str]:
    """Return the Vietnamese names of all provincial units of any time."""
    return frozenset(unit.name for unit in provinces())


def province_on(name: str, day: str) -> str:
    """Return the province that a province of this name belongs to on the ISO date `day`."""
    merged = (u.merged_into for u in provinces() if u.name == name and u.merged_into and u.valid_to < day)
    # What the table says about the merger is no part of the name.
    return next(merged, name).partition(" (")[0]


def units_on(day: str) -> tuple[Province, ...]:
    """Return the provincial units that are valid on the ISO date `day`."""
    return tuple(u for u in provinces() if u.valid_from <= day and (not u.valid_to or day <= u.valid_to))


@cache
def load_lexicon(language: str) -> Lexicon:
    """Load and validate the data of one language.

    Raises
    ------
    DataError
        The language has no folder, or a file breaks the format: names file, key and what is allowed.
    """
    if language not in languages():
        raise DataError(f"no data for language {language!r}; there are {', '.join(languages())}")
    forms = [form for name in _TABLES for form in _table_forms(language, name)]
    cues = [cue for name in cue_files(language) for cue in _read_cues(language, name)]
    forms += [_form(cue.group, cue.code, text) for cue in cues for text in cue.forms]
    forms += [form for name, group in _SHARED.items() for form in _shared_forms(name, group)]
    settings = read_yaml(f"lang/{language}/language.yaml")
    return Lexicon(language, tuple(forms), tuple(cues), settings)


def cue_files(language: str) -> tuple[str, ...]:
    """Return the names of the cue files of a language, without their ending."""
    folder = _ROOT / "lang" / language
    names = (entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name not in {"language.yaml", "reading.yaml"}))


def _table_forms(language: str, name: str) -> list[Form]:
    path = f"lang/{language}/{name}.csv"
    keys = _TABLES[name]
    rows = read_table(path, (*keys, "form"))
    for number, row in enumerate(rows, 2):
        _check_codes(path, number, name, row)
    return [_form(_GROUPS[name], "|".join(row[key] for key in keys), row["form"]) for row in rows]


def _shared_forms(name: str, group: str) -> list[Form]:
    rows = read_table(f"{name}.csv", ("place", "form"))
    for number, row in enumerate(rows, 2):
        _check_codes(f"{name}.csv", number, "places", row)
    return [_form(group, row["place"], row["form"]) for row in rows]


def _check_codes(path: str, number: int, name: str, row: dict[str, str]) -> None:
    allowed: dict[str, Any] = {"roles": {"code": role_codes()}, "bodies": {"code": body_codes()}}
    allowed |= {
        "plurals": {"code": role_codes()},
        "posts": {"role": role_codes(), "body": body_codes()},
        "places": {"place": province_names()},
    }
    for key, known in allowed.get(name, {}).items():
        if row[key] and row[key] not in known:
            raise DataError(f"miner/data/{path}, line {number}: {key} {row[key]!r} is no known code")
    if not row["form"].strip("~= "):
        raise DataError(f"miner/data/{path}, line {number}: empty form")


def _read_cues(language: str, name: str) -> list[Cue]:
    path = f"lang/{language}/{name}.yaml"
    content = read_yaml(path) or {}
    if not isinstance(content, dict):
        raise DataError(f"miner/data/{path}: expected groups of codes with lists of forms")
    return [_cue(path, group, str(code), value) for group, codes in content.items() for code, value in codes.items()]


def _cue(path: str, group: str, code: str, value: Any) -> Cue:
    entry = {"forms": value} if isinstance(value, list) else value
    if not isinstance(entry, dict) or not set(entry) <= {"forms", "example", "counter"}:
        raise DataError(f"miner/data/{path}, {group}.{code}: expected a list of forms, or forms, example and counter")
    if not all(isinstance(form, str) and form.strip("~= ") for form in entry.get("forms") or [None]):
        raise DataError(f"miner/data/{path}, {group}.{code}: forms must be texts that are not empty (quote them)")
    forms = tuple(one for form in entry["forms"] for one in alternatives(form, f"miner/data/{path}, {group}.{code}"))
    return Cue(group, code, forms, entry.get("example"), entry.get("counter"))


def alternatives(form: str, where: str) -> list[str]:
    """Return the forms that one stands for: each choice of its alternatives in brackets, of which one may be empty.

    Examples
    --------
    >>> alternatives("(led|headed) a (working |)delegation", "here")
    ['led a working delegation', 'led a delegation', 'headed a working delegation', 'headed a delegation']
    """
    parts = re.split(r"\(([^()]*)\)", form)
    if any(c in text for text in parts[::2] for c in "()|"):
        raise DataError(f"{where}: the brackets of {form!r} do not match; write (one|other), not one in another")
    chosen = product(*(part.split("|") if number % 2 else [part] for number, part in enumerate(parts)))
    return [" ".join("".join(choice).split()) for choice in chosen]


def _form(group: str, code: str, text: str) -> Form:
    loose, exact = text.startswith("~"), text.lstrip("~").startswith("=")
    bare = text.lstrip("~=").strip()
    letters = [c for c in bare if c.isalpha()]
    exact = exact or (len(letters) <= 4 and all(c.isupper() for c in letters) and len(letters) > 1)
    return Form(group, code, bare, loose, exact)
