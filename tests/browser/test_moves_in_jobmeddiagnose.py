"""A site with guidance and figures moves in (seed 003): guidance, key figures, belief, progress.

Ten usual tasks, on a wide screen and on a phone:

 1. An editor reads the guidance in, says whom it applies to and what to do, and publishes it.
 2. A reader finds it: whom it applies to, what to do, and the knowledge note that it stands on.
 3. A reader looks a figure up: the base rate beside it, both readings, its source.
 4. A reader sees where the figure is used, and goes there.
 5. A caseworker gives a bid: a low one and a high one need their reason; what was typed stays.
 6. A caseworker writes down what the citizen believes, in the citizen's own words.
 7. A caseworker keeps one thing that went well at a workplace as a result.
 8. A reader sees how things went after high and low bids, beside the base rate.
 9. A reader looks up how well something is examined, and that studies disagree.
10. A reader finds the guidance by plain words.
"""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.moves import (
    BOTH_WIDTHS,
    CASEWORKER,
    EDITOR,
    TASK,
    People,
    draft,
    publish,
    says,
    upload,
)
from tests.browser.stack import Stack
from tests.document_import.documents import GUIDANCE, as_docx

pytestmark = [*TASK, BOTH_WIDTHS]
TITLE = "Tag borgerens bud alvorligt ({width})"
CASE = "FJ-0002"


def test_guidance_is_read_in_completed_and_published(people: People, width: int) -> None:
    editor = people(EDITOR, width)
    page = upload(editor, f"vejledning-{width}.docx", as_docx(f"{GUIDANCE}\n{width}\n"), "Artikel")
    page = draft(page, TITLE.format(width=width))
    page.locator("#id_kind").select_option("guidance")
    if not page.locator("#id_lead").input_value():
        page.locator("#id_lead").fill("Borgerens eget bud er det bedste sted at begynde.")
    page.locator("#id_applies_to").fill("Samtaler, hvor der sættes et mål.")
    page.locator("#id_steps").fill("Spørg først.\nSkriv borgerens tal ned.\nAftal det næste.")
    publish(page)
    expect(page.locator("body")).to_contain_text("udgivet")


def test_a_reader_knows_whom_it_applies_to_and_what_to_do(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    reader.knowledge("Artikler")
    reader.follow("Vejledning")
    page = reader.follow(TITLE.format(width=width))
    says(page, "Samtaler, hvor der sættes et mål.")
    steps = page.get_by_role("region", name="Sådan gør du").get_by_role("listitem")
    expect(steps).to_have_count(3)
    reader.looks_right()

    reader.knowledge("Artikler")
    reader.follow("Vejledning")
    page = reader.follow("Tro på borgerens muligheder, når den er realistisk")
    notes = page.get_by_role("region", name="Vidensnotater")
    with page.expect_navigation():
        notes.get_by_role("link").first.click()
    reader.looks_right()


def test_a_figure_stands_beside_its_base_rate_with_both_readings(
    people: People, width: int
) -> None:
    reader = people(CASEWORKER, width)
    page = reader.knowledge("Nøgletal")
    with page.expect_navigation():
        page.locator("main a[href$='/noegletal/tro-og-udfald/']").first.click()
    says(page, "Basistallet")
    says(page, "27 %")
    expect(page.get_by_role("heading", name="Kilder")).to_be_visible()
    expect(page.get_by_role("figure").or_(page.locator("figure")).first).to_be_visible()
    reader.looks_right()


def test_a_figure_says_where_it_is_used(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    page = reader.knowledge("Nøgletal")
    with page.expect_navigation():
        page.locator("main a[href$='/noegletal/tro-og-udfald/']").first.click()
    used = page.get_by_role("region", name="Bruges i")
    with page.expect_navigation():
        used.get_by_role("link").first.click()
    says(page, "27 %")


def test_a_bid_needs_its_reason_high_and_low(people: People, width: int) -> None:
    because = f"Har selv ringet til to steder ({width})."
    caseworker = people(CASEWORKER, width)
    caseworker.case(CASE)
    page = caseworker.follow("Opdatér tro")
    says(page, "Ca. 6")
    caseworker.looks_right()
    for value in ("1", "9"):
        page.locator(f"input[name=value][value='{value}']").check(force=True)
        caseworker.press("Gem din tro")
        expect(page.locator("#error-summary, .alert, .form-error").first).to_be_visible()
        expect(page.locator(f"input[name=value][value='{value}']")).to_be_checked()
    page.locator("[name=because]").fill(because)
    caseworker.press_key("Gem din tro")
    says(page, "Din tro er gemt.")
    says(page, because)


def test_the_citizens_own_belief_is_kept_in_their_words(people: People, width: int) -> None:
    words = f"Jeg vil gerne, hvis det er om formiddagen ({width})."
    caseworker = people(CASEWORKER, width)
    caseworker.case(CASE)
    page = caseworker.follow("Skriv, hvad borgeren tror")
    caseworker.looks_right()
    page.locator("input[name=value][value='7']").check(force=True)
    page.locator("[name=because]").fill(words)
    caseworker.press("Gem borgerens tro")
    says(page, "Borgerens tro er gemt.")
    says(page, words)


def test_what_went_well_at_a_workplace_is_a_result(people: People, width: int) -> None:
    moment = f"Blev spurgt, om hun ville tage en vagt mere ({width})."
    caseworker = people(CASEWORKER, width)
    caseworker.case(CASE)
    page = caseworker.follow("Planlæg en handling")
    page.locator("[name=kind]").select_option("placement")
    page.locator("[name=what]").fill(f"Tre dage i et køkken ({width})")
    page.locator("[name=started_on]").fill((timezone.localdate() - timedelta(days=10)).isoformat())
    caseworker.press("Gem handlingen")
    line = page.locator(".task", has_text=f"Tre dage i et køkken ({width})")
    with page.expect_navigation():
        line.get_by_role("link", name=re.compile("Noget lykkedes")).click()
    page.locator("[name=moment]").fill(moment)
    caseworker.press("Gem")
    says(page, "Godt. Det er gemt som et resultat.")
    line = page.locator(".task", has_text=moment)
    expect(line).to_contain_text("Succes på arbejdspladsen")


def test_how_it_went_is_shown_beside_the_base_rate(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    page = reader.menu("Tal")
    says(page, "I job eller uddannelse inden for et år")
    says(page, "Hvad forskningen siger")
    reader.looks_right()


def test_a_reader_sees_that_studies_disagree(people: People, width: int) -> None:
    reader = people(CASEWORKER, width)
    page = reader.knowledge("Vidensdeklarationer")
    says(page, "Modstridende studier")
    says(page, "Ved ikke")
    reader.looks_right()


def test_the_guidance_is_found_by_plain_words(people: People, house: Stack, width: int) -> None:
    house.run_jobs()
    reader = people(CASEWORKER, width)
    page = reader.search("borgerens eget bud")
    expect(page.locator(".result__title a", has_text="Tag borgerens bud").first).to_be_visible()
    reader.looks_right()
