"""The demo's calendars and messages: one calendar that takes time, one digest, what is due."""

from __future__ import annotations

from people.domain.calendars import upload_calendar
from people.domain.notification_choices import choose
from people.enums import Frequency
from people.models import Employee
from people.roles import Role
from sparring.reminders.domain.reminders import remind

# Two appointments of every week, as Outlook writes them.
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Prøvekalender//DA
BEGIN:VEVENT
UID:teammode@example.org
DTSTART;TZID=Romance Standard Time:20260105T090000
DTEND;TZID=Romance Standard Time:20260105T100000
RRULE:FREQ=WEEKLY;BYDAY=MO
SUMMARY:Teammøde
END:VEVENT
BEGIN:VEVENT
UID:vagt@example.org
DTSTART;TZID=Romance Standard Time:20260108T130000
DTEND;TZID=Romance Standard Time:20260108T150000
RRULE:FREQ=WEEKLY;BYDAY=TH
SUMMARY:Telefonvagt
END:VEVENT
END:VCALENDAR
"""


def load() -> dict[str, int]:
    """After the sessions: the caseworker's calendar, the consultant's digest, today's reminders."""
    made = 0
    caseworker = Employee.objects.with_role(Role.CASEWORKER).order_by("pk").first()
    if caseworker is not None and not caseworker.busy_calendars.exists():
        content = CALENDAR.replace("\n", "\r\n").encode()
        upload_calendar(actor=caseworker, employee=caseworker, content=content)
        made += 1
    consultant = Employee.objects.with_role(Role.BUSINESS_CONSULTANT).order_by("pk").first()
    if consultant is not None and not consultant.notification_choices.exists():
        daily = dict.fromkeys(("answers", "reminders", "follow_ups", "followed"), Frequency.DAILY)
        choose(actor=consultant, employee=consultant, frequencies=daily)
    return {"calendars": made, "reminders": remind()}
