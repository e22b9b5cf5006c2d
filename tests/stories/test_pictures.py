"""Pictures: what is kept of a file, who sees it, what it needs, and where it ends."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageFile

from kb.pictures import MOST_POINTS, NotAPicture, TooManyPoints
from stories import pictures as pure
from stories.domain import authoring, checking, consents, pictures, review, withdrawal
from stories.enums import Focus, Party, Scope, State, Tick
from stories.models import StoryPage, StoryPicture, StoryRendition
from tests.factories.people import EmployeeFactory
from tests.factories.stories import give_consent, make_approver, make_draft, make_in_review
from tests.stories.pages import login, page
from tests.stories.test_publication import constraint_of

ALT = "To hænder, der planter en tomat."


def image(size=(640, 480), kind="JPEG", *, exif=False, mark=None):
    picture = Image.new("RGB", size, "seagreen")
    if mark:
        picture.paste("red", mark)
    out = io.BytesIO()
    extra = {}
    if exif:
        data = Image.Exif()
        data[0x010E] = "Gurli Vestergaard Holm"
        data[0x8825] = {1: "N", 2: (55.0, 40.0, 1.0)}
        extra = {"exif": data}
    picture.save(out, kind, **extra)
    return out.getvalue()


def png_that_claims(width, height):
    """The beginning of a PNG; of what it claims there is nothing."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + bytes(4)


# The pure part.


def test_nothing_of_the_file_is_kept_but_its_picture():
    data = image(exif=True)
    assert b"Gurli" in data

    master = pure.encode(data)

    assert b"Gurli" not in master
    assert not Image.open(io.BytesIO(master)).getexif()


def test_a_picture_lying_on_its_side_is_put_upright():
    picture = Image.new("RGB", (640, 480), "seagreen")
    data = Image.Exif()
    data[0x0112] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=data)

    assert Image.open(io.BytesIO(pure.encode(out.getvalue()))).size == (480, 640)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_kinds_that_are_taken(kind):
    assert Image.open(io.BytesIO(pure.encode(image(kind=kind)))).format == "JPEG"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg onload='alert(1)'/>",
        b"\xff\xd8\xff\xe0 kun begyndelsen",
        image(kind="GIF"),
        image(kind="TIFF"),
        image((100, 100)),
        image((6001, 4000)),
        image()[:2000],
    ],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(NotAPicture):
        pure.encode(data)


def test_a_picture_of_too_many_points_is_not_unpacked(monkeypatch):
    """5 kB on the wire, 160 MB in the memory: its first bytes are enough to say no."""
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("unpacked"))

    for size in ((8000, 5000), (MOST_POINTS + 1, 1), (60_000, 60_000)):
        with pytest.raises(TooManyPoints):
            pure.encode(png_that_claims(*size))


def test_what_matters_stays_when_it_is_cut():
    master = pure.encode(image((900, 1600), mark=(0, 0, 900, 300)))

    def top(focus):
        small = next(one for one in pure.render(master, focus) if one.size == "small")
        return Image.open(io.BytesIO(small.content)).getpixel((200, 10))

    assert top(Focus.TOP)[0] > 200  # red
    assert top(Focus.BOTTOM)[0] < 100


def test_every_size_has_one_shape():
    for one in pure.render(pure.encode(image((300, 900))), Focus.CENTRE):
        assert Image.open(io.BytesIO(one.content)).size == (one.width, one.height)
        assert one.height == round(one.width * 9 / 16)


# With a story.

pytestmark = pytest.mark.django_db


def with_picture(story=None, **kwargs):
    story = story or make_draft()
    values = {"data": image(), "alt": ALT, "caption": "Drivhuset i maj."} | kwargs
    pictures.add_picture(actor=story.author, story=story, **values)
    story.refresh_from_db()
    return story


def through(story, *scopes):
    author = story.author
    checking.submit_for_check(actor=author, story=story)
    checking.confirm_unrecognisable(actor=author, story=story, ticks=Tick.values)
    for scope in scopes:
        give_consent(story, scope=scope)
    return review.submit_for_review(actor=author, story=story)


def published():
    story = through(with_picture(), Scope.INTERNAL, Scope.PHOTO)
    return review.approve(actor=make_approver(), story=story)


