"""The sheet on paper: one page that a citizen fills in, with no code, no name and no number on it.

It is the same for everybody, so that a sheet that is lost tells nothing about anybody.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from sparring.strengths.starters import starters

TEMPLATE = Path(__file__).parent / "print" / "sheet.typ"


def sheet() -> bytes:
    """A PDF of one A4 page. Its fonts are those inside typst."""
    made: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(printed(), ensure_ascii=False)},
    )
    return made


def printed() -> dict[str, Any]:
    """All texts of the sheet; the template contains none."""
    return {
        "title": _("This is what I can"),
        "lead": _("Put a cross at what fits you. There is no right answer, and no wrong one."),
        "groups": [group._asdict() for group in starters()],
        "own": _("In my own words"),
        "motivates": _("This gets me going"),
        "how_to_meet": _("This is how it is best to meet me"),
        "footer": _("Write no name and no CPR number. The sheet is yours: take it with you."),
    }
