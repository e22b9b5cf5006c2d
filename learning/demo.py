"""The room's part of the demo: content, and what a few of its people have learned."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from events.models import EventPage
from learning.content import loader
from learning.domain.certificates import register_external
from learning.domain.ethics import confirm_ethics
from learning.domain.passes import pass_module
from learning.domain.trials import decide_trial, register_trial
from learning.enums import OnboardingKind
from learning.models import (
    EthicsStatement,
    Method,
    MethodTrial,
    Module,
    ModuleEvent,
    OnboardingItem,
    Programme,
)
from people.models import Employee, Unit
from people.roles import Right


def load() -> dict[str, int]:
    """Make what is missing, and return how many of each kind were made."""
    made = {
        "roots": loader.load_roots(),
        "methods": loader.load_methods(),
        "modules": loader.load_modules(),
        "programmes": loader.load_programmes(),
        "ethics statement": loader.load_ethics(),
        "person": loader.load_owner(),
        "onboarding": load_onboarding(),
        "counting events": load_counting_events(),
    }
    if not MethodTrial.objects.exists():
        made |= {"trials": load_trials(), "passes": load_passes()}
    return made


def load_onboarding() -> int:
    """The same three lines for every unit without a list."""
    basic = Programme.objects.get(slug="grundforloeb")
    lines: list[tuple[OnboardingKind, Programme | None, int]] = [
        (OnboardingKind.ETHICS, None, 1),
        (OnboardingKind.FIRST_SESSION, None, 6),
        (OnboardingKind.PROGRAMME, basic, 26),
    ]
    items = [
        OnboardingItem(unit=unit, kind=kind, programme=programme, weeks=weeks, position=position)
        for unit in Unit.objects.filter(onboarding=None)
        for position, (kind, programme, weeks) in enumerate(lines, start=1)
    ]
    return len(OnboardingItem.objects.bulk_create(items))


def load_counting_events() -> int:
    """The events that count for a module, where they are there."""
    made = 0
    for row in loader.modules_file()["counting"]:
        event = EventPage.objects.filter(slug=row["event"]).first()
        if event is not None:
            module = Module.objects.get(slug=row["module"])
            made += int(ModuleEvent.objects.get_or_create(module=module, event=event)[1])
    return made


def load_trials() -> int:
    """What colleagues wrote of methods; one waits to be read."""
    rows = loader.modules_file()["trials"]
    moderator = Employee.objects.who_may(Right.MODERATE_TRIALS).order_by("pk").first()
    for row in rows:
        trial = register_trial(
            actor=Employee.objects.get(username=row["username"]),
            method=Method.objects.get(slug=row["method"]),
            tried_on=_ago(row),
            what_happened=row["what_happened"],
            adapted=row["adapted"],
            show_name=row["show_name"],
        )
        if row["shown"] and moderator is not None:
            decide_trial(actor=moderator, trial=trial, show=True)
    return len(rows)


def load_passes() -> int:
    """Passed modules, which give certificates; one from elsewhere waits to be confirmed."""
    rows, made = loader.modules_file(), 0
    for row in rows["passes"]:
        employee = Employee.objects.get(username=row["username"])
        for slug in row["modules"]:
            module = Module.objects.get(slug=slug)
            pass_module(
                actor=_coordinator(employee), employee=employee, module=module, passed_on=_ago(row)
            )
            made += 1
        confirm_ethics(actor=employee, statement=EthicsStatement.objects.get())
    for row in rows["external"]:
        employee = Employee.objects.get(username=row["username"])
        register_external(
            actor=employee,
            employee=employee,
            title=row["title"],
            issuer=row["issuer"],
            issued_on=_ago(row),
        )
    return made


def _coordinator(employee: Employee) -> Employee:
    found = Employee.objects.who_may(Right.RECORD_LEARNING).in_municipality(
        employee.municipality_id
    )
    return found.exclude(pk=employee.pk).order_by("pk")[0]


def _ago(row: dict[str, Any]) -> date:
    return timezone.localdate() - timedelta(days=row["days_ago"])
