"""What is stored is looked at again: its owner gets a task, and nobody else hears a word of it."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from people.models import Notification
from privacy.models import AuditEntry
from sparring.models import Action, SessionNote, StandingText, TextTask
from sparring.shared.case_texts import digest_of, let_stand
from sparring.texts.domain.rescan import let_task_stand, rescan
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sessions import running_session
from tests.factories.sparring import ActionFactory, BeliefFactory, CaseFactory
from tests.sparring.pages import client_of, url

pytestmark = pytest.mark.django_db
NAMED = "Prøvedag hos Flemming"


@pytest.fixture
def named():
    return ActionFactory(what=NAMED)


def test_the_owner_of_each_text_gets_a_task_and_one_notification(named):
    belief = BeliefFactory(case=named.case, because="Fordi Mette selv ringede til mesteren.")
    other = BeliefFactory(because="Fordi Ahmed selv ringede til mesteren.")
    ActionFactory(what="Prøvedag i en kantine")

    counts = rescan()

    assert (counts.found, counts.new) == (3, 3)
    assert {
        (task.employee_id, task.model_label, task.field) for task in TextTask.objects.all()
    } == {
        (named.case.owner_id, "sparring.Action", "what"),
        (belief.by_employee_id, "sparring.Belief", "because"),
        (other.by_employee_id, "sparring.Belief", "because"),
    }
    told = Notification.objects.values_list("employee", flat=True)
    people = {named.case.owner_id, belief.by_employee_id, other.by_employee_id}
    assert sorted(told) == sorted(people)


def test_run_twice_nothing_is_new_and_a_text_put_right_is_no_task(named):
    rescan()
    assert rescan().new == 0
    Action.objects.update(what="Prøvedag hos en slagter")

    assert rescan().found == 0
    assert not TextTask.objects.exists()
    assert Notification.objects.count() == 1


def test_a_text_that_changed_and_still_holds_a_name_is_a_new_task(named):
    rescan()
    first = TextTask.objects.get()
    Action.objects.update(what="Prøvedag hos Torben")

    assert rescan().new == 1
    assert TextTask.objects.get().digest != first.digest


def test_what_somebody_let_stand_while_writing_is_no_task(named):
    let_stand(NAMED)

    assert rescan().found == 0


def test_what_was_let_stand_is_forgotten_with_its_text_but_not_at_once(named):
    let_stand(NAMED)
    let_stand("Aftalt med Torben")
    rescan()
    assert StandingText.objects.count() == 2
    StandingText.objects.update(at=timezone.now() - timedelta(days=2))

    rescan()

    assert [row.digest for row in StandingText.objects.all()] == [digest_of(NAMED)]


def test_names_of_units_and_corrected_beliefs_are_no_task():
    UnitFactory(name="Projekt Springbræt")
    ActionFactory(what="Begynder i Projekt Springbræt")
    wrong = BeliefFactory(because="Fordi Mette selv ringede til mesteren.")
    BeliefFactory(
        case=wrong.case, by_employee=wrong.by_employee, corrects=wrong, because="Fordi hun ringede."
    )

    assert rescan().found == 0


def test_words_of_somebody_who_left_are_looked_at_by_whose_case_it_is():
    belief = BeliefFactory(
        by_employee=EmployeeFactory(is_active=False),
        because="Fordi Mette selv ringede til mesteren.",
    )

    rescan()

    assert TextTask.objects.get().employee == belief.case.owner


def test_the_notes_of_a_session_belong_to_who_wrote_them():
    session = running_session()
    writer = session.participations.exclude(employee=session.case.owner).first().employee
    SessionNote.objects.create(
        session=session, employee=writer, text="Mette vil gerne i gang.", saved_at=timezone.now()
    )

    rescan()

    assert TextTask.objects.get().employee == writer


def test_the_page_shows_ones_own_texts_marked_and_nobody_elses(named):
    BeliefFactory(because="Fordi Ahmed selv ringede til mesteren.")
    rescan()

    page = client_of(named.case.owner).get(url("texts_to_look_at"))
    html = page.content.decode()

    assert "Prøvedag hos <mark>Flemming</mark>" in html
    assert url("case_detail", named.case.code) in html
    assert "Ahmed" not in html
    assert "no-store" in page["Cache-Control"]
    assert AuditEntry.objects.filter(action="case.view", object_id=str(named.case.pk)).exists()


def test_the_page_drops_what_has_been_put_right_since_and_says_so_when_nothing_is_left(named):
    rescan()
    Action.objects.update(what="Prøvedag hos en slagter")

    page = client_of(named.case.owner).get(url("texts_to_look_at"))

    assert "Der er ikke noget at se på." in page.content.decode()
    assert not TextTask.objects.exists()


def test_what_may_stand_stands_with_one_click_and_is_never_asked_about_again(named):
    rescan()
    task = TextTask.objects.get()

    answer = client_of(named.case.owner).post(url("text_stands", task.pk), follow=True)

    assert "Det står." in answer.content.decode()
    assert rescan().found == 0
    assert AuditEntry.objects.get(action="text.let_stand").object_id == str(named.pk)
    assert "Flemming" not in str(AuditEntry.objects.values())


def test_nobody_else_lets_it_stand_and_a_number_never_stands(named):
    Action.objects.update(what="Ring på 22 33 44 55")
    rescan()
    task = TextTask.objects.get()
    other = CaseFactory().owner

    assert client_of(other).post(url("text_stands", task.pk)).status_code == 404
    with pytest.raises(PermissionDenied):
        let_task_stand(actor=other, task=task)
    with pytest.raises(ValidationError):
        let_task_stand(actor=named.case.owner, task=task)
    page = client_of(named.case.owner).get(url("texts_to_look_at")).content.decode()
    assert "Et tal eller en adresse kan ikke stå." in page
    assert url("text_stands", task.pk) not in page
    assert TextTask.objects.count() == 1


def test_the_overview_says_how_many_and_where(named):
    owner = client_of(named.case.owner)
    assert "tekst at se på" not in owner.get("/").content.decode()
    rescan()

    html = owner.get("/").content.decode()

    assert "1 tekst at se på" in html
    assert url("texts_to_look_at") in html


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_command_prints_counts_and_no_word(named, options):
    out = StringIO()

    call_command("rescan_texts", *options, stdout=out)

    said = out.getvalue()
    assert "Flemming" not in said
    assert str(named.case.owner) not in said
    if options:
        assert json.loads(said)["found"] == 1
    else:
        assert "1 at se på" in said
