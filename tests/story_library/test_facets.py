"""The filters of the list of stories: no database."""

from __future__ import annotations

from django.http import QueryDict

from story_library.presentation.facets import Coded, groups, matching, without

STORIES = [
    Coded(1, {"tema": ["8", "9"], "udfald": ["succeeded"]}),
    Coded(2, {"tema": ["8"], "udfald": ["not_succeeded"]}),
    Coded(3, {"tema": ["2"], "udfald": ["succeeded"]}),
]


def test_values_of_a_group_add_and_groups_narrow():
    assert matching(STORIES, {}) == [1, 2, 3]
    assert matching(STORIES, {"tema": ["8", "2"]}) == [1, 2, 3]
    assert matching(STORIES, {"tema": ["8"], "udfald": ["succeeded"]}) == [1]


def test_a_count_is_what_the_value_would_leave():
    names = {"tema": {"2": "To", "8": "Otte"}, "udfald": {"succeeded": "Ja"}}

    drawn = groups(STORIES, {"tema": ["8"]}, names)

    options = {
        group["name"]: [
            (o["value"], o["label"], o["count"], o["selected"]) for o in group["options"]
        ]
        for group in drawn
    }
    assert options == {
        "tema": [("2", "To", 1, False), ("8", "Otte", 2, True), ("9", "9", 1, False)],
        "udfald": [("succeeded", "Ja", 1, False), ("not_succeeded", "Not_succeeded", 1, False)],
    }


def test_a_filter_is_taken_away_and_the_rest_kept():
    query = QueryDict("tema=8&tema=2&udfald=succeeded&page=3")

    assert without(query, "tema", "8") == "?tema=2&udfald=succeeded"
