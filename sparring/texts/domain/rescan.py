"""Looking at what is stored: each text with something in it is a task of whoever it belongs to.

Nobody else hears of it, and nothing of a text is copied, logged or printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.domain.notifications import notify_all
from people.models import Notification, Unit
from privacy import audit
from privacy.anonymity.notes import look_over
from sparring.models import StandingText, TextTask
from sparring.shared.case_texts import case_of, digest_of, let_stand, look_at, owner_of
from sparring.texts.queries import row_of, stored_texts, tasks_of

if TYPE_CHECKING:
    from people.models import Employee

KIND = "sparring.texts_to_look_at"
KEPT = timedelta(days=1)  # a text may be let stand a moment before it is stored
Key = tuple[str, int, str]


@dataclass(frozen=True)
class Rescan:
    """How many texts were looked at, how many hold something, how many of these are new."""

    texts: int
    found: int
    new: int


def rescan() -> Rescan:
    """Look at every stored text, give and take tasks, and tell the owners of new ones.

    Run twice, the second finds nothing new.
    """
    standing = set(StandingText.objects.values_list("digest", flat=True))
    units = list(Unit.objects.values_list("name", flat=True))
    texts, stand, wanted = 0, set(), {}
    for row, field, text in stored_texts():
        texts += 1
        digest = digest_of(text)
        if digest in standing:
            stand.add(digest)
        elif look_over(text, allowed=units).found:
            key = (row._meta.label, row.pk, field)
            wanted[key] = TextTask(
                employee=owner_of(row),
                model_label=key[0],
                object_id=key[1],
                field=field,
                digest=digest,
            )
    with transaction.atomic():
        new = _settle(wanted)
        _tell(new)
        forgotten = StandingText.objects.filter(at__lt=timezone.now() - KEPT)
        forgotten.exclude(digest__in=stand).delete()
    return Rescan(texts, len(wanted), len(new))


def _settle(wanted: dict[Key, TextTask]) -> list[TextTask]:
    """Make the tasks there are those that are wanted; returns what is new or of a new text."""
    kept = set()
    gone = []
    for task in TextTask.objects.select_for_update():
        key = (task.model_label, task.object_id, task.field)
        same = wanted.get(key)
        if same and (same.digest, same.employee_id) == (task.digest, task.employee_id):
            kept.add(key)
        else:
            gone.append(task.pk)
    TextTask.objects.filter(pk__in=gone).delete()
    return TextTask.objects.bulk_create([task for key, task in wanted.items() if key not in kept])


def _tell(new: Iterable[TextTask]) -> None:
    """One notification a person and run, however many texts it is about."""
    day = timezone.localdate()
    people = sorted({task.employee_id for task in new})
    notify_all(
        Notification(employee_id=pk, kind=KIND, object_id=str(pk), key=f"{KIND}:{pk}:{day}")
        for pk in people
    )


@transaction.atomic
def let_task_stand(*, actor: Employee, task: TextTask) -> None:
    """Whoever's text it is has looked, and lets it stand.

    Raises PermissionDenied for everybody else, ValidationError where a number or an address is in
    it, which nobody lets stand.
    """
    if task.employee_id != actor.pk or not actor.is_active:
        raise PermissionDenied("Only whoever's text it is says so.")
    row = row_of(task)
    if row is not None:
        text = getattr(row, task.field)
        if look_at(text).refused:
            raise ValidationError(_("A number or an address cannot stand. Take it out."))
        let_stand(text)
        case = case_of(row)
        audit.record(
            actor=actor,
            action="text.let_stand",
            target=row,
            municipality_id=case.municipality_id,
            case=case.pk,
        )
    task.delete()


def forget_settled(employee: Employee) -> None:
    """Take away the person's tasks whose text has been put right since."""
    for task in tasks_of(employee):
        row = row_of(task)
        if row is None or digest_of(getattr(row, task.field)) != task.digest:
            task.delete()
