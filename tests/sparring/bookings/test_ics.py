from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from sparring.bookings.ics import CaseDetailError, Person, copenhagen, invitation, session_uid

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
LEADER = Person("mette@example.org", "Mette Æbelø")
COLLEAGUES = [Person("bo@example.org", 'Bo "Bob" Å, leder'), Person("ida@example.org", "Ida")]


def make(**changed):
    start = changed.pop("start", datetime(2026, 11, 26, 10, tzinfo=COPENHAGEN))
    given = {
        "uid": session_uid(12, "sparring.example.org"),
        "sequence": 0,
        "start": start,
        "end": start + timedelta(minutes=25),
        "summary": "Sparring på tværs",
        "location": "Lokale B-12; stuen, tv.",
        "organizer": LEADER,
        "attendees": COLLEAGUES,
        "url": "https://sparring.example.org/sparring/12/",
        "stamp": datetime(2026, 11, 20, 8, tzinfo=UTC),
        **changed,
    }
    return invitation(**given)


def read(content):
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_a_request_reads_back_as_it_was_meant():
    calendar, event = read(make())

    assert calendar["method"] == "REQUEST"
    assert calendar["version"] == "2.0"
    assert event["uid"] == "sparring-12@sparring.example.org"
    assert event["sequence"] == 0
    assert event["summary"] == "Sparring på tværs"
    assert event["location"] == "Lokale B-12; stuen, tv."
    assert event["url"] == "https://sparring.example.org/sparring/12/"
    assert event["status"] == "CONFIRMED"
    assert event["class"] == "PRIVATE"
    assert event.decoded("dtstamp") == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert event.decoded("dtstart") == datetime(2026, 11, 26, 10, tzinfo=COPENHAGEN)
    assert event.decoded("dtend") == datetime(2026, 11, 26, 10, 25, tzinfo=COPENHAGEN)


def test_everybody_is_asked_to_answer():
    _, event = read(make())

    assert event["organizer"] == "mailto:mette@example.org"
    assert event["organizer"].params["CN"] == "Mette Æbelø"
    assert [str(occurrence) for occurrence in event["attendee"]] == [
        "mailto:bo@example.org",
        "mailto:ida@example.org",
    ]
    assert [occurrence.params["RSVP"] for occurrence in event["attendee"]] == ["TRUE", "TRUE"]
    assert {occurrence.params["PARTSTAT"] for occurrence in event["attendee"]} == {"NEEDS-ACTION"}


def test_who_has_answered_is_not_asked_again():
    _, event = read(make(attendees=[Person("bo@example.org", "Bo", "ACCEPTED")]))

    assert event["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert event["attendee"].params["RSVP"] == "FALSE"


def test_a_move_and_a_cancellation_are_the_same_event_later_in_sequence():
    _, first = read(make())
    _, moved = read(make(sequence=1, start=datetime(2026, 11, 27, 13, tzinfo=COPENHAGEN)))
    calendar, cancelled = read(make(sequence=2, method="CANCEL"))

    assert first["uid"] == moved["uid"] == cancelled["uid"]
    assert [row["sequence"] for row in (first, moved, cancelled)] == [0, 1, 2]
    assert calendar["method"] == "CANCEL"
    assert cancelled["status"] == "CANCELLED"
    assert len(cancelled["attendee"]) == 2


def test_the_same_input_gives_the_same_bytes_and_a_stamp_is_set_without_one():
    assert make() == make()
    _, event = read(make(stamp=None))
    assert datetime.now(UTC) - event.decoded("dtstamp") < timedelta(hours=1)


def test_the_file_is_as_the_standard_wants_it():
    content = make(summary="Sparring " + "åøæ " * 40)

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"DTSTART;TZID=Europe/Copenhagen:20261126T100000" in content


def test_line_breaks_in_a_text_make_no_lines_of_their_own():
    content = make(location="Lokale 2\r\nATTENDEE:mailto:x@example.org", description="a\nb")

    _, event = read(content)
    assert len(event["attendee"]) == 2
    assert event["description"] == "a\nb"
    assert b"\r\nATTENDEE:" not in content


@pytest.mark.parametrize(
    ("moment", "wall", "offset"),
    [
        (datetime(2026, 3, 27, 8, tzinfo=UTC), "20260327T090000", 1),
        (datetime(2026, 3, 30, 7, tzinfo=UTC), "20260330T090000", 2),
        (datetime(2026, 10, 23, 7, tzinfo=UTC), "20261023T090000", 2),
        (datetime(2026, 10, 26, 8, tzinfo=UTC), "20261026T090000", 1),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "20260329T015900", 1),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "20260329T030000", 2),
    ],
)
def test_both_clock_changes(moment, wall, offset):
    content = make(start=moment)

    _, event = read(content)
    assert f"DTSTART;TZID=Europe/Copenhagen:{wall}".encode() in content
    assert event.decoded("dtstart").timestamp() == moment.timestamp()
    assert event.decoded("dtstart").utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize("hour", [0, 1])
