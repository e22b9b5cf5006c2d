"""The hard rules: who may be a partner in a talk about a case (docs/domain.md B4 "Colleagues")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, Max, OuterRef

from people.enums import Role
from people.models import Employee, WorkingHours
from sparring.enums import ParticipantRole, SessionState
from sparring.models import Case, CaseOwnership, Participation, SparringRequest

from .calendars import local_day
from .why import Why

PARTNER_ROLES = (Role.CASEWORKER, Role.BUSINESS_CONSULTANT, Role.COORDINATOR)
OPEN_REQUESTS = ("wished", "listed", "booked")
HELD = (SessionState.RUNNING, SessionState.AWAITING_OUTCOME, SessionState.CLOSED)


@dataclass(frozen=True)
class Rules:
    """What is known about some cases and everybody who might talk about them, as id pairs.

    earlier_owners, declined, earlier_partners: (case, employee). last_met: the day of the newest
    talk of (presenter, partner), whatever the case.
    """

    earlier_owners: frozenset[tuple[int, int]]
    declined: frozenset[tuple[int, int]]
    earlier_partners: frozenset[tuple[int, int]]
    last_met: dict[tuple[int, int], date]

    def never(self, case: Case, partner: Employee) -> Why | None:
        """Why nobody may choose this partner, not even by hand."""
        if partner.pk == case.owner_id:
            return Why.OWN_CASE
        if not partner.is_active:
            return Why.INACTIVE
        if partner.municipality_id != case.municipality_id:
            return Why.OTHER_MUNICIPALITY
        if partner.pk == case.owner.line_manager_id:
            return Why.LINE_MANAGER
        return None

    def left_out(self, case: Case, partner: Employee) -> Why | None:
        """Why the plan leaves this partner out, whatever the time."""
        never = self.never(case, partner)
        if never is not None:
            return never
        if (case.pk, partner.pk) in self.earlier_owners:
            return Why.EARLIER_OWNER
        return Why.DECLINED if (case.pk, partner.pk) in self.declined else None

    def is_follow_up(self, case: Case, partner: Employee) -> bool:
        """Whether the partner has been in a talk about the case before."""
        return (case.pk, partner.pk) in self.earlier_partners


def read_rules(cases: Iterable[Case]) -> Rules:
    """What the rules look at, for any number of cases; four queries."""
    rows = list(cases)
    ids = [case.pk for case in rows]
    owned = CaseOwnership.objects.filter(case__in=ids).exclude(employee=F("case__owner"))
    said_no = SparringRequest.declined_by.through.objects.filter(
        sparringrequest__case__in=ids, sparringrequest__state__in=OPEN_REQUESTS
    )
    partners = Participation.objects.filter(holds_time=True, session__state__in=HELD).exclude(
        role=ParticipantRole.PRESENTER
    )
    return Rules(
        earlier_owners=frozenset(owned.values_list("case_id", "employee_id")),
        declined=frozenset(said_no.values_list("sparringrequest__case_id", "employee_id")),
        earlier_partners=frozenset(
            partners.filter(session__case__in=ids).values_list("session__case_id", "employee_id")
        ),
        last_met=_last_met({case.owner_id for case in rows}),
    )


def _last_met(presenters: set[int]) -> dict[tuple[int, int], date]:
    """When two people last sat together: through the presenter's own seat in the same talk."""
    together = (
        Participation.objects.filter(
            session__state__in=HELD,
            holds_time=True,
            session__participations__employee__in=presenters,
            session__participations__role=ParticipantRole.PRESENTER,
        )
        .exclude(role=ParticipantRole.PRESENTER)
        .values_list("session__participations__employee", "employee")
        .annotate(newest=Max("session__starts_at"))
        .order_by()
    )
    return {(first, second): local_day(newest) for first, second, newest in together}


def candidates(municipality_id: int) -> Sequence[Employee]:
    """Everybody of the municipality who can be asked, in a fixed order: who has told their week."""
    return list(
        Employee.objects.in_municipality(municipality_id)
        .filter(Exists(WorkingHours.objects.filter(employee=OuterRef("pk"))))
        .filter(is_active=True, roles__overlap=list(PARTNER_ROLES))
        .order_by("pk")
    )
