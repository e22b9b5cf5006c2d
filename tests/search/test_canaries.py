"""Roles × types of documents × surfaces: a word nobody else uses must not come out anywhere.

Every declared type has one document for each kind of reader, with a canary word of its own. The
documents are there (the engine finds each under the right token), and whoever holds no such
token sees no trace: no hit, total, facet, suggestion, corrected word, relative or log line.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from people.access import acl_tokens
from people.roles import Role
from privacy.models import Tally
from search import registry, services
from search.engines import select
from search.engines.base import INDEXES, Document, SearchRequest
from search.models import QueryLogEntry
from tests.factories.people import EmployeeFactory, UnitFactory

pytestmark = pytest.mark.django_db
SYLLABLES = ("kva", "lum", "brix", "zop", "fyl", "gnu", "wap", "dyk", "tøf", "jæm", "skå", "vus")
READERS = ("municipality", "unit", "employee", "login", "nobody")


def canary(number: int) -> str:
    """A word of no language, the same each time, far in spelling from the others."""
    first, rest = divmod(number, len(SYLLABLES))
    return f"{SYLLABLES[rest]}{SYLLABLES[first % len(SYLLABLES)]}{SYLLABLES[(rest * 7 + 3) % 12]}xq"


@pytest.fixture(params=["postgres", "elasticsearch"])
def engine(request):
    if request.param == "elasticsearch":
        return request.getfixturevalue("elasticsearch_site")
    return select.postgres()


@pytest.fixture
def planted(engine):
    """(canary, document, reader's token) of every type and kind of reader, in the engine."""
    home = UnitFactory()
    someone = EmployeeFactory(unit=home)
    tokens = {
        "municipality": f"municipality:{home.municipality_id}",
        "unit": f"unit:{home.pk}",
        "employee": f"employee:{someone.pk}",
        "login": "login",
        "nobody": "",
    }
    found = []
    for source in sorted(registry.sources(), key=lambda source: source.type):
        for reader in READERS:
            word = canary(len(found))
            token = tokens[reader]
            document = Document(
                id=f"{source.type}:{900_000 + len(found)}", type=source.type,
                title=f"Om {word}", body=f"En fælles samtale om {word}", url=f"/{word}/",
                topics=(f"Emne {word}",), municipality=f"Kommune {word}", version=1,
                acl=frozenset({token} - {""}),
            )  # fmt: skip
            found.append((word, document, token, source.index))
    for index in INDEXES:
        engine.index([row[1] for row in found if row[3] == index], index=index)
        engine.refresh(index)
    return found


def readers():
    """Somebody with each role, in another municipality than the documents', and a stranger."""
    yield AnonymousUser()
    for role in Role.values:
        yield EmployeeFactory(unit=UnitFactory(), roles=[role])


def _answers(reader, query: str) -> str:
    """What the services tell about a query, of both indexes."""
    shown = ""
    for index in INDEXES:
        result = services.search_for(reader, query, index=index)
        hits = [(hit.title, hit.snippet_html) for hit in result.hits]
        shown += repr((hits, result.facets, result.also, result.total))
    return shown + repr(services.suggest_for(reader, query[:4]))


def _pages(client, query: str, index: str) -> str:
    """What the page, the suggestions and the API show; the page counts the other index too."""
    Tally.objects.all().delete()  # or the API puts off who asks so much
    shown = [client.get("/soeg/", {"q": query, "in": index}).content]
    shown.append(client.get("/soeg/forslag/", {"q": query[:4]}).content)
    shown.append(client.get("/api/v1/search", {"q": query}).content)
    return b"".join(shown).decode()


def _assert_no_trace(word: str, shown: str) -> None:
    for trace in (f"Emne {word}", f"Kommune {word}", f"Om {word}", f"samtale om {word}"):
        assert trace not in shown, trace
    assert f"/{word}/" not in shown


def test_nobody_sees_a_trace_of_what_is_for_others(client, planted, engine):
    everything = engine.search(SearchRequest("fælles samtale", _all_tokens(planted)))
    assert everything.total > 0  # the leak test can leak
    for number, reader in enumerate(readers()):
        if reader.is_authenticated:
            client.force_login(reader)
        hidden = [text for text in planted if text[2] not in acl_tokens(reader)]
        common = _answers(reader, "fælles samtale")
        for place, (word, document, _, index) in enumerate(hidden):
            _assert_no_trace(word, common)
            if place % len(Role.values) != number % len(Role.values):
                continue  # each type and reader is asked for by some role
            misspelt = word[:3] + word[4:]
            shown = _answers(reader, word) + _answers(reader, misspelt)
            if reader.is_authenticated:
                shown += _pages(client, word, index) + _pages(client, misspelt, index)
            _assert_no_trace(word, shown)
            assert word not in services.search_for(reader, misspelt).also
            assert services.search_for(reader, word, index=index).total == 0
            assert services.related_for(reader, document.id, index=index) == []
            assert not QueryLogEntry.objects.filter(query=word, hits__gt=0).exists()


def _all_tokens(planted) -> frozenset[str]:
    return frozenset(token for _, _, token, _ in planted if token)


def test_the_engine_finds_each_canary_under_its_own_token(planted, engine):
    for word, document, token, index in planted[:: len(READERS)]:
        found = engine.search(SearchRequest(word, frozenset({token}), index=index))
        assert [hit.id for hit in found.hits] == [document.id]


def test_a_facet_never_counts_what_is_for_others(planted):
    for reader in readers():
        tokens = acl_tokens(reader)
        theirs = {word for word, _, token, index in planted if token in tokens}
        counted = services.search_for(reader, "fælles samtale").facets
        named = {value.value.removeprefix("Emne ") for value in counted.get("topics", ())}
        assert named <= theirs