def test_both_passes_of_the_repeated_hour_are_written_in_utc(hour):
    moment = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)

    content = make(start=moment)

    assert f"DTSTART:20261025T0{hour}3000Z".encode() in content
    assert read(content)[1].decoded("dtstart") == moment


def test_the_zone_in_the_file_agrees_with_the_real_one():
    """Read by its own rules, as a calendar program without a zone database does."""
    calendar, _ = read(make())
    (zone,) = calendar.walk("VTIMEZONE")
    own = zone.to_tz(lookup_tzid=False)

    assert zone["tzid"] == "Europe/Copenhagen"
    for hours in range(0, 24 * 365 * 6, 5):
        moment = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
        wall = moment.astimezone(COPENHAGEN)
        assert wall.replace(tzinfo=own).utcoffset() == wall.utcoffset(), moment


def test_the_zone_is_a_rule_without_an_end():
    text = copenhagen().to_ical().decode()

    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in text
    assert "UNTIL" not in text


@pytest.mark.parametrize(
    "changed",
    [
        {"summary": "Sparring om FJ-0217"},
        {"summary": "Sparring 010190-1234"},
        {"description": "Ring til 0101901234"},
        {"location": "Hos 010190 1234"},
        {"location": "Mødet om fj-0217", "hidden": ["FJ-0217"]},
        {"description": "Sag FJ-0217.", "hidden": ["FJ-0217"]},
    ],
)
def test_nothing_about_a_case_gets_out(changed):
    with pytest.raises(CaseDetailError):
        make(**changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"start": datetime(2026, 11, 26, 10)},
        {"end": datetime(2026, 11, 26, 10, tzinfo=COPENHAGEN)},
        {"sequence": -1},
        {"url": "javascript:alert(1)"},
    ],
)
def test_what_cannot_be_is_refused(changed):
    with pytest.raises(ValueError):
        make(**changed)


@pytest.mark.parametrize("email", ["", "bo", "bo@example.org\r\nX:1", "a@b@c", "a b@c.dk"])
def test_a_wrong_address_is_refused(email):
    with pytest.raises(ValueError, match="e-mail"):
        Person(email, "Bo")


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60)


@given(
    minutes=st.integers(0, 6 * 365 * 24 * 60),
    length=st.integers(1, 600),
    location=TEXT,
    name=TEXT,
    sequence=st.integers(0, 1000),
)
def test_every_session_reads_back(minutes, length, location, name, sequence):
    start = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    end = start + timedelta(minutes=length)

    _, event = read(
        make(
            start=start,
            end=end,
            location=location,
            sequence=sequence,
            attendees=[Person("bo@example.org", name)],
        )
    )

    assert event.decoded("dtstart").timestamp() == start.timestamp()
    assert event.decoded("dtend").timestamp() == end.timestamp()
    assert event["sequence"] == sequence
    assert str(event.get("location", "")) == location
    assert str(event["attendee"]) == "mailto:bo@example.org"
