from __future__ import annotations

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from sparring.enums import ActionKind, ByRole
from sparring.models import Action, Belief, Case, CaseOwnership, Strength, TargetGroup

from .people import EmployeeFactory


class TargetGroupFactory(DjangoModelFactory):
    class Meta:
        model = TargetGroup
        django_get_or_create = ("code",)

    code = "aktivitetsparat"
    label = "Aktivitetsparat"


class CaseFactory(DjangoModelFactory):
    class Meta:
        model = Case
        skip_postgeneration_save = True

    owner = factory.SubFactory(EmployeeFactory)
    unit = factory.LazyAttribute(lambda o: o.owner.unit)
    municipality = factory.LazyAttribute(lambda o: o.unit.municipality)
    code = factory.Sequence(lambda n: f"PR-{n:04d}")
    target_group = factory.SubFactory(TargetGroupFactory)
    started = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=400))

    @factory.post_generation
    def ownership(case, create, extracted, **kwargs):
        if create:
            CaseOwnership.objects.create(case=case, employee=case.owner, since=case.started)


class BeliefFactory(DjangoModelFactory):
    class Meta:
        model = Belief

    case = factory.SubFactory(CaseFactory)
    by_role = ByRole.CASEWORKER
    by_employee = factory.LazyAttribute(lambda o: o.case.owner)
    value = 5
    because = "Møder til tiden og har prøvet noget, der ligner."
    registered_at = factory.LazyFunction(timezone.now)
    expires_on = factory.LazyAttribute(
        lambda o: timezone.localdate(o.registered_at) + timedelta(days=90)
    )


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    case = factory.SubFactory(CaseFactory)
    kind = ActionKind.PLACEMENT
    started_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    deadline = None
    responsible = factory.LazyAttribute(lambda o: o.case.owner if o.deadline else None)


class StrengthFactory(DjangoModelFactory):
    class Meta:
        model = Strength

    case = factory.SubFactory(CaseFactory)
    text = factory.Sequence(lambda n: f"holder orden {n}")
    source = "said"
    noted_on = factory.LazyFunction(timezone.localdate)
