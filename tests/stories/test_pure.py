"""Addresses, readability, marking and the figure's rows: no database."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_check.lix import lix
from privacy.anonymity import check
from stories.presentation.belief_figure import Series, belief_figure, points
from stories.presentation.marking import excerpt, marked
from stories.slugs import RESERVED, story_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ny sagsbehandler, samme mand", "ny-sagsbehandler-samme-mand"),
        ("Jeg sagde det ikke højt", "jeg-sagde-det-ikke-hoejt"),
        ("Mine", "historie-mine"),
        ("12", "historie-12"),
        ("!!!", "historie"),
    ],
)
def test_an_address_is_made_of_the_title(title, slug):
    assert story_slug(title) == slug


@given(st.text(max_size=120))
def test_an_address_is_never_empty_reserved_or_a_number(title):
    slug = story_slug(title)

    assert slug
    assert slug not in RESERVED
    assert not slug.isdigit()


def test_lix_is_words_a_sentence_plus_share_of_long_words():
    sentence = "Hun kom til tiden og gik igen. "  # 7 words, none over six letters
    assert lix(sentence * 5) == 7
    heavy = "Arbejdsmarkedsparathedsvurderingen forudsatte sundhedskoordinatorens medvirken. "
    assert lix(heavy * 10) == 104


def test_lix_of_a_few_words_is_unknown():
    assert lix("For kort til at sige noget.") is None


def test_marking_escapes_everything_and_marks_the_finding():
    text = "<b>Tlf. 12 34 56 78</b> & kom"
    findings = check(text).findings

    assert marked(text, findings) == ("&lt;b&gt;Tlf. <mark>12 34 56 78</mark>&lt;/b&gt; &amp; kom")
    assert "<mark>12 34 56 78</mark>" in excerpt(text, findings[0])


@settings(deadline=None)  # the first check reads the word lists
@given(st.text(max_size=60), st.text(max_size=60))
def test_marking_changes_no_character(before, after):
    from html import unescape

    text = f"{before} hans cpr er 010190-1234 {after}"

    html = marked(text, check(text).findings)

    assert unescape(html.replace("<mark>", "").replace("</mark>", "")) == text


def test_two_values_among_three_moments_are_the_first_and_the_last():
    three = Series("caseworker", "Sagsbehandler", [7, 4, 6])
    two = Series("citizen", "Borger", [7, 6])

    rows = points([three, two], ["Før", "Undervejs", "Efter"])

    assert [(r["who"], r["moment"], r["value"], r["label"]) for r in rows] == [
        ("caseworker", "Før", 7, ""),
        ("caseworker", "Undervejs", 4, ""),
        ("caseworker", "Efter", 6, "Sagsbehandler"),
        ("citizen", "Før", 7, ""),
        ("citizen", "Efter", 6, "Borger"),
    ]


def test_the_figure_says_what_it_shows_and_has_a_table():
    figure = belief_figure([2, 6], [4, 7])

    assert figure.finding == "Sagsbehandler: fra 2 til 6 ud af 10. Borger: fra 4 til 7 ud af 10."
    assert figure.rows == [["Sagsbehandler", "2", "6"], ["Borger", "4", "7"]]
    assert figure.svg.startswith('<svg role="img"')
    assert "style=" not in figure.svg


def test_a_story_without_beliefs_has_no_figure():
    assert belief_figure([], []) is None
    assert belief_figure([3], []) is None
