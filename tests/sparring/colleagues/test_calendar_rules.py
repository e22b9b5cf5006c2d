from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.working_days import is_working_day
from sparring.colleagues.calendar_rules import WorkingHours, slots

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def weekdays(start, end):
    return WorkingHours(dict.fromkeys(range(5), ((start, end),)))


OFFICE = weekdays(time(9), time(15))
MORNING = weekdays(time(9), time(10))
MONDAY = date(2026, 11, 23)


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), tzinfo=COPENHAGEN)


def test_a_day_of_slots():
    assert slots(MONDAY, 1, MORNING) == [at(MONDAY, 9), at(MONDAY, 9, 30)]


def test_the_session_must_end_within_the_hours():
    hours = weekdays(time(9), time(9, 55))

    assert slots(MONDAY, 1, hours) == [at(MONDAY, 9), at(MONDAY, 9, 30)]
    assert slots(MONDAY, 1, hours, length=timedelta(minutes=26)) == [at(MONDAY, 9)]


def test_slots_lie_on_the_clocks_grid_so_that_two_people_can_meet():
    odd = weekdays(time(9, 10), time(10, 30))

    assert slots(MONDAY, 1, odd) == [at(MONDAY, 9, 30), at(MONDAY, 10)]
    assert slots(MONDAY, 1, weekdays(time(23, 45), time(23, 59))) == []


def test_a_window_may_be_broken_by_lunch_and_windows_may_overlap():
    rows = [(0, time(12), time(13)), (0, time(9), time(10)), (0, time(9, 30), time(10, 30))]

    assert slots(MONDAY, 7, WorkingHours.from_rows(rows)) == [
        at(MONDAY, 9),
        at(MONDAY, 9, 30),
        at(MONDAY, 10),
        at(MONDAY, 12),
        at(MONDAY, 12, 30),
    ]


def test_weekends_and_holidays_have_no_slots():
    days = {slot.date() for slot in slots(date(2026, 12, 21), 14, MORNING)}

    assert days == {
        date(2026, 12, 21),
        date(2026, 12, 22),
        date(2026, 12, 23),
        date(2026, 12, 28),
        date(2026, 12, 29),
        date(2026, 12, 30),
    }


def test_no_days_and_no_hours_give_no_slots():
    assert slots(MONDAY, 0, OFFICE) == []
    assert slots(MONDAY, 14, WorkingHours()) == []


@pytest.mark.parametrize(
    ("start", "end", "free"),
    [
        ((9, 0), (9, 30), [(9, 30)]),
        ((9, 24), (9, 31), []),
        ((9, 25), (9, 30), [(9, 0), (9, 30)]),
        ((8, 0), (9, 0), [(9, 0), (9, 30)]),
        ((9, 55), (11, 0), [(9, 0), (9, 30)]),
        ((9, 10), (9, 10), [(9, 0), (9, 30)]),
        ((7, 0), (20, 0), []),
    ],
)
def test_busy_time(start, end, free):
    busy = [(at(MONDAY, *start), at(MONDAY, *end))]

    assert slots(MONDAY, 1, MORNING, busy) == [at(MONDAY, *colleague) for colleague in free]


def test_busy_times_may_overlap_come_in_any_order_and_in_any_zone():
    busy = [
        (at(MONDAY, 14), at(MONDAY, 16)),
        (datetime(2026, 11, 23, 8, 30, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC)),
        (at(MONDAY, 10), at(MONDAY, 10, 30)),
        (at(MONDAY, 11), at(MONDAY, 13, 1)),
    ]

    assert slots(MONDAY, 1, OFFICE, busy) == [at(MONDAY, 9), at(MONDAY, 13, 30)]


