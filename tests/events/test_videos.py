"""A video of one's own on an event's page: played from here, with captions and words, in parts."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection

from events.models import EventPage
from kb.domain.permissions import sync_groups
from tests.factories.events import EventPageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
FILM = b"\x00\x00\x00\x20ftypisom" + bytes(range(200))
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nVi tror på det.\n".encode()


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def document(name, content):
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    made = get_document_model()(title=name, collection=root)
    made.file.save(name, ContentFile(content), save=True)
    return made


def held(**more):
    values = {"video": document("dagen.mp4", FILM), "transcript": "Vi tror på det.", **more}
    return EventPageFactory(is_open=True, **values)


def test_it_is_played_from_here_with_its_captions(client):
    captions = document("dagen.vtt", CAPTIONS)
    event = held(captions=captions)
    client.force_login(EmployeeFactory())

    answer = client.get(event.url)
    page = answer.content.decode()

    assert f'<video class="player" controls preload="none" src="{event.video.url}"' in page
    assert f'<track kind="captions" src="{captions.url}" srclang="da"' in page
    assert "Vi tror på det." in page
    assert "media-src 'self'" in answer["Content-Security-Policy"]
    track = client.get(captions.url)
    assert track["Content-Type"].startswith("text/vtt")
    assert track.getvalue() == CAPTIONS


def test_a_visitor_reads_the_words_and_fetches_nothing(client):
    event = held()

    page = client.get(event.url).content.decode()

    assert "<video" not in page
    assert "Log ind for at høre eller se" in page
    assert "Vi tror på det." in page
    assert client.get(event.video.url, headers={"Range": "bytes=0-3"}).status_code in (302, 403)


def test_a_player_gets_the_part_it_asks_for(client):
    event = held()
    client.force_login(EmployeeFactory())

    part = client.get(event.video.url, headers={"Range": "bytes=12-21"})

    assert part.status_code == 206
    assert part.getvalue() == FILM[12:22]
    assert part["Content-Range"] == f"bytes 12-21/{len(FILM)}"
    assert part["Content-Type"] == "video/mp4"
    assert part["Accept-Ranges"] == "bytes"
    whole = client.get(event.video.url)
    assert (whole.status_code, whole.getvalue()) == (200, FILM)
    assert whole["Accept-Ranges"] == "bytes"
    beyond = client.get(event.video.url, headers={"Range": "bytes=9999-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(FILM)}")
    assert beyond.getvalue() == b""
    odd = client.get(event.video.url, headers={"Range": "bytes=5-2"})
    assert (odd.status_code, odd.getvalue()) == (200, FILM)


def test_other_files_are_sent_whole(client):
    captions = document("dagen.vtt", CAPTIONS)
    client.force_login(EmployeeFactory())

    answer = client.get(captions.url, headers={"Range": "bytes=0-3"})

    assert (answer.status_code, answer.getvalue()) == (200, CAPTIONS)


def test_a_video_is_never_without_words_nor_captions_without_a_video():
    event = EventPage.objects.filter(pk=held(captions=document("dagen.vtt", CAPTIONS)).pk)
    for without in ({"transcript": ""}, {"video": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            event.update(**without)


@pytest.mark.parametrize(("field", "name"), [("video", "lyd.mp3"), ("captions", "tekst.txt")])
def test_another_kind_of_file_is_refused_at_its_field(field, name):
    event = held()
    setattr(event, field, document(name, b"ID3\x04" if field == "video" else b"Tekst"))

    with pytest.raises(ValidationError) as refused:
        event.full_clean()

    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"Vi tror", "begynder ikke med WEBVTT"), (CAPTIONS + b"010190-1234", "CPR")],
)
def test_captions_are_checked_like_every_text(client, content, sentence):
    client.force_login(EmployeeFactory(editor=True))
    sync_groups()
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    file = SimpleUploadedFile("dagen.vtt", content, "text/vtt")

    answer = client.post(reverse("wagtaildocs:add"), {"title": "Undertekster", "file": file})

    assert sentence in answer.content.decode()
    assert not get_document_model().objects.exists()
