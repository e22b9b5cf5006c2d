"""Footnotes in running text: from the editor to the store, and from there to every reader."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import RichText

from kb.domain.permissions import sync_groups
from kb.models import StandardPage
from search import registry
from sources.citing import cited_by
from sources.footnotes import cited_in, numbered
from sources.models import Source
from sources.notes import Note, note_html, notes_in, with_note_at_end
from sources.number_check import unsourced_numbers
from tests.factories.articles import ArticlePageFactory
from tests.factories.kb import StandardPageFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
WINDOW = "/redaktion/kilder/fodnote/"
FEATURES = ["bold", "link", "ul", "source-note"]


def text(*parts):
    return "paragraph", RichText(f"<p>{''.join(parts)}</p>")


def read(page):
    return Client().get(page.url).content.decode()


def listed(html):
    return html[html.index('id="kilder"') :]


@pytest.fixture
def source():
    return SourceFactory(title="VIVE-notatet", written_by=[("Ane", "Holm")], year=2019)


@pytest.fixture
def editor():
    client = Client()
    client.force_login(EmployeeFactory(editor=True))
    sync_groups()
    return client


def test_what_is_kept_of_a_note_comes_back_with_its_marks():
    quote = 'Tro & »håb« "<3"'
    html = f"<p>Før{note_html(7, quote=quote, place='s. 14')} efter.</p>"

    assert list(notes_in(html)) == [Note(7, quote, "s. 14")]


@pytest.mark.parametrize("broken", ['id="x"', 'id="-1"', 'id="²"', ""])
def test_a_note_that_points_at_nothing_is_no_error(broken):
    html = f'<p>Tekst.<embed embedtype="source" {broken}/></p>'

    assert [note.source_id for note in notes_in(html)] == [0]
    page = StandardPageFactory(body=[("paragraph", RichText(html))], is_open=True)
    assert list(cited_in(page.body)) == []
    assert "source-mark" not in read(page)


def test_a_note_goes_to_the_end_of_the_last_paragraph():
    assert with_note_at_end("<p>Et.</p><p>To.</p>", "N") == "<p>Et.</p><p>To.N</p>"
    assert with_note_at_end("Bart", "N") == "BartN"


def test_the_editor_shows_the_source_and_gives_back_what_it_was_given(source):
    converter = ContentstateConverter(features=FEATURES)
    kept = note_html(source.pk, quote="Ordret.", place="s. 14")

    shown = json.loads(converter.from_database_format(f"<p>Før{kept} og <b>efter</b>.</p>"))

    (block,) = shown["blocks"]
    assert block["text"] == "Før[Holm 2019] og efter."
    (range_,) = block["entityRanges"]
    entity = shown["entityMap"][str(range_["key"])]
    assert (entity["type"], entity["mutability"]) == ("SOURCE_NOTE", "IMMUTABLE")
    assert (range_["offset"], range_["length"]) == (3, len("[Holm 2019]"))
    back = converter.to_database_format(json.dumps(shown))
    assert list(notes_in(back)) == [Note(source.pk, "Ordret.", "s. 14")]
    assert "[Holm" not in back
    assert "og <b>efter</b>." in back


def test_a_reader_meets_numbers_and_finds_the_way_back(source):
    other = SourceFactory(title="BIP-rapporten")
    note = note_html(source.pk, quote="Det er ikke afgjort.", place="s. 14")
    body = [
        text("Først", note_html(other.pk), ", så", note, "."),
        ("box", {"heading": "Boks", "text": RichText(f"<p>Igen{note}</p>")}),
        ("source_note", {"source": other, "quote": "", "place": ""}),
    ]

    html = read(StandardPageFactory(body=body, is_open=True))

    assert re.findall(r">\[(\d)\]</a>", html) == ["1", "2", "2", "1"]
    marks = re.findall(r'<sup class="source-mark" id="(note-[^"]+)"', html)
    assert len(set(marks)) == 4
    assert set(re.findall(r'href="#(note-[^"]+)"', listed(html))) == set(marks)
    assert listed(html).count("s. 14: »Det er ikke afgjort.«") == 2
    assert "<embed" not in html


def test_an_interview_has_them_in_its_answers(source):
    answer = RichText(f"<p>Ja{note_html(source.pk, place='s. 3')}.</p>")
    article = ArticlePageFactory(
        interview=True,
        questions=[("question", {"question": "Virker det?", "answer": answer})],
        is_open=True,
    )

    html = read(article)

    assert "[1]</a>" in html
    assert "VIVE-notatet" in listed(html)
    assert "Virker det?" in html


def test_a_retracted_source_says_so_in_the_text_and_in_the_list(source):
    page = StandardPageFactory(body=[text("Tekst", note_html(source.pk))], is_open=True)
    assert "trukket tilbage" not in read(page).lower()

    source.retracted_on, source.retracted_because = date(2026, 1, 2), "Fejl i data."
    source.save()

    html = read(page)
    assert re.search(r"\[1\]</a> trukket tilbage</sup>", html)
    assert "Fejl i data." in listed(html)


def test_many_notes_cost_one_question(source, django_assert_num_queries):
    body = [text(f"Afsnit {n}", note_html(source.pk)) for n in range(20)]
    page = StandardPage.objects.get(pk=StandardPageFactory(body=body).pk)
    list(page.body)

    with django_assert_num_queries(2):  # the sources, and their authors
        assert len(numbered(cited_in(page.body))[0].notes) == 20


def test_a_number_is_covered_in_the_paragraph_that_has_the_note(source):
    noted = f"Chancen er 12 %{note_html(source.pk)}."
    page = StandardPageFactory(
        body=[("paragraph", RichText(f"<p>{noted}</p><p>Og 40 % ved det ikke.</p>"))]
    )

    assert [one.number for one in unsourced_numbers(page)] == ["40 %"]


def test_search_finds_the_sentence_that_carries_it_and_no_cpr_number_hides_in_it(source):
    note = note_html(source.pk, quote="Ordret citat.", place="s. 14")
    page = StandardPageFactory(body=[text("Tekst", note, ".")])
    block = page.body.stream_block
    words = " ".join(map(str, block.get_searchable_content(page.body)))
    assert "Ordret citat." in words
    assert "Tekst." in words

    hidden = note_html(source.pk, quote="Om 010190-1234 står der meget.")
    page.body = [text("Tekst", hidden)]
    with pytest.raises(ValidationError):
        block.clean(page.body)


def test_a_source_knows_where_it_is_cited_in_running_text_and_stays(source, editor):
    page = StandardPageFactory(title="Siden", body=[text("Tekst", note_html(source.pk))])

    assert [one.title for one in cited_by(source, EmployeeFactory())] == ["Siden"]
    address = f"/redaktion/snippets/sources/source/delete/{source.pk}/"
    editor.post(address)
    assert Source.objects.filter(pk=source.pk).exists()
    page.delete()
    editor.post(address)
    assert not Source.objects.filter(pk=source.pk).exists()


def test_the_window_asks_for_page_and_sentence(editor, source):
    assert "VIVE-notatet" in editor.get(WINDOW).json()["html"]

    asked = editor.get(f"{WINDOW}chosen/{source.pk}/", {"place": "s. 2"}).json()
    assert asked["step"] == "source_note_details"
    assert "Side eller afsnit" in asked["html"]
    assert 'value="s. 2"' in asked["html"]

    chosen = editor.post(
        f"{WINDOW}chosen/{source.pk}/", {"place": "s. 14", "quote": "Ordret."}
    ).json()
    assert chosen == {
        "step": "chosen",
        "result": {
            "id": source.pk, "label": "[Holm 2019]", "place": "s. 14", "quote": "Ordret.",
        },
    }  # fmt: skip


def test_the_window_refuses_a_cpr_number_and_keeps_what_was_written(editor, source):
    answer = editor.post(
        f"{WINDOW}chosen/{source.pk}/", {"place": "s. 14", "quote": "Om 010190-1234."}
    ).json()

    assert answer["step"] == "source_note_details"
    assert "s. 14" in answer["html"]


def test_a_missing_source_is_written_down_on_the_spot(editor):
    answer = editor.post(
        f"{WINDOW}create/",
        {"title": "Ny kilde", "kind": "report", "year": "2020", "publisher": "", "doi": "",
         "url": ""},
    ).json()  # fmt: skip

    assert answer["step"] == "source_note_details"
    assert Source.objects.get().title == "Ny kilde"
    assert f"chosen/{Source.objects.get().pk}/" in answer["html"]


def test_the_window_is_for_editors_only(source):
    client = Client()
    client.force_login(EmployeeFactory())

    assert client.get(WINDOW).status_code == 403
    assert client.post(f"{WINDOW}chosen/{source.pk}/", {}).status_code == 403


def test_sources_are_found_by_those_who_are_logged_in(source):
    found = registry.source("source")
    document = found.document(found.queryset().get(pk=source.pk), 1)

    assert document.title == "VIVE-notatet"
    assert document.year == 2019
    assert "Ane Holm" in document.body
    assert document.acl == {"login"}
    assert list(found.visible(EmployeeFactory(), [str(source.pk)])) == [source.pk]
    assert list(found.visible(AnonymousUser(), [str(source.pk)])) == []


def test_a_doi_leads_straight_to_its_source():
    source = SourceFactory(doi="10.1057/s41599-025-04943-4")
    employee = EmployeeFactory()

    there = f"/kilder/{source.slug}/"
    assert registry.address_of(employee, "https://doi.org/10.1057/S41599-025-04943-4") == there
    assert registry.address_of(employee, "10.1057/findes-ikke") == ""
    assert registry.address_of(AnonymousUser(), "10.1057/s41599-025-04943-4") == ""


def test_the_sources_are_a_click_away():
    client = Client()
    assert 'href="/kilder/"' not in client.get("/konto/login/").content.decode()

    client.force_login(EmployeeFactory())
    assert 'href="/kilder/"' in client.get("/konto/kalender-og-besked/").content.decode()
