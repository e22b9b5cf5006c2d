"""A file that an editor puts in is read first: no CPR number, and nothing that cannot be read."""

from __future__ import annotations

import io
import zipfile
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from people.roles import Role
from privacy.extraction import MOST_CHARACTERS
from tests.factories.people import EmployeeFactory
from tests.privacy.test_extraction import docx_of, pdf_of

FILES = sorted((Path(__file__).parent.parent / "privacy" / "files").iterdir())
CLEAN = ("o01_text.odt", "o02_slides.pptx", "t01_cp1252.txt", "t02_utf16.txt")
SENTENCES = {
    "p07_no_text_scan.pdf": "Disse sider er billeder uden tekst, så de ikke kan kontrolleres: 1.",
    "o03_old_word.doc": "Åbn filen, vælg »Gem som«, og gem den som docx, xlsx eller pptx.",
    "t03_rtf_renamed.txt": "Åbn filen, vælg »Gem som«, og gem den som docx.",
}
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word 97"
CPR = "Der står noget, der ligner et CPR-nummer, i filen"
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


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_as_offices_have_them_are_refused_with_a_sentence(file):
    """Every one of them holds a number somewhere, but four."""
    answer = put_in(file.name, file.read_bytes())

    if file.name in CLEAN:
        assert (answer.status_code, get_document_model().objects.count()) == (302, 1)
    else:
        page = unescape(answer.content.decode())
        assert SENTENCES.get(file.name, CPR) in page
        assert "Filendelse" not in page
        assert get_document_model().objects.count() == 0


@pytest.mark.parametrize("name", ["budget.xls", "oplæg.ppt", "brev.rtf"])
def test_an_old_kind_is_refused_by_its_name_too(name):
    answer = put_in(name, b"Alt godt")

    page = unescape(answer.content.decode())
    assert "Åbn filen, vælg »Gem som«" in page
    assert "Filendelse" not in page
    assert get_document_model().objects.count() == 0


def package_of(**parts):
    """A document whose parts are as given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


WORDS = b"<document><p>Alt godt.</p></document>"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        (
            "rapport.docx",
            package_of(**{"word/document.xml": WORDS, "word/embeddings/gammel.bin": OLD}),
            "Delen »gammel.bin« i filen kan ikke kontrolleres.",
        ),
        (
            "rapport.docx",
            package_of(**{"word/document.xml": b"<document/>", "word/media/scan.png": b"\x89PNG"}),
            "Filen har billeder og ingen tekst, så den kan ikke kontrolleres.",
        ),
        (
            "rapport.txt",
            ("ord " * MOST_CHARACTERS).encode(),
            "Der er mere i filen, end vi kan kontrollere.",
        ),
    ],
)
def test_what_could_not_be_looked_through_is_named(name, data, sentence):
    page = unescape(put_in(name, data).content.decode())

    assert sentence in page
    assert get_document_model().objects.count() == 0


def test_a_file_that_stands_is_not_read_again():
    """A new title of a document whose file stays: the file was read when it was put in."""
    put_in("rapport.pdf", pdf_of("Alt godt"))
    document = get_document_model().objects.get()
    client = Client()
    client.force_login(
        EmployeeFactory(roles=[Role.ADMINISTRATOR], is_superuser=True, is_staff=True)
    )

    answer = client.post(
        reverse("wagtaildocs:edit", args=[document.pk]), {"title": "En anden titel"}
    )

    document.refresh_from_db()
    assert (answer.status_code, document.title) == (302, "En anden titel")
