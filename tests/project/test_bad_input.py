"""What people hand in by mistake: one clear sentence each, and nothing that was there is lost.

The rooms test their own; here stands the road that an employee takes, through the pages.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from document_import.models import DocumentImport
from events.links import guest_token
from learning.models import Certificate
from privacy.models import AuditEntry
from sources.models import Source
from tests.document_import.documents import as_docx, as_pdf, with_macros
from tests.factories.events import coming_event, guest_of, signed_up
from tests.factories.learning import CertificateFactory, Learners
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
READ_IN = "/redaktion/dokumenter-ind/"
CHOOSER = "/redaktion/snippets/choose/sources/source/create/"


def login(employee=None):
    client = Client()
    client.force_login(employee or EmployeeFactory(editor=True))
    return client


def sentences(answer, words):
    """How often the page says it, in the words a reader sees."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.split()).count(words)


def hand_in(client, data, name):
    upload = SimpleUploadedFile(name, data)
    return client.post(READ_IN, {"file": upload, "target": "article"})


def test_a_wrong_doi_in_the_chooser_leaves_what_was_typed_and_what_was_there():
    SourceFactory(title="En, der var der")
    fields = {"title": "Målt parathed", "kind": "report", "doi": "se rapporten"}

    answer = login().post(CHOOSER, fields)

    html = answer.json()["htmlFragment"]
    assert html.count("En DOI ser ud som 10.1057/s41599-025-04943-4.") == 1
    assert all(f'value="{kept}"' in html for kept in ("Målt parathed", "se rapporten"))
    assert [source.title for source in Source.objects.all()] == ["En, der var der"]


def test_a_pdf_of_200_pages_is_read_whole_and_one_page_more_is_refused_whole():
    client = login()

    read = hand_in(client, as_pdf("Rapporten\nDen er lang.\n", pages=200), "lang.pdf")
    assert read.status_code == 302
    document = DocumentImport.objects.get()
    assert document.paragraphs.filter(text__contains="Mere.").exists()

    refused = hand_in(client, as_pdf("Rapporten\nDen er lang.\n", pages=201), "laengere.pdf")
    assert refused.status_code == 422
    assert sentences(refused, "Dokumentet er længere, end en side kan være") == 1
    assert list(DocumentImport.objects.all()) == [document]


def test_a_docx_with_macros_is_refused_with_what_to_do():
    client = login()
    kept = hand_in(client, as_docx("Hej\n\nMed dig.\n"), "uden.docx")

    refused = hand_in(client, with_macros(as_docx("Hej\n\nMed dig.\n")), "med.docx")

    assert kept.status_code == 302
    assert refused.status_code == 422
    assert sentences(refused, "Dokumentet har makroer") == 1
    assert sentences(refused, "Gem som") == 1
    assert DocumentImport.objects.get().file_name == "uden.docx"


def test_a_place_cancelled_twice_moves_one_person_up():
    event = coming_event(capacity=1)
    first, second, third = (signed_up(event) for _ in range(3))
    client, address = login(first.employee), reverse("events:cancel", args=[event.pk])

    client.post(address)
    again = client.post(address, follow=True)

    assert sentences(again, "Du har allerede meldt afbud.") == 1
    places = event.sign_ups.order_by("pk").values_list("state", flat=True)
    assert list(places) == ["cancelled", "seated", "waiting"]
    assert {second.pk, third.pk} == set(event.sign_ups.active().values_list("pk", flat=True))


def test_a_waiting_list_left_twice_moves_nobody_and_says_it_once():
    event = coming_event(capacity=1)
    _seated, waiting, _last = (signed_up(event) for _ in range(3))
    client, address = login(waiting.employee), reverse("events:cancel", args=[event.pk])

    client.post(address)
    again = client.post(address, follow=True)

    assert sentences(again, "Du har allerede meldt afbud.") == 1
    places = event.sign_ups.order_by("pk").values_list("state", flat=True)
    assert list(places) == ["seated", "cancelled", "waiting"]
    assert AuditEntry.objects.filter(action="event.cancel_sign_up").count() == 1


def test_a_guest_who_leaves_the_waiting_list_twice_is_told_so():
    event = coming_event(capacity=1, is_open=True)
    signed_up(event)
    guest = guest_of(event)
    address = reverse("events:guest", args=[guest_token(guest)])

    Client().post(address, {"do": "cancel"})
    again = Client().post(address, {"do": "cancel"}, follow=True)

    assert sentences(again, "Du har meldt afbud. Du skal ikke gøre mere.") >= 1
    guest.refresh_from_db()
    assert guest.state == "cancelled"


def test_a_certificate_for_somebody_who_left_is_refused_and_the_old_one_holds():
    town = Learners()
    old = CertificateFactory(employee=town.learner, expires_on=date(2099, 1, 1))
    client = login(town.coordinator)
    form = {
        "employee": town.learner.pk,
        "title": "Den motiverende samtale",
        "issuer": "Fjordby Kursuscenter",
        "issued_on": "2026-01-05",
    }
    town.learner.is_active = False
    town.learner.save()

    answer = client.post(reverse("learning:register_external"), form)

    assert answer.status_code == 422
    assert sentences(answer, "Personen arbejder her ikke længere.") >= 1
    assert 'value="Fjordby Kursuscenter"' in answer.content.decode()
    assert Certificate.objects.get() == old
    held = Client().get(old.get_absolute_url())
    assert sentences(held, "Gyldig") == 1
