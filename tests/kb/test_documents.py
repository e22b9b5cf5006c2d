"""What of the knowledge base can be found, and by whom."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.documents.models import Document as File

from kb.indexing import sections
from kb.models import Collection
from search import registry
from search.models import OutboxEvent
from search.outbox import deliver_batch
from search.services import search_for
from tests.factories.kb import (
    CollectionPageFactory,
    EvidenceCardFactory,
    KeyFigureFactory,
    OfferFactory,
    PhraseFactory,
    PublicationPageFactory,
    QuestionCardFactory,
    StandardPageFactory,
    ThemePageFactory,
)
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_published

pytestmark = pytest.mark.django_db


def document(type_, instance):
    return registry.source(type_).document(instance, version=1)


def test_a_theme_is_found_by_the_words_of_its_dilemmas_too():
    theme = ThemePageFactory(
        title="Tro uden handling",
        dilemmas=[("dilemma", {"question": "Hvem venter på hvem?", "positions": ["Vi venter."]})],
        body=[("heading", "Stilstand"), ("points", ["Ring i dag"])],
    )

    found = document("theme", theme)

    assert (found.title, found.url) == ("Tro uden handling", theme.url)
    assert found.topics == (theme.nav_title,)
    for words in ("Hvem venter på hvem?", "Vi venter.", "Stilstand", "Ring i dag"):
        assert words in found.body


@pytest.mark.parametrize(
    ("type_", "make", "moment"),
    [
        ("page", StandardPageFactory, "first_published_at"),
        ("story", make_published, "approved_at"),
        ("file", lambda: File(title="Vejledning", pk=1), "created_at"),
    ],
)
def test_a_day_is_the_calendars_at_home_and_not_that_of_utc(type_, make, moment):
    instance = make()
    setattr(instance, moment, datetime(2025, 12, 31, 23, 30, tzinfo=UTC))

    found = document(type_, instance)

    assert found.published == date(2026, 1, 1)
    assert found.year in (None, 2026)


@pytest.mark.parametrize(("is_open", "tokens"), [(True, {"open"}), (False, {"login"})])
def test_a_page_is_found_by_those_who_may_read_it(is_open, tokens):
    page = StandardPageFactory(is_open=is_open)

    assert document("page", page).acl == tokens
    visible = registry.source("page").visible
    assert list(visible(AnonymousUser(), [str(page.pk)])) == ([page.pk] if is_open else [])
    assert list(visible(EmployeeFactory(), [str(page.pk)])) == [page.pk]


def test_drafts_and_unlisted_things_are_not_found():
    assert document("publication", PublicationPageFactory(live=False)) is None
    assert document("phrase", PhraseFactory()) is None
    assert list(registry.source("key_figure").queryset()) == []
    KeyFigureFactory()
    assert list(registry.source("key_figure").queryset()) == []


ITEMS = {
    "offer": (OfferFactory, Collection.OFFERS),
    "phrase": (PhraseFactory, Collection.PHRASES),
    "key_figure": (lambda: KeyFigureFactory(live=True), Collection.FIGURES),
    "evidence": (EvidenceCardFactory, Collection.EVIDENCE),
    "question_card": (QuestionCardFactory, Collection.QUESTIONS),
}


@pytest.mark.parametrize("type_", ITEMS)
def test_a_list_entry_has_an_address_that_stands_on_its_page(client, type_):
    make, collection = ITEMS[type_]
    page = CollectionPageFactory(collection=collection)
    item = make()
    client.force_login(EmployeeFactory())

    found = document(type_, item)

    address, _, anchor = found.url.partition("#")
    assert address == page.url
    assert found.acl == {"login"}
    assert f'id="{anchor}"' in client.get(address).content.decode()
    assert list(registry.source(type_).visible(EmployeeFactory(), [str(item.pk)])) == [item.pk]
    assert list(registry.source(type_).visible(AnonymousUser(), [str(item.pk)])) == []


def test_a_saved_publication_is_found_and_a_withdrawn_one_is_not(settings):
    settings.ELASTICSEARCH_URL = ""
    employee = EmployeeFactory()
    page = PublicationPageFactory(title="Kollegial sparring i praksis", themes=[])
    deliver_batch()
    found = search_for(employee, "sparring")
    assert [hit.title for hit in found.hits] == ["Kollegial sparring i praksis"]

    page.unpublish()
    deliver_batch()

    assert search_for(employee, "sparring").total == 0


def test_a_renamed_theme_and_a_moved_section_are_told_to_search():
    theme = ThemePageFactory()
    publication = PublicationPageFactory(themes=[theme])
    card = QuestionCardFactory(theme=theme)
    OutboxEvent.objects.all().delete()

    theme.nav_title = "Et nyt navn"
    theme.save()
    told = set(OutboxEvent.objects.values_list("source", "object_id"))
    assert told >= {
        ("publication", str(publication.pk)),
        ("question_card", str(card.pk)),
    }

    OutboxEvent.objects.all().delete()
    index = publication.get_parent().specific
    index.slug = "udgivelser"
    index.save_revision().publish()
    assert ("publication", str(publication.pk)) in OutboxEvent.objects.values_list(
        "source", "object_id"
    )


def test_every_section_tells_of_the_pages_below_it_but_the_front_page():
    names = {section.__name__ for section in sections()}

    assert names == {"ThemeIndexPage", "PublicationIndexPage", "StandardPage"}
