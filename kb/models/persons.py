"""People who write, are interviewed, speak or can be asked: professionals, never citizens."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from privacy.fields import SafeCharField
from sources.kept_while_used import kept_while_used

from .images import require_focus

ONLY_PROFESSIONALS = _(
    "Only people who are here because of their work: researchers, leaders, colleagues, speakers. "
    "Never a citizen, a former citizen or their family, whether or not they agreed."
)


class Person(models.Model):
    """Somebody named on pages because of their work, with or without an account here."""

    name = SafeCharField(_("name"), max_length=120, help_text=ONLY_PROFESSIONALS)
    title = SafeCharField(_("job title"), max_length=120, blank=True)
    organisation = SafeCharField(_("organisation"), max_length=160, blank=True)
    photo = models.ForeignKey(
        "kb.LibraryImage",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        validators=[require_focus],
    )
    photo_words = SafeCharField(
        _("the photo in words"),
        max_length=200,
        blank=True,
        help_text=_("Read aloud to those who cannot see it; required with a photo."),
    )
    email = models.EmailField(_("mail"), blank=True)
    phone = SafeCharField(_("telephone"), max_length=20, blank=True)
    contact_is_open = models.BooleanField(
        _("mail and telephone may be shown to everybody"),
        default=False,
        help_text=_("Only with the person's yes. Otherwise they are shown to those logged in."),
    )
    employee = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account here"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
        help_text=_("Empty for people from elsewhere."),
    )

    panels = [
        HelpPanel(content=ONLY_PROFESSIONALS),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("title"), FieldPanel("organisation")]),
        MultiFieldPanel([FieldPanel("photo"), FieldPanel("photo_words")], heading=_("Photo")),
        MultiFieldPanel(
            [
                FieldPanel("email"),
                FieldPanel("phone"),
                FieldPanel("contact_is_open"),
                FieldPanel("employee"),
            ],
            heading=_("Contact"),
        ),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"),
                name="person_has_a_name",
                violation_error_message=_("Write the name."),
            ),
            models.CheckConstraint(
                condition=Q(photo__isnull=True) | Q(photo_words__regex=r"\S"),
                name="person_photo_has_words",
                violation_error_message=_("Say in words what the photo shows."),
            ),
        ]
        triggers = [kept_while_used()]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.title, self.organisation) if part)

    @property
    def role(self) -> str:
        """As "Leader, Fjordby Job og Vækst", as far as it is known."""
        return ", ".join(part for part in (self.title, self.organisation) if part)

    @property
    def can_be_reached(self) -> bool:
        return bool(self.email or self.phone)
