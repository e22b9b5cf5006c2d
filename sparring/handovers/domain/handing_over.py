"""A case, or a whole caseload, is given to somebody else (docs/domain.md B3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from form_drafts.domain.drafts import forget_drafts_about
from privacy import audit
from sparring.beliefs.domain.needs import recompute
from sparring.bookings.domain.booking import call_off
from sparring.enums import CaseStatus, SessionState
from sparring.models import Case, CaseOwnership, Handover
from sparring.sessions.domain.overdue import transfer_open_outcomes
from sparring.shared import guards
from sparring.shared.case_audit import record
from sparring.shared.draft_subjects import draft_subject_of

from .meetings import want_meeting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import Employee


@dataclass(frozen=True)
class HandoverNote:
    """What the former owner writes to the next; each part may be empty."""

    agreed: str = ""
    works: str = ""
    keep: str = ""


NOTHING = HandoverNote()


@transaction.atomic
def hand_over(
    *,
    case: Case,
    actor: Employee,
    to: Employee,
    reason: str = "",
    note: HandoverNote = NOTHING,
    at: datetime | None = None,
) -> Case:
    """Give the case to a colleague of the same municipality; it follows them to their unit.

    A booked session is called off, since its presenter no longer has the case; its request is
    listed again. A missing outcome becomes the new caseworker's to write. A meeting of the two is
    proposed, and they are told. With `at`, which is for history, there is no meeting. Raises
    PermissionDenied unless the actor owns the case or coordinates the municipality;
    ValidationError when the case is closed, is being talked about, or `to` cannot have cases here.
    """
    handover = _give(case, actor, to, reason=reason, note=note, at=at)
    if at is None:
        want_meeting(former_owner=handover.former_owner, new_owner=to, handovers=[handover])
    return handover.ownership.case


@transaction.atomic
def hand_over_caseload(
    *, actor: Employee, employee: Employee, receivers: Mapping[int, Employee], reason: str = ""
) -> list[Case]:
    """Give several of somebody's cases away at once, each by its id to the one it is given to.

    All or none. There is one meeting and one message for each who gets some. Raises as `hand_over`.
    """
    own = Case.objects.filter(owner=employee, pk__in=receivers).exclude(status=CaseStatus.CLOSED)
    cases = list(own.select_related("owner").order_by("pk"))
    if len(cases) != len(receivers):
        raise ValidationError(
            _("The caseload has changed meanwhile. Look at it again."), code="changed"
        )
    by_receiver: dict[int, list[Handover]] = {}
    for case in cases:
        to = receivers[case.pk]
        by_receiver.setdefault(to.pk, []).append(_give(case, actor, to, reason=reason))
    for handovers in by_receiver.values():
        want_meeting(
            former_owner=employee,
            new_owner=handovers[0].ownership.employee,
            handovers=handovers,
        )
    return [handover.ownership.case for rows in by_receiver.values() for handover in rows]


def note_imported(rows: Iterable[tuple[CaseOwnership, Employee]]) -> int:
    """The handovers that a caseload file brought, each with who had the case; how many.

    One meeting, and one message, for each pair of people.
    """
    made = Handover.objects.bulk_create(
        Handover(ownership=ownership, former_owner=former) for ownership, former in rows
    )
    pairs: dict[tuple[int, int], list[Handover]] = {}
    for handover in made:
        pair = handover.former_owner_id, handover.ownership.employee_id
        pairs.setdefault(pair, []).append(handover)
    for _pair, handovers in sorted(pairs.items(), key=itemgetter(0)):
        first = handovers[0]
        want_meeting(
            former_owner=first.former_owner,
            new_owner=first.ownership.employee,
            handovers=handovers,
        )
    return len(made)


@transaction.atomic
def write_note(*, actor: Employee, handover: Handover, note: HandoverNote) -> Handover:
    """Write or change the note, until the meeting is held.

    Raises PermissionDenied unless the actor is the former owner, ValidationError when it is over.
    """
    handover = (
        Handover.objects.select_for_update(of=("self",))
        .select_related("meeting", "ownership__case")
        .get(pk=handover.pk)
    )
    if handover.former_owner_id != actor.pk:
        raise PermissionDenied("The note is the former owner's.")
    if (
        handover.meeting is None
        or not handover.meeting.is_open
        or handover.ownership.until is not None
    ):
        raise ValidationError(_("The handover is over. Tell your colleague directly."), code="over")
    _set_note(handover, note)
    handover.save(update_fields=["agreed", "works", "keep"])
    audit.record(actor=actor, action="handover.note", target=handover.ownership.case)
    return handover


def call_off_sessions(case: Case, actor: Employee, at: datetime | None) -> None:
    """Call the case's planned sessions off; call it with the case locked."""
    for session in case.sessions.filter(state=SessionState.PLANNED).select_for_update():
        call_off(session, at)
        record(session, actor, "session.cancel")


def _give(
    case: Case,
    actor: Employee,
    to: Employee,
    *,
    reason: str,
    note: HandoverNote = NOTHING,
    at: datetime | None = None,
) -> Handover:
    """The case is `to`'s from now on."""
    case = guards.locked(case)
    guards.require_owner_or_coordinator(actor, case)
    guards.require_open(case)
    if to.pk == case.owner_id:
        raise ValidationError({"to": _("The case is already this person's.")})
    if to.unit is None or not guards.can_own(to, case.municipality_id):
        raise ValidationError({"to": _("Choose a caseworker of the same municipality.")})
    if case.sessions.filter(state=SessionState.RUNNING).exists():
        raise ValidationError(
            _("A session about the case is under way. Hand it over when it has ended."),
            code="running",
        )
    former = case.owner
    before = CaseOwnership.objects.get(case=case, until__isnull=True)
    before.until = max(guards.local_day(at), before.since)
    before.save(update_fields=["until"])
    ownership = CaseOwnership(case=case, employee=to, since=before.until, reason=reason.strip())
    guards.clean(ownership)
    ownership.save()
    handover = Handover(ownership=ownership, former_owner=former)
    _set_note(handover, note)
    handover.save()
    case.owner, case.unit = to, to.unit
    case.save(update_fields=["owner", "unit"])
    call_off_sessions(case, actor, at)
    transfer_open_outcomes(case=case, to=to, at=at)
    forget_drafts_about(draft_subject_of(case))
    audit.record(actor=actor, action="case.hand_over", target=case, before=former.pk, after=to.pk)
    recompute([case])
    return handover


def _set_note(handover: Handover, note: HandoverNote) -> None:
    handover.agreed, handover.works, handover.keep = (
        note.agreed.strip(),
        note.works.strip(),
        note.keep.strip(),
    )
    guards.clean(handover)
