"""What the editors' forms say, and what is announced as new."""

from __future__ import annotations

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import override

from kb.models import PublicationStatus
from kb.models.evidence import DIMENSIONS
from sparring.queries.overview import new_publications
from tests.factories.kb import PublicationPageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


def test_each_grade_of_an_evidence_card_stands_below_its_question(client):
    client.force_login(EmployeeFactory(editor=True))

    html = client.get("/redaktion/snippets/kb/evidencecard/add/").content.decode()

    with override("da"):
        for code, question in DIMENSIONS:
            label = html.split(f'for="id_{code}_grade"')[1].split("</label>")[0]
            why = html.split(f'for="id_{code}_why"')[1].split("</label>")[0]
            assert escape(str(question)) in label
            assert escape(str(question)) in why


def test_a_publication_on_its_way_is_no_news(client):
    ahead = PublicationPageFactory(title="Samtalekort", status=PublicationStatus.FORTHCOMING)
    here = PublicationPageFactory(title="Hovedpointer")
    for page in (ahead, here):
        page.save_revision().publish()
    client.force_login(EmployeeFactory())

    html = client.get("/").content.decode()

    assert new_publications() == [here]
    assert "Nyt: »Hovedpointer«" in html
    assert "Samtalekort" not in html


@time_machine.travel("2026-11-25 09:00+01:00")
def test_a_publication_of_a_year_ahead_is_on_its_way_or_wrong():
    page = PublicationPageFactory(year=2026, abstract="Kort.")
    page.full_clean()
    page.year = 2027

    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert set(refused.value.message_dict) == {"year"}
    page.status = PublicationStatus.FORTHCOMING
    page.full_clean()
