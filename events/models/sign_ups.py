"""Who has a seat, who waits for one, and what has been told about when and where."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from events.enums import ACTIVE, SignUpState
from privacy.fields import SafeCharField, SafeTextField

if TYPE_CHECKING:
    from datetime import datetime

SEATED = Q(state=SignUpState.SEATED)
IS_ACTIVE = Q(state__in=ACTIVE)
SEAT_GIVEN = pgtrigger.Insert | pgtrigger.UpdateOf("seat")  # type: ignore[no-untyped-call]
# A seat beyond the page's number of places is refused whatever the code does.
NO_SEAT_TOO_MANY = """
IF NEW.seat > (SELECT capacity FROM events_eventpage WHERE page_ptr_id = NEW.event_id) THEN
    RAISE EXCEPTION 'There are no more places at event %.', NEW.event_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'sign_up_within_capacity';
END IF;
RETURN NEW;
"""


class CalendarEntry(models.Model):
    """What those signed up were last told about time and place.

    It stands beside the page, since a page is saved whole by every publishing: the sequence only
    grows, also when an old version is published again.
    """

    event = models.OneToOneField(
        "events.EventPage", on_delete=models.CASCADE, related_name="calendar_entry"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    location = SafeCharField(max_length=400, blank=True)
    online_link = models.URLField(max_length=400, blank=True)
    cancelled = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("calendar entry")
        verbose_name_plural = _("calendar entries")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="calendar_entry_has_a_length"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.sequence}"


class SignUpQuerySet(models.QuerySet["SignUp"]):
    """Sign-ups by where they stand."""

    def seated(self) -> SignUpQuerySet:
        return self.filter(SEATED)

    def in_queue(self) -> SignUpQuerySet:
        """The waiting list, the first one first."""
        return self.filter(state=SignUpState.WAITING).order_by("rank")

    def active(self) -> SignUpQuerySet:
        return self.filter(IS_ACTIVE)


class SignUp(models.Model):
    """One person's wish to come: an employee's, or a guest's by mail.

    `seat` and `rank` are given under a lock on the event: no seat twice, no rank twice.
    """

    event = models.ForeignKey(
        "events.EventPage",
        verbose_name=_("event"),
        on_delete=models.PROTECT,
        related_name="sign_ups",
    )
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="event_sign_ups",
    )
    guest_name = SafeCharField(_("name"), max_length=120, blank=True)
    guest_email = models.EmailField(_("mail"), blank=True)
    guest_organisation = SafeCharField(_("workplace"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=SignUpState.choices)
    rank = models.PositiveIntegerField(_("number"), null=True, blank=True)
    seat = models.PositiveIntegerField(null=True, blank=True, editable=False)
    access_needs = SafeTextField(_("what you need to take part"), blank=True, max_length=400)
    created_at = models.DateTimeField(_("since"))
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True)
    says_came = models.BooleanField(_("says: I was there"), default=False)
    came = models.BooleanField(_("was there"), null=True, blank=True)
    asked_to_evaluate = models.BooleanField(default=False)
    has_evaluated = models.BooleanField(default=False)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "employee"], condition=IS_ACTIVE, name="sign_up_once_an_employee"
            ),
            models.UniqueConstraint(
                models.F("event"),
                Lower("guest_email"),
                condition=IS_ACTIVE & ~Q(guest_email=""),
                name="sign_up_once_a_guest",
            ),
            models.UniqueConstraint(fields=["event", "seat"], name="sign_up_own_seat"),
            models.UniqueConstraint(fields=["event", "rank"], name="sign_up_own_rank"),
            models.CheckConstraint(condition=Q(state__in=SignUpState.values), name="sign_up_state"),
            models.CheckConstraint(
                condition=Q(SEATED, seat__isnull=False, seat__gte=1)
                | Q(~SEATED, seat__isnull=True),
                name="sign_up_seat_when_seated",
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=False) | ~IS_ACTIVE, name="sign_up_active_has_rank"
            ),
            models.CheckConstraint(
                condition=Q(state=SignUpState.CANCELLED, cancelled_at__isnull=False)
                | Q(~Q(state=SignUpState.CANCELLED), cancelled_at__isnull=True),
                name="sign_up_cancelled_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(employee__isnull=False, guest_email="", guest_name="")
                | Q(employee__isnull=True, forgotten_at__isnull=True, guest_email__regex=r"\S")
                | Q(employee__isnull=True, forgotten_at__isnull=False, guest_email=""),
                name="sign_up_of_one_employee_or_guest",
            ),
            models.CheckConstraint(
                condition=Q(state=SignUpState.SEATED) | Q(came__isnull=True) | Q(came=False),
                name="sign_up_came_on_a_seat",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "rank"], name="sign_up_queue"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="within_capacity",
                operation=SEAT_GIVEN,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__seat__isnull=False),
                func=NO_SEAT_TOO_MANY,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As it stands on the list of those who come."""
        if self.employee is not None:
            return str(self.employee)
        return self.guest_name or str(_("A guest, forgotten since"))

    @property
    def address(self) -> str:
        """Where mails about it go."""
        return self.employee.email if self.employee is not None else self.guest_email

    @property
    def is_seated(self) -> bool:
        return self.state == SignUpState.SEATED

    @property
    def is_waiting(self) -> bool:
        return self.state == SignUpState.WAITING

    @property
    def ended(self) -> datetime | None:
        return self.cancelled_at
