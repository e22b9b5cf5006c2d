from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.intervals import wilson
from privacy.levels import joinings, publish_joined, publish_levels
from privacy.suppression import Cell, CountRow, SuppressedTable, telling

DEMO = [
    CountRow("0–2", 1, 96),
    CountRow("3–4", 3, 141),
    CountRow("5–6", 9, 118),
    CountRow("7–8", 17, 92),
    CountRow("9–10", 12, 41),
]
ROWS = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=6,
).map(lambda pairs: [CountRow(str(i), count, n) for i, (count, n) in enumerate(pairs)])


def _join(first: str, second: str) -> str:
    return f"{first.split('–', maxsplit=1)[0]}–{second.rsplit('–', maxsplit=1)[-1]}"


def test_the_groups_that_tell_are_joined_with_as_few_others_as_heals_them():
    levels = publish_joined({1: DEMO}, join=_join)

    assert levels.table(1) == levels.whole
    assert levels.whole == SuppressedTable(
        (Cell("0–6", 355, 13), Cell("7–8", 92, 17), Cell("9–10", 41, 12))
    )
    assert levels.whole.total == Cell("", 488, 42)


def test_a_group_that_joining_does_not_heal_stays_hidden_and_there_is_no_total():
    rows = [CountRow("0–2", 1, 96), CountRow("3–4", 3, 141)]

    levels = publish_joined({1: rows}, join=_join)

    assert levels.whole == SuppressedTable((Cell("0–4", 237, None, under=5),))
    assert levels.whole.total is None


def test_a_table_without_small_numbers_is_shown_with_its_total():
    table = publish_levels({1: [CountRow("a", 6, 40), CountRow("b", 9, 50)]}).whole

    assert (table.cells, table.total) == ((Cell("a", 40, 6), Cell("b", 50, 9)), Cell("", 90, 15))


def test_neighbours_are_joined_in_every_way_the_fewest_first():
    assert [[(span.start, span.stop) for span in way] for way in joinings(3)] == [
        [(0, 1), (1, 2), (2, 3)],
        [(0, 1), (1, 3)],
        [(0, 2), (2, 3)],
        [(0, 3)],
    ]


@pytest.mark.parametrize(
    ("count", "n", "expected"),
    [
        (0, 0, False),
        (0, 1, True),
        (1, 1, True),
        (0, 9, True),
        (0, 100, True),
        (1, 100, True),
        (4, 100, True),
        (5, 100, False),
        (96, 100, True),
        (95, 100, False),
        (100, 100, True),
        (2, 4, True),
    ],
)
def test_what_tells_on_somebody(count, n, expected):
    assert telling(count, n) is expected


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([(4, 50), (20, 60)], [(None, 50), (None, 60), (24, 110)]),
        ([(1, 50), (2, 50), (20, 60)], [(None, 50), (None, 50), (None, 60), (23, 160)]),
        ([(4, 50), (3, 50), (20, 60)], [(None, 50), (None, 50), (None, 60), (27, 160)]),
        ([(4, 50), (9, 51), (20, 60)], [(None, 50), (None, 51), (20, 60), (33, 161)]),
        ([(1, 3), (9, 30), (20, 60)], [(None, None), (None, None), (20, 60), (30, 93)]),
        ([(3, 50)], [(None, 50), (None, 50)]),
    ],
    ids=[
        "one small part takes another with it",
        "two that are 3 together take a third",
        "two that are 7 of at most 8 together do too",
        "a small one and a larger one hide each other",
        "a small group's size is hidden with the next one's",
        "one part is the whole",
    ],
)
def test_the_smallest_others_are_hidden_until_nothing_can_be_read_off(parts, whole):
    levels = publish_levels({i: [CountRow("a", *pair)] for i, pair in enumerate(parts)})

    cells = [table.cells[0] for table in (*levels.parts.values(), levels.whole)]
    assert [(cell.count, cell.n) for cell in cells] == whole


@given(st.lists(ROWS, min_size=1, max_size=4))
def test_nothing_that_tells_is_shown(parts):
    size = min(len(rows) for rows in parts)
    levels = publish_joined({i: rows[:size] for i, rows in enumerate(parts)}, join=_join)

    for table in (levels.whole, *levels.parts.values()):
        for cell in table.cells:
            if cell.count is not None:
                assert not telling(cell.count, cell.n)


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


def shown(levels):
    """Each part's first cell and the whole's: how many there are, how many did, below what."""
    cells = [table.cells[0] for table in (*levels.parts.values(), levels.whole)]
    return [(cell.n, cell.count, cell.under) for cell in cells]


