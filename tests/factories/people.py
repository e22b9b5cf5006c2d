from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from people.models import Employee, Municipality, Unit
from people.roles import Role


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    name = factory.Sequence(lambda n: f"Kommune {n}")
    slug = factory.Sequence(lambda n: f"kommune-{n}")


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Team {n}")


class EmployeeFactory(DjangoModelFactory):
    """A caseworker; traits give the other roles."""

    class Meta:
        model = Employee
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"medarbejder{n}")
    first_name = factory.Sequence(lambda n: f"Fornavn{n}")
    last_name = "Prøve"
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.org")
    unit = factory.SubFactory(UnitFactory)
    roles = [Role.CASEWORKER]
    # Wide, so that a test meets the limits of a week only where it sets them.
    max_presented_per_week = 20
    max_sessions_per_week = 20
    several_a_day = True

    class Params:
        coordinator = factory.Trait(roles=[Role.COORDINATOR])
        team_leader = factory.Trait(roles=[Role.TEAM_LEADER])
        editor = factory.Trait(roles=[Role.EDITOR])
        approver = factory.Trait(roles=[Role.APPROVER])
        project_staff = factory.Trait(roles=[Role.PROJECT_STAFF])
        auditor = factory.Trait(roles=[Role.AUDITOR])
        administrator = factory.Trait(roles=[Role.ADMINISTRATOR])
