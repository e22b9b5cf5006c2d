"""Which time zone a calendar program means by a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import tzinfo
from io import StringIO
from zoneinfo import ZoneInfo

from dateutil.tz import tzical
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
LONGEST = 10_000
# "/citadel.org/20210210_1/Europe/Copenhagen" and its like.
_ENDS_IN_NAME = re.compile(r"(?:^|/)([A-Z][A-Za-z]+/[A-Za-z_]+(?:/[A-Za-z_]+)?)$")
_RULES = re.compile(r"^RRULE:(.*)$", re.MULTILINE | re.IGNORECASE)


class Zones:
    """The zones of one file. An unknown zone without a definition is treated as Danish time."""

    def __init__(self, described: Mapping[str, str]) -> None:
        self._described = described
        self._known: dict[str, tzinfo] = {}

    def named(self, name: str) -> tzinfo:
        if name not in self._known:
            self._known[name] = (
                _by_name(name) or _described(self._described.get(name, ""), name) or COPENHAGEN
            )
        return self._known[name]


def _by_name(name: str) -> tzinfo | None:
    tail = _ENDS_IN_NAME.search(name)
    for candidate in (name, WINDOWS_TO_OLSON.get(name), tail and tail.group(1)):
        if not candidate:
            continue
        try:
            return ZoneInfo(candidate)
        except (KeyError, ValueError, OSError):
            continue
    return None


def _described(text: str, name: str) -> tzinfo | None:
    """The zone as the file itself describes it. Its rules are once a year, or it is not read."""
    yearly = all("FREQ=YEARLY" in rule.upper() for rule in _RULES.findall(text))
    if not text or not yearly or len(text) > LONGEST:
        return None
    try:
        found = tzical(StringIO(text)).get(name)
    except (ValueError, KeyError, OverflowError):
        return None
    return found if isinstance(found, tzinfo) else None
