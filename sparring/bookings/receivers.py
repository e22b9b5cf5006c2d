"""What happens here when something happens in a lower room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from people.domain.availability import absence_added
from sparring.bookings.domain.absences import release_sessions

if TYPE_CHECKING:
    from people.models import Absence, Employee


@receiver(absence_added)
def _away(sender: Any, actor: Employee, absence: Absence, **kwargs: Any) -> None:
    release_sessions(actor=actor, absence=absence)
