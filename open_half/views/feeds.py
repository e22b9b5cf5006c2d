"""RSS and Atom for each kind of knowledge: only what everybody reads, asked at every visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.syndication.views import Feed
from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from kb.models import PublicationIndexPage, PublicationPage, ThemeIndexPage, ThemePage
from kb.models.base import BasePage, open_to_all
from people.mails import absolute

if TYPE_CHECKING:
    from datetime import datetime

MOST = 30
NEWEST = F("first_published_at").desc(nulls_last=True)


class KnowledgeFeed(Feed[Any, Any]):
    """What feeds of every kind share: whole addresses, Danish, and the newest first."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    language = "da"
    address: ClassVar[str]
    item_guid_is_permalink = False

    def feed_url(self, obj: Any = None) -> str:
        return absolute(reverse(self.address))

    def subtitle(self, obj: Any = None) -> str:
        return str(self.description(obj))

    def description(self, obj: Any = None) -> str:
        return _("Only what is open to everybody.")

    def item_title(self, item: Any) -> str:
        return str(item)

    def item_link(self, item: Any) -> str:
        return absolute(item.get_absolute_url())


class PageFeed(KnowledgeFeed):
    """The newest pages of a kind, as links to the list above them."""

    index: ClassVar[type[BasePage]]

    def link(self, obj: Any = None) -> str:
        index = open_to_all(self.index._default_manager.all()).first()
        return absolute(index.url if index is not None else reverse("overview"))

    def item_title(self, item: BasePage) -> str:
        return item.title

    def item_description(self, item: BasePage) -> str:
        return item.summary()

    def item_link(self, item: BasePage) -> str:
        return absolute(item.url)

    def item_guid(self, item: BasePage) -> str:
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: BasePage) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: BasePage) -> datetime | None:
        return item.last_published_at or item.latest_revision_created_at


def with_open_themes() -> Prefetch[Any]:
    """For `prefetch_related`: the themes that everybody reads, as `open_themes`."""
    return Prefetch("themes", open_to_all(ThemePage.objects.all()), to_attr="open_themes")


class WrittenFeed(PageFeed):
    """Of pages that somebody has written, of some kind, about themes (`with_open_themes`)."""

    def item_author_name(self, item: Any) -> str | None:
        return item.byline or None

    def item_categories(self, item: Any) -> list[str]:
        return [str(item.get_kind_display()), *(theme.nav_title for theme in item.open_themes)]


class ThemeFeed(PageFeed):
    """Themes."""

    index = ThemeIndexPage
    address = "theme_rss"

    def title(self, obj: None = None) -> str:
        return _("Themes from Sparringsrummet")

    def items(self, obj: None = None) -> list[ThemePage]:
        return list(open_to_all(ThemePage.objects.order_by(NEWEST, "number"))[:MOST])

    def item_title(self, item: BasePage) -> str:
        assert isinstance(item, ThemePage)
        return item.nav_title


class ThemeAtom(ThemeFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    address = "theme_atom"


class PublicationFeed(WrittenFeed):
    """Publications, those on their way too."""

    index = PublicationIndexPage
    address = "publication_rss"

    def title(self, obj: None = None) -> str:
        return _("Publications from Sparringsrummet")

    def items(self, obj: None = None) -> list[PublicationPage]:
        found = open_to_all(PublicationPage.objects.order_by(NEWEST, "title"))
        return list(found.select_related("source").prefetch_related(with_open_themes())[:MOST])


class PublicationAtom(PublicationFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    address = "publication_atom"
