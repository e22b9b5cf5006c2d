"""Pictures of the library: words, licence and focus before anybody sees them, and their sizes."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from events.models import EventPicture
from kb.domain.permissions import sync_groups
from kb.models import LibraryImage
from tests.factories.events import EventPageFactory
from tests.factories.images import make_picture
from tests.factories.kb import PersonFactory
from tests.factories.learning import MethodFactory
from tests.factories.people import EmployeeFactory

# Wagtail leaves the file of a rendition it draws to be closed by the garbage collector.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
WHOLE = {
    "title": "Bordet",
    "description": "To mennesker ved et bord",
    "licence": "cc_by",
    "licence_holder": "Ida Dam",
    "licence_source": "https://example.org/bordet",
}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.ELASTICSEARCH_URL = ""


@pytest.fixture
def editor():
    client = Client()
    client.force_login(EmployeeFactory(editor=True))
    sync_groups()
    return client


def png():
    out = io.BytesIO()
    Image.new("RGB", (1600, 1000), "seagreen").save(out, "PNG")
    return SimpleUploadedFile("bordet.png", out.getvalue())


def put_in(client, **changes):
    return client.post(reverse("wagtailimages:add"), {**WHOLE, "file": png(), **changes})


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ({"description": ""}, "Dette felt er påkrævet."),
        ({"licence": ""}, "Dette felt er påkrævet."),
        ({"licence_holder": " "}, "Dette felt er påkrævet."),
        ({"licence_source": ""}, "Skriv den adresse, billedet er hentet fra."),
    ],
)
def test_nobody_puts_in_a_picture_without(editor, missing, told):
    answer = put_in(editor, **missing)

    assert (answer.status_code, LibraryImage.objects.count()) == (200, 0)
    assert told in answer.content.decode()


def test_a_whole_one_is_put_in(editor):
    assert put_in(editor).status_code == 302

    picture = LibraryImage.objects.get()
    assert picture.credit == "Ida Dam, CC BY"
    assert picture.default_alt_text == "To mennesker ved et bord"


@pytest.mark.parametrize("field", ["title", "description", "licence_holder"])
def test_a_cpr_number_is_refused_in_every_text(editor, field):
    answer = put_in(editor, **{field: "Sagen om 010190-1234"})

    assert (answer.status_code, LibraryImage.objects.count()) == (200, 0)


def test_our_own_needs_no_address(editor):
    put_in(editor, licence="own", licence_source="")

    assert LibraryImage.objects.get().credit == "Ida Dam"


@pytest.mark.parametrize(
    "without",
    [
        {"description": " "},
        {"licence": ""},
        {"licence": "mine"},
        {"licence_holder": ""},
        {"licence": "cc0"},
    ],
)
def test_the_database_holds_none_without(without):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_picture(**without)


def test_where_it_is_cut_is_chosen_before_it_is_shown():
    """A person and an event alike refuse a picture without a focus, and say what to do."""
    unmarked = make_picture(title="Bordet", focal_point_x=None)
    told = "Markér i billedet »Bordet«, hvad der ikke må skæres væk, og vælg det så."

    for shown in (
        PersonFactory.build(photo=unmarked, photo_words="Ida"),
        EventPicture(event=EventPageFactory(), image=unmarked, words="Bordet"),
    ):
        with pytest.raises(ValidationError) as refused:
            shown.full_clean()
        assert told in refused.value.messages

    PersonFactory.build(photo=make_picture(), photo_words="Ida").full_clean()


class Pictures(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.found.append(dict(attrs))


def test_a_page_offers_each_screen_its_size(client):
    """Every address of the set answers with a picture of the width it says."""
    event = EventPageFactory(is_open=True)
    picture = make_picture(file=png(), focal_point_x=800, focal_point_y=500)
    event.pictures = [EventPicture(image=picture, words="Bordet er dækket")]
    event.save()

    html = client.get(event.url).content.decode()

    shown = next(one for one in Pictures(html).found if one["alt"] == "Bordet er dækket")
    sizes = dict(part.rsplit(" ", 1) for part in shown["srcset"].split(", "))
    assert sorted(sizes.values()) == ["1200w", "400w", "800w"]
    for address, width in sizes.items():
        answer = client.get(address)
        drawn = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
        assert f"{drawn.width}w" == width
    assert "Fjordby Kommune" in html


def test_a_photo_of_a_person_comes_in_two_sizes():
    reader = Client()
    reader.force_login(EmployeeFactory())
    method = MethodFactory(owner=PersonFactory(photo=make_picture(file=png()), photo_words="Ida"))

    shown = Pictures(reader.get(method.get_absolute_url()).content.decode()).found

    assert [one["alt"] for one in shown if one.get("srcset")] == ["Ida"]
