"""Proof of the job of this room (tests/kb/test_timers.py runs it)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import time_machine

from form_drafts.domain.drafts import FormPlace, Typed, keep_draft
from form_drafts.models import FormDraft
from tests.factories.people import EmployeeFactory

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
JOB = "form_drafts.forget"


def forget(run: Callable[..., int], start: datetime) -> None:
    """A draft goes on the first night after seven days; one that was touched since stays."""
    writer = EmployeeFactory()
    old, touched = FormPlace("an:old_one"), FormPlace("a:touched_one")
    with time_machine.travel(start, tick=False):
        keep_draft(actor=writer, place=old, typed=Typed({"word": ["a"]}, written_on="x"))
        keep_draft(actor=writer, place=touched, typed=Typed({"word": ["b"]}, written_on="x"))
    with time_machine.travel(start + 3 * DAY, tick=False):
        keep_draft(actor=writer, place=touched, typed=Typed({"word": ["c"]}, 1, "x"))

    assert (run(JOB, after=start + 6 * DAY), FormDraft.objects.count()) == (0, 2)
    assert run(JOB, after=start + 7 * DAY) == 1
    assert list(FormDraft.objects.values_list("form", flat=True)) == ["a:touched_one"]
    assert run(JOB, after=start + 7 * DAY + HOUR) == 0
    assert run(JOB, after=start + 10 * DAY) == 1
