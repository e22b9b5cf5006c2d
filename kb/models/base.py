"""What every page of the site shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from kb.page_locks import PageDeletionGuard, lock_reason
from kb.page_opened import page_opened
from privacy.fields import SafeTextField, refuse_cpr
from sources.footnotes import Cited, cited_in, numbered

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponseBase
    from django.utils.functional import _StrPromise as StrPromise

Pages = TypeVar("Pages", bound=PageQuerySet)
Words = tuple[StreamValue | str, ...]
Facts = list[tuple[Any, str]]


class Visibility(models.TextChoices):
    """Who reads a page now, in the words of the editors' admin."""

    UNPUBLISHED = "unpublished", _("Not published")
    LOGIN = "login", _("Only for those logged in")
    OPEN = "open", _("Open to everybody")


def shown_to(pages: Pages, user: Any) -> Pages:
    """The pages that this user may open; lists never name closed pages to anonymous visitors."""
    live: Pages = pages.live()
    return live if user.is_authenticated and user.is_active else live.filter(is_open=True)


@dataclass(frozen=True)
class FoundAs:
    """What search calls pages of a type: a short name that is stored, and what people read."""

    type: str
    label: StrPromise | str
    label_plural: StrPromise | str


class BasePage(Page):
    """A page behind login unless an editor opens it (SEC-06)."""

    found_as: ClassVar[FoundAs | None] = None
    """Search finds these pages by `words`; None where they are not found, or by more than that."""

    counts_reads: ClassVar[bool] = True
    """Whether days note how often it was opened (upkeep); by whom, never."""

    is_open = models.BooleanField(
        _("open to everybody"),
        default=False,
        help_text=_("Shown without login. Search engines are asked not to index it."),
    )

    content_panels = [*Page.content_panels]
    settings_panels = [*Page.settings_panels, FieldPanel("is_open")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        refuse_cpr(f"{self.title}\n{self.seo_title}\n{self.search_description}")
        if self.pk and (self.expire_at or self._moves()) and (reason := lock_reason(self)):
            raise ValidationError(reason)

    def _moves(self) -> bool:
        """Whether its address is to be another; those of the pages below it would go with it."""
        stored = Page._base_manager.filter(pk=self.pk)
        return not stored.filter(slug=self.slug).exists()

    def permissions_for_user(self, user: Any) -> PageDeletionGuard:
        return PageDeletionGuard(user, self)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """None: a page has one switch, `is_open`, which lists and search follow too."""
        return PageViewRestriction.objects.none()

    def visibility(self) -> Visibility:
        """Who reads it now, by what is stored: a draft in hand changes nothing yet."""
        stored = type(self)._base_manager.filter(pk=self.pk).values("live", "is_open").first()
        if stored is None or not stored["live"]:
            return Visibility.UNPUBLISHED
        return Visibility.OPEN if stored["is_open"] else Visibility.LOGIN

    def cited_sources(self) -> Iterator[Cited]:
        """What the page's texts cite, in reading order; a subclass adds what it cites besides."""
        for field in self._meta.get_fields():
            if isinstance(field, StreamField):
                yield from cited_in(getattr(self, field.name))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "source_list": numbered(self.cited_sources())}

    def crumbs(self) -> list[tuple[str, str]]:
        """(title, address) of the pages between the front page and this one."""
        between = self.get_ancestors().filter(depth__gt=2) if self.depth > 3 else []
        return [(page.title, page.url) for page in between]

    def words(self) -> Words:
        """What search finds the page by, besides its title."""
        return ()

    def facts(self) -> Facts:
        """(label, value) of what `kb/standard_page.html` lists below the title."""
        return []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_open and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        if (
            self.counts_reads
            and request.method == "GET"
            and not getattr(request, "is_preview", False)
        ):
            page_opened.send(sender=type(self), page_id=self.pk)
        response.headers["X-Robots-Tag"] = "noindex"
        return response


class IndexPage(BasePage):
    """The one list of a kind of page, below the front page; what it lists is the subclass's."""

    intro = SafeTextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    parent_page_types = ["kb.HomePage"]
    max_count = 1

    class Meta:
        abstract = True
