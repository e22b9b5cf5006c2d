"""The template tags and filters of the shared components."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from kb.templatetags import ui


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context)).strip()


class SampleForm(forms.Form):
    title = forms.CharField(help_text="Short.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(choices=[("a", "A")])
    way = forms.ChoiceField(widget=forms.RadioSelect, choices=[("m", "Meeting"), ("p", "Phone")])
    why = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, choices=[("w", "Work"), ("h", "Health")]
    )
    consent = forms.BooleanField()
    belief = forms.ChoiceField(
        choices=[(str(step), str(step)) for step in range(11)],
        widget=forms.RadioSelect(attrs={"data-belief": ""}),
    )
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_icon_is_hidden_from_screen_readers_unless_labelled():
    assert 'aria-hidden="true"' in ui.icon("print")
    assert 'role="img" aria-label="Print &lt;it&gt;"' in ui.icon("print", label="Print <it>")
    assert ui.icon("print").endswith('#print"></use></svg>')


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.012, 1, "1,2\u00a0%"),
        (0.27, 0, "27\u00a0%"),
        (0, 0, "0\u00a0%"),
        (None, 0, "–"),
        (float("nan"), 1, "–"),
    ],
)
def test_percent_is_written_in_danish(value, decimals, expected):
    with translation.override("da"):
        assert ui.percent(value, decimals) == expected


def test_number_has_danish_separators():
    with translation.override("da"):
        assert ui.number(20000) == "20.000"
        assert ui.number(1234.5, 1) == "1.234,5"
        assert ui.number(None) == "–"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC), "10:00"),  # winter time, UTC+1
        (dt.datetime(2026, 6, 26, 8, 5, tzinfo=dt.UTC), "10:05"),  # summer time, UTC+2
        (dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC), "02:30"),  # before the clocks go back
        (dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC), "02:30"),  # after
        (None, ""),
    ],
)
def test_clock_shows_copenhagen_time(moment, expected):
    with translation.override("en"):
        assert ui.clock(moment) == expected


def test_day_is_the_local_day():
    late = dt.datetime(2026, 11, 25, 23, 30, tzinfo=dt.UTC)
    with translation.override("da"):
        assert ui.day(late) == "26. november 2026"
        assert ui.day(dt.date(2026, 11, 26)) == "26. november 2026"
        assert ui.day(None) == ""


def test_scale_has_eleven_steps_and_words_on_five():
    options = ui.belief_options("7", {7: "note"})
    assert [option.value for option in options] == list(range(11))
    assert [option.value for option in options if option.word] == [0, 3, 5, 7, 10]
    assert [(option.value, option.note) for option in options if option.checked] == [(7, "note")]
    assert not any(option.checked for option in ui.belief_options(None))


def test_zero_is_a_belief_and_not_a_missing_one():
    assert [option.value for option in ui.belief_options(0) if option.checked] == [0]
    text = render('{% include "components/belief_dots.html" with value=0 label="Your belief" %}')
    assert "0 of 10" in text or "0 af 10" in text
    assert "belief-dots__dot--on" not in text


def test_dots_show_the_value():
    text = render('{% include "components/belief_dots.html" with value=6 label="Your belief" %}')
    assert text.count("belief-dots__dot--on") == 6
    assert text.count('class="belief-dots__dot') == 11  # ten dots and their box


def test_a_missing_belief_is_said_in_words():
    text = render('{% include "components/belief_dots.html" with value=None label="Belief" %}')
    assert "belief-dots__dots" not in text


@pytest.mark.parametrize(
    ("name", "kind", "first_id"),
    [
        ("title", "plain", "id_title"),
        ("note", "plain", "id_note"),
        ("kind", "plain", "id_kind"),
        ("way", "choices", "id_way_0"),
        ("why", "choices", "id_why_0"),
        ("consent", "checkbox", "id_consent"),
        ("belief", "belief", "id_belief_0"),
    ],
)
def test_each_widget_gets_its_markup(name, kind, first_id):
    field = SampleForm()[name]
    assert ui.field_kind(field) == kind
    assert ui.first_input_id(field) == first_id
    assert f'id="{first_id}"' in str(field.as_field_group())


def test_a_bound_form_shows_errors_by_the_field_and_in_the_summary():
    form = SampleForm({"title": "", "way": "p", "why": ["h"], "consent": "on"})
    html = str(form)
    assert 'id="id_title_error"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'value="p" id="id_way_1" checked' in html
    assert 'value="h" id="id_why_1" checked' in html
    summary = render('{% include "components/form_errors.html" %}', form=form)
    assert 'href="#id_title"' in summary
    assert 'href="#id_belief_0"' in summary
    assert 'href="#id_way_0"' not in summary


def test_hidden_fields_have_no_label():
    html = str(SampleForm())
    assert '<input type="hidden" name="secret"' in html
    assert 'for="id_secret"' not in html


def test_box_draws_its_content():
    source = '{% box heading=heading tone="orange" %}<p>{{ name }}</p>{% endbox %}'
    text = render(source, heading="A <b>", name="<i>")
    assert 'class="box box--orange"' in text
    assert "A &lt;b&gt;" in text
    assert "<p>&lt;i&gt;</p>" in text


def test_navigation_marks_one_section(rf):
    context = Context({"request": rf.get("/temaer/at-saette-handling/")})
    current = [item.url for item in ui.main_navigation(context) if item.current]
    assert current == ["/temaer/"]


def test_the_front_page_is_not_the_parent_of_all(rf):
    context = Context({"request": rf.get("/")})
    assert [item.url for item in ui.main_navigation(context) if item.current] == ["/"]
    assert ui.main_navigation(Context())[0].current is False
