from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.intervals import wilson
from privacy.suppression import (
    Cell,
    Row,
    Table,
    hide_what_parts_reveal,
    publish,
    telling,
)

DEMO = [
    Row("0–2", 1, 96),
    Row("3–4", 3, 141),
    Row("5–6", 9, 118),
    Row("7–8", 17, 92),
    Row("9–10", 12, 41),
]
ROWS = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=6,
).map(lambda pairs: [Row(str(i), count, n) for i, (count, n) in enumerate(pairs)])


def _join(first: str, second: str) -> str:
    return f"{first.split('–')[0]}–{second.split('–')[-1]}"


def test_the_two_lowest_groups_of_the_demo_are_joined_and_still_hidden():
    table = publish(DEMO, join=_join)

    assert table == Table(
        (
            Cell("0–4", 237, None, under=5),
            Cell("5–6", 118, 9),
            Cell("7–8", 92, 17),
            Cell("9–10", 41, 12),
        ),
        None,
    )


def test_a_table_without_small_numbers_is_shown_with_its_total():
    table = publish([Row("a", 6, 40), Row("b", 9, 50)])

    assert table == Table((Cell("a", 40, 6), Cell("b", 50, 9)), Cell("", 90, 15))


@pytest.mark.parametrize(
    ("count", "n", "expected"),
    [
        (0, 0, False),
        (0, 9, True),
        (9, 9, True),
        (0, 10, False),
        (1, 100, True),
        (4, 100, True),
        (5, 100, False),
        (96, 100, True),
        (95, 100, False),
        (100, 100, False),
        (2, 4, True),
    ],
)
def test_what_tells_on_somebody(count, n, expected):
    assert telling(count, n) is expected


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(1, 96, 0.2, 5.7), (3, 141, 0.7, 6.1), (9, 118, 4.1, 13.9), (17, 92, 11.9, 27.6),
     (12, 41, 17.6, 44.5)],
)  # fmt: skip
def test_wilson_gives_the_intervals_of_the_demo(successes, n, low, high):
    assert tuple(round(100 * bound, 1) for bound in wilson(successes, n)) == (low, high)


@pytest.mark.parametrize(("successes", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_wilson_refuses_what_is_no_proportion(successes, n):
    with pytest.raises(ValueError, match="No proportion"):
        wilson(successes, n)


def _shown_sums(table: Table) -> dict[frozenset[str], int]:
    """Every sum that a reader can make of the shown counts, and of the total less some of them."""
    shown = {cell.label: cell.count for cell in table.cells if cell.count is not None}
    sums = {
        frozenset(labels): sum(shown[label] for label in labels)
        for size in range(1, len(shown) + 1)
        for labels in combinations(shown, size)
    }
    if table.total is not None and table.total.count is not None:
        every = frozenset(cell.label for cell in table.cells)
        for labels, value in list(sums.items()):
            sums[every - labels] = table.total.count - value
        sums[every] = table.total.count
    return sums


@given(ROWS, st.booleans())
def test_no_combination_of_published_cells_gives_a_hidden_one(rows, ordered):
    table = publish(rows, join=_join if ordered else None)
    hidden = {frozenset({cell.label}) for cell in table.cells if cell.hidden}

    assert not hidden & set(_shown_sums(table))


@given(ROWS, st.booleans())
def test_nothing_that_tells_is_shown(rows, ordered):
    table = publish(rows, join=_join if ordered else None)

    for cell in table.cells:
        if cell.count is not None:
            assert cell.n is not None
            assert not telling(cell.count, cell.n)


@given(st.lists(ROWS, min_size=2, max_size=4))
def test_the_whole_less_its_shown_parts_gives_no_hidden_cell(parts):
    """Somebody holds every part's table and the whole: what is left over is never one cell."""
    size = min(len(rows) for rows in parts)
    parts = [rows[:size] for rows in parts]
    whole_rows = [
        Row(str(i), sum(rows[i].count for rows in parts), sum(rows[i].n for rows in parts))
        for i in range(size)
    ]
    tables = [publish(rows) for rows in parts]

    whole = hide_what_parts_reveal(publish(whole_rows), tables)

    for i, cell in enumerate(whole.cells):
        if cell.count is not None:
            assert sum(table.cells[i].hidden for table in tables) != 1


def test_the_attack_works_without_the_defence():
    """The control: one part hides a row, the whole shows it, and subtraction gives it away."""
    north, south = publish([Row("a", 4, 50)]), publish([Row("a", 20, 60)])
    whole = publish([Row("a", 24, 110)])

    assert north.cells[0].count is None
    assert whole.cells[0].count - south.cells[0].count == 4
    assert hide_what_parts_reveal(whole, [north, south]).cells[0].count is None
