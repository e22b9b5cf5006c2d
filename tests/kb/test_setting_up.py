"""Redirects, ways of approval and folders of files: the administrator's, and nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Workflow

from kb.domain.permissions import sync_groups
from people.roles import Role
from tests.factories.kb import StandardPageFactory, ThemeIndexPageFactory, ThemePageFactory, home
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
LISTS = (
    "wagtailredirects:index",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
    "wagtailadmin_collections:index",
    "accounts",
)


@pytest.fixture(autouse=True)
def _postgres_only(settings):
    settings.ELASTICSEARCH_URL = ""


def root():
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


def logged_in(*roles):
    home()
    root()
    client = Client()
    client.force_login(EmployeeFactory(roles=list(roles)))
    sync_groups()
    return client


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", Role)
def test_who_reaches_the_list(role, name):
    answer = logged_in(role).get(reverse(name))

    assert (answer.status_code == 200) == (role == Role.ADMINISTRATOR)


def test_the_menu_leads_the_administrator_there():
    html = logged_in(Role.ADMINISTRATOR).get("/redaktion/").content.decode()

    for name in LISTS:
        assert reverse(name) in html


def test_an_administrator_writes_a_redirect_and_a_folder():
    client, page = logged_in(Role.ADMINISTRATOR), StandardPageFactory(is_open=True)

    client.post(
        reverse("wagtailredirects:add"),
        {"old_path": "/gammel/", "is_permanent": "on", "redirect_page": page.pk, "site": ""},
    )
    answer = client.post(
        reverse("wagtailadmin_collections:add"), {"name": "Film", "parent": root().pk}
    )
    assert answer.status_code == 302, answer.context["form"].errors

    assert Client().get("/gammel/").url == page.url
    assert root().get_children().get().name == "Film"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_writes_one(role):
    client, page = logged_in(role), StandardPageFactory()
    workflows = Workflow.objects.count()

    client.post(reverse("wagtailredirects:add"), {"old_path": "/a/", "redirect_page": page.pk})
    client.post(reverse("wagtailadmin_collections:add"), {"name": "Film"})
    client.post(reverse("wagtailadmin_workflows:add"), {"name": "Ingen"})

    assert not Redirect.objects.exists()
    assert not Collection.objects.filter(name="Film").exists()
    assert Workflow.objects.count() == workflows


def test_a_page_under_a_new_name_is_found_at_its_old_address(django_capture_on_commit_callbacks):
    """And what lies below it too."""
    index = ThemeIndexPageFactory(is_open=True)
    theme = ThemePageFactory(parent=index, is_open=True)
    old, below = index.url, theme.url

    index.slug = "emner"
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()

    index.refresh_from_db()
    theme.refresh_from_db()
    assert Client().get(old).url == index.url != old
    assert Client().get(below).url == type(theme).objects.get(pk=theme.pk).url


def test_a_page_that_was_moved_is_found_at_its_old_address():
    first, second = StandardPageFactory(is_open=True), StandardPageFactory(is_open=True)
    old = second.url

    second.move(first, pos="last-child")

    assert Client().get(old).url == type(second).objects.get(pk=second.pk).url
