"""Colleagues by name, unit and the themes at their heart; never by what they do or how it goes.

Found by those of the same municipality only, and only while the account is active.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb.models import ThemePage
from people.models import Employee, Unit
from search.engines.base import Document
from search.outbox import enqueue_instance, enqueue_many
from search.registry import DocumentSource, register, source

if TYPE_CHECKING:
    from django.db.models import QuerySet

TYPE = "colleague"
SHOWN = frozenset({"first_name", "last_name", "unit", "unit_id", "is_active", "theme_numbers"})


def colleagues() -> QuerySet[Employee]:
    """All active employees with a unit."""
    return Employee.objects.filter(is_active=True, unit__isnull=False).select_related(
        "unit__municipality"
    )


def colleague_document(employee: Employee) -> Document | None:
    """Name, unit and themes; None for an account that is closed or belongs nowhere."""
    unit = employee.unit
    if unit is None or not employee.is_active or not employee.get_full_name():
        return None
    themes = theme_titles(employee)
    return Document(
        id="",
        type="",
        title=employee.get_full_name(),
        body="\n".join([unit.name, *themes]),
        url=reverse("colleague", args=[employee.pk]),
        topics=themes,
        municipality=unit.municipality.name,
        acl=frozenset({f"municipality:{unit.municipality_id}"}),
    )


def theme_titles(employee: Employee) -> tuple[str, ...]:
    """The titles of the employee's chosen themes."""
    themes = ThemePage.objects.live().filter(number__in=employee.theme_numbers)
    return tuple(themes.order_by("number").values_list("nav_title", flat=True))


def visible_colleagues(user: Any) -> QuerySet[Employee]:
    """The colleagues a user may find: those of the same municipality."""
    if not user.is_authenticated or user.municipality_id is None:
        return Employee.objects.none()
    return colleagues().filter(unit__municipality=user.municipality_id)


def _visible(user: Any, pks: list[str]) -> Iterable[Any]:
    return visible_colleagues(user).filter(pk__in=pks).values_list("pk", flat=True)


register(
    DocumentSource(
        type=TYPE,
        label=_("Colleague"),
        label_plural=_("Colleagues"),
        model=Employee,
        build=colleague_document,
        queryset=colleagues,
        visible=_visible,
    )
)


@receiver([post_save, post_delete], sender=Employee, dispatch_uid="kb.index.colleague")
def on_employee_changed(
    instance: Employee, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """A login or a changed limit is not something that search shows."""
    if not kwargs.get("raw") and (update_fields is None or update_fields & SHOWN):
        enqueue_instance(instance)


@receiver(post_save, sender=Unit, dispatch_uid="kb.index.colleagues_of_unit")
def on_unit_changed(instance: Unit, created: bool, **kwargs: Any) -> None:
    """A unit's name stands in its colleagues' documents, so they are indexed again."""
    if not kwargs.get("raw") and not created and source(TYPE):
        enqueue_many(TYPE, instance.employees.values_list("pk", flat=True))


@receiver([post_save, post_delete], sender=ThemePage, dispatch_uid="kb.index.colleagues_of_theme")
def on_theme_changed(instance: ThemePage, **kwargs: Any) -> None:
    """A theme's title stands in the documents of those who chose it."""
    if not kwargs.get("raw") and source(TYPE):
        fond = Employee.objects.filter(theme_numbers__contains=[instance.number])
        enqueue_many(TYPE, fond.values_list("pk", flat=True))
