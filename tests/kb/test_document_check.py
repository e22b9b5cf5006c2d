"""A file that an editor puts in is read first: no CPR number, and nothing that cannot be read."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from people.enums import Role
from tests.factories.people import EmployeeFactory
from tests.privacy.test_extraction import docx_of, pdf_of

pytestmark = pytest.mark.django_db


def put_in(name, data):
    client = Client()
    client.force_login(
        EmployeeFactory(roles=[Role.ADMINISTRATOR], is_superuser=True, is_staff=True)
    )
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("wagtaildocs:add"), {"title": "En rapport", "file": file})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rapport.docx", docx_of("Borgeren har nummer 010180-1234.")),
        ("rapport.docx", docx_of("Alt godt.", author="010180-1234")),
        ("rapport.docx", docx_of("Alt godt.", comment="Se 010180-1234")),
        ("rapport.pdf", pdf_of("Nummer 010180-1234")),
        ("010180-1234.pdf", pdf_of("Alt godt")),
        ("rapport.pdf", b"%PDF-1.4 og saa ikke mere"),
        ("rapport.pdf", b"\x7fELF\x02\x01\x01\0"),
    ],
)
def test_a_file_with_a_cpr_number_or_unreadable_is_not_stored(name, data):
    answer = put_in(name, data)

    assert answer.status_code == 200  # the form, with what is wrong
    assert get_document_model().objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rapport.docx", docx_of("Skrevet af Gurli Vestergaard Holm.", author="Gurli Holm")),
        ("rapport.pdf", pdf_of("Alt godt")),
    ],
)
def test_a_publication_may_name_its_authors(name, data):
    answer = put_in(name, data)

    assert answer.status_code == 302
    assert get_document_model().objects.count() == 1
