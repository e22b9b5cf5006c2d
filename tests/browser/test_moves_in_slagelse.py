"""A job centre with guideposts moves in (seed 001): interview, guideposts, strengths, plan.

Ten usual tasks, on a wide screen and on a phone:

 1. An editor reads the interview in as a Word document: every paragraph is accounted for, and the
    draft is published as it stands.
 2. A reader finds it, and at its end the sources that the document named.
 3. A reader finds an interview with a leader: name, title and workplace stand there.
 4. A reader sees the guideposts on the start page, reads them and prints the poster.
 5. The editor writes the guideposts in the municipality's own words; the start page shows them.
 6. A reader finds by a guidepost what is about it.
 7. A caseworker writes a strength with its source and how to meet the citizen; it stands first on
    the case.
 8. Caseworker and citizen fill the sheet in together, or take it along on paper.
 9. Where a goal is set, the municipality's employment plan is linked.
10. A reader looks up the Rosenthal effect by keyboard alone.
"""

from __future__ import annotations

import io
import re

import bibtexparser
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.moves import (
    BOTH_WIDTHS,
    CASEWORKER,
    EDITOR,
    ELSEWHERE,
    TASK,
    People,
    admin_menu,
    draft,
    publish,
    says,
    upload,
)
from tests.document_import.documents import INTERVIEW, as_docx

pytestmark = [*TASK, BOTH_WIDTHS]
TITLE = "Tre regler på væggen ({width})"
CASE = "FJ-0002"
OWN = "Borgeren først, hver gang ({width})"


def test_an_interview_is_read_in_and_published(people: People, width: int) -> None:
    editor = people(EDITOR, width)
    page = upload(editor, f"interview-{width}.docx", as_docx(f"{INTERVIEW}\n{width}\n"), "Artikel")
    says(page, "Mette Dahl")
    draft(page, TITLE.format(width=width))
    publish(page)
    expect(page.locator("body")).to_contain_text("udgivet")


def test_a_reader_finds_its_sources_at_the_end(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    reader.knowledge("Artikler")
    page = reader.follow(TITLE.format(width=width))
    says(page, "Mette Dahl")
    references = bibtexparser.parse_string(reader.fetch("BibTeX").decode()).entries
    addresses = {entry.fields_dict["url"].value.replace("\\", "") for entry in references}
    assert "https://forskning.example/rapporter/Rapport_Tro-og-handling.pdf" in addresses
    assert len(references) == 2
    reader.looks_right()


def test_a_leader_is_presented_with_name_title_and_workplace(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    reader.knowledge("Artikler")
    reader.follow("Interview")
    page = reader.follow("»Pejlemærker på væggen er ikke nok«")
    who = page.get_by_role("region", name="Interviewet")
    for words in ("Hanne Lykkegaard", "Afdelingsleder", "Strandager Jobindgang"):
        expect(who).to_contain_text(words)
    reader.looks_right()


def test_the_guideposts_are_read_and_hung_on_the_wall(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    page = reader.follow("Læs dem, eller print en plakat")
    assert page.locator("main h2").count() >= 1
    reader.looks_right()
    (poster,) = PdfReader(io.BytesIO(reader.fetch("Plakat, A4"))).pages
    assert page.locator("main h2").first.inner_text() in poster.extract_text().replace("\n", " ")


def test_a_municipality_says_them_in_its_own_words(people: People, width: int) -> None:
    own = OWN.format(width=width)
    editor = people(EDITOR, width)
    page = editor.tool("Redigér sider, tekster og filer")
    admin_menu(page, "Vores pejlemærker")
    page.locator("[name=title_1]").fill(own)
    page.locator("[name=text_1]").fill("Vi spørger borgeren, før vi spørger journalen.")
    page.locator("[name=question_1]").fill("Hvad sagde borgeren?")
    page.locator("[name=says_1]").select_option(label="Borgerne virker")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator("body")).to_contain_text("Pejlemærkerne er gemt")

    reader = people(CASEWORKER, width)
    says(reader.page, own)
    reader.case(CASE)
    says(reader.page, own)


def test_what_is_tagged_is_found_by_its_guidepost(people: People, width: int) -> None:
    reader = people(ELSEWHERE, width)
    reader.follow("Læs dem, eller print en plakat")
    page = reader.follow(re.compile("Find det, der handler om det.*Vi begynder hos borgeren"))
    expect(page.locator(".result").first).to_be_visible()
    reader.looks_right()


def test_a_strength_stands_first_with_its_source(people: People, width: int) -> None:
    strength = f"holder aftaler på dage med regn ({width})"
    caseworker = people(CASEWORKER, width)
    caseworker.case(CASE)
    page = caseworker.follow("Ret styrkerne")
    page.locator("[name=strength_0]").fill(strength)
    page.locator("[name=source_0]").select_option(label="Set på arbejdspladsen")
    page.locator("[name=how_to_meet]").fill("Gående, og helst først.")
    caseworker.press_key("Gem styrkerne")

    first = page.locator("main section").first
    expect(first).to_contain_text("Før I mødes")
    expect(first).to_contain_text(f"{strength} (set på arbejdspladsen)")
    expect(first).to_contain_text("Gående, og helst først.")
    caseworker.looks_right()


def test_the_sheet_is_filled_in_together_or_on_paper(people: People, width: int) -> None:
    caseworker = people(CASEWORKER, width)
    caseworker.case(CASE)
    paper = PdfReader(io.BytesIO(caseworker.fetch(re.compile("Arket på papir"))))
    assert len(paper.pages) == 1
    assert CASE not in paper.pages[0].extract_text()

    page = caseworker.follow(re.compile("Udfyld arket sammen"))
    caseworker.looks_right()
    box = page.get_by_role("checkbox").first
    words = page.locator(f"label[for='{box.get_attribute('id')}']").inner_text()
    box.check(force=True)
    page.locator("[name=own_1]").fill(f"kan lide regnskaber ({width})")
    caseworker.press("Gem styrkerne")
    says(page, f"kan lide regnskaber ({width}) (sagde det selv)")
    says(page, words)


def test_the_plan_of_the_municipality_is_linked_where_a_goal_is_set(
    people: People, width: int
) -> None:
    caseworker = people(ELSEWHERE, width)
    page = caseworker.menu("Sager")
    with page.expect_navigation():
        page.locator("#case-results .task__title a").first.click()
    page = caseworker.follow("Planlæg en handling")
    says(page, "Kommunens beskæftigelsesplan:")
    link = page.get_by_role("link", name="Plan for arbejdet i Hedelund")
    assert link.get_attribute("href") == "https://hedelund.example/plan"
    caseworker.looks_right()


@pytest.mark.parametrize("word", ["Rosenthal-effekten"])
def test_the_rosenthal_effect_is_looked_up_by_keyboard(
    people: People, width: int, word: str
) -> None:
    reader = people(CASEWORKER, width)
    page = reader.search(word)
    hit = page.locator(".result__title a", has_text="Et ord med to betydninger")
    hit.first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    says(page, f"{word} siger, at det, man forventer")
    reader.looks_right()
