"""Changing one session by hand: another colleague, another time, out of the plan, called off."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.templatetags.ui import clock, weekday
from people.domain_form_view import DomainFormView
from people.form_errors import run_with_message
from people.roles import Right
from privacy.http import no_store
from sparring.bookings.domain.booking import book_session, cancel_session
from sparring.bookings.domain.calendar_locks import ConfirmationRequired
from sparring.bookings.domain.changes import change_partner, change_time
from sparring.bookings.domain.drafts import remove_from_plan
from sparring.bookings.domain.group_sessions import presenters
from sparring.bookings.domain.room_admin import choose_room
from sparring.bookings.domain.rooms import rooms_for
from sparring.bookings.domain.sessions import participations_of, partners_of
from sparring.bookings.forms.rooms import RoomChoiceForm
from sparring.colleagues.candidate_pairs import Window
from sparring.colleagues.pair_report import Colleague, Offer, colleagues, offers, times
from sparring.colleagues.queries.group_sessions import other_part, parts_of
from sparring.enums import PlanState, SessionState
from sparring.models import Case, Room, SparringPlan, SparringSession
from sparring.plans.forms.plans import OfferForm, PartnerForm, TimeForm
from sparring.plans.queries.plans import fit
from sparring.sessions.queries.agenda import managed_sessions

from .plans import plan_or_404

if TYPE_CHECKING:
    from django import forms
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

    from people.http import EmployeeRequest
    from people.models import Employee

REFUSED = 422
WINDOW_DAYS = 14
MOST_TIMES = 15


class SessionFormView(DomainFormView):
    """Base of the pages that change one session; what speaks against it is shown once."""

    template_name = "sparring/plans/change.html"
    heading: ClassVar[str | Promise] = ""
    lead: ClassVar[str | Promise] = ""
    submit: ClassVar[str | Promise] = ""
    done = gettext_lazy("Changed.")
    session: SparringSession
    back: str

    def prepare(self) -> None:
        self.session = session_or_404(self.request, self.kwargs["pk"])
        self.back = _back(self.session, self.employee)

    @property
    def confirmed(self) -> bool:
        """Whether the warnings were seen and it is wanted all the same."""
        return "confirmed" in self.request.POST

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ConfirmationRequired as warning:
            typed = _as_typed(self.request, form)
            context = self.get_context_data(form=form, cautions=warning.cautions, hidden=typed)
            return self.render_to_response(context, status=REFUSED)

    def get_success_url(self) -> str:
        return self.back

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"session": self.session, "back": self.back}
        texts = {"heading": self.heading, "lead": self.lead, "submit": self.submit}
        return super().get_context_data(**context, **texts, **kwargs)


class ChangePartner(SessionFormView):
    """Another colleague in the place of one."""

    form_class = PartnerForm
    heading = gettext_lazy("Another colleague")
    submit = gettext_lazy("Choose this colleague")
    partners: list[Employee]
    choices: list[Colleague]

    def prepare(self) -> None:
        super().prepare()
        brings = presenters(parts_of(self.session))
        come = partners_of(participations_of(self.session))
        self.partners = [row for row in come if row.pk not in brings]
        self.choices = [
            colleague
            for colleague in colleagues(self.session)
            if colleague.employee.pk not in brings
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [
            participation
            for participation in self.choices
            if participation.employee not in self.partners
        ]
        named = [(participation.employee.pk, _choice(participation)) for participation in others]
        return {**super().get_form_kwargs(), "partners": self.partners, "colleagues": named}

    def act(self, form: PartnerForm) -> object:
        everybody = [*self.partners, *(participation.employee for participation in self.choices)]
        people = {person.pk: person for person in everybody}
        return change_partner(
            session=self.session,
            actor=self.employee,
            leaving=people[form.cleaned_data["leaving"]],
            coming=people[form.cleaned_data["coming"]],
            confirmed=self.confirmed,
        )


class ChangeTime(SessionFormView):
    """Another time, from those that suit everybody or freely."""

    form_class = TimeForm
    heading = gettext_lazy("Another time")
    submit = gettext_lazy("Choose this time")

    def get_form_kwargs(self) -> dict[str, Any]:
        partners = partners_of(participations_of(self.session))
        suiting = times(self.session, partners, _window(self.session))
        return {**super().get_form_kwargs(), "times": suiting[:MOST_TIMES]}

    def act(self, form: TimeForm) -> object:
        return change_time(
            session=self.session,
            actor=self.employee,
            starts_at=form.cleaned_data["starts_at"],
            confirmed=self.confirmed,
        )


class ChangeSessionRoom(SessionFormView):
    """Another room, or none, of those that are free then."""

    form_class = RoomChoiceForm
    heading = gettext_lazy("Another room")
    submit = gettext_lazy("Choose this room")

    @cached_property
    def free(self) -> dict[int, Room]:
        found = rooms_for(self.session, len(participations_of(self.session)))
        return {row.pk: row for row in found}

    def get_form_kwargs(self) -> dict[str, Any]:
        rooms = {"rooms": self.free.values(), "chosen": self.session.room_id}
        return {**super().get_form_kwargs(), **rooms}

    def act(self, form: RoomChoiceForm) -> object:
        chosen = self.free.get(form.cleaned_data["room"])
        return choose_room(session=self.session, actor=self.employee, room=chosen)


@no_store
def remove(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Take a proposal out of its draft."""
    session = session_or_404(request, pk)
    run_with_message(
        request,
        lambda: remove_from_plan(actor=request.user, session=session),
        _("The session is out of the plan."),
    )
    return redirect(_back(session, request.user))


