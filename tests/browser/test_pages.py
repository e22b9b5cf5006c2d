"""Every main page of the running site, as the person who uses it, wide and on a phone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stack import Stack
from tests.browser.visits import (
    Visitor,
    axe_violations,
    beyond_the_edge,
    english_on,
    pdf_pages,
    skipped_headings,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
CASEWORKER, COORDINATOR, NOBODY = "amina.yusuf", "signe.vestergaard", ""
LEADER, OUTSIDER, STAFF = "soren.kragh", "nadia.rahimi", "fatima.elsayed"
EDITOR = "birgitte.toft"
STORY = "/historier/han-ringede-selv/"
ORGANISER, HELD = "birgitte.toft", "/arrangementer/morgenmoede-sproget-i-overdragelser/"
MOST_NODES = 1000
# Wagtail's frame around these alone is larger.
IN_THE_ADMIN = {"open_sections"}
STOP = """async () => {
  await Promise.all(document.getAnimations().map(motion => motion.finished));
  const node = document.activeElement, box = node.getBoundingClientRect();
  return [box.width > 0 && box.top >= 0 && box.bottom <= innerHeight,
    getComputedStyle(node).outlineStyle !== 'none'];
}"""
# Page -> who looks, and the address or how it is found.
PAGES: dict[str, tuple[str, str | tuple[str, str]]] = {
    "overview": (CASEWORKER, "/"),
    "leaders_overview": (LEADER, "/"),
    "theme": (CASEWORKER, "/temaer/fornyet-tro-via-kollegial-sparring/"),
    "articles": (NOBODY, "/artikler/"),
    "commentary": (NOBODY, "/artikler/relationen-er-ikke-pynt/"),
    "interview": (NOBODY, "/artikler/pejlemaerker-paa-vaeggen-er-ikke-nok/"),
    "guidance": (CASEWORKER, "/artikler/tro-naar-den-er-realistisk/"),
    "ask_for_talk": (CASEWORKER, "/temaer/fornyet-tro-via-kollegial-sparring/oplaeg/"),
    "talks": (EDITOR, "/oplaeg/"),
    "observations": (EDITOR, "/observationer/"),
    "send_observation": (CASEWORKER, "/temaer/fornyet-tro-via-kollegial-sparring/observation/"),
    "dilemma": (
        CASEWORKER,
        ("/temaer/fornyet-tro-via-kollegial-sparring/", r"/temaer/[a-z-]+/dilemma/[0-9a-f-]+/"),
    ),
    "key_figure": (CASEWORKER, "/noegletal/tro-og-udfald/"),
    "retired_figure": (CASEWORKER, "/noegletal/udgaaet-eksempel/"),
    "sources": (CASEWORKER, "/kilder/"),
    "source": (CASEWORKER, "/kilder/at-saette-handling-paa-troen/"),
    "stories": (CASEWORKER, "/historier/"),
    "story": (CASEWORKER, STORY),
    "story_form": (CASEWORKER, ("/historier/mine/", r"/historier/kladde/\d+/")),
    "search": (CASEWORKER, "/soeg/?q=praktik"),
    "nothing_found": (CASEWORKER, "/soeg/?q=zebrafisk"),
    "agenda": (CASEWORKER, "/sparring/"),
    "session": (CASEWORKER, ("/sparring/", r"/sparring/\d+/")),
    "figures": (CASEWORKER, "/tal/"),
    "offers_used": (CASEWORKER, "/tal/tilbud/"),
    "cases": (CASEWORKER, "/sager/"),
    "case": (CASEWORKER, "/sager/FJ-0002/"),
    "strengths": (CASEWORKER, "/sager/FJ-0002/styrker/"),
    "strengths_sheet": (CASEWORKER, "/sager/FJ-0002/styrker/sammen/"),
    "own_guideposts": (CASEWORKER, "/vores-pejlemaerker/"),
    "belief_form": (CASEWORKER, "/sager/FJ-0002/tro/"),
    "account": (CASEWORKER, "/konto/"),
    "own_calendar": (CASEWORKER, "/konto/kalender-og-besked/"),
    "plans": (COORDINATOR, "/sparring/plan/"),
    "plan": (COORDINATOR, ("/sparring/plan/", r"/sparring/plan/\d+/")),
    "import": (COORDINATOR, "/sager/indlaes/"),
    "waiting": (COORDINATOR, "/sparring/venter/"),
    "away": (COORDINATOR, "/sparring/vaek/"),
    "repair": (COORDINATOR, "/sparring/reparation/"),
    "rooms": (COORDINATOR, "/sparring/lokaler/"),
    "room": (COORDINATOR, ("/sparring/lokaler/", r"/sparring/lokaler/\d+/")),
    "guests": (LEADER, "/sparring/gaester/"),
    "own_sparring": (CASEWORKER, "/konto/sparring/"),
    "ten_minutes": (CASEWORKER, "/sager/FJ-0008/ti-minutter/"),
    "follow_up": (CASEWORKER, ("/sparring/", r"/sparring/opfoelgning/\d+/")),
    "group_agenda": (OUTSIDER, "/sparring/"),
    "thresholds": (COORDINATOR, "/sparring/graenser/"),
    "read_thresholds": (LEADER, "/sparring/graenser/"),
    "journal_templates": (COORDINATOR, "/sparring/journaltekst/"),
    "journal_text": (CASEWORKER, ("/sager/FJ-0002/", r"/sager/FJ-0002/tro/\d+/journal/")),
    "closing": (OUTSIDER, ("/sparring/", r"/sparring/\d+/afslut/")),
    "methods": (CASEWORKER, "/metoder/"),
    "method": (CASEWORKER, "/metoder/gaa-samtale/"),
    "root": (CASEWORKER, "/metoder/roedder/kognitiv-psykologi/"),
    "trial_form": (CASEWORKER, "/metoder/gaa-samtale/proevet/"),
    "trials": (STAFF, "/metoder/afproevninger/"),
    "programmes": (CASEWORKER, "/uddannelser/"),
    "programme": (CASEWORKER, "/uddannelser/grundforloeb/"),
    "module": (CASEWORKER, "/uddannelser/moduler/de-otte-trin/"),
    "own_learning": (CASEWORKER, "/laering/"),
    "ethics": (CASEWORKER, "/laering/etik/"),
    "own_certificate": (CASEWORKER, "/laering/eget-certifikat/"),
    "record_learning": (COORDINATOR, "/laering/registrer/"),
    "certificates": (COORDINATOR, "/laering/registrer/certifikater/"),
    "other_certificate": (COORDINATOR, "/laering/registrer/andet/"),
    "revoke": (
        COORDINATOR,
        ("/laering/registrer/certifikater/", r"/laering/registrer/certifikater/.+/tilbagekald/"),
    ),
    "coverage": (LEADER, "/laering/enhed/"),
    "verify": (CASEWORKER, ("/laering/", r"/certifikat/[0-9a-f-]{36}/")),
    "events": (CASEWORKER, "/arrangementer/"),
    "event_own_feed": (CASEWORKER, "/arrangementer/mit/"),
    "event": (CASEWORKER, "/arrangementer/netvaerksdag-tro-uden-handling/"),
    "event_held": (LEADER, HELD),
    "event_series": (CASEWORKER, "/arrangementer/serie/sprog-og-historier/"),
    "event_sign_up": (
        LEADER,
        ("/arrangementer/sparringsleder-paa-en-formiddag/", r"/arrangementer/\d+/tilmeld/"),
    ),
    "event_cancel": (
        CASEWORKER,
        ("/arrangementer/netvaerksdag-tro-uden-handling/", r"/arrangementer/\d+/afbud/"),
    ),
    "event_questions": (LEADER, (HELD, r"/arrangementer/\d+/svar/")),
    "event_list": (ORGANISER, (HELD, r"/arrangementer/\d+/deltagere/")),
    "event_open": (NOBODY, "/arrangementer/netvaerksdag-tro-uden-handling/"),
    "event_guest": (
        NOBODY,
        ("/arrangementer/netvaerksdag-tro-uden-handling/", r"/arrangementer/\d+/gaest/"),
    ),
    "front": (NOBODY, "/"),
    "themes_open": (NOBODY, "/temaer/"),
    "theme_open": (NOBODY, "/temaer/forventninger-og-handling/"),
    "theme_easy": (NOBODY, "/temaer/fra-tro-til-forventninger-og-mindset/?let=1"),
    "accessibility": (NOBODY, "/was"),
    "text_with_a_version": (NOBODY, "/om-sparringsrummet/"),
    "open_sections": (EDITOR, "/redaktion/aabne-afsnit/"),
    "login": (NOBODY, "/konto/login/"),
}


@pytest.fixture(scope="module")
def visitor(browser: Browser, stack: Stack) -> Iterator[Callable[[str], Visitor]]:
    """A person's browser by user name, logged in once."""
    known: dict[str, Visitor] = {}

    def visit(username: str) -> Visitor:
        if username not in known:
            known[username] = Visitor(browser, stack, username)
        return known[username]

    stack.manage("plan_sparring", "--municipality", "fjordby", "--as", COORDINATOR)
    yield visit
    for caution in known.values():
        caution.context.close()


