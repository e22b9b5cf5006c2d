"""Which time an .ics file takes: repeats, exceptions, zones, what is free, and hostile files."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from people.calendars.ics_parser import MOST_BYTES, CalendarError, parse
from people.calendars.isolated_parser import parse_here, parse_in_child
from people.enums import CalendarProblem
from privacy.child import Refused
from sparring.bookings.ics import session_uid

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
OPENS = datetime(2026, 11, 23, tzinfo=COPENHAGEN)
CLOSES = OPENS + timedelta(days=90)


def event(*lines, uid="1@example.org"):
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Tandlæge", *lines, "END:VEVENT"])


def calendar(*parts):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""]).encode()


def taken(*parts, opens=OPENS, closes=CLOSES):
    """Times as "23/11 09.00–10.00" in Danish time; the end's date too where it is another."""
    found = []
    for starts, ends in parse(calendar(*parts), opens, closes).times:
        start, end = starts.astimezone(COPENHAGEN), ends.astimezone(COPENHAGEN)
        form = "%H.%M" if start.date() == end.date() else "%d/%m %H.%M"
        found.append(f"{start:%d/%m %H.%M}–{end.strftime(form)}")
    return found


NINE_TO_TEN = (
    "DTSTART;TZID=Europe/Copenhagen:20261123T090000",
    "DTEND;TZID=Europe/Copenhagen:20261123T100000",
)


@pytest.mark.parametrize(
    ("lines", "times"),
    [
        (NINE_TO_TEN, ["23/11 09.00–10.00"]),
        (("DTSTART:20261123T080000Z", "DTEND:20261123T090000Z"), ["23/11 09.00–10.00"]),
        (("DTSTART:20261123T090000", "DURATION:PT1H"), ["23/11 09.00–10.00"]),
        (("DTSTART:20261123T090000Z", "DURATION:P1DT2H"), ["23/11 10.00–24/11 12.00"]),
        (("DTSTART;VALUE=DATE:20261123",), ["23/11 00.00–24/11 00.00"]),
        (
            ("DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261126"),
            ["23/11 00.00–26/11 00.00"],
        ),
        (("DTSTART:20261123T090000",), []),
        ((*NINE_TO_TEN, "TRANSP:TRANSPARENT"), []),
        ((*NINE_TO_TEN, "STATUS:CANCELLED"), []),
        ((*NINE_TO_TEN, "STATUS:TENTATIVE"), ["23/11 09.00–10.00"]),
        ((*NINE_TO_TEN, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), []),
        (("DTSTART:20261122T220000", "DTEND:20261123T013000"), ["23/11 00.00–01.30"]),
        (("DTSTART:20200101T090000", "DTEND:20200101T100000"), []),
    ],
)
def test_one_event(lines, times):
    assert taken(event(*lines)) == times


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Europe/Copenhagen", "09.00"),
        ("America/New_York", "15.00"),
        ("Romance Standard Time", "09.00"),
        ("GMT Standard Time", "10.00"),
        ("/citadel.org/20210210_1/Europe/London", "10.00"),
        ("Et sted uden navn", "09.00"),
        ("../../etc/passwd", "09.00"),
        ("Europe", "09.00"),
    ],
)
def test_zones_by_name(zone, first):
    (time,) = taken(
        event(f'DTSTART;TZID="{zone}":20261123T090000', f"DTEND;TZID={zone}:20261123T093000")
    )

    assert time.startswith(f"23/11 {first}")


def own_zone(rule="FREQ=YEARLY"):
    return "\r\n".join(
        [
            "BEGIN:VTIMEZONE", "TZID:Østkysten", "BEGIN:STANDARD", "DTSTART:16010101T020000",
            "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", f"RRULE:{rule};BYDAY=1SU;BYMONTH=11",
            "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:-0500",
            "TZOFFSETTO:-0400", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "END:DAYLIGHT",
            "END:VTIMEZONE",
        ]
    )  # fmt: skip


def test_a_zone_that_only_the_file_describes():
    lines = ("DTSTART;TZID=Østkysten:20261123T090000", "DURATION:PT30M")

    assert taken(own_zone(), event(*lines)) == ["23/11 15.00–15.30"]
    assert taken(own_zone("FREQ=SECONDLY"), event(*lines)) == ["23/11 09.00–09.30"]
    torn = own_zone().replace("TZOFFSETTO:-0500", "TZOFFSETTO:snart")
    assert taken(torn, event(*lines)) == ["23/11 09.00–09.30"]


