"""Publications: analyses, inspiration, tools, podcasts; those that exist and those on their way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from privacy.fields import SafeTextField
from sources.footnotes import Cited

from .base import BasePage, IndexPage, SectionPage, shown_to
from .evidence import EvidenceCard
from .guideposts import GuidepostTagged
from .sections import Section, may_read_section

if TYPE_CHECKING:
    from django.http import HttpRequest


class PublicationKind(models.TextChoices):
    """What sort of work it is, as its page and search name it."""

    ANALYSIS = "analysis", _("Analysis")
    REPORT = "report", _("Report")
    ARTICLE = "article", _("Article")
    INSPIRATION = "inspiration", _("Inspiration")
    TOOL = "tool", _("Tool")
    PLAN = "plan", _("Plan")
    PODCAST = "podcast", _("Podcast")
    VIDEO = "video", _("Video")


SCHOLARLY = (PublicationKind.ANALYSIS, PublicationKind.REPORT, PublicationKind.ARTICLE)
SPOKEN = (PublicationKind.PODCAST, PublicationKind.VIDEO)
PAGE_SIZE = 20


class PublicationStatus(models.TextChoices):
    """Whether the work is out; what is on its way has neither link nor file yet."""

    EXISTS = "exists", _("Published")
    FORTHCOMING = "forthcoming", _("On its way")


class ReadingState(models.TextChoices):
    """How much of the publication the editors have read, stated on its page."""

    NOT_READ = "not_read", _("The editors have not read it yet")
    ANNOUNCEMENT = "announcement", _("The editors have read the announcement")
    ABSTRACT = "abstract", _("The editors have read the abstract")
    TITLE_AND_CONTENTS = "title_and_contents", _("The editors have read title and contents")
    SUMMARY_AND_SECTION = "summary_and_section", _("The editors have read summary and a section")
    READ = "read", _("The editors have read it")
    OWN = "own", _("Written by the editors")


class PublicationQuerySet(PageQuerySet):
    """Publications by whether they are out, and in the order of the lists."""

    def existing(self) -> PublicationQuerySet:
        return self.filter(status=PublicationStatus.EXISTS)

    def forthcoming(self) -> PublicationQuerySet:
        return self.filter(status=PublicationStatus.FORTHCOMING)

    def newest_first(self) -> PublicationQuerySet:
        """With everything a line of a list reads."""
        dated = self.order_by(F("source__year").desc(nulls_last=True), "title", "pk")
        return dated.select_related("source").prefetch_related("source__authors")


class PublicationIndexPage(SectionPage, IndexPage):
    """All publications, page by page; those on their way stand on the first."""

    section = Section.PUBLICATIONS

    template = "kb/publication_index_page.html"
    subpage_types = ["kb.PublicationPage"]

    class Meta:
        verbose_name = _("list of publications")
        verbose_name_plural = _("lists of publications")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        here = PublicationPage.objects.child_of(self)
        publications = shown_to(here, request.user).newest_first()
        page = Paginator(publications.existing(), PAGE_SIZE).get_page(request.GET.get("page"))
        context.update(
            page_obj=page,
            publications=list(page),
            forthcoming=[] if page.has_previous() else list(publications.forthcoming()),
        )
        return context


class PublicationPage(GuidepostTagged, SectionPage):
    """One publication, with our own abstract and a link to its source."""

    section = Section.PUBLICATIONS

    kind = models.CharField(_("kind"), max_length=16, choices=PublicationKind.choices)
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=PublicationStatus.choices,
        default=PublicationStatus.EXISTS,
    )
    source = models.ForeignKey(
        "sources.Source",
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="publications",
        help_text=_("Who wrote it, when, and where it lies."),
    )
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), null=True, blank=True, help_text=_("Of a podcast or video.")
    )
    transcript = SafeTextField(
        _("transcript"),
        blank=True,
        help_text=_("What is said, for those who cannot hear it and for search."),
    )
    abstract = SafeTextField(_("abstract in our own words"))
    reading_state = models.CharField(
        _("how much we have read"),
        max_length=24,
        choices=ReadingState.choices,
        default=ReadingState.NOT_READ,
    )
    is_example = models.BooleanField(
        _("invented example"), default=False, help_text=_("Marked as invented on the page.")
    )
    themes = ParentalManyToManyField(
        "kb.ThemePage", verbose_name=_("themes"), related_name="publications", blank=True
    )

    objects = PageManager.from_queryset(PublicationQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("status"),
        FieldPanel("abstract"),
        FieldPanel("reading_state"),
        FieldPanel("is_example"),
        FieldPanel("themes"),
        FieldPanel("guidepost"),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldPanel("document"),
                FieldPanel("minutes"),
                FieldPanel("transcript"),
            ],
            heading=_("Where it lies"),
        ),
    ]
    template = "kb/publication_page.html"
    parent_page_types = ["kb.PublicationIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True, transcript="") | Q(kind__in=SPOKEN),
                name="publication_only_what_is_spoken_has_a_length",
                violation_error_message=_("Only a podcast or video has a length and a transcript."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=SPOKEN)
                | Q(document__isnull=True)
                | Q(minutes__isnull=False, minutes__gte=1, transcript__regex=r"\S"),
                name="publication_own_file_is_told_in_words",
                violation_error_message=_(
                    "A podcast or video of our own has its length and its transcript."
                ),
            ),
        ]

    @property
    def is_forthcoming(self) -> bool:
        return self.status == PublicationStatus.FORTHCOMING

    @property
    def own_video(self) -> bool:
        """Whether it is a video that is played from here."""
        return self.kind == PublicationKind.VIDEO and bool(self.document_id)

    @property
    def own_podcast(self) -> bool:
        """Whether it is a podcast that is played from here."""
        return self.kind == PublicationKind.PODCAST and bool(self.document_id)

    @property
    def year(self) -> int | None:
        return self.source.year if self.source else None

    @property
    def link(self) -> str:
        return self.source.link if self.source else ""

    @property
    def byline(self) -> str:
        """As "Rosholm, Skipper · Væksthusets Forskningscenter · 2017", as far as it is known."""
        return self.source.byline if self.source else ""

    def summary(self) -> str:
        return self.search_description or self.abstract

    def structured_data(self) -> dict[str, Any]:
        """The work itself; who wrote it and when, as its source says."""
        scholarly = self.kind in SCHOLARLY
        data: dict[str, Any] = {
            "@type": "ScholarlyArticle" if scholarly else "CreativeWork",
            "headline": self.title,
            "abstract": self.abstract,
        }
        if self.source is not None:
            data["author"] = [
                {"@type": "Person" if author.family else "Organization", "name": str(author)}
                for author in self.source.authors.all()
            ]
            data |= {"datePublished": str(self.year)} if self.year else {}
            data |= {"sameAs": self.link} if self.link else {}
        return data

    def cited_sources(self) -> Iterator[Cited]:
        """The work that the page is about; its abstract cites nothing else."""
        if self.source is not None:
            yield Cited(self.source)

    def clean(self) -> None:
        super().clean()
        if self.is_forthcoming and (self.link or self.document_id):
            raise ValidationError(
                {"status": _("It has an address, so it is published and not on its way.")}
            )
        if not self.is_forthcoming and (self.year or 0) > timezone.localdate().year:
            raise ValidationError(
                {"source": _("That year is ahead. Choose “On its way”, or correct the year.")}
            )

    def _is_awaited_by(self, user: Any) -> bool:
        return bool(user.is_authenticated and self.waits.filter(employee=user).exists())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["is_awaited"] = self.is_forthcoming and self._is_awaited_by(request.user)
        themes = shown_to(self.themes.all(), request.user).order_by("number")
        context["themes"] = [(theme.nav_title, theme.url) for theme in themes]
        cards = EvidenceCard.objects.shown().filter(sources__source=self.source_id).distinct()
        shows = self.source_id and may_read_section(request.user, Section.EVIDENCE)
        context["evidence_cards"] = list(cards) if shows else []
        return context
