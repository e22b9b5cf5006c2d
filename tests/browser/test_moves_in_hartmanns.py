"""A company with a method moves in (seed 000): commentary, roots, cards, ethics, certificates.

Ten usual tasks, on a wide screen and on a phone:

 1. An editor writes a commentary with its author. It says a per cent, so publishing asks for what
    stands behind it; the editor puts a source there and publishes.
 2. A reader finds it among the commentaries, goes to its source, sees that the source is cited
    by it, and takes the reference along.
 3. A reader looks up which five roots the methods stand on, and which methods stand on one.
 4. A reader prints the card of a method, and finds whom to ask about it.
 5. A reader tells how it went to try a method; project staff let it be read.
 6. A new colleague reads the ethics statement and stands by it.
 7. A reader sees what a programme is made of, and who may take a module.
 8. The coordinator records the last module, and the certificate is there at once.
 9. The holder prints it; whoever follows the address of its code sees that it holds, and no name.
10. The coordinator revokes one, its address says so, and the leader sees how far the unit is.
"""

from __future__ import annotations

import io
import re
from datetime import timedelta
from urllib.parse import urlsplit

import bibtexparser
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.moves import (
    BOTH_WIDTHS,
    CASEWORKER,
    COORDINATOR,
    EDITOR,
    LEADER,
    NOBODY,
    STAFF,
    TASK,
    WRITE_HERE,
    People,
    Person,
    press_publish,
    publish,
    says,
)
from tests.browser.stack import Stack

pytestmark = [*TASK, BOTH_WIDTHS]
SOURCE = "At sætte handling på troen"
HEADLINE = "Tro er en del af arbejdet ({width})"
LEARNER = {1280: "kasper.bruun", 390: "leyla.demir"}
NAMES = {1280: "Kasper Bruun", 390: "Leyla Demir"}


def test_an_editor_writes_a_commentary_with_its_source(people: People, width: int) -> None:
    editor = people(EDITOR, width)
    editor.knowledge("Artikler")
    page = editor.follow(WRITE_HERE, within="body")
    page.locator("#id_title").fill(HEADLINE.format(width=width))
    page.locator("#id_kind").select_option("commentary")
    page.locator("#id_lead").fill("En samtale virker kun, når nogen regner med, at den kan.")
    page.locator("#id_authorships-ADD").click()
    _choose(editor, "#id_authorships-0-person-chooser", "Mikkel Storgaard")
    _add_block(editor, "Tekst")
    field = page.locator("[data-contentpath='body'] .public-DraftEditor-content")
    field.click()
    expect(field).to_be_focused()
    field.press_sequentially("Chancen bliver 33 procent større, siger de.")
    # The editor hands what was typed to the form a moment later.
    handed = page.locator("[name='body-0-value']")
    expect(handed).to_have_value(re.compile("siger de"))
    press_publish(page)

    expect(page.locator("body")).to_contain_text("33 procent. Ret det")
    _add_block(editor, "Kilde til teksten ovenfor")
    chooser = "[data-contentpath='body'] [data-contentpath='source'] .chooser"
    _choose(editor, chooser, SOURCE)
    publish(page)
    expect(page.locator("body")).to_contain_text("udgivet")


