"""The demo's methods, education and certificates: whole, once, and as the content tells."""

from __future__ import annotations

import pytest

from demo_content.files import read
from kb.models import Person
from learning import demo
from learning.enums import TrialState
from learning.models import Certificate, Method, MethodTrial, Programme, Root
from people import demo as people_demo
from people.models import Employee

pytestmark = pytest.mark.django_db


def test_the_demo_is_loaded_whole_and_only_once():
    people_demo.load(read("people"))

    made, again = demo.load(), demo.load()

    assert made == {
        "roots": 5,
        "methods": 10,
        "modules": 6,
        "programmes": 3,
        "ethics statement": 1,
        "person": 1,
        "onboarding": 9,
        "counting events": 0,
        "trials": 2,
        "passes": 5,
    }
    assert set(again.values()) == {0}
    assert list(Root.objects.values_list("name", flat=True)) == [
        "Neuropsykologi",
        "Kognitiv psykologi",
        "Positiv psykologi",
        "Psykologien bag menneskelig forandring",
        "Løsningsfokuserede & dialogbaserede metoder",
    ]
    owner = Person.objects.get(name="Signe Vestergaard")
    assert owner.employee == Employee.objects.get(username="signe.vestergaard")
    assert not Method.objects.exclude(owner=owner).exists()
    assert not Method.objects.filter(roots=None).exists()
    states = MethodTrial.objects.order_by("tried_on").values_list("state", flat=True)
    assert list(states) == [TrialState.SHOWN, TrialState.WAITING]
    amina = Employee.objects.get(username="amina.yusuf")
    basic = Programme.objects.get(slug="grundforloeb")
    assert Certificate.objects.get(employee=amina, programme=basic).expires_on is None
    assert Certificate.objects.waiting().get().employee == amina
    leader = Certificate.objects.get(programme__slug="sparringsleder")
    assert (leader.employee.username, leader.expires_on is not None) == ("soren.kragh", True)
