"""An evidence card is read by others once somebody else has approved it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from kb.domain.evidence import publish_evidence_card
from kb.domain.permissions import sync_groups
from kb.models import Collection, EvidenceCard, EvidenceSource
from kb.models.evidence import REQUIRED_TO_PUBLISH
from privacy.models import AuditEntry
from search import registry
from tests.factories.kb import (
    CollectionPageFactory,
    EvidenceCardFactory,
    OfferFactory,
    PublicationPageFactory,
    StandardPageFactory,
)
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
ADMIN = "/redaktion/snippets/kb/evidencecard"
FORM = (
    "slug", "subject", "subject_kind", "verdict", "summary", "judged_by", "reviewed_on",
    "review_on", *(f"{code}_{part}" for code in (
        "design", "amount", "consistency", "relevance", "currency") for part in ("grade", "why")),
)  # fmt: skip


def form_of(card, action, **changes):
    """What the admin's form sends with one of its buttons."""
    no_sources = {"sources-TOTAL_FORMS": "0", "sources-INITIAL_FORMS": "0"}
    return {name: getattr(card, name) for name in FORM} | no_sources | {action: action} | changes


def with_source(source):
    """The part of the form that puts a source behind the card."""
    return {
        "sources-TOTAL_FORMS": "1",
        "sources-0-id": "",
        "sources-0-source": source.pk,
        "sources-0-place": "s. 14",
        "sources-0-ORDER": "1",
    }


def logged_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def fatima():
    person = EmployeeFactory(project_staff=True)
    sync_groups()
    return person


def read_everywhere(card):
    """The pages that show cards, as an employee reads them."""
    source = SourceFactory()
    page = PublicationPageFactory(source=source)
    EvidenceSource.objects.create(card=card, source=source)
    OfferFactory(evidence=card)
    body = [("evidence", card)]
    pages = [
        CollectionPageFactory(collection=Collection.EVIDENCE),
        CollectionPageFactory(collection=Collection.OFFERS),
        page,
        StandardPageFactory(slug="tekst", body=body),
    ]
    client = logged_in(EmployeeFactory())
    return [client.get(page.url).content.decode() for page in pages]


def test_a_card_of_project_staff_waits_and_nobody_reads_it(fatima):
    draft = EvidenceCardFactory.build(summary="Papegøjen virker.")

    answer = logged_in(fatima).post(f"{ADMIN}/add/", form_of(draft, "action-publish"))

    card = EvidenceCard.objects.get()
    assert (answer.status_code, card.live) == (302, False)
    for html in read_everywhere(card):
        assert "Papegøjen" not in html
        assert f"#{card.slug}" not in html
    source = registry.source("evidence")
    assert list(source.queryset()) == []
    assert list(source.visible(EmployeeFactory(), [str(card.pk)])) == []
    with pytest.raises(PermissionDenied):
        publish_evidence_card(actor=fatima, card=card)


def test_a_card_that_was_approved_is_read_everywhere():
    card = EvidenceCardFactory(summary="Papegøjen virker.")

    cards, offers, publication, text = read_everywhere(card)

    assert all("Papegøjen virker." in html for html in (cards, publication, text))
    assert f"#{card.slug}" in offers
    assert list(registry.source("evidence").queryset()) == [card]


def test_a_change_keeps_the_old_text_until_somebody_else_approves_it(fatima):
    anna, source = EmployeeFactory(approver=True), SourceFactory()
    card = publish_evidence_card(actor=None, card=EvidenceCardFactory(summary="Det gamle."))
    change = form_of(card, "action-submit", summary="Det nye.", **with_source(source))

    logged_in(fatima).post(f"{ADMIN}/edit/{card.pk}/", change)

    def read():
        fresh = EvidenceCard.objects.shown().get()
        return fresh.summary, list(fresh.sources.values_list("source", "place"))

    assert read() == ("Det gamle.", [])
    card.refresh_from_db()
    task = card.current_workflow_task_state
    assert card.current_workflow_state.requested_by == fatima
    assert task.task.specific.get_actions(card, fatima) == []
    approve = f"{ADMIN}/workflow/action/{card.pk}/approve/{task.pk}/"
    logged_in(anna).post(approve, {"comment": "Ja."})
    assert read() == ("Det nye.", [(source.pk, "s. 14")])
    published = AuditEntry.objects.filter(action="evidence_card.publish", object_id=str(card.pk))
    assert published.count() == 2


def test_project_staff_neither_delete_nor_take_down_a_card(fatima):
    card = publish_evidence_card(actor=None, card=EvidenceCardFactory())

    for action in ("delete", "unpublish"):
        logged_in(fatima).post(f"{ADMIN}/{action}/{card.pk}/")

    assert EvidenceCard.objects.get().live


@pytest.mark.parametrize("name", REQUIRED_TO_PUBLISH)
def test_a_card_with_a_hole_is_a_draft_and_nothing_more(name):
    card = EvidenceCardFactory(live=False, **{name: " "})

    with pytest.raises(ValidationError):
        publish_evidence_card(actor=None, card=card)
    with pytest.raises(IntegrityError, match="evidence_complete"), transaction.atomic():
        EvidenceCard.objects.update(live=True)
