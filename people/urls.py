from __future__ import annotations

from django.urls import path

from . import session_views, views
from .own import views as own

app_name = "people"
urlpatterns = [
    path("login-tid/", session_views.session_end, name="session_end"),
    path("", views.OwnAccount.as_view(), name="account"),
    path("kalender-og-besked/", own.OwnCalendar.as_view(), name="own_calendar"),
    path(
        "kalender-og-besked/kalender/<int:pk>/fjern/", own.remove_calendar, name="remove_calendar"
    ),
    path("kalender-og-besked/adresse/", own.RenewFeed.as_view(), name="feed"),
    path("afmeld/<str:token>/", own.unsubscribe, name="unsubscribe"),
    path("fravaer/<int:pk>/fjern/", views.remove_absence, name="remove_absence"),
]
