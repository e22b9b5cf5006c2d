"""Sections opened to everybody: what a visitor reads then, and what nobody tells them (SEC-06)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Page

from articles.models import ArticleIndexPage
from events.enums import CommentState
from events.models import (
    Evaluation,
    EventComment,
    EventFile,
    EventIndexPage,
    EventPage,
    EventSeries,
)
from kb.models import (
    Collection,
    PublicationIndexPage,
    Section,
    SectionAccess,
    ThemeIndexPage,
    ThemePage,
)
from learning.enums import TrialState
from learning.models import MethodTrial
from open_half.domain.sections import Switch, set_sections, switches
from people.roles import Right, Role
from privacy.matrix import MATRIX
from privacy.models import AuditEntry
from search.models import OutboxEvent
from tests.factories.articles import ArticlePageFactory, ObservationFactory
from tests.factories.events import coming_event, signed_up
from tests.factories.kb import (
    CollectionPageFactory,
    EvidenceCardFactory,
    GuidepostFactory,
    KeyFigureFactory,
    OfferFactory,
    PersonFactory,
    PhraseFactory,
    PublicationPageFactory,
    QuestionCardFactory,
    StandardPageFactory,
    ThemePageFactory,
)
from tests.factories.learning import MethodFactory, RootFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory
from tests.factories.stories import make_published, saying
from tests.privacy.test_matrix import addresses

pytestmark = pytest.mark.django_db
LOGIN_PAGE = "/konto/login/"

# What is read once every section is open; a word of each kind of thing.
KNOWLEDGE = (
    "kundskabtema", "kundskablet", "kundskabudgivelse", "kundskabartikel", "kundskabstraef",
    "kundskabmetode", "kundskabrod", "kundskaberklaering", "kundskabtal", "kundskabtilbud",
    "kundskabvending", "kundskabkort", "kundskabpejl", "kundskabkilde", "kundskabfil",
    "kundskabserie",
)  # fmt: skip
# What no visitor is told, open or not.
INTERNAL = (
    "internkladde", "interntplanlagt", "interntrukket", "interntilbageholdt", "internside",
    "internkontakt", "41424344", "interndeltager", "internkommentar", "internsvar",
    "internafproevning", "internejer", "internlokale", "internslides", "internhistorie",
    "internkollega", "/foelg/", "/proevet/", "/redaktion/",
)  # fmt: skip


@dataclass
class World:
    """Something of everything, and every address it can have."""

    paths: list[str]


def _text_file(word: str) -> Document:
    return Document.objects.create(title=word, file=ContentFile(word.encode(), name=f"{word}.txt"))


def make_world() -> World:
    colleague = EmployeeFactory(first_name="Interndeltager", last_name="Internkollega")
    contact = PersonFactory(email="internkontakt@example.org", phone="41 42 43 44")
    source = SourceFactory(title="Kundskabkilde")
    card = EvidenceCardFactory(subject="Kundskaberklaering", live=True)
    figure = KeyFigureFactory(statement="Kundskabtal er 6 ud af 100.", live=True)
    theme = ThemePageFactory(
        title="Kundskabtema",
        nav_title="Kundskabtema i menuen",
        is_open=True,
        easy_read="Kundskablet.",
        contact=contact,
        body=[("key_figure", figure)],
    )
    file = _text_file("kundskabfil")
    PublicationPageFactory(
        title="Kundskabudgivelse", is_open=True, themes=[theme], source=source, document=file
    )
    ArticlePageFactory(title="Kundskabartikel", is_open=True, themes=[theme], contact=contact)
    series = EventSeries.objects.create(name="Kundskabserie", slug="raekke")
    event = coming_event(
        series=series,
        title="Kundskabstraef",
        is_open=True,
        online=True,
        online_link="https://x.dk/internlokale",
    )
    signed_up(event)
    EventComment.objects.create(
        event=event,
        author=colleague,
        text="internkommentar",
        created_at=timezone.now(),
        state=CommentState.SHOWN,
        decided_at=timezone.now(),
    )
    for _number in range(5):
        Evaluation.objects.create(event=event, useful=4, will_use="yes", otherwise="internsvar")
    slides = _text_file("internslides")
    EventFile.objects.create(event=event, document=slides)
    method = MethodFactory(
        name="Kundskabmetode", owner=PersonFactory(name="Internejer"), evidence=card
    )
    method.roots.add(RootFactory(name="Kundskabrod"))
    method.save()
    MethodTrial.objects.create(
        method=method,
        employee=colleague,
        unit=colleague.unit,
        tried_on=date(2026, 10, 1),
        what_happened="internafproevning",
        show_name=True,
        state=TrialState.SHOWN,
        decided_by=EmployeeFactory(),
    )
    OfferFactory(name="Kundskabtilbud")
    PhraseFactory(phrase="Kundskabvending")
    QuestionCardFactory(theme=theme, text="Kundskabkort?")
    GuidepostFactory(title="Kundskabpejl")
    for collection in Collection.values:
        CollectionPageFactory(
            title=f"Liste {collection}", slug=collection, collection=collection, is_open=True
        )
    ThemePageFactory(title="Internkladde", is_open=True, live=False)
    planned = ArticlePageFactory(title="Interntplanlagt", is_open=True, live=False)
    planned.go_live_at = timezone.now() + timedelta(days=1)
    planned.save_revision()
    PublicationPageFactory(title="Interntrukket", is_open=True, themes=[theme]).unpublish()
    ThemePageFactory(title="Interntilbageholdt", nav_title="Interntilbageholdt")
    StandardPageFactory(title="Internside", slug="intern")
    for listing in (ThemeIndexPage, PublicationIndexPage, ArticleIndexPage, EventIndexPage):
        listing.objects.update(is_open=True)
    make_published(**saying("internhistorie"))
    ObservationFactory(theme=theme, text="Internkladde af en iagttagelse.")
    pages = [page for page in Page.objects.filter(depth__gt=1) if page.url]
    fixed = [page.url for page in pages]
    fixed += [f"{theme.url}?let=1", file.url, slides.url]
    return World([*fixed, *_filled(pages, method, colleague, source, figure, series)])


def _filled(pages, *things) -> list[str]:
    """Every declared address that is got, with the keys of what is there put into it."""
    slugs = sorted({page.slug for page in pages} | {_slug(thing) for thing in things} - {""})
    values = {
        "int": [str(number) for number in sorted({page.pk for page in pages})][-6:]
        + [str(thing.pk) for thing in things],
        "slug": slugs,
        "str": ["findes-ikke"],
        "uuid": ["00000000-0000-4000-8000-000000000000"],
        "path": ["findes-ikke"],
    }
    paths = []
    for name, route in addresses():
        if "(" in route or "GET" not in MATRIX[name].actions or name == "account_logout":
            continue
        pieces = route.replace(">", "<").split("<")
        kinds = [piece.partition(":")[0] for piece in pieces[1::2]]
        choices = [values.get(kind, values["str"]) for kind in kinds]
        for chosen in itertools.islice(itertools.product(*choices), 60):
            filled = list(pieces)
            filled[1::2] = chosen
            paths.append("/" + "".join(filled).replace("^", "").replace("$", ""))
    return paths


def _slug(thing) -> str:
    return str(getattr(thing, "slug", "") or getattr(thing, "key", ""))


def read_everything(world: World) -> str:
    """All that a visitor is answered, at every address, in small letters."""
    client = Client()
    told = []
    for path in world.paths:
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.status_code == 200:
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            told.append(content.decode(errors="ignore").lower())
    return "\n".join(told)


def test_closed_sections_tell_a_visitor_nothing_anywhere():
    world = make_world()
    SectionAccess.objects.all().delete()

    told = read_everything(world)

    assert [word for word in (*KNOWLEDGE, *INTERNAL) if word in told] == []


def test_open_sections_tell_a_visitor_all_of_the_knowledge_and_nothing_internal():
    world = make_world()
    everything = {section: Switch(is_open=True, is_indexed=True) for section in Section.values}
    set_sections(actor=None, wanted=everything)

    told = read_everything(world)

    assert [word for word in KNOWLEDGE if word not in told] == []
    assert [word for word in INTERNAL if word in told] == []


@pytest.mark.parametrize("section", Section.values)
def test_each_switch_opens_its_own_section_alone(section):
    make_world()
    set_sections(actor=None, wanted={name: Switch(name == section) for name in Section.values})

    listed = {
        "themes": "/temaer/",
        "publications": "/publikationer/",
        "articles": "/artikler/",
        "events": "/arrangementer/",
    } | {page.collection: page.url for page in _collection_pages()}
    opened = [name for name, url in listed.items() if Client().get(url).status_code == 200]

    assert opened == [section]


def _collection_pages():
    pages = Page.objects.filter(content_type__model="collectionpage").specific()
    return [page for page in pages if page.collection != Collection.PROGRAMMES]


def _opens(file) -> bool:
    answer = Client().get(file.url)
    return answer.status_code == 200 and bool(b"".join(answer.streaming_content))


def test_a_file_follows_the_page_that_shows_it():
    file = _text_file("notat")
    book = PublicationPageFactory(document=file, is_open=True)

    assert _opens(file)
    SectionAccess.objects.update(is_open=False, is_indexed=False)
    assert LOGIN_PAGE in Client().get(file.url)["Location"]
    SectionAccess.objects.update(is_open=True)
    book.unpublish()
    assert LOGIN_PAGE in Client().get(file.url)["Location"]


def test_the_files_of_a_method_follow_its_section():
    file = _text_file("kort")
    method = MethodFactory()
    method.materials.add(file)
    method.save()

    assert Client().get(file.url).status_code == 302
    set_sections(actor=None, wanted={Section.METHODS: Switch(is_open=True)})
    assert _opens(file)


def test_mail_and_telephone_are_shown_to_everybody_only_with_the_persons_yes():
    shy = PersonFactory(email="luk@example.org", phone="11 12 13 14")
    glad = PersonFactory(email="aaben@example.org", phone="21 22 23 24", contact_is_open=True)
    closed = ThemePageFactory(contact=shy, is_open=True)
    opened = ThemePageFactory(contact=glad, is_open=True)
    employee = Client()
    employee.force_login(EmployeeFactory())

    assert "luk@example.org" not in Client().get(closed.url).text
    assert "11 12 13 14" not in Client().get(closed.url).text
    assert shy.name in Client().get(closed.url).text
    assert "luk@example.org" in employee.get(closed.url).text
    assert "aaben@example.org" in Client().get(opened.url).text
    assert "21 22 23 24" in Client().get(opened.url).text


def test_a_revision_from_before_opens_nothing_that_was_closed():
    theme = ThemePageFactory(is_open=True)
    revision = ThemePage.objects.get(pk=theme.pk).save_revision()
    set_sections(actor=None, wanted={Section.THEMES: Switch()})

    revision.publish()

    assert LOGIN_PAGE in Client().get(theme.url)["Location"]


def test_a_guest_signs_up_only_while_the_section_is_open():
    event = coming_event(is_open=True)
    address = reverse("events:guest_form", args=[event.pk])

    assert Client().get(address).status_code == 200
    set_sections(actor=None, wanted={Section.EVENTS: Switch()})
    assert EventPage.objects.get(pk=event.pk).is_open
    assert Client().get(address).status_code == 404


# --- the switches ---


def test_a_section_is_behind_the_login_until_somebody_opens_it():
    assert set(switches().values()) == {Switch()}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_who_may_open_a_section_does_and_it_is_written_down(role):
    actor = EmployeeFactory(roles=[role])
    wanted = {Section.THEMES: Switch(is_open=True), Section.OFFERS: Switch()}

    assert set_sections(actor=actor, wanted=wanted) == [Section.THEMES]
    assert set_sections(actor=actor, wanted=wanted) == []

    assert switches()[Section.THEMES] == Switch(is_open=True)
    entry = AuditEntry.objects.get(action="section.open")
    assert (entry.actor, entry.reason, entry.details) == (actor, "themes", {"indexed": False})
    set_sections(actor=actor, wanted={Section.THEMES: Switch()})
    assert AuditEntry.objects.filter(action="section.close", reason="themes").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if Right.OPEN_SECTIONS not in role.rights])
def test_nobody_else_opens_a_section(client, role):
    actor = EmployeeFactory(roles=[role])
    client.force_login(actor)

    with pytest.raises(PermissionDenied):
        set_sections(actor=actor, wanted={Section.THEMES: Switch(is_open=True)})
    # Wagtail sends those who are in its admin back to its front page.
    assert client.get("/redaktion/aabne-afsnit/").status_code in (302, 403)
    client.post("/redaktion/aabne-afsnit/", {"open_themes": "on"})
    assert not SectionAccess.objects.exists()


def test_what_is_closed_is_never_shown_by_search_engines():
    wanted = {Section.THEMES: Switch(is_open=False, is_indexed=True)}

    with pytest.raises(ValidationError, match="Søgemaskiner viser kun det"):
        set_sections(actor=None, wanted=wanted)
    row = SectionAccess(section=Section.THEMES, is_indexed=True)
    refusal = pytest.raises(IntegrityError, match="section_is_indexed_only_when_open")
    with refusal, transaction.atomic():
        row.save()


def test_a_section_that_does_not_exist_has_no_switch():
    with pytest.raises(IntegrityError, match="section_is_a_known_one"), transaction.atomic():
        SectionAccess.objects.create(section="cases", is_open=True)


def test_the_page_of_the_switches_is_filled_saved_and_refused(client):
    client.force_login(EmployeeFactory(editor=True))
    address = "/redaktion/aabne-afsnit/"

    page = client.get(address).text
    assert "Det, alle må læse" in page
    assert address in client.get("/redaktion/").text
    saved = client.post(address, {"open_themes": "on", "indexed_themes": "on"})
    assert saved.status_code == 302
    assert switches()[Section.THEMES] == Switch(is_open=True, is_indexed=True)
    assert client.get(address).text.count(" checked") == 2

    refused = client.post(address, {"indexed_events": "on"})
    assert refused.status_code == 422
    assert "Søgemaskiner viser kun det" in refused.text
    assert switches()[Section.THEMES] == Switch(is_open=True, is_indexed=True)


@pytest.mark.parametrize(
    ("section", "source"),
    [
        (Section.THEMES, "theme"),
        (Section.PUBLICATIONS, "publication"),
        (Section.ARTICLES, "article"),
        (Section.EVENTS, "event"),
        (Section.OFFERS, "offer"),
    ],
)
def test_search_is_told_of_what_a_switch_opens(section, source):
    ThemePageFactory()
    PublicationPageFactory()
    ArticlePageFactory()
    coming_event()
    OfferFactory()
    SectionAccess.objects.all().delete()
    OutboxEvent.objects.all().delete()

    set_sections(actor=None, wanted={section: Switch(is_open=True)})

    assert set(OutboxEvent.objects.values_list("source", flat=True)) == {source}
