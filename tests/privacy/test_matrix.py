"""Every address stands in the access matrix, and the matrix is what is served."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from people.roles import Role
from privacy.matrix import ANYONE, LOGIN, MATRIX
from tests.factories.people import EmployeeFactory

PREFIXED = ("redaktion/", "dokumenter/")
CONVERTERS = {
    "int": "999999",
    "slug": "findes-ikke",
    "str": "findes-ikke",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "path": "findes-ikke",
}


def _walk(resolver: URLResolver, names: str = "", route: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from _walk(pattern, space, here)
        elif isinstance(pattern, URLPattern):
            yield f"{names}{pattern.name or ''}", here


def addresses() -> list[tuple[str, str]]:
    return [(n, r) for n, r in _walk(get_resolver()) if not r.startswith(PREFIXED)]


def _fill(route: str) -> str | None:
    """A concrete path for a route; None for one written as a regular expression with groups."""
    if "(?P" in route or "(" in route:
        return None
    filled = re.sub(r"<(\w+):\w+>", lambda m: CONVERTERS.get(m.group(1), "SR-1"), route)
    return "/" + re.sub(r"<\w+>", "findes-ikke", filled).replace("^", "").replace("$", "")


def test_every_address_is_declared():
    undeclared = sorted({name for name, _ in addresses()} - set(MATRIX))

    assert undeclared == []


def test_every_line_is_an_address():
    known = {name for name, _ in _walk(get_resolver())} | {"prefix:redaktion"}

    assert sorted(set(MATRIX) - known) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *Role.values])
def test_the_matrix_is_what_is_served(client, role):
    """A person whom the matrix refuses gets 403 (or the login); whom it lets in gets neither."""
    if role is not None:
        client.force_login(EmployeeFactory(roles=[role]))
    wrong = []
    for name, route in addresses():
        address = _fill(route)
        line = MATRIX[name]
        if address is None or "GET" not in line.actions or name == "account_logout":
            continue
        response = client.get(address)
        login = response.status_code == 302 and "/konto/login/" in response["Location"]
        allowed = line.roles == ANYONE or (
            role is not None and (line.roles == LOGIN or role in line.roles)
        )
        refused = response.status_code == 403 if role else login
        if response.status_code >= 500 or (not allowed and not refused):
            wrong.append((name, address, response.status_code))
        if allowed and line.roles != ANYONE and refused:
            wrong.append((name, address, response.status_code))

    assert wrong == []


@pytest.mark.django_db
def test_an_undeclared_address_is_refused_to_everybody(client, settings):
    settings.ROOT_URLCONF = __name__
    client.force_login(EmployeeFactory(roles=Role.values))

    assert client.get("/glemt/").status_code == 403


urlpatterns = [path("glemt/", lambda request: HttpResponse("leak"), name="forgotten")]
handler403 = "kb.views.errors.permission_denied"
