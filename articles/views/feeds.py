"""Articles as RSS and Atom, for each kind: only what is open to everybody, asked at every visit."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from articles.enums import BY_ADDRESS, ArticleKind
from articles.models import ArticleIndexPage, ArticlePage
from kb.models.base import open_to_all
from open_half.views.feeds import MOST, WrittenFeed, with_open_themes
from people.mails import absolute

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from kb.models import BasePage


class ArticleFeed(WrittenFeed):
    """The newest open articles; of one kind where the address names one."""

    index = ArticleIndexPage
    address = "articles:rss"

    def get_object(self, request: HttpRequest, kind: str = "") -> ArticleKind | None:
        if kind and kind not in BY_ADDRESS:
            raise Http404
        return BY_ADDRESS.get(kind)

    def title(self, obj: ArticleKind | None) -> str:
        name = _("Articles from Sparringsrummet")
        return f"{name}: {obj.label}" if obj else name

    def description(self, obj: ArticleKind | None = None) -> str:
        return _("Commentaries, interviews, guidance, news and inspiration.")

    def feed_url(self, obj: ArticleKind | None = None) -> str:
        return absolute(reverse(self.address, args=[obj.address] if obj else []))

    def items(self, obj: ArticleKind | None) -> list[ArticlePage]:
        found = open_to_all(ArticlePage.objects.danish().of_kind(obj)).newest_first()
        return list(found.with_people().prefetch_related(with_open_themes())[:MOST])

    def item_description(self, item: BasePage) -> str:
        assert isinstance(item, ArticlePage)
        return item.lead

    def item_pubdate(self, item: BasePage) -> datetime:
        assert isinstance(item, ArticlePage)
        return _midnight(item.published_on)

    def item_updateddate(self, item: BasePage) -> datetime:
        assert isinstance(item, ArticlePage)
        return _midnight(item.updated_on or item.published_on)


class AtomFeed(ArticleFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    address = "articles:atom"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
