"""Numbers without a source in the editors' admin: shown while writing, asked about once."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.rich_text import RichText

from content_check.models import AskedAbout
from kb.domain.permissions import sync_groups
from kb.models import StandardPage
from privacy.models import AuditEntry
from sources.number_check import unsourced_numbers
from tests.factories.events import EventPageFactory
from tests.factories.kb import (
    KeyFigureFactory,
    PublicationPageFactory,
    StandardPageFactory,
    home,
)
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
REPORT = "/redaktion/sider-uden-kilder/"


def text(words):
    return "paragraph", RichText(f"<p>{words}</p>")


def found(page):
    return [one.number for one in unsourced_numbers(page)]


@pytest.fixture
def editor():
    client = Client()
    client.force_login(EmployeeFactory(editor=True))
    sync_groups()
    return client


def form(page, *paragraphs, **changes):
    """What the page's form sends: paragraphs, and notes of a source where one is given."""
    blocks = {"body-count": str(len(paragraphs))}
    for place, block in enumerate(paragraphs):
        kind = "paragraph" if isinstance(block, str) else "source_note"
        blocks |= {
            f"body-{place}-deleted": "",
            f"body-{place}-order": str(place),
            f"body-{place}-type": kind,
            f"body-{place}-id": "",
        }
        if kind == "paragraph":
            blocks[f"body-{place}-value"] = raw(block)
        else:
            blocks[f"body-{place}-value-source"] = str(block.pk)
            blocks[f"body-{place}-value-quote"] = blocks[f"body-{place}-value-place"] = ""
    comments = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    return {"title": "Siden", "slug": "siden", "intro": "", **blocks, **comments, **changes}


def raw(words):
    """A paragraph as the editor's text field sends it."""
    return (
        f'{{"blocks":[{{"key":"a","text":"{words}","type":"unstyled","depth":0,'
        '"inlineStyleRanges":[],"entityRanges":[],"data":{}}],"entityMap":{}}'
    )


def publish(client, page, *paragraphs):
    address = f"/redaktion/pages/{page.pk}/edit/"
    data = form(page, *paragraphs, slug=page.slug, **{"action-publish": "action-publish"})
    return client.post(address, data, follow=True).content.decode()


def published(page):
    return "".join(str(block.value) for block in StandardPage.objects.get(pk=page.pk).body)


def test_a_number_counts_as_sourced_by_note_figure_or_as_an_example():
    figure = KeyFigureFactory(live=True, statement="Ca. 6 % kommer i gang.")
    body = [
        text("Vi hørte 27 %."),
        ("source_note", {"source": SourceFactory()}),
        text("Tænk på 50 %."),
        ("own_example", None),
        ("key_figure", figure),
        text("Og så 32 %."),
        ("source_note", {"source": None}),
    ]

    page = StandardPageFactory(body=body, intro="Kun 6 % kommer i gang, ikke 8 %.")

    assert found(page) == ["8 %", "32 %"] or found(page) == ["32 %", "8 %"]


def test_the_abstract_of_a_publication_has_the_publication_behind_it():
    abstract = "Det var 16–20 procent."

    assert found(PublicationPageFactory(abstract=abstract, source=SourceFactory())) == []
    assert found(PublicationPageFactory(abstract=abstract)) == ["16–20 procent"]


def test_publishing_asks_once_and_keeps_what_was_written(editor):
    page = StandardPageFactory(body=[text("Gammel tekst.")])

    first = publish(editor, page, "Nu er det 27 %.")
    assert "Gemt som kladde og ikke udgivet. Tal uden kilde: 27 %." in first
    assert "27 %" not in published(page)
    page.refresh_from_db()
    assert "27 %" in page.get_latest_revision_as_object().body[0].value.source

    second = publish(editor, page, "Nu er det 27 %.")
    assert "ikke udgivet" not in second
    assert "27 %" in published(page)
    entry = AuditEntry.objects.get(action="content.publish_although_asked")
    assert (entry.object_id, entry.details) == (str(page.pk), {"numbers": 1})

    third = publish(editor, page, "Nu er det 27 %. Eller 28 %.")
    assert "Tal uden kilde: 27 %, 28 %." in third
    assert AskedAbout.objects.count() == 2


def test_with_a_source_nothing_is_asked(editor):
    page = StandardPageFactory(body=[text("Gammel tekst.")])

    publish(editor, page, "Nu er det 27 %.", SourceFactory())

    assert "27 %" in published(page)
    assert not AskedAbout.objects.exists()


def test_a_new_page_stays_a_draft_until_the_second_time(editor):
    parent = home()
    address = f"/redaktion/pages/add/kb/standardpage/{parent.pk}/"
    data = form(None, "Det er 27 %.", **{"action-publish": "action-publish"})

    editor.post(address, data)

    page = StandardPage.objects.get(slug="siden")
    assert (page.live, found(page)) == (False, ["27 %"])
    publish(editor, page, "Det er 27 %.")
    page.refresh_from_db()
    assert page.live


def test_the_report_names_published_pages_alone(editor):
    StandardPageFactory(title="Uden kilde", body=[text("Nu er det 27 %.")])
    StandardPageFactory(title="Kladden", body=[text("Nu er det 28 %.")], live=False)
    EventPageFactory(title="Arrangementet", summary_points="Chancen øges med 32 procent.")
    StandardPageFactory(title="Uden tal", body=[text("Ord.")])

    html = editor.get(REPORT).content.decode()

    names = ("Uden kilde", "Kladden", "Arrangementet", "Uden tal")
    assert [name for name in names if f">{name}</a>" in html] == ["Uden kilde", "Arrangementet"]
    assert "32 procent" in editor.get(f"{REPORT}?export=csv").getvalue().decode()


def test_a_caseworker_does_not_read_the_report():
    client = Client()
    client.force_login(EmployeeFactory())

    assert client.get(REPORT).status_code == 403
