from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from privacy import audit
from privacy.models import AuditEntry
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


def test_the_site_runs_as_a_role_that_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        owned = cursor.fetchone()[0]
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        superuser = cursor.fetchone()[0]

    assert (owned, superuser) == (0, False)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE privacy_auditentry SET action = ''",
        "DELETE FROM privacy_auditentry",
        "DELETE FROM sparring_belief",
        "UPDATE sparring_belief SET value = 10",
    ],
)
def test_append_only_tables_refuse_the_web_role(statement):
    audit.record(actor=EmployeeFactory(), action="test.written")

    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEntry.objects.filter(action="test.written").count() == 1
