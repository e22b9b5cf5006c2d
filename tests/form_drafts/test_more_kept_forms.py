"""Forms that are built otherwise are kept too: outcome, follow-up, strengths, several on a page."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from form_drafts.models import FormDraft
from people.models import Absence
from people.roles import Role
from privacy.models import AuditEntry
from tests.factories.events import coming_event, signed_up
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import CaseFactory

pytestmark = pytest.mark.django_db
WORDS = "Han vil gerne begynde med to timer om dagen."


def save(client, page, **typed):
    return client.post(page, typed, headers={"X-Autosave": "1"})


@pytest.fixture
def case(client):
    case = CaseFactory()
    client.force_login(case.owner)
    return case


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("case_strengths", "motivates"),
        ("case_sheet", "motivates"),
        ("action_plan", "what"),
        ("case_pause", "reason"),
        ("need_snooze", "reason"),
        ("belief_citizen", "because"),
    ],
)
def test_pages_of_a_case_come_back_filled_in(client, case, name, field):
    page = reverse(f"sparring:{name}", args=[case.code])

    assert save(client, page, **{field: WORDS}).status_code == 200

    again = client.get(page)
    assert WORDS in again.content.decode()
    assert "Du havde skrevet noget her" in again.content.decode()
    assert FormDraft.objects.get().subject == f"case:{case.pk}"


def test_rows_of_a_form_come_back_in_their_places(client, case):
    page = reverse("sparring:case_strengths", args=[case.code])

    save(client, page, strength_0="Punktlig", strength_1="God til tal")

    form = client.get(page).context["form"]
    assert [form[f"strength_{row}"].value() for row in (0, 1)] == ["Punktlig", "God til tal"]


def test_forms_on_one_page_are_kept_apart(client):
    employee = EmployeeFactory()
    client.force_login(employee)
    page = reverse("people:account")

    saved = save(client, page, form="absence", **{"absence-first_day": "2026-12-24"})
    save(client, page, form="hours", **{"hours-start_0": "07:15"})

    assert saved.status_code == 200
    assert sorted(FormDraft.objects.values_list("form", flat=True)) == [
        "people:account:absence",
        "people:account:hours",
    ]
    context = client.get(page).context
    assert context["absence_form"]["first_day"].value() == "2026-12-24"
    assert context["hours_form"]["start_0"].value() == "07:15"
    assert not Absence.objects.exists()


def test_one_of_several_is_dropped_and_the_other_stays(client):
    client.force_login(EmployeeFactory())
    page = reverse("people:account")
    for form in ("absence", "hours"):
        save(client, page, form=form)

    assert client.post(page, {"form": "absence", "drop_draft": "1"}).status_code == 302

    assert FormDraft.objects.get().form == "people:account:hours"


def test_one_of_several_that_is_refused_is_kept_and_that_is_sent_is_gone(client):
    client.force_login(EmployeeFactory())
    page = reverse("people:account")

    refused = client.post(page, {"form": "absence", "absence-first_day": "2026-12-24"})
    assert refused.status_code == 422
    assert FormDraft.objects.get().values["absence-first_day"] == ["2026-12-24"]
    kind = refused.context["absence_form"].fields["kind"].choices[-1][0]
    sent = {"absence-first_day": "2026-12-24", "absence-last_day": "2026-12-27"}
    done = client.post(page, {"form": "absence", "absence-kind": kind, **sent})

    assert done.status_code == 302
    assert (FormDraft.objects.count(), Absence.objects.count()) == (0, 1)


@pytest.mark.parametrize("form", ["", "themes", "other"])
def test_what_is_not_kept_is_neither_kept_nor_sent(client, form):
    client.force_login(EmployeeFactory())

    answer = save(client, reverse("sparring:own"), form=form, **{"themes-theme_numbers": "1"})

    assert answer.status_code in (400, 422)
    assert not FormDraft.objects.exists()


def test_going_back_to_the_usual_text_drops_what_was_typed(client):
    client.force_login(EmployeeFactory(roles=[Role.COORDINATOR]))
    page = reverse("sparring:journal_templates")
    save(client, page, belief=WORDS)
    assert WORDS in client.get(page).content.decode()

    client.post(page, {"usual": "belief"})

    assert not FormDraft.objects.exists()


def test_answers_that_nobody_can_trace_are_not_kept_under_a_name(client):
    event = coming_event(days=3)
    employee = signed_up(event).employee
    with time_machine.travel(event.starts_at + timedelta(days=1), tick=False):
        client.force_login(employee)
        page = reverse("events:evaluate", args=[event.pk])
        answer = save(client, page, otherwise=WORDS)

        text = client.get(page).content.decode()

    assert answer.status_code == 400
    assert "data-autosave" not in text
    assert not FormDraft.objects.exists()


def test_a_visitor_without_login_writes_and_nothing_is_kept(client, case):
    client.logout()

    save(client, reverse("sparring:belief_register", args=[case.code]), because=WORDS)

    assert not FormDraft.objects.exists()


def test_saving_by_itself_writes_no_audit(client, case):
    page = reverse("sparring:belief_register", args=[case.code])
    before = AuditEntry.objects.count()

    for number in range(3):
        save(client, page, because=f"{WORDS} {number}")

    assert AuditEntry.objects.count() == before
