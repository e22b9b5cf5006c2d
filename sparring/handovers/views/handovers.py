"""Handing one case or a whole caseload over, and the meeting of the two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.domain_form_view import DomainFormView
from people.form_fields import ConfirmForm
from people.models import Employee
from people.roles import Right
from privacy.http import no_store
from sparring.beliefs.views.case_form_view import CaseFormView
from sparring.handovers.domain import meetings
from sparring.handovers.domain.handing_over import hand_over, hand_over_caseload, write_note
from sparring.handovers.forms.handovers import (
    NOTE,
    CaseloadForm,
    HandOverForm,
    HeldForm,
    MeetingTimeForm,
    NoteForm,
)
from sparring.handovers.queries import handovers as queries
from sparring.handovers.queries.times import common_times
from sparring.models import Handover
from sparring.shared import guards
from sparring.shared.draft_subjects import draft_subject_of

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.utils.functional import Promise

    from people.http import EmployeeRequest
    from sparring.models import HandoverMeeting

MOST_TIMES = 6


class HandOver(CaseFormView):
    """Hand the case over to another caseworker; a booked session is called off."""

    form_class = HandOverForm
    template_name = "sparring/handovers/hand_over.html"
    heading = _("Hand the case over")
    lead = _(
        "You no longer see it afterwards, and a booked session is called off. If the outcome of a "
        "session is missing, the new caseworker writes it, and you can read what was agreed for "
        "14 days. The new caseworker gives a bid of their own before they see yours."
    )
    submit = _("Hand it over")
    done = _("The case is handed over. Your colleague is told, and the two of you have a meeting.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"receivers": queries.receivers_of(self.employee)}

    def act(self, form: HandOverForm) -> object:
        return hand_over(
            case=self.case,
            actor=self.employee,
            to=form.cleaned_data["to"],
            reason=form.cleaned_data["reason"],
            note=form.note,
        )

    def get_success_url(self) -> str:
        if self.request.method == "POST":
            return reverse("sparring:handovers")
        return super().get_success_url()


@no_store
def index(request: EmployeeRequest) -> HttpResponse:
    """`/overdragelser/`: one's own meetings; a coordinator finds whose cases go to others."""
    employee = request.user
    people = Employee.objects.none()
    if employee.may(Right.PLAN) and employee.municipality_id is not None:
        people = queries.with_open_cases(employee.municipality_id)
    context = {
        "meetings": queries.meetings_of(employee),
        "now": timezone.now(),
        "people": people,
        "own_cases": employee.may(Right.CASEWORK) and len(queries.open_cases(employee)),
    }
    return render(request, "sparring/handovers/index.html", context)


