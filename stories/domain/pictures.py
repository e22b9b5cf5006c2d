"""Pictures of a story: add, describe, remove. Others see them after publication (SEC-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kb.pictures import MEGAPIXELS, NotAPicture, TooManyPoints
from privacy import audit
from stories import pictures
from stories.domain import guards
from stories.models import StoryPage, StoryPicture, StoryRendition

from .draft_storage import store_draft

if TYPE_CHECKING:
    from people.models import Employee

MOST = 3


@transaction.atomic
def add_picture(
    *, actor: Employee, story: StoryPage, data: bytes, alt: str, caption: str = "", focus: str = ""
) -> StoryPicture:
    """Encode the image again and add it to the draft; no metadata of the file is kept.

    Raises ValidationError by field ("file", "alt", "caption", "focus"), PermissionDenied.
    """
    story = _open_draft(actor, story)
    if story.pictures.count() >= MOST:
        raise ValidationError({"file": _("A story has at most three pictures.")})
    try:
        content = pictures.encode(data)
    except TooManyPoints as error:
        tell = _("The picture has more than %(most)d megapixels. Make it smaller first.")
        raise ValidationError({"file": tell % {"most": MEGAPIXELS}}) from error
    except NotAPicture as error:
        raise ValidationError(
            {"file": _("Choose a picture of the kind JPEG, PNG or WebP of at most 12 MB.")}
        ) from error
    before = guards.text_digest(story)
    picture = StoryPicture(story=story, content=content, added_by=actor)
    _describe(picture, alt, caption, focus)
    store_draft(story, actor, before)
    audit.record(actor=actor, action="story.add_picture", target=story, picture=picture.pk)
    return picture


@transaction.atomic
def change_picture(
    *, actor: Employee, picture: StoryPicture, alt: str, caption: str = "", focus: str = ""
) -> StoryPicture:
    """Change its texts or focus. Raises ValidationError by field, PermissionDenied."""
    story = _open_draft(actor, picture.story)
    before = guards.text_digest(story)
    _describe(picture, alt, caption, focus)
    store_draft(story, actor, before)
    audit.record(actor=actor, action="story.change_picture", target=story, picture=picture.pk)
    return picture


@transaction.atomic
def remove_picture(*, actor: Employee, picture: StoryPicture) -> StoryPage:
    """Delete the picture from the draft."""
    story = _open_draft(actor, picture.story)
    before = guards.text_digest(story)
    removed = picture.pk
    picture.delete()
    store_draft(story, actor, before)
    audit.record(actor=actor, action="story.remove_picture", target=story, picture=removed)
    return story


def _open_draft(actor: Employee, story: StoryPage) -> StoryPage:
    story = guards.locked(story)
    guards.require_editor(actor, story)
    guards.require_open_text(story)
    return story


def _describe(picture: StoryPicture, alt: str, caption: str, focus: str) -> None:
    """Store the texts, and make new renditions if the focus has changed."""
    before = picture.focus if picture.pk else None
    picture.alt, picture.caption = alt.strip(), caption.strip()
    picture.focus = focus or picture.focus
    picture.full_clean(exclude=["story", "content"])
    picture.save()
    if picture.focus == before:
        return
    picture.renditions.all().delete()
    StoryRendition.objects.bulk_create(
        StoryRendition(picture=picture, **rendition._asdict())
        for rendition in pictures.render(bytes(picture.content), picture.focus)
    )


def copy_pictures(*, source: StoryPage, target: StoryPage) -> None:
    """Replace the pictures of `target` with copies of those of `source`."""
    target.pictures.all().delete()
    for picture in source.pictures.prefetch_related("renditions"):
        copy = StoryPicture.objects.create(
            uid=uuid4(),
            story=target,
            alt=picture.alt,
            caption=picture.caption,
            focus=picture.focus,
            content=picture.content,
            added_by_id=picture.added_by_id,
        )
        StoryRendition.objects.bulk_create(
            StoryRendition(
                picture=copy,
                size=rendition.size,
                width=rendition.width,
                height=rendition.height,
                content=rendition.content,
            )
            for rendition in picture.renditions.all()
        )
