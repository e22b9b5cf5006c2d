"""Editors write methods and education; everybody finds their own learning on the account page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from learning.enums import OnboardingKind
from learning.models import OnboardingItem, Programme
from people.roles import Role
from tests.factories.learning import Learners, ModuleFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
KINDS = ("method", "root", "module", "programme", "onboardingitem", "ethicsstatement")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PROJECT_STAFF])
def test_editors_and_project_staff_write_them_but_the_list_of_new_employees(client, role):
    """What project staff write is published by somebody else (tests/upkeep)."""
    client.force_login(EmployeeFactory(roles=[role]))

    codes = {
        kind: client.get(f"/redaktion/snippets/learning/{kind}/add/").status_code for kind in KINDS
    }

    refused = [kind for kind, code in codes.items() if code == 302]
    assert set(codes.values()) <= {200, 302}
    assert refused == ([] if role == Role.EDITOR else ["onboardingitem"])


def test_a_programme_is_written_with_its_modules_in_their_order(client):
    client.force_login(EmployeeFactory(roles=[Role.EDITOR]))
    first, second = ModuleFactory.create_batch(2)
    rows = {"TOTAL_FORMS": 2, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    for number, (module, order) in enumerate(((first, 2), (second, 1))):
        rows |= {f"{number}-module": module.pk, f"{number}-ORDER": order, f"{number}-id": ""}
    data = {f"programme_modules-{name}": value for name, value in rows.items()}
    data |= {"programme_modules-0-required": "on", "optional_needed": 1, "position": 1}

    client.post(
        "/redaktion/snippets/learning/programme/add/",
        data | {"slug": "move", "name": "MOVE", "level": "Grundforløb", "valid_months": ""},
    )

    parts = Programme.objects.get(slug="move").programme_modules.all()
    assert [(part.module, part.required) for part in parts] == [(second, False), (first, True)]


def test_the_account_page_says_how_much_of_the_list_is_left(client):
    town = Learners()
    client.force_login(town.learner)
    assert "Se dine certifikater" in client.get(reverse("people:account")).text

    OnboardingItem.objects.create(unit=town.unit, kind=OnboardingKind.ETHICS)

    assert "Der mangler 1 linje på din enheds liste." in client.get(reverse("people:account")).text
