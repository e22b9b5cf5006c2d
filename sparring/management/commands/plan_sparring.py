"""`plan_sparring`: make a draft for a municipality, and publish it when asked to."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Employee, Municipality
from people.roles import Right
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from sparring.plans.forms.plans import DAYS, next_monday
from sparring.plans.queries.plans import PlanView, plan_view

if TYPE_CHECKING:
    from sparring.models import SparringPlan

EVERYTHING = 1_000_000


class Command(BaseCommand):
    help = "Plans sparring for a municipality: who talks with whom and when. A draft, or published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", metavar="SLUG", help="needed where there are several")
        parser.add_argument("--first-day", type=_day, help="YYYY-MM-DD, next Monday by default")
        parser.add_argument("--days", type=int, default=DAYS, help="14 by default, at most 42")
        parser.add_argument(
            "--partners", type=int, default=1, help="colleagues in each session, 1–3"
        )
        parser.add_argument("--publish", action="store_true", help="book the sessions and invite")
        parser.add_argument("--as", dest="user", metavar="USER", help="the coordinator who plans")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = _municipality(options["municipality"])
        actor = _coordinator(municipality, options["user"])
        try:
            plan = make_plan(
                actor=actor,
                municipality=municipality,
                first_day=options["first_day"] or next_monday(timezone.localdate()),
                days=options["days"],
                partners=options["partners"],
            )
            if options["publish"]:
                plan = publish_plan(actor=actor, plan=plan).plan
        except PermissionDenied as error:
            raise CommandError(_("Only a coordinator of the municipality plans.")) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        view = plan_view(plan, per_page=EVERYTHING)
        if options["json"]:
            self.stdout.write(json.dumps(_report(view), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(view)))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _municipality(slug: str | None) -> Municipality:
    if slug is not None:
        found = Municipality.objects.filter(slug=slug).first()
        if found is None:
            raise CommandError(_("There is no municipality %(slug)s.") % {"slug": slug})
        return found
    several = list(Municipality.objects.all()[:2])
    if len(several) != 1:
        raise CommandError(_("Say which municipality: --municipality SLUG."))
    return several[0]


def _coordinator(municipality: Municipality, username: str | None) -> Employee:
    """The named user, or the municipality's first coordinator."""
    people = Employee.objects.order_by("pk")
    if username is not None:
        found = people.filter(username=username).first()
    else:
        coordinators = people.who_may(Right.PLAN).in_municipality(municipality.pk)
        found = coordinators.first()
    if found is None:
        raise CommandError(_("There is no such coordinator in %(name)s.") % {"name": municipality})
    return found


def _report(view: PlanView) -> dict[str, Any]:
    """Codes, ids and times; names stay in the database."""
    plan: SparringPlan = view.plan
    rows = [row for _day, rows in view.days for row in rows]
    return {
        "plan": plan.pk,
        "state": plan.state,
        "first_day": plan.first_day.isoformat(),
        "last_day": plan.last_day.isoformat(),
        "sessions": [
            {
                "case": row.session.case.code,
                "presenter": row.presenter.username,
                "partners": [participation.employee.username for participation in row.partners],
                "starts_at": timezone.localtime(row.session.starts_at).isoformat(),
                "minutes": row.session.length,
            }
            for row in rows
        ],
        "unplaced": [
            {"case": row.case.code, "why": str(row.text), "full": row.who} for row in view.lacking
        ],
        "waiting": dict(view.waiting),
        "certificate": {
            key: plan.certificate[key]
            for key in ("affinity", "bound", "dual_gap", "worst", "max_min", "load_sd")
        },
    }


def _lines(view: PlanView) -> list[str]:
    lines = [
        _("Plan %(pk)s: %(first)s to %(last)s, %(state)s.")
        % {
            "pk": view.plan.pk,
            "first": view.plan.first_day.isoformat(),
            "last": view.plan.last_day.isoformat(),
            "state": view.plan.get_state_display().lower(),
        }
    ]
    for _day, rows in view.days:
        for row in rows:
            when = timezone.localtime(row.session.starts_at).strftime("%Y-%m-%d %H.%M")
            people = ", ".join(str(participation.employee) for participation in row.partners)
            lines.append(f"{when}  {row.session.case.code}  {row.presenter} – {people}")
    lines += [
        f"{other_row.case.code}  {other_row.text} {other_row.who}".rstrip()
        for other_row in view.lacking
    ]
    lines += [f"{unit}: +{count}" for unit, count in view.waiting]
    return lines
