"""The main job from end to end, as the roles do it, in Chromium on the real stack.

Once with Elasticsearch and once with PostgreSQL search: a caseload is read in → a case is due,
with its reason → it is planned → the partner says yes → the session → a new belief and one action →
a story → the check refuses a CPR number → repaired → approved by somebody else → found by search →
counted in the figures → the outsider finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Browser, Page, expect

from .stack import Stack, running_stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "sparring-demo-2026"
CASE = "FJ-2001"
COLUMNS = (
    "sagskode;enhed;medarbejder;målgruppe;startet;kontaktform;tro_medarbejder;"
    "tro_medarbejder_begrundelse;tro_medarbejder_dato;tro_borger;tro_borger_begrundelse;"
    "tro_borger_dato;sidste_handling;sidste_handling_start;styrker"
)
ROW = (
    "Fjordby Job og Vækst;amina.yusuf;Aktivitetsparat;2024-03-01;telefon;8;"
    "Kan sit fag og møder hver gang.;2026-06-01;6;Jeg vil gerne i gang.;2026-09-01;"
    "Kursus;2025-03-01;præcis, vedholdende"
)
TITLE = "Værkstedet før kurset"
CANARY = "savsmuldslugten"
Login = Callable[[str], Page]


@pytest.fixture(scope="module", params=["postgres", "elasticsearch"])
def stack(request, browser, tmp_path_factory, django_db_setup, django_db_blocker):
    url = request.getfixturevalue("elasticsearch_url") if request.param != "postgres" else ""
    var = tmp_path_factory.mktemp(request.param)
    with (
        django_db_blocker.unblock(),
        running_stack(var, name=request.param, elasticsearch_url=url) as stack,
    ):
        stack.run_jobs()
        yield stack


@pytest.fixture
def login(stack: Stack, browser: Browser) -> Iterator[Login]:
    """Log a role in; every person has a browser context of their own."""
    contexts = []

    def open_as(username: str) -> Page:
        context = browser.new_context(base_url=stack.url, locale="da")
        contexts.append(context)
        page = context.new_page()
        page.goto("/konto/login/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        expect(page.locator("h1")).to_contain_text("God")
        return page

    yield open_as
    for context in contexts:
        context.close()


def _import(coordinator: Page) -> None:
    """A file with a CPR column is refused whole; the right one is shown first, then stored."""
    refused = f"{COLUMNS};cpr\n{CASE};{ROW};010190-1234\n"
    _upload(coordinator, refused)
    expect(coordinator.locator("main")).to_contain_text("CPR")
    assert "010190" not in coordinator.content()

    _upload(coordinator, f"{COLUMNS}\n{CASE};{ROW}\n")
    expect(coordinator.locator("main")).to_contain_text("Intet er gemt endnu")
    coordinator.get_by_role("button", name="Gem").click()
    expect(coordinator.locator("main")).to_contain_text("Sagerne er indlæst: 1 ny sag")


def _upload(page: Page, text: str) -> None:
    page.goto("/sager/indlaes/")
    page.set_input_files(
        "[name=file]",
        files=[{"name": "sager.csv", "mimeType": "text/csv", "buffer": text.encode()}],
    )
    page.get_by_role("button", name="Se filen igennem").click()


def _see_why(caseworker: Page) -> None:
    caseworker.goto("/sager/")
    caseworker.get_by_role("link", name=f"Sag {CASE}", exact=True).click()
    main = caseworker.locator("main")
    expect(main).to_contain_text("Høj tro, men intet er sat i gang siden 1. marts 2025.")
    expect(main).to_contain_text("Virksomhed er ikke prøvet endnu.")


def _plan(coordinator: Page) -> tuple[str, str]:
    """Make and publish a plan; returns the session's address and the partner's name."""
    coordinator.goto("/sparring/plan/")
    coordinator.get_by_role("button", name="Lav en kladde").click()
    expect(coordinator.locator("main")).to_contain_text(f"· {CASE}")
    change = coordinator.get_by_role("link", name=re.compile(f"En anden kollega.*{CASE}"))
    number = re.search(r"/sparring/(\d+)/", change.get_attribute("href") or "")
    text = coordinator.locator("main").inner_text()
    partner = re.search(rf"· {CASE}\s+Amina Yusuf med ([^·]+?) ·", text)
    assert number
    assert partner
    coordinator.get_by_role("link", name="Udgiv planen").click()
    coordinator.get_by_role("button", name="Udgiv, og send invitationer").click()
    expect(coordinator.locator("main")).to_contain_text("alle har fået besked")
    return f"/sparring/{number.group(1)}/", partner.group(1).strip()


def _invitations(folder: Path, username: str) -> list[icalendar.Calendar]:
    """The calendar parts of the mails that were written for somebody."""
    found = []
    for file in sorted(folder.glob("*")):
        for raw in re.split(rb"^-{70,}$", file.read_bytes(), flags=re.MULTILINE):
            mail = message_from_bytes(raw.lstrip(), policy=default)
            if f"{username}@" not in str(mail["To"]):
                continue
            found += [
                icalendar.Calendar.from_ical(part.get_payload(decode=True))
                for part in mail.walk()
                if part.get_content_type() == "text/calendar"
            ]
    return found


def _session(presenter: Page, partner: Page, address: str) -> None:
    """Start and bid blindly; the partner leads, and the presenter's page follows by itself."""
    presenter.goto(address)
    presenter.get_by_role("button", name="Start sparringen").click()
    presenter.get_by_role("button", name="Start alligevel").click()
    partner.goto(address)
    for step in ("Spørg til fakta", "Blindt bud"):
        partner.get_by_role("button", name=f"Videre: {step}").click()
    heading = presenter.get_by_role("heading", name=re.compile("Blindt bud"))
    expect(heading.first).to_be_visible(timeout=20_000)

    _bid(presenter, 6, "Har selv fundet to steder.")
    assert "Har selv fundet to steder." not in partner.content()
    _bid(partner, 8, "Møder til tiden hver gang.")
    for page in (presenter, partner):
        expect(page.locator("main")).to_contain_text("Fra 6 til 8.", timeout=20_000)
    presenter.locator("[name=notes]").fill("Vi kaldte det afklaring i fjorten måneder.")
    expect(presenter.locator("main")).to_contain_text("Gemt kl.", timeout=10_000)
    for step in ("Det, der virker", "Temakort", "Egen idé, så jeres", "Nyt bud og aftale"):
        partner.get_by_role("button", name=f"Videre: {step}").click()
    presenter.get_by_role("link", name="Skriv nyt bud og aftale").click()


