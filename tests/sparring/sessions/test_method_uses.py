"""Which methods a session used, and when somebody first listened: for the room of learning."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from learning.first_sessions import first_sessions_of
from learning.method_uses import sessions_with
from sparring.enums import ParticipantRole, SessionState
from sparring.models import MethodUse
from sparring.sessions.domain.method_uses import note_methods
from tests.factories.learning import MethodFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import SessionFactory, people_of

pytestmark = pytest.mark.django_db


def over(**more):
    return SessionFactory(state=SessionState.AWAITING_OUTCOME, **more)


def test_a_method_counts_the_sessions_that_used_it_from_five_up():
    method, other = MethodFactory.create_batch(2)
    for _number in range(4):
        session = over()
        note_methods(actor=session.case.owner, session=session, methods=[method, other])
    assert sessions_with(method.pk) is None

    session = over()
    note_methods(actor=session.case.owner, session=session, methods=[method])
    note_methods(actor=session.case.owner, session=session, methods=[method])

    assert (sessions_with(method.pk), sessions_with(other.pk)) == (5, None)
    assert "employee" not in {field.name for field in MethodUse._meta.get_fields()}
    note_methods(actor=session.case.owner, session=session, methods=[])
    assert sessions_with(method.pk) is None


def test_only_those_who_were_in_a_session_say_so_and_only_afterwards():
    session, method = over(), MethodFactory()

    with pytest.raises(PermissionDenied):
        note_methods(actor=EmployeeFactory(), session=session, methods=[method])
    planned = SessionFactory()
    with pytest.raises(ValidationError, match="når sparringen er slut"):
        note_methods(actor=planned.case.owner, session=planned, methods=[method])
    assert not MethodUse.objects.exists()


def test_ticked_on_the_page_by_those_who_were_there(client):
    session, method = over(), MethodFactory(name="Gå-samtale")
    address = reverse("sparring:session_methods", args=[session.pk])

    client.force_login(EmployeeFactory())
    assert client.get(address).status_code == 404
    client.force_login(people_of(session)[0])
    assert "Gå-samtale" in client.get(address).text
    page = client.post(address, {"methods": [method.pk]}, follow=True)
    assert "Det er noteret uden navne." in page.text
    assert "checked" in client.get(address).text
    planned = SessionFactory()
    later = reverse("sparring:session_methods", args=[planned.pk])
    client.force_login(planned.case.owner)
    assert client.get(later).status_code == 404


def test_the_first_session_is_the_first_that_was_held_with_somebody_as_a_colleague():
    later = over()
    (colleague,) = [
        row.employee for row in later.participations.filter(role=ParticipantRole.COLLEAGUE)
    ]
    planned = SessionFactory()
    waiting = planned.participations.get(role=ParticipantRole.COLLEAGUE).employee

    found = first_sessions_of([colleague.pk, waiting.pk, later.case.owner_id])

    assert found == {colleague.pk: timezone.localdate(later.starts_at)}
