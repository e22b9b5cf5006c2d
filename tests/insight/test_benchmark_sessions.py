"""What a benchmark asks as somebody is answered as to somebody who is logged in."""

from __future__ import annotations

import pytest
from django.conf import settings

from insight.benchmarks.timing import session_of
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


def test_the_session_of_a_benchmark_is_a_login(client):
    assert client.get("/sager/").status_code == 302
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(EmployeeFactory())

    assert client.get("/sager/").status_code == 200
