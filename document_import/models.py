"""Documents that were read, and what became of every paragraph of them."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField, SafeTextField

from .drafts import Destination, Outcome, Target
from .paragraphs import Style
from .recognition import Reason

TARGETS = {
    Target.ARTICLE: _("Article"),
    Target.THEME: _("Theme"),
    Target.PUBLICATION: _("Publication"),
    Target.EVENT: _("Event"),
}
OUTCOMES = {
    Outcome.USED: _("Used"),
    Outcome.MOVED: _("Moved to a field"),
    Outcome.LEFT_OUT: _("Left out"),
}
DESTINATIONS = {
    Destination.NOWHERE: "",
    Destination.BODY: _("Body"),
    Destination.TITLE: _("Title"),
    Destination.LEAD: _("Lead"),
    Destination.DILEMMAS: _("Dilemmas"),
    Destination.AUTHORS: _("Authors"),
    Destination.CONTACT: _("Contact"),
    Destination.SOURCES: _("Sources"),
    Destination.POINTS: _("Points from the day"),
    Destination.PROGRAMME: _("Programme"),
}
REASONS = {
    Reason.NONE: "",
    Reason.NAVIGATION: _("A button or a menu of the page it came from"),
    Reason.REPEATED: _("Says what already stands there"),
    Reason.OTHER_PAGES: _("A list of other pages, which the site makes itself"),
    Reason.EMPTY_LIST: _("Says that a list is empty, which the site says itself"),
    Reason.LABEL: _("A heading that the page sets itself"),
    Reason.PAGE_NUMBER: _("A page number"),
}


class DocumentImport(models.Model):
    """A document read by an editor: with `page` it was made into a draft, without it waits.

    The file itself is not kept: its paragraphs are, until the draft is made or a week has gone.
    """

    file_name = SafeCharField(_("file"), max_length=255)
    digest = models.CharField(
        max_length=64, editable=False, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    target = models.CharField(_("becomes"), max_length=16, choices=list(TARGETS.items()))
    title = SafeCharField(_("title"), max_length=200)
    read_by = models.ForeignKey(
        "people.Employee",
        verbose_name=_("read by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    read_at = models.DateTimeField(_("read"))
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("draft"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    drafted_at = models.DateTimeField(_("draft made"), null=True, blank=True)

    class Meta:
        verbose_name = _("document read in")
        verbose_name_plural = _("documents read in")
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "target"],
                condition=Q(page__isnull=False),
                name="document_import_drafted_once",
            ),
            models.CheckConstraint(
                condition=Q(page__isnull=True) | Q(drafted_at__gte=F("read_at")),
                name="document_import_drafted_after_reading",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_drafted(self) -> bool:
        return self.drafted_at is not None


class ImportedParagraph(models.Model):
    """One paragraph of the document, with its fate. Numbers count from 1 without a gap."""

    document_import = models.ForeignKey(
        DocumentImport, on_delete=models.CASCADE, related_name="paragraphs"
    )
    number = models.PositiveSmallIntegerField()
    text = SafeTextField()
    style = models.CharField(max_length=8, choices=[(style.value, style.value) for style in Style])
    level = models.PositiveSmallIntegerField(default=0)
    links = models.JSONField(default=list)
    starts_group = models.BooleanField()
    outcome = models.CharField(max_length=8, choices=list(OUTCOMES.items()))
    destination = models.CharField(
        max_length=12, choices=list(DESTINATIONS.items()), blank=True, default=""
    )
    reason = models.CharField(max_length=12, choices=list(REASONS.items()), blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document_import", "number"], name="imported_paragraph_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.LEFT_OUT.value, destination="") & ~Q(reason="")
                | ~Q(outcome=Outcome.LEFT_OUT.value) & Q(reason="") & ~Q(destination=""),
                name="imported_paragraph_is_accounted_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
