"""Articles: commentaries, interviews, guidance, news and inspiration, with people as authors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, Prefetch, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from articles.admin_forms import ArticleForm
from articles.blocks import QuestionsBlock
from articles.enums import BY_ADDRESS, ArticleKind
from articles.reading import reading_minutes
from kb.blocks.body import BodyBlock
from kb.models import GuidepostTagged, IndexPage, Section
from kb.models.base import SectionPage, shown_to
from kb.models.text import lines
from privacy.fields import SafeCharField, SafeTextField

from .authors import Authorship

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kb.models import Person, ThemePage

PAGE_SIZE = 12


class ArticleQuerySet(PageQuerySet):
    """Articles of a kind, in the order of the lists."""

    def danish(self) -> ArticleQuerySet:
        """Without their English versions, which stand below `/en/` alone."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def of_kind(self, kind: ArticleKind | None) -> ArticleQuerySet:
        """Those of the kind; all of them for None."""
        return self if kind is None else self.filter(kind=kind)

    def newest_first(self) -> ArticleQuerySet:
        return self.order_by("-published_on", "title")

    def with_people(self) -> ArticleQuerySet:
        """Fetched with what a list says of each, in as many queries for one as for many."""
        authorships = Prefetch("authorships", Authorship.objects.select_related("person"))
        return self.select_related("interviewee").prefetch_related(authorships)


class ArticleIndexPage(SectionPage, IndexPage):
    """All articles, newest first; the kind is chosen in the address."""

    section = Section.ARTICLES
    is_translatable = True
    template = "articles/article_index_page.html"
    subpage_types = ["articles.ArticlePage"]

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        kind = BY_ADDRESS.get(request.GET.get("slags", ""))
        here = shown_to(ArticlePage.objects.child_of(self), request.user)
        found = here.of_kind(kind).newest_first().with_people()
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        context.update(kind=kind, kinds=list(ArticleKind), page_obj=page, articles=list(page))
        return context


