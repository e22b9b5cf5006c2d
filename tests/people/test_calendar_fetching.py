"""Nothing but a public https place is ever reached, whatever an address or a server says."""

from __future__ import annotations

import socket
import threading

import pytest

from people.calendars.addresses import is_public, target_of
from people.calendars.fetching import PUBLIC, FetchPolicy, fetch
from people.calendars.ics_parser import MOST_BYTES, CalendarError
from people.enums import CalendarProblem

from .calendar_server import HOST, gives, serving

PAGE = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def server(certificate):
    with serving(certificate) as server:
        server.answers["/min.ics"] = gives(PAGE, ETag='"a1"', Last_Modified="Sun, 22 Nov 2026")
        yield server


def problem_of(address, gate):
    with pytest.raises(CalendarError) as raised:
        fetch(address, gate=gate)
    return raised.value.problem


def test_a_calendar_is_fetched_by_the_name_in_its_certificate(server):
    found = fetch(server.address("/min.ics?key=1"), gate=server.gate())

    assert (found.content, found.etag, found.last_modified) == (PAGE, '"a1"', "Sun, 22 Nov 2026")
    ((path, headers),) = server.seen
    assert path == "/min.ics?key=1"
    assert headers["Host"] == f"{HOST}:{server.port}"
    assert "Cookie" not in headers
    assert "Authorization" not in headers


def test_webcal_is_https(server):
    address = server.address().replace("https://", "webcal://")

    assert fetch(address, gate=server.gate()).content == PAGE


def test_what_has_not_changed_is_not_sent_again(server):
    server.answers["/min.ics"] = gives(b"", status=304)

    found = fetch(server.address(), etag='"a1"', last_modified="Sun", gate=server.gate())

    assert found.content is None
    assert server.seen[0][1]["If-None-Match"] == '"a1"'
    assert server.seen[0][1]["If-Modified-Since"] == "Sun"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7",
        "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "2002:7f00:1::1", "2001::1", "2001:db8::1", "3fff::1", "100::1", "4000::1", "", "host",
    ],
)  # fmt: skip
def test_no_address_inside_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.163.102.58", "2a00:1450:400f:80d::200e"])
def test_hosts_on_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://example.org/a.ics", CalendarProblem.ADDRESS),
        ("file:///etc/passwd", CalendarProblem.ADDRESS),
        ("ftp://example.org/a.ics", CalendarProblem.ADDRESS),
        ("//example.org/a.ics", CalendarProblem.ADDRESS),
        ("https://", CalendarProblem.ADDRESS),
        ("https:///a.ics", CalendarProblem.ADDRESS),
        ("https://exa mple.org/", CalendarProblem.ADDRESS),
        ("https://example.org/a\r\nHost: b", CalendarProblem.ADDRESS),
        ("https://example.org\\@evil.example/", CalendarProblem.ADDRESS),
        ("https://example.org/å", CalendarProblem.ADDRESS),
        ("https://[::1/", CalendarProblem.ADDRESS),
        ("https://example.org:99999/", CalendarProblem.ADDRESS),
        ("https://" + "a" * 64 + ".dk/", CalendarProblem.ADDRESS),
        ("https://example.org/" + "a" * 1000, CalendarProblem.ADDRESS),
        ("https://me:secret@example.org/", CalendarProblem.CREDENTIALS),
        ("https://@example.org/", CalendarProblem.CREDENTIALS),
        ("https://example.org:8443/", CalendarProblem.PORT),
        ("https://example.org:22/", CalendarProblem.PORT),
    ],
)
def test_addresses_that_are_refused(address, problem):
    with pytest.raises(CalendarError) as raised:
        target_of(address)

    assert raised.value.problem == problem


def test_an_address_is_kept_in_one_form():
    assert target_of(" webcal://Example.ORG:443/a?b=c#d ").address == "https://example.org/a?b=c"
    assert target_of("https://rådhus.example").address == "https://xn--rdhus-mra.example/"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "localhost", "2130706433", "0x7f.0.0.1", "127.1", "[::ffff:127.0.0.1]"],
)  # fmt: skip
def test_this_machine_is_not_reached_in_any_writing(server, host):
    """With the real look-up and the real rules; only the port is open."""
    gate = FetchPolicy(ports=(server.port,), authorities=str(server.certificate))

    assert problem_of(server.address(host=host), gate) in (
        CalendarProblem.NOT_PUBLIC,
        CalendarProblem.NO_SUCH_HOST,
    )
    assert server.seen == []


def test_one_inner_address_among_public_ones_is_enough_to_refuse(server):
    gate = server.gate(look_up=lambda host, port: ["8.8.8.8", "127.0.0.1"], allows=PUBLIC.allows)

    assert problem_of(server.address(), gate) == CalendarProblem.NOT_PUBLIC
    assert server.seen == []


