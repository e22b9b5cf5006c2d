"""What a visitor reads when a request is wrong, or we are."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from kb import urls
from people.roles import Role
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


def _fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours, with a citizen's name in it")


# This module as the site's addresses, with one more that fails, under a name that is declared.
urlpatterns = [path("gaar-galt/", _fail, name="health"), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)


@pytest.fixture
def failing(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def test_our_own_fault_is_told_without_a_word_about_it_or_a_look_in_the_database(
    failing, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = failing.get("/gaar-galt/")

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Noget gik galt hos os" in page
    assert "citizen" not in page
    assert "Traceback" not in page


def test_it_is_told_to_who_is_logged_in_too(failing):
    failing.force_login(EmployeeFactory(roles=[Role.ADMINISTRATOR]))

    answer = failing.get("/gaar-galt/")

    assert (answer.status_code, "Noget gik galt hos os" in answer.content.decode()) == (500, True)


def test_a_request_for_another_host_is_not_understood(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    answer = client.get("/", headers={"host": "ondsindet.example"})

    assert answer.status_code == 400
    assert "Det forstod vi ikke" in answer.content.decode()
