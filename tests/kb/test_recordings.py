"""Podcasts and videos: their words stand beside them, and they are played from here or linked."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection

from kb.models import PublicationPage
from kb.search_documents import publication_document
from people.roles import Role
from tests.factories.kb import PublicationPageFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
BEGINNINGS = {
    "mp3": b"ID3\x04",
    "ogg": b"OggS",
    "webm": b"\x1a\x45\xdf\xa3",
    "m4a": b"\x00\x00\x00\x20ftypM4A ",
    "mp4": b"\x00\x00\x00\x20ftypisom",
}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def recording():
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    file = get_document_model()(title="Samtale", collection=root)
    file.file.save("samtale.mp3", ContentFile(b"ID3\x04 tone"), save=True)
    return file


def podcast(**more):
    usual = {"kind": "podcast", "minutes": 20, "transcript": "Vi taler om tro."}
    return PublicationPageFactory(**{**usual, **more})


def test_one_of_our_own_is_played_here_with_length_and_words(client, recording):
    client.force_login(EmployeeFactory())
    page = client.get(podcast(document=recording).url).content.decode()

    assert f'<audio class="player" controls preload="none" src="{recording.url}"' in page
    assert "20 minutter" in page
    assert "Vi taler om tro." in page


def test_a_video_is_played_as_one(client, recording):
    client.force_login(EmployeeFactory())

    page = client.get(podcast(kind="video", document=recording, minutes=1).url).content.decode()

    assert "<video" in page
    assert "1 minut<" in page


def test_one_elsewhere_is_linked_and_nothing_of_it_is_fetched(client):
    client.force_login(EmployeeFactory())
    page = client.get(
        podcast(source=SourceFactory(url="https://example.org/lyd")).url
    ).content.decode()

    assert 'href="https://example.org/lyd"' in page
    assert "<audio" not in page
    assert 'src="https://example.org' not in page


def test_a_visitor_hears_what_an_open_publication_plays(client, recording):
    page = client.get(podcast(document=recording, is_open=True).url).content.decode()

    assert f'src="{recording.url}"' in page
    assert "Vi taler om tro." in page


@pytest.mark.parametrize("missing", [{"minutes": None}, {"transcript": ""}, {"minutes": 0}])
def test_one_of_our_own_is_never_without_length_or_words(recording, missing):
    with pytest.raises(ValidationError, match="længde og udskrift"):
        podcast(document=recording, **missing)
    own = podcast(document=recording)
    with (
        pytest.raises(IntegrityError, match="publication_own_file_is_told_in_words"),
        transaction.atomic(),
    ):
        PublicationPage.objects.filter(pk=own.pk).update(**missing)


@pytest.mark.parametrize("foreign", [{"minutes": 20}, {"transcript": "Vi taler."}])
def test_only_what_is_spoken_has_a_length(foreign):
    with pytest.raises(ValidationError, match="Kun en podcast eller video"):
        PublicationPageFactory(kind="report", **foreign)


def test_what_is_said_is_found():
    assert "Vi taler om tro." in publication_document(podcast()).body


def upload(client, name, content):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("wagtaildocs:add"), {"title": "Samtale", "file": file})


@pytest.fixture
def editor(client):
    client.force_login(EmployeeFactory(roles=[Role.EDITOR]))
    return client


@pytest.mark.parametrize("suffix", BEGINNINGS)
def test_a_recording_is_told_by_its_first_bytes(editor, suffix):
    right = upload(editor, f"samtale.{suffix}", BEGINNINGS[suffix] + b" rest")
    wrong = upload(editor, f"samtale.{suffix}", b"<html>noget andet</html>")

    assert right.status_code == 302
    assert "ikke den slags optagelse" in wrong.content.decode()
    assert get_document_model().objects.count() == 1


def test_a_recording_named_by_a_cpr_number_is_refused(editor):
    answer = upload(editor, "010180-1234.mp3", BEGINNINGS["mp3"])

    assert "CPR-nummer" in answer.content.decode()
    assert not get_document_model().objects.exists()