@pytest.mark.parametrize(
    ("before", "after", "utc_before", "utc_after"),
    [
        (date(2026, 3, 27), date(2026, 3, 30), 8, 7),
        (date(2026, 10, 23), date(2026, 10, 26), 7, 8),
        (date(2027, 3, 26), date(2027, 3, 30), None, 7),
    ],
    ids=["spring", "autumn", "spring on Easter Sunday"],
)
def test_nine_o_clock_is_nine_o_clock_across_a_clock_change(before, after, utc_before, utc_after):
    found = slots(before, (after - before).days + 1, MORNING)

    assert {(slot.hour, slot.minute) for slot in found} == {(9, 0), (9, 30)}
    by_day = {slot.date(): slot.astimezone(UTC).hour for slot in found if slot.minute == 0}
    assert by_day.get(before) == utc_before
    assert by_day[after] == utc_after


def test_a_busy_time_over_the_clock_change_ends_when_it_says():
    friday, monday = date(2026, 10, 23), date(2026, 10, 26)
    busy = [(at(friday, 9, 30), at(monday, 9, 30))]

    assert slots(friday, 4, MORNING, busy) == [at(friday, 9), at(monday, 9, 30)]


@pytest.mark.parametrize(
    "busy",
    [
        (datetime(2026, 11, 23, 9), datetime(2026, 11, 23, 10)),
        (at(MONDAY, 10), at(MONDAY, 9)),
    ],
)
def test_a_busy_time_must_make_sense(busy):
    with pytest.raises(ValueError, match="busy time"):
        slots(MONDAY, 1, OFFICE, [busy])


@pytest.mark.parametrize("rest", [{"length": timedelta(0)}, {"step": timedelta(minutes=-30)}])
def test_length_and_step_must_be_positive(rest):
    with pytest.raises(ValueError, match="positive"):
        slots(MONDAY, 1, OFFICE, **rest)


@pytest.mark.parametrize("row", [(7, time(9), time(10)), (0, time(10), time(10))])
def test_working_hours_must_make_sense(row):
    with pytest.raises(ValueError, match="window"):
        WorkingHours.from_rows([row])


DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
TIMES = st.times().map(lambda cell: cell.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(datetime(2026, 3, 20), datetime(2026, 4, 12), timezones=st.just(UTC))


@st.composite
def weekly_hours(draw):
    rows = []
    for _ in range(draw(st.integers(0, 8))):
        start, end = draw(TIMES), draw(TIMES)
        if start < end:
            rows.append((draw(st.integers(0, 6)), start, end))
    return WorkingHours.from_rows(rows)


@given(
    start=st.dates(date(2026, 3, 20), date(2026, 4, 1)),
    days=st.integers(0, 12),
    hours=weekly_hours(),
    busy=st.lists(st.tuples(MOMENTS, MOMENTS).map(sorted).map(tuple), max_size=4),
    length=st.integers(5, 90).map(lambda cell: timedelta(minutes=cell)),
)
def test_every_slot_is_allowed_and_none_is_missing(start, days, hours, busy, length):
    """Checked against every half hour of the window, one by one, over the spring clock change."""
    expected = []
    for offset in range(days):
        day = start + timedelta(days=offset)
        for half_hour in range(48):
            begin = at(day, half_hour // 2, half_hour % 2 * 30)
            end = begin + length
            inside = any(
                opens <= begin.time() and end.date() == day and end.time() <= closes
                for opens, closes in hours.windows.get(day.weekday(), ())
            )
            hit = any(low < end and begin < high for low, high in busy if low < high)
            if inside and not hit and is_working_day(day):
                expected.append(begin)

    assert slots(start, days, hours, busy, length=length) == expected


@given(start=DAYS, days=st.integers(0, 20))
def test_slots_are_danish_moments_in_order_without_doubles(start, days):
    found = slots(start, days, OFFICE)

    assert found == sorted(set(found))
    assert all(slot.tzinfo is not None and slot.tzinfo.key == "Europe/Copenhagen" for slot in found)
    assert all(9 <= slot.hour < 15 and slot.weekday() < 5 for slot in found)
