"""The municipality's own wording: set by the right people, shown first, and a way back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from people.roles import Role
from privacy.models import AuditEntry
from sparring.enums import JournalOccasion
from sparring.journal.domain.templates import word_journal
from sparring.journal.placeholders import usual_template
from sparring.models import JournalTemplate
from tests.factories.people import EmployeeFactory, UnitFactory

pytestmark = pytest.mark.django_db
WORDERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


@pytest.fixture
def town():
    return UnitFactory().municipality


def person(town, *roles):
    return EmployeeFactory(unit=town.units.get(), roles=list(roles))


def typed(**changed):
    usual = {occasion: usual_template(occasion) for occasion in JournalOccasion.values}
    return usual | changed


def own(town):
    return dict(town.journal_templates.values_list("occasion", "text"))


@pytest.mark.parametrize("role", WORDERS)
def test_the_page_shows_first_and_saves_then(client, town, role):
    client.force_login(person(town, role))
    address = reverse("sparring:journal_templates")
    sent = typed(session="Vi aftalte: {handling}\r\nFrist: {frist}")

    shown = client.post(address, {**sent, "preview": "1"})

    assert shown.status_code == 200
    assert "Vi aftalte: Besøge et af stederne sammen." in shown.content.decode()
    assert own(town) == {}
    assert client.post(address, {**sent, "save": "1"}).status_code == 302
    assert own(town) == {"session": "Vi aftalte: {handling}\nFrist: {frist}"}
    assert "Jeres egen tekst er i brug." in client.get(address).content.decode()


def test_the_way_back_takes_one_text_and_leaves_the_others(client, town):
    client.force_login(person(town, Role.COORDINATOR))
    word_journal(
        municipality=town,
        actor=person(town, Role.COORDINATOR),
        texts={"session": "A {sag}", "belief": "B {sag}"},
    )

    answer = client.post(
        reverse("sparring:journal_templates"), {"usual": "session", "belief": "typed"}
    )

    assert answer.status_code == 302
    assert own(town) == {"belief": "B {sag}"}


@pytest.mark.parametrize("back", ["", "   ", usual_template("session")])
def test_an_empty_text_and_the_usual_one_are_the_way_back_too(town, back):
    actor = person(town, Role.COORDINATOR)
    word_journal(municipality=town, actor=actor, texts={"session": "A {sag}"})

    assert word_journal(municipality=town, actor=actor, texts={"session": back}) == ["session"]

    assert own(town) == {}


def test_a_place_that_there_is_not_is_said_at_its_field(client, town):
    client.force_login(person(town, Role.COORDINATOR))

    answer = client.post(
        reverse("sparring:journal_templates"), {**typed(follow_up="{sag} {cpr}"), "save": "1"}
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Der er ingen pladsholder, der hedder {cpr}." in page
    assert "{sag} {cpr}" in page
    assert own(town) == {}


def test_all_faults_are_told_at_once_and_nothing_is_stored(town):
    with pytest.raises(ValidationError) as error:
        word_journal(
            municipality=town,
            actor=person(town, Role.COORDINATOR),
            texts={"session": "{x}", "belief": "{", "follow_up": "{sag}"},
        )

    assert sorted(error.value.message_dict) == ["belief", "session"]
    assert own(town) == {}


@pytest.mark.parametrize("text", ["Skriv 010190-1234 {sag}", "x" * 3001])
def test_a_number_and_a_text_too_long_are_refused(client, town, text):
    actor = person(town, Role.COORDINATOR)
    client.force_login(actor)

    with pytest.raises(ValidationError) as error:
        word_journal(municipality=town, actor=actor, texts={"session": text})
    assert list(error.value.message_dict) == ["session"]
    answer = client.post(
        reverse("sparring:journal_templates"), {**typed(session=text), "save": "1"}
    )
    assert answer.status_code == 422


def test_what_was_changed_is_audited_without_its_words(town):
    actor = person(town, Role.ADMINISTRATOR)

    word_journal(municipality=town, actor=actor, texts=typed(session="Ordlyd {sag}"))
    word_journal(municipality=town, actor=actor, texts=typed(session="Ordlyd {sag}"))

    entry = AuditEntry.objects.get(action="municipality.word_journal")
    assert (entry.actor, entry.details) == (actor, {"occasions": "session"})


def test_what_the_check_would_mark_every_time_is_marked_in_the_preview(client, town):
    client.force_login(person(town, Role.COORDINATOR))
    sent = typed(session="KOLLEGIAL SPARRING {dato}\n<b>{handling}</b>", belief="Bud {bud}")

    page = client.post(
        reverse("sparring:journal_templates"), {**sent, "preview": "1"}
    ).content.decode()

    assert "<dt>{handling}</dt>" in page
    assert page.count("<mark>") == 1
    assert page.count("Formulér det anderledes.") == 1
    assert "&lt;b&gt;Besøge" in page


@pytest.mark.parametrize("role", sorted(set(Role.values) - set(WORDERS)))
def test_nobody_else_words_them(client, town, role):
    employee = person(town, role)
    client.force_login(employee)

    assert client.get(reverse("sparring:journal_templates")).status_code == 403
    with pytest.raises(PermissionDenied):
        word_journal(municipality=town, actor=employee, texts={})


def test_another_municipalitys_coordinator_does_not_word_them(town):
    stranger = EmployeeFactory(roles=[Role.COORDINATOR])

    with pytest.raises(PermissionDenied):
        word_journal(municipality=town, actor=stranger, texts={"session": "{sag}"})


@pytest.mark.parametrize(
    "values",
    [
        {"occasion": "session", "text": " \n"},
        {"occasion": "altid", "text": "{sag}"},
    ],
)
def test_the_database_refuses_what_is_no_template(town, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalTemplate.objects.create(municipality=town, **values)


def test_the_database_keeps_one_template_an_occasion(town):
    JournalTemplate.objects.create(municipality=town, occasion="session", text="{sag}")

    with pytest.raises(IntegrityError), transaction.atomic():
        JournalTemplate.objects.create(municipality=town, occasion="session", text="{frist}")