@pytest.fixture(scope="module")
def opened(visitor) -> Callable[[str, int], tuple[Visitor, Page]]:
    """A page of PAGES at a width."""
    addresses: dict[str, str] = {}

    def visit(name: str, width: int) -> tuple[Visitor, Page]:
        username, where = PAGES[name]
        person = visitor(username)
        if name not in addresses:
            addresses[name] = where if isinstance(where, str) else person.link(*where)
        return person, person.open(addresses[name], width)

    return visit


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_safe_and_danish(opened, name, width):
    person, page = opened(name, width)

    assert axe_violations(page) == []
    assert person.problems == []
    assert page.locator("html").get_attribute("lang") == "da"
    assert english_on(page) == []
    assert page.locator("h1").count() == 1
    assert skipped_headings(page) == []
    assert page.evaluate("document.querySelectorAll('*').length") <= MOST_NODES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_the_narrowest_screen(opened, name):
    _, page = opened(name, 320)

    assert beyond_the_edge(page) == []


def test_who_waits_and_why_is_read_on_a_phone_without_scrolling_sideways(opened):
    _, page = opened("waiting", 390)

    table = page.locator(".table-scroll")
    assert table.evaluate("node => node.scrollWidth <= node.clientWidth")
    row = page.get_by_role("row").nth(1)
    row.scroll_into_view_if_needed()
    for label in ("Sag", "Hvor meget det haster", "Hvorfor"):
        expect(row.locator(f"td[data-label='{label}']")).to_be_in_viewport()


