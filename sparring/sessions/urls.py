"""Addresses of the talk, its outcome and its follow-up."""

from __future__ import annotations

from django.urls import URLPattern, path

from sparring.sessions.views import outcomes, session_actions, sessions, story_uses, themes

urlpatterns: list[URLPattern] = [
    path("sparring/opfoelgning/<int:pk>/", outcomes.follow_up, name="follow_up"),
    path("sparring/<int:pk>/", sessions.talk, name="talk"),
    path("sparring/<int:pk>/stand/", sessions.talk_state, name="talk_state"),
    path("sparring/<int:pk>/spoergsmaal/", session_actions.key_question, name="talk_question"),
    path("sparring/<int:pk>/start/", session_actions.start, name="talk_start"),
    path("sparring/<int:pk>/trin/", session_actions.step, name="talk_step"),
    path("sparring/<int:pk>/bud/", session_actions.bid, name="talk_bid"),
    path("sparring/<int:pk>/aabn/", session_actions.open_bids, name="talk_open"),
    path("sparring/<int:pk>/leder/", session_actions.lead, name="talk_lead"),
    path("sparring/<int:pk>/ide/", session_actions.idea, name="talk_idea"),
    path("sparring/<int:pk>/ide/<int:idea>/", session_actions.mark, name="talk_mark"),
    path("sparring/<int:pk>/kort/<int:card>/", session_actions.swap, name="talk_swap"),
    path("sparring/<int:pk>/noter/", session_actions.notes, name="talk_notes"),
    path("sparring/<int:pk>/slut/", session_actions.end, name="talk_end"),
    path("sparring/<int:pk>/stop/", session_actions.stop, name="talk_stop"),
    path("sparring/<int:pk>/afslut/", outcomes.close, name="talk_close"),
    path("sparring/<int:pk>/afslut/ord/", outcomes.words, name="talk_words"),
    path("sparring/<int:pk>/brugt/<int:story>/", story_uses.used_story, name="talk_used"),
    path("sparring/<int:pk>/tema/<int:theme>/", themes.bring_theme, name="bring_theme"),
    path("sparring/tag-med/<int:story>/", themes.choose_talk, name="bring_story"),
    path("sparring/<int:pk>/tag-med/<int:story>/", themes.lay_story, name="lay_story"),
    path("sparring/<int:pk>/historie/", outcomes.story, name="talk_story"),
]
