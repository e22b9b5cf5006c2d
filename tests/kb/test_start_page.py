"""The editors' start page: what waits for whoever looks, and nothing that is not theirs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

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
from upkeep.models import PageReviewDay

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
        "Evidenskort, der skal vurderes igen",
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

    assert panels(html)["Evidenskort, der skal vurderes igen"][1] == [
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


def test_pages_to_read_again_begin_with_the_one_that_has_waited_longest(editor):
    """A page without a day of its own is due when nobody has published it for a year."""
    for title, due_on in (("Har dag", date(2026, 11, 28)), ("Senere", date(2027, 1, 4))):
        PageReviewDay.objects.create(page=StandardPageFactory(title=title), due_on=due_on)
    old, young = StandardPageFactory(title="Gammel"), StandardPageFactory(title="Ung")
    published = datetime(2025, 11, 20, 12, tzinfo=UTC)
    Page.objects.filter(pk=old.pk).update(last_published_at=published)
    Page.objects.filter(pk=young.pk).update(last_published_at=published + timedelta(days=300))

    with time_machine.travel(TODAY, tick=False):
        html = start_page(editor)

    count, rows, all_of_it = panels(html)["Skal genlæses"]
    assert (count, [title for _address, title in rows]) == ("2", ["Gammel", "Har dag"])
    assert rows[0][0] == f"/redaktion/pages/{old.pk}/edit/"
    assert "20. november 2026" in html
    assert "28. november 2026" in html
    assert all_of_it
    assert 'href="/redaktion/genlaesning/"' in html


def test_who_changes_no_pages_is_asked_to_read_none_again():
    sync_groups()
    PageReviewDay.objects.create(page=StandardPageFactory(), due_on=date(2020, 1, 1))

    assert "Skal genlæses" not in panels(start_page(EmployeeFactory(coordinator=True)))


@pytest.mark.parametrize("role", ["administrator", "approver", "editor", "project_staff"])
def test_the_start_page_costs_the_same_however_much_waits(
    editor, role, django_assert_max_num_queries
):
    """Three of them keep the session; one asks for all the panels."""
    employee, client = EmployeeFactory(**{role: True}), Client()
    client.force_login(employee)

    def more():
        sent(StandardPageFactory(intro="Det er 27 %."), editor)
        EvidenceCardFactory(review_on=date(2026, 10, 2))
        StandardPageFactory().save_revision(user=employee)
        PageReviewDay.objects.create(page=StandardPageFactory(), due_on=date(2020, 1, 1))

    more()
    client.get(START)  # Django learns which kinds of content there are
    for waiting in ("1", "4"):
        with django_assert_max_num_queries(12):
            html = client.get(START).content.decode()
        assert panels(html)["Skal genlæses"][0] == waiting
        assert panels(html)["Dine kladder"][0] == waiting
        for _number in range(3):
            more()
