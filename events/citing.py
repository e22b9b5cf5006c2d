"""Events are among the pages that cite sources, and give their whole list away."""

from __future__ import annotations

from events.models import EventPage
from kb.citing import register_page_kind

register_page_kind(EventPage)
