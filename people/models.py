"""Municipality, unit and employee (docs/domain.md). Names of units are data: the law moves (F7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField

from .calendar_models import BusyCalendar
from .enums import AbsenceKind
from .feed_models import FeedToken
from .notification_models import Notification, NotificationChoice
from .roles import Right, role_choices

__all__ = [
    "Absence",
    "BusyCalendar",
    "BusyTime",
    "Employee",
    "EmployeeManager",
    "EmployeeQuerySet",
    "FeedToken",
    "Municipality",
    "Notification",
    "NotificationChoice",
    "Unit",
    "WorkingHours",
]


class Municipality(models.Model):
    """The border that data never crosses without a mutual agreement."""

    name = SafeCharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    renewal_thresholds = models.JSONField(
        _("thresholds for renewal"),
        default=dict,
        blank=True,
        help_text=_("Only what differs from the defaults of the renewal rules."),
    )

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A team: the smallest group that figures are shown for."""

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="units"
    )
    name = SafeCharField(_("name"), max_length=120)
    kind = SafeCharField(_("kind"), max_length=80, blank=True)
    capacity_per_week = models.PositiveSmallIntegerField(_("sessions per week"), default=10)
    review_interval_days = models.PositiveSmallIntegerField(_("days a belief lasts"), default=90)
    suppression_threshold = models.PositiveSmallIntegerField(
        _("smallest number shown"), default=5, validators=[MinValueValidator(5)]
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["municipality__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="unit_unique_name"),
            models.CheckConstraint(
                condition=Q(suppression_threshold__gte=5), name="unit_suppression_at_least_5"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EmployeeQuerySet(models.QuerySet["Employee"]):
    """Employees by role, by right and by municipality."""

    def with_role(self, role: str) -> EmployeeQuerySet:
        return self.filter(roles__contains=[role], is_active=True)

    def who_may(self, right: Right) -> EmployeeQuerySet:
        """Those who work here now and have a role that opens the right."""
        return self.filter(roles__overlap=list(right.roles), is_active=True)

    def select_for_update(
        self,
        nowait: bool = False,
        skip_locked: bool = False,
        of: Sequence[str] = (),
        no_key: bool = False,
    ) -> Self:
        """Lock the employee's row only: PostgreSQL cannot lock the outer-joined unit.

        The login library calls this without `of`.
        """
        return super().select_for_update(nowait, skip_locked, of or ("self",), no_key)

    def by_login(self, login: str) -> Employee | None:
        """The account with this user name or mail address, ignoring case.

        A matching user name takes precedence over another account's mail address.
        """
        login = login.strip()
        if not login:
            return None
        found = self.filter(Q(username__iexact=login) | Q(email__iexact=login))
        for fits in (
            lambda account: account.username == login,
            lambda account: account.username.casefold() == login.casefold(),
            lambda account: True,
        ):
            matching = [account for account in found if fits(account)]
            if matching:
                return matching[0]
        return None

    def in_municipality(self, municipality_id: int | None) -> EmployeeQuerySet:
        return self.filter(unit__municipality_id=municipality_id)


class EmployeeManager(UserManager.from_queryset(EmployeeQuerySet)):  # type: ignore[misc]
    """Employees joined with unit and municipality, which nearly every page shows."""

    def get_queryset(self) -> EmployeeQuerySet:
        return super().get_queryset().select_related("unit__municipality")


class Employee(AbstractUser):
    """Everybody who logs in. No rating and no figure is ever attached to a person."""

    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="employees",
    )
    roles: ArrayField = ArrayField(
        models.CharField(max_length=32, choices=role_choices),
        verbose_name=_("roles"),
        default=list,
        blank=True,
    )
    line_manager = models.ForeignKey(
        "self",
        verbose_name=_("line manager"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports",
    )
    theme_numbers = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("themes at heart"),
        default=list,
        blank=True,
    )
    guest_elsewhere = models.BooleanField(
        _("guest in other municipalities"), default=False, db_default=False
    )
    pick_me_next = models.BooleanField(_("pick me next"), default=False)
    max_per_7_days = models.PositiveSmallIntegerField(
        _("at most per 7 days"), default=2, validators=[MaxValueValidator(20)]
    )
    max_per_14_days = models.PositiveSmallIntegerField(
        _("at most per 14 days"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(40)],
        help_text=_("Empty: only the limits of a week and a month count."),
    )
    max_per_30_days = models.PositiveSmallIntegerField(
        _("at most per 30 days"), default=6, validators=[MaxValueValidator(60)]
    )
    max_presented_per_week = models.PositiveSmallIntegerField(
        _("own cases per week, at most"), default=2, validators=[MaxValueValidator(20)]
    )
    max_sessions_per_week = models.PositiveSmallIntegerField(
        _("sessions per week in all, at most"), default=3, validators=[MaxValueValidator(20)]
    )
    several_a_day = models.BooleanField(_("several sessions the same day"), default=False)
    wants_mail = models.BooleanField(_("wants mail"), default=True)

    objects: ClassVar[EmployeeManager] = EmployeeManager()

    class Meta:
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        ordering = ["first_name", "last_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="employee_unique_email",
                violation_error_message=_("Another account has that address already."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def municipality_id(self) -> int | None:
        return self.unit.municipality_id if self.unit else None

    @property
    def municipality(self) -> Municipality | None:
        return self.unit.municipality if self.unit else None

    def has_role(self, *roles: str) -> bool:
        return bool(set(roles) & set(self.roles))

    def may(self, *rights: Right) -> bool:
        """Whether one of the person's roles opens one of the rights."""
        return self.has_role(*(role for right in rights for role in right.roles))

    def may_in(self, municipality: Municipality, *rights: Right) -> bool:
        """Whether one of the rights is open to the person in a municipality: only in their own."""
        return self.is_active and self.may(*rights) and self.municipality_id == municipality.pk


class WorkingHours(models.Model):
    """Weekly hours in which a person can have sessions. Times are Europe/Copenhagen."""

    employee = models.ForeignKey(
        Employee, verbose_name=_("employee"), on_delete=models.CASCADE, related_name="hours"
    )
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), validators=[MaxValueValidator(6)], help_text=_("0 is Monday.")
    )
    start = models.TimeField(_("from"))
    end = models.TimeField(_("to"))

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["employee", "weekday", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="hours_start_before_end"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday_in_week"),
            models.UniqueConstraint(
                fields=["employee", "weekday", "start"], name="hours_unique_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.start:%H.%M}–{self.end:%H.%M}"


class Absence(models.Model):
    """A period in which a person is not available. The reason is deliberately not stored."""

    employee = models.ForeignKey(
        Employee, verbose_name=_("employee"), on_delete=models.CASCADE, related_name="absences"
    )
    kind = models.CharField(
        _("kind"), max_length=16, choices=AbsenceKind.choices, default=AbsenceKind.AWAY
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="absence_first_before_last"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}"


class BusyTime(models.Model):
    """A busy period from an external calendar, without its content."""

    employee = models.ForeignKey(
        Employee, verbose_name=_("employee"), on_delete=models.CASCADE, related_name="busy_times"
    )
    during = DateTimeRangeField(_("when"))
    source = models.CharField(_("source"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("busy time")
        verbose_name_plural = _("busy times")
        constraints = [
            ExclusionConstraint(
                name="busy_time_once",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    ("source", RangeOperators.EQUAL),
                    ("during", RangeOperators.EQUAL),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.during.lower}–{self.during.upper}"
