"""The field for words about a citizen: it refuses with the place, and asks once."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from people.models import Unit
from privacy.anonymity.notes import mark_of
from sparring.models import Action, StandingText
from sparring.shared.case_texts import look_at
from sparring.shared.forms import CaseTextFormField
from tests.factories.people import UnitFactory
from tests.factories.sparring import ActionFactory, CaseFactory
from tests.sparring.pages import client_of, url

pytestmark = pytest.mark.django_db
NAMED = "Talt med Mette, hun vil gerne prøve."


class NoteForm(forms.Form):
    note = CaseTextFormField(widget=forms.Textarea)


def send(text, asked=""):
    form = NoteForm({"note": text, "note-asked": asked})
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Cpr er 010180-1234.", "010180-1234"),
        ("Ring på 22 33 44 55 i morgen.", "22 33 44 55"),
        ("Skriv til kurt.hansen@example.dk.", "kurt.hansen@example.dk"),
        ("Bor på Nørregade 14, 2. tv.", "Nørregade 14, 2. tv."),
        ("Løn på reg. 1234 konto 0012345678.", "1234 konto 0012345678"),
    ],
)
def test_what_would_reach_the_citizen_is_refused_and_quoted_and_no_second_save_helps(text, words):
    form = send(text)
    again = send(text, asked=form["note"].asked)

    for refused in (form, again):
        (error,) = refused.errors["note"]
        assert f"»{words}«" in error
        assert refused["note"].value() == text
    assert not StandingText.objects.exists()


def test_a_name_and_an_illness_are_asked_about_once_and_the_same_words_then_stand():
    text = "Mette har depression."
    first = send(text)
    second = send(text, asked=first["note"].asked)

    assert "»Mette«, »depression«" in first.errors["note"][0]
    assert second.cleaned_data == {"note": text}
    assert type(second.cleaned_data["note"]) is str
    assert StandingText.objects.count() == 1


def test_new_words_are_asked_about_anew_and_only_they():
    first = send(NAMED)
    second = send(f"{NAMED} Ahmed kom også.", asked=first["note"].asked)

    assert "»Ahmed«" in second.errors["note"][0]
    assert "Mette" not in second.errors["note"][0]
    third = send(f"{NAMED} Ahmed kom også.", asked=second["note"].asked)
    assert third.is_valid()


def test_what_was_asked_travels_without_the_words():
    form = send(NAMED)
    html = str(form["note"].as_field_group())

    assert f'name="note-asked" value="{form["note"].asked}"' in html
    assert "Mette" not in form["note"].asked
    assert form["note"].asked == mark_of(look_at(NAMED).warned[0])


def test_a_clean_text_is_saved_at_once_and_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert send("Borgeren kom til tiden.").is_valid()


def test_the_name_of_a_unit_may_stand():
    UnitFactory(name="Projekt Springbræt")

    assert Unit.objects.count() == 1
    assert send("Begynder i Projekt Springbræt på mandag.").is_valid()


def test_the_line_below_offers_words_that_are_put_in_with_one_click():
    html = str(send("Hans læge Holm ringede. Så kom Mette.")["note"].as_field_group())

    assert 'id="check-id_note" class="live-check" aria-live="polite"' in html
    assert 'data-replace="id_note" data-start="10" data-found="Holm" data-with=""' in html
    assert 'data-found="Mette" data-with="borgeren"' in html
    assert "Skriv »borgeren«" in html


def test_a_field_with_a_text_shows_the_line_before_anything_is_sent():
    assert 'data-found="Mette"' in str(NoteForm(initial={"note": NAMED})["note"].as_field_group())
    assert "data-found" not in str(NoteForm()["note"].as_field_group())


def test_verbs_refuse_contacts_whatever_page_calls_them():
    action = ActionFactory.build(case=CaseFactory(), what="Ring på 22 33 44 55")

    with pytest.raises(ValidationError) as refused:
        action.clean_fields(exclude=["case", "responsible", "offer"])

    assert "what" in refused.value.message_dict
    assert "22 33" not in str(refused.value)


def test_an_action_with_a_name_is_asked_about_once_on_its_page_and_nothing_typed_is_lost():
    case = CaseFactory()
    mine, page = client_of(case.owner), url("action_plan", case.code)
    typed = {"kind": "trial_day", "what": "Praktik hos Flemming"}
    typed["planned_for"] = timezone.localdate().isoformat()

    first = mine.post(page, typed)
    html = first.content.decode()
    asked = first.context["form"]["what"].asked
    second = mine.post(page, {**typed, "what-asked": asked})

    assert first.status_code == 422
    assert 'value="Praktik hos Flemming"' in html
    assert f'value="{asked}"' in html
    assert second.status_code == 302
    assert Action.objects.get(case=case).what == "Praktik hos Flemming"
