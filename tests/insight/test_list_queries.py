"""Every list of knowledge costs few queries, however much stands in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import demo as article_demo
from articles.models import ArticleIndexPage
from demo_content.files import read
from demo_content.loader import load_content
from events import demo as event_demo
from kb.domain.permissions import sync_groups
from learning import demo as learning_demo
from people import demo as people_demo
from tests.factories.approvals import sent
from tests.factories.articles import ArticlePageFactory
from tests.factories.kb import PhraseFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
LISTS = (
    "/artikler/", "/artikler/?slags=kommentar", "/publikationer/", "/arrangementer/", "/temaer/",
    "/kilder/", "/kilder/?q=holm", "/metoder/", "/uddannelser/", "/noegletal/", "/tilbud/",
    "/ordkort/", "/vidensdeklarationer/",
)  # fmt: skip
PHRASES = "/redaktion/snippets/kb/phrase/"
# Each request puts the idle limit of a login off: a savepoint, the session, and its end.
KEEPS_THE_SESSION = 3


def asked(client, address):
    """How often the database is asked for a page; Django learns its content types before."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def logged_in(**role):
    client = Client()
    client.force_login(EmployeeFactory(**role))
    return client


def test_no_list_of_the_demo_asks_more_than_twelve_times():
    people_demo.load(read("people"))
    load_content()
    for room in (learning_demo, article_demo, event_demo):
        room.load()
    reader = logged_in()

    costs = {address: asked(reader, address) - KEEPS_THE_SESSION for address in LISTS}

    assert {address: cost for address, cost in costs.items() if cost > 12} == {}


def test_a_list_of_content_costs_the_same_with_one_row_and_with_many():
    sync_groups()
    editor = logged_in(editor=True)
    PhraseFactory()
    one = asked(editor, PHRASES)
    PhraseFactory.create_batch(5)

    assert asked(editor, PHRASES) == one
    assert one <= 12 + KEEPS_THE_SESSION


def test_such_a_list_says_of_each_row_where_it_stands():
    """By the one query of the rows; the row itself, asked alone, says the same."""
    sync_groups()
    staff = EmployeeFactory(project_staff=True)
    PhraseFactory(phrase="vist")
    waiting = PhraseFactory(phrase="sendt", live=False)
    sent(waiting, staff)
    timed = PhraseFactory(phrase="på vej", live=False)
    timed.go_live_at = timezone.now() + timedelta(days=4)
    timed.save_revision(user=EmployeeFactory(editor=True)).publish()

    rows = type(waiting).objects.with_status().order_by("phrase")

    stands = [(row.phrase, row.approved_schedule, row.workflow_in_progress) for row in rows]
    assert stands == [("på vej", True, False), ("sendt", False, True), ("vist", False, False)]
    for row in type(waiting).objects.order_by("phrase"):
        assert (row.phrase, row.approved_schedule, row.workflow_in_progress) in stands


def test_the_tree_of_pages_costs_the_same_with_one_article_and_with_many():
    """Whether a page is kept for what lies below it is asked of none that has nothing below."""
    sync_groups()
    editor = logged_in(editor=True)
    ArticlePageFactory()
    address = reverse("wagtailadmin_explore", args=[ArticleIndexPage.objects.get().pk])
    one = asked(editor, address)
    ArticlePageFactory.create_batch(5)

    assert asked(editor, address) == one
