"""Pages that need a hand: not read again for long, and read by nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.models import Page, get_page_models

from kb.knowledge_apps import KNOWLEDGE_APPS
from upkeep.models import DayReads

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

YEAR, QUIET = timedelta(days=365), timedelta(days=90)


def _pages() -> PageQuerySet:
    """The published pages of knowledge below the front page; stories have ways of their own."""
    pages: PageQuerySet = Page.objects.live().filter(depth__gt=2)
    return pages.filter(content_type__app_label__in=KNOWLEDGE_APPS).select_related("review_day")


def due_pages() -> PageQuerySet:
    """Those whose day has come, and those without a day that nobody published for a year.

    The one that has waited longest comes first; `due_since` says how long.
    """
    today, long_ago = timezone.localdate(), timezone.now() - YEAR
    without = Q(review_day__isnull=True, last_published_at__lte=long_ago)
    due: PageQuerySet = _pages().filter(Q(review_day__due_on__lte=today) | without)
    a_year_old = ExpressionWrapper(F("last_published_at") + Value(YEAR), DateTimeField())
    due_since = Coalesce(Cast("review_day__due_on", DateTimeField()), a_year_old)
    ordered: PageQuerySet = due.annotate(due_since=due_since).order_by("due_since", "pk")
    return ordered


def unread_pages() -> PageQuerySet:
    """Those that stood there for the last ninety days and that nobody opened in them."""
    since = timezone.localdate() - QUIET
    read = DayReads.objects.filter(page=OuterRef("pk"), day__gte=since)
    counted = [model for model in get_page_models() if getattr(model, "counts_reads", False)]
    kinds = ContentType.objects.get_for_models(*counted).values()
    there = _pages().filter(first_published_at__date__lte=since, content_type__in=kinds)
    unread: PageQuerySet = there.filter(~Exists(read)).order_by("first_published_at", "pk")
    return unread
