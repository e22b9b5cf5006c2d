"""Placeholders: filled in, left out where nothing is known, refused where there are none."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sparring.enums import JournalOccasion
from sparring.journal.placeholders import (
    PLACEHOLDERS,
    fill,
    names_in,
    require_known,
    usual_template,
)
from sparring.journal.queries.templates import invented_values

TEXT = st.text(st.characters(exclude_characters="{}\r", exclude_categories=("Cs",)))


def test_a_place_is_filled_in_wherever_it_stands():
    text = fill("Sag {sag}, senest {frist}.\n{sag}", {"sag": "PR-1", "frist": "i morgen"})

    assert text == "Sag PR-1, senest i morgen.\nPR-1"


def test_a_line_whose_places_are_all_empty_is_left_out():
    values = {"noter": " ", "bud": "6 af 10", "frist": ""}

    text = fill("Til journalen\nNoter: {noter}\nBud: {bud} ({frist})\nFrist: {frist}", values)

    assert text == "Til journalen\nBud: 6 af 10 ()"


def test_what_is_filled_in_is_never_a_template_again():
    assert fill("{noter} {bud}", {"noter": "{bud}", "bud": "6"}) == "{bud} 6"


@pytest.mark.parametrize("occasion", JournalOccasion.values)
def test_the_usual_text_names_places_that_there_are(occasion):
    usual = usual_template(occasion)

    require_known(occasion, usual)
    assert len(names_in(usual)) == len(usual.split("\n"))


@pytest.mark.parametrize("occasion", JournalOccasion.values)
def test_the_invented_case_has_something_in_every_place(occasion):
    values = invented_values(date(2026, 11, 30))

    for placeholder in PLACEHOLDERS[occasion]:
        assert values[placeholder.name].strip()
        assert str(placeholder.meaning)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Til {navn}", "{navn}"),
        ("{}", "{}"),
        ("{sag} {sagen}", "{sagen}"),
        ("{ sag } {frist", "krølleparentes"),
        ("frist}", "krølleparentes"),
        ("{sag\n}", "krølleparentes"),
    ],
)
def test_what_is_no_place_is_refused_in_one_sentence(template, said):
    with pytest.raises(ValidationError) as error:
        require_known(JournalOccasion.SESSION, template)

    (message,) = error.value.messages
    assert said in message
    assert "{sag}" in message


@given(
    st.lists(st.sampled_from([placeholder.name for placeholder in PLACEHOLDERS["session"]])),
    TEXT,
    TEXT,
)
def test_any_template_of_known_places_is_filled_without_a_brace_left(names, before, value):
    template = before + "".join(f"{{{name}}}" for name in names)
    values = {placeholder.name: value for placeholder in PLACEHOLDERS["session"]}

    require_known(JournalOccasion.SESSION, template)
    filled = fill(template, values)

    assert "{" not in filled
    assert filled.count("}") == 0


def test_every_place_of_an_occasion_has_its_own_name():
    for occasion, placeholders in PLACEHOLDERS.items():
        names = [placeholder.name for placeholder in placeholders]
        assert len(set(names)) == len(names), occasion
        assert {"dato", "sag"} <= set(names)
    assert list(PLACEHOLDERS) == JournalOccasion.values
