"""What somebody wants to hear about, and how: at once, together at 7, or never.

For every room that writes to people: ask `wants` (or `wants_many`) before a mail of your own, or
hand the message in with `notify`, which does the asking, the collecting and the sending.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import ALWAYS_AT_ONCE, DEFAULT_FREQUENCY, Frequency, MessageKind
from people.models import Employee, MessageChoice, Notice
from privacy import audit

CHOOSABLE = tuple(kind for kind in MessageKind if kind not in ALWAYS_AT_ONCE)


def wants(employee: Employee, kind: str) -> Frequency:
    """How the person wants this kind of message; NEVER where no mail can reach them."""
    return wants_many([employee], kind)[employee.pk]


def wants_many(people: Iterable[Employee], kind: str) -> dict[int, Frequency]:
    """The same for many, by id; one query. Without a choice: DEFAULT_FREQUENCY."""
    people = list(people)
    chosen = dict(
        MessageChoice.objects.filter(employee__in=people, kind=kind).values_list(
            "employee", "frequency"
        )
    )
    return {person.pk: _frequency(person, kind, chosen.get(person.pk)) for person in people}


def choices_of(employee: Employee) -> dict[str, Frequency]:
    """The person's choice for every kind that can be chosen, by kind."""
    chosen = dict(employee.message_choices.values_list("kind", "frequency"))
    return {kind: Frequency(chosen.get(kind, DEFAULT_FREQUENCY[kind])) for kind in CHOOSABLE}


@transaction.atomic
def choose(*, actor: Employee, employee: Employee, frequencies: Mapping[str, str]) -> Employee:
    """Set how often one hears about each kind: {kind: frequency}. Invitations are not chosen.

    Choosing anything but "never" takes back an earlier "no mail at all".
    """
    if actor != employee:
        raise PermissionDenied("Only one's own messages.")
    for kind, frequency in frequencies.items():
        if kind not in CHOOSABLE or frequency not in Frequency.values:
            raise ValidationError({kind: _("Choose one of the possibilities.")})
    _store(employee, frequencies)
    if not employee.wants_mail and set(frequencies.values()) != {Frequency.NEVER}:
        employee.wants_mail = True
        employee.save(update_fields=["wants_mail"])
    audit.record(actor=actor, action="messages.choose", target=employee)
    return employee


@transaction.atomic
def unsubscribe(*, employee: Employee, kinds: Iterable[str]) -> Employee:
    """Stop kinds of mail for the holder of a signed link, who need not be logged in (RFC 8058)."""
    stopped = [kind for kind in kinds if kind in CHOOSABLE]
    _store(employee, dict.fromkeys(stopped, Frequency.NEVER))
    audit.record(actor=None, action="messages.unsubscribe", target=employee, kinds=len(stopped))
    return employee


@transaction.atomic
def notify(
    *, employee: Employee, kind: str, source: str, object_id: object, key: str
) -> Notice | None:
    """Hand in a message to one person; None when they want none or have it already.

    `source` is a name registered in `people.notices`, which writes the line about `object_id` when
    the message goes out. `key` is what may happen once, e.g. "follow_up:12:2026-11-26:7": with the
    same key nothing happens, however often and however many at a time it is called.
    """
    from people.tasks import send_notice  # the job calls back into people.delivery

    how = wants(employee, kind)
    if how == Frequency.NEVER:
        return None
    notice, created = Notice.objects.get_or_create(
        key=key,
        defaults={
            "employee": employee,
            "kind": kind,
            "source": source,
            "object_id": str(object_id),
            "created_at": timezone.now(),
        },
    )
    if created and how == Frequency.NOW:
        send_notice.defer(notice_id=notice.pk)
    return notice if created else None


def _frequency(employee: Employee, kind: str, chosen: str | None) -> Frequency:
    if not employee.email or not employee.is_active:
        return Frequency.NEVER
    if kind in ALWAYS_AT_ONCE:
        return Frequency.NOW
    if not employee.wants_mail:
        return Frequency.NEVER
    return Frequency(chosen or DEFAULT_FREQUENCY[MessageKind(kind)])


def _store(employee: Employee, frequencies: Mapping[str, str]) -> None:
    MessageChoice.objects.bulk_create(
        [
            MessageChoice(employee=employee, kind=kind, frequency=frequency)
            for kind, frequency in frequencies.items()
        ],
        update_conflicts=True,
        unique_fields=["employee", "kind"],
        update_fields=["frequency"],
    )
