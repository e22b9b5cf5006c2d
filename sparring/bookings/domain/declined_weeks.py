"""“Not that week”: what a presenter says of a draft before anybody is asked (decision 0042)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from privacy import audit
from renewal import local_date
from sparring.colleagues.calendars import WEEK, monday_of
from sparring.enums import NotPlaced, PlanState, SessionState
from sparring.models import DeclinedWeek, SparringPlan, SparringSession

from .drafts import delete_proposals, name_not_placed, plan_of, proposal
from .group_sessions import dissolve_group

if TYPE_CHECKING:
    from people.models import Employee


@transaction.atomic
def decline_week(*, actor: Employee, session: SparringSession) -> DeclinedWeek:
    """The presenter of a proposal wants to bring no case that week; why is not asked.

    Their proposals of the week leave the draft, named with the reason, and the next one keeps clear
    of it. Raises PermissionDenied for whoever does not bring the case, ValidationError once the
    draft is published or gone: then the session is moved or called off instead.
    """
    plan = SparringPlan.objects.select_for_update(of=("self",)).get(pk=plan_of(session).pk)
    if plan.state != PlanState.DRAFT:
        raise ValidationError(_("The plan is no draft any more."), code="no_draft")
    session = proposal(plan, session)
    if session.case.owner_id != actor.pk:
        raise PermissionDenied("Only whoever brings the case.")
    monday = monday_of(local_date(session.starts_at))
    declined, _made = DeclinedWeek.objects.get_or_create(employee=actor, monday=monday)
    cases = _take_out(plan, actor, declined)
    audit.record(
        actor=actor,
        action="plan.decline_week",
        target=plan,
        municipality_id=plan.municipality_id,
        monday=monday.isoformat(),
        cases=cases,
    )
    return declined


@transaction.atomic
def take_back_week(*, actor: Employee, declined: DeclinedWeek) -> None:
    """The week suits after all; PermissionDenied for anybody else's. No draft changes by it."""
    if declined.employee_id != actor.pk:
        raise PermissionDenied("Only one's own weeks.")
    audit.record(
        actor=actor,
        action="plan.take_back_week",
        target=actor,
        municipality_id=actor.municipality_id,
        monday=declined.monday.isoformat(),
    )
    declined.delete()


def _take_out(plan: SparringPlan, actor: Employee, declined: DeclinedWeek) -> list[int]:
    """Take the presenter's proposals of the week out of the draft; the ids of their cases."""
    sunday = declined.monday + timedelta(days=WEEK - 1)
    leaving = list(
        plan.sessions.select_for_update(of=("self",))
        .filter(
            state=SessionState.PROPOSED,
            case__owner=actor,
            starts_at__date__range=(declined.monday, sunday),
        )
        .order_by("pk")
    )
    for session in leaving:
        session.refresh_from_db()
        dissolve_group(session)
    name_not_placed(plan, {session.case_id: NotPlaced.NOT_THAT_WEEK for session in leaving})
    delete_proposals(leaving)
    return [session.case_id for session in leaving]
