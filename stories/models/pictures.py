"""Pictures of a story: rows, not files (decision 0016), so that they end with their story.

Only the image is stored, without file name, EXIF data and location.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField
from stories.enums import Focus, RenditionSize


class PictureManager(models.Manager["StoryPicture"]):
    """Pictures without their bytes, which are loaded on access."""

    def get_queryset(self) -> models.QuerySet[StoryPicture]:
        return super().get_queryset().defer("content")


class RenditionManager(models.Manager["StoryRendition"]):
    """The same for each size."""

    def get_queryset(self) -> models.QuerySet[StoryRendition]:
        return super().get_queryset().defer("content")


class StoryPicture(models.Model):
    """One picture, encoded again without metadata, with its alternative text."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    story = models.ForeignKey(
        "stories.StoryPage",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="pictures",
    )
    alt = SafeCharField(_("what the picture shows"), max_length=200)
    caption = SafeCharField(_("caption"), max_length=200, blank=True)
    focus = models.CharField(
        _("what matters most"), max_length=12, choices=Focus.choices, default=Focus.CENTRE
    )
    content = models.BinaryField(_("picture"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    added_at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = PictureManager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="story_picture_has_words",
                condition=Q(alt__regex=r"\S"),
                violation_error_message=_("Write what the picture shows."),
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)


class StoryRendition(models.Model):
    """The picture in one size, cropped around its focus."""

    picture = models.ForeignKey(
        StoryPicture,
        verbose_name=_("picture"),
        on_delete=models.CASCADE,
        related_name="renditions",
    )
    size = models.CharField(_("size"), max_length=8, choices=RenditionSize.choices)
    width = models.PositiveSmallIntegerField(_("width"))
    height = models.PositiveSmallIntegerField(_("height"))
    content = models.BinaryField(_("picture"))

    objects = RenditionManager()

    class Meta:
        verbose_name = _("size of a picture")
        verbose_name_plural = _("sizes of pictures")
        ordering = ["width"]
        constraints = [
            models.UniqueConstraint(fields=["picture", "size"], name="story_rendition_once")
        ]

    def __str__(self) -> str:
        return f"{self.picture_id} {self.size}"
