"""Consent to a story: registered and withdrawn (docs/security.md SEC-20, SEC-21)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy import audit
from search.outbox import enqueue
from stories.domain import guards, notices
from stories.enums import LIVE_STATES, Party, Scope
from stories.models import StoryConsent, StoryPage
from stories.states import StorySteps

from .withdrawal import withdraw

if TYPE_CHECKING:
    from people.models import Employee

# The version of the consent text that was read to the citizen.
CONSENT_TEXT_VERSION = "2026-1"
LASTS = timedelta(days=2 * 365)
REMINDERS = (timedelta(days=60), timedelta(days=14))


@transaction.atomic
def register_consent(
    *,
    actor: Employee,
    story: StoryPage,
    party: str,
    scope: str,
    given_on: date,
    expires_on: date | None = None,
) -> StoryConsent:
    """Register one consent, by default for two years. It replaces an earlier one.

    Raises ValidationError by field, PermissionDenied.
    """
    story = guards.locked(story)
    guards.require_editor(actor, story)
    if given_on > timezone.localdate():
        raise ValidationError({"given_on": _("The day is in the future.")})
    same = {"party": party, "scope": scope, "withdrawn_at": None}
    consent = story.consents.filter(**same).first() or StoryConsent(story=story, **same)
    consent.text_version = CONSENT_TEXT_VERSION
    consent.given_on = given_on
    consent.expires_on = expires_on or given_on + LASTS
    consent.registered_by = actor
    consent.full_clean(exclude=["story"])
    consent.save()
    audit.record(
        actor=actor,
        action="story.consent",
        target=story,
        party=str(party),
        scope=str(scope),
        version=CONSENT_TEXT_VERSION,
    )
    return consent


@transaction.atomic
def withdraw_consent(*, actor: Employee, consent: StoryConsent) -> StoryPage:
    """Withdraw a consent. Without consent to sharing the story is withdrawn, to openness closed."""
    guards.require_editor(actor, guards.locked(consent.story))
    return end_consent(actor=actor, consent=consent)


@transaction.atomic
def end_consent(*, actor: Employee | None, consent: StoryConsent) -> StoryPage:
    """The same without a permission check, for letters and nightly jobs."""
    story = guards.locked(consent.story)
    consent.withdrawn_at = timezone.now()
    audit.record(
        actor=actor,
        action="story.withdraw_consent",
        target=story,
        party=consent.party,
        scope=consent.scope,
    )
    consent.save(update_fields=["withdrawn_at"])
    return end_use(actor=actor, story=story, consent=consent)


def end_use(*, actor: Employee | None, story: StoryPage, consent: StoryConsent) -> StoryPage:
    """Stop what the ended consent allowed.

    Without the citizen's consent to sharing its text is deleted; without a colleague's or
    a company's the story is unpublished, so that its author can rewrite it without them.
    """
    if consent.scope == Scope.PHOTO:
        return _without_pictures(story)
    if consent.scope == Scope.OPEN and story.is_open:
        return _close(story)
    if consent.scope != Scope.INTERNAL:
        return story
    if StorySteps.LOSE_CONSENT.starts_from(story.state):
        StorySteps.LOSE_CONSENT.take(story)
        StoryPage.objects.filter(pk=story.pk).update(
            state=story.state, submitted_at=None, due_on=None
        )
    elif story.state in LIVE_STATES:
        citizens = consent.party == Party.CITIZEN
        return withdraw(actor=actor, story=story) if citizens else unpublish(story)
    return story


def unpublish(story: StoryPage) -> StoryPage:
    """Unpublish the story; its author keeps the text."""
    StorySteps.ARCHIVE.take(story)
    story.live, story.is_open, story.opened_by = False, False, None
    story.save()
    enqueue("story", story.pk)
    return story


def _without_pictures(story: StoryPage) -> StoryPage:
    """Delete the pictures; the approved text stays approved, since nothing was added."""
    approved = story.approved_digest != "" and story.approved_digest == guards.text_digest(story)
    if not story.pictures.all().delete()[0]:
        return story
    if approved:
        story.approved_digest = guards.text_digest(story)
        StoryPage.objects.filter(pk=story.pk).update(approved_digest=story.approved_digest)
    enqueue("story", story.pk)
    return story


def _close(story: StoryPage) -> StoryPage:
    if StorySteps.CLOSE.starts_from(story.state):
        StorySteps.CLOSE.take(story)
    story.is_open, story.opened_by = False, None
    StoryPage.objects.filter(pk=story.pk).update(state=story.state, is_open=False, opened_by=None)
    enqueue("story", story.pk)
    return story


@transaction.atomic
def end_expired_consents(*, today: date | None = None) -> list[StoryPage]:
    """End the use of expired consents. Runs every night."""
    day = today or timezone.localdate()
    expired = StoryConsent.objects.filter(
        expires_on__lt=day, withdrawn_at__isnull=True
    ).select_related("story")
    ended = []
    for consent in expired.filter(story__live=True):
        story = guards.locked(consent.story)
        StoryConsent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
        ended.append(end_use(actor=None, story=story, consent=consent))
        audit.record(actor=None, action="story.consent_expired", target=story, scope=consent.scope)
    return ended


@transaction.atomic
def remind_of_expiring_consents(*, today: date | None = None) -> int:
    """Notify author and moderators two months and two weeks before a consent expires.

    Runs every night; returns how many notifications are new.
    """
    day = today or timezone.localdate()
    ending = StoryConsent.objects.filter(
        withdrawn_at__isnull=True,
        expires_on__gte=day,
        expires_on__lte=day + REMINDERS[0],
        story__state__in=LIVE_STATES,
    ).select_related("story__author", "story__approved_by")
    new = 0
    for consent in ending:
        stage = sum(consent.expires_on <= day + before for before in REMINDERS)
        people = notices.moderators_of(consent.story)
        occasion = f"{consent.pk}-{consent.expires_on:%Y%m%d}-{stage}"
        new += notices.tell(
            story=consent.story, kind="stories.ending", people=people, occasion=occasion
        )
    return new
