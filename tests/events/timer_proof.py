"""What the nightly job of the events does at its time; run by tests/kb/test_timers.py."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from events.models import SignUp
from people.models import Notification
from tests.factories.events import coming_event, guest_of, signed_up

DAY = timedelta(days=1)


def nightly(run, start):
    """Reminders a week and a day before, questions after it, and what is forgotten: once each."""
    with time_machine.travel(start, tick=False):
        event = coming_event(days=20, is_open=True, capacity=3)
        mine = signed_up(event, access_needs="En rampe")
        guest_of(event, access_needs="Ingen nødder")
        guest_of(event, "aldrig@example.org", confirmed=False)

    def seen(days):
        """Days before the event; negative after it. Twice, to show that nothing is doubled."""
        for _ in range(2):
            run("events.nightly", after=event.starts_at - days * DAY)
        mine.refresh_from_db()
        told = Notification.objects.filter(employee=mine.employee).order_by("pk")
        kinds = [kind.removeprefix("events.") for kind in told.values_list("kind", flat=True)]
        guests = SignUp.objects.filter(employee__isnull=True)
        return kinds, mine.access_needs, sorted(guests.values_list("guest_email", flat=True))

    ane, never = "ane@example.org", "aldrig@example.org"
    kinds = ["confirmed"]
    assert seen(19) == (kinds, "En rampe", [never, ane])
    assert seen(10) == (kinds, "En rampe", [ane])
    kinds.append("reminder")
    assert seen(8) == (kinds, "En rampe", [ane])
    assert seen(4) == (kinds, "En rampe", [ane])
    kinds.append("reminder")
    assert seen(2) == (kinds, "En rampe", [ane])
    kinds.append("evaluate")
    assert seen(0) == (kinds, "", [ane])
    assert seen(-20) == (kinds, "", [ane])
    assert seen(-32) == (kinds, "", [""])
