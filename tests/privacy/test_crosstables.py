"""Suppression of tables: the rules one by one, then the attack."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.crosstables import Cell, Published, rate, suppress, suppress_list

tables = st.integers(1, 5).flatmap(
    lambda columns: st.lists(
        st.lists(
            st.one_of(st.integers(0, 7), st.integers(0, 60)), min_size=columns, max_size=columns
        ),
        min_size=1,
        max_size=5,
    )
)


def everything(published: Published) -> list[list[Cell]]:
    rows = [[*row, total] for row, total in zip(published.cells, published.row_totals, strict=True)]
    return [*rows, [*published.column_totals, published.total]]


def equations(shown: list[list[Cell]]) -> list[tuple[dict[tuple[int, int], int], int]]:
    """Every line as hidden coefficients and the constant that the published counts leave."""
    height, width = len(shown), len(shown[0])
    lines = [[(r, c) for c in range(width)] for r in range(height)]
    lines += [[(r, c) for r in range(height)] for c in range(width)]
    result = []
    for line in lines:
        unknown: dict[tuple[int, int], int] = {}
        constant = 0
        for place in line:
            sign = -1 if place == line[-1] else 1
            value = shown[place[0]][place[1]].value
            if value is None:
                unknown[place] = sign
            else:
                constant -= sign * value
        if unknown:
            result.append((unknown, constant))
    return result


def solved_by_subtraction(shown: list[list[Cell]]) -> dict[tuple[int, int], Fraction]:
    """Gauss-Jordan over all lines: every hidden count that linear combinations determine."""
    system = equations(shown)
    places = sorted({place for unknown, _ in system for place in unknown})
    rows = [
        [Fraction(unknown.get(place, 0)) for place in places] + [Fraction(constant)]
        for unknown, constant in system
    ]
    pivot_row = 0
    for column in range(len(places)):
        pivot = next((r for r in range(pivot_row, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[pivot_row], rows[pivot] = rows[pivot], rows[pivot_row]
        lead = rows[pivot_row][column]
        rows[pivot_row] = [value / lead for value in rows[pivot_row]]
        for r in range(len(rows)):
            if r != pivot_row and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[pivot_row], strict=True)]
        pivot_row += 1
    return {
        places[nonzero[0]]: row[-1] / row[nonzero[0]]
        for row in rows
        if len(nonzero := [i for i, value in enumerate(row[:-1]) if value]) == 1
    }


def test_the_attack_works_on_an_unprotected_table():
    shown = [
        [Cell(None), Cell(20), Cell(23)],
        [Cell(8), Cell(9), Cell(17)],
        [Cell(11), Cell(29), Cell(40)],
    ]

    assert solved_by_subtraction(shown) == {(0, 0): 3}


@settings(max_examples=150, deadline=None)
@given(tables)
def test_no_combination_of_published_counts_yields_a_hidden_one(counts):
    shown = everything(suppress(counts))

    assert solved_by_subtraction(shown) == {}


@settings(max_examples=100, deadline=None)
@given(tables)
def test_what_is_shown_is_true_and_never_small(counts):
    extended = [[*row, sum(row)] for row in counts]
    extended.append([sum(column) for column in zip(*extended, strict=True)])
    shown = everything(suppress(counts))

    for row, true_row in zip(shown, extended, strict=True):
        for cell, true in zip(row, true_row, strict=True):
            assert cell.value in {None, true}
            assert cell.value is None or not 0 < cell.value < 5


@settings(max_examples=100, deadline=None)
@given(tables)
def test_hidden_cells_of_a_line_with_a_shown_total_do_not_sum_to_a_small_count(counts):
    published = suppress(counts)

    for row, total in zip(published.cells, published.row_totals, strict=True):
        hidden = [cell for cell in row if cell.value is None]
        if hidden and total.value is not None:
            assert total.value - sum(cell.value or 0 for cell in row) >= 5


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_a_list_with_its_total_keeps_its_hidden_counts(counts):
    cells, total = suppress_list(counts)
    hidden = [i for i, cell in enumerate(cells) if cell.value is None]

    assert all(cell.value in {None, count} for cell, count in zip(cells, counts, strict=True))
    if total.value is not None and hidden:
        assert len(hidden) > 1
        assert sum(counts[i] for i in hidden) >= 5


def test_a_safe_table_is_left_alone():
    published = suppress([[20, 30], [40, 50]])

    assert published.cells == ((Cell(20), Cell(30)), (Cell(40), Cell(50)))
    assert published.row_totals == (Cell(50), Cell(90))
    assert published.column_totals == (Cell(60), Cell(80))
    assert published.total == Cell(140)


def test_one_small_count_takes_the_cheapest_rectangle_with_it():
    published = suppress([[3, 20, 30], [8, 9, 40], [50, 60, 70]])

    assert published.cells == (
        (Cell(None, "small"), Cell(None, "complement"), Cell(30)),
        (Cell(None, "complement"), Cell(None, "complement"), Cell(40)),
        (Cell(50), Cell(60), Cell(70)),
    )
    assert published.total == Cell(290)


def test_a_zero_in_a_small_group_is_hidden_and_one_in_a_large_group_is_not():
    published = suppress([[0, 9], [0, 90], [30, 40]])

    assert published.cells[0][0] == Cell(None, "zero")
    assert published.cells[1][0].reason != "zero"


def test_an_empty_group_discloses_nobody():
    assert suppress([[0, 0], [30, 40]]).cells[0] == (Cell(0), Cell(0))


def test_a_dominated_cell_is_hidden():
    published = suppress([[20, 30], [40, 50]], largest=[[15, 5], [28, 5]])

    assert published.cells[0][0] == Cell(None, "dominant")
    assert published.cells[1][0].reason != "dominant"


def test_suppression_comes_before_rounding():
    published = suppress([[4, 23], [36, 48]], round_to=5)

    assert published.cells[0][0] == Cell(None, "small")
    assert all(
        cell.value is None or cell.value % 5 == 0 for row in everything(published) for cell in row
    )


def test_a_higher_threshold_is_kept():
    assert suppress([[9, 30], [40, 50]], threshold=10).cells[0][0] == Cell(None, "small")


@pytest.mark.parametrize("counts", [[], [[]], [[1, 2], [3]], [[-1, 2]]])
def test_a_malformed_table_is_refused(counts):
    with pytest.raises(ValueError, match=r"table|negative"):
        suppress(counts)


def test_a_threshold_below_five_is_refused():
    with pytest.raises(ValueError, match="threshold"):
        suppress([[10, 20]], threshold=4)


def test_facets_hide_the_next_smallest_too():
    cells, total = suppress_list([3, 12, 40])

    assert cells == (Cell(None, "small"), Cell(None, "complement"), Cell(40))
    assert total == Cell(55)


@pytest.mark.parametrize(
    ("successes", "n", "minimum", "expected"),
    [
        (Cell(9), Cell(118), 20, 9 / 118),
        (Cell(6), Cell(19), 20, None),
        (Cell(6), Cell(29), 30, None),
        (Cell(None, "small"), Cell(96), 20, None),
        (Cell(9), Cell(None, "complement"), 20, None),
        (Cell(0), Cell(0), 0, None),
    ],
)
def test_rates_need_shown_counts_and_a_large_enough_group(successes, n, minimum, expected):
    assert rate(successes, n, minimum=minimum) == expected
