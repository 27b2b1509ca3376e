"""The province of an outlet: from the catalogue of outlets, else from the province's name in its host."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from miner.lexicon import province_names, read_text
from miner.text import fold


def outlet_province(site: str | None) -> str | None:
    """Return the province of the outlet with this host, None for national papers and hosts that tell nothing.

    Examples
    --------
    >>> outlet_province("baonghean.vn"), outlet_province("dichvucong.laichau.gov.vn"), outlet_province("example.org")
    ('Nghệ An', 'Lai Châu', None)
    """
    host = (site or "").lower().removeprefix("www.").removeprefix("en.").removeprefix("fr.")
    if host in _catalogue():
        return _catalogue()[host]
    found = {_slugs()[label] for label in re.split(r"[.-]", host) if label in _slugs()}
    return found.pop() if len(found) == 1 else None


@cache
def _catalogue() -> dict[str, str | None]:
    outlets = tomllib.loads(read_text("sources.toml")).get("outlet", ())
    return {outlet["site"]: outlet.get("province") for outlet in outlets}


@cache
def _slugs() -> dict[str, str]:
    slugs = {fold(name).replace(" ", ""): name for name in province_names()}
    return slugs | {f"bao{slug}": name for slug, name in slugs.items()}
