"""The guided session: who, when, its steps, blind bids, cards, ideas and notes.

See docs/domain.md B4.
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kb.models import QuestionCard
from people.models import Employee
from privacy.fields import SafeCharField
from sparring.enums import (
    Answer,
    BidMoment,
    IdeaMark,
    ParticipantRole,
    SessionState,
    StopReason,
)

from .cases import Case
from .guests import GuestAgreement
from .plans import SparringPlan, SparringRequest
from .rooms import Room
from .session_match import SessionMatch
from .text_fields import CaseCharField


class TsTzRange(models.Func):
    """The span of two moments, as PostgreSQL compares them."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class SparringSession(SessionMatch):
    """One session about one case at one time.

    A group session is two of them back to back, 20 minutes each: the second `follows` the first.
    Each keeps its own case, bids and outcome; they share their people and one calendar entry
    (docs/decisions/0009). That they lie back to back is a foreign key of its own in the database:
    (follows, starts_at, length, calendar_uid) is the first's (id, ends_at, length, calendar_uid).
    """

    request = models.ForeignKey(
        SparringRequest,
        verbose_name=_("request"),
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    case = models.ForeignKey(
        Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="sessions"
    )
    plan = models.ForeignKey(
        SparringPlan,
        verbose_name=_("plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    length = models.PositiveSmallIntegerField(_("length in minutes"), default=25)
    location = SafeCharField(_("place"), max_length=120, blank=True)
    room = models.ForeignKey(
        Room,
        verbose_name=_("room"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SessionState.choices, default=SessionState.PROPOSED
    )
    follows = models.OneToOneField(
        "self",
        verbose_name=_("first case of the group session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
    )
    step = models.PositiveSmallIntegerField(_("step"), default=0)
    step_started_at = models.DateTimeField(_("step started"), null=True, blank=True)
    started_at = models.DateTimeField(_("session started"), null=True, blank=True)
    bids_opened_at = models.DateTimeField(_("bids opened"), null=True, blank=True)
    ideas_opened_at = models.DateTimeField(_("ideas opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    stopped_because = models.CharField(
        _("red card"), max_length=12, choices=StopReason.choices, blank=True
    )
    citizens_chair = models.ForeignKey(
        Employee,
        verbose_name=_("citizen’s chair"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    led_by = models.ForeignKey(
        Employee,
        verbose_name=_("drives the session instead of its leader"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    calendar_uid = models.UUIDField()
    calendar_sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("sparring")
        verbose_name_plural = _("sparring sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            *SessionMatch.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(length__in=[10, 20, 25]), name="session_length_known"
            ),
            models.CheckConstraint(condition=Q(step__lte=8), name="session_step_to_8"),
            ExclusionConstraint(
                name="session_no_double_booked_room",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (
                        TsTzRange("starts_at", "ends_at", RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(room__isnull=False) & ~Q(state__in=["proposed", "cancelled"]),
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | Q(length=20), name="session_half_is_20_minutes"
            ),
            models.UniqueConstraint(
                fields=["calendar_uid"],
                condition=Q(follows__isnull=True) & ~Q(state="cancelled"),
                name="session_one_calendar_entry",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "state"]),
            models.Index(fields=["state", "starts_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def first_bids(self) -> models.QuerySet[BlindBid]:
        """The blind bids of step 4, without the colleagues' second ones."""
        return self.bids.filter(moment=BidMoment.BEFORE)

    @property
    def where(self) -> str:
        """The room, else the place that somebody wrote; empty when neither is known."""
        return self.room.where if self.room else self.location


class Participation(models.Model):
    """Somebody's part in a session. `holds_time` is false after a no and in a cancelled session.

    Nobody is in two sessions at once: the exclusion constraint refuses it whatever the code does.
    A guest's part hangs on its agreement, and access ends with it. `access_end_indexed`: search
    knows. `used_next_pick`: it answered somebody's request to be picked next. `seen_at`: when the
    page of the running session was last open. `ready_step`: the step after which they would go on.
    `bid_excused_by`: who went on without this person's blind bid.
    """

    session = models.ForeignKey(
        SparringSession, on_delete=models.PROTECT, related_name="participations"
    )
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(_("role"), max_length=12, choices=ParticipantRole.choices)
    answer = models.CharField(
        _("answer"), max_length=8, choices=Answer.choices, default=Answer.INVITED
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    during = DateTimeRangeField(_("when"))
    holds_time = models.BooleanField(default=True)
    access_until = models.DateTimeField(_("sees the case until"), null=True, blank=True)
    access_end_indexed = models.BooleanField(default=False, db_default=False)
    used_next_pick = models.BooleanField(default=False, db_default=False)
    seen_at = models.DateTimeField(_("last seen in the session"), null=True, blank=True)
    ready_step = models.PositiveSmallIntegerField(_("ready after step"), default=0, db_default=0)
    bid_excused_by = models.ForeignKey(
        Employee,
        verbose_name=_("went on without the bid"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    bid_excused_at = models.DateTimeField(null=True, blank=True)
    agreement = models.ForeignKey(
        GuestAgreement,
        verbose_name=_("agreement on guests"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employee"], name="participation_once_per_session"
            ),
            ExclusionConstraint(
                name="participation_no_double_booking",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(holds_time=True),
            ),
            models.CheckConstraint(
                condition=Q(role="guest", agreement__isnull=False)
                | (~Q(role="guest") & Q(agreement__isnull=True)),
                name="participation_guest_by_agreement",
            ),
            models.CheckConstraint(
                condition=Q(bid_excused_by__isnull=True, bid_excused_at__isnull=True)
                | (
                    Q(bid_excused_at__isnull=False, bid_excused_by__isnull=False)
                    & ~Q(bid_excused_by=models.F("employee"))
                ),
                name="participation_bid_excused_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.employee_id} {self.role}"


class BlindBid(models.Model):
    """A blind bid.

    Only its author sees it before all are in or the session's leader opens them.
    """

    session = models.ForeignKey(SparringSession, on_delete=models.PROTECT, related_name="bids")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(
        _("when"), max_length=8, choices=BidMoment.choices, default=BidMoment.BEFORE
    )
    value = models.PositiveSmallIntegerField(_("bid"), validators=[MaxValueValidator(10)])
    because = CaseCharField(_("the one thing it is built on"), max_length=300)
    submitted_at = models.DateTimeField(_("submitted"))

    class Meta:
        verbose_name = _("blind bid")
        verbose_name_plural = _("blind bids")
        ordering = ["value", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employee", "moment"], name="bid_once_per_moment"
            ),
            models.CheckConstraint(condition=Q(value__lte=10), name="bid_value_0_to_10"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.moment}"


class SessionCard(models.Model):
    """A question card drawn for a session by the rules that brought the case up."""

    session = models.ForeignKey(SparringSession, on_delete=models.PROTECT, related_name="cards")
    card = models.ForeignKey(QuestionCard, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    swapped_out = models.BooleanField(default=False)
    rule = models.CharField(_("drawn by rule"), max_length=4, blank=True)

    class Meta:
        verbose_name = _("drawn card")
        verbose_name_plural = _("drawn cards")
        ordering = ["session", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "position"],
                condition=Q(swapped_out=False),
                name="card_one_per_position",
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.position}"


class Idea(models.Model):
    """One idea of the round; its author is optional. `sent_as`: one press of the button.

    `chosen`: the one that is agreed on, one a session.
    """

    session = models.ForeignKey(SparringSession, on_delete=models.PROTECT, related_name="ideas")
    text = CaseCharField(_("idea"), max_length=300)
    by = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mark = models.CharField(_("mark"), max_length=10, choices=IdeaMark.choices, blank=True)
    chosen = models.BooleanField(_("agreed on"), default=False, db_default=False)
    sent_as = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "sent_as"], name="idea_once_per_press"),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(chosen=True),
                name="idea_one_agreed_on_per_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.pk}"


class StepLog(models.Model):
    """When each step began: the clock that everybody shares."""

    session = models.ForeignKey(SparringSession, on_delete=models.PROTECT, related_name="steps")
    step = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.session_id} {self.step}"
