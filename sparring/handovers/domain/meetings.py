"""The meeting of who had some cases and who has them now: proposed, moved, held, called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.domain.notifications import notify_all
from people.models import Notification
from privacy import audit
from renewal import local_date
from sparring.bookings.domain.calendar_locks import TimeTaken, lock_calendars
from sparring.enums import HandoverMeetingState
from sparring.handovers.queries.handovers import last_day_of
from sparring.handovers.queries.times import common_times, is_free
from sparring.models import Handover, HandoverMeeting
from sparring.models.handovers import OPEN
from sparring.shared import guards
from sparring.states import HandoverMeetingSteps

if TYPE_CHECKING:
    from people.models import Employee

FEW_CASES, SHORT, LONG = 3, timedelta(minutes=25), timedelta(minutes=50)


def length_for(cases: int) -> timedelta:
    """How long a meeting about that many cases takes."""
    return SHORT if cases <= FEW_CASES else LONG


def want_meeting(
    *, former_owner: Employee, new_owner: Employee, handovers: Sequence[Handover]
) -> HandoverMeeting | None:
    """The open meeting of the two about these cases too, with a time where there is one; tell them.

    None where the former owner is gone: nobody can meet them. Call it in a transaction.
    """
    if not former_owner.is_active or former_owner.municipality_id is None:
        return None
    meeting = (
        HandoverMeeting.objects.select_for_update()
        .filter(former_owner=former_owner, new_owner=new_owner, state__in=OPEN)
        .first()
    )
    if meeting is None:
        meeting = HandoverMeeting.objects.create(
            municipality_id=former_owner.municipality_id,
            former_owner=former_owner,
            new_owner=new_owner,
            state=HandoverMeetingSteps.WANT.target,
        )
    Handover.objects.filter(pk__in=[row.pk for row in handovers]).update(meeting=meeting)
    if meeting.state == HandoverMeetingState.WANTED:
        _find_time(meeting)
    _tell(meeting)
    return meeting


def propose_waiting() -> int:
    """Look again for a time for the meetings that have none; how many got one."""
    found = 0
    for pk in HandoverMeeting.objects.filter(state=HandoverMeetingState.WANTED).values_list(
        "pk", flat=True
    ):
        with transaction.atomic():
            meeting = _locked(pk)
            if meeting.state == HandoverMeetingState.WANTED and _find_time(meeting):
                _tell(meeting)
                found += 1
    return found


@transaction.atomic
def move_meeting(
    *,
    actor: Employee,
    meeting: HandoverMeeting,
    starts_at: datetime,
    third: Employee | None = None,
) -> HandoverMeeting:
    """Put the meeting at another time, and say who else comes.

    Raises PermissionDenied unless the actor is one of the two; TimeTaken where somebody is not
    free; ValidationError for a meeting that is over, a time gone by, or a third who may not come.
    """
    meeting = _own(actor, meeting)
    _require_open(meeting)
    if starts_at <= timezone.now():
        raise ValidationError({"starts_at": _("Choose a time that lies ahead.")})
    gone = [meeting.third] if meeting.third and meeting.third != third else []
    _check_third(meeting, third)
    meeting.third = third
    ends_at = starts_at + length_for(meeting.handovers.count())
    lock_calendars(person.pk for person in meeting.people)
    if not is_free(meeting.people, starts_at, ends_at, ignoring=meeting):
        raise TimeTaken
    HandoverMeetingSteps.PROPOSE.take(meeting)
    _set_time(meeting, starts_at, ends_at)
    audit.record(actor=actor, action="handover.meeting_move", target=meeting)
    _tell(meeting, also=gone)
    return meeting


@transaction.atomic
def hold_meeting(
    *, actor: Employee, meeting: HandoverMeeting, on: date | None = None
) -> HandoverMeeting:
    """The two have talked, today or on a day gone by. Raises PermissionDenied, ValidationError."""
    meeting = _own(actor, meeting)
    _require_open(meeting)
    today = timezone.localdate()
    on = guards.not_ahead(on or today, field="on", today=today)
    if on < local_date(meeting.created_at):
        raise ValidationError({"on": _("The cases were handed over later than that.")})
    HandoverMeetingSteps.HOLD.take(meeting)
    meeting.held_on = on
    meeting.save(update_fields=["state", "held_on"])
    audit.record(actor=actor, action="handover.meeting_hold", target=meeting)
    return meeting


@transaction.atomic
def call_off_meeting(*, actor: Employee, meeting: HandoverMeeting) -> HandoverMeeting:
    """There will be no meeting. Raises PermissionDenied, ValidationError."""
    meeting = _own(actor, meeting)
    _require_open(meeting)
    had_time = meeting.starts_at is not None
    HandoverMeetingSteps.CALL_OFF.take(meeting)
    meeting.calendar_sequence += 1
    meeting.save(update_fields=["state", "calendar_sequence"])
    audit.record(actor=actor, action="handover.meeting_cancel", target=meeting)
    if had_time:
        _tell(meeting)
    return meeting


def _find_time(meeting: HandoverMeeting) -> bool:
    """Give the meeting the first time that both are free within the working days it has left."""
    today = timezone.localdate()
    length = length_for(meeting.handovers.count())
    lock_calendars(person.pk for person in meeting.people)
    times = common_times(meeting.people, today, last_day_of(meeting), length, most=1)
    if not times:
        return False
    HandoverMeetingSteps.PROPOSE.take(meeting)
    _set_time(meeting, times[0], times[0] + length)
    return True


def _set_time(meeting: HandoverMeeting, starts_at: datetime, ends_at: datetime) -> None:
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.calendar_sequence += 1
    meeting.save(update_fields=["state", "starts_at", "ends_at", "third", "calendar_sequence"])


def _tell(meeting: HandoverMeeting, also: Sequence[Employee] = ()) -> None:
    """Everybody in it, and who is out of it now, once about each state of it."""
    count, event = meeting.handovers.count(), {}
    if meeting.starts_at is not None:
        event = {
            "event_uid": meeting.calendar_uid,
            "event_sequence": meeting.calendar_sequence,
            "event_starts_at": meeting.starts_at,
            "event_ends_at": meeting.ends_at,
        }
    notify_all(
        Notification(
            employee=person,
            kind="sparring.handover",
            object_id=str(meeting.pk),
            key=f"sparring.handover:{meeting.pk}:{meeting.calendar_sequence}:{count}:{person.pk}",
            **event,
        )
        for person in [*meeting.people, *also]
    )


def _locked(pk: int) -> HandoverMeeting:
    rows = HandoverMeeting.objects.select_for_update(of=("self",))
    return rows.select_related("former_owner", "new_owner", "third").get(pk=pk)


def _own(actor: Employee, meeting: HandoverMeeting) -> HandoverMeeting:
    """The meeting, locked; the third only comes. Raises PermissionDenied."""
    meeting = _locked(meeting.pk)
    if not actor.is_active or actor.pk not in (
        meeting.former_owner_id,
        meeting.new_owner_id,
    ):
        raise PermissionDenied("The meeting is the two's.")
    return meeting


def _require_open(meeting: HandoverMeeting) -> None:
    if not meeting.is_open:
        raise ValidationError(_("The meeting is held or called off already."), code="over")


def _check_third(meeting: HandoverMeeting, third: Employee | None) -> None:
    if third is None:
        return
    here = third.municipality_id == meeting.municipality_id and third.is_active
    if not here or third.pk in (meeting.former_owner_id, meeting.new_owner_id):
        raise ValidationError({"third": _("Choose a colleague of the same municipality.")})
