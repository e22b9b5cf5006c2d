"""When a session is, as every mail about it says it: never about whom."""

from __future__ import annotations

from datetime import datetime

from kb.templatetags.ui import clock, weekday


def when(starts_at: datetime) -> dict[str, str]:
    return {"day": weekday(starts_at), "time": clock(starts_at)}
