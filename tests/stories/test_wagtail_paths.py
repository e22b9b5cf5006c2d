"""Every way of Wagtail's admin and models to a live page is closed for a story (decision 0015)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from wagtail.admin.urls import pages as admin_pages
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Revision,
    Task,
    TaskState,
    Workflow,
    WorkflowState,
    WorkflowTask,
)

from people.roles import Role
from stories.domain import authoring
from stories.models import StoryPage
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_consented, make_draft, make_in_review, make_published
from tests.stories.test_publication import _forged_revision, constraint_of

pytestmark = pytest.mark.django_db
MAKERS = [make_draft, make_consented, make_in_review, make_published]
GO_LIVE = "2020-01-01 08:00"
# What an editor's form would send to have it published, at once or by the clock.
DATA = {
    "title": "Udenom",
    "slug": "udenom",
    "teaser": "Udenom.",
    "action-publish": "1",
    "action-submit": "1",
    "action-cancel-workflow": "1",
    "go_live_at": GO_LIVE,
    "new_title": "Udenom",
    "new_slug": "udenom",
    "publish_copies": "on",
    "copy_subpages": "on",
    "alias": "on",
    "next": "",
}


def superuser():
    person = EmployeeFactory(roles=[Role.ADMINISTRATOR], is_superuser=True, is_staff=True)
    client = Client()
    client.force_login(person)
    return client


def everything():
    """Every row that says what a story is, and whether it is shown."""
    return (
        list(StoryPage.objects.order_by("pk").values()),
        list(Page.objects.order_by("pk").values("pk", "live", "title", "path", "alias_of")),
        Revision.objects.filter(object_id__in=_keys()).count(),
    )


def _keys():
    return [str(pk) for pk in StoryPage.objects.values_list("pk", flat=True)]


def page_addresses(story, revision):
    """Every address of the pages' admin that can be made for one page."""
    values = {
        "page_id": story.pk,
        "page_to_move_id": story.pk,
        "pk": story.pk,
        "parent_page_id": story.get_parent().pk,
        "destination_id": story.get_parent().pk,
        "revision_id": revision,
        "revision_id_a": "live",
        "revision_id_b": "latest",
        "content_type_app_name": "stories",
        "content_type_model_name": "storypage",
        "app_label": "stories",
        "model_name": "storypage",
        "action_name": "approve",
        "task_state_id": 1,
        "task_id": 1,
        "workflow_state_id": 1,
    }
    for pattern in admin_pages.urlpatterns:
        wanted = {name: values[name] for name in pattern.pattern.converters if name in values}
        if pattern.pattern.converters.keys() <= values.keys() or not pattern.pattern.converters:
            try:
                yield reverse(f"wagtailadmin_pages:{pattern.name}", kwargs=wanted)
            except NoReverseMatch:
                continue


@pytest.mark.parametrize("make", MAKERS)
def test_no_address_of_the_pages_admin_changes_or_publishes_a_story(make):
    story = make()
    client = superuser()
    before = everything()
    addresses = list(page_addresses(story, revision=1))
    assert len(addresses) > 25

    for address in addresses:
        with transaction.atomic():
            assert client.post(address, DATA).status_code < 500, address
        assert everything() == before, address


@pytest.mark.parametrize("make", [make_in_review, make_published])
@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_no_bulk_action_changes_a_story(make, action):
    story = make()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    data = {"chooser": story.get_parent().get_parent().pk, "include_descendants": "on"}
    client = superuser()
    before = everything()

    for of in (story.pk, story.get_parent().pk):
        if of == story.pk or action == "publish":
            client.post(f"{address}?id={of}&next=/", data)

    assert everything() == before


@pytest.mark.parametrize("make", [make_consented, make_in_review])
def test_a_revision_cannot_be_scheduled_or_gone_back_to_in_the_admin(make):
    story = make()
    revision = _forged_revision(story, hard="Sådan stod der før.")
    client = superuser()
    before = everything()

    for name in ("revisions_revert", "revisions_unschedule", "revisions_view"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[story.pk, revision.pk])
        assert client.post(address, DATA).status_code in (302, 403, 404, 405)

    assert everything() == before


