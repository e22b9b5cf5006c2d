"""What something leads to stays: said with its places, refused by every way of deleting."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document

from kb.domain.permissions import sync_groups
from kb.models import LibraryImage, Offer, Person
from learning.models import Method
from sources.models import Source
from tests.factories.images import make_picture
from tests.factories.kb import (
    EvidenceCardFactory,
    GuidepostFactory,
    KeyFigureFactory,
    OfferFactory,
    PersonFactory,
    StandardPageFactory,
)
from tests.factories.learning import (
    CertificateFactory,
    MethodFactory,
    ModuleFactory,
    ProgrammeFactory,
)
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory
from tests.factories.stories import make_draft
from upkeep.domain.deletion import refusal_to_delete
from upkeep.queries.uses import Uses, uses_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _postgres_only(settings, tmp_path):
    settings.ELASTICSEARCH_URL = ""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def administrator():
    client = Client()
    client.force_login(EmployeeFactory(administrator=True))
    sync_groups()
    return client


def make_file():
    return Document.objects.create(title="Hæfte", file="haefte.txt")


def with_figure(figure, title="Ledighed"):
    """A page with the figure in its text."""
    return StandardPageFactory(title=title, body=[("key_figure", figure)])


def photographed():
    picture = make_picture()
    return picture, PersonFactory(
        name="Ida", title="", organisation="", photo=picture, photo_words="Ida"
    )


def file_of_method():
    file = make_file()
    method = MethodFactory(name="Rundbordet")
    method.materials = [file]
    method.save()
    return file, method


def figure_in_text():
    figure = KeyFigureFactory(live=True)
    return figure, with_figure(figure)


def card_of_offer():
    card = EvidenceCardFactory()
    return card, OfferFactory(name="Mentor", evidence=card)


def guidepost_of_page():
    guidepost = GuidepostFactory()
    return guidepost, StandardPageFactory(title="Sprog", guidepost=guidepost)


def owner_of_method():
    person = PersonFactory()
    return person, MethodFactory(name="Rundbordet", owner=person)


USED = [
    photographed,
    file_of_method,
    figure_in_text,
    card_of_offer,
    guidepost_of_page,
    owner_of_method,
]


@pytest.mark.parametrize("used", USED)
def test_the_places_are_named(used):
    item, user = used()

    assert uses_of(item) == Uses([str(user)], [], 1)
    assert refusal_to_delete(item) == f"»{item}« bruges 1 sted og bliver: »{user}«."


def by_statement(item):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {item._meta.db_table} WHERE id = %s", [item.pk])


def at_once(delete):
    """Do it, and let the database look at its foreign keys now."""
    delete()
    connection.check_constraints()


@pytest.mark.parametrize("used", USED)
def test_no_way_of_deleting_takes_it(used):
    """By the object, by its rows, past Django's signals, and by a statement of one's own."""
    item, _user = used()
    rows = type(item)._base_manager.filter(pk=item.pk)

    with pytest.raises(ProtectedError), transaction.atomic():
        item.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        rows.delete()
    for delete in (lambda: rows._raw_delete(rows.db), lambda: by_statement(item)):
        with pytest.raises(IntegrityError), transaction.atomic():
            at_once(delete)

    assert rows.exists()


@pytest.mark.parametrize("used", USED)
def test_it_goes_once_nothing_leads_to_it(used):
    item, user = used()
    user.delete()

    assert refusal_to_delete(item) == ""
    item.delete()

    assert not type(item)._base_manager.filter(pk=item.pk).exists()


def test_seven_places_are_seven_and_the_text_counts():
    """StreamFields are found inside: twice on one page is one place."""
    figure = KeyFigureFactory(live=True, statement="Ca. 6 ud af 100")
    for number in range(6):
        with_figure(figure, title=f"Side {number}")
    StandardPageFactory(title="Side 6", body=[("key_figure", figure), ("key_figure", figure)])

    assert uses_of(figure).named == [f"Side {number}" for number in range(7)]
    assert refusal_to_delete(figure).startswith(
        "»Ca. 6 ud af 100« bruges 7 steder og bliver: »Side 0«"
    )


def test_more_than_ten_places_are_counted_and_ten_named():
    figure = KeyFigureFactory(live=True)
    for number in range(12):
        with_figure(figure, title=f"Side {number:02}")

    told = refusal_to_delete(figure)

    assert ("bruges 12 steder" in told, "Side 09" in told, "Side 10" in told) == (True, True, False)


def test_what_is_of_others_is_counted_and_never_named():
    """A colleague's certificate, a citizen's case, a draft of a story."""
    programme = ProgrammeFactory(modules=[ModuleFactory()])
    for _number in range(2):
        person = EmployeeFactory(first_name="Kvistestok")
        CertificateFactory(programme=programme, employee=person)

    told = refusal_to_delete(programme)

    assert "bruges 2 steder og bliver: 2 certifikater." in told
    assert "Kvistestok" not in told

    method = MethodFactory()
    make_draft(method=method, title="Kvistestok")
    assert refusal_to_delete(method) == f"»{method}« bruges 1 sted og bliver: 1 historie."


def test_what_leads_to_itself_alone_may_go():
    offer = OfferFactory()
    offer.alternative = offer
    offer.save()

    offer.delete()

    assert not Offer.objects.exists()


def test_a_cited_source_is_kept_by_the_database_too():
    source = SourceFactory()
    StandardPageFactory(body=[("source_note", {"source": source, "place": "", "quote": ""})])

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM sources_source WHERE id = %s", [source.pk])

    assert Source.objects.exists()


def told(client, answer):
    assert answer.status_code == 302
    return [str(message) for message in get_messages(answer.wsgi_request)]


def places(name, item):
    return reverse(name, args=[item.pk])


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_admin_says_where_before_it_asks(administrator, method):
    """For a picture, a file and a row of a list alike; it leads on to the places."""
    picture, ida = photographed()
    file, _method = file_of_method()
    card, _offer = card_of_offer()
    asked = {
        reverse("wagtailimages:delete", args=[picture.pk]): places(
            "wagtailimages:image_usage", picture
        ),
        reverse("wagtaildocs:delete", args=[file.pk]): places("wagtaildocs:document_usage", file),
        f"/redaktion/snippets/kb/evidencecard/delete/{card.pk}/": places(
            "wagtailsnippets_kb_evidencecard:usage", card
        ),
        f"/redaktion/snippets/kb/person/delete/{ida.pk}/": None,
    }
    MethodFactory(owner=ida)
    asked[f"/redaktion/snippets/kb/person/delete/{ida.pk}/"] = places(
        "wagtailsnippets_kb_person:usage", ida
    )

    for address, where in asked.items():
        answer = getattr(administrator, method)(address)
        assert answer.url == where
        assert "bruges 1 sted og bliver" in told(administrator, answer)[-1]
        assert administrator.get(where).status_code == 200

    left = (LibraryImage, Document, Person, Method)
    assert all(model.objects.exists() for model in left)


@pytest.mark.parametrize("chosen", ["ids", "all"])
def test_many_at_once_are_refused_while_one_is_used(administrator, chosen):
    picture, _ida = photographed()
    free = make_picture(title="Fri")
    keys = "all" if chosen == "all" else f"{picture.pk}&id={free.pk}"
    address = reverse("wagtail_bulk_action", args=["kb", "libraryimage", "delete"]) + f"?id={keys}"

    answer = administrator.post(address)

    assert answer.url == reverse("wagtailimages:index")
    assert LibraryImage.objects.count() == 2


def test_what_nothing_leads_to_is_deleted_in_the_admin(administrator):
    picture, module = make_picture(), ModuleFactory()

    administrator.post(reverse("wagtailimages:delete", args=[picture.pk]))
    administrator.post(f"/redaktion/snippets/learning/module/delete/{module.pk}/")

    assert not LibraryImage.objects.exists()
    assert not type(module).objects.exists()
