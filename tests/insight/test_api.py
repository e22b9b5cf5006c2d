"""/api/v1/: the same answers to the same people as the search page gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from insight import api
from people.roles import Role
from privacy.models import AuditEntry
from search import outbox, registry, tasks
from search.models import QueryLogEntry
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import ActionFactory, CaseFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/search"
CANARY = "blåmejse"


@pytest.fixture
def user(client):
    employee = EmployeeFactory()
    client.force_login(employee)
    return employee


def case_with_canary(owner, **more):
    """A case of `owner` that is in the index with a word nobody else uses."""
    case = CaseFactory(owner=owner, **more)
    ActionFactory(case=case, what=f"Praktik hos en {CANARY} på havnen")
    outbox.enqueue("case", case.pk)
    tasks.deliver.func()
    return case


def ask(client, **parameters):
    return client.get(URL, parameters)


def test_the_addresses():
    assert reverse("api:search") == URL
    assert reverse("api:openapi-json") == "/api/v1/openapi.json"


@pytest.mark.parametrize("address", ["", "openapi.json", "search?q=praktik"])
def test_strangers_are_sent_to_the_login(client, address):
    answer = client.get(f"/api/v1/{address}")

    assert (answer.status_code, answer["Location"][:13]) == (302, "/konto/login/")


def test_an_account_that_was_closed_gets_nothing(client, user):
    case_with_canary(user)
    user.is_active = False
    user.save()

    assert CANARY not in ask(client, q=CANARY, type="case").content.decode()


def test_ones_own_case_is_found_in_the_form_that_is_promised(client, user):
    case = case_with_canary(user)

    answer = ask(client, q=CANARY, type="case")

    assert answer.json() == {
        "total": 1,
        "page": 1,
        "size": 10,
        "hits": [
            {
                "id": f"case:{case.pk}",
                "type": "case",
                "title": f"Sag {case.code}",
                "url": f"/sager/{case.code}/",
                "snippet_html": answer.json()["hits"][0]["snippet_html"],
                "published": None,
            }
        ],
    }
    assert f"<mark>{CANARY}</mark>" in answer.json()["hits"][0]["snippet_html"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("role", Role.values)
def test_somebody_elses_case_is_never_found(client, role):
    owner = EmployeeFactory()
    case = case_with_canary(owner)
    client.force_login(EmployeeFactory(unit=owner.unit, roles=[role]))

    for parameters in ({"q": CANARY}, {"q": case.code}, {"q": ""}):
        answer = ask(client, type="case", **parameters)
        assert answer.json() == {"total": 0, "page": 1, "size": 10, "hits": []}
    assert CANARY not in ask(client, q=CANARY).content.decode()


def test_a_case_that_changed_hands_is_not_found_by_the_one_who_had_it(client, user):
    case = case_with_canary(user)
    case.owner = EmployeeFactory()
    case.save()  # the index still says otherwise: the second look decides

    assert ask(client, q=CANARY, type="case").json()["hits"] == []


def test_cases_are_looked_for_only_when_asked_for(client, user):
    case_with_canary(user)

    assert ask(client, q=CANARY).json()["total"] == 0


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"q": "mentor", "page": "0"}, "page skal være et helt tal fra 1 til 10000."),
        ({"q": "mentor", "page": "to"}, "page skal være et helt tal fra 1 til 10000."),
        ({"q": "mentor", "size": "51"}, "size skal være et helt tal fra 1 til 50."),
        (
            {"q": "mentor", "page": "-1", "size": "x"},
            "page skal være et helt tal fra 1 til 10000. size skal være et helt tal fra 1 til 50.",
        ),
        (
            {"q": "mentor", "page": "1001"},
            "Siderne slutter ved svar nummer 10000: søg mere præcist.",
        ),
        ({}, "Skriv, hvad der skal søges efter: q, type eller begge dele."),
        ({"q": "  "}, "Skriv, hvad der skal søges efter: q, type eller begge dele."),
        (
            {"q": "borger 010203-1234"},
            "Det ligner et CPR-nummer. Fjern det: ingen har brug for det her.",
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(client, user, parameters, sentence):
    answer = ask(client, **parameters)

    assert (answer.status_code, answer.json()) == (422, {"detail": sentence})
    assert QueryLogEntry.objects.count() == 0
    assert not AuditEntry.objects.filter(action="search.run").exists()


def test_a_type_that_does_not_exist_is_answered_with_those_that_do(client, user):
    known = ", ".join(sorted(source.type for source in registry.sources()))

    answer = ask(client, q="mentor", type="spøgelse")

    assert answer.status_code == 422
    assert answer.json() == {"detail": f"type skal være en af disse: {known}."}


def test_more_than_the_page_takes_is_refused(client, user):
    answer = ask(client, q="a" * 201)

    assert answer.status_code == 422
    assert list(answer.json()) == ["detail"]


def test_pages_hold_as_many_as_asked_for(client, user):
    for _ in range(3):
        case_with_canary(user)

    first = ask(client, q=CANARY, type="case", size=2).json()
    second = ask(client, q=CANARY, type="case", size=2, page=2).json()

    assert [first["total"], second["total"]] == [3, 3]
    assert [len(first["hits"]), len(second["hits"])] == [2, 1]
    assert len({hit["id"] for hit in first["hits"] + second["hits"]}) == 3


QUERIES = 16


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_database_queries_does_not_grow(
    client, user, rows, django_assert_num_queries
):
    for _ in range(rows):
        case_with_canary(user)
    ask(client, q=CANARY, type="case")

    with django_assert_num_queries(QUERIES):
        assert ask(client, q=CANARY, type="case").json()["total"] == rows


def test_the_query_is_remembered_without_and_the_search_audited_with_the_person(client, user):
    ask(client, q="Mentor")
    ask(client, q="Mentor", page=2)

    assert list(QueryLogEntry.objects.values_list("query", "hits")) == [("mentor", 0)]
    entries = AuditEntry.objects.filter(action="search.run")
    assert [entry.actor_id for entry in entries] == [user.pk, user.pk]
    assert "entor" not in str([entry.details for entry in entries])


def test_a_person_who_asks_too_often_waits_and_others_do_not(client, user, monkeypatch):
    monkeypatch.setattr(api, "CALLS", replace(api.CALLS, most=2))

    answers = [ask(client, q="mentor") for _ in range(3)]
    client.force_login(EmployeeFactory())

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json() == {
        "detail": "Det var mange søgninger på én gang. Vent et minut, og fortsæt."
    }
    assert answers[-1]["Retry-After"] == "60"
    assert ask(client, q="mentor").status_code == 200


def test_only_reading(client, user):
    assert client.post(URL, {"q": "mentor"}).status_code == 405


def test_the_description_names_what_is_served(client, user):
    description = client.get("/api/v1/", follow=True).json()

    assert list(description["paths"]) == [URL]
    operation = description["paths"][URL]["get"]
    assert [p["name"] for p in operation["parameters"]] == ["q", "type", "page", "size"]
    assert operation["security"] == [{"SessionAuth": []}]


def test_there_is_no_page_of_other_peoples_scripts(client, user):
    assert client.get("/api/v1/docs/").status_code == 404
