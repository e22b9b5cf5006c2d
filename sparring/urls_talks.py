"""Addresses of the talk, its outcome and its follow-up."""

from __future__ import annotations

from django.urls import URLPattern, path

from sparring.views import brought, outcomes, story_uses, talk_actions, talks

urlpatterns: list[URLPattern] = [
    path("sparring/opfoelgning/<int:pk>/", outcomes.follow_up, name="follow_up"),
    path("sparring/<int:pk>/", talks.talk, name="talk"),
    path("sparring/<int:pk>/stand/", talks.talk_state, name="talk_state"),
    path("sparring/<int:pk>/spoergsmaal/", talk_actions.key_question, name="talk_question"),
    path("sparring/<int:pk>/start/", talk_actions.start, name="talk_start"),
    path("sparring/<int:pk>/trin/", talk_actions.step, name="talk_step"),
    path("sparring/<int:pk>/bud/", talk_actions.bid, name="talk_bid"),
    path("sparring/<int:pk>/aabn/", talk_actions.open_bids, name="talk_open"),
    path("sparring/<int:pk>/leder/", talk_actions.lead, name="talk_lead"),
    path("sparring/<int:pk>/ide/", talk_actions.idea, name="talk_idea"),
    path("sparring/<int:pk>/ide/<int:idea>/", talk_actions.mark, name="talk_mark"),
    path("sparring/<int:pk>/kort/<int:card>/", talk_actions.swap, name="talk_swap"),
    path("sparring/<int:pk>/noter/", talk_actions.notes, name="talk_notes"),
    path("sparring/<int:pk>/slut/", talk_actions.end, name="talk_end"),
    path("sparring/<int:pk>/stop/", talk_actions.stop, name="talk_stop"),
    path("sparring/<int:pk>/afslut/", outcomes.close, name="talk_close"),
    path("sparring/<int:pk>/afslut/ord/", outcomes.words, name="talk_words"),
    path("sparring/<int:pk>/brugt/<int:story>/", story_uses.used_story, name="talk_used"),
    path("sparring/<int:pk>/tema/<int:theme>/", brought.bring_theme, name="bring_theme"),
    path("sparring/tag-med/<int:story>/", brought.choose_talk, name="bring_story"),
    path("sparring/<int:pk>/tag-med/<int:story>/", brought.lay_story, name="lay_story"),
    path("sparring/<int:pk>/historie/", outcomes.story, name="talk_story"),
]
