"""Texts on screen have the same placeholders in Danish, and every one is filled in."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from devtools import texts
from devtools.placeholders import differing, unfilled, unfilled_in_template


def test_no_text_on_screen_shows_a_placeholder():
    assert texts.unfilled() == []


def test_every_danish_text_has_the_placeholders_of_its_source():
    assert differing(texts.danish()) == []


@pytest.mark.parametrize(
    "source",
    [
        '_("%(most)d calendars")',
        'raise ValidationError({field: _("%(most)d calendars")}, params={"most": 5})',
        'raise ValidationError([_("%(most)d calendars")], params={"most": 5})',
        'raise ValidationError(_("%(most)d calendars"))',
        'def f():\n    text = _("%d left")\n    return text',
        'label = ngettext("%(n)d one", "%(n)d many", count)',
        'forms.CharField(help_text=gettext_lazy("At most {most}"))',
        '_("about 6 %%")',
    ],
)
def test_what_nothing_fills_in_is_found(source):
    assert unfilled(source)


@pytest.mark.parametrize(
    "source",
    [
        '_("%(most)d calendars") % {"most": 5}',
        'raise ValidationError(_("%(most)d calendars"), params={"most": 5})',
        '(_("%d left") if left else _("%d gone")) % number',
        'def f():\n    text = _("%d left")\n    return text % 3',
        'def f():\n    texts = {1: _("%d left")}\n    return texts[1] % 3',
        'ngettext("%(n)d one", "%(n)d many", count) % {"n": count}',
        'gettext_lazy("At most {most}").format(most=5)',
        '_("about 6 %")',
    ],
)
def test_what_is_filled_in_is_left_alone(source):
    assert unfilled(source) == []


def test_a_template_fills_in_by_blocktranslate_only():
    assert unfilled_in_template('<p>\n{% translate "Hello %(name)s" %}</p>') == [
        (2, '"Hello %(name)s"')
    ]
    assert not unfilled_in_template("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}")
    assert not unfilled_in_template("""<p data-saved="{% translate 'Saved at {time}' %}">""")


@pytest.mark.parametrize(
    ("source", "danish", "agrees"),
    [
        ("%(n)d of %(all)d", "%(n)d af %(all)d", True),
        ("%(n)d of %(all)d", "%(n)d af %(alle)d", False),
        ("%(n)d of 5", "fem", False),
        (("%(n)d day", "%(n)d days"), ("en dag", "%(n)d dage"), True),
        (("%(n)d day", "%(n)d days"), ("en dag", "%(m)d dage"), False),
        (("%(n)d day", "%(n)d days"), ("%(m)d dag", "%(n)d dage"), False),
    ],
)
def test_placeholders_that_differ_are_found(source, danish, agrees):
    catalogue = Catalog(locale="da")
    catalogue.add(source, danish)

    assert (differing(catalogue) == []) is agrees
