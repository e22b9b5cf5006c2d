"""The hard rules: who may be a partner in a session about a case (docs/domain.md B4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import combinations, groupby
from operator import itemgetter

from django.db.models import Exists, F, Max, OuterRef, Q

from people.models import Employee, WorkingHours
from people.roles import Right
from renewal import local_date
from sparring.colleagues.queries.guests import guest_homes
from sparring.enums import BROUGHT_THE_CASE, ExclusionReason, ParticipantRole, SessionState
from sparring.models import Case, CaseOwnership, Conflict, Participation, SparringRequest

OPEN_REQUESTS = ("requested", "listed", "booked")
HELD = (SessionState.RUNNING, SessionState.AWAITING_OUTCOME, SessionState.CLOSED)


@dataclass(frozen=True)
class Rules:
    """What is known about some cases and everybody who might talk about them, as id pairs.

    earlier_owners, declined, conflicts, earlier_partners: (case, employee). at_odds: two people who
    are never in a session together, both ways round. last_met: the day of the newest session of
    (presenter, partner), whatever the case. open_to_guests: cases whose presenter allows a guest.
    guest_homes: the municipalities that each case's has an agreement with.
    """

    earlier_owners: frozenset[tuple[int, int]]
    declined: frozenset[tuple[int, int]]
    earlier_partners: frozenset[tuple[int, int]]
    last_met: dict[tuple[int, int], date]
    conflicts: frozenset[tuple[int, int]] = frozenset()
    at_odds: frozenset[tuple[int, int]] = frozenset()
    open_to_guests: frozenset[int] = frozenset()
    guest_homes: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def never(self, case: Case, partner: Employee) -> ExclusionReason | None:
        """Why nobody may choose this partner, not even by hand."""
        if partner.pk == case.owner_id:
            return ExclusionReason.OWN_CASE
        if not partner.is_active:
            return ExclusionReason.INACTIVE
        if partner.municipality_id != case.municipality_id and not self.welcomes(case, partner):
            return ExclusionReason.OTHER_MUNICIPALITY
        if partner.pk == case.owner.line_manager_id:
            return ExclusionReason.LINE_MANAGER
        if (case.pk, partner.pk) in self.conflicts or (case.owner_id, partner.pk) in self.at_odds:
            return ExclusionReason.NOT_POSSIBLE
        return None

    def at_odds_with(self, employee: int) -> frozenset[int]:
        """Ids of those who are never in a session with this person."""
        return self._odds.get(employee, frozenset())

    @cached_property
    def _odds(self) -> dict[int, frozenset[int]]:
        first = itemgetter(0)
        return {
            one: frozenset(other for _one, other in pairs)
            for one, pairs in groupby(sorted(self.at_odds), key=first)
        }

    def is_at_odds(self, employee: int, others: Iterable[int]) -> bool:
        """Whether this person is never in a session with one of those."""
        return not self.at_odds_with(employee).isdisjoint(others)

    def can_sit_together(self, partners: Sequence[int]) -> bool:
        """Whether no two of these people, by id, are at odds."""
        return not any(pair in self.at_odds for pair in combinations(partners, 2))

    def welcomes(self, case: Case, guest: Employee) -> bool:
        """Whether somebody of another municipality may come, as all three want it.

        The two municipalities by their agreement, the guest, and whoever brings the case (0012).
        """
        return (
            guest.guest_elsewhere
            and case.pk in self.open_to_guests
            and guest.municipality_id in self.guest_homes.get(case.municipality_id, ())
        )

    def left_out(self, case: Case, partner: Employee) -> ExclusionReason | None:
        """Why the plan leaves this partner out, whatever the time."""
        never = self.never(case, partner)
        if never is not None:
            return never
        if (case.pk, partner.pk) in self.earlier_owners:
            return ExclusionReason.EARLIER_OWNER
        return ExclusionReason.DECLINED if (case.pk, partner.pk) in self.declined else None

    def is_follow_up(self, case: Case, partner: Employee) -> bool:
        """Whether the partner has been in a session about the case before."""
        return (case.pk, partner.pk) in self.earlier_partners


def read_rules(cases: Iterable[Case]) -> Rules:
    """What the rules look at, for any number of cases.

    Seven queries, and one for each municipality with a case that is open to guests.
    """
    rows = list(cases)
    ids = [case.pk for case in rows]
    owned = CaseOwnership.objects.filter(case__in=ids).exclude(employee=F("case__owner"))
    said_no = SparringRequest.declined_by.through.objects.filter(
        sparringrequest__case__in=ids, sparringrequest__state__in=OPEN_REQUESTS
    )
    partners = Participation.objects.filter(holds_time=True, session__state__in=HELD).exclude(
        role__in=BROUGHT_THE_CASE
    )
    with_guests = frozenset(open_to_guests(rows))
    return Rules(
        earlier_owners=frozenset(owned.values_list("case_id", "employee_id")),
        declined=frozenset(said_no.values_list("sparringrequest__case_id", "employee_id")),
        earlier_partners=frozenset(
            partners.filter(session__case__in=ids).values_list("session__case_id", "employee_id")
        ),
        last_met=_last_met({case.owner_id for case in rows}),
        conflicts=_conflicts(rows),
        at_odds=_at_odds({case.municipality_id for case in rows}),
        open_to_guests=with_guests,
        guest_homes={
            municipality: frozenset(guest_homes(municipality))
            for municipality in {row.municipality_id for row in rows if row.pk in with_guests}
        },
    )


def _conflicts(cases: Sequence[Case]) -> frozenset[tuple[int, int]]:
    """Who has declared a conflict with which case; codes are compared, not looked up."""
    by_code: dict[str, list[int]] = {}
    for case in cases:
        by_code.setdefault(case.code, []).append(case.pk)
    declared = Conflict.objects.filter(case_code__in=by_code)
    return frozenset(
        (case, employee)
        for code, employee in declared.values_list("case_code", "employee_id")
        for case in by_code[code]
    )


def _at_odds(municipalities: set[int]) -> frozenset[tuple[int, int]]:
    """Everybody in these municipalities who has declared a conflict with a colleague."""
    pairs = Conflict.objects.filter(
        Q(employee__unit__municipality__in=municipalities)
        | Q(colleague__unit__municipality__in=municipalities),
        colleague__isnull=False,
    ).values_list("employee_id", "colleague_id")
    return frozenset(pair for one, other in pairs for pair in ((one, other), (other, one)))


def open_to_guests(cases: Iterable[Case]) -> set[int]:
    """Ids of the cases whose presenter allows a guest from another municipality."""
    sparring_requests = SparringRequest.objects.filter(
        case__in=[case.pk for case in cases], state__in=OPEN_REQUESTS, allow_guest=True
    )
    return set(sparring_requests.values_list("case", flat=True))


def _last_met(presenters: set[int]) -> dict[tuple[int, int], date]:
    """When two people last sat together: through the presenter's own seat in the same session."""
    together = (
        Participation.objects.filter(
            session__state__in=HELD,
            holds_time=True,
            session__participations__employee__in=presenters,
            session__participations__role=ParticipantRole.PRESENTER,
        )
        .exclude(role__in=BROUGHT_THE_CASE)
        .values_list("session__participations__employee", "employee")
        .annotate(newest=Max("session__starts_at"))
        .order_by()
    )
    return {(first, second): local_date(newest) for first, second, newest in together}


def candidates(municipality_id: int, *, guests: bool = False) -> Sequence[Employee]:
    """Everybody of the municipality who can be asked, in a fixed order: who has told their week.

    `guests`: also those of other municipalities who want to be guests where an agreement holds.
    """
    here = Q(unit__municipality=municipality_id)
    if guests:
        here |= Q(unit__municipality__in=guest_homes(municipality_id), guest_elsewhere=True)
    return list(
        Employee.objects.filter(here)
        .filter(Exists(WorkingHours.objects.filter(employee=OuterRef("pk"))))
        .filter(is_active=True, roles__overlap=list(Right.PARTNER.roles))
        .order_by("pk")
    )