def _bid(page: Page, value: int, because: str) -> None:
    page.locator(f"input[name=value][value='{value}']").check(force=True)
    page.fill("[name=because]", because)
    page.get_by_role("button", name="Giv mit bud").click()


def _close(presenter: Page) -> None:
    """Closing asks for everything; what was typed stays."""
    presenter.fill("[name=because]", "Hun kom selv med to steder, og nu har vi en dato.")
    presenter.get_by_role("button", name="Luk sparringen").click()
    # What saves itself is let end before it is sent: the page with its errors is what to wait for.
    expect(presenter.locator(".form-error-message").first).to_be_visible(timeout=20_000)
    expect(presenter.locator("[name=because]")).to_have_value(re.compile("nu har vi en dato"))

    presenter.locator("input[name=value][value='7']").check(force=True)
    presenter.select_option("[name=kind]", "company_visit")
    presenter.fill("[name=what]", "Besøge det ene sted sammen")
    presenter.fill("[name=citizen_told]", "Vi tager derhen sammen i næste uge.")
    presenter.get_by_role("button", name="Luk sparringen").click()
    expect(presenter.locator("main")).to_contain_text("Sparringen er lukket")


def _write_story(author: Page) -> None:
    author.get_by_role("button", name="Skriv en historie").click()
    author.fill("[name=title]", TITLE)
    author.fill("[name=teaser]", "Vi tog afsted sammen, før papirerne var på plads.")
    hard = f"Planen sagde kursus. Borgeren talte om {CANARY}. Født 010190-1234."
    author.fill("[name=hard]", hard)
    _next(author)
    expect(author.locator("main")).to_contain_text("Det ligner et CPR-nummer")
    expect(author.locator("[name=hard]")).to_have_value(hard)
    author.fill("[name=hard]", hard.replace(" Født 010190-1234.", ""))
    _next(author)

    author.fill("[name=turning_point]", "En kollega spurgte, hvad vi egentlig ventede på.")
    author.fill("[name=step_1_title]", "Et besøg")
    author.fill("[name=step_1_text]", "Vi besøgte et værksted sammen.")
    author.select_option("[name=step_1_timing]", index=1)
    _next(author)
    author.fill("[name=would_do_differently]", "Vi ville have spurgt tidligere.")
    author.fill("[name=try_1]", "Spørg, hvad I venter på.")
    for name in ("outcome", "now_band", "duration_band"):
        author.select_option(f"[name={name}]", index=1)
    numbers = {"caseworker_1": "6", "caseworker_3": "7", "citizen_1": "4", "citizen_3": "8"}
    for name, value in numbers.items():
        expect(author.locator(f"[name={name}]")).to_have_value("")
        author.select_option(f"[name={name}]", value)
    _next(author)
    author.get_by_label("At sætte handling på troen").check(force=True)
    author.select_option("[name=guidepost]", index=1)
    _next(author)
    author.get_by_role("link", name="Gå videre til tjekket").click()


