"""The search page and its suggestions."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from privacy.models import AuditEntry
from search import outbox, registry, tasks
from search.models import ClickLogEntry, QueryLogEntry
from tests.factories.people import EmployeeFactory, MunicipalityFactory, UnitFactory

pytestmark = pytest.mark.django_db
URL = "/soeg/"
QUERIES = 22  # of a page, however many rows it has


@pytest.fixture
def user(client):
    employee = EmployeeFactory()
    client.force_login(employee)
    return employee


def publish(count: int, **more) -> list:
    units = [UnitFactory(name=f"Mentorteam {n}", **more) for n in range(count)]
    outbox.enqueue_many("team", [unit.pk for unit in units])
    tasks.deliver.func()
    return units


def test_the_addresses_are_danish():
    assert (reverse("search:search"), reverse("search:suggest")) == ("/soeg/", "/soeg/forslag/")


def test_strangers_are_sent_to_the_login(client):
    assert client.get(URL, {"q": "mentor"}).status_code == 302
    assert client.get(f"{URL}forslag/", {"q": "mentor"}).status_code == 302


def test_an_empty_page_says_what_it_is_for(client, user, teams):
    answer = client.get(URL)

    assert answer.status_code == 200
    assert "result" not in answer.context


def test_answers_are_shown_marked_with_their_address(client, user, teams):
    (unit,) = publish(1, kind="<b>ro</b>")

    page = client.get(URL, {"q": "mentor"}).content.decode()

    assert f'<a href="/team/{unit.pk}/" ping="/soeg/aabnet/?hit=' in page
    assert "<mark>Mentorteam</mark> 0</a>" in page
    assert "Et team om &lt;b&gt;ro&lt;/b&gt;" in page
    assert "<strong>1 " in page


def test_an_answer_says_what_its_app_says_besides(client, user, teams):
    asked = []
    registry.unregister("team")
    registry.register(
        replace(teams, remarks=lambda pks: asked.append(pks) or {pks[0]: "brugt i 22 sparringer"})
    )
    publish(3)

    rows = client.get(URL, {"q": "mentorteam"}).context["rows"]

    assert len(asked) == 1
    assert len(asked[0]) == 3
    assert [row.meta.endswith("· brugt i 22 sparringer") for row in rows] == [True, False, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_database_queries_does_not_grow(
    client, user, teams, rows, django_assert_num_queries
):
    publish(rows)
    client.get(URL, {"q": "mentorteam"})

    with django_assert_num_queries(QUERIES):
        assert len(client.get(URL, {"q": "mentorteam"}).context["rows"]) == rows


def test_filters_chips_and_pages_keep_the_address(client, user, teams):
    publish(12, municipality=MunicipalityFactory(name="Vejle"))
    publish(1, municipality=MunicipalityFactory(name="Kolding"))

    answer = client.get(URL, {"q": "mentor", "municipality": "Vejle", "sort": "title"})

    (group,) = answer.context["groups"]
    assert [(o.label, o.count, o.selected) for o in group.options] == [
        ("Vejle", 12, True),
        ("Kolding", 1, False),
    ]
    assert answer.context["chips"] == [("Vejle", "?q=mentor&sort=title")]
    assert answer.context["result"].total == 12
    assert answer.context["page_obj"].paginator.num_pages == 2
    second = client.get(URL, {"q": "mentor", "municipality": "Vejle", "page": "2"})
    assert len(second.context["rows"]) == 2


def test_a_misspelt_word_says_what_else_is_shown(client, user, teams):
    publish(1)

    assert "<strong>mentorteam</strong>" in client.get(URL, {"q": "mentortem"}).content.decode()


def test_nothing_found_says_what_to_do(client, user, teams):
    page = client.get(URL, {"q": "zebrafisk", "year": "2020"}).content.decode()

    assert "empty-state" in page
    assert "/historier/oensker/nyt/?emne=zebrafisk" in page
    assert 'href="?q=zebrafisk"' in page


@pytest.mark.parametrize(
    "address",
    [
        "?q=mentor&page=999999", "?q=mentor&page=x", "?q=mentor&sort=x&in=x", "?q=%00&type=",
        "?q=mentor&type=%27%3B&year=abc", "?page=²&q=a",
    ],
)  # fmt: skip
def test_strange_addresses_give_a_page(client, user, teams, address):
    assert client.get(URL + address).status_code in (200, 422)


def test_a_cpr_number_is_refused_and_goes_nowhere(client, user, teams):
    answer = client.get(URL, {"q": "borger 010203-1234"})

    assert answer.status_code == 422
    assert "form-error-message" in answer.content.decode()
    assert QueryLogEntry.objects.count() == 0
    assert not AuditEntry.objects.filter(action="search.run").exists()


def test_the_query_is_logged_without_and_the_search_audited_with_the_person(client, user, teams):
    publish(1)

    client.get(URL, {"q": "Mentor"})
    client.get(URL, {"q": "Mentor", "page": "2"})

    assert list(QueryLogEntry.objects.values_list("query", "hits")) == [("mentor", 1)]
    entries = AuditEntry.objects.filter(action="search.run")
    assert [entry.actor_id for entry in entries] == [user.pk, user.pk]
    assert "entor" not in str([entry.details for entry in entries])


def test_suggestions_are_readable_titles(client, user, teams):
    (unit,) = publish(1)
    publish(1, kind="secret")

    found = client.get(f"{URL}forslag/", {"q": "ment"}).json()

    url = f"/team/{unit.pk}/"
    assert found == {"suggestions": [{"title": "Mentorteam 0", "type": "Team", "url": url}]}
    assert client.get(f"{URL}forslag/", {"q": ""}).json() == {"suggestions": []}


def test_an_opened_answer_is_remembered_without_the_person(client, user, teams):
    (unit,) = publish(1)
    row = client.get(URL, {"q": "Mentor"}).context["rows"][0]

    for hit in (row.reference, row.reference[:-1] + "!", ""):
        address = f"{URL}aabnet/?{urlencode({'hit': hit})}"
        assert client.post(address).status_code == 204

    entry = ClickLogEntry.objects.get()
    assert (entry.query, entry.document, entry.position) == ("mentor", f"team:{unit.pk}", 1)
    assert not [field.name for field in ClickLogEntry._meta.get_fields() if field.is_relation]


def test_what_is_opened_after_a_search_for_somebody_is_not_remembered(client, user, teams):
    publish(1)

    page = client.get(URL, {"q": "mentor mette hansen"})

    assert page.context["rows"][0].reference == ""
    assert "ping=" not in page.content.decode()
    assert QueryLogEntry.objects.count() == 0


def test_the_reserve_is_announced(client, user, teams, settings):
    publish(1)
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"

    answer = client.get(URL, {"q": "mentor"})

    assert answer.context["result"].fallback is True
    assert "alert-warning" in answer.content.decode()
