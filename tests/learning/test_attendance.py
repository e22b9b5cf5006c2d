"""Who was at an event that counts for a module has passed it, once the organiser says so."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from events.domain.attendance import mark_attendance, say_came
from events.domain.sign_ups import sign_up_employee
from events.models import SignUp
from kb.domain.permissions import sync_groups
from learning.domain.attendance import record_attendance
from learning.domain.certificates import revoke
from learning.domain.passes import pass_module
from learning.models import Certificate, ModuleEvent, ModulePass
from privacy.models import AuditEntry
from tests.factories.events import after, coming_event, guest_of, signed_up
from tests.factories.learning import Learners, ModuleFactory, ProgrammeFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


class Day:
    """An event of 20 places that counts for a module, with its organiser."""

    def __init__(self, **more):
        self.organiser = EmployeeFactory()
        self.event = coming_event(organiser=self.organiser, capacity=20, is_open=True, **more)
        self.module = ModuleFactory()
        ModuleEvent.objects.create(module=self.module, event=self.event)

    def mark(self, *sign_ups, actor=None):
        with after(self.event):
            return mark_attendance(
                actor=actor or self.organiser,
                event=self.event,
                present={sign_up.pk for sign_up in sign_ups},
            )

    @contextmanager
    def over(self):
        with after(self.event):
            yield


def passed(employee):
    return [(one.module_id, one.event_id) for one in ModulePass.objects.filter(employee=employee)]


def test_the_organisers_mark_passes_the_module_once():
    day = Day()
    there, away, guest = signed_up(day.event), signed_up(day.event), guest_of(day.event)

    day.mark(there, guest)
    day.mark(there, guest)

    assert passed(there.employee) == [(day.module.pk, day.event.pk)]
    assert passed(away.employee) == []
    noted = ModulePass.objects.get()
    assert (noted.passed_on, noted.recorded_by) == (day.event.date, day.organiser)
    entry = AuditEntry.objects.get(action="module.pass")
    assert entry.details["event"] == day.event.pk


def test_ones_own_word_is_not_enough_and_the_organiser_sees_it(client):
    day = Day()
    there = signed_up(day.event)
    with day.over():
        say_came(actor=there.employee, sign_up=there)
        assert passed(there.employee) == []

        client.force_login(day.organiser)
        address = reverse("events:attendance", args=[day.event.pk])
        assert "siger: jeg var der" in client.get(address).content.decode()
        client.post(address, {"came": [there.pk]})

        assert passed(there.employee) == [(day.module.pk, day.event.pk)]


def test_a_whole_programme_gives_its_certificate():
    day = Day()
    ProgrammeFactory(modules=[day.module])
    there = signed_up(day.event)

    day.mark(there)

    certificate = Certificate.objects.get()
    assert (certificate.employee, certificate.issued_on) == (there.employee, day.event.date)


def test_an_event_of_two_modules_passes_both_and_one_of_none_passes_nothing():
    day = Day()
    other = ModuleFactory()
    ModuleEvent.objects.create(module=other, event=day.event)
    there = signed_up(day.event)
    day.mark(there)
    assert {module for module, _event in passed(there.employee)} == {day.module.pk, other.pk}

    plain = coming_event(organiser=day.organiser)
    signed = signed_up(plain)
    with after(plain):
        mark_attendance(actor=day.organiser, event=plain, present={signed.pk})
    assert passed(signed.employee) == []


def test_a_mark_taken_back_takes_the_pass_back():
    day = Day()
    there = signed_up(day.event)
    day.mark(there)
    day.mark()

    assert passed(there.employee) == []
    assert AuditEntry.objects.filter(action="module.take_back").count() == 1


def test_not_while_a_certificate_stands_on_it_and_nothing_of_the_list_is_lost():
    town, day = Learners(), Day()
    programme = ProgrammeFactory(modules=[day.module])
    there = sign_up_employee(actor=town.learner, event=day.event)
    other = signed_up(day.event)
    day.mark(there)

    with pytest.raises(ValidationError, match="har fået et certifikat"):
        day.mark(other)
    assert passed(town.learner) == [(day.module.pk, day.event.pk)]
    assert SignUp.objects.get(pk=other.pk).came is False

    with day.over():
        held = Certificate.objects.get(programme=programme)
        revoke(actor=town.coordinator, certificate=held, reason="Var der ikke.")
    day.mark(other)
    assert passed(town.learner) == []
    assert SignUp.objects.get(pk=other.pk).came is True


def test_what_the_coordinator_recorded_the_same_day_stays():
    town, day = Learners(), Day()
    there = sign_up_employee(actor=town.learner, event=day.event)
    with day.over():
        pass_module(
            actor=town.coordinator,
            employee=town.learner,
            module=day.module,
            passed_on=day.event.date,
        )
    day.mark(there)
    day.mark()

    assert passed(town.learner) == [(day.module.pk, None)]


def test_nobody_passes_by_their_own_mark_and_who_has_left_passes_nothing():
    day = Day()
    own = sign_up_employee(actor=day.organiser, event=day.event)
    gone = signed_up(day.event)
    gone.employee.is_active = False
    gone.employee.save()

    day.mark(own, gone)

    assert not ModulePass.objects.exists()
    assert set(SignUp.objects.values_list("came", flat=True)) == {True}


def test_only_who_keeps_the_list_records_by_it():
    day = Day()
    there = signed_up(day.event)

    for stranger in (EmployeeFactory(), there.employee, EmployeeFactory(coordinator=True)):
        with pytest.raises(PermissionDenied):
            record_attendance(event=day.event, employee=there.employee, came=True, actor=stranger)
    assert not ModulePass.objects.exists()


def test_an_event_counts_once_for_a_module():
    day = Day()
    with pytest.raises(IntegrityError), transaction.atomic():
        ModuleEvent.objects.create(module=day.module, event=day.event)


def test_event_and_module_name_each_other(client):
    day = Day()
    assert "Tæller for" not in client.get(day.event.url).content.decode()

    client.force_login(EmployeeFactory())
    page = client.get(day.event.url).content.decode()
    assert f'<a href="{day.module.get_absolute_url()}">{day.module.name}</a>' in page
    module = client.get(day.module.get_absolute_url()).content.decode()
    assert f'href="{day.event.url}"' in module
    with after(day.event, days=2):
        client.force_login(EmployeeFactory())
        assert day.event.url not in client.get(day.module.get_absolute_url()).content.decode()


def test_editors_say_which_event_counts():
    day = Day()
    other = ModuleFactory()
    client = Client()
    client.force_login(EmployeeFactory(editor=True))
    sync_groups()

    answer = client.post(
        "/redaktion/snippets/learning/moduleevent/add/",
        {"module": other.pk, "event": day.event.pk},
    )

    assert answer.status_code == 302
    assert ModuleEvent.objects.filter(module=other, event=day.event).exists()
