"""Links of sources: a real https server answers, and nothing but a public place is reached."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from kb.domain.permissions import sync_groups
from people.calendars.addresses import is_public
from people.calendars.fetching import FetchPolicy
from sources.domain.links import check_links
from sources.enums import LinkState
from sources.links import Answer, ask, over_https
from sources.models import LinkCheck
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory
from tests.people.calendar_server import gives, serving, write_certificate

START = datetime(2026, 11, 30, 3, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return write_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(certificate):
    with serving(certificate) as server:
        server.answers["/vaerk.pdf"] = gives(b"%PDF")
        yield server


def leads(to, status=301):
    return gives(b"", status=status, Location=to)


def test_what_answers_is_fine(server):
    assert ask(server.address("/vaerk.pdf"), server.gate()) == Answer(LinkState.OK, 200)


def test_an_address_without_encryption_is_asked_over_https(server):
    address = server.address("/vaerk.pdf").replace("https://", "http://")

    assert ask(address, server.gate()).state == LinkState.OK
    assert over_https("ftp://a.example/") == "ftp://a.example/"


@pytest.mark.parametrize(
    ("status", "state"),
    [(404, "gone"), (410, "gone"), (403, "refused"), (500, "refused"), (304, "refused")],
)
def test_what_does_not_answer_says_how(server, status, state):
    server.answers["/vaerk.pdf"] = gives(b"", status=status)

    assert ask(server.address("/vaerk.pdf"), server.gate()) == Answer(LinkState(state), status)


@pytest.mark.parametrize("status", [301, 308])
def test_what_has_moved_for_good_says_where_it_is(server, status):
    server.answers["/gammel"] = leads("/vaerk.pdf", status)

    answer = ask(server.address("/gammel"), server.gate())

    assert answer == Answer(LinkState.MOVED, 200, server.address("/vaerk.pdf"))


def test_what_is_elsewhere_for_now_keeps_its_address(server):
    server.answers["/gammel"] = leads("/i-dag", 302)
    server.answers["/i-dag"] = leads("/vaerk.pdf", 301)

    assert ask(server.address("/gammel"), server.gate()) == Answer(LinkState.OK, 200)


def test_what_moved_to_something_that_is_gone_is_gone(server):
    server.answers["/gammel"] = leads("/ny")
    server.answers["/ny"] = gives(b"", status=404)

    assert ask(server.address("/gammel"), server.gate()) == Answer(LinkState.GONE, 404)


def test_a_circle_ends(server):
    server.answers["/a"] = leads("/a")

    assert ask(server.address("/a"), server.gate()) == Answer(LinkState.REDIRECTS, 301)
    assert len(server.seen) == 6


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1"])
def test_no_redirect_leads_to_a_private_address(server, inside):
    """The first hop is this server, which the gate knows; the second is judged as everywhere."""
    ours = server.gate()
    names = {"intern.example": [inside], "kalender.example.org": ["127.0.0.1"]}
    hops = []

    def look_up(host, port):
        hops.append(host)
        return names[host]

    def allows(address):
        return is_public(address) or (len(hops) == 1 and address == "127.0.0.1")

    gate = server.gate(look_up=look_up, allows=allows, ports=ours.ports)
    server.answers["/ud"] = leads(f"https://intern.example:{server.port}/hemmeligt")

    assert ask(server.address("/ud"), gate) == Answer(LinkState.NOT_PUBLIC)
    assert [path for path, _headers in server.seen] == ["/ud"]


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("https://127.0.0.1/", "not_public"),
        ("http://localhost/", "not_public"),
        ("https://a:b@example.org/", "address"),
        ("https://example.org:8443/", "address"),
        ("ftp://example.org/", "address"),
        ("vaerk.pdf", "address"),
        ("https://findes-ikke.invalid/", "no_such_host"),
    ],
)
def test_nothing_but_a_public_https_place_is_asked(address, state):
    assert ask(address).state == LinkState(state)


def test_a_server_that_never_answers_is_left(server):
    going = threading.Event()
    server.answers["/langsom"] = lambda handler: going.wait(20)

    answer = ask(server.address("/langsom"), server.gate(seconds=0.4))
    going.set()

    assert answer == Answer(LinkState.NO_ANSWER)


def test_a_certificate_of_nobody_we_know_is_not_secure(server):
    answer = ask(server.address("/vaerk.pdf"), server.gate(authorities=None))

    assert answer == Answer(LinkState.NOT_SECURE)


@pytest.mark.django_db
def test_what_came_of_it_is_kept_with_the_day_it_began(server):
    source = SourceFactory(url=server.address("/vaerk.pdf"))

    def check(week):
        with time_machine.travel(START + week * WEEK, tick=False):
            (kept,) = check_links(source_id=source.pk, gate=server.gate())
        return kept.state, kept.failing_since

    assert check(0) == ("ok", None)
    server.answers["/vaerk.pdf"] = gives(b"", status=404)
    assert check(1) == ("gone", START + WEEK)
    assert check(2) == ("gone", START + WEEK)
    server.answers["/vaerk.pdf"] = gives(b"")
    assert check(3) == ("ok", None)
    assert LinkCheck.objects.get().checked_at == START + 3 * WEEK


@pytest.mark.django_db
def test_an_address_that_was_corrected_is_forgotten(server):
    source = SourceFactory(url=server.address("/borte"))
    server.answers["/borte"] = gives(b"", status=404)
    check_links(source_id=source.pk, gate=server.gate())
    source.url = server.address("/vaerk.pdf")
    source.save()

    check_links(source_id=source.pk, gate=server.gate())

    assert LinkCheck.objects.get().address == source.url


@pytest.mark.django_db
def test_doi_and_address_are_both_asked_and_a_deleted_source_neither():
    """The gate lets nobody through, so nothing leaves this machine."""
    source = SourceFactory(doi="10.1057/x", url="https://127.0.0.1/")
    gate = FetchPolicy(look_up=lambda host, port: ["10.0.0.1"])

    kept = check_links(source_id=source.pk, gate=gate)

    assert [check.address for check in kept] == ["https://doi.org/10.1057/x", "https://127.0.0.1/"]
    assert {check.state for check in kept} == {"not_public"}
    assert check_links(source_id=0, gate=gate) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"state": "gone"}, "link_failing_or_not"),
        ({"failing_since": START}, "link_failing_or_not"),
        ({"moved_to": "https://b.example/"}, "link_moved_says_where"),
    ],
)
def test_the_database_refuses_what_does_not_fit(wrong, name):
    source = SourceFactory()
    LinkCheck.objects.create(source=source, address="https://a.x/", state="ok", checked_at=START)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        LinkCheck.objects.update(**wrong)


REPORT = "/redaktion/links-uden-svar/"


@pytest.mark.django_db
def test_editors_read_which_links_no_longer_answer():
    names = ("BIP-rapporten", "VIVE-notatet", "Flyttet", "Svarer")
    states = ("gone", "no_answer", "moved", "ok")
    for week, (name, state) in enumerate(zip(names, states, strict=True)):
        LinkCheck.objects.create(
            source=SourceFactory(title=name),
            address=f"https://{state}.example/",
            state=state,
            checked_at=START,
            failing_since=None if state in ("ok", "moved") else START - week * WEEK,
            moved_to="https://ny.example/" if state == "moved" else "",
        )
    client = Client()
    client.force_login(EmployeeFactory(editor=True))
    sync_groups()

    html = client.get(REPORT).content.decode()

    shown = re.findall("|".join(names), html)
    assert list(dict.fromkeys(shown)) == ["VIVE-notatet", "BIP-rapporten", "Flyttet"]
    assert "Er der ikke længere" in html
    assert "https://ny.example/" in html
    sheet = client.get(f"{REPORT}?export=csv").getvalue().decode()
    assert "https://gone.example/" in sheet
    assert REPORT in client.get("/redaktion/").content.decode()


@pytest.mark.django_db
def test_a_caseworker_does_not_read_it():
    client = Client()
    client.force_login(EmployeeFactory())

    assert client.get(REPORT).status_code == 403
