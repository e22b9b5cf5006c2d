"""What `make run` prints once the site is up."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from demo_content.files import read
from demo_content.loading import logins
from people import demo
from people.demo import DEMO_CREDENTIAL
from people.models import Employee
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


def printed(capsys, *arguments):
    call_command("show_logins", *arguments)
    return capsys.readouterr().out


@pytest.fixture
def demo_people():
    demo.load(read("people"))


def test_every_role_gets_a_login_that_works(demo_people, capsys, client):
    out = printed(capsys, "--port", "8123")

    assert "http://localhost:8123/" in out
    assert f"Adgangskode til dem alle: {DEMO_CREDENTIAL}" in out
    for username in logins().values():
        assert username in out
        assert client.login(username=username, password=DEMO_CREDENTIAL)


def test_no_password_is_printed_in_production(demo_people, capsys, settings):
    settings.DEMO = False

    out = printed(capsys)

    assert "http://localhost:8000/" in out
    assert DEMO_CREDENTIAL not in out


def test_nor_once_the_people_are_somebodys_own(demo_people, capsys):
    for employee in Employee.objects.filter(username__in=logins().values()):
        employee.set_password("deres-eget-kodeord")
        employee.save()

    assert DEMO_CREDENTIAL not in printed(capsys)


def test_nor_in_a_site_without_the_demos_people(capsys):
    EmployeeFactory()

    assert DEMO_CREDENTIAL not in printed(capsys)
