"""A source: one work that texts, key figures and cards point to, written down once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from privacy.fields import SafeCharField, SafeTextField
from sources.enums import SourceKind
from sources.fields import DOI_SHAPE, DoiField
from sources.kept_while_used import kept_while_used
from sources.slugs import slug_of

FIRST_YEAR, LAST_YEAR = 1500, 2100
NAMED_AUTHORS = 3


class SourceQuerySet(models.QuerySet["Source"]):
    """Sources in the order of lists, and those with something to look after."""

    def with_authors(self) -> SourceQuerySet:
        """Everything a line of a list reads."""
        return self.prefetch_related("authors")

    def newest_first(self) -> SourceQuerySet:
        return self.order_by(F("year").desc(nulls_last=True), "title", "pk")

    def found_by(self, words: str) -> SourceQuerySet:
        """Those in which every word stands somewhere: title, author, publisher, year or DOI."""
        found = self
        for word in words.split():
            names = Q()
            for part in ("given", "family", "organisation"):
                names |= Q(**{f"{part}__icontains": word})
            written = SourceAuthor.objects.filter(names).values("source")
            about = Q(pk__in=written) | Q(year__startswith=word)
            for field in ("title", "publisher", "published_in", "doi"):
                about |= Q(**{f"{field}__icontains": word})
            found = found.filter(about)
        return found


class Source(ClusterableModel):
    """A work that is quoted. Everything but its title and kind may be unknown, and says so."""

    title = SafeCharField(_("title"), max_length=300)
    slug = models.SlugField(_("address"), max_length=100, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=SourceKind.choices)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        help_text=_("Leave it empty where the work does not say."),
    )
    publisher = SafeCharField(_("publisher"), max_length=160, blank=True)
    published_in = SafeCharField(_("in which journal, book or series"), max_length=200, blank=True)
    pages = SafeCharField(
        _("pages"), max_length=40, blank=True, help_text=_("Of the whole work, for example 14–37.")
    )
    doi = DoiField(
        _("DOI"), blank=True, help_text=_("Paste it as it stands, also as an address at doi.org.")
    )
    url = models.URLField(
        _("web address"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    accessed_on = models.DateField(
        _("seen there on"), null=True, blank=True, help_text=_("Web pages change.")
    )
    retracted_on = models.DateField(_("retracted on"), null=True, blank=True)
    retracted_because = SafeTextField(
        _("why it was retracted"),
        blank=True,
        help_text=_("Shown wherever the source is cited."),
    )

    objects = SourceQuerySet.as_manager()

    panels = [
        FieldPanel("title"),
        FieldPanel("kind"),
        InlinePanel("authors", heading=_("Authors"), label=_("Author")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("year"), FieldPanel("pages")]),
                FieldPanel("publisher"),
                FieldPanel("published_in"),
            ],
            heading=_("Published"),
        ),
        MultiFieldPanel(
            [FieldPanel("doi"), FieldPanel("url"), FieldPanel("accessed_on")],
            heading=_("Where it lies"),
        ),
        MultiFieldPanel(
            [FieldPanel("retracted_on"), FieldPanel("retracted_because")],
            heading=_("If the work has been retracted"),
        ),
    ]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title", "pk"]
        triggers = [kept_while_used()]
        constraints = [
            models.CheckConstraint(
                name="source_has_a_title",
                condition=Q(title__regex=r"\S"),
                violation_error_message=_("A source has a title."),
            ),
            models.CheckConstraint(
                name="source_doi_has_its_shape",
                condition=Q(doi="") | Q(doi__regex=DOI_SHAPE),
                violation_error_message=_("That is not a DOI."),
            ),
            models.UniqueConstraint(
                Lower("doi"),
                name="source_once_per_doi",
                condition=~Q(doi=""),
                violation_error_message=_("There is already a source with this DOI."),
            ),
            models.CheckConstraint(
                name="source_year_is_a_year",
                condition=Q(year__isnull=True) | Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_message=_("That is not a year."),
            ),
            models.CheckConstraint(
                name="source_seen_at_an_address",
                condition=Q(accessed_on__isnull=True) | ~Q(url=""),
                violation_error_message=_("Write the address at which it was seen."),
            ),
            models.CheckConstraint(
                name="source_retracted_with_a_reason",
                condition=Q(retracted_on__isnull=True, retracted_because="")
                | Q(retracted_on__isnull=False, retracted_because__regex=r"\S"),
                violation_error_message=_(
                    "A retracted source has both the day and the reason, any other has neither."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title

    def clean(self) -> None:
        """One clear sentence at the field for what the database would refuse."""
        super().clean()
        same = Source.objects.filter(doi__iexact=self.doi).exclude(pk=self.pk).first()
        if self.doi and same is not None:
            message = gettext("“%(title)s” already has this DOI. Use that one.")
            raise ValidationError({"doi": message % {"title": same.title}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give it an address that stays when the title is corrected."""
        if not self.slug:
            begins = slug_of(self.title)
            used = Source.objects.filter(slug__startswith=begins)
            self.slug = slug_of(self.title, used=set(used.values_list("slug", flat=True)))
        super().save(*args, **kwargs)

    @property
    def is_retracted(self) -> bool:
        return self.retracted_on is not None

    @property
    def link(self) -> str:
        """Where a reader finds the work: by its DOI, which lasts, before its address."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def author_names(self) -> list[str]:
        return [author.name for author in self.authors.all()]

    @property
    def byline(self) -> str:
        """As "Rosholm, Skipper · Væksthusets Forskningscenter · 2017", as far as it is known."""
        parts = [", ".join(self.author_names), self.publisher, str(self.year or "")]
        return " · ".join(part for part in parts if part)

    @property
    def short(self) -> str:
        """As a text names it: "Rosholm m.fl. 2017"; by its title where no author is known."""
        names = [author.short for author in self.authors.all()]
        who = ", ".join(names) or self.title
        if len(names) >= NAMED_AUTHORS:
            who = gettext("%(first)s et al.") % {"first": names[0]}
        return f"{who} {self.year}" if self.year else who


class SourceAuthor(models.Model):
    """One author in the work's own order: a person, or an organisation."""

    source = ParentalKey(Source, related_name="authors", on_delete=models.CASCADE)
    sort_order = models.IntegerField(null=True, blank=True, editable=False)
    given = SafeCharField(_("first name"), max_length=80, blank=True)
    family = SafeCharField(_("last name"), max_length=80, blank=True)
    organisation = SafeCharField(
        _("or organisation"),
        max_length=160,
        blank=True,
        help_text=_("In the place of a person's name."),
    )

    sort_order_field = "sort_order"

    panels = [
        FieldRowPanel([FieldPanel("given"), FieldPanel("family")]),
        FieldPanel("organisation"),
    ]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="author_is_a_person_or_an_organisation",
                condition=Q(organisation="", family__regex=r"\S")
                | Q(organisation__regex=r"\S", family="", given=""),
                violation_error_message=_(
                    "An author is a person with a last name, or an organisation."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.organisation or f"{self.given} {self.family}".strip()

    @property
    def short(self) -> str:
        return self.organisation or self.family
