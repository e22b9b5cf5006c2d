"""The mails about talks, with their calendar file: no case details anywhere (docs/domain.md B4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from kb.templatetags.ui import clock, weekday
from people.enums import Topic
from people.letters import absolute, host, letter
from sparring.bookings import ics
from sparring.colleagues.queries.group_sessions import entry, halves, standing
from sparring.enums import Answer, SessionState
from sparring.models import MailKind, OutgoingMail, Participation, SparringSession

TEMPLATES = {
    MailKind.INVITED: "invited",
    MailKind.CHANGED: "changed",
    MailKind.CANCELLED: "cancelled",
    MailKind.DECLINED: "declined",
}
# A mail is about a talk to come; half a year later its key is never asked for again.
KEPT = timedelta(days=180)
ANSWERS: dict[str, ics.Answer] = {Answer.YES: "ACCEPTED", Answer.NO: "DECLINED"}


@transaction.atomic
def send_one(mail_id: int) -> OutgoingMail | None:
    """Send one mail once. None when it is gone, sent, overtaken, or its reader has left.

    The row is locked while it goes out, so two workers do not both send it; a worker that dies
    between sending and commit sends the same Message-ID again, which mail clients show once.
    """
    mail = (
        OutgoingMail.objects.select_for_update(of=("self",))
        .select_related("session__case", "employee")
        .filter(pk=mail_id, sent_at__isnull=True, overtaken_at__isnull=True)
        .first()
    )
    if mail is None or not mail.employee.is_active:
        return None
    if _is_overtaken(mail):
        mail.overtaken_at = timezone.now()
        mail.save(update_fields=["overtaken_at"])
        return None
    message(mail).send()
    mail.sent_at = timezone.now()
    mail.save(update_fields=["sent_at"])
    return mail


def forget_old(*, at: datetime | None = None) -> int:
    """Delete mails that went out, or were overtaken, more than 180 days ago; return how many."""
    oldest = (at or timezone.now()) - KEPT
    gone = OutgoingMail.objects.filter(Q(sent_at__lt=oldest) | Q(overtaken_at__lt=oldest))
    return gone.delete()[0]


def message(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it goes out, in Danish, with the calendar file where the calendar changes."""
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"sparring/mail/{TEMPLATES[MailKind(mail.kind)]}.txt", _words(mail))
        email = letter(
            employee=mail.employee,
            subject=subject(MailKind(mail.kind), mail.starts_at),
            text=text,
            message_id=mail.key.replace(":", "-"),
            topics=[Topic.ANSWERS] if mail.kind == MailKind.DECLINED else [],
        )
        if mail.kind != MailKind.DECLINED:
            method: ics.Method = "CANCEL" if mail.kind == MailKind.CANCELLED else "REQUEST"
            # Beside text and HTML, as calendars look for it (RFC 6047); the charset is Django's.
            content = _calendar_of(mail, method).decode()
            email.attach_alternative(content, f"text/calendar; method={method}")
    return email


def subject(kind: MailKind, starts_at: datetime) -> str:
    """What stands in the inbox: when, never about whom."""
    when = {"day": weekday(starts_at), "time": clock(starts_at)}
    if kind == MailKind.CANCELLED:
        return _("Cancelled: sparring %(day)s %(time)s") % when
    if kind == MailKind.CHANGED:
        return _("Changed: sparring %(day)s %(time)s") % when
    if kind == MailKind.DECLINED:
        return _("A colleague cannot come: sparring %(day)s %(time)s") % when
    return _("Sparring %(day)s %(time)s") % when


def calendar(session: SparringSession) -> bytes:
    """The talk as it is now, as an .ics file to fetch from its page: nobody is asked by it."""
    session, starts_at, ends_at = entry(session)
    return _ics(session, starts_at, ends_at, session.calendar_sequence, "PUBLISH", [])


def _is_overtaken(mail: OutgoingMail) -> bool:
    """Whether its reader is out of it, or gets a newer mail about the same talk's time.

    An invitation is only for who still has a place; a no is old news once the talk is called off.
    """
    if mail.kind in (MailKind.INVITED, MailKind.CHANGED):
        places = mail.session.participations.filter(employee=mail.employee, holds_time=True)
        if not places.exists():
            return True
    off = mail.session.state == SessionState.CANCELLED
    if mail.kind == MailKind.DECLINED and off and mail.session.calendar_sequence > mail.sequence:
        return True
    newer = OutgoingMail.objects.filter(
        session__calendar_uid=mail.session.calendar_uid,
        employee=mail.employee,
        sequence__gt=mail.sequence,
    )
    return newer.exclude(kind=MailKind.DECLINED).exists()


def _calendar_of(mail: OutgoingMail, method: ics.Method) -> bytes:
    """For a cancellation, to its reader alone: who else was asked is over for them."""
    people = mail.session.participations.select_related("employee")
    if method == "CANCEL":
        mine = Participation(employee=mail.employee, answer=Answer.INVITED)
        seats = [mine]
    else:
        seats = list(people.filter(holds_time=True))
    return _ics(mail.session, mail.starts_at, mail.ends_at, mail.sequence, method, seats)


def _ics(
    session: SparringSession,
    starts_at: datetime,
    ends_at: datetime,
    sequence: int,
    method: ics.Method,
    seats: list[Participation],
) -> bytes:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return ics.invitation(
        uid=ics.talk_uid(str(session.calendar_uid), host()),
        sequence=sequence,
        start=starts_at,
        end=ends_at,
        summary=_("Sparring"),
        location=session.where,
        organizer=ics.Person(address, name or _("Sparringsrummet")),
        attendees=[
            ics.Person(
                seat.employee.email, str(seat.employee), ANSWERS.get(seat.answer, "NEEDS-ACTION")
            )
            for seat in seats
            if seat.employee.email
        ],
        url=_link("sparring:answer", session),
        description=_("Log in to see what it is about, and to answer."),
        method=method,
        cancelled=session.state == SessionState.CANCELLED,
        hidden=[each.case.code for each in halves(session)],
    )


def _words(mail: OutgoingMail) -> dict[str, Any]:
    """What the text needs: people's names and times, an address behind login."""
    session = mail.session
    seats = session.participations.filter(holds_time=True).select_related("employee")
    parts = standing(session)
    presenters = [each.case.owner for each in parts]
    mine = next((each for each in parts if each.case.owner_id == mail.employee_id), None)
    return {
        "employee": mail.employee,
        "is_presenter": mine is not None,
        "is_group": len(parts) > 1,
        "presenter": get_text_list([str(each) for each in presenters], _("and")),
        "others": [
            str(seat.employee)
            for seat in seats
            if seat.employee not in presenters and seat.employee_id != mail.employee_id
        ],
        "starts_at": mail.starts_at,
        "minutes": round((mail.ends_at - mail.starts_at).total_seconds() / 60),
        "place": session.where,
        "link": _link("sparring:answer", mine or session),
        "index": absolute(reverse("sparring:index")),
    }


def _link(name: str, session: SparringSession) -> str:
    return absolute(reverse(name, args=[session.pk]))
