"""The editors' start page: what waits for whoever looks, and nothing that is not theirs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kb.domain.permissions import sync_groups
from people.start_page import MOST
from search.models import QueryLogEntry
from sources.enums import LinkState
from sources.models import LinkCheck
from tests.factories.approvals import sent
from tests.factories.kb import (
    EvidenceCardFactory,
    KeyFigureFactory,
    PublicationPageFactory,
    StandardPageFactory,
)
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
START = "/redaktion/"


def start_page(employee):
    client = Client()
    client.force_login(employee)
    return client.get(START).content.decode()


def panels(html):
    """heading: (count, rows as address and title, whether all of it is linked)."""
    found = {}
    for part in re.findall(r'<section class="start-panel"(.*?)</section>', html, re.DOTALL):
        heading, count = re.search(
            r"<h2[^>]*>(.*?) <span class=\"start-panel__count\">(.*?)</span>", part
        ).groups()
        rows = re.findall(r"<li><a href=\"([^\"]+)\">(.*?)</a>", part)
        found[heading] = (count, rows, "Se alle" in part)
    return found


def titles(html, heading):
    return [title for _address, title in panels(html)[heading][1]]


@pytest.fixture
def editor():
    sync_groups()
    return EmployeeFactory(editor=True)


def test_an_editor_without_anything_waiting_is_told_so(editor):
    html = start_page(editor)

    assert list(panels(html)) == [
        "Sendt af dig og ikke besvaret",
        "Skal genlæses",
        "Tal uden kilde",
        "Links uden svar",
        "Søgninger uden svar",
        "Dine kladder",
        "Udgives af sig selv",
    ]
    assert {count for count, *_rest in panels(html).values()} == {"0"}
    assert "Intet er sat til at blive udgivet." in html
    assert "Alle søgninger fra flere dage har fundet noget." in html


@pytest.mark.parametrize("many", [1, 3, 5])
def test_what_others_sent_waits_for_who_may_approve_it(many):
    staff, anna = EmployeeFactory(project_staff=True), EmployeeFactory(approver=True)
    for number in range(many - 1):
        sent(PublicationPageFactory(title=f"Udgivelse {number}"), staff)
    sent(EvidenceCardFactory(live=False, subject="Mentor"), staff)

    waits = panels(start_page(anna))["Venter på din godkendelse"]

    assert waits[0] == str(many)
    assert len(waits[1]) == min(many, 3)
    assert waits[2]
    assert "Venter på din godkendelse" not in panels(start_page(staff))
    assert panels(start_page(staff))["Sendt af dig og ikke besvaret"][0] == str(many)
    assert panels(start_page(anna))["Sendt af dig og ikke besvaret"][0] == "0"


def test_what_waits_is_one_click_away(editor):
    card = EvidenceCardFactory(subject="Mentor", review_on=date(2026, 11, 29))
    EvidenceCardFactory(subject="Senere", review_on=date(2027, 11, 29))
    page = StandardPageFactory(title="Uden kilde", intro="Det er 27 %.")
    source = SourceFactory(title="Rapporten")
    LinkCheck.objects.create(
        source=source,
        address="https://a.example/",
        state=LinkState.GONE,
        checked_at=TODAY,
        failing_since=TODAY,
    )
    with time_machine.travel(TODAY, tick=False):
        html = start_page(editor)

    assert panels(html)["Skal genlæses"][1] == [
        (f"/redaktion/snippets/kb/evidencecard/edit/{card.pk}/", "Mentor")
    ]
    assert panels(html)["Tal uden kilde"][1] == [
        (f"/redaktion/pages/{page.pk}/edit/", "Uden kilde")
    ]
    assert panels(html)["Links uden svar"][1] == [
        (f"/redaktion/snippets/sources/source/edit/{source.pk}/", "Rapporten")
    ]
    assert "29. november 2026" in html
    assert "1 tal" in html


def test_searches_that_found_nothing_on_several_days_are_named(editor):
    for days in range(3):
        entry = QueryLogEntry.objects.create(
            query="minipraktik", hits=0, index="content", engine="postgres"
        )
        day = timezone.localdate() - timedelta(days=days)
        QueryLogEntry.objects.filter(pk=entry.pk).update(day=day)

    html = start_page(editor)

    assert titles(html, "Søgninger uden svar") == ["»minipraktik«"]
    assert "søgt 3 gange" in html


def test_drafts_are_ones_own_of_every_kind(editor):
    other = EmployeeFactory(editor=True)
    mine = StandardPageFactory(title="Min side")
    mine.save_revision(user=editor)
    figure = KeyFigureFactory(statement="Mit tal")
    figure.save_revision(user=editor)
    StandardPageFactory(title="Andres").save_revision(user=other)
    StandardPageFactory(title="Udgivet").save_revision(user=editor).publish()

    html = start_page(editor)

    assert titles(html, "Dine kladder") == ["Mit tal", "Min side"]
    address, _title = panels(html)["Dine kladder"][1][0]
    assert address == f"/redaktion/snippets/kb/keyfigure/edit/{figure.pk}/"


def test_drafts_beyond_three_are_folded_in(editor):
    for number in range(5):
        StandardPageFactory(title=f"Side nr. {number}").save_revision(user=editor)

    html = start_page(editor)

    assert len(titles(html, "Dine kladder")) == 5
    assert "<summary>2 mere</summary>" in html


def test_what_goes_live_by_itself_is_everybodys_for_who_publishes(editor):
    staff = EmployeeFactory(project_staff=True)
    page = StandardPageFactory(title="På fredag", live=False)
    page.go_live_at = timezone.now() + timedelta(days=4)
    page.save_revision(user=editor).publish()

    anna = EmployeeFactory(approver=True)
    assert titles(start_page(anna), "Udgives af sig selv") == ["På fredag"]
    assert titles(start_page(staff), "Udgives af sig selv") == []


def test_who_edits_nothing_sees_no_panel():
    sync_groups()
    assert panels(start_page(EmployeeFactory(coordinator=True))) == {}


def test_more_than_a_hundred_are_not_counted(editor):
    source = SourceFactory()
    LinkCheck.objects.bulk_create(
        LinkCheck(
            source=source,
            address=f"https://a.example/{number}",
            state=LinkState.GONE,
            checked_at=TODAY,
            failing_since=TODAY,
        )
        for number in range(MOST + 1)
    )
    assert panels(start_page(editor))["Links uden svar"][0] == f"{MOST}+"


def test_each_panel_asks_once_however_much_waits(editor):
    """Wagtail itself asks twelve times for the frame of any page of its admin."""
    client = Client()
    administrator = EmployeeFactory(administrator=True)
    client.force_login(administrator)

    def more():
        sent(StandardPageFactory(intro="Det er 27 %."), editor)
        EvidenceCardFactory(review_on=date(2026, 10, 2))
        StandardPageFactory().save_revision(user=administrator)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            html = client.get(START).content.decode()
        return len(captured), panels(html)

    more()
    queries()  # Django learns which kinds of content there are
    before, found = queries()
    for _number in range(5):
        more()

    after, found_then = queries()

    assert len(found) == 8
    assert found["Tal uden kilde"][0] == "1"
    assert found_then["Tal uden kilde"][0] == "6"
    assert after == before
    assert before <= len(found) + 12
