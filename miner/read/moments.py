"""The day of a moment, in the country of the paper."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from miner.read.article import iso_date
from miner.read.roles import layout

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)(?!\d)", re.IGNORECASE)


def local_date(text: str, host: str | None) -> str | None:
    """Return the first full date in `text` as ISO 8601; that of a moment is the day it was in the host's country.

    Examples
    --------
    >>> local_date("2025-06-04T23:30:00Z", "baonghean.vn"), local_date("2025-06-04T23:30:00Z", "example.org")
    ('2025-06-05', '2025-06-04')
    """
    found = _MOMENT.search(text)
    hours = _hours_ahead(host or "")
    if not found or not hours:
        return iso_date(text)
    day, time, zone = found.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{time}{zone.upper().replace('Z', '+00:00')}")
        return moment.astimezone(timezone(timedelta(hours=hours))).date().isoformat()
    except (ValueError, OverflowError):
        return iso_date(text)


def _hours_ahead(host: str) -> int:
    ends = layout()["hours_ahead"].items()
    return next((int(hours) for end, hours in ends if host == end or host.endswith(f".{end}")), 0)
