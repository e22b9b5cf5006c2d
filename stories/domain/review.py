"""A second person approves a story; a third, of another unit, opens it (domain B5, SEC-22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.domain.notifications import notify
from people.working_days import working_days_after
from privacy import audit
from privacy.jobs import defer
from search.outbox import enqueue
from stories.domain import anonymity_set, authoring, checking, claims, guards, notices, tree
from stories.enums import Decision, Scope
from stories.models import ReviewClaim, StoryPage, StoryReview
from stories.states import StorySteps

from .withdrawal import delete_draft

if TYPE_CHECKING:
    from datetime import datetime

    from kb.states import Step
    from people.models import Employee

READ_WITHIN = 5  # working days


@transaction.atomic
def submit_for_review(*, actor: Employee, story: StoryPage) -> StoryPage:
    """Submit the story to the reviewers. ValidationError without check, answers or consent."""
    story = guards.locked(story)
    guards.require_editor(actor, story)
    if not StorySteps.SEND.starts_from(story.state):
        raise ValidationError(_("Check the story and answer the eight questions first."))
    guards.require_complete(story)
    queue_for_review(story, StorySteps.SEND)
    people = notices.reviewers_of(story)
    notices.tell(story=story, kind="stories.to_read", people=people, occasion=f"v{story.version}")
    audit.record(actor=actor, action="story.send_to_reading", target=story)
    return story


def queue_for_review(story: StoryPage, step: Step) -> None:
    """Queue the story for review, if its check, anonymity set and consents allow it.

    Raises ValidationError.
    """
    checking.require_clean(story)
    anonymity_set.require_anonymity_set(story)
    require_consents(story)
    now = timezone.now()
    step.take(story)
    story.submitted_at = now
    story.due_on = working_days_after(timezone.localdate(now), READ_WITHIN)
    StoryPage.objects.filter(pk=story.pk).update(
        state=story.state,
        submitted_at=story.submitted_at,
        due_on=story.due_on,
        not_read_by=story.not_read_by,
    )


def require_consents(story: StoryPage) -> None:
    """Raise ValidationError without the citizen's consent to sharing, and to pictures if any."""
    _require_consent(story, Scope.INTERNAL)
    if story.pictures.exists():
        _require_consent(story, Scope.PHOTO)


@transaction.atomic
def withdraw_from_review(*, actor: Employee, story: StoryPage) -> StoryPage:
    """The author withdraws the story from review to continue writing."""
    story = guards.locked(story)
    guards.require_editor(actor, story)
    if not StorySteps.TAKE_BACK.starts_from(story.state):
        raise ValidationError(_("The story is not being read."), code="state")
    return _to_draft(story, actor, StorySteps.TAKE_BACK, "story.take_back")


def _to_draft(story: StoryPage, actor: Employee, step: Step, action: str) -> StoryPage:
    step.take(story)
    story.submitted_at, story.due_on = None, None
    StoryPage.objects.filter(pk=story.pk).update(state=story.state, submitted_at=None, due_on=None)
    ReviewClaim.objects.filter(story=story).delete()
    audit.record(actor=actor, action=action, target=story)
    return story


def _require_consent(story: StoryPage, scope: Scope) -> None:
    if guards.citizens_consent(story, scope, timezone.localdate()) is None:
        photo = _("The citizen's consent to pictures is missing or has ended.")
        plain = _("The citizen's consent is missing or has ended.")
        raise ValidationError(photo if scope == Scope.PHOTO else plain, code="consent")


def _require_same_text(story: StoryPage, digest: str) -> None:
    if digest and digest != guards.text_digest(story):
        raise guards.StaleText


@transaction.atomic
def approve(
    *, actor: Employee, story: StoryPage, digest: str = "", at: datetime | None = None
) -> StoryPage:
    """Publish a story to colleagues; returns the published page.

    `digest` is of the text the reviewer saw; raises StaleText if it has changed since. A revision
    replaces the text of the story it revises. Raises PermissionDenied for its author and last
    editor, ValidationError if check, anonymity set or consent no longer holds.
    """
    story = guards.locked(story)
    guards.require_reviewer(actor, story)
    if not StorySteps.APPROVE.starts_from(story.state):
        raise ValidationError(_("The story is not waiting to be read."), code="state")
    claims.require_not_claimed(actor, story)
    _require_same_text(story, digest)
    require_consents(story)
    moment = at or timezone.now()
    target = _merged(story, story.revises, actor) if story.revises else story
    if target is story:
        tree.set_address(story, tree.free_slug(story))
    checking.require_clean(target)
    anonymity_set.require_anonymity_set(target)
    _publish(target, actor, moment)
    _record(target, actor, Decision.APPROVED, moment)
    defer("story_library.announce", story_id=target.pk)
    return target


