"""Which published pages have numbers without a source is known without reading all pages."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import Page

from sources.domain.unsourced import note_all, unsourced_pages
from sources.models import UnsourcedPage
from tests.factories.kb import StandardPageFactory

pytestmark = pytest.mark.django_db


def titles():
    return [page.title for page in unsourced_pages()]


def test_it_follows_what_is_published():
    page = StandardPageFactory(title="Tal", intro="Det er 27 %, ikke 8 %.")
    assert titles() == ["Tal"]
    assert UnsourcedPage.objects.get().numbers == 2

    page.intro = "Ingen tal."
    draft = page.save_revision()
    assert titles() == ["Tal"]
    draft.publish()
    assert titles() == []


def test_a_page_that_is_taken_down_or_deleted_is_no_longer_named():
    down, gone = (StandardPageFactory(intro="Det er 27 %.") for _ in range(2))
    down.unpublish()
    assert list(unsourced_pages()) == [Page.objects.get(pk=gone.pk)]
    gone.delete()
    assert not UnsourcedPage.objects.exists()


def test_what_the_table_missed_is_found_in_the_night():
    kept = StandardPageFactory(title="Ny", intro="Det er 27 %.")
    other = StandardPageFactory(title="Gammel")
    UnsourcedPage.objects.all().delete()
    UnsourcedPage.objects.create(page=other, numbers=3)

    assert note_all() == 1

    assert list(UnsourcedPage.objects.values_list("page", "numbers")) == [(kept.pk, 1)]


def test_none_is_no_row():
    with pytest.raises(IntegrityError), transaction.atomic():
        UnsourcedPage.objects.create(page=StandardPageFactory(), numbers=0)
