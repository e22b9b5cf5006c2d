"""Two sessions of a draft made one: the 40-minute form with two cases (docs/decisions/0009)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sparring.bookings.domain.booking import judge
from sparring.bookings.domain.calendar_locks import booking_transaction
from sparring.bookings.domain.drafts import locked_draft, plan_of, proposal
from sparring.bookings.domain.rooms import propose_rooms
from sparring.bookings.domain.sessions import keep_confirmed, make_participations
from sparring.colleagues.manual_check import cautions
from sparring.colleagues.pair_report import describe_pair, group_times
from sparring.enums import Answer
from sparring.models import Participation, SparringSession
from sparring.models.json_shapes import MatchExplanation
from sparring.models.session_formats import GROUP, PART_LENGTH
from sparring.shared.case_audit import record

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.colleagues.exclusion_reasons import Caution
    from sparring.models import SparringPlan


def join_sessions(
    *,
    actor: Employee,
    first: SparringSession,
    second: SparringSession,
    along: Employee | None = None,
    confirmed: bool = False,
) -> SparringSession:
    """Put two proposals of one draft together: 40 minutes, each caseworker the other's colleague.

    `along` is a further colleague for both cases. The time is that of one of the two if it suits
    everybody, else the first that does. Raises PermissionDenied unless the actor coordinates the
    plan, WarnFirst unless `confirmed`, ValidationError when they cannot be put together.
    """
    with booking_transaction():
        plan = locked_draft(plan_of(first), actor)
        parts = [proposal(plan, part) for part in (first, second)]
        _check(parts, along)
        starts_at = _common_start(plan, parts, along)
        coming = {part.case.owner_id for part in parts} | ({along.pk} if along else set())
        found = _cautions(plan, parts, starts_at, along)
        known = judge(found, confirmed=confirmed, coming=coming)
        rows = []
        for position, (part, other) in enumerate(zip(parts, reversed(parts), strict=True)):
            start = starts_at + position * timedelta(minutes=PART_LENGTH)
            rows.append(_participation(part, other, start, along, known))
        _link(parts, rows)
        for part in parts:
            record(part, actor, "session.join", despite=len(known))
        return parts[0]


def _check(parts: Sequence[SparringSession], along: Employee | None) -> None:
    owners = {part.case.owner_id for part in parts}
    if len(owners) < len(parts):
        raise ValidationError(_("Both cases have the same caseworker."), code="same_owner")
    if any(part.length == PART_LENGTH for part in parts):
        raise ValidationError(_("One of them is in a group session already."), code="in_a_group")
    if along is not None and along.municipality_id != parts[0].case.municipality_id:
        raise ValidationError(_("A guest comes to one case, not to a group session."))
    if along is not None and along.pk in owners:
        raise ValidationError({"along": _("The colleague brings one of the cases.")})


def _common_start(
    plan: SparringPlan, parts: Sequence[SparringSession], along: Employee | None
) -> datetime:
    times = group_times(plan, parts, [along] if along else [])
    if not times:
        raise ValidationError(
            _("They have no %(n)d minutes in common in the days of the plan.") % {"n": GROUP},
            code="no_common_time",
        )
    own = [part.starts_at for part in parts if part.starts_at in times]
    return own[0] if own else times[0]


def _cautions(
    plan: SparringPlan,
    parts: Sequence[SparringSession],
    starts_at: datetime,
    along: Employee | None,
) -> list[Caution]:
    found: dict[Caution, None] = {}
    for part, other in zip(parts, reversed(parts), strict=True):
        ends_at = starts_at + timedelta(minutes=PART_LENGTH)
        spoken = cautions(
            case=part.case,
            partners=_partners(other, along),
            starts_at=starts_at,
            ends_at=ends_at,
            ignoring=[part.pk for part in parts],
            draft=plan.pk,
        )
        found.update(dict.fromkeys(spoken))
        starts_at = ends_at
    return list(found)


def _partners(other: SparringSession, along: Employee | None) -> list[Employee]:
    """Who hears the case: the other caseworker leads the session, the further one comes along."""
    return [other.case.owner, *([along] if along else [])]


def _participation(
    part: SparringSession,
    other: SparringSession,
    starts_at: datetime,
    along: Employee | None,
    known: Sequence[Caution],
) -> list[Participation]:
    partners = _partners(other, along)
    part.starts_at, part.length = starts_at, PART_LENGTH
    part.ends_at = starts_at + timedelta(minutes=PART_LENGTH)
    part.changed_by_hand, part.as_matched = True, None
    part.match_explanation = MatchExplanation(
        partners={
            str(partner.pk): describe_pair(part.case, partner, starts_at) for partner in partners
        }
    )
    keep_confirmed(part, known)
    part.participations.all().delete()
    rows = make_participations(part, partners, holds_time=False)
    for participation in rows:
        if participation.employee_id == other.case.owner_id:  # comes with a case, so is not asked
            participation.answer = Answer.YES
    return Participation.objects.bulk_create(rows)


def _link(
    parts: Sequence[SparringSession], participations: Sequence[Sequence[Participation]]
) -> None:
    first, second = parts
    second.follows, second.calendar_uid = first, first.calendar_uid
    propose_rooms(parts, participations)
    columns = ["starts_at", "ends_at", "length", "follows", "calendar_uid", "room"]
    match = ["changed_by_hand", "as_matched", "match_explanation"]
    SparringSession.objects.bulk_update(parts, [*columns, *match])
