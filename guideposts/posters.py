"""The guideposts on paper: a poster for the wall, made on request and never stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from django.utils.translation import gettext as _

from kb.models.guideposts import guideposts_of, plan_of

if TYPE_CHECKING:
    from people.models import Municipality

TEMPLATE = Path(__file__).parent / "print" / "guideposts.typ"
# Paper -> how large the type is, in points.
PAPERS = {"a4": 15.0, "a3": 22.0}


def poster(municipality: Municipality | None, paper: str) -> bytes:
    """A PDF of one page. Its fonts are those inside typst, so it looks the same everywhere."""
    made: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={
            "poster": json.dumps(printed(municipality), ensure_ascii=False),
            "paper": paper,
            "size": str(PAPERS[paper]),
        },
    )
    return made


def printed(municipality: Municipality | None) -> dict[str, Any]:
    """All texts of the poster; the template contains none."""
    number = municipality.pk if municipality else None
    plan = plan_of(number)
    return {
        "title": _("What we work by"),
        "where": str(municipality or ""),
        "guideposts": [
            {"title": row.title, "text": row.text, "question": row.question}
            for row in guideposts_of(number)
        ],
        "plan": _("From %(plan)s") % {"plan": plan} if plan else "",
    }