def _merged(draft: StoryPage, revised: StoryPage, actor: Employee) -> StoryPage:
    """Move text and consents of `draft` to the story it revises, and delete the draft."""
    target = guards.locked(revised)
    if actor.pk == target.author_id:
        raise PermissionDenied("A story is read by an approver who did not write it (SEC-22).")
    authoring.copy_text(source=draft, target=target)
    target.last_editor = draft.last_editor
    target.version += 1
    target.approved_by, target.opened_by, target.is_open = actor, None, False
    StorySteps.REPLACE.take(target)
    target.save()
    for consent in draft.consents.filter(withdrawn_at__isnull=True):
        older = target.consents.filter(
            party=consent.party, scope=consent.scope, withdrawn_at__isnull=True
        )
        older.update(withdrawn_at=timezone.now())
    draft.consents.update(story=target)
    draft.consent_codes.update(story=target)
    draft.warning_reasons.exclude(
        fingerprint__in=target.warning_reasons.values("fingerprint")
    ).update(story=target)
    draft.reviews.update(story=target)
    delete_draft(draft)
    return target


def _publish(story: StoryPage, actor: Employee, moment: datetime) -> None:
    day = timezone.localdate(moment)
    story.published_under = guards.citizens_consent(story, Scope.INTERNAL, timezone.localdate())
    if StorySteps.APPROVE.starts_from(story.state):  # else a revision has taken its place
        StorySteps.APPROVE.take(story)
    story.is_open, story.opened_by = False, None
    story.approved_by, story.approved_at = actor, moment
    story.approved_digest = guards.text_digest(story)
    story.reread_on = day.replace(year=day.year + 1, day=min(day.day, 28))
    story.live, story.has_unpublished_changes = True, False
    story.due_on = None
    story.first_published_at = story.first_published_at or moment
    story.last_published_at = moment
    story.save()
    ReviewClaim.objects.filter(story=story).delete()
    enqueue("story", story.pk)
    if guards.citizens_consent(story, Scope.OPEN, timezone.localdate()) is not None:
        people = notices.second_reviewers_of(story)
        notices.tell(
            story=story, kind="stories.to_open", people=people, occasion=f"v{story.version}"
        )


def _record(
    story: StoryPage, actor: Employee, decision: Decision, moment: datetime, reason: str = ""
) -> StoryReview:
    review = StoryReview(
        story=story,
        reviewer=actor,
        decision=decision,
        reason=reason.strip(),
        digest=guards.text_digest(story),
        decided_at=moment,
    )
    review.full_clean(exclude=["story"])
    review.save()
    if decision != Decision.REREAD:
        notify(
            employee=story.author,
            kind="stories.decision",
            object_id=review.pk,
            key=f"stories.decision:{review.pk}",
        )
    audit.record(actor=actor, action=f"story.{decision}", target=story)
    return review


@transaction.atomic
def send_back(
    *, actor: Employee, story: StoryPage, reason: str, at: datetime | None = None
) -> StoryPage:
    """Send a story back to its author with the required reason."""
    story = guards.locked(story)
    guards.require_reviewer(actor, story)
    if not StorySteps.SEND_BACK.starts_from(story.state):
        raise ValidationError(_("The story is not waiting to be read."), code="state")
    claims.require_not_claimed(actor, story)
    if not reason.strip():
        raise ValidationError({"reason": _("Write what the author should change, and why.")})
    _record(story, actor, Decision.REJECTED, at or timezone.now(), reason)
    return _to_draft(story, actor, StorySteps.SEND_BACK, "story.send_back")


@transaction.atomic
def open_to_everybody(
    *, actor: Employee, story: StoryPage, at: datetime | None = None
) -> StoryPage:
    """A second reviewer, of another unit than the author's, opens the story to everybody."""
    story = guards.locked(story)
    guards.require_reviewer(actor, story)
    if not StoryPage.objects.openable_by(actor).filter(pk=story.pk).exists():
        raise ValidationError(
            _("A second reader of another unit opens it, once the citizen has agreed to that."),
            code="open",
        )
    claims.require_not_claimed(actor, story)
    checking.require_clean(story)
    anonymity_set.require_anonymity_set(story)
    StorySteps.OPEN.take(story)
    story.is_open, story.opened_by = True, actor
    story.save()
    ReviewClaim.objects.filter(story=story).delete()
    _record(story, actor, Decision.OPENED, at or timezone.now())
    enqueue("story", story.pk)
    return story
