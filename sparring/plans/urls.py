"""Addresses of planning, invitations and the overview of one's sessions."""

from __future__ import annotations

from django.urls import URLPattern, path

from sparring.beliefs.views.thresholds import EditThresholds
from sparring.bookings.views import declined_weeks, feed, guests, rooms
from sparring.journal.views.templates import WordJournal
from sparring.plans.views import join, plans, repair, session_changes
from sparring.sessions.views import agenda, not_held, preferences

urlpatterns: list[URLPattern] = [
    path("sparring/", agenda.index, name="index"),
    path("konto/sparring/", preferences.OwnSparring.as_view(), name="own"),
    path("konto/sparring/undtagelse/<int:pk>/fjern/", preferences.withdraw, name="own_withdraw"),
    path("sparring/graenser/", EditThresholds.as_view(), name="thresholds"),
    path("sparring/journaltekst/", WordJournal.as_view(), name="journal_templates"),
    path("sparring/venter/", plans.waiting, name="waiting"),
    path("kalender/<str:token>.ics", feed.feed, name="feed"),
    path("sparring/vaek/", repair.ReportAway.as_view(), name="away"),
    path("sparring/reparation/", repair.repair, name="repair"),
    path("sparring/plan/", plans.MakePlan.as_view(), name="plans"),
    path("sparring/plan/<int:pk>/", plans.plan, name="plan"),
    path("sparring/plan/<int:pk>/udgiv/", plans.publish, name="plan_publish"),
    path("sparring/plan/<int:pk>/igen/", plans.again, name="plan_again"),
    path("sparring/plan/<int:pk>/kasser/", plans.discard, name="plan_discard"),
    path(
        "sparring/plan/<int:pk>/find/<int:case>/",
        session_changes.FindColleague.as_view(),
        name="plan_find",
    ),
    path("sparring/gaester/", guests.OfferAgreement.as_view(), name="guests"),
    path("sparring/gaester/<int:pk>/ja/", guests.accept, name="guest_accept"),
    path("sparring/gaester/<int:pk>/slut/", guests.end, name="guest_end"),
    path("sparring/lokaler/", rooms.AddRoom.as_view(), name="rooms"),
    path("sparring/lokaler/<int:pk>/", rooms.ChangeRoom.as_view(), name="room"),
    path(
        "sparring/<int:pk>/lokale/",
        session_changes.ChangeSessionRoom.as_view(),
        name="session_room",
    ),
    path("sparring/<int:pk>/svar/", agenda.answer, name="answer"),
    path("sparring/<int:pk>/kalender.ics", agenda.session_ics, name="session_ics"),
    path(
        "sparring/<int:pk>/kollega/",
        session_changes.ChangePartner.as_view(),
        name="session_partner",
    ),
    path("sparring/<int:pk>/saml/", join.JoinSessions.as_view(), name="session_join"),
    path("sparring/<int:pk>/tid/", session_changes.ChangeTime.as_view(), name="session_time"),
    path("sparring/<int:pk>/ikke-den-uge/", declined_weeks.decline, name="decline_week"),
    path("sparring/uger/<int:pk>/fortryd/", declined_weeks.take_back, name="take_back_week"),
    path("sparring/<int:pk>/tag-ud/", session_changes.remove, name="session_remove"),
    path("sparring/<int:pk>/ikke-afholdt/", not_held.not_held, name="session_not_held"),
    path("sparring/<int:pk>/aflys/", session_changes.cancel, name="session_cancel"),
]