def test_a_birthday_on_29_february_comes_in_leap_years_only():
    birthday = event("DTSTART;VALUE=DATE:19960229", "RRULE:FREQ=YEARLY")
    leap, common = (datetime(year, 1, 1, tzinfo=COPENHAGEN) for year in (2028, 2029))

    assert taken(birthday, opens=leap, closes=leap + timedelta(days=90)) == [
        "29/02 00.00–01/03 00.00"
    ]
    assert taken(birthday, opens=common, closes=common + timedelta(days=90)) == []


@pytest.mark.parametrize(
    ("rule", "times"),
    [
        ("FREQ=DAILY;COUNT=3", ["23/11 09.00–10.00", "24/11 09.00–10.00", "25/11 09.00–10.00"]),
        ("FREQ=WEEKLY;UNTIL=20261207T080000Z", ["23/11", "30/11", "07/12"]),
        ("FREQ=WEEKLY;UNTIL=20261206T225959Z", ["23/11", "30/11"]),
        ("FREQ=WEEKLY;UNTIL=20261207", ["23/11", "30/11", "07/12"]),
        ("FREQ=WEEKLY;INTERVAL=8;BYDAY=MO,FR", ["23/11", "27/11", "18/01", "22/01"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["23/11", "27/11", "25/12", "29/01"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["23/11", "30/11", "31/12", "29/01"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", ["23/11", "24/12"]),
        ("FREQ=DAILY;UNTIL=20261101", ["23/11"]),
    ],
)  # fmt: skip
def test_repeats(rule, times):
    found = taken(event(*NINE_TO_TEN, f"RRULE:{rule}"))

    assert [row[: len(times[0])] for row in found] == times


def test_exceptions_moved_and_added_times():
    master = event(
        *NINE_TO_TEN,
        "RRULE:FREQ=DAILY;COUNT=6",
        "EXDATE;TZID=Europe/Copenhagen:20261124T090000",
        "EXDATE:20261125T080000Z",
        "EXDATE;VALUE=DATE:20261126",
        "RDATE;VALUE=PERIOD:20261201T080000Z/PT30M,20261202T080000Z/20261202T083000Z",
        "RDATE:20261203T080000Z",
    )
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Copenhagen:20261127T090000",
        "DTSTART;TZID=Europe/Copenhagen:20261127T140000",
        "DTEND;TZID=Europe/Copenhagen:20261127T150000",
    )
    called_off = event(
        "RECURRENCE-ID:20261128T080000Z", "DTSTART:20261128T080000Z", "STATUS:CANCELLED"
    )

    assert taken(master, moved, called_off) == [
        "23/11 09.00–10.00", "27/11 14.00–15.00",
        "01/12 09.00–09.30", "02/12 09.00–09.30", "03/12 09.00–10.00",
    ]  # fmt: skip


def test_the_wall_clock_is_kept_over_both_clock_changes():
    lines = (
        "DTSTART;TZID=Europe/Copenhagen:20260105T090000",
        "DTEND;TZID=Europe/Copenhagen:20260105T093000",
        "RRULE:FREQ=DAILY",
    )
    for day in (
        datetime(2027, 3, 26, tzinfo=COPENHAGEN),
        datetime(2026, 10, 23, tzinfo=COPENHAGEN),
    ):
        found = taken(event(*lines), opens=day, closes=day + timedelta(days=5))
        assert {row[6:] for row in found} == {"09.00–09.30"}
        assert len(found) == 5


def test_a_whole_day_is_23_or_25_hours_long_when_the_clocks_change():
    for day, hours in (("20270328", 23), ("20261025", 25)):
        opens = datetime.strptime(day, "%Y%m%d").replace(tzinfo=COPENHAGEN) - timedelta(days=3)
        content = calendar(event(f"DTSTART;VALUE=DATE:{day}"))
        ((starts, ends),) = parse(content, opens, opens + timedelta(days=10)).times
        assert ends - starts == timedelta(hours=hours)


def test_times_are_joined_and_free_busy_is_read():
    free_busy = "\r\n".join(
        ["BEGIN:VFREEBUSY", "FREEBUSY;FBTYPE=BUSY:20261123T083000Z/PT1H,20261124T080000Z/PT1H",
         "FREEBUSY;FBTYPE=FREE:20261125T080000Z/PT1H", "END:VFREEBUSY"]
    )  # fmt: skip

    assert taken(event(*NINE_TO_TEN), free_busy, event(*NINE_TO_TEN, uid="2")) == [
        "23/11 09.00–10.30",
        "24/11 09.00–10.00",
    ]


def test_a_taken_time_that_is_not_understood_is_counted_and_the_others_are_read():
    free_busy = "\r\n".join(
        ["BEGIN:VFREEBUSY", "FREEBUSY:i morgen/PT1H", "FREEBUSY:20261124T080000Z/PT1H",
         "END:VFREEBUSY"]
    )  # fmt: skip

    found = parse(calendar(free_busy), OPENS, CLOSES)

    assert (len(found.times), found.skipped) == (1, 1)


def test_our_own_sessions_in_it_take_no_time():
    own = event(*NINE_TO_TEN, uid=session_uid("0d4c", "sparring.example.org"))
    other = event("DTSTART:20261124T080000Z", "DURATION:PT1H", uid=session_uid("0d4c", "else.org"))

    found = parse(calendar(own, other), OPENS, CLOSES, own_host="sparring.example.org")

    assert len(found.times) == 1
    assert found.times[0][0] == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_alarms_and_folded_lines_do_no_harm():
    alarm = ("BEGIN:VALARM", "TRIGGER:-PT15M", "DURATION:PT5H", "DTSTART:20261224T090000",
             "END:VALARM")  # fmt: skip
    folded = ("DTSTART;TZID=Europe/Cop\r\n enhagen:2026\r\n\t1123T090000", "DURATION:PT1H")

    assert taken(event(*folded, *alarm)) == ["23/11 09.00–10.00"]


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:i morgen",),
        ("DTSTART:20261323T090000",),
        ("DTSTART:00010101T000000", "DTEND:20261123T090000"),
        (*NINE_TO_TEN, "RRULE:FREQ=SECONDLY"),
        (*NINE_TO_TEN, "RRULE:FREQ=DAILY;INTERVAL=0"),
        (*NINE_TO_TEN, "RRULE:FREQ=DAILY;BYMONTH=x"),
        (*NINE_TO_TEN, "RRULE:FREQ=DAILY;BYEASTER=1"),
        (*NINE_TO_TEN, f"RRULE:FREQ=DAILY;BYSECOND={','.join(map(str, range(59)))}"),
        (*NINE_TO_TEN, "RRULE:FREQ=DAILY;UNTIL=snart"),
        (*NINE_TO_TEN, "RRULE:DAILY"),
        (*NINE_TO_TEN, f"RRULE:FREQ=DAILY;BYMONTHDAY={'1,' * 500}1"),
        ("DTSTART:20261123T090000", "DURATION:-PT1H"),
        ("DTSTART:20261123T090000", "DURATION:en time"),
    ],
)
def test_what_is_not_understood_is_counted_and_the_rest_is_read(lines):
    found = parse(calendar(event(*lines), event(*NINE_TO_TEN, uid="2")), OPENS, CLOSES)

    assert (len(found.times), found.skipped) == (1, 1)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", CalendarProblem.NOT_A_CALENDAR),
        (b"<html>Log ind</html>", CalendarProblem.NOT_A_CALENDAR),
        (calendar(event(*NINE_TO_TEN))[:-40], CalendarProblem.NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * 1_000_000, CalendarProblem.TOO_LARGE),
        (calendar(*[event("DTSTART:20261123T090000Z")] * 5_001), CalendarProblem.TOO_MANY),
        (
            calendar(*[event(*NINE_TO_TEN, "RRULE:FREQ=DAILY", uid=str(n)) for n in range(60)]),
            CalendarProblem.TOO_MANY,
        ),
        (
            calendar(
                *[
                    event(*NINE_TO_TEN, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", uid=str(n))
                    for n in range(4_000)
                ]
            ),
            CalendarProblem.TOO_MANY,
        ),
        (
            calendar(
                *[
                    event("DTSTART:19000101T090000", "RRULE:FREQ=DAILY;COUNT=900000", uid=str(n))
                    for n in range(4_000)
                ]
            ),
            CalendarProblem.TOO_MANY,
        ),
    ],
)
def test_files_that_cannot_be_read(content, problem):
    with pytest.raises(CalendarError) as raised:
        parse(content, OPENS, CLOSES)

    assert raised.value.problem == problem


