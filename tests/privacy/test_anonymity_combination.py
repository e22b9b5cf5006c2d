"""Generalised fields: how many fit, and what to drop until enough do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.anonymity.combination import age_band, generalise, k_for

ROWS = [("30-49", "Syd", "lager", "ryg")] * 4 + [("30-49", "Syd", "køkken", "ryg")] * 3
VALUES = st.sampled_from(["a", "b", None])
TUPLES = st.tuples(VALUES, VALUES, VALUES)


def test_k_counts_who_shares_every_published_field():
    assert k_for(("30-49", "Syd", "lager", "ryg"), ROWS) == 4
    assert k_for(("30-49", "Syd", None, "ryg"), ROWS) == 7
    assert k_for(("50-", "Syd", None, "ryg"), ROWS) == 0


def test_an_unknown_value_fits_no_published_field():
    assert k_for(("30-49",), [(None,), ("30-49",)]) == 1


def test_the_fewest_fields_are_dropped():
    assert generalise(("30-49", "Syd", "lager", "ryg"), ROWS) == ("30-49", "Syd", None, "ryg")
    assert generalise(("30-49", "Syd", "lager", "ryg"), ROWS, k=4) == ROWS[0]


def test_a_caseload_that_is_too_small_fits_nothing():
    assert generalise(("30-49",), [("30-49",)] * 4) is None


def test_rows_of_another_length_are_refused():
    with pytest.raises(ValueError, match="fields"):
        k_for(("a", "b"), [("a",)])


@given(TUPLES, st.lists(TUPLES, max_size=30))
def test_what_is_published_fits_at_least_k(fields, rows):
    published = generalise(fields, rows)

    if published is None:
        assert len(rows) < 5
    else:
        assert k_for(published, rows) >= 5
        assert all(value in {None, field} for value, field in zip(published, fields, strict=True))


@pytest.mark.parametrize(
    ("age", "band"), [(0, "-29"), (29, "-29"), (30, "30-49"), (49, "30-49"), (50, "50-")]
)
def test_age_bands(age, band):
    assert age_band(age) == band


def test_a_negative_age_is_refused():
    with pytest.raises(ValueError, match="negative"):
        age_band(-1)
