"""What somebody wants to hear about, and how: at once, together at 7, or never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.enums import ALWAYS_AT_ONCE, DEFAULT_FREQUENCY, Frequency, Topic
from people.models import Employee, NotificationChoice
from privacy import audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CHOOSABLE = tuple(topic for topic in Topic if topic not in ALWAYS_AT_ONCE)


def wants(employee: Employee, topic: str) -> Frequency:
    """How the person wants what this topic is about; NEVER where no mail can reach them."""
    return wants_many([employee], topic)[employee.pk]


def wants_many(people: Iterable[Employee], topic: str) -> dict[int, Frequency]:
    """The same for many, by id; one query. Without a choice: DEFAULT_FREQUENCY."""
    people = list(people)
    chosen = dict(
        NotificationChoice.objects.filter(employee__in=people, topic=topic).values_list(
            "employee", "frequency"
        )
    )
    return {person.pk: _frequency(person, topic, chosen.get(person.pk)) for person in people}


def choices_of(employee: Employee) -> dict[str, Frequency]:
    """The person's choice for every topic that can be chosen, by topic."""
    chosen = dict(employee.notification_choices.values_list("topic", "frequency"))
    return {topic: Frequency(chosen.get(topic, DEFAULT_FREQUENCY[topic])) for topic in CHOOSABLE}


@transaction.atomic
def choose(*, actor: Employee, employee: Employee, frequencies: Mapping[str, str]) -> Employee:
    """Set how often one hears about each topic: {topic: frequency}. Invitations are not chosen.

    Choosing anything but "never" takes back an earlier "no mail at all".
    """
    if actor != employee:
        raise PermissionDenied("Only one's own notifications.")
    for topic, frequency in frequencies.items():
        if topic not in CHOOSABLE or frequency not in Frequency.values:
            raise ValidationError({topic: _("Choose one of the possibilities.")})
    _store(employee, frequencies)
    if not employee.wants_mail and set(frequencies.values()) != {Frequency.NEVER}:
        employee.wants_mail = True
        employee.save(update_fields=["wants_mail"])
    audit.record(actor=actor, action="messages.choose", target=employee)
    return employee


@transaction.atomic
def unsubscribe(*, employee: Employee, topics: Iterable[str]) -> Employee:
    """Stop topics for the holder of a signed link, who need not be logged in (RFC 8058)."""
    stopped = [topic for topic in topics if topic in CHOOSABLE]
    _store(employee, dict.fromkeys(stopped, Frequency.NEVER))
    audit.record(actor=None, action="messages.unsubscribe", target=employee, kinds=len(stopped))
    return employee


def _frequency(employee: Employee, topic: str, chosen: str | None) -> Frequency:
    if not employee.email or not employee.is_active:
        return Frequency.NEVER
    if topic in ALWAYS_AT_ONCE:
        return Frequency.NOW
    if not employee.wants_mail:
        return Frequency.NEVER
    return Frequency(chosen or DEFAULT_FREQUENCY[Topic(topic)])


def _store(employee: Employee, frequencies: Mapping[str, str]) -> None:
    NotificationChoice.objects.bulk_create(
        [
            NotificationChoice(employee=employee, topic=topic, frequency=frequency)
            for topic, frequency in frequencies.items()
        ],
        update_conflicts=True,
        unique_fields=["employee", "topic"],
        update_fields=["frequency"],
    )
