"""A null character, which PostgreSQL holds nowhere, ends no request in a 500: at any address."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlencode

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import get_resolver, reverse

from kb.middleware import NoNullMiddleware
from people.roles import Role
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_draft
from tests.privacy.test_matrix import _walk

pytestmark = pytest.mark.django_db
NUMBERS = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000"}
# What the views and the admin read from the query or from what is posted.
NAMES = (
    *("q", "name", "title", "text", "next", "page", "order", "ordering", "sort", "type", "kind"),
    *(
        "unit",
        "group",
        "owner",
        "theme",
        "topic",
        "year",
        "status",
        "state",
        "collection_id",
        "tag",
    ),
    *("username", "login", "email", "address", "code", "key", "because", "note", "municipality"),
    *("level", "from", "to", "date", "since", "until", "p", "content_type", "user", "action", "id"),
)


def filled(route):
    """The address with a null in every place that takes one; None for a pattern with choices."""
    route = re.sub(r"<(\w+):\w+>", lambda match: NUMBERS.get(match[1], "%00"), route)
    route = re.sub(r"<\w+>", "%00", route)
    route = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "%00", route)
    return None if "(" in route else "/" + re.sub(r"[\^$\\?]", "", route)


def addresses():
    return sorted({path for _name, route in _walk(get_resolver()) if (path := filled(route))})


def everybody():
    client = Client(raise_request_exception=False)
    client.force_login(EmployeeFactory(roles=Role.values, is_superuser=True, is_staff=True))
    return client


def asked(client, method, address, null):
    if method == "path":
        return client.get(address.replace("%00", null)).status_code
    address = address.replace("%00", "a")
    values = dict.fromkeys(NAMES, f"a{unquote(null)}b")
    if method == "query":
        return client.get(f"{address}?{urlencode(values)}").status_code
    return client.post(address, values).status_code


@pytest.mark.parametrize("method", ["path", "query", "post"])
def test_no_address_falls_over_a_null(method):
    """Where Wagtail's admin falls over any letter in that place, the null is not to blame."""
    make_draft()  # and with it the front page
    client = everybody()
    wrong = [
        address
        for address in addresses()
        if "logout" not in address
        and asked(client, method, address, "%00") >= 500
        and (not address.startswith("/redaktion/") or asked(client, method, address, "a") < 500)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "address",
    ["/%00/", "/historier/rss/emne/%00/", "/sager/%00/", "/historier/%00/", "/kolleger/%00/"],
)
def test_an_address_with_a_null_leads_nowhere_and_says_so(address):
    answer = everybody().get(address)

    assert answer.status_code == 404
    assert "Vi kan ikke finde siden" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


def test_a_text_keeps_everything_else_that_was_typed():
    story = make_draft()
    client = Client()
    client.force_login(story.author)
    page = reverse("stories:pictures", args=[story.pk])

    answer = client.post(page, {"alt": "To hænder\0 og en tomat", "caption": ""})

    assert answer.status_code == 422  # there is no file
    assert "To hænder\ufffd og en tomat" in answer.content.decode()


def test_a_search_for_a_null_finds_nothing():
    answer = everybody().get("/soeg/?q=%00&type=%00")

    assert answer.status_code == 200


def test_a_null_in_the_cookie_of_the_login_is_no_login(client):
    client.cookies[site.SESSION_COOKIE_NAME] = "abcdefgh\0"

    assert client.get("/sager/").status_code == 302


def test_a_null_written_as_json_comes_in_as_text(rf):
    texts = {"body-0-value": r'{"blocks": [{"text": "a\u0000b, \\u0000"}]}', "title": r"\u0000"}
    request = rf.post("/", texts)

    NoNullMiddleware(lambda request: None).process_view(request, None, (), {})

    assert request.POST.dict() == {
        "body-0-value": r'{"blocks": [{"text": "a\ufffdb, \\u0000"}]}',
        "title": r"\u0000",
    }


@pytest.mark.parametrize(
    ("sent", "comes"),
    [
        (r"\ud800", r"\ufffd"),
        (r"\uDE00\ud83d", r"\ufffd\ufffd"),
        (r"\ud83d\ude00", r"\ud83d\ude00"),
        (r"\\ud800", r"\\ud800"),
        (r"\\\ud800", r"\\\ufffd"),
    ],
)
def test_half_a_character_written_as_json_is_none(rf, sent, comes):
    """PostgreSQL refuses it in a page's body, and the editor's text was lost with a 500."""
    request = rf.post("/", {"body-0-value": f'{{"text": "a{sent}"}}'})

    NoNullMiddleware(lambda request: None).process_view(request, None, (), {})

    assert request.POST["body-0-value"] == f'{{"text": "a{comes}"}}'
