"""`/sparring/plan/`: the coordinator makes, reads, publishes and discards plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from people.domain_form_view import DomainFormView
from people.form_errors import run_with_message
from privacy import audit
from privacy.http import no_store
from sparring.bookings.domain.drafts import discard_plan
from sparring.enums import PlanState
from sparring.plans.domain.make_plan import make_plan, solve_again
from sparring.plans.domain.publishing import Published, publish_plan
from sparring.plans.forms.plans import MakePlanForm
from sparring.plans.gaps import how_many
from sparring.plans.queries.plans import answers, plan_list, plan_view, plans_of
from sparring.plans.queries.waiting import waiting_list

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from people.http import EmployeeRequest
    from people.models import Employee
    from sparring.models import SparringPlan

PER_PAGE = 20


@no_store
def waiting(request: EmployeeRequest) -> HttpResponse:
    """The cases without a session, in the order in which the next plan takes them, and why."""
    town = coordinator(request).municipality
    rows = waiting_list(town) if town is not None else []
    codes = [row.case.code for row in rows]
    code = request.GET.get("sag", "")
    number = codes.index(code) // PER_PAGE + 1 if code in codes else request.GET.get("page", 1)
    page = Paginator(rows, PER_PAGE).get_page(number)
    context = {"page_obj": page, "rows": page.object_list}
    return render(request, "sparring/plans/waiting.html", context)


class MakePlan(DomainFormView):
    """The list of plans, and the form that makes one."""

    form_class = MakePlanForm
    template_name = "sparring/plans/plans.html"
    made: SparringPlan

    def prepare(self) -> None:
        coordinator(self.request)

    def act(self, form: MakePlanForm) -> object:
        town = self.employee.municipality
        assert town is not None
        self.made = make_plan(actor=self.employee, municipality=town, **form.cleaned_data)
        return self.made

    def get_success_url(self) -> str:
        return reverse("sparring:plan", args=[self.made.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = Paginator(plan_list(self.employee), PER_PAGE)
        return super().get_context_data(
            page_obj=paginator.get_page(self.request.GET.get("page")),
            has_draft=plans_of(self.employee).filter(state=PlanState.DRAFT).exists(),
            to_repair=_to_repair(self.employee),
            **kwargs,
        )


@no_store
def plan(request: EmployeeRequest, pk: int) -> HttpResponse:
    """A plan by day, with its reasons, its load and what could not be placed."""
    found = plan_or_404(request, pk)
    audit.record(actor=request.user, action="plan.view", target=found)
    view = plan_view(found, page=request.GET.get("page", 1))
    context = {
        "view": view,
        "page_obj": view.page,
        "plan": found,
        "answers": answers(found),
        "to_repair": _to_repair(coordinator(request)),
    }
    return render(request, "sparring/plans/plan.html", context)


@no_store
def publish(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Ask first, then book the sessions and send the invitations."""
    found = plan_or_404(request, pk)
    if request.method != "POST":
        return _ask(request, "publish.html", found)
    try:
        published = publish_plan(actor=coordinator(request), plan=found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        _tell(request, published)
    return redirect("sparring:plan", pk=pk)


@no_store
@require_POST
def again(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Solve the draft anew; the new draft takes its place."""
    found = plan_or_404(request, pk)
    try:
        found = solve_again(actor=coordinator(request), plan=found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The plan is solved again. This draft has taken its place."))
    return redirect("sparring:plan", pk=found.pk)


@no_store
def discard(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Ask first, then throw the draft away."""
    found = plan_or_404(request, pk)
    if request.method != "POST":
        return _ask(request, "discard.html", found)
    if run_with_message(
        request,
        lambda: discard_plan(actor=coordinator(request), plan=found),
        _("The draft is gone. Nobody had been told about it."),
    ):
        return redirect("sparring:plans")
    return redirect("sparring:plan", pk=pk)


def coordinator(request: EmployeeRequest) -> Employee:
    """Who asks: a coordinator of a municipality; 403 for one who belongs nowhere."""
    if request.user.municipality is None:
        raise PermissionDenied("A coordinator belongs to a municipality.")
    return request.user


def plan_or_404(request: EmployeeRequest, pk: int) -> SparringPlan:
    """A plan of the reader's own municipality; others do not exist here."""
    return get_object_or_404(plans_of(coordinator(request)), pk=pk)


def _to_repair(employee: Employee) -> int:
    assert employee.municipality is not None
    return how_many(employee.municipality, timezone.now())


def _ask(request: HttpRequest, template: str, found: SparringPlan) -> HttpResponse:
    if found.state != PlanState.DRAFT:
        return redirect("sparring:plan", pk=found.pk)
    context: dict[str, Any] = {"plan": found, "sessions": found.sessions.count()}
    return render(request, f"sparring/plans/{template}", context)


def _tell(request: HttpRequest, published: Published) -> None:
    booked, left = len(published.booked), len(published.left)
    messages.success(
        request,
        ngettext(
            "%(n)d session is booked, and its people are asked.",
            "%(n)d sessions are booked, and their people are asked.",
            booked,
        )
        % {"n": booked},
    )
    if left:
        messages.warning(
            request,
            ngettext(
                "%(n)d session could not be booked. It stands below with the reason.",
                "%(n)d sessions could not be booked. They stand below with the reason.",
                left,
            )
            % {"n": left},
        )
