"""Confirming the ethics statement, once a year and after each new version, and asking for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import EthicsConfirmation, EthicsStatement
from learning.queries.ethics import current_statement, last_confirmed, to_confirm
from people.domain.notifications import notify_all
from people.models import Notification
from privacy import audit

if TYPE_CHECKING:
    from people.models import Employee


@transaction.atomic
def confirm_ethics(*, actor: Employee, statement: EthicsStatement) -> EthicsConfirmation:
    """Stand by the statement as it reads now; confirmed twice on a day, it is noted once."""
    if statement != current_statement():
        raise ValidationError(_("The text has a new version. Read it once more."))
    made, new = EthicsConfirmation.objects.get_or_create(
        employee=actor, statement=statement, confirmed_on=timezone.localdate()
    )
    if new:
        audit.record(
            actor=actor,
            action="ethics.confirm",
            target=made,
            municipality_id=actor.municipality_id,
            version=statement.version,
        )
    return made


@transaction.atomic
def ask_to_confirm() -> int:
    """Ask everybody whose year has passed, or who has not seen the version, once; how many hear."""
    statement = current_statement()
    if statement is None:
        return 0
    last = last_confirmed()
    asked = notify_all(
        Notification(
            employee=employee,
            kind="learning.ethics",
            object_id=str(statement.pk),
            key=f"learning.ethics:{statement.pk}:{employee.pk}:{last.get(employee.pk, 'never')}",
        )
        for employee in to_confirm(statement)
    )
    return len(asked)
