"""Consent: given, and taken back by one click (docs/security.md R13, R14)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy import audit
from search.outbox import enqueue
from stories.enums import LIVE_STATES, Party, Scope, State
from stories.models import StoryConsent, StoryPage

from . import rules
from .withdrawal import withdraw

if TYPE_CHECKING:
    from people.models import Employee

# The version of the text the citizen was read (docs/stories.md holds its words).
CONSENT_TEXT_VERSION = "2026-1"
LASTS = timedelta(days=2 * 365)


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
    """Register one consent; it lasts two years unless told otherwise. A new one renews it.

    Raises ValidationError by field, PermissionDenied.
    """
    story = rules.locked(story)
    rules.require_editor(actor, story)
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
    """End a consent. The citizen's to sharing takes the story away, to openness closes it."""
    story = rules.locked(consent.story)
    rules.require_editor(actor, story)
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
    """Stop what the ended consent allowed."""
    if consent.party != Party.CITIZEN:
        return story
    if consent.scope == Scope.INTERNAL and story.state in LIVE_STATES:
        return withdraw(actor=actor, story=story)
    if consent.scope == Scope.OPEN and story.is_open:
        return _close(story)
    if consent.scope == Scope.INTERNAL and story.state == State.READING:
        story.state = State.CONSENT
        StoryPage.objects.filter(pk=story.pk).update(state=story.state, submitted_at=None)
    return story


def _close(story: StoryPage) -> StoryPage:
    if story.state == State.PUBLISHED_OPEN:
        story.state = State.PUBLISHED_INTERNAL
    story.is_open, story.opened_by = False, None
    StoryPage.objects.filter(pk=story.pk).update(state=story.state, is_open=False, opened_by=None)
    enqueue("story", story.pk)
    return story


@transaction.atomic
def end_expired(*, today: date | None = None) -> list[StoryPage]:
    """What the system does every night: end the use of consents that have run out."""
    day = today or timezone.localdate()
    expired = StoryConsent.objects.filter(
        expires_on__lt=day, withdrawn_at__isnull=True, party=Party.CITIZEN
    ).select_related("story")
    ended = []
    for consent in expired.filter(story__live=True):
        story = rules.locked(consent.story)
        StoryConsent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
        ended.append(end_use(actor=None, story=story, consent=consent))
        audit.record(actor=None, action="story.consent_expired", target=story, scope=consent.scope)
    return ended