def test_200_birthdays_since_before_1900_are_no_trouble():
    birthdays = [
        event(f"DTSTART;VALUE=DATE:1604{n % 12 + 1:02}{n % 28 + 1:02}", "RRULE:FREQ=YEARLY",
              uid=str(n)) for n in range(200)
    ]  # fmt: skip

    found = parse(calendar(*birthdays), OPENS, CLOSES)

    assert found.skipped == 0
    assert found.times


RULES = st.sampled_from(
    [
        "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "FREQ=WEEKLY",
        "FREQ=MONTHLY;INTERVAL=5", "FREQ=MONTHLY;BYDAY=2WE", "FREQ=YEARLY",
        "FREQ=YEARLY;INTERVAL=4", "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=DAILY;BYDAY=MO,FR;BYMONTH=1,12", "FREQ=DAILY;COUNT=4000",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SU;WKST=SU", "FREQ=YEARLY;BYWEEKNO=1,50;BYDAY=WE",
    ]
)  # fmt: skip


@settings(max_examples=150)
@given(
    rule=RULES,
    start=st.datetimes(min_value=datetime(1996, 2, 20), max_value=datetime(2027, 1, 1)),
)
def test_leaping_over_years_finds_what_walking_through_them_finds(rule, start):
    """Against dateutil alone, from the real beginning."""
    start = start.replace(microsecond=0, second=0)
    opens, closes = datetime(2026, 11, 23), datetime(2027, 2, 21)
    walked = {
        moment
        for moment in [start, *rrulestr(rule, dtstart=start).between(opens, closes, inc=True)]
        if opens <= moment < closes
    }
    content = calendar(event(f"DTSTART:{start:%Y%m%dT%H%M%S}Z", "DURATION:PT1M", f"RRULE:{rule}"))

    found = parse(content, opens.replace(tzinfo=UTC), closes.replace(tzinfo=UTC)).times

    assert {starts.replace(tzinfo=None) for starts, _ends in found} == walked


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(noise):
    for content in (noise, calendar(event()) + noise, b"BEGIN:VCALENDAR\r\n" + noise):
        with suppress(CalendarError):
            assert parse(content, OPENS, CLOSES).times == []


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["DTSTART", "DTEND", "RRULE", "RDATE", "EXDATE", "DURATION", "END"]),
            st.text(st.sampled_from("0123456789TZP:;=,/-FREQDAILYWKMO\u00e5"), max_size=30),
        ),
        max_size=8,
    )
)
def test_any_lines_are_read_or_counted(lines):
    found = parse(
        calendar(event(*NINE_TO_TEN), event(*(f"{name}:{value}" for name, value in lines))),
        OPENS,
        CLOSES,
    )

    assert found.times


