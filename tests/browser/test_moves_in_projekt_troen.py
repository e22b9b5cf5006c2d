"""A research project moves in (seed 002): themes, dilemmas, publications, talks, observations.

Ten usual tasks, on a wide screen and on a phone:

 1. A reader opens a theme: headline, questions, cards, municipalities, whom to ask, and the other
    themes, without itself.
 2. A theme without publications says so, and a reader follows it.
 3. A reader asks for word when a publication on its way is out.
 4. The editor publishes it, and it stands among those that are out (who hears of it, and once:
    `tests/kb/test_awaited_publications.py`).
 5. A reader takes a stand on a dilemma by keyboard, and nobody sees which.
 6. A reader tells what was seen; an editor lets it be read; colleagues read it on the theme.
 7. A reader asks for a presentation.
 8. The contact says yes with a day; who asked finds the answer, and both the calendar file.
 9. A caseworker takes the theme's dilemmas along to the next sparring.
10. A reader sees which offers are used and why, with a count only where it hides nobody.
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
    TASK,
    People,
    publish,
    says,
)

pytestmark = [*TASK, BOTH_WIDTHS]
SPARRING, EMPTY = "fornyet-tro-via-kollegial-sparring", "er-det-bundet-til-det-fysiske-moede"
AWAITED = {1280: "Spørgsmålskortene til udskrift", 390: "Sådan åbnes et blindt bud"}
ASKER = "Boligforeningen Broen ({width})"
SEEN = "Vi så, at telefonmøder gav flere aftaler, når vi ringede to gange ({width})."


def test_a_theme_is_read_from_end_to_end(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    page = reader.theme("at-saette-handling-paa-troen")
    says(page, "At sætte handling på troen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Valget af næste skridt")
    for heading in ("Dilemmaer", "Spørgsmålskort", "Andre analysetemaer", "Vil du vide mere?"):
        expect(page.get_by_role("heading", name=re.compile(heading)).first).to_be_visible()
    others = page.get_by_role("complementary").get_by_role("link")
    assert "At sætte handling på troen" not in others.all_inner_texts()
    reader.looks_right()
    reader.follow("Medarbejdernes sprog og fortællinger om borgerne")


def test_a_theme_without_publications_is_followed(people: People, width: int) -> None:
    reader = people({1280: CASEWORKER, 390: COLLEAGUE}[width], width)
    page = reader.theme(EMPTY)
    says(page, "Der er endnu ingen publikationer i dette tema.")
    reader.looks_right()
    reader.press_key("Følg temaet")
    says(page, "Du følger temaet og får en mail, når noget udkommer.")


def test_a_reader_waits_for_a_publication(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    reader.knowledge("Publikationer")
    page = reader.follow(AWAITED[width])
    reader.looks_right()
    reader.press_key("Giv mig besked")
    says(page, "Du får én besked, når den findes.")


def test_it_is_published_and_stands_among_those_that_are_out(people: People, width: int) -> None:
    editor = people(EDITOR, width)
    editor.knowledge("Publikationer")
    editor.follow(AWAITED[width])
    page = editor.follow("Redigér siden", within="body")
    page.locator("#id_status").select_option("exists")
    publish(page)

    reader = people(CASEWORKER, width)
    page = reader.knowledge("Publikationer")
    coming = page.get_by_role("region", name="Undervejs")
    expect(coming.get_by_role("link", name=AWAITED[width])).to_have_count(0)
    page = reader.follow(AWAITED[width])
    expect(page.get_by_role("button", name="Giv mig besked")).to_have_count(0)


def test_a_stand_is_taken_and_nobody_sees_which(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    reader.theme(SPARRING)
    page = reader.follow("Er enighed i teamet et godt tegn?")
    reader.looks_right()
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.locator("[name=reason]").fill("Vi lærer hinandens svar.")
    reader.press_key("Gem mit svar")
    reader.home().theme(SPARRING)
    page = reader.follow("Er enighed i teamet et godt tegn?")
    says(page, "Vises, når mindst fem har svaret.")
    expect(page.get_by_role("radio").first).to_be_checked()


def test_what_was_seen_is_told_read_and_shown(people: People, width: int) -> None:
    seen = SEEN.format(width=width)
    reader = people(CASEWORKER, width)
    reader.theme(EMPTY)
    page = reader.follow("Fortæl, hvad du har set")
    page.locator("[name=text]").fill(seen)
    page.locator("[name=observed_on]").fill((timezone.localdate() - timedelta(days=3)).isoformat())
    reader.press("Send til projektmedarbejderne")
    expect(page.locator("main")).not_to_contain_text(seen)

    editor = people(EDITOR, width)
    page = editor.tool("Observationer, der skal læses")
    editor.looks_right()
    waiting = page.get_by_role("listitem").filter(has_text=seen)
    with page.expect_navigation():
        waiting.locator("button[name=show][value=yes]").click()

    colleague = people(COLLEAGUE, width)
    page = colleague.theme(EMPTY)
    says(page, seen)
    says(page, "Fjordby")


def test_a_presentation_is_asked_for(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    reader.theme(SPARRING)
    page = reader.follow("Book et oplæg")
    reader.looks_right()
    page.locator("[name=organisation]").fill(ASKER.format(width=width))
    page.locator("[name=topic]").fill("Hvad gør en sparring ved troen?")
    page.locator("[name=suitable_days]").fill("En tirsdag i marts")
    page.locator("[name=audience]").fill("30")
    reader.press("Send ønsket")
    says(page, "Tak. Temaets kontaktperson får dit ønske nu.")


def test_the_contact_answers_and_both_have_the_day(people: People, width: int) -> None:
    day = timezone.localdate() + timedelta(days=30)
    contact = people(COORDINATOR, width)
    contact.theme(SPARRING)
    contact.follow("Ønsker om oplæg")
    page = contact.follow(ASKER.format(width=width))
    contact.looks_right()
    page.locator("[name=accepted][value=yes]").check(force=True)
    page.locator("[name=day]").fill(day.isoformat())
    page.locator("[name=time]").fill("10:00")
    page.locator("[name=minutes]").fill("45")
    page.locator("[name=location]").fill("Salen i Broen")
    contact.press("Send svaret")
    says(page, "Der er svaret.")

    asker = people(CASEWORKER, width)
    asker.theme(SPARRING)
    asker.follow("Ønsker om oplæg")
    page = asker.follow(ASKER.format(width=width))
    says(page, "Svaret er ja")
    calendar = icalendar.Calendar.from_ical(asker.fetch("Læg det i kalenderen"))
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt.date() == day
    assert event["LOCATION"] == "Salen i Broen"
    asker.looks_right()


def test_the_dilemmas_go_along_to_the_next_sparring(people: People, width: int) -> None:
    caseworker = people(CASEWORKER, width)
    page = caseworker.theme(SPARRING)
    caseworker.press("Brug dilemmaerne i en sparring")
    page = caseworker.follow(re.compile("^din sparring"))
    says(page, "Er enighed i teamet et godt tegn?")
    caseworker.home().theme(SPARRING)
    caseworker.press("Tag dilemmaerne væk igen")


def test_who_uses_which_offer_and_why(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    reader.menu("Tal")
    page = reader.follow("Hvilke tilbud bruges, og hvorfor")
    says(page, re.compile("vises ikke|For få sager"))
    reader.looks_right()
    names = page.locator("main").inner_text()
    assert "Amina" not in names
