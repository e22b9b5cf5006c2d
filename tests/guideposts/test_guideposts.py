"""Guideposts: in a municipality's own words, where people work, on paper, and found by search."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from guideposts.domain import MOST_GUIDEPOSTS, LinkedPlan, OwnGuidepost, set_guideposts
from kb.models import Collection, EmploymentPlan, Guidepost, MunicipalGuidepost
from kb.models.guideposts import guideposts_of, plan_of
from people.roles import Role
from privacy.models import AuditEntry
from search import registry
from search.models import OutboxEvent
from search.outbox import deliver_batch
from search.services import search_for
from tests.factories.articles import ArticlePageFactory
from tests.factories.events import EventPageFactory
from tests.factories.kb import (
    CollectionPageFactory,
    EvidenceCardFactory,
    GuidepostFactory,
    KeyFigureFactory,
    OfferFactory,
    PhraseFactory,
    PublicationPageFactory,
    QuestionCardFactory,
    StandardPageFactory,
    ThemePageFactory,
)
from tests.factories.learning import MethodFactory
from tests.factories.people import EmployeeFactory, MunicipalityFactory, UnitFactory

pytestmark = pytest.mark.django_db
OWN = OwnGuidepost("Vi begynder hos borgeren", "Først spørger vi.", "Hvad sagde borgeren?")
PLAN = LinkedPlan("Plan for arbejdet", "https://kommune.example/plan", 2026)


def editor_of(town, role=Role.EDITOR):
    return EmployeeFactory(unit=UnitFactory(municipality=town), roles=[role])


def written(town, *guideposts, plan=None):
    return set_guideposts(
        municipality=town, actor=editor_of(town), guideposts=guideposts, plan=plan
    )


# --- whose words ---


def test_a_municipality_without_own_words_works_by_the_shared_ones():
    shared = [GuidepostFactory(position=1), GuidepostFactory(position=2)]
    town, other = MunicipalityFactory(), MunicipalityFactory()

    written(other, OWN)

    assert guideposts_of(town.pk) == shared
    assert guideposts_of(None) == shared
    assert [row.title for row in guideposts_of(other.pk)] == [OWN.title]


@pytest.mark.parametrize("role", Role.values)
def test_only_the_editor_and_the_administrator_write_them(role):
    town = MunicipalityFactory()
    actor = editor_of(town, role)

    if role in (Role.EDITOR, Role.ADMINISTRATOR):
        assert len(set_guideposts(municipality=town, actor=actor, guideposts=[OWN])) == 1
    else:
        with pytest.raises(PermissionDenied):
            set_guideposts(municipality=town, actor=actor, guideposts=[OWN])
        assert not MunicipalGuidepost.objects.exists()


def test_an_editor_of_another_municipality_is_refused():
    town = MunicipalityFactory()
    stranger = editor_of(MunicipalityFactory())

    with pytest.raises(PermissionDenied):
        set_guideposts(municipality=town, actor=stranger, guideposts=[OWN], plan=PLAN)

    assert plan_of(town.pk) is None


def test_what_is_written_replaces_what_was_there_and_is_audited():
    town = MunicipalityFactory()
    written(town, OWN, OwnGuidepost("Andet", "Tekst.", "Hvad så?"), plan=PLAN)

    rows = written(town, OwnGuidepost("Kun dette", "Tekst.", "Hvorfor?"))

    assert [(row.position, row.title) for row in rows] == [(1, "Kun dette")]
    assert list(town.guideposts.all()) == rows
    assert plan_of(town.pk) is None
    entries = AuditEntry.objects.filter(action="municipality.set_guideposts")
    assert entries.count() == 2


def test_the_same_title_twice_is_refused_and_nothing_is_lost():
    town = MunicipalityFactory()
    written(town, OWN)

    with pytest.raises(ValidationError):
        written(town, OwnGuidepost("Ens", "A.", "B?"), OwnGuidepost("Ens", "C.", "D?"))

    assert [row.title for row in guideposts_of(town.pk)] == [OWN.title]


def test_more_than_five_are_refused():
    many = [OwnGuidepost(f"Nr. {n}", "A.", "B?") for n in range(MOST_GUIDEPOSTS + 1)]

    with pytest.raises(ValidationError):
        written(MunicipalityFactory(), *many)


@pytest.mark.parametrize(
    "fields", [{"link": "javascript:alert(1)"}, {"year": 1066}, {"link": "//kommune.example"}]
)
def test_the_database_keeps_a_plan_that_leads_nowhere_out(fields):
    row = {"title": "Plan", "link": "https://kommune.example", "year": 2026, **fields}

    with pytest.raises(IntegrityError), transaction.atomic():
        EmploymentPlan.objects.create(municipality=MunicipalityFactory(), **row)


# --- the page where they are written ---

ADDRESS = "/redaktion/vores-pejlemaerker/"


def filled(**more):
    return {"title_1": OWN.title, "text_1": OWN.text, "question_1": OWN.question, **more}


def test_an_editor_writes_them_on_the_page(client):
    town = MunicipalityFactory()
    shared = GuidepostFactory()
    client.force_login(editor_of(town))
    plan = {"plan_title": PLAN.title, "plan_link": PLAN.link, "plan_year": "2026"}

    answer = client.post(ADDRESS, filled(says_1=shared.pk, **plan))

    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    (row,) = guideposts_of(town.pk)
    assert (row.title, row.says) == (OWN.title, shared)
    assert str(plan_of(town.pk)) == "Plan for arbejdet (2026)"
    shown = client.get(ADDRESS).content.decode()
    assert OWN.question in shown
    assert PLAN.link in shown


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_1": "Kun en titel"}, "text_1"),
        (filled(plan_title="Plan"), "plan_link"),
        (filled(plan_title="Plan", plan_link="javascript:alert(1)", plan_year="2026"), "plan_link"),
        (filled(text_1="Ring til 010190-1234."), "text_1"),
        (filled(title_2=OWN.title, text_2="A.", question_2="B?"), None),
    ],
)
def test_half_a_guidepost_is_refused_at_its_field_and_stays(client, typed, field):
    town = MunicipalityFactory()
    client.force_login(editor_of(town))

    answer = client.post(ADDRESS, typed)

    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == ["__all__" if field is None else field] or field in errors
    assert typed["title_1"] in answer.content.decode()
    assert not town.guideposts.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.EDITOR, 200), (Role.ADMINISTRATOR, 200), (Role.APPROVER, 302), (Role.COORDINATOR, 403),
     (Role.PROJECT_STAFF, 302)],
)  # fmt: skip
def test_who_comes_to_the_page_where_they_are_written(client, role, status):
    client.force_login(editor_of(MunicipalityFactory(), role))

    assert client.get(ADDRESS).status_code == status


def test_only_those_who_write_them_have_it_in_the_menu(client):
    town = MunicipalityFactory()

    for role, found in ((Role.EDITOR, True), (Role.APPROVER, False)):
        client.force_login(editor_of(town, role))
        assert (ADDRESS in client.get("/redaktion/").content.decode()) is found


# --- where people work ---


def test_everybody_reads_their_own_municipalitys(client):
    town = MunicipalityFactory()
    shared = GuidepostFactory(title="Borgerne virker")
    written(town, OwnGuidepost(OWN.title, OWN.text, OWN.question, says=shared), plan=PLAN)
    client.force_login(EmployeeFactory(unit=UnitFactory(municipality=town)))

    page = client.get("/vores-pejlemaerker/").content.decode()

    assert OWN.text in page
    assert PLAN.link in page
    assert "guidepost=Borgerne%20virker" in page
    client.force_login(EmployeeFactory())
    other = client.get("/vores-pejlemaerker/").content.decode()
    assert OWN.text not in other
    assert "Borgerne virker" in other


def test_nobody_reads_them_without_login(client):
    for address in ("/vores-pejlemaerker/", "/vores-pejlemaerker/plakat-a4.pdf"):
        assert client.get(address)["Location"].startswith("/konto/login/")


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("a3", (842, 1191))])
@pytest.mark.parametrize("count", [1, MOST_GUIDEPOSTS])
def test_the_poster_is_one_page_in_danish_with_all_of_them(client, paper, size, count):
    town = MunicipalityFactory(name="Ærø Kommune")
    rows = [OwnGuidepost(f"Pejlemærke {n}", "Først spørger vi. " * 30, "Hvad så?")
            for n in range(count)]  # fmt: skip
    written(town, *rows, plan=PLAN)
    client.force_login(EmployeeFactory(unit=UnitFactory(municipality=town)))

    answer = client.get(reverse("guidepost_poster", args=[paper]))

    assert answer["Content-Type"] == "application/pdf"
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size
    text = page.extract_text()
    for words in ("Ærø Kommune", PLAN.title, *(row.title for row in rows)):
        assert words in text


def test_other_paper_is_not_found(client):
    client.force_login(EmployeeFactory())

    assert client.get("/vores-pejlemaerker/plakat-a2.pdf").status_code == 404


def test_the_overview_shows_what_the_reader_works_by(client):
    town = MunicipalityFactory()
    written(town, OWN)
    client.force_login(EmployeeFactory(unit=UnitFactory(municipality=town)))

    assert OWN.question in client.get("/").content.decode()


# --- found by search ---

KINDS = [
    ("theme", ThemePageFactory, None),
    ("publication", PublicationPageFactory, None),
    ("page", StandardPageFactory, None),
    ("offer", OfferFactory, Collection.OFFERS),
    ("phrase", PhraseFactory, Collection.PHRASES),
    ("key_figure", KeyFigureFactory, Collection.FIGURES),
    ("evidence", EvidenceCardFactory, Collection.EVIDENCE),
    ("question_card", QuestionCardFactory, Collection.QUESTIONS),
    ("event", EventPageFactory, None),
    ("method", MethodFactory, None),
    ("article", ArticlePageFactory, None),
]


@pytest.mark.parametrize(("kind", "factory", "collection"), KINDS)
def test_every_kind_can_be_tagged_and_is_found_by_it(kind, factory, collection):
    if collection:
        CollectionPageFactory(collection=collection)
    guidepost = GuidepostFactory(title="Indsatserne virker")
    item = factory(guidepost=guidepost)
    untagged = factory()

    source = registry.source(kind)

    assert source.document(item, version=1).guidepost == "Indsatserne virker"
    assert source.document(untagged, version=1).guidepost == ""


def test_search_finds_what_is_tagged_and_follows_a_new_title():
    guidepost = GuidepostFactory(title="Borgerne virker")
    theme = ThemePageFactory(title="Tro på borgeren", guidepost=guidepost)
    ThemePageFactory(title="Tro på kollegaen")
    reader = EmployeeFactory()
    deliver_batch()

    def found(title):
        results = search_for(reader, "tro", filters={"guidepost": (title,)})
        return [hit.title for hit in results.hits]

    assert found("Borgerne virker") == ["Tro på borgeren"]
    guidepost.title = "Borgeren først"
    guidepost.save()
    deliver_batch()
    assert found("Borgeren først") == ["Tro på borgeren"]
    assert found("Borgerne virker") == []
    OutboxEvent.objects.all().delete()
    Guidepost.objects.get(pk=guidepost.pk).unpublish()
    assert OutboxEvent.objects.filter(source="theme", object_id=str(theme.pk)).exists()
    deliver_batch()
    assert found("Borgeren først") == []
