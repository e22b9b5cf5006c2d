"""A large municipality for the benchmark: 20,000 cases and 500 stories beside the demo.

Rows are written in bulk, past the domain functions: the benchmark measures reading. They keep
every constraint of the database.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Func, Value
from django.utils import timezone

from people.models import Employee, Unit
from people.roles import Role
from sparring.beliefs.domain.needs import recompute
from sparring.enums import ActionKind, ByRole, ContactForm
from sparring.models import Action, Belief, Case, CaseOwnership, TargetGroup
from stories.enums import LIVE_STATES, Scope
from stories.models import StoryPage

CASES_EACH = 45  # a caseworker's caseload
SEED = 20_261_122
ITS_OWN = ("id", "page_ptr", "path", "depth", "numchild", "url_path", "uid", "slug",
           "translation_key", "latest_revision", "live_revision", "alias_of")  # fmt: skip


def _caseworkers(unit: Unit, wanted: int) -> list[Employee]:
    Employee.objects.bulk_create(
        Employee(
            username=f"bench{n:04d}", first_name="Bench", last_name=str(n), unit=unit,
            roles=[Role.CASEWORKER],
        )
        for n in range(wanted)
    )  # fmt: skip
    return list(Employee.objects.filter(username__startswith="bench").order_by("pk"))


def _cases(owners: list[Employee], first: int, count: int, today: date) -> list[Case]:
    groups = list(TargetGroup.objects.all())
    unit = owners[0].unit
    assert unit is not None
    return Case.objects.bulk_create(
        Case(
            municipality_id=unit.municipality_id,
            unit=unit,
            code=f"BE-{first + n:05d}",
            owner=owners[(first + n) // CASES_EACH % len(owners)],
            target_group=groups[n % len(groups)],
            started=today - timedelta(days=60 + (first + n) % 1500),
            contact_form=ContactForm.IN_PERSON,
        )
        for n in range(count)
    )


def _records(cases: list[Case], chance: random.Random) -> None:
    """Ownership, three beliefs and an action for each case."""
    now = timezone.now()
    CaseOwnership.objects.bulk_create(
        CaseOwnership(case=case, employee_id=case.owner_id, since=case.started) for case in cases
    )
    beliefs, actions = [], []
    for case in cases:
        for role, age in ((ByRole.CASEWORKER, 200), (ByRole.CASEWORKER, 20), (ByRole.CITIZEN, 60)):
            at = now - timedelta(days=age + chance.randrange(120))
            beliefs.append(
                Belief(
                    case=case, by_role=role, by_employee_id=case.owner_id,
                    value=chance.randrange(11), because="Møder til tiden og vil gerne i gang.",
                    registered_at=at, expires_on=at.date() + timedelta(days=90),
                )
            )  # fmt: skip
        actions.append(
            Action(
                case=case,
                kind=chance.choice(
                    [ActionKind.PLACEMENT, ActionKind.COURSE, ActionKind.CONVERSATION]
                ),
                started_on=now.date() - timedelta(days=chance.randrange(400)),
            )
        )
    Belief.objects.bulk_create(beliefs, batch_size=5000)
    Action.objects.bulk_create(actions, batch_size=5000)


def add_cases(count: int) -> int:
    """Fill up to `count` cases, over caseworkers of 45 each; returns how many were made."""
    missing = count - Case.objects.count()
    if missing <= 0:
        return 0
    unit = Unit.objects.order_by("pk").first()
    assert unit is not None
    today = timezone.localdate()
    owners = _caseworkers(unit, -(-missing // CASES_EACH))
    chance = random.Random(SEED)  # noqa: S311 (sample data)
    for first in range(0, missing, 5000):
        with transaction.atomic():
            cases = _cases(owners, first, min(5000, missing - first), today)
            _records(cases, chance)
            recompute(cases)
    return missing


def add_stories(count: int) -> int:
    """Fill up to `count` published stories, copies of the demo's; returns how many were made."""
    models = list(StoryPage.objects.filter(state__in=LIVE_STATES, revises=None))
    missing = max(count - len(models), 0)
    for number in range(len(models), len(models) + missing):  # a run that was cut off goes on
        _copy(models[number % len(models)], number)
    return missing


@transaction.atomic
def _copy(source: StoryPage, number: int) -> None:
    """One more published story, with consents of its own: the database asks for them at commit."""
    values = {
        field.attname: getattr(source, field.attname)
        for field in StoryPage._meta.concrete_fields
        if field.name not in ITS_OWN
    }
    copy = StoryPage(**values, uid=uuid4(), slug=f"{source.slug[:200]}-{number}")
    copy.title = f"{source.title} {number}"
    source.get_parent().add_child(instance=copy)
    copy.themes.set(source.themes.all())
    copy.save()
    for consent in source.consents.all():
        consent.pk, consent.story = None, copy
        consent.save(force_insert=True)
    StoryPage.objects.filter(pk=copy.pk).update(
        published_under=copy.consents.of_citizen_for(Scope.INTERNAL).get(),
        approved_digest=Func(Value(copy.pk), function="stories_text_digest"),
    )