def test_a_page_with_an_expired_schedule_stays_what_it_is():
    story = make_in_review()

    def schedule():
        Page.objects.filter(pk=story.pk).update(go_live_at=timezone.now() - timedelta(hours=1))
        Page.objects.get(pk=story.pk).specific.refresh_from_db()
        Page.objects.filter(pk=story.pk).update(live=True)

    assert constraint_of(schedule) == "story_live_only_when_published"


def _workflow():
    task = GroupApprovalTask.objects.create(name="Læs")
    workflow = Workflow.objects.create(name="Udenom")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(pk=task.pk), sort_order=0)
    return workflow


@pytest.mark.parametrize("make", [make_consented, make_in_review])
def test_wagtails_own_workflow_cannot_begin_without_a_copy_of_the_text(make):
    """A task's state needs a revision; a story has none, so that its text can be withdrawn."""
    story, workflow = make(), _workflow()

    with pytest.raises(IntegrityError, match="revision_id"), transaction.atomic():
        workflow.start(story, EmployeeFactory(is_superuser=True))

    assert StoryPage.objects.get(pk=story.pk).live is False


@pytest.mark.parametrize("make", [make_consented, make_in_review])
def test_a_workflow_with_a_forged_revision_is_refused_twice(make):
    story, workflow = make(), _workflow()
    user = EmployeeFactory(is_superuser=True)
    state = WorkflowState(
        content_type=story.get_content_type(),
        base_content_type=story.get_base_content_type(),
        object_id=str(story.pk),
        workflow=workflow,
        requested_by=user,
    )
    state.save()
    forged = _forged_revision(story, title="Udenom")
    Page.objects.filter(pk=story.pk).update(latest_revision=forged.pk)
    task = TaskState(
        workflow_state=state,
        revision=Revision.objects.get(pk=forged.pk),
        task=workflow.tasks[0],
        status=TaskState.STATUS_IN_PROGRESS,
    )
    task.save()
    state.current_task_state = task
    state.save()

    with pytest.raises(PermissionDenied), transaction.atomic():
        task.approve(user=user)
    published = constraint_of(lambda: forged.publish(skip_permission_checks=True))

    assert published == "story_live_only_when_published"


def test_no_workflow_can_be_asked_for_in_the_admin():
    story = make_draft()
    permissions = story.permissions_for_user(EmployeeFactory(is_superuser=True))

    assert permissions.can_submit_for_moderation() is False
    assert permissions.can_publish() is False


@pytest.mark.parametrize("make", MAKERS)
def test_an_alias_or_a_copy_is_refused(make):
    story = make()
    parent = Page.objects.get(pk=story.pk).get_parent()

    with pytest.raises(PermissionDenied), transaction.atomic():
        story.copy(update_attrs={"slug": "kopi"}, user=EmployeeFactory(is_superuser=True))
    try:
        refused = constraint_of(lambda: story.create_alias(parent=parent, update_slug="spejl"))
    except ValidationError:  # the copy would have the story's own key
        refused = "uid"

    assert refused is not None
    assert StoryPage.objects.count() == 1


def test_the_site_offers_no_programmes_door_to_pages():
    """Wagtail's API is not installed; ours has no address that writes a story."""
    names = {
        pattern.app_name for pattern in get_resolver().url_patterns if hasattr(pattern, "app_name")
    }

    assert "wagtailapi" not in names


def test_an_editor_is_no_way_round_either():
    """An editor of the municipality writes, and then may not approve (SEC-22)."""
    story = make_consented()
    editor = EmployeeFactory(roles=[Role.EDITOR, Role.APPROVER], unit=story.author.unit)
    authoring.save_draft(actor=editor, story=story, values={"quote": "Rettet af redaktøren."})

    assert story not in StoryPage.objects.awaiting_review_by(editor)
