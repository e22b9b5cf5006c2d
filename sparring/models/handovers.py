"""What is handed over with a case, and the meeting that belongs to it (docs/domain.md B3)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Municipality
from sparring.enums import HandoverMeetingState

from .cases import CaseOwnership
from .text_fields import CaseTextField


class HandoverMeeting(models.Model):
    """Whoever had some cases meets whoever has them now: one meeting for all cases between the two.

    It has a time where a free one was found. Its people's time is held by their calendars being
    read with it (`sparring.colleagues.calendars`).
    """

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="+"
    )
    former_owner = models.ForeignKey(
        Employee,
        verbose_name=_("who had the cases"),
        on_delete=models.PROTECT,
        related_name="handover_meetings_given",
    )
    new_owner = models.ForeignKey(
        Employee,
        verbose_name=_("who has the cases now"),
        on_delete=models.PROTECT,
        related_name="handover_meetings_received",
    )
    third = models.ForeignKey(
        Employee,
        verbose_name=_("a third"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=HandoverMeetingState.choices,
        default=HandoverMeetingState.WANTED,
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    calendar_uid = models.UUIDField(default=uuid4, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("handover meeting")
        verbose_name_plural = _("handover meetings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(former_owner=F("new_owner"))
                & ~Q(third=F("former_owner"))
                & ~Q(third=F("new_owner")),
                name="handover_meeting_different_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["wanted", "held", "cancelled"], starts_at__isnull=True)
                & Q(ends_at__isnull=True)
                | Q(
                    state__in=["proposed", "held", "cancelled"],
                    starts_at__isnull=False,
                    ends_at__gt=F("starts_at"),
                ),
                name="handover_meeting_times_fit_state",
            ),
            models.CheckConstraint(
                condition=Q(state="held", held_on__isnull=False)
                | ~Q(state="held") & Q(held_on__isnull=True),
                name="handover_meeting_held_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["former_owner", "new_owner"],
                condition=Q(state__in=["wanted", "proposed"]),
                name="handover_meeting_one_open_per_pair",
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.former_owner_id} {self.new_owner_id} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def people(self) -> list[Employee]:
        """Who takes part."""
        return [person for person in (self.former_owner, self.new_owner, self.third) if person]


OPEN = (HandoverMeetingState.WANTED, HandoverMeetingState.PROPOSED)


class Handover(models.Model):
    """One case given to somebody: what the one before writes to the next about it.

    `agreed` stands on the case at once; `works` and `keep` are opened by the new owner's own bid.
    """

    ownership = models.OneToOneField(
        CaseOwnership, on_delete=models.PROTECT, related_name="handover"
    )
    former_owner = models.ForeignKey(
        Employee,
        verbose_name=_("who had the case"),
        on_delete=models.PROTECT,
        related_name="handovers",
    )
    meeting = models.ForeignKey(
        HandoverMeeting,
        verbose_name=_("meeting"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handovers",
    )
    agreed = CaseTextField(_("what is agreed"), blank=True, max_length=600)
    works = CaseTextField(_("what works"), blank=True, max_length=600)
    keep = CaseTextField(_("what must not be lost"), blank=True, max_length=600)

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.ownership_id)
