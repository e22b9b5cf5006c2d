"""One switch says who sees a page: the page itself, lists, and what the admin tells of it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from events.models import EventIndexPage
from kb.models import PublicationIndexPage, ThemeIndexPage
from kb.models.base import Visibility
from tests.factories.events import EventPageFactory
from tests.factories.kb import (
    CollectionPageFactory,
    PublicationPageFactory,
    StandardPageFactory,
    ThemePageFactory,
    home,
)
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_opened, make_theme

pytestmark = pytest.mark.django_db
KINDS = [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS, PageViewRestriction.PASSWORD]
OPEN, LOGIN, NONE = "Åben for alle", "Kun for dem, der er logget ind", "Ikke udgivet"


def login(**roles):
    client = Client()
    client.force_login(EmployeeFactory(**roles))
    return client


def restrict(page, kind):
    row = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    row.groups.add(Group.objects.get_or_create(name="Lukket")[0])


def said(html):
    """What the status line says of who sees the page."""
    return re.search(r"Hvem ser siden:</span>\s*([^<]+?)\s*</h3>", html)[1]


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_wagtails_privacy_break_no_page_and_open_none(kind):
    theme, text = ThemePageFactory(), StandardPageFactory(is_open=True)
    restrict(home(), kind)
    restrict(theme.get_parent(), kind)

    assert Client().get("/").status_code == 200
    assert Client().get(text.url).status_code == 200
    closed = Client().get(theme.url)
    assert (closed.status_code, closed["Location"].split("?")[0]) == (302, "/konto/login/")
    assert login().get(theme.url).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_in_a_collection_with_such_a_row_breaks_nothing_either(kind):
    collection = Collection.get_first_root_node().add_child(name="Lukket")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=kind, password="x"
    )
    file = Document.objects.create(
        title="Notat", file=ContentFile(b"Tekst.", name="notat.txt"), collection=collection
    )

    expected = 200 if kind == PageViewRestriction.LOGIN else 403
    assert Client().get(file.url).status_code == 302
    response = login().get(file.url)
    response.close()
    file.file.close()
    assert response.status_code == expected


@pytest.mark.parametrize("roles", [{"editor": True}, {"administrator": True, "is_superuser": True}])
def test_wagtails_privacy_cannot_be_asked_for(roles):
    collection = Collection.get_first_root_node().add_child(name="Filer")
    client = login(**roles)

    for name, pk in (("pages", home().pk), ("collections", collection.pk)):
        address = reverse(f"wagtailadmin_{name}:set_privacy", args=[pk])
        assert client.get(address).status_code == 403
        assert client.post(address, {"restriction_type": "login"}).status_code == 403
    assert "set-privacy" not in client.get(f"/redaktion/collections/{collection.pk}/").text
    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize(
    ("made", "shown"),
    [({"is_open": True}, OPEN), ({}, LOGIN), ({"is_open": True, "live": False}, NONE)],
)
def test_the_admin_says_who_sees_a_page(made, shown):
    page = StandardPageFactory(**made)
    html = login(editor=True).get(f"/redaktion/pages/{page.pk}/edit/").text

    assert said(html) == shown
    tag = re.findall(r'page-status-tag"[^>]* aria-label="([^"]*)\.', html)
    assert set(tag) == (set() if shown == NONE else {shown})
    assert "set-privacy" not in html
    assert "Synlig for alle" not in html
    assert "Visible to all" not in html


def test_a_switch_in_a_draft_is_not_yet_said_to_hold():
    page = StandardPageFactory(is_open=False)
    page.is_open = True
    page.save_revision()

    html = login(editor=True).get(f"/redaktion/pages/{page.pk}/edit/").text

    assert said(html) == LOGIN
    assert page.visibility() == Visibility.LOGIN


@pytest.mark.parametrize("address", ["/redaktion/pages/{}/", "/redaktion/choose-page/{}/"])
def test_no_list_of_the_admin_calls_closed_pages_visible_to_all(address):
    page = ThemePageFactory().get_parent()
    response = login(editor=True).get(address.format(page.pk))

    assert response.status_code == 200
    assert "Visible to all" not in response.text
    assert "Synlig for alle" not in response.text


def test_a_new_page_can_be_begun():
    parent = home()
    address = reverse("wagtailadmin_pages:add", args=["kb", "standardpage", parent.pk])

    assert said(login(editor=True).get(address).text) == NONE


def _theme_with(**made):
    theme = ThemePageFactory(is_open=True)
    PublicationPageFactory(themes=[theme], title="Bog A", is_open=True)
    return theme, PublicationPageFactory(themes=[theme], title="Bog B", **made)


def lists():
    """Opened lists, each with a closed page that it would name to those who are logged in."""
    theme, book = _theme_with()
    yield theme, book.title
    beside = ThemePageFactory(nav_title="Et lukket tema")
    yield theme, beside.nav_title
    yield ThemeIndexPage.objects.get(), beside.nav_title
    yield PublicationIndexPage.objects.get(), book.title
    event = EventPageFactory(title="Et lukket møde", date=date(2099, 1, 1))
    yield EventIndexPage.objects.get(), event.title
    collection = CollectionPageFactory(title="Lukkede metoder", collection="methods")
    yield ThemeIndexPage.objects.get(), collection.title
    open_book = PublicationPageFactory(themes=[beside], title="Bog C", is_open=True)
    yield open_book, beside.nav_title
    meeting = EventPageFactory(themes=[beside], is_open=True, next_event=event)
    yield meeting, beside.nav_title
    yield meeting, event.title


def test_an_opened_list_never_names_its_closed_pages_to_a_visitor():
    pairs = list(lists())
    for page, _title in pairs:
        Page.objects.get(pk=page.pk).specific_class.objects.filter(pk=page.pk).update(is_open=True)

    for page, title in pairs:
        assert title in login().get(page.url).text, (page, title)
        visited = Client().get(page.url)
        assert visited.status_code == 200, page
        assert title not in visited.text, (page, title)


def test_an_opened_list_names_its_open_pages_to_a_visitor():
    theme, _book = _theme_with()

    assert "Bog A" in Client().get(theme.url).text


def test_an_open_story_names_no_closed_page_to_a_visitor():
    theme = make_theme(nav_title="Et lukket tema")
    book = PublicationPageFactory(title="En lukket bog")
    story = make_opened(themes=[theme], publication=book)

    for title in ("Et lukket tema", "En lukket bog"):
        assert title in login().get(story.url).text
        assert title not in Client().get(story.url).text
