"""`/sparring/`: one's own sessions, the answer to an invitation, the calendar file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.roles import Right
from privacy import audit
from privacy.http import no_store
from sparring.bookings.domain.conflicts import declare_conflict
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.queries.proposals import declined_weeks, proposed_weeks
from sparring.bookings.session_calendar import calendar
from sparring.enums import Answer, ParticipantRole, SessionState
from sparring.models import Participation, SparringSession
from sparring.models.access_rule import in_calendar
from sparring.sessions.queries.agenda import Row, agenda, my_sessions, row_of

if TYPE_CHECKING:
    from people.http import EmployeeRequest

REFUSED = 422


@no_store
def index(request: EmployeeRequest) -> HttpResponse:
    """What waits for an answer, what is coming, what lacks an outcome or a follow-up."""
    employee = request.user
    context = {
        "agenda": agenda(employee),
        "proposed": proposed_weeks(employee),
        "declined_weeks": declined_weeks(employee),
        "coordinates": employee.may(Right.PLAN),
        "agrees": employee.may(Right.AGREE_ON_GUESTS),
        "keeps_rooms": employee.may(Right.KEEP_ROOMS),
    }
    return render(request, "sparring/plans/index.html", context)


@no_store
def answer(request: EmployeeRequest, pk: int) -> HttpResponse:
    """The page behind the link in the mail: yes or no. The presenter is led to the session."""
    employee = request.user
    row = row_of(get_object_or_404(my_sessions(employee), pk=pk), employee)
    standing = row.session.state in (SessionState.PLANNED, SessionState.RUNNING)
    if row.participation.role == ParticipantRole.PRESENTER and standing:
        return redirect("sparring:session", pk=pk)
    if request.method != "POST":
        audit.record(actor=employee, action="invitation.view", target=row.session)
        return _draw(request, row)
    choice = request.POST.get("answer", "")
    if choice not in (Answer.YES, Answer.NO):
        return _draw(request, row, error=_("Choose yes or no."))
    try:
        participation = answer_invitation(
            session=row.session, actor=employee, yes=choice == Answer.YES
        )
    except ValidationError as error:
        return _draw(request, row, error=" ".join(error.messages))
    if choice == Answer.NO and request.POST.get("never"):
        declare_conflict(actor=employee, case_code=row.session.case.code)
    messages.success(request, _thanks(participation))
    return redirect("sparring:index")


@no_store
def session_ics(request: EmployeeRequest, pk: int) -> HttpResponse:
    """The session as a calendar file, for those whose time it takes, while they reach it."""
    participations = Participation.objects.filter(
        in_calendar(), employee=request.user, holds_time=True
    )
    session = get_object_or_404(
        SparringSession.objects.filter(participations__in=participations).select_related("case"),
        pk=pk,
    )
    response = HttpResponse(calendar(session), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sparring.ics"'
    return response


def _draw(request: HttpRequest, row: Row, **context: Any) -> HttpResponse:
    template, status = "sparring/plans/answer.html", REFUSED if context else 200
    return render(request, template, {"row": row, **context}, status=status)


def _thanks(participation: Participation) -> str:
    if participation.answer == Answer.YES:
        return _("Thank you. The session is in your calendar.")
    return _("Thank you for saying so. Your time is free again, and somebody else is asked.")
