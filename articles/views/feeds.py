"""Articles as RSS and Atom, for each kind: only what is open to everybody, asked at every visit."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from articles.enums import BY_ADDRESS, ArticleKind
from articles.models import ArticleIndexPage, ArticlePage
from kb.models import ThemePage
from kb.models.base import open_to_all
from people.mails import absolute

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

MOST = 30


class ArticleFeed(Feed[ArticlePage, "ArticleKind | None"]):
    """The newest open articles; of one kind where the address names one."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    address = "articles:rss"
    language = "da"

    def get_object(self, request: HttpRequest, kind: str = "") -> ArticleKind | None:
        if kind and kind not in BY_ADDRESS:
            raise Http404
        return BY_ADDRESS.get(kind)

    def title(self, obj: ArticleKind | None) -> str:
        name = _("Articles from Sparringsrummet")
        return f"{name}: {obj.label}" if obj else name

    def description(self, obj: ArticleKind | None) -> str:
        return _("Commentaries, interviews, guidance, news and inspiration.")

    def link(self, obj: ArticleKind | None) -> str:
        index = open_to_all(ArticleIndexPage.objects.all()).first()
        return absolute(index.url if index else reverse("overview"))

    def feed_url(self, obj: ArticleKind | None) -> str:
        return absolute(reverse(self.address, args=[obj.address] if obj else []))

    def items(self, obj: ArticleKind | None) -> list[ArticlePage]:
        found = open_to_all(ArticlePage.objects.danish().of_kind(obj)).newest_first()
        themes = Prefetch("themes", open_to_all(ThemePage.objects.all()), to_attr="open_themes")
        return list(found.with_people().prefetch_related(themes)[:MOST])

    def item_title(self, item: ArticlePage) -> str:
        return item.title

    def item_description(self, item: ArticlePage) -> str:
        return item.lead

    def item_link(self, item: ArticlePage) -> str:
        return absolute(item.url)

    def item_guid(self, item: ArticlePage) -> str:
        return f"urn:uuid:{item.translation_key}"

    item_guid_is_permalink = False

    def item_author_name(self, item: ArticlePage) -> str | None:
        return item.byline or None

    def item_pubdate(self, item: ArticlePage) -> datetime:
        return _midnight(item.published_on)

    def item_updateddate(self, item: ArticlePage) -> datetime:
        return _midnight(item.updated_on or item.published_on)

    def item_categories(self, item: ArticlePage) -> list[str]:
        return [str(item.get_kind_display()), *(theme.nav_title for theme in item.open_themes)]


class AtomFeed(ArticleFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    address = "articles:atom"

    def subtitle(self, obj: Any) -> str:
        return self.description(obj)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
