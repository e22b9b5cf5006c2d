"""What is tagged with a guidepost says so where it is read, and search follows."""

from __future__ import annotations

from functools import partial

import pytest

from kb.models import Collection
from search import registry
from search.models import OutboxEvent
from tests.factories.articles import ArticlePageFactory
from tests.factories.events import EventPageFactory
from tests.factories.kb import (
    CollectionPageFactory,
    GuidepostFactory,
    KeyFigureFactory,
    OfferFactory,
    PhraseFactory,
)
from tests.factories.learning import MethodFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory", [EventPageFactory, MethodFactory, ArticlePageFactory])
def test_rooms_above_follow_a_new_title_and_one_that_is_taken_back(factory):
    guidepost = GuidepostFactory(title="Borgerne virker")
    item = factory(guidepost=guidepost)
    kind = registry.sources_of(type(item))[0].type
    about = {"source": kind, "object_id": str(item.pk)}
    OutboxEvent.objects.all().delete()

    guidepost.save()
    assert OutboxEvent.objects.filter(**about).exists()
    OutboxEvent.objects.all().delete()
    guidepost.unpublish()
    assert OutboxEvent.objects.filter(**about).exists()
    assert item.__class__.objects.get(pk=item.pk).shown_guidepost is None


# --- shown where it is read ---

SHOWN = [
    (OfferFactory, Collection.OFFERS),
    (PhraseFactory, Collection.PHRASES),
    (partial(KeyFigureFactory, live=True), Collection.FIGURES),
]


@pytest.mark.parametrize(("factory", "collection"), SHOWN)
def test_the_lists_say_which_guidepost_an_item_is_tagged_with(
    client, factory, collection, django_assert_max_num_queries
):
    page = CollectionPageFactory(collection=collection, is_open=True)
    factory()
    assert "Pejlemærke" not in client.get(page.url).content.decode()
    for number in range(5):
        factory(guidepost=GuidepostFactory(title=f"Pejling {number}"))

    with django_assert_max_num_queries(24):
        html = client.get(page.url).content.decode()

    for number in range(5):
        assert f"guidepost=Pejling%20{number}" in html


@pytest.mark.parametrize("factory", [EventPageFactory, MethodFactory, ArticlePageFactory])
def test_pages_lead_to_what_else_is_tagged(client, factory):
    item = factory(guidepost=GuidepostFactory(title="Indsatserne virker"))
    client.force_login(EmployeeFactory())

    address = getattr(item, "url", None) or item.get_absolute_url()
    assert "guidepost=Indsatserne%20virker" in client.get(address).content.decode()
