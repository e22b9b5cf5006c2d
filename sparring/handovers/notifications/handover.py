"""Cases have changed hands: to both, with the time of their meeting as a calendar file."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kb.templatetags.ui import clock, weekday
from people.enums import Topic
from people.mails import absolute, host, personal_mail
from people.notification_kinds import NotificationKind, register_kind
from sparring.bookings import ics
from sparring.enums import HandoverMeetingState
from sparring.models import HandoverMeeting

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from people.models import Employee, Notification


@register_kind
class HandedOver(NotificationKind):
    name = "sparring.handover"
    label = gettext_lazy("Cases were handed over")
    topic = Topic.INVITATIONS

    def mail(self, notification: Notification) -> EmailMultiAlternatives | None:
        meeting = _meeting(notification)
        if meeting is None or meeting.calendar_sequence != (notification.event_sequence or 0):
            return None
        employee, cases = notification.employee, meeting.handovers.count()
        email = personal_mail(
            employee=employee,
            subject=_subject(meeting, employee, cases),
            text=render_to_string("sparring/mail/handover.txt", _words(meeting, employee, cases)),
            message_id=f"handover-{meeting.pk}-{meeting.calendar_sequence}-{cases}-{employee.pk}",
            topics=[Topic.INVITATIONS],
        )
        if meeting.starts_at is not None:
            method, content = _file(meeting, employee)
            email.attach_alternative(content.decode(), f"text/calendar; method={method}")
        return email


def _meeting(notification: Notification) -> HandoverMeeting | None:
    rows = HandoverMeeting.objects.select_related("former_owner", "new_owner", "third")
    return rows.filter(pk=notification.object_id).first()


def _is_off(meeting: HandoverMeeting, employee: Employee) -> bool:
    return meeting.state == HandoverMeetingState.CANCELLED or employee not in meeting.people


def _subject(meeting: HandoverMeeting, employee: Employee, cases: int) -> str:
    if _is_off(meeting, employee):
        return _("Called off: the handover meeting")
    if employee.pk == meeting.new_owner_id and meeting.calendar_sequence <= 1:
        tell = ngettext("%(n)d case is yours now", "%(n)d cases are yours now", cases)
        return tell % {"n": cases}
    if meeting.starts_at is None:
        return _("A meeting about the handover: find a time")
    when = {"day": weekday(meeting.starts_at), "time": clock(meeting.starts_at)}
    return _("Handover meeting %(day)s %(time)s") % when


def _words(meeting: HandoverMeeting, employee: Employee, cases: int) -> dict[str, Any]:
    return {
        "employee": employee,
        "meeting": meeting,
        "cases": cases,
        "off": _is_off(meeting, employee),
        "is_new": employee.pk == meeting.new_owner_id,
        "is_former": employee.pk == meeting.former_owner_id,
        "link": absolute(reverse("sparring:handover_meeting", args=[meeting.pk])),
    }


def _file(meeting: HandoverMeeting, employee: Employee) -> tuple[str, bytes]:
    """The method and the calendar file; nobody is asked to answer it."""
    if meeting.starts_at is None or meeting.ends_at is None:
        raise ValueError("A meeting without a time has no calendar file.")
    off = _is_off(meeting, employee)
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    people = [employee] if off else meeting.people
    content = ics.invitation(
        uid=ics.session_uid(str(meeting.calendar_uid), host()),
        sequence=meeting.calendar_sequence,
        start=meeting.starts_at,
        end=meeting.ends_at,
        summary=_("Handover meeting"),
        location="",
        organizer=ics.Person(address, name or _("Sparringsrummet")),
        attendees=[ics.Person(person.email, str(person)) for person in people if person.email],
        url=absolute(reverse("sparring:handover_meeting", args=[meeting.pk])),
        description=_("Log in to see what it is about, or to choose another time."),
        method="CANCEL" if off else "REQUEST",
        hidden=list(meeting.handovers.values_list("ownership__case__code", flat=True)),
    )
    return ("CANCEL" if off else "REQUEST"), content
