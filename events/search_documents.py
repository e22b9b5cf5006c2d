"""The search documents of events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import EventPage
from kb.guidepost_tags import fetch_guidepost, with_guidepost
from kb.models.base import shown_to
from search.engines.base import Document
from search.registry import DocumentSource, register

if TYPE_CHECKING:
    from django.db import models

OPEN, LOGIN = frozenset({"open"}), frozenset({"login"})


def event_document(page: EventPage) -> Document | None:
    """An event, found also by its speakers, its place and what was said there.

    Never by the link to its online room.
    """
    if not page.live or not page.url:
        return None
    points = list(page.programme.all())
    texts = [page.description, *(point.text for point in points), page.summary_points]
    texts += page.body.stream_block.get_searchable_content(page.body)
    texts += [page.came_of_it, page.transcript, page.speaker, page.place]
    texts += [str(person) for person in page.speakers()]
    published = page.first_published_at
    return Document(
        id="",
        type="",
        title=page.title,
        body="\n".join(filter(None, texts)),
        url=page.url,
        acl=OPEN if page.is_public else LOGIN,
        published=timezone.localdate(published) if published else None,
        topics=tuple(theme.nav_title for theme in page.themes.all() if theme.live),
        year=page.date.year,
    )


def visible_events(user: Any, pks: list[str]) -> Iterable[Any]:
    """Those of the events that the user may open now."""
    return shown_to(EventPage.objects.filter(pk__in=pks), user).values_list("pk", flat=True)


def _queryset() -> models.QuerySet[Any]:
    events = fetch_guidepost(EventPage.objects.live())
    return events.prefetch_related("themes", "programme__person")


register(
    DocumentSource(
        type="event",
        label=_("Event"),
        label_plural=_("Events"),
        model=EventPage,
        build=with_guidepost(event_document),
        queryset=_queryset,
        visible=visible_events,
    )
)
