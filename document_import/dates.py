"""Days in running Danish text. No Django."""

from __future__ import annotations

import re
from datetime import date

MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
_WRITTEN = re.compile(
    rf"\b(?P<day>\d{{1,2}})\.\s*(?P<month>{'|'.join(MONTHS)})(?:\s+(?P<year>(?:19|20)\d\d))?\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")


def date_in(text: str) -> tuple[str, str]:
    """The first day in a text: ("2018-03-08", "8. marts 2018"); without a year: ("", words).

    A day that no calendar has is none.
    """
    for pattern in (_ISO, _WRITTEN):
        for match in pattern.finditer(text):
            month = match["month"].lower()
            number = int(month) if month.isdigit() else MONTHS.index(month) + 1
            try:
                day = date(int(match["year"] or 2024), number, int(match["day"]))
            except ValueError:
                continue
            return (day.isoformat() if match["year"] else ""), match.group()
    return "", ""
