"""Events: those to come, and those held, which live on with their points."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from kb.models import BasePage
from kb.models.base import shown_to
from kb.models.text import lines
from privacy.fields import SafeCharField, SafeTextField

if TYPE_CHECKING:
    from django.http import HttpRequest


class EventQuerySet(PageQuerySet):
    """Events sorted around a given day: the next one first, or the latest one first."""

    def upcoming(self, today: date) -> EventQuerySet:
        return self.filter(date__gte=today).order_by("date", "start_time")

    def past(self, today: date) -> EventQuerySet:
        return self.filter(date__lt=today).order_by("-date")


class EventIndexPage(BasePage):
    """What is to come first, then what was held."""

    intro = SafeTextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    template = "events/event_index_page.html"
    parent_page_types = ["kb.HomePage"]
    subpage_types = ["events.EventPage"]
    max_count = 1

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        events = shown_to(EventPage.objects.child_of(self), request.user)
        today = timezone.localdate()
        context["upcoming"] = list(events.upcoming(today))
        context["past"] = list(events.past(today))
        return context


class EventPage(BasePage):
    """One event. Times are Europe/Copenhagen; an event whose hour nobody noted has none."""

    date = models.DateField(_("date"))
    start_time = models.TimeField(_("from"), null=True, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), null=True, blank=True
    )
    place = SafeCharField(_("place"), max_length=160, blank=True)
    online = models.BooleanField(_("online"), default=False)
    speaker = SafeCharField(_("speaker"), max_length=160, blank=True)
    host = SafeCharField(_("host"), max_length=160, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    cancelled = models.BooleanField(_("cancelled"), default=False)
    description = SafeTextField(_("description"))
    programme = SafeTextField(_("programme"), blank=True, help_text=_("One point per line."))
    summary_points = SafeTextField(
        _("points from the day"), blank=True, help_text=_("One point per line, afterwards.")
    )
    next_event = models.ForeignKey(
        "self",
        verbose_name=_("next event"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_example = models.BooleanField(
        _("invented example"), default=False, help_text=_("Marked as invented on the page.")
    )
    themes = ParentalManyToManyField(
        "kb.ThemePage", verbose_name=_("themes"), related_name="events", blank=True
    )

    objects = PageManager.from_queryset(EventQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel(
            [FieldPanel("date"), FieldPanel("start_time"), FieldPanel("duration_minutes")]
        ),
        FieldPanel("place"),
        FieldPanel("online"),
        FieldPanel("cancelled"),
        FieldPanel("description"),
        FieldPanel("programme"),
        FieldPanel("speaker"),
        FieldPanel("host"),
        FieldPanel("capacity"),
        FieldPanel("themes"),
        FieldPanel("summary_points"),
        FieldPanel("next_event"),
        FieldPanel("is_example"),
    ]
    template = "events/event_page.html"
    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__isnull=True) | Q(duration_minutes__gt=0),
                name="event_has_a_length",
            )
        ]

    @property
    def starts_at(self) -> datetime | None:
        """When it begins, aware; None where only the day is known."""
        if self.start_time is None:
            return None
        return timezone.make_aware(datetime.combine(self.date, self.start_time))

    @property
    def ends_at(self) -> datetime | None:
        starts_at = self.starts_at
        if starts_at is None or self.duration_minutes is None:
            return None
        # In UTC: an hour is an hour, also in the nights when the clock changes.
        ends_at = starts_at.astimezone(UTC) + timedelta(minutes=self.duration_minutes)
        return timezone.localtime(ends_at)

    @property
    def is_past(self) -> bool:
        return self.date < timezone.localdate()

    @property
    def programme_points(self) -> list[str]:
        return lines(self.programme)

    @property
    def points(self) -> list[str]:
        return lines(self.summary_points)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        themes = shown_to(self.themes.all(), request.user).order_by("number")
        context["themes"] = [(theme.nav_title, theme.url) for theme in themes]
        following = EventPage.objects.filter(pk=self.next_event_id or 0)
        if event := shown_to(following, request.user).first():
            context["next_event"] = [(event.title, event.url)]
        return context
