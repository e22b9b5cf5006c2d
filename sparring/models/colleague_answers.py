"""Whether a session had the right colleague: a private answer (docs/decisions/0041)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from sparring.enums import RightColleague

from .sessions import SparringSession

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ColleagueAnswerManager(models.Manager["ColleagueAnswer"]):
    """The only ways to the rows: one's own, or counted."""

    def own(self, session: SparringSession, employee: Employee) -> QuerySet[ColleagueAnswer]:
        """What the employee themselves has answered about the session."""
        return self.filter(session=session, answered_by=employee)


class ColleagueAnswer(models.Model):
    """What whoever brought the case answered. It names no colleague, and has no reason.

    Nobody reads it but its author: the matcher weighs it, and a figure counts it
    (tests/privacy/test_no_person_figures.py names the files that may).
    """

    session = models.OneToOneField(
        SparringSession,
        verbose_name=_("sparring"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    answered_by = models.ForeignKey(
        Employee, verbose_name=_("answered by"), on_delete=models.CASCADE, related_name="+"
    )
    answer = models.CharField(
        _("the right colleague"), max_length=6, choices=RightColleague.choices
    )
    answered_on = models.DateField(_("answered"))

    objects = ColleagueAnswerManager()

    class Meta:
        verbose_name = _("answer about the colleague")
        verbose_name_plural = _("answers about the colleague")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=RightColleague.values), name="colleague_answer_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["answered_on"], name="colleague_answer_age"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}"
