"""Research themes. Their number is never in code: they are data (docs/domain.md F1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Page

from kb.blocks.body import BodyBlock
from kb.blocks.dilemma import DilemmaStreamBlock
from kb.knowledge_apps import KNOWLEDGE_APPS
from kb.theme_sections import contact_button_for, dilemma_button_for, sections_for
from privacy.fields import SafeCharField, SafeTextField
from renewal import RULES

from .base import BasePage, IndexPage, SectionPage, shown_to
from .guideposts import GuidepostTagged
from .sections import Section, may_read_section

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from .publications import PublicationPage
    from .snippets import QuestionCard

PAGE_SIZE = 20


class ThemeIndexPage(SectionPage, IndexPage):
    """All themes, in their order."""

    section = Section.THEMES

    template = "kb/theme_index_page.html"
    subpage_types = ["kb.ThemePage"]

    class Meta:
        verbose_name = _("list of themes")
        verbose_name_plural = _("lists of themes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["themes"] = shown_to(ThemePage.objects.child_of(self), request.user).order_by(
            "number"
        )
        more = self._other_sections(request.user)
        context["more"] = [(page.title, page.url) for page in more]
        if request.user.is_authenticated:
            context["more"].append((_("Sources"), reverse("sources:index")))
        return context

    def _other_sections(self, user: Any) -> list[Page]:
        """The lists and collections beside this one; texts are for the front page and footer."""
        beside = Page.objects.sibling_of(self, inclusive=False).live()
        sections = beside.filter(content_type__app_label__in=KNOWLEDGE_APPS).exclude(
            content_type__model="standardpage"
        )
        return [page for page in sections.specific() if user.is_authenticated or page.is_public]


def next_theme_number() -> int:
    """The number after the highest in use."""
    highest: int | None = ThemePage.objects.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


class ThemePage(GuidepostTagged, SectionPage):
    """A theme: `title` is its headline, `nav_title` the longer name it has in lists (F1)."""

    section = Section.THEMES

    number = models.PositiveSmallIntegerField(_("number"), unique=True, default=next_theme_number)
    nav_title = SafeCharField(
        _("title in lists"), max_length=160, help_text=_("How the theme is named in menus.")
    )
    intro = SafeTextField(_("introduction"))
    easy_read = SafeTextField(
        _("easy to read"),
        blank=True,
        help_text=_("The theme told again in short sentences and everyday words."),
    )
    dilemmas = StreamField(DilemmaStreamBlock(), verbose_name=_("dilemmas"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    municipalities = ParentalManyToManyField(
        "people.Municipality",
        verbose_name=_("municipalities that take part"),
        related_name="+",
        blank=True,
    )
    contact = models.ForeignKey(
        "kb.Person",
        verbose_name=_("whom to ask"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="themes",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("nav_title"),
        FieldPanel("number"),
        FieldPanel("intro"),
        FieldPanel("easy_read"),
        FieldPanel("dilemmas"),
        FieldPanel("body"),
        InlinePanel("drawn_by", label=_("drawn by rule")),
        FieldPanel("municipalities"),
        FieldPanel("guidepost"),
        FieldPanel("contact"),
    ]
    template = "kb/theme_page.html"
    parent_page_types = ["kb.ThemeIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["number"]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def other_themes(self, user: Any) -> QuerySet[ThemePage]:
        """The other themes that the user may open, in their order."""
        return shown_to(ThemePage.objects.exclude(pk=self.pk), user).order_by("number")

    def published(self, user: Any) -> QuerySet[PublicationPage]:
        """Existing publications of this theme that the user may open."""
        return shown_to(self.publications.all(), user).existing().newest_first()

    def forthcoming(self, user: Any) -> QuerySet[PublicationPage]:
        """Forthcoming publications of this theme that the user may open."""
        return shown_to(self.publications.all(), user).forthcoming().newest_first()

    def dilemma_items(self) -> list[dict[str, str]]:
        """Heading and text for components/timeline.html: a question and its positions."""
        return [
            {
                "heading": block.value["question"],
                "text": "\n".join(block.value["positions"]),
            }
            for block in self.dilemmas
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        published = Paginator(self.published(request.user), PAGE_SIZE)
        page = published.get_page(request.GET.get("page"))
        context.update(
            page_obj=page,
            publications=list(page),
            is_easy=bool(self.easy_read) and request.GET.get("let") == "1",
            dilemmas=self.dilemma_items(),
            dilemma_button=dilemma_button_for(request, self),
            contact_button=contact_button_for(request, self),
            question_cards=self._question_cards(request.user),
            forthcoming=list(self.forthcoming(request.user)),
            other_themes=[
                (theme.nav_title, theme.url) for theme in self.other_themes(request.user)
            ],
            municipalities=list(self.municipalities.all()),
            is_following=self._is_followed_by(request.user),
            sections=sections_for(request, self),
        )
        return context

    def _question_cards(self, user: Any) -> list[QuestionCard]:
        """Gathered from their own section, so its switch holds here too."""
        shows = may_read_section(user, Section.QUESTIONS)
        return list(self.question_cards.filter(live=True, active=True)) if shows else []

    def _is_followed_by(self, user: Any) -> bool:
        return bool(user.is_authenticated and self.follows.filter(employee=user).exists())


def validate_rule(code: str) -> None:
    """Raise ValidationError for anything but the code of a renewal rule."""
    if code not in RULES:
        first, *_between, last = RULES
        raise ValidationError(
            _("Write %(first)s to %(last)s."), params={"first": first, "last": last}
        )


class ThemeRule(models.Model):
    """A renewal rule whose hit puts a card of this theme on the table (docs/domain.md B4)."""

    class Direction(models.TextChoices):
        ANY = "any", _("Both ways")
        CITIZEN_HIGHER = "citizen_higher", _("The citizen believes more")
        CASEWORKER_HIGHER = "caseworker_higher", _("The caseworker believes more")

    theme = ParentalKey(ThemePage, related_name="drawn_by", on_delete=models.CASCADE)
    rule = models.CharField(_("rule"), max_length=3, validators=[validate_rule])
    direction = models.CharField(
        _("direction"), max_length=20, choices=Direction.choices, default=Direction.ANY
    )
    primary = models.BooleanField(_("first choice"), default=True)

    class Meta:
        verbose_name = _("rule that draws the theme")
        verbose_name_plural = _("rules that draw the theme")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "rule", "direction"], name="theme_rule_once_per_direction"
            )
        ]

    def __str__(self) -> str:
        return self.rule