def test_a_reader_follows_the_commentary_to_its_source(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    reader.knowledge("Artikler")
    reader.follow("Kommentar")
    page = reader.follow(HEADLINE.format(width=width))
    says(page, "Mikkel Storgaard")
    reader.looks_right()

    page = reader.follow(SOURCE)
    says(page, "Citeret af")
    reference = reader.fetch("BibTeX").decode()
    (entry,) = bibtexparser.parse_string(reference).entries
    title = entry.fields_dict["title"].value.replace("{", "").replace("}", "")
    assert title == SOURCE
    reader.looks_right()
    reader.follow(HEADLINE.format(width=width))


def test_a_reader_looks_up_the_roots_of_the_methods(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    reader.knowledge("Metoder")
    reader.follow("Styrkesamtale")
    page = reader.follow("Positiv psykologi")
    says(page, "Styrkesamtale")
    others = page.get_by_role("heading", name="De andre rødder").locator("+ ul li")
    expect(others).to_have_count(4)
    reader.looks_right()


def test_a_reader_prints_the_card_of_a_method(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    reader.knowledge("Metoder")
    page = reader.follow("Gå-samtale")
    says(page, "Lad være")
    (card,) = PdfReader(io.BytesIO(reader.fetch("Kortet som PDF"))).pages
    words = card.extract_text()
    assert "Gå-samtale" in words
    assert "Lad være" in words
    expect(page.get_by_role("button", name="Print eller gem som PDF")).to_be_visible()
    reader.looks_right()


def test_a_method_is_tried_and_told_about(people: People, width: int) -> None:
    told = f"Vi gik tre runder, og så kom planen af sig selv ({width})."
    reader = people(CASEWORKER, width)
    reader.knowledge("Metoder")
    reader.follow("Borgerens stol")
    page = reader.follow("Jeg har prøvet den")
    page.get_by_label("Hvornår prøvede du den?").fill(
        (timezone.localdate() - timedelta(days=2)).isoformat()
    )
    page.get_by_label("Hvad skete der?").fill(told)
    reader.press_key("Send det")
    says(page, "Tak. Det vises, når projektmedarbejderne har læst det.")

    staff = people(STAFF, width)
    page = staff.tool("Afprøvninger af metoder til læsning")
    waiting = page.locator("section", has_text=told)
    with page.expect_navigation():
        waiting.get_by_role("button", name="Vis det").click()

    reader.home().knowledge("Metoder")
    page = reader.follow("Borgerens stol")
    says(page, told)
    reader.looks_right()


def test_a_new_colleague_stands_by_the_ethics(people: People, width: int) -> None:
    learner = people(LEARNER[width], width)
    learner.knowledge("Uddannelser")
    learner.follow("Min læring")
    page = learner.follow("Læs etikerklæringen")
    says(page, "Vi møder et menneske og ikke et sagsnummer.")
    learner.looks_right()
    learner.press_key("Det står jeg ved")
    line = page.locator(".task", has=page.get_by_role("link", name="Læs etikerklæringen"))
    expect(line).to_contain_text("Gjort")


def test_a_reader_sees_what_a_programme_asks_for(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    reader.knowledge("Uddannelser")
    page = reader.follow("MOVE i Sparringsrummet: Sparringsleder")
    says(page, "Signe Vestergaard")
    reader.looks_right()
    page = reader.follow("De otte trin")
    says(page, "Den, der skal lede sparringer.")
    says(page, "Du kan lede en sparring på femogtyve minutter.")
    reader.looks_right()


def test_the_last_module_gives_the_certificate(people: People, width: int) -> None:
    coordinator = people(COORDINATOR, width)
    for module in ("De otte trin", "Blinde bud og uenighed"):
        page = coordinator.tool("Registrér et bestået modul")
        page.locator("[name=employee]").select_option(label=NAMES[width])
        page.locator("[name=module]").select_option(label=module)
        coordinator.press("Registrér det")
    page = coordinator.follow("Kommunens certifikater")
    says(page, f"{NAMES[width]}: MOVE i Sparringsrummet: Sparringsleder")
    coordinator.looks_right()


def test_whoever_follows_the_code_sees_that_it_holds(
    people: People, browser: Browser, house: Stack, width: int
) -> None:
    holder = people(LEARNER[width], width)
    holder.knowledge("Uddannelser")
    page = holder.follow("Min læring")
    holder.looks_right()
    paper = holder.fetch(re.compile("PDF.*MOVE i Sparringsrummet: Sparringsleder"))
    words = "".join(PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())
    assert NAMES[width].replace(" ", "") in words
    found = re.search(r"https?://\S+?(/certifikat/[0-9a-f-]{36}/)", words)
    assert found is not None
    expect(page.get_by_role("link", name=re.compile("Det, andre ser")).first).to_be_visible()

    visitor = people(NOBODY, width)
    page = visitor.open(found[1], width)
    says(page, "Gyldig")
    expect(page.locator("body")).not_to_contain_text(NAMES[width])
    visitor.looks_right()


def test_a_certificate_is_revoked_and_the_leader_sees_the_unit(people: People, width: int) -> None:
    holder = people(LEARNER[width], width)
    holder.knowledge("Uddannelser")
    holder.follow("Min læring")
    page = holder.follow(re.compile("Det, andre ser.*MOVE i Sparringsrummet: Sparringsleder"))
    address = urlsplit(page.url).path

    coordinator = people(COORDINATOR, width)
    coordinator.tool("Registrér et bestået modul")
    coordinator.follow("Kommunens certifikater")
    name = f"Tilbagekald.*MOVE i Sparringsrummet: Sparringsleder, {NAMES[width]}"
    page = coordinator.follow(re.compile(name))
    page.get_by_label("Hvorfor tilbagekaldes det?").fill("Modulet var registreret ved en fejl.")
    coordinator.press("Tilbagekald certifikatet")

    page = people(NOBODY, width).open(address, width)
    says(page, "Tilbagekaldt")
    expect(page.locator("body")).not_to_contain_text("ved en fejl")

    leader = people(LEADER, width)
    page = leader.tool("Læring i enheden")
    says(page, "Læring i Fjordby Job og Vækst")
    expect(page.locator("body")).not_to_contain_text(NAMES[width])
    leader.looks_right()


def _add_block(editor: Person, label: str) -> None:
    """A block at the end of the body, from the editors' list of kinds."""
    page = editor.page
    page.locator("[data-contentpath='body'] button.c-sf-add-button").last.click()
    page.locator(".w-combobox__option-text", has_text=re.compile(f"^{re.escape(label)}$")).click()


def _choose(editor: Person, chooser: str, name: str) -> None:
    """Choose a row in the window that a chooser opens."""
    page = editor.page
    page.locator(f"{chooser} .chooser__choose-button").first.click()
    modal = page.locator(".modal-content")
    expect(modal.get_by_role("link").first).to_be_visible()
    modal.get_by_role("link", name=re.compile(re.escape(name))).first.click()
    expect(modal).to_have_count(0)
