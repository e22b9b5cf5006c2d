"""A method's page, its card, its roots, and what colleagues write of it."""

from __future__ import annotations

import io
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from kb.models import Collection
from learning import method_uses
from learning.domain.trials import decide_trial, register_trial, withdraw_trial
from learning.enums import TrialState
from learning.method_uses import register_method_uses
from learning.models import MethodTrial
from people.roles import Role
from privacy.models import AuditEntry
from tests.factories.kb import (
    CollectionPageFactory,
    EvidenceCardFactory,
    PersonFactory,
    ThemePageFactory,
)
from tests.factories.learning import MethodFactory, RootFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-25T09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def visitor(client):
    employee = EmployeeFactory()
    client.force_login(employee)
    return employee


@pytest.fixture
def moderator():
    return EmployeeFactory(roles=[Role.PROJECT_STAFF])


def tried(employee, method, **more):
    fields = {"tried_on": TODAY, "what_happened": "Det blev stille, og så kom der noget."}
    return register_trial(actor=employee, method=method, **fields | more)


def test_the_page_says_what_it_is_for_who_to_ask_and_what_it_stands_on(client, visitor):
    CollectionPageFactory(collection=Collection.EVIDENCE)
    root, theme = RootFactory(name="Kognitiv psykologi"), ThemePageFactory(nav_title="Tro")
    method = MethodFactory(
        owner=PersonFactory(name="Kirsten Holm", email="kirsten@example.org"),
        evidence=EvidenceCardFactory(summary="Ingen har undersøgt den endnu."),
    )
    method.roots.add(root)
    method.themes.add(theme)
    method.save()

    page = client.get(method.get_absolute_url()).text

    for words in (
        method.when, method.when_not, "Kirsten Holm", "mailto:kirsten@example.org",
        "Ingen har undersøgt den endnu.", "<li>Spørg.</li>", "Ingen har skrevet om den endnu.",
    ):  # fmt: skip
        assert words in page
    assert f'href="{root.get_absolute_url()}"' in page
    assert method.name in client.get(root.get_absolute_url()).text


def test_the_card_is_one_page_and_reads_as_the_method(client, visitor):
    method = MethodFactory(name="Gå-samtale", steps="Aftal #rute.\nGå.")

    answer = client.get(reverse("methods:card", args=[method.slug]))

    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(page.extract_text().split())
    for words in ("Gå-samtale", "Aftal #rute.", "Brug", method.purpose, "3–5"):
        assert words in text


def test_the_number_of_sessions_is_shown_from_five_up(client, visitor, monkeypatch):
    monkeypatch.setattr(method_uses, "_counters", [])
    method = MethodFactory()
    assert "Brugt i" not in client.get(method.get_absolute_url()).text

    register_method_uses(lambda pks: dict.fromkeys(pks, 4))
    assert "Brugt i" not in client.get(method.get_absolute_url()).text
    register_method_uses(lambda pks: dict.fromkeys(pks, 5))
    assert "Brugt i 5 sparringer" in client.get(method.get_absolute_url()).text


def test_a_trial_is_shown_with_the_unit_once_project_staff_let_it_in(client, visitor, moderator):
    method, writer = MethodFactory(), EmployeeFactory()
    trial = tried(writer, method, adapted="På en bænk.")
    assert trial.what_happened not in client.get(method.get_absolute_url()).text

    decide_trial(actor=moderator, trial=trial, show=True)

    page = client.get(method.get_absolute_url()).text
    assert trial.what_happened in page
    assert "På en bænk." in page
    assert str(writer.unit) in page
    assert writer.first_name not in page
    actions = AuditEntry.objects.filter(action__startswith="method_trial").order_by("pk")
    assert [entry.action for entry in actions] == ["method_trial.register", "method_trial.show"]


def test_the_name_stands_there_only_by_the_writers_wish(client, visitor, moderator):
    method, writer = MethodFactory(), EmployeeFactory()
    decide_trial(actor=moderator, trial=tried(writer, method, show_name=True), show=True)

    assert str(writer) in client.get(method.get_absolute_url()).text


