import re

import pytest

from charts import render
from kb.figures import spread_labels

SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "width": 200,
    "height": 100,
    "params": [{"name": "word", "value": "ingen"}],
    "data": {"name": "rows"},
    "mark": {"type": "line", "clip": True, "point": True},
    "encoding": {
        "x": {"field": "day", "type": "temporal", "axis": {"format": "%B"}},
        "y": {"field": "value", "type": "quantitative", "axis": {"labelExpr": "word"}},
    },
}
ROWS = [{"day": "2026-05-01", "value": 1.5}, {"day": "2026-10-01", "value": 2.5}]


def draw(**changes):
    values = {"title": "Tro", "desc": "Fra 1 til 2.", "datasets": {"rows": ROWS}}
    return render(SPEC, **{**values, **changes})


def test_a_drawing_may_stand_in_a_page_under_the_strict_policy():
    svg = draw()

    assert svg.startswith('<svg role="img" aria-labelledby="')
    assert "<desc" in svg
    assert not re.search(r"\sstyle=|<style|<script|\son[a-z]+=", svg)
    assert svg.count('role="') == 1


def test_title_and_description_are_escaped():
    svg = draw(title="<script>", desc='"&')

    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg


def test_words_come_in_and_months_are_danish():
    svg = draw(params={"word": "mange"}, locale="da")

    assert ("mange" in svg, "oktober" in svg) == (True, True)
    assert "October" in draw(locale="en")


def test_two_drawings_on_a_page_share_no_id():
    one, other = draw(), draw(width=300)

    ids = [set(re.findall(r'\sid="([^"]+)"', svg)) for svg in (one, other)]
    assert ids[0]
    assert not ids[0] & ids[1]
    used = set(re.findall(r"url\(#([^)]+)\)", one))
    assert used <= ids[0]


def test_the_same_numbers_are_the_same_drawing():
    assert draw() == draw()
    assert draw() != draw(datasets={"rows": ROWS[:1]})


def test_an_unknown_parameter_and_a_bad_spec_are_refused():
    with pytest.raises(ValueError, match="wrong"):
        draw(params={"wrong": 1})
    with pytest.raises(ValueError):
        render({"mark": "nothing"}, title="", desc="", datasets={})


def test_two_labels_are_moved_apart_and_only_where_they_would_meet():
    assert spread_labels([6, 6], gap=1.1) == [6.55, 5.45]
    assert spread_labels([5, 6], gap=1.2) == [4.9, 6.1]
    assert spread_labels([6, 3], gap=1.1) == [6.0, 3.0]
    assert spread_labels([6], gap=1.1) == [6.0]
