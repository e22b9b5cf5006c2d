"""A story as PDF of at most four pages, made on request, never stored (docs/domain.md B5)."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from pypdf import PdfReader

from kb.templatetags.ui import day
from people.mails import absolute
from stories.presentation import story_page
from stories.presentation.belief_figure import belief_figure

if TYPE_CHECKING:
    from stories.models import StoryPage

TEMPLATE = Path(__file__).parent / "print" / "story.typ"
MOST_PAGES = 4
# The largest type that keeps a story on four pages is taken; the last one holds the longest.
SIZES = (10.5, 9.5, 8.8, 8.2)


def story_pdf(story: StoryPage) -> bytes:
    """The file. Its fonts are those inside typst, so it looks the same on every machine."""
    data = json.dumps(printed(story), ensure_ascii=False)
    made = b""
    for size in SIZES:
        made = typst.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"story": data, "size": str(size)},
        )
        if len(PdfReader(io.BytesIO(made)).pages) <= MOST_PAGES:
            break
    return made


def printed(story: StoryPage) -> dict[str, Any]:
    """All texts of the PDF; the template contains none."""
    return {
        "title": story.title,
        "teaser": story.teaser,
        "byline": _byline(story),
        "anonymised": {
            "heading": _("Anonymised"),
            "text": _(
                "Name, age, trade and place are changed or left out. The citizen has agreed, and "
                "a colleague has read it first."
            ),
        },
        "sections": [
            _section(_("What was hard?"), story.hard),
            _section(_("The turning point"), story.turning_point),
        ],
        "steps_heading": _("What we did"),
        "steps": story_page.timeline(story),
        "quote": story.quote,
        "after": [_section(_("What we would do differently"), story.would_do_differently)],
        "try": {"heading": _("You can try this tomorrow"), "lines": list(story.try_tomorrow)},
        "belief": _belief(story),
        "facts": {"heading": _("The case in short"), "rows": story_page.facts(story)},
        "base": _base(story),
        "footer": _footer(story),
    }


def _section(heading: str, text: str) -> dict[str, Any]:
    return {"heading": heading, "texts": [line for line in text.splitlines() if line.strip()]}


def _byline(story: StoryPage) -> list[str]:
    byline = _("Told by a %(role)s in %(place)s") % {
        "role": story.get_teller_role_display().lower(),
        "place": story.municipality,
    }
    return [byline, day(story.approved_at)] if story.approved_at else [byline]


def _belief(story: StoryPage) -> dict[str, Any] | None:
    figure = belief_figure(story.caseworker_beliefs, story.citizen_beliefs)
    if figure is None:
        return None
    return {
        "title": figure.title,
        "finding": figure.finding,
        "headers": figure.headers,
        "rows": figure.rows,
        "note": _("As the teller remembers it, on a scale from 0 to 10. Not taken from the case."),
    }


def _base(story: StoryPage) -> dict[str, Any] | None:
    box = story_page.base_box(story)
    if box is None:
        return None
    return {"heading": _("One story and many"), "texts": box.lines}


def _footer(story: StoryPage) -> str:
    """Where it is, and that paper does not know when a story is withdrawn."""
    address = absolute(reverse("stories:by_number", args=[story.pk]))
    return _("Printed %(day)s. The story may have been withdrawn since: see %(address)s") % {
        "day": day(timezone.localdate()),
        "address": address,
    }
