"""Publishing asks once: pages, entries of lists, many at once, and approvals of all of them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.rich_text import RichText

from content_check.domain.publishing import question_before_publishing
from content_check.models import AskedAbout
from kb.domain.permissions import sync_groups
from kb.models import EvidenceCard, KeyFigure, StandardPage
from privacy.models import AuditEntry
from tests.factories.approvals import sent
from tests.factories.kb import EvidenceCardFactory, KeyFigureFactory, StandardPageFactory
from tests.factories.people import EmployeeFactory
from tests.sources.test_number_editing import form

pytestmark = pytest.mark.django_db
ASKED = "Navne og numre på mennesker: Mette"


def client_of(employee):
    client = Client()
    client.force_login(employee)
    return client


@pytest.fixture
def editor():
    sync_groups()
    return client_of(EmployeeFactory(editor=True))


@pytest.fixture
def staff():
    return EmployeeFactory(project_staff=True)


@pytest.fixture
def anna():
    sync_groups()
    return client_of(EmployeeFactory(approver=True))


def body(words):
    return [("paragraph", RichText(f"<p>{words}</p>"))]


def figure_form(figure, **changes):
    """What the form of a key figure sends."""
    value = "values-0-value"
    stream = {
        "values-count": "1",
        "values-0-deleted": "",
        "values-0-order": "0",
        "values-0-type": "value",
        "values-0-id": "",
        f"{value}-label": "I gang",
        f"{value}-text": "ca. 6",
        f"{value}-value": "6",
        f"{value}-low": "",
        f"{value}-high": "",
    }
    names = ("key", "statement", "unit", "population", "comparison", "horizon", "adjustment")
    told = {name: getattr(figure, name) for name in (*names, "reading_a", "reading_b")}
    empty = dict.fromkeys(("base_figure", "guidepost", "note", "source_place", "source_quote"), "")
    dates = dict.fromkeys(("valid_on", "retired_on"), "")
    return {**stream, **told, **empty, **dates, "source": figure.source_id or "", **changes}


# What is asked.
def test_it_is_asked_once_for_the_same_words_and_anew_for_others():
    editor = EmployeeFactory(editor=True)
    page = StandardPageFactory(intro="Mette kom.")

    first = question_before_publishing(actor=editor, thing=page)
    assert [group.rule.code for group in first] == ["names"]
    assert question_before_publishing(actor=editor, thing=page) == ()
    page.intro = "Mette og Hassan kom."
    assert question_before_publishing(actor=editor, thing=page) != ()

    entry = AuditEntry.objects.get(action="content.publish_although_asked")
    assert (entry.actor, entry.object_id) == (editor, str(page.pk))
    assert entry.details == {"names": 1}


def test_of_one_thing_it_is_not_asked_because_of_another():
    first, second = StandardPageFactory(intro="Mette kom."), StandardPageFactory(intro="Mette kom.")
    question_before_publishing(actor=None, thing=first)
    assert question_before_publishing(actor=None, thing=second) != ()


def test_advice_alone_is_not_asked_about():
    page = StandardPageFactory(intro="Virksomhedspraktikken tilrettelægges individuelt. " * 12)
    assert question_before_publishing(actor=None, thing=page) == ()
    assert not AskedAbout.objects.exists()


def test_no_word_of_the_text_is_kept():
    page = StandardPageFactory(intro="Mette kom.")
    question_before_publishing(actor=None, thing=page)

    (row,) = AskedAbout.objects.values()

    assert "Mette" not in str(row)
    with pytest.raises(IntegrityError), transaction.atomic():
        AskedAbout.objects.create(
            **{name: row[name] for name in ("content_type_id", "object_id", "digest")}
        )


# Pages.
def test_a_page_stays_a_draft_the_first_time(editor):
    page = StandardPageFactory()
    data = form(page, "Mette kom.", slug=page.slug, **{"action-publish": "action-publish"})
    address = f"/redaktion/pages/{page.pk}/edit/"

    assert ASKED in editor.post(address, data, follow=True).content.decode()
    assert "Mette" not in str(StandardPage.objects.get(pk=page.pk).body)
    editor.post(address, data)
    assert "Mette" in str(StandardPage.objects.get(pk=page.pk).body)


def test_pages_that_are_ticked_are_asked_about_together(editor):
    clean = StandardPageFactory(live=False)
    named = StandardPageFactory(live=False, title="Uden navne", intro="Mette kom.")
    below = StandardPageFactory(live=False, parent=clean, title="Under", intro="Hassan kom.")
    for page in (clean, named, below):
        page.save_revision()
    address = f"/redaktion/bulk/wagtailcore/page/publish/?id={clean.pk}&id={named.pk}"
    data = {"include_descendants": "on"}

    said = editor.post(address, data, follow=True).content.decode()

    assert "Ikke udgivet: »Uden navne«." in said
    assert "Ikke udgivet: »Under«." in said
    shown = StandardPage.objects.filter(live=True, pk__in=(clean.pk, named.pk, below.pk))
    assert shown.count() == 0
    editor.post(address, data)
    assert shown.count() == 3


def test_other_things_done_to_many_are_not_asked_about(editor):
    page = StandardPageFactory(intro="Mette kom.")
    editor.post(f"/redaktion/bulk/wagtailcore/page/unpublish/?id={page.pk}", {})
    assert not AskedAbout.objects.exists()


# Entries of lists.
def test_an_entry_stays_a_draft_the_first_time(editor):
    figure = KeyFigureFactory()
    address = f"/redaktion/snippets/kb/keyfigure/edit/{figure.pk}/"
    data = figure_form(figure, note="Mette kom.", **{"action-publish": "action-publish"})

    said = editor.post(address, data, follow=True).content.decode()

    assert ASKED in said
    assert "Gemt som kladde og ikke udgivet." in said
    assert not KeyFigure.objects.get(pk=figure.pk).live
    editor.post(address, data)
    assert KeyFigure.objects.get(pk=figure.pk).live


def test_a_new_entry_is_asked_about_too(editor):
    figure = KeyFigureFactory.build(source=None, key="nyt", statement="Mette kom.")
    data = figure_form(figure, **{"action-publish": "action-publish"})

    said = editor.post("/redaktion/snippets/kb/keyfigure/add/", data, follow=True)

    assert ASKED in said.content.decode()
    assert not KeyFigure.objects.get(key="nyt").live


# Approvals.
def task_about(kind, staff):
    thing = (
        StandardPageFactory(live=False, intro="Mette kom.")
        if kind == "page"
        else EvidenceCardFactory(live=False, summary="Mette kom.")
    )
    return thing, sent(thing, staff)


def is_live(thing):
    return type(thing).objects.get(pk=thing.pk).live


@pytest.fixture
def where():
    """The address at which an approval is given from a list."""

    def found(thing, task, action="approve"):
        if isinstance(thing, EvidenceCard):
            name = "wagtailsnippets_kb_evidencecard:workflow_action"
        else:
            name = "wagtailadmin_pages:workflow_action"
        return reverse(name, args=(thing.pk, action, task.pk))

    return found


@pytest.mark.parametrize("kind", ["page", "card"])
def test_an_approval_from_a_list_is_asked_about_once(kind, staff, anna, where):
    thing, task = task_about(kind, staff)

    said = anna.post(where(thing, task), {}, follow=True).content.decode()

    assert "Ikke godkendt endnu." in said
    assert ASKED in said
    assert not is_live(thing)
    assert TaskState.objects.get(pk=task.pk).status == "in_progress"
    anna.post(where(thing, task), {})
    assert is_live(thing)


def test_an_approval_in_a_dialogue_leads_to_the_form(staff, anna, where):
    page, task = task_about("page", staff)

    answer = anna.post(
        where(page, task), {"comment": "Fint"}, headers={"x-requested-with": "XMLHttpRequest"}
    )

    assert answer.json() == {"step": "success", "redirect": f"/redaktion/pages/{page.pk}/edit/"}
    assert not is_live(page)


def test_sending_back_is_not_asked_about(staff, anna, where):
    page, task = task_about("page", staff)
    anna.post(where(page, task, "reject"), {"comment": "Skriv om"})
    assert TaskState.objects.get(pk=task.pk).status == "rejected"
    assert not AskedAbout.objects.exists()


def test_who_may_not_approve_is_told_nothing(staff, where):
    page, task = task_about("page", staff)

    said = client_of(staff).post(where(page, task), {}, follow=True).content.decode()

    assert ASKED not in said
    assert not AskedAbout.objects.exists()
    assert not is_live(page)


def test_an_approval_in_the_form_asks_about_what_is_typed_and_keeps_it(staff, anna):
    page = StandardPageFactory(live=False, body=body("Ingen navne."))
    task = sent(page, staff)
    address = f"/redaktion/pages/{page.pk}/edit/"
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    data = form(page, "Mette kom.", slug=page.slug, **action)

    said = anna.post(address, data, follow=True).content.decode()

    assert "Gemt og ikke godkendt endnu." in said
    assert ASKED in said
    assert not is_live(page)
    assert TaskState.objects.get(pk=task.pk).status == "in_progress"
    page.refresh_from_db()
    assert "Mette" in str(page.get_latest_revision_as_object().body)
    anna.post(address, data)
    assert is_live(page)


def test_an_approval_of_an_entry_in_its_form_is_asked_about(staff, anna):
    figure = KeyFigureFactory()
    task = sent(figure, staff)
    address = f"/redaktion/snippets/kb/keyfigure/edit/{figure.pk}/"
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    data = figure_form(figure, note="Mette kom.", **action)

    said = anna.post(address, data, follow=True).content.decode()

    assert "Gemt og ikke godkendt endnu." in said
    assert TaskState.objects.get(pk=task.pk).status == "in_progress"
    anna.post(address, data)
    assert is_live(figure)


def test_a_text_without_findings_is_approved_at_once(staff, anna, where):
    page = StandardPageFactory(live=False, intro="Vi tror på det.")
    anna.post(where(page, sent(page, staff)), {})
    assert is_live(page)
