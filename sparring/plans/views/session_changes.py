"""Changing one session by hand: another colleague, another time, out of the plan, called off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kb.templatetags.ui import clock, weekday
from people.form_errors import run_with_message, show_errors
from people.http import EmployeeRequest
from people.models import Employee
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
from sparring.models import Case, SparringPlan, SparringSession
from sparring.plans.forms.plans import OfferForm, PartnerForm, TimeForm
from sparring.plans.queries.plans import fit
from sparring.sessions.queries.agenda import managed_sessions

from .plans import coordinator, plan_or_404

REFUSED = 422
WINDOW_DAYS = 14
MOST_TIMES = 15
Act = Callable[[bool], object]


@no_store
def partner(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Another colleague in the place of one."""
    session = session_or_404(request, pk)
    brings = presenters(parts_of(session))
    partners = [
        other_partner
        for other_partner in partners_of(participations_of(session))
        if other_partner.pk not in brings
    ]
    choices = [
        colleague for colleague in colleagues(session) if colleague.employee.pk not in brings
    ]
    form = PartnerForm(
        request.POST or None,
        partners=partners,
        colleagues=[
            (participation.employee.pk, _choice(participation))
            for participation in choices
            if participation.employee not in partners
        ],
    )

    def act(confirmed: bool) -> object:
        people = {row.pk: row for row in [*partners, *(one.employee for one in choices)]}
        return change_partner(
            session=session,
            actor=request.user,
            leaving=people[form.cleaned_data["leaving"]],
            coming=people[form.cleaned_data["coming"]],
            confirmed=confirmed,
        )

    texts = {"heading": _("Another colleague"), "submit": _("Choose this colleague")}
    return change_page(request, session, form, act, texts)


@no_store
def moment(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Another time, from those that suit everybody or freely."""
    session = session_or_404(request, pk)
    participations = participations_of(session)
    suiting = times(session, partners_of(participations), _window(session))
    form = TimeForm(request.POST or None, times=suiting[:MOST_TIMES])

    def act(confirmed: bool) -> object:
        return change_time(
            session=session,
            actor=request.user,
            starts_at=form.cleaned_data["starts_at"],
            confirmed=confirmed,
        )

    texts = {"heading": _("Another time"), "submit": _("Choose this time")}
    return change_page(request, session, form, act, texts)


@no_store
def room(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Another room, or none, of those that are free then."""
    session = session_or_404(request, pk)
    free = {
        other_room.pk: other_room
        for other_room in rooms_for(session, len(participations_of(session)))
    }
    form = RoomChoiceForm(request.POST or None, rooms=free.values(), chosen=session.room_id)

    def act(confirmed: bool) -> object:
        chosen = free.get(form.cleaned_data["room"])
        return choose_room(session=session, actor=request.user, room=chosen)

    texts = {"heading": _("Another room"), "submit": _("Choose this room")}
    return change_page(request, session, form, act, texts)


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


@no_store
def find(request: EmployeeRequest, pk: int, case: int) -> HttpResponse:
    """A colleague and a time for a case that a published plan has no session for."""
    plan = plan_or_404(request, pk)
    subject = get_object_or_404(_lacking(plan), pk=case)
    found = _offers(plan, subject)
    choices = {
        f"{session.employee.pk}@{session.starts_at.isoformat()}": session for session in found
    }
    form = OfferForm(
        request.POST or None, offers=[(key, _offer_text(choice)) for key, choice in choices.items()]
    )
    if request.method == "POST" and form.is_valid():
        chosen = choices[form.cleaned_data["offer"]]
        if _book(form, coordinator(request), subject, plan, chosen):
            messages.success(request, _("The session is booked, and the two are asked."))
            return redirect("sparring:plan", pk=pk)
    context = {"plan": plan, "case": subject, "form": form, "found": bool(found)}
    status = REFUSED if form.errors else 200
    return render(request, "sparring/plans/find.html", context, status=status)


def change_page(
    request: EmployeeRequest,
    session: SparringSession,
    form: forms.Form,
    act: Act,
    texts: dict[str, str],
) -> HttpResponse:
    """A form, the domain's verb, its warnings shown once, back again."""
    back = _back(session, request.user)
    context: dict[str, Any] = {"session": session, "form": form, "back": back, **texts}
    status = 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid():
            try:
                act("confirmed" in request.POST)
            except ConfirmationRequired as warning:
                context["cautions"] = warning.cautions
                context["hidden"] = _as_typed(request, form)
            except ValidationError as error:
                show_errors(form, error)
            else:
                messages.success(request, _("Changed."))
                return redirect(back)
    return render(request, "sparring/plans/change.html", context, status=status)


def _as_typed(request: HttpRequest, form: forms.Form) -> list[tuple[str, str]]:
    """What was chosen, to be sent again with the confirmation."""
    return [(name, request.POST[name]) for name in form.fields if name in request.POST]


def session_or_404(request: EmployeeRequest, pk: int) -> SparringSession:
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


def _book(form: forms.Form, actor: Employee, case: Case, plan: SparringPlan, chosen: Offer) -> bool:
    try:
        book_session(
            actor=actor,
            case=case,
            partners=[chosen.employee],
            starts_at=chosen.starts_at,
            plan=plan,
        )
    except ValidationError as error:
        show_errors(form, error)
        return False
    except ConfirmationRequired as warning:
        form.add_error(None, " ".join(caution.text for caution in warning.cautions))
        return False
    return True