def test_a_name_that_changes_its_mind_does_not_get_us_elsewhere(server):
    """DNS rebinding: a second look-up would lead to another place; there is none."""
    answers = [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]]
    asked = []
    allowed = []

    def look_up(host, port):
        asked.append(host)
        return answers.pop(0)

    def allows(address):
        allowed.append(address)
        return address == "127.0.0.1"

    assert fetch(server.address(), gate=server.gate(look_up=look_up, allows=allows)).content == PAGE
    assert (asked, allowed) == ([HOST], ["127.0.0.1"])


def test_a_redirect_is_followed_and_its_name_checked_anew(server):
    server.answers["/gammel"] = gives(b"", status=301, Location="/min.ics")
    server.answers["/ind"] = gives(b"", status=302, Location="https://intern.example/min.ics")
    server.answers["/op"] = gives(b"", status=307, Location="http://kalender.example.org/")
    server.answers["/med"] = gives(b"", status=308, Location="https://a:b@example.org/")

    def look_up(host, port):
        return ["10.0.0.5"] if host == "intern.example" else ["127.0.0.1"]

    gate = server.gate(look_up=look_up, ports=(server.port, 443))
    assert fetch(server.address("/gammel"), gate=gate).content == PAGE
    assert problem_of(server.address("/ind"), gate) == CalendarProblem.NOT_PUBLIC
    assert problem_of(server.address("/op"), gate) == CalendarProblem.ADDRESS
    assert problem_of(server.address("/med"), gate) == CalendarProblem.CREDENTIALS


def test_three_redirects_are_enough(server):
    for number in range(5):
        server.answers[f"/{number}"] = gives(b"", status=302, Location=f"/{number + 1}")
    server.answers["/5"] = gives(PAGE)

    assert fetch(server.address("/2"), gate=server.gate()).content == PAGE
    assert problem_of(server.address("/1"), server.gate()) == CalendarProblem.REDIRECTS
    server.answers["/1"] = gives(b"", status=302)
    assert problem_of(server.address("/1"), server.gate()) == CalendarProblem.REDIRECTS


def test_a_certificate_of_another_name_or_authority_is_not_accepted(server):
    assert problem_of(server.address(host="other.example"), server.gate()) == (
        CalendarProblem.NOT_SECURE
    )
    assert problem_of(server.address(), server.gate(authorities=None)) == (
        CalendarProblem.NOT_SECURE
    )
    assert server.seen == []


def test_size_is_capped_while_it_comes_whatever_the_server_says(server):
    sent = []

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        sent.extend(handler.wfile.write(b"x" * 100_000) for _piece in range(1_000))

    server.answers["/min.ics"] = endless
    assert problem_of(server.address(), server.gate()) == CalendarProblem.TOO_LARGE
    server.answers["/min.ics"] = gives(b"x" * (MOST_BYTES + 1))
    assert problem_of(server.address(), server.gate()) == CalendarProblem.TOO_LARGE
    assert len(sent) < 1_000


@pytest.mark.parametrize("part", ["head", "body"])
def test_time_is_capped_also_when_the_server_drips(server, part):
    """One byte now and then keeps every single read in time; the whole is cut all the same."""
    stop = threading.Event()
    dripped = []

    def drip(handler):
        if part == "body":
            handler.send_response(200)
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not stop.wait(0.02):
            dripped.append(handler.wfile.write(b"x"))

    server.answers["/min.ics"] = drip
    try:
        assert problem_of(server.address(), server.gate(seconds=0.5)) == CalendarProblem.NO_ANSWER
    finally:
        stop.set()
    assert len(dripped) > 3


def test_a_body_cut_short_is_no_calendar(server):
    def short(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(PAGE)

    server.answers["/min.ics"] = short

    assert problem_of(server.address(), server.gate()) == CalendarProblem.NO_ANSWER


@pytest.mark.parametrize(
    "answer",
    [gives(b"", status=404), gives(b"", status=401), gives(b"", status=500),
     gives(b"\x1f\x8b", Content_Encoding="gzip")],
)  # fmt: skip
def test_an_answer_without_a_calendar(server, answer):
    server.answers["/min.ics"] = answer

    assert problem_of(server.address(), server.gate()) == CalendarProblem.REFUSED


def test_nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    gate = FetchPolicy(
        look_up=lambda host, port: ["127.0.0.1"], allows=lambda ip: True, ports=(port,)
    )

    assert problem_of(f"https://{HOST}:{port}/", gate) == CalendarProblem.NO_ANSWER
