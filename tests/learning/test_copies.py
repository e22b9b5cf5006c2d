"""The copy of a certificate from elsewhere: who adds it, who opens it, and what is refused."""

from __future__ import annotations

import io
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from learning.domain.certificates import register_external
from learning.models import Certificate, CertificateCopy
from privacy.models import AuditEntry
from tests.factories.learning import Learners
from tests.factories.people import EmployeeFactory
from tests.privacy.test_extraction import pdf_of as pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-25T09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def town():
    return Learners()


def sent(client, content, name="bevis.pdf", **more):
    fields = {
        "title": "Motiverende samtale",
        "issuer": "Kursuscenteret",
        "issued_on": "2026-05-01",
        "copy": SimpleUploadedFile(name, content, "application/pdf"),
    }
    return client.post(reverse("learning:register_own"), fields | more)


def with_copy(town):
    return register_external(
        actor=town.learner,
        employee=town.learner,
        title="Motiverende samtale",
        issuer="Kursuscenteret",
        issued_on=date(2026, 5, 1),
        copy=pdf("Bevis for gennemført kursus"),
    )


def test_the_holder_adds_it_and_the_coordinator_reads_it_before_confirming(client, town):
    client.force_login(town.learner)
    assert sent(client, pdf("Bevis for gennemført kursus")).status_code == 302
    certificate = Certificate.objects.get()
    address = reverse("learning:copy", args=[certificate.pk])
    assert address in client.get(reverse("learning:mine")).content.decode()

    client.force_login(town.coordinator)
    assert address in client.get(reverse("learning:certificates")).content.decode()
    answer = client.get(address)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Bevis" in text
    assert AuditEntry.objects.filter(action="certificate.open_copy").count() == 1


def test_the_holder_opens_it_without_a_note(client, town):
    certificate = with_copy(town)
    client.force_login(town.learner)

    assert client.get(reverse("learning:copy", args=[certificate.pk])).status_code == 200
    assert not AuditEntry.objects.filter(action="certificate.open_copy").exists()


def test_nobody_else_opens_it(client, town):
    address = reverse("learning:copy", args=[with_copy(town).pk])
    others = [
        EmployeeFactory(unit=town.learner.unit),
        town.leader,
        Learners().coordinator,
    ]

    for other in others:
        client.force_login(other)
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_without_a_copy_there_is_none(client, town):
    certificate = register_external(
        actor=town.learner,
        employee=town.learner,
        title="Kursus",
        issuer="Centeret",
        issued_on=date(2026, 5, 1),
    )
    client.force_login(town.learner)

    assert client.get(reverse("learning:copy", args=[certificate.pk])).status_code == 404
    assert "/kopi.pdf" not in client.get(reverse("learning:mine")).content.decode()


def _locked():
    writer = PdfWriter(clone_from=io.BytesIO(pdf("Bevis")))
    writer.encrypt("kode")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"Bevis i ord", "bevis.txt", "Gem den som pdf"),
        (pdf("Bevis for 010190-1234"), "bevis.pdf", "CPR-nummer"),
        (pdf("Bevis"), "010190-1234.pdf", "CPR-nummer"),
        (_locked(), "bevis.pdf", "låst"),
        (b"%PDF-1.7 intet", "bevis.pdf", "kan ikke læses"),
        (b"%PDF-" + b"0" * (5 * 1024 * 1024), "bevis.pdf", "større end 5 MB"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_what_was_typed_stays(
    client, town, content, name, sentence
):
    client.force_login(town.learner)

    answer = sent(client, content, name)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Motiverende samtale" in answer.content.decode()
    assert not CertificateCopy.objects.exists()
    assert not Certificate.objects.exists()


def test_for_somebody_who_left_there_is_one_clear_sentence(client, town):
    gone = EmployeeFactory(unit=town.learner.unit, is_active=False)
    client.force_login(town.coordinator)
    fields = {
        "employee": gone.pk,
        "title": "Kursus",
        "issuer": "Centeret",
        "issued_on": "2026-05-01",
    }

    answer = client.post(reverse("learning:register_external"), fields)

    assert answer.status_code == 422
    assert answer.content.decode().count("arbejder her ikke længere") == 2  # summary and field
    assert not Certificate.objects.exists()