class ArticlePage(GuidepostTagged, SectionPage):
    """One article. What its kind needs is held by the database, so that no import goes round it."""

    section = Section.ARTICLES
    is_translatable = True

    kind = models.CharField(
        _("kind"), max_length=16, choices=ArticleKind.choices, default=ArticleKind.NEWS
    )
    lead = SafeTextField(_("lead"), help_text=_("What it says, in two or three sentences."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    interviewee = models.ForeignKey(
        "kb.Person",
        verbose_name=_("interviewee"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="interviews",
    )
    questions = StreamField(QuestionsBlock(), verbose_name=_("questions and answers"), blank=True)
    applies_to = SafeTextField(
        _("applies to"), blank=True, help_text=_("For whom and when the guidance is meant.")
    )
    steps = SafeTextField(_("what to do"), blank=True, help_text=_("One step per line."))
    knowledge_notes = ParentalManyToManyField(
        "kb.PublicationPage",
        verbose_name=_("knowledge notes"),
        related_name="guidance",
        blank=True,
        help_text=_("The publications that the guidance stands on."),
    )
    themes = ParentalManyToManyField(
        "kb.ThemePage", verbose_name=_("themes"), related_name="articles", blank=True
    )
    municipality = models.ForeignKey(
        "people.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
        help_text=_("Whose practice it tells about; empty for what is about all."),
    )
    published_on = models.DateField(_("published on"), default=timezone.localdate)
    updated_on = models.DateField(_("updated on"), null=True, blank=True)
    read_again_on = models.DateField(_("read again on"), null=True, blank=True)
    read_again_by = models.ForeignKey(
        "kb.Person",
        verbose_name=_("read again by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who made sure that it still holds."),
    )
    contact = models.ForeignKey(
        "kb.Person",
        verbose_name=_("whom to ask"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    origin = SafeCharField(
        _("where it comes from"),
        max_length=200,
        blank=True,
        help_text=_("The text it is told after, in our own words. Shown on the page."),
    )
    is_example = models.BooleanField(
        _("invented example"), default=False, help_text=_("Marked as invented on the page.")
    )

    objects = PageManager.from_queryset(ArticleQuerySet)()

    base_form_class = ArticleForm
    content_panels = [
        *SectionPage.content_panels,
        FieldPanel("kind"),
        FieldPanel("lead"),
        InlinePanel("authorships", label=_("author"), heading=_("authors")),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("interviewee"), FieldPanel("questions")], heading=_("Only an interview")
        ),
        MultiFieldPanel(
            [FieldPanel("applies_to"), FieldPanel("steps"), FieldPanel("knowledge_notes")],
            heading=_("Only guidance"),
        ),
        MultiFieldPanel(
            [FieldPanel("themes"), FieldPanel("guidepost"), FieldPanel("municipality")],
            heading=_("What it is about"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("published_on"), FieldPanel("updated_on")]),
                FieldRowPanel([FieldPanel("read_again_on"), FieldPanel("read_again_by")]),
            ],
            heading=_("Dates"),
        ),
        FieldPanel("contact"),
        FieldPanel("origin"),
        FieldPanel("is_example"),
    ]
    template = "articles/article_page.html"
    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__regex=r"\S"),
                name="article_has_a_lead",
                violation_error_message=_("Write the lead."),
            ),
            models.CheckConstraint(
                condition=Q(kind=ArticleKind.INTERVIEW, interviewee__isnull=False)
                | (~Q(kind=ArticleKind.INTERVIEW) & Q(interviewee__isnull=True)),
                name="article_interviewee_only_with_interview",
                violation_error_message=_(
                    "An interview names who was interviewed; no other article does."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind=ArticleKind.GUIDANCE, applies_to__regex=r"\S", steps__regex=r"\S")
                | (~Q(kind=ArticleKind.GUIDANCE) & Q(applies_to="", steps="")),
                name="article_steps_only_with_guidance",
                violation_error_message=_(
                    "Guidance says whom it applies to and what to do; no other article does."
                ),
            ),
            models.CheckConstraint(
                condition=Q(updated_on__isnull=True) | Q(updated_on__gte=F("published_on")),
                name="article_updated_after_published",
                violation_error_message=_("It is updated after it was published."),
            ),
            models.CheckConstraint(
                condition=Q(read_again_on__isnull=True, read_again_by__isnull=True)
                | Q(
                    read_again_on__isnull=False,
                    read_again_by__isnull=False,
                    read_again_on__gte=F("published_on"),
                ),
                name="article_read_again_by_somebody",
                violation_error_message=_(
                    "Say both when it was read again and by whom, after it was published."
                ),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.kind == ArticleKind.INTERVIEW and not self.questions:
            raise ValidationError({"questions": _("Write at least one question with its answer.")})
        if self.kind != ArticleKind.INTERVIEW and self.questions:
            raise ValidationError({"questions": _("Questions and answers belong to an interview.")})

    @property
    def authors(self) -> list[Person]:
        """The authors in their order."""
        return [authorship.person for authorship in self.authorships.all()]

    @property
    def byline(self) -> str:
        """The authors' names; who was interviewed, where no author is named."""
        names = [person.name for person in self.authors]
        if not names and self.interviewee is not None:
            names = [self.interviewee.name]
        return ", ".join(names)

    @property
    def step_list(self) -> list[str]:
        return lines(self.steps)

    @property
    def reading_minutes(self) -> int:
        return reading_minutes(self.text())

    def text(self) -> str:
        """Every word of it, as search and the reading time need them."""
        streams = (self.body, self.questions)
        parts = [
            str(words)
            for stream in streams
            for words in stream.stream_block.get_searchable_content(stream)
        ]
        return "\n".join([self.lead, *parts, self.applies_to, self.steps])

    def summary(self) -> str:
        return self.search_description or self.lead

    def structured_data(self) -> dict[str, Any]:
        return {
            "@type": "NewsArticle" if self.kind == ArticleKind.NEWS else "Article",
            "headline": self.title,
            "datePublished": self.published_on.isoformat(),
            "dateModified": (self.updated_on or self.published_on).isoformat(),
            "author": [{"@type": "Person", "name": person.name} for person in self.authors],
        }

    def shown_themes(self, user: Any) -> list[ThemePage]:
        return list(shown_to(self.themes.all(), user).order_by("number"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if self.pk:  # a preview has its authors in hand
            prefetch_related_objects([self], "authorships__person")
        themes = self.shown_themes(request.user)
        notes = shown_to(self.knowledge_notes.all(), request.user).newest_first()
        context.update(
            authors=self.authors,
            themes=[(theme.nav_title, theme.url) for theme in themes],
            knowledge_notes=[(note.title, note.url) for note in notes],
        )
        return context
