"""A theme in easy language: chosen at the top of its page, labelled, and found by search."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from kb.models import ThemePage
from kb.search_documents import theme_document
from tests.factories.kb import ThemePageFactory

pytestmark = pytest.mark.django_db
WHOLE, EASY = "Den lange indledning.", "Det korte.\n\nOg lidt til."


def test_the_theme_leads_to_its_easy_version_and_back():
    theme = ThemePageFactory(intro=WHOLE, easy_read=EASY, is_open=True)

    whole, easy = Client().get(theme.url).text, Client().get(f"{theme.url}?let=1").text

    assert WHOLE in whole.split("<main")[1]
    assert "Det korte." not in whole
    assert f'href="{theme.url}?let=1">Læs den lette udgave' in whole
    assert "<p>Det korte.</p>" in easy
    assert "<p>Og lidt til.</p>" in easy
    assert "Let at læse" in easy
    assert WHOLE not in easy.split("<main")[1]
    assert f'href="{theme.url}">Læs hele temaet' in easy


@pytest.mark.parametrize("asked", ["", "?let=1"])
def test_a_theme_without_one_is_shown_whole_and_offers_none(asked):
    theme = ThemePageFactory(intro=WHOLE, is_open=True)

    page = Client().get(f"{theme.url}{asked}").text

    assert WHOLE in page.split("<main")[1]
    assert "Læs den lette udgave" not in page
    assert "Let at læse" not in page


def test_it_is_found_by_search():
    theme = ThemePageFactory(easy_read=EASY)

    assert "Det korte." in theme_document(ThemePage.objects.get(pk=theme.pk)).body


def test_it_holds_no_cpr_number():
    with pytest.raises(ValidationError):
        ThemePageFactory(easy_read="Borgeren 010190-1234 sagde ja.")
