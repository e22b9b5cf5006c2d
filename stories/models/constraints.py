"""The database constraints of a story (SEC-20, SEC-22)."""

from __future__ import annotations

from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from stories.enums import LIVE_STATES, PUBLISHABLE, State

LIVE = Q(state__in=[str(state.value) for state in LIVE_STATES])
VERDICTS = [str(verdict.value) for verdict in PUBLISHABLE]
NO_TEXT = Q(
    teaser="",
    hard="",
    turning_point="",
    steps=[],
    quote="",
    would_do_differently="",
    try_tomorrow=[],
)

STORY_CONSTRAINTS = [
    CheckConstraint(
        name="story_state_is_known", condition=Q(state__in=[str(value) for value in State.values])
    ),
    CheckConstraint(
        name="story_published_by_a_second_person",
        condition=~LIVE
        | (
            Q(approved_by__isnull=False, approved_at__isnull=False)
            & ~Q(approved_by=F("author"))
            & ~Q(approved_by=F("last_editor"))
        ),
        violation_error_message=_(
            "A story is approved by somebody who neither wrote it nor changed it last."
        ),
    ),
    CheckConstraint(
        name="story_appeal_read_by_another",
        condition=~LIVE | Q(not_read_by__isnull=True) | ~Q(approved_by=F("not_read_by")),
        violation_error_message=_("A second reader answers, not the one who sent it back."),
    ),
    CheckConstraint(
        name="story_published_after_check",
        condition=~LIVE | (Q(check_verdict__in=VERDICTS) & ~Q(approved_digest="")),
        violation_error_message=_("A story is published after the anonymity check."),
    ),
    CheckConstraint(
        name="story_published_with_consent",
        condition=~LIVE | Q(published_under__isnull=False),
        violation_error_message=_("A story is published with the citizen's consent."),
    ),
    CheckConstraint(
        name="story_opened_by_a_third_person",
        condition=Q(is_open=False)
        | (
            Q(state__in=[str(State.PUBLISHED_OPEN.value), str(State.REREAD.value)])
            & Q(opened_by__isnull=False)
            & ~Q(opened_by=F("author"))
            & ~Q(opened_by=F("last_editor"))
            & ~Q(opened_by=F("approved_by"))
        ),
        violation_error_message=_("A second reader opens a story to everybody."),
    ),
    CheckConstraint(
        name="story_open_state_is_open",
        condition=~Q(state=str(State.PUBLISHED_OPEN.value)) | Q(is_open=True),
    ),
    CheckConstraint(
        name="story_says_what_to_do_differently",
        condition=Q(state__in=[str(State.DRAFT.value), str(State.WITHDRAWN.value)])
        | Q(would_do_differently__regex=r"\S"),
        violation_error_message=_("Write what you would do differently."),
    ),
    CheckConstraint(
        name="story_withdrawn_has_no_text",
        condition=~Q(state=str(State.WITHDRAWN.value)) | NO_TEXT,
    ),
    CheckConstraint(
        name="story_shares_sum_to_100",
        condition=Q(share_citizens=None, share_staff=None, share_efforts=None)
        | (
            Q(share_citizens__isnull=False, share_staff__isnull=False, share_efforts__isnull=False)
            & Q(share_citizens=100 - F("share_staff") - F("share_efforts"))
        ),
        violation_error_message=_("The three shares sum to 100."),
    ),
    CheckConstraint(
        name="story_new_text_is_not_published",
        condition=Q(revises__isnull=True) | (~LIVE & ~Q(revises=F("pk"))),
    ),
    UniqueConstraint(
        name="story_one_new_text",
        fields=["revises"],
        condition=Q(revises__isnull=False),
        violation_error_message=_("A new text of the story has been begun already."),
    ),
]