class HandOverCaseload(DomainFormView):
    """`/overdragelser/sager/<id>/`: all of somebody's cases, proposed to colleagues, at once."""

    template_name = "sparring/handovers/caseload.html"
    form_class = CaseloadForm
    done = _("The cases are handed over. Everybody is told, and meetings are on their way.")

    def prepare(self) -> None:
        self.giver = get_object_or_404(
            Employee.objects.in_municipality(self.employee.municipality_id), pk=self.kwargs["pk"]
        )
        own = self.giver.pk == self.employee.pk and self.employee.may(Right.CASEWORK)
        if not own and not guards.coordinates(self.employee, self.giver.municipality_id):
            raise Http404
        self.cases = queries.open_cases(self.giver)

    def get_form_kwargs(self) -> dict[str, Any]:
        receivers = queries.receivers_of(self.giver)
        proposed = queries.proposed_receivers(self.cases, list(receivers))
        more = {"cases": self.cases, "receivers": receivers, "proposed": proposed}
        return super().get_form_kwargs() | more

    def act(self, form: CaseloadForm) -> object:
        return hand_over_caseload(
            actor=self.employee,
            employee=self.giver,
            receivers=form.receivers,
            reason=form.cleaned_data["reason"],
        )

    def get_success_url(self) -> str:
        return reverse("sparring:handovers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"giver": self.giver, "own": self.giver.pk == self.employee.pk}
        return super().get_context_data(**more, cases=self.cases, **kwargs)


@no_store
def meeting(request: EmployeeRequest, pk: int) -> HttpResponse:
    """`/overdragelser/<id>/`: when the two meet, and about what; a third sees the time alone."""
    found = _meeting_or_404(request.user, pk)
    is_third = request.user.pk == found.third_id
    is_former = request.user.pk == found.former_owner_id
    sees_cases = not is_third and (found.is_open or not is_former)
    handovers = queries.cases_of(found) if sees_cases else []
    context = {
        "meeting": found,
        "is_third": is_third,
        "is_former": is_former,
        "sees_cases": sees_cases,
        "handovers": handovers,
        "before": queries.last_day_of(found),
        "over": found.ends_at is not None and found.ends_at < timezone.now(),
    }
    return render(request, "sparring/handovers/meeting.html", context)


class MeetingFormView(DomainFormView):
    """A page about a meeting with one form, for the two."""

    template_name = "sparring/handovers/form.html"
    heading: Promise
    submit: Promise
    lead: str | Promise = ""
    meeting: HandoverMeeting

    def prepare(self) -> None:
        self.meeting = _meeting_or_404(self.employee, self.kwargs["pk"])
        if self.employee.pk == self.meeting.third_id:
            raise PermissionDenied("The meeting is the two's.")

    def get_success_url(self) -> str:
        return reverse("sparring:handover_meeting", args=[self.meeting.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = {"page_heading": self.heading, "submit": self.submit, "lead": self.lead}
        return super().get_context_data(
            meeting=self.meeting, back=self.get_success_url(), **texts, **kwargs
        )


class MoveMeeting(MeetingFormView):
    """Another time for the meeting, or a third who comes along."""

    form_class = MeetingTimeForm
    heading = _("A time for the meeting")
    submit = _("Choose the time")
    done = _("The time is chosen. Everybody who comes is told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        colleagues = Employee.objects.in_municipality(self.meeting.municipality_id)
        pair = [self.meeting.former_owner_id, self.meeting.new_owner_id]
        times = common_times(
            self.meeting.people,
            timezone.localdate(),
            queries.last_day_of(self.meeting),
            meetings.length_for(self.meeting.handovers.count()),
            most=MOST_TIMES,
            ignoring=self.meeting,
        )
        return super().get_form_kwargs() | {
            "times": times,
            "colleagues": colleagues.filter(is_active=True)
            .exclude(pk__in=pair)
            .select_related("unit")
            .order_by("first_name", "last_name"),
        }

    def get_initial(self) -> dict[str, Any]:
        return {"third": self.meeting.third_id}

    def act(self, form: MeetingTimeForm) -> object:
        return meetings.move_meeting(
            actor=self.employee,
            meeting=self.meeting,
            starts_at=form.cleaned_data["starts_at"],
            third=form.cleaned_data["third"],
        )


class HoldMeeting(MeetingFormView):
    """The two have talked."""

    form_class = HeldForm
    heading = _("Have you talked?")
    submit = _("Yes, we have talked")
    done = _("Noted: you have talked.")

    def act(self, form: HeldForm) -> object:
        return meetings.hold_meeting(
            actor=self.employee, meeting=self.meeting, on=form.cleaned_data["on"]
        )


class CallOffMeeting(MeetingFormView):
    """There will be no meeting."""

    form_class = ConfirmForm
    heading = _("Call the meeting off?")
    lead = _(
        "A change of caseworker costs the citizen. Even ten minutes on the phone help: then choose "
        "another time instead."
    )
    submit = _("Call it off")
    done = _("The meeting is called off.")

    def act(self, form: ConfirmForm) -> object:
        return meetings.call_off_meeting(actor=self.employee, meeting=self.meeting)


class WriteNote(DomainFormView):
    """`/overdragelser/seddel/<id>/`: the former owner writes to the next about one case."""

    template_name = "sparring/handovers/form.html"
    form_class = NoteForm
    done = _("The note is saved.")

    def prepare(self) -> None:
        rows = Handover.objects.select_related("ownership__case", "meeting")
        self.handover = get_object_or_404(
            rows, pk=self.kwargs["pk"], former_owner=self.employee, meeting__isnull=False
        )

    @property
    def draft_subject(self) -> str:
        return draft_subject_of(self.handover.ownership.case)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.handover, name) for name in NOTE}

    def act(self, form: NoteForm) -> object:
        return write_note(actor=self.employee, handover=self.handover, note=form.note)

    def get_success_url(self) -> str:
        return reverse("sparring:handover_meeting", args=[self.handover.meeting_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.handover.ownership.case.code
        return super().get_context_data(
            page_heading=_("Note about %s") % code,
            submit=_("Save the note"),
            back=self.get_success_url(),
            **kwargs,
        )


def _meeting_or_404(employee: Employee, pk: int) -> HandoverMeeting:
    found = queries.find_meeting(employee, pk)
    if found is None:
        raise Http404("No such meeting for this person.")
    return found
