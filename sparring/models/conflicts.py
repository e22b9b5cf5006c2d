"""What somebody declares quietly: not this case, not that colleague (docs/domain.md B4)."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from privacy.fields import SafeCharField

from .cases import CODE


class Conflict(models.Model):
    """Somebody is never put in a session about a case, or together with a colleague.

    Why is nobody's business, so there is no field; only the matcher reads it. The case is a code
    and no reference: whether such a case exists is not told by writing it.
    """

    employee = models.ForeignKey(
        Employee, verbose_name=_("employee"), on_delete=models.CASCADE, related_name="+"
    )
    case_code = SafeCharField(
        _("case code"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(CODE, _("Write the code as FJ-0217: letters, a dash, digits."))],
    )
    colleague = models.ForeignKey(
        Employee,
        verbose_name=_("colleague"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(case_code="") & Q(colleague__isnull=False))
                | (Q(case_code__regex=CODE) & Q(colleague__isnull=True)),
                name="conflict_case_or_colleague",
            ),
            models.CheckConstraint(
                condition=Q(colleague__isnull=True) | ~Q(colleague=F("employee")),
                name="conflict_not_with_oneself",
            ),
            models.UniqueConstraint(
                fields=["employee", "case_code"],
                condition=~Q(case_code=""),
                name="conflict_once_per_case",
            ),
            models.UniqueConstraint(
                fields=["employee", "colleague"],
                condition=Q(colleague__isnull=False),
                name="conflict_once_per_colleague",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}"
