"""A municipality's own guideposts and its employment plan, written together on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kb.models import EmploymentPlan, MunicipalGuidepost
from people.models import Municipality
from people.roles import Right
from privacy import audit

if TYPE_CHECKING:
    from kb.models import Guidepost
    from people.models import Employee

MOST_GUIDEPOSTS = 5


@dataclass(frozen=True)
class OwnGuidepost:
    """One guidepost as the municipality says it."""

    title: str
    text: str
    question: str
    says: Guidepost | None = None


@dataclass(frozen=True)
class LinkedPlan:
    """The employment plan as it is to be linked."""

    title: str
    link: str
    year: int


def may_set_guideposts(actor: Employee, municipality: Municipality) -> bool:
    """Whether somebody writes them there: its own editor or administrator."""
    return actor.may_in(municipality, Right.SET_GUIDEPOSTS)


@transaction.atomic
def set_guideposts(
    *,
    municipality: Municipality,
    actor: Employee,
    guideposts: Sequence[OwnGuidepost],
    plan: LinkedPlan | None = None,
) -> list[MunicipalGuidepost]:
    """Write the municipality's own guideposts, in their order, and link its plan.

    Without any the shared ones are shown; without a plan none is linked. Raises PermissionDenied
    for others than an editor or administrator there, ValidationError for a text that is missing,
    too long or written twice.
    """
    if not may_set_guideposts(actor, municipality):
        raise PermissionDenied("Only the municipality's own editor or administrator does.")
    if len(guideposts) > MOST_GUIDEPOSTS:
        raise ValidationError(
            _("At most %(most)d guideposts."), params={"most": MOST_GUIDEPOSTS}, code="too_many"
        )
    town = Municipality.objects.select_for_update().get(pk=municipality.pk)
    town.guideposts.all().delete()
    rows = [_save(town, position, own) for position, own in enumerate(guideposts, start=1)]
    EmploymentPlan.objects.filter(municipality=town).delete()
    if plan is not None:
        _link(town, plan)
    audit.record(
        actor=actor,
        action="municipality.set_guideposts",
        target=town,
        municipality_id=town.pk,
        guideposts=len(rows),
        plan=plan is not None,
    )
    return rows


def _save(town: Municipality, position: int, own: OwnGuidepost) -> MunicipalGuidepost:
    row = MunicipalGuidepost(
        municipality=town,
        position=position,
        title=own.title.strip(),
        text=own.text.strip(),
        question=own.question.strip(),
        says=own.says,
    )
    row.full_clean()
    row.save()
    return row


def _link(town: Municipality, plan: LinkedPlan) -> None:
    row = EmploymentPlan(
        municipality=town, title=plan.title.strip(), link=plan.link.strip(), year=plan.year
    )
    row.full_clean()
    row.save()
