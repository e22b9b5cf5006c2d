import pytest

from demo_content.files import read
from people import demo as people_demo
from people.models import Employee
from sparring.demo import guests
from sparring.enums import ParticipantRole
from sparring.models import Case, GuestAgreement, Participation, Room
from tests.factories.sparring import CaseFactory

pytestmark = pytest.mark.django_db


def test_the_demo_has_rooms_an_agreement_and_a_guest_who_is_not_the_stranger():
    people_demo.load(read("people"))
    case = CaseFactory(owner=Employee.objects.get(username="amina.yusuf"), code="FJ-9001")

    made = guests.load()

    participation = Participation.objects.get(role=ParticipantRole.GUEST)
    assert made == {"rooms": Room.objects.count(), "sessions with a guest": 1}
    assert (participation.session.case, participation.employee.username) == (case, "rasmus.friis")
    assert participation.session.room.online_link
    assert GuestAgreement.objects.get().holds
    stranger = Employee.objects.get(username="nadia.rahimi")
    assert not Case.objects.visible_to(stranger).exists()
    assert guests.load() == {"rooms": 0, "sessions with a guest": 0}
