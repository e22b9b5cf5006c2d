"""The proof of the yearly question about the ethics statement, for tests/kb/test_timers.py."""

from __future__ import annotations

from datetime import timedelta

from learning.models import EthicsConfirmation
from people.models import Notification
from tests.factories.learning import EthicsStatementFactory
from tests.factories.people import EmployeeFactory

YEAR, DAY = timedelta(days=365), timedelta(days=1)


def ethics(run, start):
    """A year after it was confirmed it is asked for again, once; who has left is not asked."""
    job, statement = "learning.ask_to_confirm", EthicsStatementFactory(valid_from=start.date())
    reader, gone = EmployeeFactory(), EmployeeFactory(is_active=False)
    for person in (reader, gone):
        EthicsConfirmation.objects.create(
            employee=person, statement=statement, confirmed_on=start.date()
        )

    assert run(job, after=start + YEAR - 2 * DAY) == 0
    assert run(job, after=start + YEAR) == 1
    assert run(job, after=start + YEAR + DAY) == 0
    assert Notification.objects.get(kind="learning.ethics").employee == reader
