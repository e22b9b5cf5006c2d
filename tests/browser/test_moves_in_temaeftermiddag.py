"""A house that holds afternoons moves in (seed 004): events before, on the day, and afterwards.

Ten usual tasks, on a wide screen and on a phone:

 1. An editor reads the invitation in, says the day, and publishes it; it stands among what comes.
 2. A reader signs up by keyboard in two steps and takes the calendar file.
 3. A reader comes too late, joins the waiting list, and sees which number.
 4. Somebody cancels: whoever waited longest has the place at once and a mail about it.
 5. Somebody without an account signs up by the link in a mail.
 6. A reader reads what came of an afternoon: points, video in words, and the next one.
 7. A reader says something in the debate; the organiser lets it be read.
 8. The organiser has the list of those who came, and notes it.
 9. Whoever was there answers three questions; from five answers everybody sees them together.
10. A team meets the month's habit on the start page, and a case says whether a workplace is tried.
"""

from __future__ import annotations

import re
from datetime import timedelta

import icalendar
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.moves import (
    BOTH_WIDTHS,
    CASEWORKER,
    COLLEAGUE,
    COORDINATOR,
    EDITOR,
    ELSEWHERE,
    LEADER,
    NOBODY,
    TASK,
    People,
    draft,
    mails,
    publish,
    says,
    upload,
)
from tests.browser.stack import Stack
from tests.document_import.documents import EVENT, as_docx

pytestmark = [*TASK, BOTH_WIDTHS]
TITLE = "Temamøde: Det første skridt ({width})"
TRAINING, FULL = "Sparringsleder på en formiddag", "Historiecafé: skriv en historie på en time"
OPEN, HELD = "Netværksdag: Tro uden handling", "Morgenmøde: sproget i overdragelser"
LATE = {1280: ELSEWHERE, 390: "marija.petrovic"}
LEAVES = {1280: COLLEAGUE, 390: "leyla.demir"}
MOVES_UP = {1280: "jonas.abildgaard", 390: "rasmus.friis"}
GUEST = {1280: "ane@example.org", 390: "bo@example.org"}
LINK = re.compile(r"http://\S+(/arrangementer/plads/\S+/)")


def test_an_event_is_read_in_dated_and_published(people: People, width: int) -> None:
    editor = people(EDITOR, width)
    data = as_docx(f"{EVENT}\n{width}\n")
    page = upload(editor, f"invitation-{width}.docx", data, "Arrangement")
    day = (timezone.localdate() + timedelta(days=60)).isoformat()
    page = draft(page, TITLE.format(width=width), day=day)
    publish(page)

    reader = people(CASEWORKER, width)
    page = reader.knowledge("Arrangementer")
    coming = page.get_by_role("region", name="Kommer")
    expect(coming.get_by_role("link", name=TITLE.format(width=width))).to_be_visible()
    page = reader.follow(TITLE.format(width=width))
    says(page, "Velkomst")
    reader.looks_right()


def test_a_reader_signs_up_by_keyboard(people: People, width: int) -> None:
    reader = people({1280: LEADER, 390: CASEWORKER}[width], width)
    reader.knowledge("Arrangementer")
    page = reader.follow(TRAINING)
    reader.looks_right()
    page.get_by_role("link", name="Tilmeld dig").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reader.press_key("Ja, tilmeld mig")
    says(page, "Du har en plads.")
    calendar = icalendar.Calendar.from_ical(reader.fetch("Læg det i din kalender"))
    (event,) = calendar.walk("VEVENT")
    assert event["SUMMARY"] == TRAINING


def test_whoever_is_late_waits_and_knows_the_number(people: People, width: int) -> None:
    reader = people(LATE[width], width)
    reader.knowledge("Arrangementer")
    page = reader.follow(FULL)
    says(page, "Alle pladser er optaget.")
    reader.looks_right()
    reader.follow("Kom på ventelisten")
    reader.press("Ja, tilmeld mig")
    says(page, re.compile(r"Du er nummer \d på ventelisten"))


def test_a_place_goes_to_whoever_waited_longest(people: People, house: Stack, width: int) -> None:
    leaves = people(LEAVES[width], width)
    leaves.knowledge("Arrangementer")
    leaves.follow(FULL)
    page = leaves.follow("Meld afbud")
    leaves.press("Ja, meld afbud")
    expect(page.get_by_text("Du har en plads.")).to_have_count(0)

    lucky = people(MOVES_UP[width], width)
    lucky.knowledge("Arrangementer")
    page = lucky.follow(FULL)
    says(page, "Du har en plads.")
    assert FULL in mails(house, f"{MOVES_UP[width]}@")


