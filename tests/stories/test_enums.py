"""The codes that stories share with the half above them are the same codes."""

from __future__ import annotations

import stories.enums
from people.roles import Role
from sparring import enums


def test_kinds_of_action_and_forms_of_contact_are_those_of_the_cases():
    assert stories.enums.ActionKind.choices == enums.ActionKind.choices
    assert stories.enums.ContactForm.choices == enums.ContactForm.choices


def test_tellers_are_roles():
    assert set(stories.enums.TellerRole.values) <= set(Role.values)
