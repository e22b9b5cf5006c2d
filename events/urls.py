"""The addresses of sign-up, lists and feeds; the events' own pages are Wagtail's."""

from __future__ import annotations

from django.urls import path

from events.views import employees, feeds, guests, organiser, own_feed

app_name = "events"
urlpatterns = [
    path("kalender.ics", feeds.calendar, name="calendar"),
    path("mit/", own_feed.page, name="own_feed"),
    path("mit/<token>.ics", own_feed.feed, name="own_calendar"),
    path("rss/", feeds.EventFeed(), name="rss"),
    path("atom/", feeds.EventAtom(), name="atom"),
    path("serie/<slug:slug>/", feeds.series, name="series"),
    path("plads/<token>/", guests.place, name="guest"),
    path("plads/<token>/kalender.ics", guests.guest_calendar, name="guest_calendar"),
    path("plads/<token>/svar/", guests.answer, name="guest_evaluate"),
    path("<int:pk>/kalender.ics", feeds.event_calendar, name="event_calendar"),
    path("<int:pk>/tilmeld/", employees.SignUpView.as_view(), name="sign_up"),
    path("<int:pk>/afbud/", employees.CancelView.as_view(), name="cancel"),
    path("<int:pk>/svar/", employees.EvaluateView.as_view(), name="evaluate"),
    path("<int:pk>/jeg-var-der/", employees.i_was_there, name="came"),
    path("<int:pk>/debat/", employees.CommentView.as_view(), name="comment"),
    path("<int:pk>/gaest/", guests.ask, name="guest_form"),
    path("<int:pk>/deltagere/", organiser.attendance, name="attendance"),
    path("kommentar/<int:pk>/", organiser.decide, name="decide_comment"),
]
