"""Nobody learns in the editors' admin that a story's draft exists (decision 0021).

The canary is a word that stands in nothing but drafts and what is left of them. Every address of
the admin is asked as every role: as it is, as a search, and as a spreadsheet.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Page,
    PageLogEntry,
    ReferenceIndex,
    Task,
    TaskState,
    Workflow,
    WorkflowState,
)

from kb.domain.permissions import sync_groups
from stories.domain.withdrawal import delete_draft
from stories.models import StoryPage
from tests.factories.learning import MethodFactory
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.stories import make_draft, make_guidepost, make_published, make_theme
from tests.stories.admin_addresses import Filling, admin_addresses
from tests.stories.test_publication import _forged_revision

pytestmark = pytest.mark.django_db
# Looked up by the first word, found by the second: a page repeats what one searches for.
SEARCHED, CANARY = "Netto", "kanariefuglord"
TITLE = f"{SEARCHED} og {CANARY}"
# Where a search could find pages, their log or tags; the others hold snippets, files and people.
LISTING = {
    "",
    "api",
    "pages",
    "choose-page",
    "reports",
    "redirects",
    "tag-autocomplete",
    "workflows",
}
ROLES = ["other_editor", "approver", "project_staff", "administrator", "coordinator", "own_editor"]


@pytest.fixture
def author():
    return EmployeeFactory()


@pytest.fixture
def left(author):
    """A draft, a published story with a text that is not, and what Wagtail may keep of them."""
    theme = make_theme()
    draft = make_draft(
        author,
        title=TITLE,
        teaser=f"Et {CANARY}.",
        themes=[theme],
        method=MethodFactory(),
        tags=[f"{SEARCHED} {CANARY}"],
    )
    published = make_published(author, themes=[theme], tags=[])
    _keep_text_beside(published)
    deleted = make_draft(author, title=f"{TITLE} igen", tags=[])
    gone = Page.objects.get(pk=deleted.pk)
    delete_draft(deleted)
    for page in (gone, draft, published):
        _log(page, deleted=page is gone)
    sync_groups()
    _ask_by_workflow(draft)
    _ask_by_workflow(published)
    Redirect.objects.create(old_path="/gammel", redirect_page=draft.page_ptr)
    Page.objects.filter(pk=draft.pk).update(
        last_published_at=timezone.now(), latest_revision_created_at=timezone.now(), locked=True
    )
    return draft, published, gone


def _keep_text_beside(story):
    revision = _forged_revision(story, title=TITLE, draft_title=TITLE)
    revision.object_str = TITLE
    revision.save()
    Page.objects.filter(pk=story.pk).update(draft_title=TITLE, latest_revision=revision)


def _log(page, *, deleted):
    """Bulk, since the log's own way refuses a page that is gone."""
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=page.pk,
            content_type=ContentType.objects.get_for_model(StoryPage),
            label=TITLE,
            action=action,
            data={"title": TITLE},
            timestamp=timezone.now(),
            deleted=deleted,
        )
        for action in ("wagtail.create", "wagtail.edit", "wagtail.delete")
    )


def _ask_by_workflow(story):
    """A forged request to read it, as an old version or a script could have left it."""
    workflow = Workflow.objects.get()
    state = WorkflowState(
        content_type=story.get_content_type(),
        base_content_type=story.get_base_content_type(),
        object_id=str(story.pk),
        workflow=workflow,
        requested_by=story.author,
    )
    state.save()
    revision = _forged_revision(story, title=TITLE)
    revision.object_str = TITLE
    revision.save()
    task = Task.objects.get(pk=workflow.tasks[0].pk)
    now = TaskState(
        workflow_state=state, revision=revision, task=task, status=TaskState.STATUS_IN_PROGRESS
    )
    now.save()
    WorkflowState.objects.filter(pk=state.pk).update(current_task_state=now)


def filling_of(draft, published, *, widely):
    """The real objects that stand in the addresses; widely: with more pages than the two."""
    pages = [draft.pk, draft.get_parent().pk]
    pages += [published.pk, draft.themes.first().pk] if widely else []
    objects = {
        "snippets/learning/method": [draft.method_id],
        "snippets/kb/guidepost": [make_guidepost().pk],
        "users/": [draft.author_id],
        "workflows/": list(Workflow.objects.values_list("pk", flat=True)),
        "workflow_state_id": list(WorkflowState.objects.values_list("pk", flat=True)),
        "task_state_id": list(TaskState.objects.values_list("pk", flat=True)),
        "revision_id": [published.latest_revision_id or _latest(published)],
        "redirect_id": list(Redirect.objects.values_list("pk", flat=True)),
        "parent_page_id": pages,
    }
    return Filling(pages=pages, objects=objects)