def _press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button and wait for the answer's page, so that nothing reads the page before it."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def _next(page: Page) -> None:
    """The live check may show its text before the answer's page does."""
    _press(page, "Gem og fortsæt")


def _send_to_review(author: Page) -> None:
    ticks = author.locator("[name=ticks]")
    expect(ticks).to_have_count(8)
    for tick in ticks.all():
        tick.check(force=True)
    _press(author, "Alle otte passer: gå videre")
    author.locator("[name=party][value=citizen]").check(force=True)
    author.locator("[name=scopes][value=internal]").check(force=True)
    _press(author, "Gem samtykket")
    _press(author, re.compile("Send"))


def _approve(approver: Page) -> None:
    approver.goto("/historier/laesning/")
    approver.get_by_role("link", name=TITLE).click()
    _press(approver, re.compile("[Uu]dgiv|[Gg]odkend"))


def _search(page: Page, query: str) -> str:
    page.goto(f"/soeg/?q={query}")
    return page.locator("main").inner_text()


def test_the_main_job(stack: Stack, login: Login) -> None:
    coordinator, caseworker = login("signe.vestergaard"), login("amina.yusuf")
    _import(coordinator)
    _see_why(caseworker)

    address, partner_name = _plan(coordinator)
    stack.run_jobs()
    username = partner_name.lower().replace(" ", ".")
    invitations = _invitations(stack.mail, username)
    methods = {str(invitation["METHOD"]) for invitation in invitations}
    assert methods <= {"REQUEST", "PUBLISH"}  # several of one plan come in one file
    assert CASE not in "".join(
        str(e["SUMMARY"]) for invitation in invitations for e in invitation.events
    )
    partner = coordinator if username == "signe.vestergaard" else login(username)
    partner.goto(f"{address}svar/")
    _press(partner, "Ja, jeg kommer")

    _session(caseworker, partner, address)
    _close(caseworker)
    _write_story(caseworker)
    _send_to_review(caseworker)
    own = caseworker.goto("/historier/laesning/")
    assert own is not None
    assert own.status == 403
    _approve(login("mai.nguyen"))
    stack.run_jobs()

    outsider = login("nadia.rahimi")
    assert TITLE in _search(outsider, CANARY)
    assert TITLE in _search(outsider, "værksted")
    figures = outsider.goto("/tal/")
    assert figures is not None
    assert figures.status == 200
    expect(outsider.locator("main")).to_contain_text("I job eller uddannelse inden for et år")

    assert CASE in _search(caseworker, f"{CASE}&in=cases")
    for query in (CASE, "Hun kom selv med to steder", "fjorten måneder"):
        for index in ("", "&in=cases"):
            assert CASE not in _search(outsider, query + index).replace(f"»{CASE}«", "")
    for hidden in (f"/sager/{CASE}/", address):
        answer = outsider.goto(hidden)
        assert answer is not None
        assert answer.status == 404
