"""Withdrawal deletes a story's text from every store, for good (docs/security.md SEC-21)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision

from people.roles import Right
from privacy import audit
from search.outbox import enqueue
from stories.domain import guards
from stories.enums import State
from stories.models import ReviewClaim, StoryPage, StoryTag, StoryTombstone
from stories.slugs import address_hash
from stories.states import StorySteps
from stories.tombstone_file import TombstoneLine, write_missing

if TYPE_CHECKING:
    from people.models import Employee

WITHDRAWN_TITLE = "Trukket tilbage"
EMPTY = {
    "title": WITHDRAWN_TITLE,
    "draft_title": WITHDRAWN_TITLE,
    "seo_title": "",
    "search_description": "",
    "teaser": "",
    "hard": "",
    "turning_point": "",
    "quote": "",
    "would_do_differently": "",
    "duration_band": "",
    "now_band": "",
    "outcome": "",
    "target_group": "",
    "age_band": "",
    "contact_form": "",
    "teller_role": "",
    "check_verdict": "",
    "checked_digest": "",
    "approved_digest": "",
    "guidepost": None,
    "method": None,
    "share_citizens": None,
    "share_staff": None,
    "share_efforts": None,
    "approved_by": None,
    "opened_by": None,
    "published_under": None,
    "not_read_by": None,
    "publication": None,
    "dilemma": "",
    "due_on": None,
    "reread_on": None,
    "live": False,
    "is_open": False,
    "has_unpublished_changes": False,
}
EMPTY_LISTS = (
    "steps",
    "try_tomorrow",
    "caseworker_beliefs",
    "citizen_beliefs",
    "action_kinds",
    "ticks",
)


@transaction.atomic
def withdraw_story(*, actor: Employee, story: StoryPage) -> StoryPage:
    """Withdraw a story for good; for its author, an editor or an approver."""
    allowed = StoryPage.objects.editable_by(actor).filter(pk=story.pk).exists()
    if not actor.is_active or not (allowed or actor.may(Right.REVIEW_STORIES)):
        raise PermissionDenied("Only its author, an editor or an approver withdraws a story.")
    return withdraw(actor=actor, story=story)


@transaction.atomic
def withdraw(*, actor: Employee | None, story: StoryPage) -> StoryPage:
    """The same without a permission check, for ended consents and tombstones."""
    story = guards.locked(story)
    now = timezone.now()
    StoryTombstone.objects.get_or_create(
        uid=story.uid,
        defaults={
            "address_hash": address_hash(story.slug),
            "withdrawn_at": now,
            "withdrawn_by": actor,
        },
    )
    for draft in StoryPage.objects.filter(revises=story):
        delete_draft(draft)
    _remove_around(story)
    _empty(story)
    story.consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
    enqueue("story", story.pk)
    audit.record(actor=actor, action="story.withdraw", target=story)
    # If writing fails here, the job writes it: a full disk must not bring a story back.
    transaction.on_commit(write_missing, robust=True)
    return story


def _remove_around(story: StoryPage) -> None:
    """Delete everything outside the story's own row that may hold its words."""
    story.reviews.all().delete()
    story.warning_reasons.all().delete()
    story.responses.all().delete()
    story.bookmarks.all().delete()
    story.periodic_reviews.all().delete()
    story.answered_story_requests.update(answered_by=None, answered_at=None)
    story.pictures.all().delete()
    story.consent_codes.all().delete()
    ReviewClaim.objects.filter(story=story).delete()
    _remove_tags(story)
    StoryPage.themes.through.objects.filter(storypage=story.pk).delete()
    Page.objects.filter(pk=story.pk).update(latest_revision=None, live_revision=None)
    story.latest_revision = story.live_revision = None
    Revision.objects.for_instance(story).delete()
    PageLogEntry.objects.filter(page=story.pk).delete()
    Redirect.objects.filter(redirect_page=story.pk).delete()


def _remove_tags(story: StoryPage) -> None:
    """Delete tags that only this story had: they are words of its text."""
    tagged = StoryTag.objects.filter(content_object=story)
    tags = list(tagged.values_list("tag", flat=True))
    tagged.delete()
    Tag.objects.filter(pk__in=tags).exclude(pk__in=StoryTag.objects.values("tag")).delete()


@transaction.atomic
def delete_draft(story: StoryPage) -> None:
    """Delete a story that was never published, with its words in Wagtail's log and its own tags.

    The trigger `story_consent_is_kept` protects consents, so the draft is marked as discarded.
    """
    pk = story.pk
    _remove_tags(story)
    _mark_discarded(str(pk))
    StoryPage.objects.get(pk=pk).delete()
    _mark_discarded("")
    PageLogEntry.objects.filter(page=pk).delete()


def _mark_discarded(key: str) -> None:
    with connection.cursor() as cursor:  # until the end of the transaction
        cursor.execute("SELECT set_config('stories.discarding', %s, true)", [key])


def _empty(story: StoryPage) -> None:
    """Overwrite every text and the address, without Wagtail's redirect from the old address."""
    for name, value in EMPTY.items():
        setattr(story, name, value)
    for name in EMPTY_LISTS:
        setattr(story, name, [])
    StorySteps.WITHDRAW.take(story)
    story.slug = f"trukket-tilbage-{story.pk}"
    story.set_url_path(story.get_parent())
    Page.objects.filter(pk=story.pk).update(slug=story.slug, url_path=story.url_path)
    Page.save(story, clean=False)  # named, since Moderated comes in between for the types


@transaction.atomic
def learn_tombstones(lines: Iterable[TombstoneLine]) -> int:
    """Import tombstones from the file outside the database; returns how many were new."""
    return sum(
        StoryTombstone.objects.get_or_create(
            uid=line.uid,
            defaults={"address_hash": line.address_hash, "withdrawn_at": line.withdrawn_at},
        )[1]
        for line in lines
    )


@transaction.atomic
def reapply_tombstones() -> list[StoryPage]:
    """Withdraw stories again that a database restore brought back; returns them."""
    back = StoryPage.objects.filter(uid__in=StoryTombstone.objects.values("uid"))
    return [withdraw(actor=None, story=story) for story in back.exclude(state=State.WITHDRAWN)]