def _latest(story):
    return Page.objects.values_list("latest_revision", flat=True).get(pk=story.pk)


def asker(role, author):
    """Somebody with that role, of the author's municipality where the name says so."""
    if role == "own_editor":
        unit = UnitFactory(municipality=author.unit.municipality)
        return EmployeeFactory(editor=True, unit=unit)
    if role == "superuser":
        return EmployeeFactory(administrator=True, is_superuser=True, is_staff=True)
    if role == "author":
        return author
    return EmployeeFactory(**{role.removeprefix("other_"): True})


def text_of(response):
    """What was sent, with a spreadsheet unpacked."""
    content = response.getvalue()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = b"".join(package.read(name) for name in package.namelist())
    return content.decode(errors="replace")


def ways(address):
    """The other ways to ask an address that answers: as a search, and as spreadsheets."""
    joint = "&" if "?" in address.path else "?"
    if address.path.split("/")[2] in LISTING:
        words = "&".join(f"{name}={SEARCHED}" for name in ("q", "search", "term", "label"))
        yield f"{address.path}{joint}{words}"
    if address.exports:
        yield from (f"{address.path}{joint}export={kind}" for kind in ("csv", "xlsx"))


def leaks(client, addresses):
    """The addresses that tell the canary; what asking changes is undone each time."""

    def told(path):
        with transaction.atomic():
            response = client.get(path)
            if CANARY in text_of(response):
                found.append(path)
            transaction.set_rollback(True)
        return response.status_code == 200

    found = []
    for address in addresses:
        if told(address.path):
            for path in ways(address):
                told(path)
    return found


@pytest.mark.parametrize("role", [*ROLES, "superuser"])
def test_no_address_of_the_admin_tells_of_a_draft(role, author, left):
    draft, published, _gone = left
    client = Client(raise_request_exception=False)
    client.force_login(asker(role, author))
    widely = role == "superuser"  # every view answers, so all that others see is in it
    addresses = admin_addresses(filling_of(draft, published, widely=widely))
    assert len(addresses) > 370

    assert leaks(client, addresses) == []


@pytest.mark.parametrize("role", ["author", "auditor", None])
def test_nobody_else_is_let_into_the_admin_at_all(role, author, left):
    draft, published, _gone = left
    client = Client()
    if role is not None:
        client.force_login(asker(role, author))

    addresses = admin_addresses(filling_of(draft, published, widely=False))
    answers = {client.get(address.path).status_code for address in addresses}

    assert answers == {403} if role else {302}


def test_the_author_and_own_editor_find_the_draft_on_their_own_pages(author, left):
    draft = left[0]
    address = reverse("stories:draft", args=[draft.pk])

    for role, sees in (("author", True), ("own_editor", True), ("other_editor", False)):
        client = Client()
        client.force_login(asker(role, author))
        assert (CANARY in text_of(client.get(address, follow=True))) == sees


def test_a_draft_stands_in_no_list_of_what_uses_a_method(author):
    draft = make_draft(author, title=TITLE, method=MethodFactory())

    assert not ReferenceIndex.get_references_for_object(draft).exists()
    assert not ReferenceIndex.get_references_to(draft.method).exists()


def test_nor_is_one_told_where_the_site_lies_below_a_path(author, left):
    """A proxy says the path (SCRIPT_NAME), with some servers whoever asks. It changes nothing."""
    draft = left[0]
    client = Client()
    client.force_login(asker("other_editor", author))
    parent = draft.get_parent().pk

    for path in (f"pages/{parent}/", f"pages/search/?q={SEARCHED}", f"choose-page/{parent}/"):
        answer = client.get(f"/redaktion/{path}", SCRIPT_NAME="/below")

        assert answer.status_code == 200
        assert CANARY not in answer.text


@pytest.mark.parametrize("role", ["other_editor", "project_staff", "superuser"])
def test_how_many_drafts_there_are_is_not_counted_either(role, author, left):
    """The report of page types rose by one whenever somebody elsewhere began a story."""
    client = Client()
    client.force_login(asker(role, author))

    for name in ("page_types_usage", "page_types_usage_results"):
        assert client.get(reverse(f"wagtailadmin_reports:{name}")).status_code == 403
    assert reverse("wagtailadmin_reports:page_types_usage") not in client.get("/redaktion/").text
