"""The demo's share of search: made once, and a second run makes nothing."""

from __future__ import annotations

import pytest

from people.roles import Role
from search import demo, query_reports
from search.models import SavedSearch, Synonym
from tests.factories.kb import ThemePageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


def test_the_demo_is_made_once(settings):
    settings.ELASTICSEARCH_URL = ""
    ThemePageFactory()
    EmployeeFactory(roles=[Role.EDITOR])
    owner = EmployeeFactory()

    first = demo.load()

    assert first == {
        "synonyms": 1,
        "recommendations": 1,
        "saved searches": 1,
        "searches in vain": sum(map(len, demo.IN_VAIN.values())),
    }
    assert set(demo.load().values()) == {0}
    Synonym.objects.get().full_clean()
    assert SavedSearch.objects.get().owner == owner
    assert {row["query"] for row in query_reports.unanswered()} == set(demo.IN_VAIN)
