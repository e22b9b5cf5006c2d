"""Short messages go out: one at once, or the day's together at 7. Each of them once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from people.domain.messages import wants
from people.enums import Frequency, MessageKind
from people.letters import absolute, letter, unsubscribe_address
from people.models import Employee, Notice
from people.notices import Line, line_of

DIGEST_AT = time(7)
MOST_LINES = 100
# Longer than a reminder can be handed in again under the key it had.
KEPT = timedelta(days=180)
Written = list[tuple[Notice, Line]]


def digest_moment(now: datetime) -> datetime:
    """The latest 7 o'clock in Denmark; what was handed in before it goes out together."""
    local = timezone.localtime(now)
    day = local.date() if local.time() >= DIGEST_AT else local.date() - timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, DIGEST_AT))


def people_waiting(before: datetime) -> list[int]:
    """Ids of those for whom messages from before that moment wait."""
    waiting = Notice.objects.waiting().filter(created_at__lt=before)
    return list(waiting.order_by("employee").values_list("employee", flat=True).distinct())


@transaction.atomic
def send_one(notice_id: int) -> Notice | None:
    """Send one message by itself, once. None when it is gone, sent, overtaken or unwanted.

    The row is locked while it goes out, so two workers do not both send it; a worker that dies
    between sending and commit sends the same Message-ID again.
    """
    written = _write(_locked(Notice.objects.filter(pk=notice_id)))
    if not written:
        return None
    notice, line = written[0]
    with translation.override(settings.LANGUAGE_CODE):
        _mail(notice.employee, written, line.text, f"notice-{notice.pk}").send()
    _mark_sent(written)
    return notice


@transaction.atomic
def send_digest(employee_id: int, before: datetime) -> int:
    """Send what waits for a person since before that moment in one mail; return how many lines."""
    waiting = Notice.objects.filter(employee=employee_id, created_at__lt=before)
    written = _write(_locked(waiting))
    if not written:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "Sparringsrummet: %(count)d message", "Sparringsrummet: %(count)d messages",
            len(written),
        ) % {"count": len(written)}  # fmt: skip
        day = timezone.localtime(before).date().isoformat()
        _mail(
            written[0][0].employee,
            written,
            subject,
            f"digest-{employee_id}-{day}-{written[0][0].pk}",
        ).send()
    _mark_sent(written)
    return len(written)


def forget_old(*, at: datetime | None = None) -> int:
    """Delete messages that went out, or were overtaken, more than 180 days ago; return how many.

    What one follows is told of once, also when it is published anew years later: those stay.
    """
    oldest = (at or timezone.now()) - KEPT
    gone = Notice.objects.filter(Q(sent_at__lt=oldest) | Q(dropped_at__lt=oldest))
    return gone.exclude(kind=MessageKind.FOLLOWED).delete()[0]


def _locked(notices: Any) -> list[Notice]:
    rows = notices.waiting().select_for_update(of=("self",)).select_related("employee")
    return list(rows.order_by("pk")[:MOST_LINES])


def _write(notices: Iterable[Notice]) -> Written:
    """The lines that still hold; the other messages are dropped."""
    written: Written = []
    dropped = []
    with translation.override(settings.LANGUAGE_CODE):
        for notice in notices:
            line = None
            if wants(notice.employee, notice.kind) != Frequency.NEVER:
                line = line_of(notice.source, notice.employee, notice.object_id)
            if line is None:
                dropped.append(notice.pk)
            else:
                written.append((notice, line))
    Notice.objects.filter(pk__in=dropped).update(dropped_at=timezone.now())
    return written


def _mark_sent(written: Written) -> None:
    ids = [notice.pk for notice, _line in written]
    Notice.objects.filter(pk__in=ids).update(sent_at=timezone.now())


def _mail(employee: Employee, written: Written, subject: str, message_id: str) -> Any:
    kinds = sorted({notice.kind for notice, _line in written}, key=list(MessageKind.values).index)
    groups = [
        {
            "kind": MessageKind(kind).label,
            "lines": [
                {"text": line.text, "address": absolute(line.path)}
                for notice, line in written
                if notice.kind == kind
            ],
            "stop": unsubscribe_address(employee, [kind]),
        }
        for kind in kinds
    ]
    context = {
        "employee": employee,
        "groups": groups,
        "settings_address": absolute(reverse("people:own_calendar")),
    }
    text = render_to_string("people/mail/notices.txt", context)
    return letter(employee=employee, subject=subject, text=text, message_id=message_id, kinds=kinds)
