"""People named on pages: professionals, with a name, and with words beside their photo."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kb.models import Person
from people.roles import Role
from tests.factories.images import make_picture
from tests.factories.kb import PersonFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_picture()


@pytest.fixture
def editor():
    client = Client()
    client.force_login(EmployeeFactory(roles=[Role.EDITOR]))
    return client


@pytest.mark.parametrize("name", ["", "   "])
def test_the_database_refuses_a_person_without_a_name(name):
    with pytest.raises(IntegrityError, match="person_has_a_name"), transaction.atomic():
        PersonFactory(name=name)


@pytest.mark.parametrize("words", ["", " "])
def test_the_database_refuses_a_photo_without_words(photo, words):
    with pytest.raises(IntegrityError, match="person_photo_has_words"), transaction.atomic():
        PersonFactory(photo=photo, photo_words=words)


def test_a_photo_with_words_is_kept_and_protected(photo):
    person = PersonFactory(photo=photo, photo_words="Karen Holm ved sit skrivebord")

    with pytest.raises(Exception, match="protected"):
        photo.delete()

    assert Person.objects.get(pk=person.pk).photo == photo


def test_a_cpr_number_is_refused_in_every_text():
    person = Person(
        name="010180-1234", title="010180-1234", organisation="010180-1234", phone="010180-1234"
    )

    with pytest.raises(ValidationError) as refusal:
        person.clean_fields()

    assert set(refusal.value.message_dict) == {"name", "title", "organisation", "phone"}


def test_a_person_outlives_the_account():
    employee = EmployeeFactory()
    person = PersonFactory(employee=employee)

    employee.delete()

    person.refresh_from_db()
    assert person.employee is None


def test_an_account_belongs_to_one_person():
    employee = EmployeeFactory()
    PersonFactory(employee=employee)

    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(employee=employee)


@pytest.mark.parametrize(
    ("title", "organisation", "role", "text"),
    [
        ("Leder", "Fjordby", "Leder, Fjordby", "Bo Ek, Leder, Fjordby"),
        ("", "Fjordby", "Fjordby", "Bo Ek, Fjordby"),
        ("", "", "", "Bo Ek"),
    ],
)
def test_how_a_person_is_named(title, organisation, role, text):
    person = PersonFactory.build(name="Bo Ek", title=title, organisation=organisation)

    assert (person.role, str(person)) == (role, text)


@pytest.mark.parametrize(
    ("email", "phone", "reachable"),
    [("bo@example.org", "", True), ("", "12 34 56 78", True), ("", "", False)],
)
def test_who_can_be_reached(email, phone, reachable):
    assert PersonFactory.build(email=email, phone=phone).can_be_reached is reachable


def test_an_editor_writes_one_in_the_admin_and_reads_that_citizens_never_stand_there(editor):
    add = reverse(Person.snippet_viewset.get_url_name("add"))

    page = editor.get(add).content.decode()
    answer = editor.post(
        add, {"name": "Bo Ek", "title": "Leder", "organisation": "", "email": "", "phone": ""}
    )

    assert "Aldrig en borger" in page
    assert answer.status_code == 302
    assert [str(person) for person in Person.objects.all()] == ["Bo Ek, Leder"]


@pytest.mark.parametrize(
    ("role", "status"), [(Role.EDITOR, 200), (Role.ADMINISTRATOR, 200), (Role.APPROVER, 302)]
)
def test_who_writes_persons(client, role, status):
    client.force_login(EmployeeFactory(roles=[role]))

    answer = client.get(reverse(Person.snippet_viewset.get_url_name("add")))

    assert answer.status_code == status
