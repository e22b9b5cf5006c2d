"""An accepted talk as a calendar file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.ics import calendar_file

if TYPE_CHECKING:
    from articles.models import TalkRequest


def talk_file(talk: TalkRequest) -> bytes:
    """When and where; of who asked only the organisation. The talk has been accepted."""
    assert talk.starts_at is not None
    assert talk.ends_at is not None
    assert talk.answered_at is not None
    summary = _("Presentation: %(theme)s") % {"theme": talk.theme.nav_title}
    return calendar_file(
        uid=talk.uid,
        stamp=talk.answered_at,
        start=talk.starts_at,
        end=talk.ends_at,
        summary=summary,
        location=talk.location,
        description=f"{talk.organisation}\n{talk.topic}",
    )
