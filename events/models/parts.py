"""What an event's page is made of: its programme, and what was left from the day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from kb.models.images import require_focus
from privacy.fields import SafeCharField


class ProgrammePoint(Orderable):
    """One point of the programme, with who speaks."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="programme")
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    text = SafeCharField(_("what happens"), max_length=240)
    person = models.ForeignKey(
        "kb.Person",
        verbose_name=_("speaker"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programme_points",
    )

    panels = [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("text")]),
        FieldPanel("person"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("point of the programme")
        verbose_name_plural = _("points of the programme")

    def __str__(self) -> str:
        return self.text


class EventFile(Orderable):
    """Slides and other files from the day."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("file from the day")
        verbose_name_plural = _("files from the day")

    def __str__(self) -> str:
        return str(self.document)


class EventPicture(Orderable):
    """A picture from the day; the words are for those who cannot see it."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey(
        "kb.LibraryImage",
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        related_name="+",
        validators=[require_focus],
    )
    words = SafeCharField(_("the picture in words"), max_length=240)

    panels = [FieldPanel("image"), FieldPanel("words")]

    class Meta(Orderable.Meta):
        verbose_name = _("picture from the day")
        verbose_name_plural = _("pictures from the day")
        constraints = [
            models.CheckConstraint(condition=Q(words__regex=r"\S"), name="event_picture_has_words")
        ]

    def __str__(self) -> str:
        return self.words
