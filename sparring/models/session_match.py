"""How a session came to have its people, and who of them is missing (docs/decisions/0008, 0011)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from sparring.enums import NEVER, ExclusionReason, RepairReason, SessionState

from .session_formats import PART_LENGTH


class SessionMatch(models.Model):
    """The columns of `SparringSession` that a plan, a change by hand and a repair write.

    made_request: the plan made the request itself, and takes it along when the proposal goes.
    as_matched: whether the partners are the matcher's own choice; False where fewer came than
    asked for, None where the matcher has not chosen them.
    missing_partners: how many have fallen out of a booked session without anybody coming instead.
    presenter_away: whoever brings the case is away at the booked time.
    """

    made_request = models.BooleanField(default=False)
    as_matched = models.BooleanField(null=True, blank=True)
    changed_by_hand = models.BooleanField(_("changed by hand"), default=False)
    repaired_because = models.CharField(
        _("repaired because"), max_length=16, choices=RepairReason.choices, blank=True
    )
    missing_partners = models.PositiveSmallIntegerField(_("colleagues missing"), default=0)
    presenter_away = models.BooleanField(_("caseworker away"), default=False)
    match_explanation = models.JSONField(_("why these people"), default=dict, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(made_request=False, as_matched__isnull=True) | Q(plan__isnull=False),
                name="session_of_the_matcher_has_a_plan",
            ),
            models.CheckConstraint(
                condition=Q(repaired_because__in=["", *RepairReason.values]),
                name="session_repair_reason_known",
            ),
            # A draft is planned anew instead of repaired: nobody has been asked yet.
            models.CheckConstraint(
                condition=~Q(state=SessionState.PROPOSED)
                | Q(missing_partners=0, repaired_because=""),
                name="session_proposal_lacks_nobody",
            ),
            # Only what is still to come can wait for its presenter.
            models.CheckConstraint(
                condition=Q(presenter_away=False) | Q(state=SessionState.PLANNED),
                name="session_presenter_away_while_planned",
            ),
            # Repairs leave group sessions alone, and each of their caseworkers has to be there.
            models.CheckConstraint(
                condition=~Q(length=PART_LENGTH)
                | Q(missing_partners=0, presenter_away=False, repaired_because=""),
                name="session_group_is_never_repaired",
            ),
        ]


class ConfirmedCaution(models.Model):
    """Something that speaks against a person in a session, and that somebody has overruled.

    Publishing a draft does not count it again.
    """

    session = models.ForeignKey(
        "sparring.SparringSession", on_delete=models.CASCADE, related_name="confirmed_cautions"
    )
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("reason"), max_length=20, choices=ExclusionReason.choices)

    class Meta:
        verbose_name = _("overruled caution")
        verbose_name_plural = _("overruled cautions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employee", "why"], name="caution_confirmed_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    why__in=[reason for reason in ExclusionReason.values if reason not in NEVER]
                ),
                name="caution_can_be_overruled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.employee_id} {self.why}"
