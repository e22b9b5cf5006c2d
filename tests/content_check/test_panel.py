"""The panel's address: what the rules say of a form as it stands, for those who may write it."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.rich_text import RichText

from kb.domain.permissions import sync_groups
from kb.models import StandardPage
from stories.models import StoryPage
from tests.factories.images import make_picture
from tests.factories.kb import (
    EvidenceCardFactory,
    KeyFigureFactory,
    PersonFactory,
    StandardPageFactory,
)
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_published
from tests.sources.test_number_editing import form

pytestmark = pytest.mark.django_db


def logged_in(**role):
    client = Client()
    client.force_login(EmployeeFactory(**role))
    sync_groups()
    return client


@pytest.fixture
def editor():
    return logged_in(editor=True)


def address(thing):
    return f"/redaktion/tjek/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/"


def said(client, where, data):
    answer = client.post(where, data)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def test_it_speaks_of_what_is_typed_and_saves_nothing(editor):
    page = StandardPageFactory(title="Siden", body=[("paragraph", RichText("<p>Gammelt.</p>"))])
    before = page.get_latest_revision()

    html = said(editor, address(page), form(page, "Mette fik 27 %.", intro="Læs det hele."))

    assert "2 ting at se på. Intet bliver stoppet." in html
    assert "<strong>Mette</strong>" in html
    assert "<strong>27 %</strong>" in html
    assert "Brødtekst, blok 1: Tekst" in html
    assert "Navne og numre på mennesker" in html
    page.refresh_from_db()
    assert page.get_latest_revision() == before
    assert "Gammelt" in str(page.body[0].value)


def test_what_the_form_refuses_is_spoken_of_all_the_same(editor):
    page = StandardPageFactory()
    html = said(editor, address(page), form(page, "cpr 010190-1234", title="", slug="!!"))
    assert "<strong>010190-1234</strong>" in html


def test_nothing_to_look_at_is_said(editor):
    page = StandardPageFactory()
    html = said(editor, address(page), form(page, "Vi tror på det."))
    assert "Intet at se på." in html
    assert "LIX: for kort til at sige noget" in html


def test_words_of_a_text_are_never_markup(editor):
    page = StandardPageFactory()
    html = said(editor, address(page), form(page, "Ja.", intro="Mette <script>x</script> 27 %"))
    assert "<script>" not in html


def test_a_new_page_and_a_new_entry_are_looked_at_too(editor):
    assert "Mette" in said(
        editor, "/redaktion/tjek/kb/standardpage/ny/", form(None, "Mette kom i praktik.")
    )
    assert "Mette" in said(
        editor, "/redaktion/tjek/kb/offer/ny/", {"purpose": "At Mette prøver en opgave."}
    )
    assert not StandardPage.objects.filter(slug="siden").exists()


def test_rows_of_the_form_are_looked_at_and_those_deleted_are_not(editor):
    card = EvidenceCardFactory()
    rows = {
        "summary": "27 % kom i gang.",
        "sources-TOTAL_FORMS": "1",
        "sources-INITIAL_FORMS": "0",
        "sources-0-quote": "Det sagde Mette.",
        "sources-0-place": "",
    }

    assert "<strong>Mette</strong>" in said(editor, address(card), rows)
    assert "27 %" not in said(editor, address(card), rows)
    rows["sources-0-DELETE"] = "on"
    deleted = said(editor, address(card), rows)
    assert "<strong>Mette</strong>" not in deleted
    assert "<strong>27 %</strong>" in deleted
    assert card.sources.count() == 0


def test_a_picture_that_is_chosen_is_looked_at(editor):
    image = make_picture("a.png")
    person = PersonFactory()

    html = said(editor, address(person), {"photo": str(image.pk), "photo_words": "IMG_1.png"})

    assert "Billeder uden ord" in html
    assert "Intet at se på" in said(editor, address(person), {"photo": "", "photo_words": ""})


@pytest.mark.parametrize(
    "where",
    [
        "/redaktion/tjek/kb/nosuch/ny/",
        "/redaktion/tjek/people/employee/ny/",
        "/redaktion/tjek/kb/standardpage/999999/",
        "/redaktion/tjek/kb/offer/999999/",
    ],
)
def test_what_is_not_there_is_not_found(editor, where):
    assert editor.post(where, {}).status_code == 404


def test_a_story_is_nobodys_here(editor):
    story = make_published()
    assert isinstance(story, StoryPage)
    assert editor.post(address(story), {}).status_code == 404


def test_it_is_asked_by_post_alone(editor):
    assert editor.get(address(StandardPageFactory())).status_code == 405


def test_only_who_may_write_it_is_answered():
    page, figure, person = StandardPageFactory(), KeyFigureFactory(), PersonFactory()
    staff, coordinator, caseworker = (
        logged_in(project_staff=True), logged_in(coordinator=True), logged_in()
    )  # fmt: skip

    assert staff.post(address(page), {}).status_code == 200
    assert staff.post(address(figure), {}).status_code == 200
    assert staff.post(address(person), {}).status_code == 302  # Wagtail's own refusal
    assert coordinator.post(address(page), {}).status_code == 403
    assert coordinator.post("/redaktion/tjek/kb/standardpage/ny/", {}).status_code == 403
    assert caseworker.post(address(page), {}).status_code == 403


def test_the_panel_stands_beside_the_form_with_wagtails_own_checks(editor):
    page = StandardPageFactory()

    html = editor.get(f"/redaktion/pages/{page.pk}/edit/").content.decode()

    assert f'data-content-check="{address(page)}"' in html
    assert "content_check/checks" in html
    assert "data-checks-panel" in html
    assert "guide.wagtail.org" not in html
    new = editor.get(f"/redaktion/pages/add/kb/standardpage/{page.get_parent().pk}/")
    assert 'data-content-check="/redaktion/tjek/kb/standardpage/ny/"' in new.content.decode()
