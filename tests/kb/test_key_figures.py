"""A figure goes out whole or not at all (docs/domain.md F2)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kb.domain.figures import publish_key_figure
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


@pytest.mark.parametrize("name", [*REQUIRED_TO_PUBLISH, "values"])
def test_a_figure_without_a_part_is_refused_by_name(name):
    figure = KeyFigureFactory(**{name: [] if name == "values" else ""})

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


def test_an_unfinished_draft_may_be_kept():
    figure = KeyFigureFactory(population="", source_title="")

    assert figure.missing() == ["population", "source_title"]
    assert not figure.is_shown


def test_an_unfinished_revision_cannot_be_published_in_the_admin(client):
    client.force_login(EmployeeFactory(editor=True))
    figure = KeyFigureFactory(population="")
    data = {
        **{name: getattr(figure, name) for name in (*REQUIRED_TO_PUBLISH, "key")},
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
        "action-publish": "action-publish",
    }

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