def test_a_calendar_is_read_in_a_process_of_its_own_and_says_the_same():
    content = calendar(event("DTSTART:20261207T100000", "DURATION:PT1H"))

    assert parse_in_child(content, OPENS, CLOSES) == parse(content, OPENS, CLOSES)
    assert len(parse_in_child(content, OPENS, CLOSES).times) == 1
    for wrong in (b"ingen kalender", b"x" * (MOST_BYTES + 1)):
        with pytest.raises(CalendarError) as here:
            parse(wrong, OPENS, CLOSES)
        with pytest.raises(CalendarError) as apart:
            parse_in_child(wrong, OPENS, CLOSES)
        assert apart.value.problem == here.value.problem


def test_what_the_child_hands_back_is_what_json_can_hold():
    content = calendar(event(*NINE_TO_TEN), event("DTSTART:i morgen", uid="2"))
    window = (OPENS.isoformat(), CLOSES.isoformat(), "")

    answer = parse_here(content, *window)

    assert json.loads(json.dumps(answer)) == [
        [["2026-11-23T08:00:00+00:00", "2026-11-23T09:00:00+00:00"]],
        1,
    ]
    with pytest.raises(Refused, match=CalendarProblem.NOT_A_CALENDAR.value):
        parse_here(b"ingen kalender", *window)
