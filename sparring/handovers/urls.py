"""Addresses of handing cases over and of the meetings that follow."""

from __future__ import annotations

from django.urls import URLPattern, path

from sparring.handovers.views import handovers

urlpatterns: list[URLPattern] = [
    path("sager/<str:code>/overdrag/", handovers.HandOver.as_view(), name="case_hand_over"),
    path("overdragelser/", handovers.index, name="handovers"),
    path(
        "overdragelser/sager/<int:pk>/",
        handovers.HandOverCaseload.as_view(),
        name="hand_over_caseload",
    ),
    path("overdragelser/<int:pk>/", handovers.meeting, name="handover_meeting"),
    path(
        "overdragelser/<int:pk>/tid/",
        handovers.MoveMeeting.as_view(),
        name="handover_meeting_move",
    ),
    path(
        "overdragelser/<int:pk>/holdt/",
        handovers.HoldMeeting.as_view(),
        name="handover_meeting_hold",
    ),
    path(
        "overdragelser/<int:pk>/aflys/",
        handovers.CallOffMeeting.as_view(),
        name="handover_meeting_call_off",
    ),
    path("overdragelser/seddel/<int:pk>/", handovers.WriteNote.as_view(), name="handover_note"),
]
