"""/api/v1/search for every role and every kind of reader: what the page would show, no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from insight import api
from people.roles import Role
from search.engines import select
from search.engines.base import Document
from search.models import IndexedDocument, Promotion
from search.services import search_for
from tests.factories.kb import StandardPageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/search"
WORD = "blåmejse"


@pytest.fixture(autouse=True)
def on_postgres(settings):
    settings.ELASTICSEARCH_URL = ""


def index(count, **more):
    """Pages that are really there, with the same word in all of them."""
    pages = [StandardPageFactory(title=f"Side {n}", is_open=True) for n in range(count)]
    given = {"acl": frozenset({"login"}), "version": 10**9, "body": WORD, **more}
    select.postgres().index(
        Document(id=f"page:{p.pk}", type="page", title=p.title, url=p.url, **given) for p in pages
    )
    return [f"page:{page.pk}" for page in pages]


def ids(client, **parameters):
    return [hit["id"] for hit in client.get(URL, parameters).json()["hits"]]


@pytest.mark.parametrize("role", Role.values)
def test_every_role_gets_what_the_page_gives_and_nothing_that_is_somebody_elses(client, role):
    reader, other = EmployeeFactory(roles=[role]), EmployeeFactory()
    client.force_login(reader)
    unit, town = reader.unit_id, reader.unit.municipality_id
    mine = [
        *index(1, acl=frozenset({"open"})),
        *index(1, acl=frozenset({"login"})),
        *index(1, acl=frozenset({f"municipality:{town}"})),
        *index(1, acl=frozenset({f"unit:{unit}"})),
        *index(1, acl=frozenset({f"employee:{reader.pk}"})),
    ]
    index(1, acl=frozenset({f"municipality:{other.unit.municipality_id}"}))
    index(1, acl=frozenset({f"unit:{other.unit_id}", f"employee:{other.pk}"}))
    index(1, acl=frozenset())

    answer = client.get(URL, {"q": WORD}).json()

    assert sorted(hit["id"] for hit in answer["hits"]) == sorted(mine)
    assert answer["total"] == search_for(reader, WORD).total == 5


def test_what_is_indexed_but_not_there_is_not_answered(client):
    client.force_login(EmployeeFactory())
    index(2)
    IndexedDocument.objects.filter(title="Side 0").update(document_id="page:999999")

    assert len(ids(client, q=WORD)) == 1


@pytest.mark.parametrize("size", [1, 7, 50])
def test_pages_hold_everything_once_and_in_one_order(client, size):
    client.force_login(EmployeeFactory())
    everything = index(23)

    walked: list[str] = []
    for page in range(1, 25):
        found = ids(client, q=WORD, size=size, page=page)
        walked += found
        if not found:
            break

    assert sorted(walked) == sorted(everything)
    assert walked[:size] == ids(client, q=WORD, size=size)


def test_who_asks_too_often_is_told_when_to_come_back(client, monkeypatch):
    client.force_login(EmployeeFactory())
    monkeypatch.setattr(api, "CALLS", replace(api.CALLS, most=1))
    client.get(URL, {"q": WORD})

    answer = client.get(URL, {"q": WORD})

    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert list(answer.json()) == ["detail"]


def test_the_answer_is_the_one_that_is_described(client):
    client.force_login(EmployeeFactory())
    index(1)
    description = client.get("/api/v1/openapi.json").json()
    schemas = description["components"]["schemas"]
    operation = description["paths"][URL]["get"]

    answer = client.get(URL, {"q": WORD}).json()

    assert set(operation["responses"]) == {"200", "422", "429"}
    assert set(answer) == set(schemas["Answers"]["properties"])
    assert set(answer["hits"][0]) == set(schemas["Found"]["properties"])
    assert set(schemas["Found"]["required"]) <= set(answer["hits"][0])
    limits = {p["name"]: p["schema"] for p in operation["parameters"]}
    assert (limits["size"]["maximum"], limits["page"]["minimum"]) == (50, 1)
    assert limits["q"]["maxLength"] == 200


def test_a_recommendation_holds_here_too(client):
    client.force_login(EmployeeFactory())
    everything = index(3)
    Promotion.objects.create(kind="best", trigger=WORD, document=everything[2], title="x")
    Promotion.objects.create(kind="worst", trigger=WORD, document=everything[0], title="x")

    assert ids(client, q=WORD) == [everything[2], everything[1]]
