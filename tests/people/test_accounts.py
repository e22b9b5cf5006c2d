"""An account's address belongs to the municipality; every change is audited and mailed."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from people.demo import DEMO_CREDENTIAL
from people.domain.accounts import change_email
from people.models import Employee
from people.roles import Role
from people.tasks import mail_reset_link, send_due
from privacy.models import AuditEntry
from tests.factories.people import EmployeeFactory, UnitFactory

pytestmark = pytest.mark.django_db
TASKS = {task.name: task for task in (send_due, mail_reset_link)}
NOON = datetime(2027, 2, 1, 11, 5, tzinfo=UTC)
NEW = "en helt anden sætning"
GIF = b"GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"


@pytest.fixture
def town():
    """An administrator and a colleague of one municipality."""
    unit = UnitFactory()
    admin = EmployeeFactory(administrator=True, unit=unit)
    return admin, EmployeeFactory(unit=unit, username="soren", email="soren@example.org")


def with_password(**fields):
    employee = EmployeeFactory(**fields)
    employee.set_password(DEMO_CREDENTIAL)
    employee.save()
    return employee


@pytest.fixture
def run_jobs():
    """What the worker does with the jobs of this transaction, each of them once."""
    done = set()

    def run():
        jobs = ProcrastinateJob.objects.filter(task_name__in=TASKS).exclude(pk__in=done)
        for job in jobs.order_by("id"):
            TASKS[job.task_name](**job.args)
            done.add(job.pk)

    return run


def actions():
    entries = AuditEntry.objects.exclude(action__startswith="login.").order_by("pk")
    return list(entries.values_list("action", "actor", "object_id"))


# The address.


@pytest.mark.parametrize("address", ["email/", "confirm-email/", "confirm-email/a:b/"])
def test_there_is_no_page_for_ones_address(client, address):
    person = EmployeeFactory(email="kasper@example.org")
    client.force_login(person)

    answers = [
        client.get(f"/konto/{address}"),
        client.post(f"/konto/{address}", {"email": "ond@fremmed.example", "action_add": ""}),
        client.post(f"/konto/{address}", {"email": "ond@fremmed.example", "action_primary": ""}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    person.refresh_from_db()
    assert person.email == "kasper@example.org"
    assert not EmailAddress.objects.exists()


def test_the_editors_admin_changes_neither_address_nor_password(client):
    person = EmployeeFactory(roles=[Role.EDITOR], email="editor@example.org", is_staff=True)
    client.force_login(person)

    client.post("/redaktion/account/", {"name_email-email": "ond@fremmed.example"})
    page = client.get("/redaktion/account/")

    person.refresh_from_db()
    assert person.email == "editor@example.org"
    assert 'type="email"' not in page.content.decode()
    assert 'type="password"' not in page.content.decode()


def test_the_editors_admin_takes_neither_a_new_name_nor_a_portrait(client):
    person = EmployeeFactory(roles=[Role.EDITOR], first_name="Kasper", is_staff=True)
    client.force_login(person)
    client.get("/redaktion/account/")

    answer = client.post(
        "/redaktion/account/",
        {
            "name_email-first_name": "Signe",
            "name_email-last_name": "Vestergaard",
            "locale-preferred_language": "da",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "avatar-avatar": SimpleUploadedFile("a.gif", GIF, "image/gif"),
        },
    )

    assert answer.status_code in (200, 302)
    person.refresh_from_db()
    assert person.first_name == "Kasper"
    assert not person.wagtail_userprofile.avatar
    assert "name_email" not in client.get("/redaktion/account/").content.decode()


def test_not_even_who_may_do_everything_changes_it_there(client):
    root = EmployeeFactory(roles=[Role.ADMINISTRATOR], is_superuser=True, is_staff=True)
    other = EmployeeFactory(email="mai@example.org")
    client.force_login(root)

    answers = [
        client.post(f"/redaktion/users/edit/{person.pk}/", {"email": "ond@fremmed.example"})
        for person in (root, other)
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [answer["Location"] for answer in answers] == ["/redaktion/", "/redaktion/"]
    assert not Employee.objects.filter(email="ond@fremmed.example").exists()


def test_an_address_of_the_librarys_opens_nothing(mailoutbox, run_jobs):
    """What somebody added before is left, but neither logs in nor gets a link."""
    kasper = with_password(username="kasper", email="kasper@example.org")
    for verified in (False, True):
        EmailAddress.objects.update_or_create(
            user=kasper,
            email="ond@fremmed.example",
            defaults={"verified": verified, "primary": verified},
        )
        login = Client().post(
            "/konto/login/", {"login": "ond@fremmed.example", "password": DEMO_CREDENTIAL}
        )
        Client().post("/konto/password/reset/", {"email": "ond@fremmed.example"})
        run_jobs()

        assert login.status_code == 200
        assert mailoutbox == []


def test_an_administrator_changes_it_and_the_old_address_is_told(town, mailoutbox, run_jobs):
    admin, soren = town
    with time_machine.travel(NOON):
        change_email(actor=admin, employee=soren, address=" Soren.Kragh@Example.org ")
        run_jobs()

    soren.refresh_from_db()
    assert soren.email == "soren.kragh@example.org"
    assert actions() == [("account.email", admin.pk, str(soren.pk))]
    assert "example.org" not in repr(AuditEntry.objects.values().get())
    [mail] = mailoutbox
    assert mail.to == ["soren@example.org"]
    assert mail.subject == "Sparringsrummet: din konto har fået en ny mailadresse"
    assert "Det skete den 1. februar kl. 12.05." in mail.body
    assert "ring straks til din kommunes administrator" in " ".join(mail.body.split())


@pytest.mark.parametrize("roles", [[], [Role.COORDINATOR], [Role.EDITOR, Role.TEAM_LEADER]])
def test_nobody_else_changes_it(town, roles):
    _admin, soren = town
    actor = EmployeeFactory(roles=roles, unit=soren.unit)

    with pytest.raises(PermissionDenied):
        change_email(actor=actor, employee=soren, address="ny@example.org")


def test_neither_ones_own_nor_another_municipalitys(town):
    admin, soren = town
    elsewhere = EmployeeFactory(administrator=True)

    for actor, employee in ((admin, admin), (elsewhere, soren)):
        with pytest.raises(PermissionDenied):
            change_email(actor=actor, employee=employee, address="ny@example.org")
    change_email(
        actor=EmployeeFactory(administrator=True, unit=None),
        employee=soren,
        address="ny@example.org",
    )
    assert Employee.objects.get(pk=soren.pk).email == "ny@example.org"


@pytest.mark.parametrize(
    "address", ["", "ikke en adresse", "soren@example.org", "ADMIN@example.org"]
)
def test_an_address_that_is_none_or_somebody_elses_is_refused(town, address):
    admin, soren = town
    Employee.objects.filter(pk=admin.pk).update(email="admin@example.org")

    with pytest.raises(ValidationError):
        change_email(actor=admin, employee=soren, address=address)

    assert Employee.objects.get(pk=soren.pk).email == "soren@example.org"
    assert actions() == []


def test_the_database_refuses_an_address_twice_and_lets_many_have_none():
    EmployeeFactory(email="mai@example.org")
    EmployeeFactory(email="")
    EmployeeFactory(email="")

    with pytest.raises(IntegrityError, match="employee_unique_email"), transaction.atomic():
        EmployeeFactory(email="Mai@Example.org")


def test_a_user_name_that_is_somebodys_address_takes_nobody_over():
    with_password(username="soren@example.org", email="kasper@example.org")
    soren = EmployeeFactory(username="soren", email="soren@example.org")
    soren.set_password("sørens egen adgangskode")
    soren.save()

    found = Employee.objects.by_login("soren@example.org")

    assert found.username == "soren@example.org"
    assert Employee.objects.by_login("SOREN") == soren
    assert Employee.objects.by_login(" ") is None


def test_the_command(town, capsys):
    admin, _soren = town

    call_command("change_email", "soren", "ny@example.org", "--by", admin.username)

    assert capsys.readouterr().out == "soren: ny@example.org\n"
    with pytest.raises(CommandError, match="Another administrator"):
        call_command("change_email", "soren", "x@example.org", "--by", "soren")
    with pytest.raises(CommandError, match="no account"):
        call_command("change_email", "findes.ikke", "x@example.org", "--by", admin.username)
    with pytest.raises(CommandError, match="allerede den adresse"):
        call_command("change_email", "soren", admin.email, "--by", admin.username)


# Password and two-step login.


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(NOON.timestamp()) // 30))


def confirmed(person, password=DEMO_CREDENTIAL):
    """Somebody who is logged in and has just said the password once more."""
    client = Client()
    client.force_login(person)
    client.post("/konto/reauthenticate/", {"password": password})
    return client


def test_every_change_is_audited_and_mailed_in_danish(
    mailoutbox, run_jobs, django_capture_on_commit_callbacks
):
    person = with_password(email="mai@example.org")
    with time_machine.travel(NOON, tick=False):
        client = confirmed(person)
        page = client.get(reverse("mfa_activate_totp"))
        with django_capture_on_commit_callbacks(execute=True):
            client.post(
                reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)}
            )
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("mfa_generate_recovery_codes"))
        client.post(reverse("mfa_deactivate_totp"))
        client.post(
            reverse("account_change_password"),
            {"oldpassword": DEMO_CREDENTIAL, "password1": NEW, "password2": NEW},
        )
        run_jobs()

    changes = ["two_step_on", "recovery_codes", "two_step_off", "password"]
    assert actions() == [(f"account.{name}", person.pk, str(person.pk)) for name in changes]
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["mai@example.org"], f"Sparringsrummet: {what}")
        for what in (
            "login i to trin er slået til",
            "du har fået nye nødkoder, og de gamle gælder ikke længere",
            "login i to trin er slået fra",
            "din adgangskode er ændret",
        )
    ]
    for mail in mailoutbox:
        assert "Det skete den 1. februar kl. 12.05." in mail.body
        assert "http://localhost:8000/konto/password/reset/" in mail.body
    assert not Authenticator.objects.exists()


def test_a_password_made_anew_is_audited_and_mailed(mailoutbox, run_jobs):
    person = with_password(email="mai@example.org")
    client = Client()
    client.post("/konto/password/reset/", {"email": "Mai@example.org"})
    run_jobs()
    [link] = re.findall(r"http://localhost:8000(/konto/\S+)", mailoutbox.pop().body)
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    run_jobs()

    assert actions() == [("account.password_reset", person.pk, str(person.pk))]
    assert [mail.subject for mail in mailoutbox] == [
        "Sparringsrummet: din adgangskode er lavet om med et link i en mail"
    ]
    assert "Linket virker ikke længere" in Client().get(link, follow=True).content.decode()


def test_a_link_mailed_before_the_address_changed_is_void(town, mailoutbox):
    admin, soren = town
    mail_reset_link(employee_id=soren.pk)
    [link] = re.findall(r"http://localhost:8000(/konto/\S+)", mailoutbox.pop().body)

    change_email(actor=admin, employee=soren, address="ny@example.org")

    assert "Linket virker ikke længere" in Client().get(link).content.decode()


def test_codes_are_counted_taken_once_and_their_failures_stand_in_the_audit():
    person = with_password()
    with time_machine.travel(NOON, tick=False) as clock:
        client = confirmed(person)
        secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
        client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
        right = {"code": code_of(secret)}

        def second_step(*codes):
            half = Client()
            half.post("/konto/login/", {"login": person.username, "password": DEMO_CREDENTIAL})
            return [half.post(reverse("mfa_authenticate"), code) for code in codes][-1]

        assert second_step(right).status_code == 302
        again = second_step(right)
        assert "Koden passer ikke" in again.content.decode()
        put_off = second_step(*[{"code": "000000"}] * 4, right)
        assert "Det var mange forkerte koder. Prøv igen kl. 12.20" in put_off.content.decode()
        clock.shift(16 * 60)
        clock_code = format_hotp_value(hotp_value(secret, int(NOON.timestamp() + 16 * 60) // 30))
        assert second_step({"code": clock_code}).status_code == 302

    failed = AuditEntry.objects.filter(action="two_step.failed")
    assert {entry.object_id for entry in failed} == {str(person.pk)}
