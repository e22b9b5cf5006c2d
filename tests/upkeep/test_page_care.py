"""Pages that need a hand: a day to be read again, set for many; reads counted without a person."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kb.domain.permissions import sync_groups
from people.roles import Role
from privacy.models import AuditEntry
from tests.factories.kb import StandardPageFactory
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_published
from tests.kb.test_timers import START, at
from upkeep.admin.exports import neutral
from upkeep.domain.review_days import set_review_day
from upkeep.models import DayReads, PageReviewDay
from upkeep.queries.page_care import due_pages, unread_pages

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MAY_EDIT = (Role.EDITOR, Role.APPROVER, Role.PROJECT_STAFF, Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def _postgres_only(settings):
    settings.ELASTICSEARCH_URL = ""


def logged_in(*roles):
    client = Client()
    client.force_login(EmployeeFactory(roles=list(roles)))
    sync_groups()
    return client


def published(days_ago, **values):
    when = timezone.now() - days_ago * DAY
    return StandardPageFactory(first_published_at=when, last_published_at=when, **values)


def read_again(*pages):
    keys = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'read_again'])}?{keys}"


def test_an_editor_ticks_many_and_sets_one_day():
    editor, pages = logged_in(Role.EDITOR), [published(400) for _number in range(3)]
    day = timezone.localdate() + 30 * DAY

    form = editor.get(read_again(*pages))
    assert all(page.title in form.content.decode() for page in pages)
    answer = editor.post(read_again(*pages), {"due_on": day.isoformat()})

    assert answer.status_code == 302
    assert list(PageReviewDay.objects.values_list("page", "due_on").order_by("page")) == [
        (page.pk, day) for page in pages
    ]
    entries = AuditEntry.objects.filter(action="page.set_review_day")
    assert {entry.object_id for entry in entries} == {str(page.pk) for page in pages}
    assert {entry.details["due_on"] for entry in entries} == {day.isoformat()}


def test_a_second_day_takes_the_place_of_the_first():
    anna, page = EmployeeFactory(editor=True), published(1)
    sync_groups()
    first = timezone.localdate() + DAY

    for day in (first, first + DAY):
        set_review_day(actor=anna, pages=[page], due_on=day)

    assert PageReviewDay.objects.get().due_on == first + DAY


def test_a_day_that_is_past_is_refused_in_the_form_and_by_the_verb():
    editor, page = logged_in(Role.EDITOR), published(1)
    yesterday = timezone.localdate() - DAY

    answer = editor.post(read_again(page), {"due_on": yesterday.isoformat()})

    assert "Vælg i dag eller en dag, der ligger forude." in answer.content.decode()
    with pytest.raises(ValidationError):
        set_review_day(actor=EmployeeFactory(editor=True), pages=[page], due_on=yesterday)
    assert not PageReviewDay.objects.exists()


def test_who_may_not_change_one_of_them_sets_none():
    page, story = published(1), make_published()
    anna, mette = EmployeeFactory(editor=True), EmployeeFactory()
    sync_groups()

    for actor, pages in ((mette, [page]), (anna, [page, story])):
        with pytest.raises(PermissionDenied):
            set_review_day(actor=actor, pages=pages, due_on=timezone.localdate())
    assert not PageReviewDay.objects.exists()


def test_old_pages_are_those_whose_day_has_come_and_those_left_for_a_year():
    today = timezone.localdate()
    come, later, left, fresh = published(400), published(400), published(366), published(364)
    PageReviewDay.objects.create(page=come, due_on=today)
    PageReviewDay.objects.create(page=later, due_on=today + DAY)
    published(400, live=False)

    assert [page.pk for page in due_pages()] == [left.pk, come.pk]
    assert fresh.pk not in [page.pk for page in due_pages()]


def test_unread_pages_stood_there_for_ninety_days_and_nobody_opened_them():
    today = timezone.localdate()
    read, long_ago, new = published(100), published(100), published(80)
    never = published(91)
    DayReads.objects.create(page=read, day=today - 90 * DAY, count=1)
    DayReads.objects.create(page=long_ago, day=today - 91 * DAY, count=7)

    assert [page.pk for page in unread_pages()] == [long_ago.pk, never.pk]
    assert new.pk not in [page.pk for page in unread_pages()]


def test_reads_are_counted_by_page_and_day_and_nobody_is_written_down(client):
    with at(START):
        page = StandardPageFactory(is_open=True)
        for _time in range(3):
            client.get(page.url)
        client.head(page.url)
        client.get(StandardPageFactory(is_open=False).url)
    with at(START + DAY):
        client.get(page.url)

    rows = list(DayReads.objects.order_by("day").values_list("page", "day", "count"))
    assert rows == [(page.pk, date(2026, 11, 25), 3), (page.pk, date(2026, 11, 26), 1)]
    assert {field.name for field in DayReads._meta.fields} == {"id", "page", "day", "count"}


def test_looking_at_a_draft_is_no_read():
    editor, page = logged_in(Role.EDITOR), StandardPageFactory()
    page.save_revision()

    assert editor.get(f"/redaktion/pages/{page.pk}/view_draft/").status_code == 200

    assert not DayReads.objects.exists()


def test_a_story_keeps_its_own_count():
    story, reader = make_published(), Client()
    reader.force_login(EmployeeFactory())

    assert reader.get(story.url).status_code == 200

    assert not DayReads.objects.exists()


def test_a_day_without_a_read_is_no_row():
    with pytest.raises(IntegrityError), transaction.atomic():
        DayReads.objects.create(page=StandardPageFactory(), day=date(2026, 11, 25), count=0)


@pytest.mark.parametrize("name", ["pages_to_read_again", "pages_never_read"])
@pytest.mark.parametrize("role", Role)
def test_who_changes_pages_reads_the_reports(role, name):
    answer = logged_in(role).get(reverse(name))

    assert (answer.status_code == 200) == (role in MAY_EDIT)


def test_the_reports_name_the_pages_and_lead_to_a_new_day():
    page, editor = published(400, title="Sprog i samtalen"), logged_in(Role.EDITOR)

    for name in ("pages_to_read_again", "pages_never_read"):
        html = editor.get(reverse(name)).content.decode()
        assert "Sprog i samtalen" in html
        assert read_again(page) in html


@pytest.mark.parametrize("name", ["pages_to_read_again", "pages_never_read"])
def test_an_empty_report_says_so(name):
    html = logged_in(Role.EDITOR).get(reverse(name)).content.decode()

    assert "Ingen side venter" in html or "Alle sider er åbnet" in html


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+45 1", "-1", "@SUM(1)", "\t=1", "  =1"])
def test_no_title_leaves_as_a_formula(title):
    published(400, title=title)
    editor = logged_in(Role.EDITOR)
    address = reverse("pages_to_read_again")

    sheet = b"".join(editor.get(f"{address}?export=csv").streaming_content).decode()
    book = b"".join(editor.get(f"{address}?export=xlsx").streaming_content)

    assert list(csv.reader(io.StringIO(sheet)))[1][0] == f"'{title}"
    cell = openpyxl.load_workbook(io.BytesIO(book)).active["A2"]
    assert (cell.data_type, cell.value) == ("s", f"'{title}")


def test_wagtails_own_lists_go_the_same_way():
    client = Client()
    client.force_login(EmployeeFactory(administrator=True, is_superuser=True, is_staff=True))
    published(400, title="=1+1")

    address = reverse("wagtailadmin_reports:aging_pages")
    sheet = b"".join(client.get(f"{address}?export=csv").streaming_content).decode()

    assert "'=1+1" in sheet
    assert ",=1+1" not in sheet


def test_what_is_no_text_stays_as_it_is():
    assert [neutral(value) for value in (-1, None, "Sprog", "a=b")] == [-1, None, "Sprog", "a=b"]
