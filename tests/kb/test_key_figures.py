"""A figure goes out whole or not at all (docs/domain.md F2)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from kb.domain.figures import publish_key_figure
from kb.domain.permissions import sync_groups
from kb.models import KeyFigure
from kb.models.figures import REQUIRED_TO_PUBLISH
from privacy.models import AuditEntry
from tests.factories.kb import KeyFigureFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


def test_a_complete_figure_is_published_and_recorded():
    editor = EmployeeFactory(editor=True)

    figure = publish_key_figure(actor=editor, figure=KeyFigureFactory())

    assert figure.live
    entry = AuditEntry.objects.get(action="key_figure.publish")
    assert (entry.actor, entry.object_id) == (editor, str(figure.pk))


@pytest.mark.parametrize("name", [*REQUIRED_TO_PUBLISH, "source", "values"])
def test_a_figure_without_a_part_is_refused_by_name(name):
    figure = KeyFigureFactory(**{name: {"values": [], "source": None}.get(name, "")})

    with pytest.raises(ValidationError) as refusal:
        publish_key_figure(actor=None, figure=figure)

    assert set(refusal.value.message_dict) == {name}
    assert not KeyFigure.objects.get().live


@pytest.mark.parametrize("blank", ["", " \n\t"])
@pytest.mark.parametrize("name", REQUIRED_TO_PUBLISH)
def test_the_database_refuses_what_goes_round_the_form(name, blank):
    figure = KeyFigureFactory(live=True)

    with pytest.raises(IntegrityError, match="key_figure_complete_when_live"), transaction.atomic():
        KeyFigure.objects.filter(pk=figure.pk).update(**{name: blank})


def test_the_database_refuses_a_published_figure_without_a_source():
    figure = KeyFigureFactory(live=True)

    with pytest.raises(IntegrityError, match="key_figure_complete_when_live"), transaction.atomic():
        KeyFigure.objects.filter(pk=figure.pk).update(source=None)


def test_an_unfinished_draft_may_be_kept():
    figure = KeyFigureFactory(population="", source=None)

    assert figure.missing() == ["population", "source"]
    assert not figure.is_shown


def form_of(figure, action):
    """What the admin's form sends with one of its buttons."""
    return {
        **{name: getattr(figure, name) for name in (*REQUIRED_TO_PUBLISH, "key")},
        "source": figure.source_id,
        "values-count": "1",
        "values-0-deleted": "",
        "values-0-order": "0",
        "values-0-type": "value",
        "values-0-id": "",
        "values-0-value-label": "I gang",
        "values-0-value-text": "ca. 6 %",
        "values-0-value-value": "",
        "values-0-value-low": "",
        "values-0-value-high": "",
        action: action,
    }


def edit(person, figure, action, **changes):
    client = Client()
    client.force_login(person)
    address = f"/redaktion/snippets/kb/keyfigure/edit/{figure.pk}/"
    return client.post(address, form_of(figure, action) | changes)


def stated(figure):
    return KeyFigure.objects.get(pk=figure.pk).statement


def test_project_staff_send_a_figure_to_be_approved_and_publish_none():
    """The same as their pages: what stands on everybody's pages is what somebody else approved."""
    fatima, anna = EmployeeFactory(project_staff=True), EmployeeFactory(approver=True)
    sync_groups()
    figure = publish_key_figure(actor=None, figure=KeyFigureFactory(statement="Ca. 6 ud af 100."))

    edit(fatima, figure, "action-publish", statement="Ca. 60 ud af 100.")
    assert stated(figure) == "Ca. 6 ud af 100."
    with pytest.raises(PermissionDenied):
        publish_key_figure(actor=fatima, figure=figure)

    edit(fatima, figure, "action-submit", statement="Ca. 7 ud af 100.")
    figure.refresh_from_db()
    state = figure.current_workflow_state
    assert (state.requested_by, stated(figure)) == (fatima, "Ca. 6 ud af 100.")
    task = figure.current_workflow_task_state
    assert task.task.specific.get_actions(figure, fatima) == []

    client = Client()
    client.force_login(anna)
    address = f"/redaktion/snippets/kb/keyfigure/workflow/action/{figure.pk}/approve/{task.pk}/"
    assert client.post(address, {"comment": "Ja."}).status_code == 302
    assert stated(figure) == "Ca. 7 ud af 100."


def test_project_staff_neither_delete_nor_take_down_a_figure():
    fatima = EmployeeFactory(project_staff=True)
    figure = publish_key_figure(actor=None, figure=KeyFigureFactory())
    client = Client()
    client.force_login(fatima)

    for action in ("delete", "unpublish"):
        client.post(f"/redaktion/snippets/kb/keyfigure/{action}/{figure.pk}/")

    assert KeyFigure.objects.get(pk=figure.pk).live


def test_an_unfinished_revision_cannot_be_published_in_the_admin(client):
    client.force_login(EmployeeFactory(editor=True))
    figure = KeyFigureFactory(population="")
    data = form_of(figure, "action-publish")

    refused = client.post(f"/redaktion/snippets/kb/keyfigure/edit/{figure.pk}/", data)
    figure.refresh_from_db()
    assert (refused.status_code, figure.live) == (200, False)

    data["population"] = "Aktivitetsparate i BIP"
    client.post(f"/redaktion/snippets/kb/keyfigure/edit/{figure.pk}/", data)
    figure.refresh_from_db()
    assert figure.live


def test_a_figure_is_not_its_own_base_rate():
    figure = KeyFigureFactory()

    with pytest.raises(IntegrityError, match="key_figure_not_its_own_base"), transaction.atomic():
        KeyFigure.objects.filter(pk=figure.pk).update(base_figure=figure)
