"""Methods, training programmes and what people passed."""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from learning.models import (
    Certificate,
    EthicsStatement,
    Method,
    Module,
    Programme,
    ProgrammeModule,
    Root,
)
from people.roles import Role
from tests.factories.people import EmployeeFactory, UnitFactory


class RootFactory(DjangoModelFactory):
    class Meta:
        model = Root

    slug = factory.Sequence(lambda n: f"rod-{n}")
    name = factory.Sequence(lambda n: f"Rod {n}")
    explanation = "Hvordan tanker former det, vi gør."


class MethodFactory(DjangoModelFactory):
    class Meta:
        model = Method

    slug = factory.Sequence(lambda n: f"metode-{n}")
    name = factory.Sequence(lambda n: f"Metode {n}")
    minutes = 25
    participants = "3–5"
    purpose = "At få et nyt bud."
    when = "Når sagen står stille."
    when_not = "Når der skal træffes en afgørelse."
    steps = "Fortæl.\nSpørg."


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    slug = factory.Sequence(lambda n: f"modul-{n}")
    name = factory.Sequence(lambda n: f"Modul {n}")
    goals = "Du kan lytte.\nDu kan spørge."
    hours = 7


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"forloeb-{n}")
    name = "MOVE"
    level = factory.Sequence(lambda n: f"Trin {n}")

    @factory.post_generation
    def modules(self, create, extracted, **kwargs):
        """Required modules in their order; two new ones where none are named."""
        for order, module in enumerate(extracted or ModuleFactory.create_batch(2)):
            ProgrammeModule.objects.create(programme=self, module=module, sort_order=order)


class CertificateFactory(DjangoModelFactory):
    class Meta:
        model = Certificate

    employee = factory.SubFactory(EmployeeFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.LazyAttribute(lambda c: str(c.programme) if c.programme else "Kursus")
    issued_on = date(2026, 1, 15)
    expires_on = date(2028, 1, 15)


class EthicsStatementFactory(DjangoModelFactory):
    class Meta:
        model = EthicsStatement

    version = factory.Sequence(lambda n: n + 1)
    text = "Vi møder et menneske.\nVi lover ikke mere, end vi kan holde."
    valid_from = date(2026, 1, 1)


class Learners:
    """A municipality with its coordinator and somebody who learns."""

    def __init__(self, people: int = 1) -> None:
        self.unit = UnitFactory()
        self.coordinator = EmployeeFactory(unit=self.unit, roles=[Role.COORDINATOR])
        self.leader = EmployeeFactory(unit=self.unit, roles=[Role.TEAM_LEADER])
        self.people = EmployeeFactory.create_batch(people, unit=self.unit, roles=[Role.CASEWORKER])
        self.learner = self.people[0]
