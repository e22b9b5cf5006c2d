"""Pictures of the editors' library: in words, with what matters most, and whose they are."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.utils import generate_signature

from kb.pictures import mark_first
from privacy.fields import SafeCharField, refuse_cpr
from sources.kept_while_used import kept_while_used


class Licence(models.TextChoices):
    """By what right a picture is shown."""

    OWN = "own", _("Our own")
    PERMISSION = "permission", _("With written permission")
    CC_BY = "cc_by", _("CC BY: free, with the name")
    CC_BY_SA = "cc_by_sa", _("CC BY-SA: free, with the name, shared alike")
    CC0 = "cc0", _("CC0 or public domain: free")


class LibraryImage(AbstractImage):
    """A picture nobody can put in without its words and its licence."""

    title = SafeCharField(_("title"), max_length=255)
    description = SafeCharField(
        _("the picture in words"),
        max_length=255,
        help_text=_("Read aloud to those who cannot see it. Never who a citizen is."),
    )
    licence = models.CharField(_("licence"), max_length=12, choices=Licence.choices)
    licence_holder = SafeCharField(
        _("who took or drew it"), max_length=160, help_text=_("Shown with the picture.")
    )
    licence_source = models.URLField(
        _("where it is from"),
        max_length=400,
        blank=True,
        help_text=_(
            "The address it was found at; required unless it is our own or we may by permission."
        ),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "licence",
        "licence_holder",
        "licence_source",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]
        constraints = [
            models.CheckConstraint(
                condition=Q(description__regex=r"\S"),
                name="library_image_has_words",
                violation_error_message=_("Say in words what the picture shows."),
            ),
            models.CheckConstraint(
                condition=Q(licence__in=Licence.values) & Q(licence_holder__regex=r"\S"),
                name="library_image_has_licence",
                violation_error_message=_("Say by what right it is shown, and who made it."),
            ),
            models.CheckConstraint(
                condition=Q(licence__in=(Licence.OWN, Licence.PERMISSION))
                | Q(licence_source__regex=r"\S"),
                name="library_image_found_somewhere",
                violation_error_message=_("Write the address the picture is from."),
            ),
        ]
        triggers = [kept_while_used()]

    def clean(self) -> None:
        super().clean()
        refuse_cpr(self.title)

    @property
    def credit(self) -> str:
        """Who made it, and by what right it is shown, in one line."""
        if self.licence in (Licence.OWN, Licence.PERMISSION):
            return self.licence_holder
        return f"{self.licence_holder}, {self.licence_name}"

    @property
    def licence_name(self) -> str:
        """The short name by which it is known, as in "CC BY"."""
        return str(self.get_licence_display()).partition(":")[0]


class LibraryRendition(AbstractRendition):
    """A picture in one size, served at a signed address: files have no address of their own."""

    image = models.ForeignKey(LibraryImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    @property
    def url(self) -> str:
        signature = generate_signature(self.image_id, self.filter_spec)
        return reverse("wagtailimages_serve", args=[signature, self.image_id, self.filter_spec])


def require_focus(key: int) -> None:
    """For fields that show a picture: it is cut to many shapes, so what matters must be marked."""
    picture = LibraryImage.objects.filter(pk=key, focal_point_x__isnull=True).first()
    if picture is not None:
        raise ValidationError(mark_first(picture.title), code="no_focus")
