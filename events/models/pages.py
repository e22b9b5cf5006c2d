"""Events: those to come, and those held, which live on with their points."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from events.page_context import context_for
from kb.blocks.body import BodyBlock
from kb.models import GuidepostTagged, IndexPage, Person, Section
from kb.models.base import SectionPage, shown_to
from kb.models.text import lines
from privacy.fields import SafeCharField, SafeTextField

from .series import EventSeries
from .videos import check_video

if TYPE_CHECKING:
    from django.http import HttpRequest


PAGE_SIZE = 20
SCHEMA = "https://schema.org/"


class EventQuerySet(PageQuerySet):
    """Events sorted around a given day: the next one first, or the latest one first."""

    def upcoming(self, today: date) -> EventQuerySet:
        return self.filter(date__gte=today).order_by("date", "start_time")

    def past(self, today: date) -> EventQuerySet:
        return self.filter(date__lt=today).order_by("-date", "pk")

    def for_lists(self, request: HttpRequest) -> dict[str, Any]:
        """What `events/_upcoming_and_past.html` reads: what was held comes page by page."""
        today = timezone.localdate()
        page = Paginator(self.past(today), PAGE_SIZE).get_page(request.GET.get("page"))
        coming = [] if page.has_previous() else list(self.upcoming(today))
        return {"upcoming": coming, "past": list(page), "page_obj": page}


class EventIndexPage(SectionPage, IndexPage):
    """What is to come first, then what was held."""

    section = Section.EVENTS

    template = "events/event_index_page.html"
    subpage_types = ["events.EventPage"]

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        events = shown_to(EventPage.objects.child_of(self), request.user)
        context["series"] = list(EventSeries.objects.shown().filter(events__in=events).distinct())
        context.update(events.for_lists(request))
        return context


class EventPage(GuidepostTagged, SectionPage):
    """One event. Times are Europe/Copenhagen; an event whose hour nobody noted has none."""

    section = Section.EVENTS
    internal_parts = ("files", "video", "captions")

    date = models.DateField(_("date"))
    start_time = models.TimeField(_("from"), null=True, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), null=True, blank=True
    )
    place = SafeCharField(_("place"), max_length=160, blank=True)
    address = SafeCharField(
        _("address"),
        max_length=200,
        blank=True,
        help_text=_("Street, number and town: the page links to a map of it."),
    )
    online = models.BooleanField(_("online"), default=False)
    online_link = models.URLField(
        _("link to the online room"),
        max_length=400,
        blank=True,
        help_text=_("Shown only to those who have a place."),
    )
    speaker = SafeCharField(
        _("speaker"),
        max_length=160,
        blank=True,
        help_text=_("In words, where no person of the programme says it."),
    )
    host = SafeCharField(_("host"), max_length=160, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    takes_sign_ups = models.BooleanField(
        _("people sign up here"),
        default=False,
        help_text=_("Needs a date, an hour and a length. Guests sign up only to open events."),
    )
    sign_up_until = models.DateField(_("sign up until"), null=True, blank=True)
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("organiser"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Has the list of those who come, and reads comments before they are shown."),
    )
    series = models.ForeignKey(
        "events.EventSeries",
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    cancelled = models.BooleanField(_("cancelled"), default=False)
    description = SafeTextField(_("description"))
    body = StreamField(
        BodyBlock(),
        verbose_name=_("body"),
        blank=True,
        help_text=_("What is to be told besides, before or afterwards; a number has its source."),
    )
    summary_points = SafeTextField(
        _("points from the day"), blank=True, help_text=_("One point per line, afterwards.")
    )
    came_of_it = SafeTextField(_("what came of it"), blank=True)
    video_link = models.URLField(
        _("link to a video"),
        max_length=400,
        blank=True,
        help_text=_("Opens elsewhere when somebody follows it; nothing is fetched before that."),
    )
    video = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("video of our own"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("An mp4 or webm from the files, played on the page for who is logged in."),
    )
    captions = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("its captions"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("A file of the kind vtt, as programs for video write it."),
    )
    video_minutes = models.PositiveSmallIntegerField(_("its minutes"), null=True, blank=True)
    transcript = SafeTextField(
        _("the video in words"), blank=True, help_text=_("Required with a video.")
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
        *SectionPage.content_panels,
        FieldRowPanel(
            [FieldPanel("date"), FieldPanel("start_time"), FieldPanel("duration_minutes")]
        ),
        FieldPanel("series"),
        FieldPanel("description"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("address"),
                FieldPanel("online"),
                FieldPanel("online_link"),
            ],
            heading=_("Where"),
        ),
        InlinePanel("programme", label=_("point of the programme")),
        FieldPanel("speaker"),
        FieldPanel("host"),
        MultiFieldPanel(
            [
                FieldPanel("takes_sign_ups"),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("sign_up_until")]),
                FieldPanel("organiser"),
                FieldPanel("cancelled"),
            ],
            heading=_("Sign-up"),
        ),
        FieldPanel("themes"),
        FieldPanel("guidepost"),
        MultiFieldPanel(
            [
                FieldPanel("summary_points"),
                FieldPanel("came_of_it"),
                FieldPanel("video"),
                FieldPanel("captions"),
                FieldPanel("video_link"),
                FieldPanel("video_minutes"),
                FieldPanel("transcript"),
                FieldPanel("next_event"),
            ],
            heading=_("Afterwards"),
        ),
        InlinePanel("files", label=_("file from the day")),
        InlinePanel("pictures", label=_("picture from the day")),
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
            ),
            models.CheckConstraint(
                condition=Q(takes_sign_ups=False)
                | Q(start_time__isnull=False, duration_minutes__isnull=False),
                name="event_with_sign_up_has_hours",
                violation_error_message=_("Give the hour and the length, so people can plan."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                name="event_has_places",
                violation_error_message=_("Leave the number of places empty for no limit."),
            ),
            models.CheckConstraint(
                condition=Q(video_link="", video__isnull=True) | Q(transcript__regex=r"\S"),
                name="event_video_has_words",
                violation_error_message=_("Write what is said in the video."),
            ),
            models.CheckConstraint(
                condition=Q(captions__isnull=True) | Q(video__isnull=False),
                name="event_captions_of_a_video",
                violation_error_message=_("Choose the video that the captions belong to."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        taken_seats = self.sign_ups.seated().count() if self.pk else 0
        if self.capacity is not None and self.capacity < taken_seats:
            sentence = _("%(count)d already have a place: there cannot be fewer places.")
            raise ValidationError({"capacity": sentence % {"count": taken_seats}})
        check_video(self.video, self.captions)

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
    def map_link(self) -> str:
        """A map of the address, elsewhere: nothing is fetched before somebody follows it."""
        if not self.address:
            return ""
        return f"https://www.openstreetmap.org/search?{urlencode({'query': self.address})}"

    def speakers(self) -> list[Person]:
        """The people of the programme, each once."""
        points = self.programme.all()
        return list(dict.fromkeys(point.person for point in points if point.person is not None))

    def summary(self) -> str:
        return self.search_description or self.description

    def structured_data(self) -> dict[str, Any]:
        """When and where; never the link to the online room, which is for those with a place."""
        begins, ends = self.starts_at, self.ends_at
        data: dict[str, Any] = {
            "@type": "Event",
            "name": self.title,
            "startDate": begins.isoformat() if begins else self.date.isoformat(),
            "eventStatus": f"{SCHEMA}Event{'Cancelled' if self.cancelled else 'Scheduled'}",
            "location": self._places(),
        }
        data |= {"endDate": ends.isoformat()} if ends else {}
        data |= {"organizer": {"@type": "Organization", "name": self.host}} if self.host else {}
        if speakers := self.speakers():
            data["performer"] = [{"@type": "Person", "name": one.name} for one in speakers]
        return data

    def _places(self) -> list[dict[str, str]]:
        places = []
        if self.place or self.address:
            name, address = self.place or self.address, self.address or self.place
            places.append({"@type": "Place", "name": name, "address": address})
        if self.online:
            places.append({"@type": "VirtualLocation", "url": str(self.full_url or "")})
        return places

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
        context.update(context_for(request, self))
        return context
