"""No path publishes a story without check, consent and a second person (SEC-22)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from people.roles import Role
from stories.domain import authoring, checking, consents, review, withdrawal
from stories.enums import Scope, State, Tick
from stories.models import StoryConsent, StoryPage, StoryTag, StoryTombstone
from tests.factories.people import EmployeeFactory
from tests.factories.stories import (
    give_consent,
    make_approver,
    make_consented,
    make_draft,
    make_in_review,
    make_opened,
    make_published,
)

pytestmark = pytest.mark.django_db


def constraint_of(action):
    """The name of the constraint that refuses `action` at the end of the transaction."""
    try:
        with transaction.atomic():
            action()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return None


def raw(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_the_whole_way():
    author, approver = EmployeeFactory(), make_approver()
    story = make_draft(author)
    checking.submit_for_check(actor=author, story=story)
    checking.confirm_unrecognisable(actor=author, story=story, ticks=Tick.values)
    give_consent(story)
    review.submit_for_review(actor=author, story=story)

    published = review.approve(actor=approver, story=story)

    assert published.live is True
    assert published.state == State.PUBLISHED_INTERNAL
    assert published.slug.startswith("kaffe-foer-kursus")
    assert published.approved_by == approver
    assert StoryPage.objects.published_for(author).get() == published
    assert constraint_of(lambda: None) is None


LIVE_STATES = ["published_internal", "published_open", "reread"]


@pytest.mark.parametrize("state", [s.value for s in State if s.value not in LIVE_STATES])
def test_a_story_in_any_other_state_cannot_be_made_live(state):
    story = make_draft()
    if state == State.WITHDRAWN:
        withdrawal.withdraw_story(actor=story.author, story=story)
    StoryPage.objects.filter(pk=story.pk).update(state=state)

    def publish():
        Page.objects.filter(pk=story.pk).update(live=True)

    assert constraint_of(publish) == "story_live_only_when_published"


@pytest.mark.parametrize("role", ["author", "last_editor"])
def test_the_approver_is_neither_author_nor_last_editor(role):
    story = make_published()

    def approve_oneself():
        StoryPage.objects.filter(pk=story.pk).update(approved_by=getattr(story, role))

    assert constraint_of(approve_oneself) == "story_published_by_a_second_person"


def test_the_author_who_is_an_approver_cannot_approve():
    author = make_approver()
    story = make_in_review(author)

    with pytest.raises(PermissionDenied):
        review.approve(actor=author, story=story)


def test_the_last_editor_who_is_an_approver_cannot_approve():
    author = EmployeeFactory()
    editor = EmployeeFactory(unit=author.unit, roles=[Role.EDITOR, Role.APPROVER])
    story = make_draft(author)
    authoring.save_draft(actor=editor, story=story, values={"quote": "En bedre sætning."})
    checking.submit_for_check(actor=author, story=story)
    checking.confirm_unrecognisable(actor=author, story=story, ticks=Tick.values)
    give_consent(story)
    review.submit_for_review(actor=author, story=story)

    with pytest.raises(PermissionDenied):
        review.approve(actor=editor, story=story)


def test_a_colleague_who_is_no_approver_cannot_approve():
    with pytest.raises(PermissionDenied):
        review.approve(actor=EmployeeFactory(), story=make_in_review())


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("approved_by", None, "story_published_by_a_second_person"),
        ("approved_at", None, "story_published_by_a_second_person"),
        ("check_verdict", "warn", "story_published_after_check"),
        ("check_verdict", "block", "story_published_after_check"),
        ("check_verdict", "error", "story_published_after_check"),
        ("check_verdict", "", "story_published_after_check"),
        ("approved_digest", "", "story_published_after_check"),
        ("published_under", None, "story_published_with_consent"),
        ("approved_digest", "0" * 64, "story_live_text_was_approved"),
        ("hard", "En anden tekst.", "story_live_text_was_approved"),
        ("steps", [], "story_live_text_was_approved"),
        ("target_group", "jobparat", "story_live_text_was_approved"),
        ("is_open", True, "story_opened_by_a_third_person"),
        ("state", "published_open", "story_open_state_is_open"),
        ("would_do_differently", " ", "story_says_what_to_do_differently"),
        ("share_staff", 30, "story_shares_sum_to_100"),
        ("share_staff", None, "story_shares_sum_to_100"),
        ("state", "sjov", "story_state_is_known"),
    ],
)
def test_the_database_refuses_a_published_story_that_lacks_something(field, value, name):
    story = make_published()

    assert (
        constraint_of(lambda: StoryPage.objects.filter(pk=story.pk).update(**{field: value}))
        == name
    )


@pytest.mark.parametrize("field", ["title", "slug", "seo_title", "search_description"])
def test_wagtails_own_fields_belong_to_the_approved_text(field):
    story = make_published()

    def change():
        Page.objects.filter(pk=story.pk).update(**{field: "noget-andet"})

    assert constraint_of(change) == "story_live_text_was_approved"


def test_a_tag_belongs_to_the_approved_text():
    story = make_published()
    tagged = StoryTag.objects.get(content_object=story)

    assert constraint_of(tagged.delete) == "story_live_text_was_approved"
    assert (
        constraint_of(lambda: raw("UPDATE taggit_tag SET name = 'x' WHERE id = %s", tagged.tag_id))
        == "story_live_text_was_approved"
    )


def test_the_consent_behind_a_published_story_stays():
    story = make_published()
    consent = story.consents.get()

    def end():
        StoryConsent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())

    assert constraint_of(end) == "story_live_with_consent"
    assert constraint_of(consent.delete) is not None


def test_a_published_story_cannot_live_beside_its_tombstone():
    story = make_published()

    def bury():
        StoryTombstone.objects.create(
            uid=story.uid, address_hash="0" * 64, withdrawn_at=timezone.now()
        )

    assert constraint_of(bury) == "story_live_never_after_withdrawal"


def test_another_storys_consent_does_not_count():
    story, other = make_published(), make_consented()

    def borrow():
        StoryPage.objects.filter(pk=story.pk).update(published_under=other.consents.get())

    assert constraint_of(borrow) == "story_live_with_consent"


# Paths of Wagtail that publish an ordinary page.


def test_wagtail_stores_no_revision_of_a_story():
    story = make_draft()

    with pytest.raises(PermissionDenied):
        story.save_revision()
    assert Revision.objects.for_instance(story).count() == 0


def _forged_revision(story, **content):
    """A revision somebody wrote past the model, with whatever they wish to be true."""
    base = Revision(
        content_type=story.get_content_type(),
        base_content_type=story.get_base_content_type(),
        object_id=str(story.pk),
        created_at=timezone.now(),
        content=story.serializable_data() | content,
    )
    base.save()
    return base


def test_publishing_a_forged_revision_is_refused():
    story = make_in_review()
    revision = _forged_revision(story, title="Noget andet")

    assert constraint_of(lambda: revision.publish(skip_permission_checks=True)) == (
        "story_live_only_when_published"
    )


def test_reverting_a_published_story_to_another_text_is_refused():
    story = make_published()
    revision = _forged_revision(story, hard="Sådan stod der før.")

    assert constraint_of(lambda: revision.publish(skip_permission_checks=True)) == (
        "story_live_text_was_approved"
    )


def test_scheduled_publishing_is_refused():
    story = make_in_review()
    revision = _forged_revision(story)
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )

    assert constraint_of(lambda: call_command("publish_scheduled", verbosity=0)) == (
        "story_live_only_when_published"
    )


def test_a_copy_of_a_published_story_is_refused():
    story = make_published()

    with pytest.raises(PermissionDenied), transaction.atomic():
        story.copy(update_attrs={"slug": "kopi", "title": "Kopi"}, keep_live=True)
    with pytest.raises(PermissionDenied), transaction.atomic():
        Page.objects.get(pk=story.pk).copy(update_attrs={"slug": "kopi"}, keep_live=True)


def test_a_shell_that_saves_another_text_is_refused():
    story = make_published()
    story.hard = "Noget, ingen har læst."

    assert constraint_of(story.save) == "story_live_text_was_approved"


def test_a_move_changes_nothing_in_a_published_story():
    story = make_published()

    moved = constraint_of(lambda: story.move(Page.get_first_root_node().get_children()[0]))

    assert moved is None
    assert StoryPage.objects.get(pk=story.pk).approved_digest == story.approved_digest


ADMIN_ADDRESSES = [
    ("wagtailadmin_pages:edit", {"action-publish": "1", "title": "Ny titel", "slug": "ny-titel"}),
    ("wagtailadmin_pages:unpublish", {}),
    ("wagtailadmin_pages:delete", {}),
    ("wagtailadmin_pages:copy", {"new_title": "K", "new_slug": "k", "publish_copies": "on"}),
    ("wagtailadmin_pages:move", {}),
    ("wagtailadmin_pages:convert_alias", {}),
]


@pytest.mark.parametrize(("name", "data"), ADMIN_ADDRESSES)
@pytest.mark.parametrize("make", [make_in_review, make_published])
def test_nobody_changes_a_story_in_the_editors_admin(name, data, make):
    story = make()
    superuser = EmployeeFactory(roles=[Role.ADMINISTRATOR], is_superuser=True, is_staff=True)
    client = Client()
    client.force_login(superuser)
    before = StoryPage.objects.filter(pk=story.pk).values().get()

    response = client.post(reverse(name, args=[story.pk]), data)

    assert response.status_code in (302, 403, 404)
    assert StoryPage.objects.filter(pk=story.pk).values().get() == before
    assert StoryPage.objects.count() == 1


def test_a_story_is_not_created_in_the_editors_admin():
    story = make_published()
    superuser = EmployeeFactory(roles=[Role.ADMINISTRATOR], is_superuser=True, is_staff=True)
    client = Client()
    client.force_login(superuser)
    address = reverse(
        "wagtailadmin_pages:add", args=["stories", "storypage", story.get_parent().pk]
    )

    response = client.post(address, {"title": "Udenom", "slug": "udenom", "action-publish": "1"})

    assert response.status_code in (302, 403, 404)
    assert StoryPage.objects.count() == 1


# Opening to everybody: a second reader of another unit, and the citizen's consent to that.


def test_a_third_person_of_another_unit_opens():
    story = make_opened()

    assert story.is_open is True
    assert story.state == State.PUBLISHED_OPEN
    assert len({story.author_id, story.approved_by_id, story.opened_by_id}) == 3


def test_opening_needs_the_consent_to_openness():
    with pytest.raises(ValidationError):
        review.open_to_everybody(actor=make_approver(), story=make_published())


def test_opening_needs_another_reader_than_the_first():
    approver = make_approver()
    story = make_published(approver=approver, scopes=(Scope.INTERNAL, Scope.OPEN))

    with pytest.raises(ValidationError):
        review.open_to_everybody(actor=approver, story=story)


def test_opening_needs_a_reader_of_another_unit():
    author = EmployeeFactory()
    story = make_published(author, scopes=(Scope.INTERNAL, Scope.OPEN))

    with pytest.raises(ValidationError):
        review.open_to_everybody(actor=make_approver(unit=author.unit), story=story)


def test_an_open_story_needs_the_consent_to_openness_as_long_as_it_is_open():
    story = make_opened()
    consent = story.consents.get(scope=Scope.OPEN)

    assert (
        constraint_of(
            lambda: StoryConsent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
        )
        == "story_live_with_consent"
    )
    consents.withdraw_consent(actor=story.author, consent=consent)
    story.refresh_from_db()
    assert (story.state, story.is_open, story.live) == (State.PUBLISHED_INTERNAL, False, True)
    assert constraint_of(lambda: None) is None