@no_store
def cancel(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Ask first, then call a planned session off."""
    session = session_or_404(request, pk)
    if request.method != "POST":
        context = {
            "session": session,
            "other": other_part(session),
            "back": _back(session, request.user),
            "coordinates": request.user.may(Right.PLAN),
        }
        return render(request, "sparring/plans/cancel.html", context)
    run_with_message(
        request,
        lambda: cancel_session(session=session, actor=request.user, both="both" in request.POST),
        _("The session is called off, and everybody is told."),
    )
    return redirect(_back(session, request.user))


class FindColleague(DomainFormView):
    """A colleague and a time for a case that a published plan has no session for."""

    form_class = OfferForm
    template_name = "sparring/plans/find.html"
    done = gettext_lazy("The session is booked, and the two are asked.")
    plan: SparringPlan
    case: Case
    offers: dict[str, Offer]

    def prepare(self) -> None:
        self.plan = plan_or_404(self.request, self.kwargs["pk"])
        self.case = get_object_or_404(_lacking(self.plan), pk=self.kwargs["case"])
        found = _offers(self.plan, self.case)
        self.offers = {
            f"{session.employee.pk}@{session.starts_at.isoformat()}": session for session in found
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        choices = [(key, _offer_text(offer)) for key, offer in self.offers.items()]
        return {**super().get_form_kwargs(), "offers": choices}

    def act(self, form: OfferForm) -> object:
        chosen = self.offers[form.cleaned_data["offer"]]
        try:
            return book_session(
                actor=self.employee,
                case=self.case,
                partners=[chosen.employee],
                starts_at=chosen.starts_at,
                plan=self.plan,
            )
        except ConfirmationRequired as warning:
            texts = " ".join(caution.text for caution in warning.cautions)
            raise ValidationError(texts) from warning

    def get_success_url(self) -> str:
        return reverse("sparring:plan", args=[self.plan.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"plan": self.plan, "case": self.case, "found": bool(self.offers)}
        return super().get_context_data(**context, **kwargs)


def _as_typed(request: HttpRequest, form: forms.Form) -> list[tuple[str, str]]:
    """What was chosen, to be sent again with the confirmation."""
    return [(name, request.POST[name]) for name in form.fields if name in request.POST]


def session_or_404(request: EmployeeRequest, pk: int) -> SparringSession:
    """Return a session that the employee may move, cancel or repair; any other is 404."""
    return get_object_or_404(managed_sessions(request.user), pk=pk)


def _back(session: SparringSession, employee: Employee) -> str:
    """The plan for its coordinator, one's own sessions for everybody else."""
    if session.plan is not None and employee.may(Right.PLAN):
        return reverse("sparring:plan", args=[session.plan.pk])
    return reverse("sparring:index")


def _window(session: SparringSession) -> Window:
    """The plan's days, or two weeks from tomorrow."""
    now = timezone.now()
    tomorrow = timezone.localdate() + timedelta(days=1)
    if session.state == SessionState.PROPOSED and session.plan is not None:
        plan = session.plan
        return Window(plan.first_day, (plan.last_day - plan.first_day).days + 1, now)
    return Window(tomorrow, WINDOW_DAYS, now)


def _choice(colleague: Colleague) -> str:
    """Who, how well it fits, what the whole draft would lose.

    Of all against whom something speaks the same is said: what it is, only they themselves know, or
    whoever chooses them is told before it is done.
    """
    if colleague.exclusion_reasons:
        return _("%(name)s (something speaks against it)") % {"name": colleague.employee}
    reasons = fit(colleague.affinity)
    if colleague.takes_away:
        lacking = _("another case would then lack a colleague")
        reasons = f"{reasons}; {lacking}"
    elif colleague.loses is not None:
        points = number_format(round(colleague.loses * 100, 1), 1)
        cost = _("costs the whole draft at least %(points)s points") % {"points": points}
        reasons = f"{reasons}; {cost}"
    return f"{colleague.employee} ({reasons})"


def _lacking(plan: SparringPlan) -> QuerySet[Case]:
    """Cases of a published plan that want a session and have none booked."""
    if plan.state != PlanState.PUBLISHED:
        raise PermissionDenied("A draft is published first.")
    named = set(plan.unplaced.values_list("case", flat=True))
    named |= set(plan.sessions.filter(state=SessionState.CANCELLED).values_list("case", flat=True))
    booked = SparringSession.objects.filter(
        state__in=(SessionState.PLANNED, SessionState.RUNNING)
    ).values("case")
    cases = Case.objects.active().filter(pk__in=named, municipality=plan.municipality_id)
    return cases.exclude(pk__in=booked).select_related("owner__unit__municipality", "unit")


def _offers(plan: SparringPlan, case: Case) -> list[Offer]:
    """Who could come: at the time that was called off where that is still to come."""
    called_off = plan.sessions.filter(case=case, state=SessionState.CANCELLED).order_by("-pk")
    before = called_off.first()
    wanted = before.starts_at if before and before.starts_at > timezone.now() else None
    first_day = max(plan.first_day, timezone.localdate() + timedelta(days=1))
    return offers(
        case,
        Window(first_day, WINDOW_DAYS, timezone.now()),
        length=timedelta(minutes=before.length if before else 25),
        wanted=wanted,
    )


def _offer_text(offer: Offer) -> str:
    when = f"{weekday(offer.starts_at)} {clock(offer.starts_at)}"
    text = f"{offer.employee} ({fit(offer.parts['affinity'])}): {when}"
    return _("%(offer)s, the same time as before") % {"offer": text} if offer.keeps_time else text
