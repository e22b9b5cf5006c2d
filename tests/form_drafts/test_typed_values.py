"""What of a form is kept while it is typed: no CPR number ever, and everything else comes back."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from form_drafts.typed_values import TAKEN_OUT, fill, kept_names, read_typed, without_refused_words
from people.form_fields import date_field
from privacy.anonymity import contains_cpr
from privacy.fields import SafeTextFormField

PLAIN = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60)
DATES = st.tuples(st.integers(1, 28), st.integers(1, 12), st.integers(0, 99), st.integers(0, 9999))
GAPS = st.sampled_from(["", "-", " ", "–"])


class AnyForm(forms.Form):
    text = SafeTextFormField()
    number = forms.IntegerField(required=False)
    day = date_field("Dag")
    tick = forms.BooleanField(required=False)
    one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    some = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    moment = forms.SplitDateTimeField()
    version = forms.CharField(widget=forms.HiddenInput)
    secret = forms.CharField(widget=forms.PasswordInput)
    file = forms.FileField()
    closed = forms.CharField(disabled=True)


def query(**values):
    posted = QueryDict(mutable=True)
    for name, texts in values.items():
        posted.setlist(name, texts)
    return posted


@st.composite
def with_numbers(draw):
    text = draw(PLAIN)
    for day, month, year, rest in draw(st.lists(DATES, min_size=1, max_size=3)):
        text += f"{day:02}{month:02}{year:02}{draw(GAPS)}{rest:04} " + draw(PLAIN)
    return text


@given(with_numbers())
def test_no_number_is_left_in_any_text(text):
    assert not contains_cpr(without_refused_words(text))


@given(PLAIN)
def test_a_text_without_a_number_is_kept_to_the_letter(text):
    if not contains_cpr(text):
        assert without_refused_words(text) == text


def test_the_words_around_a_number_stay():
    assert without_refused_words("før 010203-1234 efter") == f"før {TAKEN_OUT} efter"


def test_files_passwords_hidden_and_closed_fields_are_not_kept():
    assert kept_names(AnyForm()) == ["text", "number", "day", "tick", "one", "some", "moment"]


@given(
    st.fixed_dictionaries(
        {"text": st.lists(PLAIN, min_size=1, max_size=1), "number": st.lists(PLAIN, max_size=1)},
        optional={
            "one": st.just(["b"]),
            "some": st.sampled_from([["a"], ["a", "b"]]),
            "tick": st.just(["on"]),
            "day": st.sampled_from([["2026-11-30"], ["noget andet"]]),
        },
    )
)
def test_what_was_typed_comes_back_as_it_was(values):
    values = {name: texts for name, texts in values.items() if not contains_cpr("".join(texts))}
    sent = AnyForm(query(**values))

    kept = read_typed(sent, query(**values, csrfmiddlewaretoken=["x"], version=["3"]))
    again = AnyForm()
    fill(again, kept.values)

    assert kept.values == values
    assert "csrf" not in again.as_p()
    for name in ("text", "number", "day", "one", "some", "tick"):
        if name in values or name in ("some", "tick"):
            assert again[name].value() == (sent[name].value() or again[name].value()), name


def test_a_field_of_several_parts_comes_back_in_all_of_them():
    values = {"moment_0": ["2026-11-30"], "moment_1": ["10.4"]}
    form = AnyForm()

    fill(form, read_typed(form, query(**values)).values)

    assert form["moment"].value() == ["2026-11-30", "10.4"]
    assert 'value="10.4"' in str(form["moment"])


def test_what_the_page_did_not_send_stays_as_the_form_has_it():
    form = AnyForm(initial={"text": "fra sagen", "tick": True})

    fill(form, {"number": ["4"], "tick": ["on"]})

    assert form["text"].value() == "fra sagen"


def test_a_field_is_told_why_it_is_not_kept():
    kept = read_typed(AnyForm(prefix="p"), query(**{"p-text": ["ring 010203-1234"]}))

    assert kept.values == {"p-text": [f"ring {TAKEN_OUT}"]}
    assert list(kept.refused) == ["id_p-text"]


def refuse_green(value):
    if "grøn" in value:
        raise ValidationError("Ikke grøn.")


refuse_green.__module__ = "privacy.colours"


def test_what_another_rule_of_privacy_refuses_is_not_kept_but_a_forms_own_rule_is_not_asked():
    class Green(forms.Form):
        text = forms.CharField(validators=[refuse_green])
        short = forms.CharField(max_length=3)

    kept = read_typed(Green(), query(text=["grøn og blå"], short=["længere"]))

    assert kept.values == {"text": [""], "short": ["længere"]}
    assert kept.refused == {"id_text": "Ikke grøn."}


@pytest.mark.parametrize("name", ["text", "some"])
def test_another_forms_fields_are_not_read(name):
    assert read_typed(AnyForm(prefix="mine"), query(**{name: ["a"]})).values == {}
