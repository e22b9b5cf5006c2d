"""Mail about a talk: written with the change, sent by a job (SEC-34)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from people.domain.notification_choices import wants_many
from people.domain.notifications import notify
from people.enums import Frequency, Topic
from people.models import Employee
from sparring.colleagues.queries.group_sessions import entry
from sparring.models import MailKind, OutgoingMail, SparringSession

Letter = tuple[SparringSession, Iterable[Employee], MailKind]
Wanted = tuple[SparringSession, Employee, MailKind]

# A no has no calendar file: it goes as its readers want answers to come, also among the day's
# messages (notifications/declined.py). What a participant must know always goes at once.
DECLINED = "sparring.declined"


def post(session: SparringSession, people: Iterable[Employee], kind: MailKind) -> int:
    """Write one talk's mails and enqueue their jobs; see `post_all`."""
    return post_all([(session, people, kind)])


def post_all(letters: Iterable[Letter]) -> int:
    """Write the mails and enqueue their jobs, in the caller's transaction; return how many are new.

    Nobody is written to about a talk whose time has gone by, nor twice about the same state of it.
    """
    now = timezone.now()
    wanted = [
        (entry(session)[0], person, kind)
        for session, people, kind in letters
        if session.ends_at > now
        for person in people
    ]
    mails = [_mail(*each) for each in _at_once(wanted)]
    known = set(
        OutgoingMail.objects.filter(key__in=[mail.key for mail in mails]).values_list(
            "key", flat=True
        )
    )
    made = OutgoingMail.objects.bulk_create(mail for mail in mails if mail.key not in known)
    if made:
        jobs: list[dict[str, Any]] = [{"mail_id": mail.pk} for mail in made]
        app.configure_task("sparring.send_mail").batch_defer(*jobs)
    return len(made)


def _mail(session: SparringSession, person: Employee, kind: MailKind) -> OutgoingMail:
    _first, starts_at, ends_at = entry(session)
    return OutgoingMail(
        key=f"{kind}:{session.pk}:{session.calendar_sequence}:{person.pk}",
        kind=kind,
        session=session,
        employee=person,
        starts_at=starts_at,
        ends_at=ends_at,
        sequence=session.calendar_sequence,
    )


def _at_once(wanted: Sequence[Wanted]) -> list[Wanted]:
    """What gets a mail of its own; a no that its reader wants among the day's goes there.

    One query for each kind of message, however many letters there are.
    """
    found: list[Wanted] = []
    for about in (Topic.INVITATIONS, Topic.ANSWERS):
        of_kind = [each for each in wanted if _about(each[2]) == about]
        how = wants_many({each[1] for each in of_kind}, about) if of_kind else {}
        found += [each for each in of_kind if how[each[1].pk] == Frequency.NOW]
        for session, person, _kind in of_kind:
            if how[person.pk] == Frequency.DAILY:
                _collect(session, person)
    return found


def _about(kind: MailKind) -> Topic:
    return Topic.ANSWERS if kind == MailKind.DECLINED else Topic.INVITATIONS


def _collect(session: SparringSession, person: Employee) -> None:
    notify(
        employee=person,
        kind=DECLINED,
        object_id=session.pk,
        key=f"{DECLINED}:{session.pk}:{session.calendar_sequence}:{person.pk}",
    )
