"""A document read in becomes a draft: nothing lost, nothing made twice, nobody else let in."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import ArticlePage
from document_import.domain.drafting import make_draft
from document_import.domain.reading import discard, discard_waiting, read_in
from document_import.drafts import Outcome, Target
from document_import.models import DocumentImport, ImportedParagraph
from events.models import EventPage
from kb.models import Person, PublicationPage, ThemePage
from privacy.models import AuditEntry
from sources.footnotes import cited_in
from sources.models import Source
from tests.document_import.documents import (
    COMMENTARY,
    EVENT,
    GUIDANCE,
    INTERVIEW,
    THEME,
    as_docx,
    with_macros,
)
from tests.factories.articles import ArticleIndexPageFactory
from tests.factories.events import EventIndexPageFactory
from tests.factories.kb import (
    PersonFactory,
    PublicationIndexPageFactory,
    ThemeIndexPageFactory,
)
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
UPLOAD = "/redaktion/dokumenter-ind/"


@pytest.fixture
def editor():
    return EmployeeFactory(editor=True)


@pytest.fixture
def lists(db):
    return [
        ArticleIndexPageFactory(),
        ThemeIndexPageFactory(),
        PublicationIndexPageFactory(),
        EventIndexPageFactory(),
    ]


def read(editor, text, target, name="dokument.txt"):
    return read_in(actor=editor, data=text.encode(), file_name=name, target=target)


def test_a_commentary_becomes_an_article_nobody_sees(editor, lists, client):
    page = make_draft(actor=editor, document=read(editor, COMMENTARY, Target.ARTICLE))

    article = ArticlePage.objects.get(pk=page.pk)
    assert not article.live
    assert article.title == "Samtalen før skemaet"
    assert article.contact.email == "karen.holt@fjordby.example"
    assert [block.block_type for block in article.body][:3] == [
        "paragraph",
        "heading",
        "paragraph",
    ]
    assert client.get(f"/artikler/{article.slug}/").status_code in (302, 404)
    assert AuditEntry.objects.filter(action="document.draft").count() == 1


def test_the_editor_opens_the_draft_and_sees_the_text(editor, lists, client):
    page = make_draft(actor=editor, document=read(editor, COMMENTARY, Target.ARTICLE))
    client.force_login(editor)

    html = client.get(f"/redaktion/pages/{page.pk}/edit/").content.decode()

    # The form's blocks are handed to the page as JSON.
    assert json.dumps("Spørg om i morgen, før du spørger om i går").strip('"') in html


def test_an_interview_names_its_author_and_its_sources(editor, lists):
    page = make_draft(
        actor=editor, document=read(editor, INTERVIEW, Target.ARTICLE), title="Tre regler"
    )

    article = ArticlePage.objects.get(pk=page.pk)
    assert article.title == "Tre regler"
    assert [person.name for person in article.authors] == ["Mette Dahl"]
    assert len(list(cited_in(article.body))) == 2
    assert set(Source.objects.values_list("url", flat=True)) == {
        "https://forskning.example/rapporter/Rapport_Tro-og-handling.pdf",
        "https://fjordby.example/media/abc/beskaeftigelsesplan-2030.pdf",
    }


def test_who_and_what_is_known_is_used_again(editor, lists):
    person = PersonFactory(name="Karen L. Holt", email="KAREN.HOLT@fjordby.example")
    source = SourceFactory(url="https://forskning.example/rapporter/Rapport_Tro-og-handling.pdf")

    page = make_draft(actor=editor, document=read(editor, COMMENTARY, Target.ARTICLE))
    make_draft(actor=editor, document=read(editor, INTERVIEW, Target.ARTICLE))

    assert ArticlePage.objects.get(pk=page.pk).contact == person
    assert Source.objects.filter(url=source.url).count() == 1
    assert Person.objects.filter(name__startswith="Karen").count() == 1


def test_a_theme_has_its_dilemmas(editor, lists):
    page = make_draft(actor=editor, document=read(editor, THEME, Target.THEME))

    theme = ThemePage.objects.get(pk=page.pk)
    assert not theme.live
    assert theme.intro == "Hvad sker der med troen, mens vi venter?"
    assert [block.value["question"] for block in theme.dilemmas] == [
        "Kan man vente for længe på det rette tidspunkt?",
        "Er det omsorg at vente, eller er det frygt?",
    ]


def test_a_publication_has_its_whole_text_as_abstract(editor, lists):
    page = make_draft(actor=editor, document=read(editor, GUIDANCE, Target.PUBLICATION))

    publication = PublicationPage.objects.get(pk=page.pk)
    assert publication.source is None
    assert publication.title == "Tag borgerens eget bud alvorligt"
    assert "Aftal det næste, før I går hjem." in publication.abstract


def test_an_event_asks_for_the_day_that_the_document_does_not_say(editor, lists):
    document = read(editor, EVENT, Target.EVENT)

    with pytest.raises(ValidationError, match=r"22\. november"):
        make_draft(actor=editor, document=document)
    assert not EventPage.objects.exists()

    page = make_draft(actor=editor, document=document, day=date(2030, 11, 22))
    event = EventPage.objects.get(pk=page.pk)
    assert event.date == date(2030, 11, 22)
    assert event.points == ["Ring til virksomheden samme dag"]
    programme = [(point.starts_at.hour, point.text) for point in event.programme.all()]
    assert programme == [(13, "Velkomst"), (13, "Oplæg"), (15, "Tak for i dag")]
    assert event.speaker == "Maria Birk, forskningschef, Instituttet"


def test_every_paragraph_is_kept_with_its_fate(editor, lists):
    document = read(editor, THEME, Target.THEME)

    lines = [line for line in THEME.splitlines() if line.strip()]
    rows = list(document.paragraphs.all())
    assert [row.number for row in rows] == list(range(1, len(lines) + 1))
    left_out = [row for row in rows if row.outcome == Outcome.LEFT_OUT]
    assert all(row.reason for row in left_out)


def test_the_same_document_is_made_into_a_draft_once(editor, lists):
    first = read(editor, COMMENTARY, Target.ARTICLE)
    second = read(editor, COMMENTARY, Target.ARTICLE)
    page = make_draft(actor=editor, document=first)

    with pytest.raises(ValidationError):
        make_draft(actor=editor, document=first)
    with pytest.raises(ValidationError):
        make_draft(actor=editor, document=second)
    with pytest.raises(ValidationError):
        read(editor, COMMENTARY, Target.ARTICLE)
    assert read(editor, COMMENTARY, Target.PUBLICATION).pk

    page.delete()
    assert read(editor, COMMENTARY, Target.ARTICLE).pk


def test_the_database_holds_what_is_drafted_once_and_accounted_for(editor, lists):
    document = read(editor, COMMENTARY, Target.ARTICLE)
    page = make_draft(actor=editor, document=document)
    twice = DocumentImport(
        file_name="b.txt",
        digest=document.digest,
        target=document.target,
        title="B",
        read_at=timezone.now(),
        drafted_at=timezone.now(),
        page=page,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()
    row = document.paragraphs.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedParagraph.objects.filter(pk=row.pk).update(outcome=Outcome.LEFT_OUT)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedParagraph.objects.filter(pk=row.pk).update(destination="")


def test_without_a_list_to_stand_below_nothing_is_made(editor):
    document = read(editor, COMMENTARY, Target.ARTICLE)

    with pytest.raises(ValidationError):
        make_draft(actor=editor, document=document)

    assert not Person.objects.exists()
    document.refresh_from_db()
    assert not document.is_drafted


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Titel\n\nBorgeren har 010190-1234 som nummer.\n", "d.txt"),
        ("Titel\n\nNoget.\n", "sag 010190-1234.txt"),
    ],
)
def test_a_cpr_number_is_refused_with_its_paragraph(editor, text, name):
    with pytest.raises(ValidationError, match="CPR"):
        read(editor, text, Target.ARTICLE, name)
    assert not DocumentImport.objects.exists()


def test_a_link_is_kept_in_its_place_and_markup_stays_text(editor, lists):
    markdown = "# Titel\n\nIntro.\n\nSe [rapporten](https://a.example/b?c=1&d=2) <b>her</b>.\n"
    document = read_in(
        actor=editor, data=markdown.encode(), file_name="d.md", target=Target.ARTICLE
    )
    page = ArticlePage.objects.get(pk=make_draft(actor=editor, document=document).pk)
    written = page.body[0].value.source
    assert '<a href="https://a.example/b?c=1&amp;d=2">rapporten</a>' in written
    assert "&lt;b&gt;her" in written


@pytest.mark.parametrize("role", ["caseworker", "coordinator", "approver", "auditor"])
def test_only_who_makes_pages_reads_documents_in(role, client, lists):
    other = EmployeeFactory(roles=[role])
    waiting = read(EmployeeFactory(editor=True), COMMENTARY, Target.ARTICLE)
    with pytest.raises(PermissionDenied):
        read(other, THEME, Target.THEME)
    with pytest.raises(PermissionDenied):
        make_draft(actor=other, document=waiting)
    with pytest.raises(PermissionDenied):
        discard(actor=other, document=waiting)
    client.force_login(other)
    for address in (UPLOAD, f"{UPLOAD}{waiting.pk}/"):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address).status_code in (302, 403)
    assert client.post(f"{UPLOAD}{waiting.pk}/glem/").status_code in (302, 403)
    assert DocumentImport.objects.filter(pk=waiting.pk).exists()


def upload(client, data, name, target="article"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data), "target": target})


def test_an_editor_uploads_looks_and_makes_the_draft(editor, lists, client):
    client.force_login(editor)
    assert UPLOAD in client.get("/redaktion/").content.decode()

    answer = upload(client, as_docx(COMMENTARY), "Samtalen.docx")
    document = DocumentImport.objects.get()
    assert answer.url == f"{UPLOAD}{document.pk}/"
    html = client.get(answer.url).content.decode()
    assert "Samtalen før skemaet" in html
    assert "Karen Lykke Holt" in html
    assert "En knap eller en menu" in html

    made = client.post(answer.url, {"title": "Samtalen først"})
    page = ArticlePage.objects.get()
    assert made.url == f"/redaktion/pages/{page.pk}/edit/"
    assert page.title == "Samtalen først"
    assert "Åbn kladden" in client.get(answer.url).content.decode()
    assert page.title in client.get(UPLOAD).content.decode()
    page.delete()
    assert "Siden er slettet" in client.get(UPLOAD).content.decode()


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (with_macros(as_docx("Hej\n")), "d.docx", "makroer"),
        (b"", "d.txt", "tom"),
        (b"MZ\x00\x00", "d.exe", "txt, md, html, docx, odt eller pdf"),
        (b"Titel\n\n010190-1234\n", "d.txt", "CPR"),
    ],
)
def test_a_bad_file_gets_one_sentence(editor, client, data, name, says):
    client.force_login(editor)
    answer = upload(client, data, name)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_missing_day_is_asked_for_at_its_field(editor, lists, client):
    client.force_login(editor)
    address = upload(client, EVENT.encode(), "møde.txt", "event").url
    answer = client.post(address, {"title": "Mødet", "day": ""})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "22. november" in html
    assert 'value="Mødet"' in html
    client.post(address, {"title": "Mødet", "day": "2030-11-22"})
    assert EventPage.objects.get().title == "Mødet"


def test_a_document_is_forgotten_when_asked_and_after_a_week(editor, lists, client):
    client.force_login(editor)
    first = read(editor, COMMENTARY, Target.ARTICLE)
    client.post(f"{UPLOAD}{first.pk}/glem/")
    assert not DocumentImport.objects.exists()

    waiting = read(editor, COMMENTARY, Target.ARTICLE)
    drafted = read(editor, THEME, Target.THEME)
    make_draft(actor=editor, document=drafted)
    answer = client.post(f"{UPLOAD}{drafted.pk}/glem/", follow=True)
    assert "Slet siden i stedet" in answer.content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert discard_waiting() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert discard_waiting() == 1
        assert discard_waiting() == 0
    assert DocumentImport.objects.get() == drafted
    assert not ImportedParagraph.objects.filter(document_import_id=waiting.pk).exists()


def run(path, *options):
    out = StringIO()
    call_command("import_document", str(path), *options, stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_would_make_and_makes_it(editor, lists, tmp_path):
    path = tmp_path / "tema.txt"
    path.write_text(THEME, encoding="utf-8")

    said = run(path, "--as", "theme", "--dry-run")
    assert "Lost: 0." in said
    assert "Sofie Lund" in said
    assert not DocumentImport.objects.exists()

    said = run(path, "--as", "theme", "--apply", "--by", editor.username)
    assert f"Draft {ThemePage.objects.get().pk}" in said

    with pytest.raises(CommandError, match="At vente"):
        run(path, "--as", "theme", "--apply", "--by", editor.username)
    with pytest.raises(CommandError, match="--by"):
        run(path, "--as", "article", "--apply")
    with pytest.raises(CommandError, match=r"mangler\.txt"):
        run(tmp_path / "mangler.txt", "--as", "article", "--dry-run")