def address(story, size="medium"):
    return reverse("stories:picture", args=[story.pictures.get().uid, size])


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_picture_needs_words(alt):
    with pytest.raises(ValidationError):
        with_picture(alt=alt)
    story = with_picture()
    assert (
        constraint_of(lambda: StoryPicture.objects.filter(story=story).update(alt=" "))
        == "story_picture_has_words"
    )


@pytest.mark.parametrize("field", ["alt", "caption"])
def test_the_words_are_checked_with_the_story(field):
    story = with_picture(**{field: "Gurli Vestergaard Holm i drivhuset."})

    found = checking.check_story(story).found

    assert {item.part.field for item in found} == {"pictures"}
    with pytest.raises(ValidationError):
        through(story, Scope.INTERNAL, Scope.PHOTO)


def test_a_story_has_three_pictures_at_most():
    story = make_draft()
    for _number in range(3):
        with_picture(story)

    with pytest.raises(ValidationError):
        with_picture(story)


def test_a_picture_is_its_authors_alone_until_the_story_is_shared():
    story = with_picture()
    assert login(story.author).get(address(story)).status_code == 200
    for client in (Client(), login(EmployeeFactory()), login(make_approver())):
        assert client.get(address(story)).status_code == 404

    story = through(story, Scope.INTERNAL, Scope.PHOTO)
    assert login(make_approver()).get(address(story)).status_code == 200
    assert login(EmployeeFactory()).get(address(story)).status_code == 404

    story = review.approve(actor=make_approver(), story=story)
    answer = login(EmployeeFactory()).get(address(story, "large"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(address(story)).status_code == 404


def test_pictures_are_in_no_store_of_files(settings):
    def pictures_in_files():
        kinds = {".jpg", ".jpeg", ".png", ".webp", ".avif"}
        return {p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.suffix.lower() in kinds}

    before = pictures_in_files()
    published()

    assert pictures_in_files() == before


def test_pictures_need_a_consent_of_their_own():
    with pytest.raises(ValidationError, match="billeder"):
        through(with_picture(), Scope.INTERNAL)

    story = published()
    consent = story.consents.filter(scope=Scope.PHOTO)
    assert (
        constraint_of(lambda: consent.update(withdrawn_at="2026-01-01T00:00Z"))
        == "story_live_pictures_with_consent"
    )


def test_the_consent_to_photo_taken_back_takes_the_pictures_and_leaves_the_story():
    story = published()

    story = consents.withdraw_consent(
        actor=story.author, consent=story.consents.get(scope=Scope.PHOTO)
    )

    assert story.live is True
    assert not StoryRendition.objects.exists()
    assert constraint_of(lambda: None) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.pictures.update(alt="Noget andet."),
        lambda s: s.pictures.update(caption="Noget andet."),
        lambda s: s.pictures.get().delete(),
        lambda s: StoryRendition.objects.filter(size="small").update(content=image((400, 225))),
        lambda s: StoryRendition.objects.filter(size="small").delete(),
    ],
)
def test_the_approved_pictures_cannot_be_changed(change):
    story = published()

    assert constraint_of(lambda: change(story)) == "story_live_text_was_approved"


def test_a_picture_put_into_a_shared_story_is_refused():
    story = review.approve(actor=make_approver(), story=make_in_review())

    with pytest.raises(ValidationError):
        with_picture(story)
    assert (
        constraint_of(
            lambda: StoryPicture.objects.create(
                story=story, alt=ALT, content=image(), added_by=story.author
            )
        )
        == "story_live_text_was_approved"
    )


def test_a_stranger_puts_in_and_takes_out_nothing():
    story = with_picture()
    stranger = EmployeeFactory()

    with pytest.raises(PermissionDenied):
        pictures.add_picture(actor=stranger, story=story, data=image(), alt=ALT)
    with pytest.raises(PermissionDenied):
        pictures.remove_picture(actor=stranger, picture=story.pictures.get())


def test_a_changed_picture_is_checked_again():
    story = with_picture()
    checking.submit_for_check(actor=story.author, story=story)

    pictures.change_picture(actor=story.author, picture=story.pictures.get(), alt="En anden tekst.")

    story.refresh_from_db()
    assert (story.state, story.check_verdict) == (State.DRAFT, "")


