"""Uploaded files: read once, in words or with a reason, found by those who may open them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.documents.models import Document as File
from wagtail.models import Collection, CollectionViewRestriction

from demo_content.files import read as content
from demo_content.loader import load_content
from kb.domain.files import read_file
from kb.models import FileText, QuestionCard
from people import demo as people_demo
from people.roles import Role
from search import registry
from search.outbox import deliver_batch
from search.services import search_for
from tests.factories.people import EmployeeFactory
from tests.privacy.test_extraction import docx_of, pdf_of

pytestmark = pytest.mark.django_db
CANARY = "blåmejse"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.ELASTICSEARCH_URL = ""


def upload(content, name="vejledning.docx", title="Vejledning", collection=None):
    collection = collection or Collection.get_first_root_node() or Collection.add_root(name="Root")
    file = File(title=title, collection=collection)
    file.file.save(name, ContentFile(content), save=True)
    return file


def read(file):
    kept = read_file(document_id=file.pk)
    deliver_batch()
    return kept


def found(user, query=CANARY):
    return [hit.title for hit in search_for(user, query).hits]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx_of("Praktik hos en blåmejse"), "a.docx"),
        (pdf_of("Praktik hos en bl\\345mejse"), "a.pdf"),
        ("Praktik hos en blåmejse".encode(), "a.txt"),
    ],
)
def test_a_file_is_found_by_what_stands_in_it(content, name):
    file = upload(content, name)
    jobs = ProcrastinateJob.objects.filter(task_name="kb.read_file")
    assert [job.args for job in jobs] == [{"document_id": file.pk}]

    assert read(file).unread == ""

    employee = EmployeeFactory()
    (hit,) = search_for(employee, CANARY).hits
    assert (hit.title, hit.url) == ("Vejledning", file.url)
    assert f"<mark>{CANARY}</mark>" in hit.snippet_html
    assert list(registry.source("file").visible(AnonymousUser(), [str(file.pk)])) == []
    assert read(file) is None


def test_the_demos_file_is_found_by_what_stands_in_it():
    people_demo.load(content("people"))
    load_content()
    (file,) = File.objects.all()
    kept = read(file)
    assert kept.unread == ""
    assert QuestionCard.objects.first().text in kept.text
    deliver_batch(10_000)

    # The file, and the publication that hands it out.
    assert file.title in found(EmployeeFactory(), "klip udskrift")[:2]
    assert file.title in found(EmployeeFactory(), "facit borgeren nævnes")


def test_a_replaced_file_is_read_again():
    file = upload(docx_of(f"Om en {CANARY}"))
    read(file)
    file.file.save("ny.docx", ContentFile(docx_of("Om noget andet")), save=True)

    read(file)

    assert found(EmployeeFactory()) == []


def test_a_deleted_file_is_not_found():
    file = upload(docx_of(f"Om en {CANARY}"))
    read(file)
    file.delete()
    deliver_batch()

    assert found(EmployeeFactory()) == []
    assert read_file(document_id=file.pk) is None


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"\x00\x01\x02", "a.bin", "type"),
        (docx_of("")[:-200] + b"x" * 10, "a.docx", "broken"),
        (docx_of(f"{CANARY} 010203-1234"), "a.docx", "cpr"),
        (pdf_of(""), "a.pdf", "empty"),
    ],
)
def test_what_cannot_be_read_says_why_to_its_editor(client, content, name, why):
    file = upload(content, name)

    kept = read(file)

    assert (kept.unread, kept.text) == (why, "")
    assert found(EmployeeFactory()) == []
    assert found(EmployeeFactory(), "vejledning") == ["Vejledning"]
    client.force_login(EmployeeFactory(roles=[Role.EDITOR]))
    page = client.get("/redaktion/snippets/kb/filetext/").content.decode()
    assert str(kept.get_unread_display()) in page


def test_a_file_that_is_missing_says_so():
    file = upload(docx_of(CANARY))
    file.file.storage.delete(file.file.name)

    assert read(file).unread == "gone"


def test_restricted_collections_are_not_found_and_a_changed_rule_works_at_once():
    shelf = (Collection.get_first_root_node() or Collection.add_root(name="Root")).add_child(
        name="Lukket"
    )
    read(upload(docx_of(f"Om en {CANARY}"), collection=shelf))
    employee = EmployeeFactory()
    assert found(employee) == ["Vejledning"]

    rule = CollectionViewRestriction.objects.create(
        collection=shelf, restriction_type=CollectionViewRestriction.PASSWORD, password="x"
    )
    assert found(employee) == []  # the second look decides, before any job has run
    deliver_batch()
    assert search_for(employee, CANARY).total == 0

    rule.restriction_type = CollectionViewRestriction.LOGIN
    rule.save()
    deliver_batch()
    assert found(employee) == ["Vejledning"]


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.APPROVER])
def test_only_those_who_upload_see_the_list(client, role):
    FileText.objects.create(document=upload(docx_of("x")), digest="x")
    client.force_login(EmployeeFactory(roles=[role]))

    assert client.get("/redaktion/snippets/kb/filetext/").status_code in (302, 403)
