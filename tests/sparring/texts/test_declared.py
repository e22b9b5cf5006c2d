"""Every field for words about a citizen is declared as one; a new one that is not fails here."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps

from privacy.fields import SafeCharField, SafeTextField, SafeTextFormField
from sparring.models import SessionNote
from sparring.models.text_fields import CaseCharField, CaseTextField
from sparring.shared.case_texts import LOCATIONS, case_of, location_of, models_with_texts, owner_of
from sparring.shared.forms import CaseTextFormField, is_case_text
from tests.factories.sessions import running_session
from tests.factories.sparring import ActionFactory, BeliefFactory, CaseFactory

# Free text of the case half that is about no citizen, each with the reason.
NOT_ABOUT_A_CITIZEN = {
    "sparring.Conflict.case_code": "a case code, held to its shape",
    "sparring.JournalTemplate.text": "how the municipality words its texts; has a check of its own",
    "sparring.Room.location": "where a room is",
    "sparring.Room.name": "the name of a room",
    "sparring.SparringSession.location": "where a session is held",
    "sparring.TargetGroup.label": "a target group of the municipality",
}
NOT_IN_A_FORM = {
    "sparring.bookings.forms.rooms.RoomForm.location": "where a room is",
    "sparring.bookings.forms.rooms.RoomForm.name": "the name of a room",
    "sparring.bookings.forms.rooms.RoomForm.online_link": "an address",
    "sparring.journal.forms.texts.JournalTextForm.text": (
        "stored nowhere; its own check lets it be copied only when nothing is marked"
    ),
    "sparring.sessions.forms.sessions.ClosingForm.stored_asked": "marks that hold no words",
    "sparring.shared.forms.AsksAboutStored.stored_asked": "marks that hold no words",
    "sparring.sessions.forms.preferences.ConflictForm.case_code": "a case code",
}


PLAIN = re.compile(r"\b(SafeTextFormField|forms\.CharField)\(")


def _model_fields():
    for model in apps.get_app_config("sparring").get_models():
        for field in model._meta.local_fields:
            if isinstance(field, SafeTextField | SafeCharField):
                yield f"{model._meta.label}.{field.name}", field


def _form_modules():
    for found in pkgutil.walk_packages(["sparring"], "sparring."):
        if ".forms" in found.name:
            yield importlib.import_module(found.name)


def _form_fields():
    for module in _form_modules():
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, forms.BaseForm):
                for name, field in value.base_fields.items():
                    if type(field) is forms.CharField or isinstance(field, TEXT):
                        yield f"{value.__module__}.{value.__name__}.{name}", field


TEXT = (SafeTextFormField, forms.URLField, forms.SlugField, forms.RegexField)


def test_every_free_text_of_the_case_half_is_checked_or_says_why_not():
    undeclared = {
        name
        for name, field in _model_fields()
        if not isinstance(field, CaseTextField | CaseCharField)
    }

    assert undeclared == set(NOT_ABOUT_A_CITIZEN)


def test_every_text_field_of_a_form_of_the_case_half_is_checked_or_says_why_not():
    undeclared = {name for name, field in _form_fields() if not is_case_text(field)}

    assert undeclared == set(NOT_IN_A_FORM)
    assert sum(is_case_text(field) for _name, field in _form_fields()) >= 20


def test_fields_that_a_form_makes_when_it_is_made_are_of_the_class_too():
    plain = {
        module.__name__
        for module in _form_modules()
        if PLAIN.search(Path(module.__file__).read_text(encoding="utf-8"))
    }

    assert plain == {
        "sparring.bookings.forms.rooms",
        "sparring.journal.forms.templates",
        "sparring.journal.forms.texts",
        "sparring.sessions.forms.preferences",
        "sparring.shared.forms",
    }


def test_a_new_field_that_is_not_declared_is_seen(monkeypatch):
    from sparring.quick.forms.quick import QuickAskForm

    plain = {**QuickAskForm.base_fields, "key_question": forms.CharField()}
    monkeypatch.setattr(QuickAskForm, "base_fields", plain)

    undeclared = {name for name, field in _form_fields() if not is_case_text(field)}

    assert "sparring.quick.forms.quick.QuickAskForm.key_question" in undeclared


def test_whose_every_text_is_stands_in_one_place():
    labels = {model._meta.label for model, _fields in models_with_texts()}

    assert labels == set(LOCATIONS)
    for model, fields in models_with_texts():
        assert set(location_of(model).read_by_guests) <= {field.name for field in fields}


def test_migrations_know_the_fields_as_what_they_extend():
    name, path, _args, kwargs = CaseTextField(max_length=5).deconstruct()

    assert (name, path, kwargs) == (None, "privacy.fields.SafeTextField", {"max_length": 5})
    assert CaseCharField(max_length=5).deconstruct()[1] == "privacy.fields.SafeCharField"


@pytest.mark.django_db
def test_the_case_and_the_owner_of_a_text_are_found():
    session = running_session(step=3)
    action, belief, case = ActionFactory(), BeliefFactory(), CaseFactory()

    assert (case_of(case), owner_of(case)) == (case, case.owner)
    assert (case_of(action), owner_of(action)) == (action.case, action.case.owner)
    assert (case_of(belief), owner_of(belief)) == (belief.case, belief.by_employee)
    note = SessionNote(session=session, employee=session.case.owner, text="Et værksted.")
    assert (case_of(note), owner_of(note)) == (session.case, session.case.owner)


def test_the_field_of_a_form_keeps_what_the_plain_one_refuses():
    with pytest.raises(forms.ValidationError):
        CaseTextFormField().clean("010180-1234")
