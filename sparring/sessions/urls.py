"""Addresses of the session, its outcome and its follow-up."""

from __future__ import annotations

from django.urls import URLPattern, path

from sparring.sessions.views import (
    method_uses,
    outcomes,
    session_actions,
    sessions,
    story_uses,
    themes,
)

urlpatterns: list[URLPattern] = [
    path("sparring/opfoelgning/<int:pk>/", outcomes.AnswerFollowUp.as_view(), name="follow_up"),
    path("sparring/<int:pk>/", sessions.session, name="session"),
    path("sparring/<int:pk>/stand/", sessions.session_state, name="session_state"),
    path("sparring/<int:pk>/spoergsmaal/", session_actions.key_question, name="session_question"),
    path("sparring/<int:pk>/start/", session_actions.start, name="session_start"),
    path("sparring/<int:pk>/trin/", session_actions.step, name="session_step"),
    path("sparring/<int:pk>/bud/", session_actions.bid, name="session_bid"),
    path("sparring/<int:pk>/bud-igen/", session_actions.bid_again, name="session_bid_again"),
    path("sparring/<int:pk>/aabn/", session_actions.open_bids, name="session_open"),
    path("sparring/<int:pk>/leder/", session_actions.lead, name="session_lead"),
    path("sparring/<int:pk>/ide/", session_actions.idea, name="session_idea"),
    path("sparring/<int:pk>/ide/<int:idea>/", session_actions.mark, name="session_mark"),
    path("sparring/<int:pk>/ide/<int:idea>/aftal/", session_actions.choose, name="session_choose"),
    path("sparring/<int:pk>/ideer/", session_actions.pass_own, name="session_pass"),
    path("sparring/<int:pk>/klar/", session_actions.ready, name="session_ready"),
    path("sparring/<int:pk>/kort/<int:card>/", session_actions.swap, name="session_swap"),
    path("sparring/<int:pk>/slut/", session_actions.end, name="session_end"),
    path("sparring/<int:pk>/stop/", session_actions.StopSession.as_view(), name="session_stop"),
    path("sparring/<int:pk>/afslut/", outcomes.CloseSession.as_view(), name="session_close"),
    path("sparring/<int:pk>/brugt/<int:story>/", story_uses.used_story, name="session_used"),
    path("sparring/<int:pk>/metoder/", method_uses.NoteMethods.as_view(), name="session_methods"),
    path("sparring/<int:pk>/tema/<int:theme>/", themes.attach_theme, name="attach_theme"),
    path("sparring/tag-med/<int:story>/", themes.choose_session, name="attach_story"),
    path("sparring/<int:pk>/tag-med/<int:story>/", themes.attach_story, name="attach_story_to"),
    path("sparring/<int:pk>/historie/", outcomes.story, name="session_story"),
]
