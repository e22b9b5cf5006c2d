"""Methods as RSS and Atom, while everybody reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from kb.models import Collection, CollectionPage, Section
from kb.models.sections import section_is_open
from learning.models import Method
from open_half.views.feeds import MOST, KnowledgeFeed
from people.mails import absolute

if TYPE_CHECKING:
    from datetime import datetime


class MethodFeed(KnowledgeFeed):
    """The newest methods."""

    address = "methods:rss"

    def title(self, obj: None = None) -> str:
        return _("Methods from Sparringsrummet")

    def link(self, obj: None = None) -> str:
        return absolute(CollectionPage.address(Collection.METHODS) or reverse("overview"))

    def items(self, obj: None = None) -> list[Method]:
        if not section_is_open(Section.METHODS):
            return []
        return list(Method.objects.shown().order_by("-added_at", "name")[:MOST])

    def item_description(self, item: Method) -> str:
        return item.purpose

    def item_guid(self, item: Method) -> str:
        return absolute(item.get_absolute_url())

    def item_pubdate(self, item: Method) -> datetime:
        return item.added_at

    def item_updateddate(self, item: Method) -> datetime:
        return item.changed_at


class MethodAtom(MethodFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    address = "methods:atom"