def test_search_answers_on_the_running_site(opened):
    _, page = opened("search", 1280)

    assert page.locator(".result").count() > 0


def test_the_first_key_skips_to_the_content_and_the_action_is_near(opened):
    _, page = opened("overview", 1280)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til indholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()

    action = page.locator("main .button-primary").first
    for _ in range(5):
        page.keyboard.press("Tab")
        if action.evaluate("node => node === document.activeElement"):
            break
    expect(action).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sager/**")


def test_every_stop_of_the_tab_key_is_seen(opened):
    _, page = opened("overview", 1280)
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))

    assert stops == [[True, True]] * 12


@pytest.mark.parametrize("name", ["story", "session", "guidance", "interview"])
def test_print_is_short(opened, name):
    _, page = opened(name, 1280)

    assert 1 <= pdf_pages(page) <= 4


def test_a_running_session_is_accessible_on_both_screens_and_on_paper(opened):
    """Last, since it changes the demo: the session of today is started."""
    person, page = opened("session", 1280)
    page.get_by_role("button", name="Start sparringen").click()
    expect(page.locator(".timer")).to_be_visible()

    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(page) == []
        assert beyond_the_edge(page) == []
    assert person.problems == []
    assert english_on(page) == []
    assert page.evaluate("document.querySelectorAll('*').length") <= MOST_NODES
    assert 1 <= pdf_pages(page) <= 4


def test_the_index_of_the_demo_agrees_with_the_database(stack: Stack) -> None:
    """No document is missing, stale or orphaned, and nobody finds by its tokens what the database
    does not let them read, or the other way round."""
    stack.run_jobs()

    report = json.loads(stack.manage("reconcile_search", "--access", "--json"))

    assert report["documents"] > 0
    kinds = [ids for indexes in report["drift"].values() for kinds in indexes.values()
             for ids in kinds.values()]  # fmt: skip
    assert [document for ids in kinds for document in ids] == []
    assert report["access"] == []