def test_it_is_decided_once_with_a_reason_and_never_by_the_writer(moderator):
    method, writer = MethodFactory(), EmployeeFactory()
    trial = tried(writer, method)

    with pytest.raises(PermissionDenied):
        decide_trial(actor=writer, trial=trial, show=True)
    with pytest.raises(ValidationError, match="Skriv hvorfor"):
        decide_trial(actor=moderator, trial=trial, show=False, reason=" ")
    sent_back = decide_trial(actor=moderator, trial=trial, show=False, reason="For tæt på.")
    with pytest.raises(ValidationError, match="allerede taget stilling"):
        decide_trial(actor=moderator, trial=trial, show=True)
    own = tried(moderator, method)
    with pytest.raises(ValidationError, match="En anden læser"):
        decide_trial(actor=moderator, trial=own, show=True)

    assert (sent_back.state, sent_back.reason) == (TrialState.DECLINED, "For tæt på.")


def test_the_database_shows_nothing_that_nobody_else_has_read():
    trial = tried(EmployeeFactory(), MethodFactory())
    rows = MethodTrial.objects.filter(pk=trial.pk)

    with pytest.raises(IntegrityError, match="only_after_a_decision"), transaction.atomic():
        rows.update(state=TrialState.SHOWN)
    with pytest.raises(IntegrityError, match="by_somebody_else"), transaction.atomic():
        rows.update(state=TrialState.SHOWN, decided_by=trial.employee)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"tried_on": date(2026, 11, 26)}, "Dagen ligger forude."),
        ({"what_happened": "Ring på 20 12 34 56."}, "Udelad det, nogen kan genkendes på"),
        ({"what_happened": " "}, "Skriv, hvad der skete."),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(fields, sentence):
    with pytest.raises(ValidationError) as refused:
        tried(EmployeeFactory(), MethodFactory(), **fields)

    assert sentence in " ".join(refused.value.messages)


def test_it_needs_a_unit_and_only_the_writer_takes_it_back(moderator):
    with pytest.raises(ValidationError, match="hører til en enhed"):
        tried(EmployeeFactory(unit=None), MethodFactory())
    trial = tried(EmployeeFactory(), MethodFactory())

    with pytest.raises(PermissionDenied):
        withdraw_trial(actor=moderator, trial=trial)
    withdraw_trial(actor=trial.employee, trial=trial)

    assert not MethodTrial.objects.exists()


def test_from_the_form_to_the_page_and_back(client, visitor, moderator):
    method = MethodFactory()
    address = reverse("methods:register_trial", args=[method.slug])

    refused = client.post(address, {"tried_on": "2026-11-26", "what_happened": "Det gik."})
    assert refused.status_code == 422
    assert "Dagen ligger forude." in refused.text
    client.post(address, {"tried_on": "2026-11-20", "what_happened": "Det gik."})
    trial = MethodTrial.objects.get()
    assert "Venter på at blive læst" in client.get(method.get_absolute_url()).text
    assert client.get(reverse("methods:trials")).status_code == 403

    client.force_login(moderator)
    assert "Det gik." in client.get(reverse("methods:trials")).text
    decide = reverse("methods:decide", args=[trial.pk])
    page = client.post(decide, {"reason": ""}, follow=True).text
    assert "Skriv hvorfor" in page
    page = client.post(decide, {"show": "yes"}, follow=True).text
    assert "Det vises nu på metodens side." in page
    assert "Intet venter på at blive læst." in page

    own = reverse("methods:withdraw_trial", args=[trial.pk])
    assert client.post(own).status_code == 404
    client.force_login(visitor)
    assert client.post(own, follow=True).status_code == 200
    assert not MethodTrial.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_with_one_and_three_trials(
    client, visitor, moderator, django_assert_max_num_queries, rows
):
    method = MethodFactory(owner=PersonFactory(), evidence=EvidenceCardFactory())
    method.roots.add(*RootFactory.create_batch(rows))
    method.save()
    for writer in EmployeeFactory.create_batch(rows):
        decide_trial(actor=moderator, trial=tried(writer, method), show=True)
    client.get(method.get_absolute_url())

    with django_assert_max_num_queries(16):
        page = client.get(method.get_absolute_url()).text

    assert page.count("Det blev stille") == rows


def test_the_form_of_a_trial_is_sent_as_one(client, visitor):
    """The page's own `method` is the method, and once became the form's."""
    client.force_login(visitor)
    method = MethodFactory()

    page = client.get(reverse("methods:register_trial", args=[method.slug])).content.decode()

    main = page[page.index("<main") :]
    assert '<form method="post"' in main
    assert "csrfmiddlewaretoken" in main
