"""Recording a passed module, and the certificates that come of it."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from learning.domain.certificates import revoke
from learning.domain.passes import pass_module, progress_in
from learning.enums import CertificateState
from learning.models import Certificate, ModulePass
from privacy.models import AuditEntry
from tests.factories.learning import (
    CertificateFactory,
    Learners,
    ModuleFactory,
    ProgrammeFactory,
)
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-25T09:00:00+01:00", tick=False):
        yield


def record(town, module, day=TODAY, employee=None):
    return pass_module(
        actor=town.coordinator, employee=employee or town.learner, module=module, passed_on=day
    )


def held(town):
    return list(Certificate.objects.live().filter(employee=town.learner))


def test_the_last_module_gives_the_certificate_and_the_audit_says_so():
    town, modules = Learners(), ModuleFactory.create_batch(2)
    programme = ProgrammeFactory(modules=modules, valid_months=24)

    record(town, modules[0], date(2026, 10, 1))
    assert held(town) == []
    assert progress_in(town.learner, programme).missing == (modules[1].pk,)
    record(town, modules[1], date(2026, 11, 1))

    (certificate,) = held(town)
    assert (certificate.programme, certificate.title) == (programme, str(programme))
    assert (certificate.issued_on, certificate.expires_on) == (date(2026, 11, 1), date(2028, 11, 1))
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["module.pass", "module.pass", "certificate.issue"]


def test_recorded_twice_it_is_recorded_once():
    town, module = Learners(), ModuleFactory()
    ProgrammeFactory(modules=[module])

    assert record(town, module) == record(town, module)
    assert (ModulePass.objects.count(), Certificate.objects.count()) == (1, 1)


def test_only_the_coordinator_of_the_same_municipality_records_and_never_their_own():
    town, module = Learners(), ModuleFactory()
    stranger = Learners()

    for actor in (town.leader, town.learner, stranger.coordinator):
        with pytest.raises(PermissionDenied):
            pass_module(actor=actor, employee=town.people[0], module=module, passed_on=TODAY)
    with pytest.raises(ValidationError, match="En anden registrerer"):
        record(town, module, employee=town.coordinator)
    with pytest.raises(ValidationError, match="ligger forude"):
        record(town, module, TODAY + timedelta(days=1))
    assert not ModulePass.objects.exists()


def test_somebody_who_left_gets_nothing_new_and_one_clear_sentence():
    town, module = Learners(), ModuleFactory()
    ProgrammeFactory(modules=[module])
    record(town, module)
    town.learner.is_active = False
    town.learner.save()

    with pytest.raises(ValidationError) as refused:
        record(town, module, TODAY)

    assert refused.value.messages == [
        f"{town.learner} arbejder her ikke længere. Det, der er bestået, bliver stående; "
        "der kommer ikke nyt til."
    ]
    (certificate,) = held(town)
    assert certificate.state_on(TODAY) == CertificateState.VALID


def test_passed_again_it_replaces_the_certificate_and_keeps_the_old_one():
    town, module = Learners(), ModuleFactory()
    ProgrammeFactory(modules=[module], valid_months=12)
    record(town, module, date(2025, 3, 1))
    (old,) = held(town)
    assert old.state_on(TODAY) == CertificateState.EXPIRED

    record(town, module, date(2026, 11, 2))

    (new,) = held(town)
    old.refresh_from_db()
    assert (old.replaced_by, new.expires_on) == (new, date(2027, 11, 2))


def test_the_renewal_module_prolongs_a_certificate_but_gives_none():
    town, module, renewal = Learners(), ModuleFactory(), ModuleFactory()
    programme = ProgrammeFactory(modules=[module], valid_months=24, renewal_module=renewal)
    record(town, renewal, date(2024, 1, 1))
    assert held(town) == []
    record(town, module, date(2024, 12, 1))

    record(town, renewal, date(2026, 11, 3))

    (certificate,) = held(town)
    assert (certificate.programme, certificate.issued_on) == (programme, date(2026, 11, 3))
    assert certificate.replaces.issued_on == date(2024, 12, 1)


def test_after_a_revocation_the_programme_is_passed_again_from_the_start():
    town, modules = Learners(), ModuleFactory.create_batch(2)
    ProgrammeFactory(modules=modules)
    for module in modules:
        record(town, module, date(2026, 10, 1))
    revoke(actor=town.coordinator, certificate=held(town)[0], reason="Givet ved en fejl.")

    record(town, modules[0], TODAY)
    assert held(town) == []


def test_the_database_holds_one_live_certificate_for_a_person_and_programme():
    certificate = CertificateFactory()

    with pytest.raises(IntegrityError, match="one_live_certificate"), transaction.atomic():
        CertificateFactory(employee=certificate.employee, programme=certificate.programme)
    CertificateFactory(programme=certificate.programme)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"expires_on": date(2026, 1, 15)}, "certificate_dates_in_order"),
        ({"revoked_on": date(2026, 2, 1)}, "certificate_revoked_with_a_reason"),
        ({"issuer": "Et andet sted"}, "certificate_from_elsewhere_says_from_where"),
        ({"programme": None, "issuer": ""}, "certificate_from_elsewhere_says_from_where"),
    ],
)
def test_the_database_refuses_a_certificate_that_contradicts_itself(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CertificateFactory(**fields)


def test_the_database_refuses_one_that_replaces_or_confirms_itself():
    certificate = CertificateFactory()
    rows = Certificate.objects.filter(pk=certificate.pk)

    with pytest.raises(IntegrityError, match="not_replaced_by_itself"), transaction.atomic():
        rows.update(replaced_by=certificate.pk)
    external = CertificateFactory(programme=None, issuer="Kursuscenteret")
    own = Certificate.objects.filter(pk=external.pk)
    with pytest.raises(IntegrityError, match="confirmed_by_somebody_else"), transaction.atomic():
        own.update(confirmed_by=external.employee)
    with pytest.raises(IntegrityError, match="pass_recorded_by_somebody"), transaction.atomic():
        ModulePass.objects.create(
            employee=external.employee,
            recorded_by=external.employee,
            module=ModuleFactory(),
            passed_on=timezone.localdate(),
        )


@pytest.mark.django_db(transaction=True)
def test_two_modules_recorded_at_once_complete_a_programme_once():
    town, modules = Learners(), ModuleFactory.create_batch(2)
    ProgrammeFactory(modules=modules)
    start, faults = threading.Barrier(2), []

    def run(module):
        start.wait()
        try:
            record(town, module)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[module]) for module in modules]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert len(held(town)) == Certificate.objects.count() == 1


def test_an_employee_of_another_unit_is_not_learned_for():
    town = Learners()
    same = EmployeeFactory(unit__municipality=town.unit.municipality)

    record(town, ModuleFactory(), employee=same)

    assert ModulePass.objects.get().employee == same