def test_another_focus_cuts_anew():
    story = with_picture(data=image((900, 1600), mark=(0, 0, 900, 300)))
    before = bytes(StoryRendition.objects.get(size="small").content)

    pictures.change_picture(
        actor=story.author, picture=story.pictures.get(), alt=ALT, focus=Focus.TOP
    )

    assert bytes(StoryRendition.objects.get(size="small").content) != before


def test_a_new_text_keeps_the_pictures_and_the_old_ones_stay_until_it_is_read():
    story = published()

    draft = authoring.revise_story(actor=story.author, story=story)
    assert draft.pictures.count() == 1
    pictures.remove_picture(actor=story.author, picture=draft.pictures.get())
    assert story.pictures.count() == 1

    draft = through(StoryPage.objects.get(pk=draft.pk), Scope.INTERNAL)
    merged = review.approve(actor=make_approver(), story=draft)

    assert merged.pictures.count() == 0
    assert constraint_of(lambda: None) is None


def test_a_withdrawn_story_has_no_pictures():
    story = published()
    gone = address(story)

    withdrawal.withdraw_story(actor=story.author, story=story)

    assert not StoryPicture.objects.exists()
    assert not StoryRendition.objects.exists()
    assert login(story.author).get(gone).status_code == 404


# The pages.


def upload(client, story, **changes):
    file = SimpleUploadedFile("IMG_1.jpg", image(exif=True), content_type="image/jpeg")
    data = {"file": file, "alt": ALT, "caption": "", "focus": "top"} | changes
    return client.post(reverse("stories:pictures", args=[story.pk]), data)


def test_a_picture_is_put_in_described_and_taken_out_by_forms():
    story = make_draft()
    client = login(story.author)

    assert upload(client, story).status_code == 302
    picture = story.pictures.get()
    assert picture.focus == Focus.TOP
    html = page(client, reverse("stories:pictures", args=[story.pk]))
    assert f'alt="{ALT}"' in html
    words = reverse("stories:picture_words", args=[story.pk, picture.uid])
    page(client, words)
    client.post(words, {"alt": "Et drivhus.", "caption": "", "focus": "left"})
    picture.refresh_from_db()
    assert (picture.alt, picture.focus) == ("Et drivhus.", Focus.LEFT)
    client.post(words, {"remove": "1"})
    assert not story.pictures.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"alt": ""}, "Hvad viser billedet?"),
        ({"file": SimpleUploadedFile("x.jpg", b"<svg/>", content_type="image/jpeg")}, "JPEG, PNG"),
        ({"alt": "Det er 010180-1234."}, "CPR"),
    ],
)
def test_what_is_wrong_is_said(changes, says):
    story = make_draft()

    answer = upload(login(story.author), story, **changes)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not story.pictures.exists()


def test_a_file_named_after_a_person_is_remarked_on_and_its_name_is_nowhere():
    story = make_draft()
    client = login(story.author)
    file = SimpleUploadedFile("gurli_vestergaard_holm.jpg", image(), content_type="image/jpeg")

    answer = upload(client, story, file=file)

    html = client.get(answer.url).content.decode()
    assert "Filens navn lignede en person" in html
    assert "gurli" not in html.lower()


def test_the_story_shows_its_picture_with_its_words():
    story = published()

    html = page(login(EmployeeFactory()), story.url)

    assert f'alt="{ALT}"' in html
    assert "Drivhuset i maj." in html
    assert "1200w" in html


def test_a_colleagues_photo_consent_counts_for_their_pictures_too():
    story = published()
    given = consents.register_consent(
        actor=story.author,
        story=story,
        party=Party.COLLEAGUE,
        scope=Scope.PHOTO,
        given_on=story.consents.first().given_on,
    )

    with transaction.atomic():
        consents.withdraw_consent(actor=story.author, consent=given)

    assert not StoryPicture.objects.exists()


def test_a_picture_of_too_many_points_is_told_so():
    story = make_draft()
    client = login(story.author)
    file = SimpleUploadedFile("kort.png", png_that_claims(8000, 5000), content_type="image/png")

    answer = upload(client, story, file=file)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Billedet har mere end 24 megapixel. Gør det mindre først." in html
    assert "højst 12 MB og 24 megapixel" in html
    assert ALT in html  # what was typed is still there
    assert story.pictures.count() == 0
