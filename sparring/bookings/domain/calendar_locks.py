"""Taking people's time so that nobody is in two sessions at once (SEC-36).

Two locks: an advisory one per person, taken in order, gives clean answers; the exclusion
constraint in the database refuses what slips past whatever the code does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _
from psycopg import errors

if TYPE_CHECKING:
    from sparring.colleagues.exclusion_reasons import Caution

# The first half of the advisory lock's key; the second is the employee's id.
CALENDAR_LOCK = 7302


class TimeTaken(ValidationError):
    """The time is somebody else's: 23P01 or 40P01 in the database, or seen beforehand."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message or _("The time has just been taken. Choose another one."), code="taken"
        )


class ConfirmationRequired(Exception):
    """Something speaks against it: show the cautions, and call again with `confirmed=True`."""

    def __init__(self, cautions: Sequence[Caution]) -> None:
        super().__init__("; ".join(caution.why for caution in cautions))
        self.cautions = tuple(cautions)


def lock_calendars(employee_ids: Iterable[int]) -> None:
    """Wait for one's turn with these people's calendars; held until the transaction ends."""
    with connection.cursor() as cursor:
        for pk in sorted(set(employee_ids)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CALENDAR_LOCK, pk])


@contextmanager
def booking_transaction() -> Iterator[None]:
    """A transaction that answers Taken where the database refuses a double booking."""
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, OperationalError) as error:
        if isinstance(error.__cause__, errors.ExclusionViolation | errors.DeadlockDetected):
            raise TimeTaken from error
        raise
