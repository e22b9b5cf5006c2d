"""A picture put into the library is measured before it is unpacked."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageFile
from wagtail.images import get_image_model

from people.roles import Role
from tests.factories.people import EmployeeFactory
from tests.stories.test_pictures import png_that_claims

pytestmark = pytest.mark.django_db
TOO_LARGE = "Billedet har mere end 24 megapixel. Gør det mindre først."


@pytest.fixture
def editor():
    client = Client()
    client.force_login(
        EmployeeFactory(roles=[Role.ADMINISTRATOR], is_superuser=True, is_staff=True)
    )
    return client


def png(size=(640, 480)):
    out = io.BytesIO()
    Image.new("RGB", size, "seagreen").save(out, "PNG")
    return out.getvalue()


def put_in(client, content, address="wagtailimages:add", field="file"):
    file = SimpleUploadedFile("billede.png", content)
    return client.post(
        reverse(address),
        {
            "title": "En tomat",
            "description": "En tomat",
            "licence": "own",
            "licence_holder": "Os",
            field: file,
        },
    )


@pytest.mark.parametrize(
    ("address", "field"), [("wagtailimages:add", "file"), ("wagtailimages:add_multiple", "files[]")]
)
def test_a_picture_of_too_many_points_is_refused_and_not_unpacked(
    editor, monkeypatch, address, field
):
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("unpacked"))

    answer = put_in(editor, png_that_claims(8000, 5000), address, field)

    text = answer.json()["error_message"] if field == "files[]" else answer.content.decode()
    assert TOO_LARGE in text
    assert get_image_model().objects.count() == 0


def test_a_picture_within_the_limit_is_taken(editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    answer = put_in(editor, png())

    assert (answer.status_code, get_image_model().objects.count()) == (302, 1)


def test_the_limit_stands_beside_the_field(editor):
    page = editor.get(reverse("wagtailimages:add")).content.decode()

    assert "megapixel." in page


def test_what_is_no_picture_is_refused(editor):
    assert put_in(editor, b"\x89PNG og ikke mere").status_code == 200
    assert get_image_model().objects.count() == 0