@pytest.mark.parametrize(
    ("cell", "has_rate"),
    [
        (Cell("a", 20, 5), True),
        (Cell("a", 19, 5), False),
        (Cell("a", 20, None), False),
        (Cell("a", None, None), False),
    ],
)
def test_a_rate_needs_a_count_of_twenty_people(cell, has_rate):
    assert cell.has_rate is has_rate
    assert cell.hidden is (cell.count is None)


def test_one_hidden_cell_is_enough_to_have_no_total():
    whole = SuppressedTable((Cell("a", 40, 6), Cell("b", 50, None, under=5)))

    assert whole.total is None
    assert SuppressedTable().total is None


def test_an_empty_group_adds_nothing_to_the_total():
    whole = SuppressedTable((Cell("a", 0, 0), Cell("b", 40, 6)))

    assert whole.total == Cell("", 40, 6)


def test_each_level_has_its_table_and_what_is_not_there_an_empty_one():
    levels = publish_levels({1: [CountRow("a", 6, 40)], 2: [CountRow("a", 9, 50)]})

    assert levels.table(None) is levels.whole
    assert levels.table(2) == SuppressedTable((Cell("a", 50, 9),))
    assert levels.table(3) == SuppressedTable()
    nothing = publish_levels({})
    assert (nothing.whole, nothing.parts) == (SuppressedTable(), {})
    assert publish_joined({1: []}, join=_join) == nothing


@pytest.mark.parametrize(("count", "n", "most"), [(-1, 9, None), (10, 9, None), (4, 9, 3)])
def test_a_row_that_cannot_be_is_refused(count, n, most):
    with pytest.raises(ValueError, match="at most"):
        CountRow("a", count, n, most)


def test_below_five_is_said_where_there_are_twenty_numbers_to_hide_among():
    assert shown(publish_levels({1: [CountRow("a", 3, 20)]})) == [(20, None, 5)] * 2
    assert shown(publish_levels({1: [CountRow("a", 3, 19)]})) == [(19, None, None)] * 2


def test_five_is_not_below_five():
    parts = {1: [CountRow("a", 4, 50)], 2: [CountRow("a", 5, 51)], 3: [CountRow("a", 20, 60)]}

    assert shown(publish_levels(parts)) == [
        (50, None, 5), (51, None, None), (60, None, None), (161, 29, None)
    ]  # fmt: skip


def test_that_few_did_not_is_known_where_few_did_is_not_said():
    """Of 100 at least 96 did; were 103 of 130 shown, at least 5 of the others did: 96 to 98."""
    parts = {1: [CountRow("a", 97, 100)], 2: [CountRow("a", 6, 30)]}

    assert shown(publish_levels(parts)) == [
        (100, None, None), (30, None, None), (130, None, None)
    ]  # fmt: skip


def test_who_is_hidden_with_the_whole_group_leaves_room_for_the_others():
    """Of the 7 in all up to 7 can be in the two closed groups, so the first may still be nought."""
    parts = {1: [CountRow("a", 4, 50)], 2: [CountRow("a", 1, 3)], 3: [CountRow("a", 2, 4)]}

    assert shown(publish_levels(parts)) == [
        (50, None, 5), (None, None, None), (None, None, None), (57, 7, None)
    ]  # fmt: skip


def test_sizes_that_bound_each_other_are_shown_together_or_not_at_all():
    parts = {
        1: [CountRow("a", 1, 3), CountRow("b", 9, 30)],
        2: [CountRow("a", 9, 40), CountRow("b", 9, 40)],
        3: [CountRow("a", 20, 60), CountRow("b", 20, 60)],
    }

    apart, linked = publish_levels(parts), publish_levels(parts, linked=True)

    assert apart.table(1).cells == (Cell("a", None, None), Cell("b", 30, 9))
    assert apart.table(2).cells == (Cell("a", None, None), Cell("b", 40, 9))
    for part in (1, 2):
        assert linked.table(part).cells == (Cell("a", None, None), Cell("b", None, None))
    assert linked.table(3).cells == apart.table(3).cells


@given(
    st.lists(
        st.integers(0, 30).flatmap(
            lambda n: st.integers(0, n).flatmap(
                lambda most: st.tuples(st.integers(0, most), st.just(n), st.just(most))
            )
        ),
        min_size=1,
        max_size=4,
    )
)
def test_it_ends_however_few_numbers_a_count_can_be(parts):
    """Where a count could be fewer numbers than the threshold, hiding it was never enough."""
    levels = publish_levels(
        {part: [CountRow("a", count, n, most=most)] for part, (count, n, most) in enumerate(parts)}
    )

    for part, (_count, _n, most) in enumerate(parts):
        if most < 4:
            assert levels.table(part).cells[0].n is None