def test_a_guest_signs_up_by_mail(people: People, house: Stack, width: int) -> None:
    guest = people(NOBODY, width)
    page = guest.page
    page.locator("main").get_by_role("link", name="Arrangementer").click()
    page = guest.follow(OPEN)
    guest.looks_right()
    page = guest.follow("Jeg har ikke en konto her")
    page.get_by_label("Dit navn").fill("Ane Holm")
    page.get_by_label("Din mailadresse").fill(GUEST[width])
    guest.press("Send mig linket")
    says(page, "Se i din mail")

    found = LINK.search(mails(house, GUEST[width]))
    assert found is not None
    page = guest.open(found[1], width)
    guest.press("Ja, tilmeld mig")
    says(page, "Du har en plads.")
    guest.looks_right()


def test_what_was_held_lives_on(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    page = reader.knowledge("Arrangementer")
    held = page.get_by_role("region", name="Afholdt")
    expect(held.get_by_role("link", name=HELD)).to_be_visible()
    page = reader.follow(HELD)
    for words in ("Det kom der ud af det", "Videoen med ord", "Det siger dem, der var der"):
        says(page, words)
    reader.looks_right()
    page = reader.follow(FULL)
    expect(page.get_by_role("heading", level=1)).to_have_text(FULL)


def test_the_debate_goes_on_and_is_read_first(people: People, width: int) -> None:
    said = f"Vi læser dem højt på tirsdage nu ({width})."
    reader = people(CASEWORKER, width)
    reader.knowledge("Arrangementer")
    page = reader.follow(HELD)
    page.get_by_label("Hvad siger du?").fill(said)
    reader.press("Send kommentaren")
    expect(page.locator("main")).not_to_contain_text(said)

    organiser = people(EDITOR, width)
    organiser.knowledge("Arrangementer")
    organiser.follow(HELD)
    page = organiser.follow("Deltagerlisten")
    comment = page.get_by_role("article").filter(has_text=said)
    with page.expect_navigation():
        comment.get_by_role("button", name="Vis det", exact=True).click()

    reader.home().knowledge("Arrangementer")
    says(reader.follow(HELD), said)


def test_the_organiser_notes_who_was_there(people: People, width: int) -> None:
    organiser = people(EDITOR, width)
    organiser.knowledge("Arrangementer")
    organiser.follow(HELD)
    page = organiser.follow("Deltagerlisten")
    organiser.looks_right()
    row = page.get_by_role("row").filter(has_text="Rasmus Friis")
    row.get_by_role("checkbox").set_checked(width == 1280, force=True)
    organiser.press("Gem, hvem der var der")
    page = organiser.page
    row = page.get_by_role("row").filter(has_text="Rasmus Friis")
    expect(row.get_by_role("checkbox")).to_be_checked(checked=width == 1280)
    expect(page.get_by_role("button", name="Print listen")).to_be_visible()


def test_whoever_was_there_answers_three_questions(people: People, width: int) -> None:
    """Only one of the demo's people has not answered yet; on the phone a colleague reads them."""
    reader = people({1280: LEADER, 390: CASEWORKER}[width], width)
    reader.knowledge("Arrangementer")
    page = reader.follow(HELD)
    if width == 1280:
        page = reader.follow("Svar på tre spørgsmål")
        reader.looks_right()
        page.get_by_label("5: meget brugbart").check(force=True)
        page.get_by_role("group", name="Vil du bruge noget af det?").get_by_role(
            "radio"
        ).first.check(force=True)
        reader.press("Send svarene")
        says(page, "Tak for dine svar.")
    says(page, "6 svar.")


def test_the_habit_of_the_month_and_the_workplace_of_a_case(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    page = reader.page
    says(page, "Denne måned:")
    says(page, "En øvelse til teamet:")
    page = reader.case("FJ-0002")
    says(page, "Virksomhed:")
    reader.looks_right()


def test_the_coordinator_finds_the_calendar_of_all_events(people: People, width: int) -> None:
    """Besides the ten: what a program subscribes to is read by one that we did not write."""
    coordinator = people(COORDINATOR, width)
    coordinator.knowledge("Arrangementer")
    calendar = icalendar.Calendar.from_ical(coordinator.fetch("som kalender"))
    assert OPEN in {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
